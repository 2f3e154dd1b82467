using System;
using System.Net;
using System.Net.Sockets;

namespace NanoFramework.Pc
{
    /// <summary>A port on which a board's firmware listens: as long as the board can be reached, a port of the PC's loopback.</summary>
    internal sealed class BoardPort : IDisposable
    {
        private readonly object _gate = new();
        private readonly Action<BoardPort> _ended;
        private Socket? _listener;
        private int _pcPort; // kept while the board is away, so that who knew it finds it again
        private bool _disposed;

        public BoardPort(int port, int backlog, Action<BoardPort> ended)
        {
            Port = port;
            Backlog = backlog;
            _ended = ended;
        }

        /// <summary>Gets the board's number of the port.</summary>
        public int Port { get; }

        public int Backlog { get; }

        /// <summary>Gets where the PC finds it; null while the board is out of reach.</summary>
        public IPEndPoint? EndPoint
        {
            get
            {
                lock (_gate)
                {
                    return (IPEndPoint?)_listener?.LocalEndPoint;
                }
            }
        }

        /// <summary>Takes a connection that waits.</summary>
        /// <returns>The connection; null when none waits.</returns>
        public Socket? Accept()
        {
            lock (_gate)
            {
                return IsWaiting ? _listener!.Accept() : null;
            }
        }

        /// <summary>Tells whether a connection waits.</summary>
        public bool IsWaiting
        {
            get
            {
                lock (_gate)
                {
                    return _listener is not null && _listener.Poll(0, SelectMode.SelectRead);
                }
            }
        }

        public void Open()
        {
            lock (_gate)
            {
                if (_listener is not null || _disposed)
                {
                    return;
                }

                try
                {
                    _listener = Listen(_pcPort);
                }
                catch (SocketException) when (_pcPort != 0)
                {
                    _listener = Listen(0); // somebody took it meanwhile
                }

                _pcPort = ((IPEndPoint)_listener.LocalEndPoint!).Port;
            }
        }

        public void Close()
        {
            lock (_gate)
            {
                _listener?.Dispose();
                _listener = null;
            }
        }

        public void Dispose()
        {
            lock (_gate)
            {
                _disposed = true;
                Close();
            }

            _ended(this);
        }

        private Socket Listen(int port)
        {
            var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                listener.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
                listener.Bind(new IPEndPoint(IPAddress.Loopback, port));
                listener.Listen(Backlog);
                return listener;
            }
            catch (SocketException)
            {
                listener.Dispose();
                throw;
            }
        }
    }
}
