using System;
using System.Net.Sockets;
using Sensors.Pairing;
#if NETNANO1_0
using Socket = System.Net.Sockets.Socket;
#else
using Socket = NanoFramework.Pc.Device.Socket; // a port of the virtual board
#endif

namespace Sensors.Firmware
{
    /// <summary>One connection of the portal: one request, one answer, and the end.</summary>
    internal sealed class HttpConnection
    {
        // The stack has no way to end only its own side; who closes with bytes unread cuts the answer off. So the other side goes first, within reason.
        private const int LingerMilliseconds = 1000;
        private const int SendMilliseconds = 1000;

        private readonly Socket _socket;
        private readonly HttpExchange _exchange;
        private byte[] _piece; // of the answer, on its way
        private int _sent;     // bytes of it
        private bool _handled;
        private long _answered = -1;

        public HttpConnection(Socket socket, HttpExchange exchange)
        {
            _socket = socket;
            _exchange = exchange;
            socket.SendTimeout = SendMilliseconds;
        }

        /// <summary>Does what can be done without waiting.</summary>
        /// <param name="portal">Answers.</param>
        /// <param name="buffer">For what comes in.</param>
        /// <param name="now">Milliseconds since start.</param>
        /// <returns>False when the connection is over.</returns>
        public bool Step(Portal portal, byte[] buffer, long now)
        {
            try
            {
                if (_answered >= 0)
                {
                    return now - _answered < LingerMilliseconds && Read(buffer) != 0;
                }

                return !_exchange.IsOverdue(now) && (_handled ? Send(now) : Take(portal, buffer));
            }
            catch (SocketException)
            {
                return false; // the other side has gone
            }
            catch (ObjectDisposedException)
            {
                return false; // the network has gone
            }
        }

        /// <summary>Ends it.</summary>
        public void Close()
        {
            _exchange.Close();
            try
            {
                _socket.Close();
            }
            catch (SocketException)
            {
                // It was over already.
            }
        }

        private bool Take(Portal portal, byte[] buffer)
        {
            int got = Read(buffer);
            if (got <= 0)
            {
                return got < 0;
            }

            _exchange.Take(buffer, got);
            if (_exchange.IsComplete || _exchange.IsRefused)
            {
                portal.Handle(_exchange);
                _handled = true;
            }

            return true;
        }

        // -1 while nothing is there, 0 at the end.
        private int Read(byte[] buffer)
        {
            return _socket.Poll(0, SelectMode.SelectRead) ? _socket.Receive(buffer, 0, buffer.Length, SocketFlags.None) : -1;
        }

        private bool Send(long now)
        {
            while (_socket.Poll(0, SelectMode.SelectWrite))
            {
                if (_piece == null)
                {
                    _piece = _exchange.NextPiece();
                    _sent = 0;
                }

                if (_piece == null)
                {
                    _answered = now;
                    _exchange.Close(); // what it holds others wait for
                    return true;
                }

                _sent += _socket.Send(_piece, _sent, _piece.Length - _sent, SocketFlags.None);
                if (_sent == _piece.Length)
                {
                    _piece = null;
                }
            }

            return true;
        }
    }
}
