using System;
using System.Collections.Generic;
using System.Net;
using System.Net.Sockets;

namespace NanoFramework.Pc
{
    /// <summary>The sockets of one life of a board's firmware: ports it listens on, and connections, which end when nobody can reach the board.</summary>
    internal sealed class BoardSockets
    {
        private readonly object _gate = new();
        private readonly List<BoardPort> _ports = [];
        private readonly List<Socket> _accepted = [];
        private readonly List<Socket> _outgoing = [];
        private bool _ended;

        /// <summary>Listens on a port.</summary>
        public BoardPort Listen(int port, int backlog, bool reachable)
        {
            var listener = new BoardPort(port, backlog, Forget);
            lock (_gate)
            {
                ObjectDisposedException.ThrowIf(_ended, this);
                if (_ports.Exists(other => other.Port == port))
                {
                    throw new SocketException((int)SocketError.AddressAlreadyInUse);
                }

                _ports.Add(listener);
            }

            if (reachable)
            {
                listener.Open();
            }

            return listener;
        }

        /// <summary>Notes a connection down, to be cut with the others.</summary>
        public void Add(Socket socket, bool accepted)
        {
            lock (_gate)
            {
                (accepted ? _accepted : _outgoing).Add(socket);
                if (!_ended)
                {
                    return;
                }
            }

            socket.Dispose();
        }

        public void Remove(Socket socket)
        {
            lock (_gate)
            {
                _accepted.Remove(socket);
                _outgoing.Remove(socket);
            }
        }

        /// <summary>Finds a port by the board's number.</summary>
        public IPEndPoint? Find(int port)
        {
            lock (_gate)
            {
                return _ports.Find(listener => listener.Port == port)?.EndPoint;
            }
        }

        /// <summary>Lets the world reach the board, or not: then its ports refuse, and connections to them break.</summary>
        public void SetReachable(bool reachable)
        {
            BoardPort[] ports;
            Socket[] cut;
            lock (_gate)
            {
                ports = [.. _ports];
                cut = reachable ? [] : [.. _accepted];
            }

            foreach (BoardPort port in ports)
            {
                if (reachable)
                {
                    port.Open();
                }
                else
                {
                    port.Close();
                }
            }

            Array.ForEach(cut, Cut);
        }

        /// <summary>The board restarts, or has lost its power.</summary>
        public void End()
        {
            BoardPort[] ports;
            Socket[] cut;
            lock (_gate)
            {
                _ended = true;
                ports = [.. _ports];
                cut = [.. _accepted, .. _outgoing];
            }

            Array.ForEach(ports, port => port.Dispose());
            Array.ForEach(cut, Cut);
        }

        private static void Cut(Socket socket)
        {
            try
            {
                socket.Close(0); // a reset: the other side notices at once
            }
            catch (ObjectDisposedException)
            {
                // Closed meanwhile.
            }
        }

        private void Forget(BoardPort port)
        {
            lock (_gate)
            {
                _ports.Remove(port);
            }
        }
    }
}
