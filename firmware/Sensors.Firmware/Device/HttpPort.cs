using System;
using System.Net;
using System.Net.Sockets;
using Sensors.Node;
using Sensors.Pairing;
#if NETNANO1_0
using Socket = System.Net.Sockets.Socket;
#else
using Socket = NanoFramework.Pc.Device.Socket; // a port of the virtual board
#endif

namespace Sensors.Firmware
{
    /// <summary>The portal's TCP port: takes connections, carries bytes, never waits for anybody.</summary>
    /// <remarks>Polled from one thread. A few connections at once; who comes when all are taken waits in the stack's queue.</remarks>
    public sealed class HttpPort
    {
        /// <summary>The port.</summary>
        public const int Number = 80;

        /// <summary>The most connections at once: the stack has 16 sockets for all.</summary>
        public const int MostConnections = 4;

        private const int BufferBytes = 1024;

        private readonly HttpConnection[] _connections = new HttpConnection[MostConnections];
        private readonly byte[] _buffer = new byte[BufferBytes];
        private readonly Portal _portal;
        private readonly Clock _clock;
        private Socket _listener;

        /// <summary>Makes a port that is closed.</summary>
        /// <param name="portal">Answers.</param>
        /// <param name="clock">The node's time.</param>
        public HttpPort(Portal portal, Clock clock)
        {
            _portal = portal;
            _clock = clock;
        }

        /// <summary>Gets whether any connection is open.</summary>
        public bool IsBusy
        {
            get
            {
                for (int i = 0; i < _connections.Length; i++)
                {
                    if (_connections[i] != null)
                    {
                        return true;
                    }
                }

                return false;
            }
        }

        /// <summary>Does what can be done without waiting. A port that the stack would not give, or took back, is asked for again.</summary>
        public void Step()
        {
            try
            {
                if (_listener == null)
                {
                    Listen();
                }

                TakeNext();
            }
            catch (SocketException)
            {
                CloseListener();
            }

            for (int i = 0; i < _connections.Length; i++)
            {
                if (_connections[i] != null && !_connections[i].Step(_portal, _buffer, _clock.Milliseconds))
                {
                    _connections[i].Close();
                    _connections[i] = null;
                }
            }
        }

        private void Listen()
        {
            Socket listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                listener.Bind(new IPEndPoint(IPAddress.Any, Number));
                listener.Listen(MostConnections);
                _listener = listener;
            }
            finally
            {
                if (_listener == null)
                {
                    listener.Close();
                }
            }
        }

        private void TakeNext()
        {
            for (int i = 0; i < _connections.Length; i++)
            {
                if (_connections[i] == null)
                {
                    if (!_listener.Poll(0, SelectMode.SelectRead))
                    {
                        return;
                    }

                    _connections[i] = new HttpConnection(_listener.Accept(), _portal.Open());
                }
            }
        }

        private void CloseListener()
        {
            if (_listener != null)
            {
                _listener.Close();
                _listener = null;
            }
        }
    }
}
