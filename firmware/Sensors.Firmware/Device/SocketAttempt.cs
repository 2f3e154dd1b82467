using System;
using System.Net;
using System.Net.Sockets;
#if NETNANO1_0
using Socket = System.Net.Sockets.Socket;
#else
using Socket = NanoFramework.Pc.Device.Socket; // goes by the virtual board's network
#endif

namespace Sensors.Firmware
{
    /// <summary>Tries whether anybody listens at an address. Nothing is sent.</summary>
    internal sealed class SocketAttempt : BlockingAttempt
    {
        private readonly IPEndPoint _target;
        private Socket _socket;

        /// <summary>Makes one.</summary>
        /// <param name="target">Where to.</param>
        public SocketAttempt(IPEndPoint target)
        {
            _target = target;
        }

        /// <summary>Gets why nobody was reached; null while that is not known, or when somebody was.</summary>
        public string Error { get; private set; }

        /// <inheritdoc/>
        public override void Do()
        {
            try
            {
                _socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                _socket.Connect(_target);
            }
            catch (SocketException exception)
            {
                Error = "cannot be reached, socket error " + exception.ErrorCode.ToString();
            }
            catch (Exception exception)
            {
                Error = "cannot be reached, " + exception.GetType().Name;
            }

            Abandon();
        }

        /// <inheritdoc/>
        public override void Abandon()
        {
            Socket socket = _socket;
            _socket = null;
            if (socket != null)
            {
                socket.Close();
            }
        }
    }
}
