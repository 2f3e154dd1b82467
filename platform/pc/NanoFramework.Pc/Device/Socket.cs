using System;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using PcSocket = System.Net.Sockets.Socket;

namespace NanoFramework.Pc.Device
{
    /// <summary>The device's <c>Socket</c> for TCP: a port of the board is one of the PC's loopback, and the way out goes by the board's network.</summary>
    /// <remarks>
    /// As on a board: <see cref="Connect"/> has no time-out, and ends when another thread closes the socket; a connection ends with the network it goes by.
    /// While a peer on the PC that has connected has sent nothing yet, the board's fast motion waits, for a second of the PC's time at most.
    /// </remarks>
    public class Socket : IDisposable
    {
        private readonly PcBoard _board;
        private readonly BoardSockets _sockets;
        private readonly object _gate = new();
        private PcSocket? _socket;
        private BoardPort? _port;
        private IPEndPoint? _bound;
        private IDisposable? _errand;
        private CancellationTokenRegistration _lost;
        private bool _closed;

        /// <summary>Makes a TCP socket.</summary>
        /// <param name="addressFamily">IPv4.</param>
        /// <param name="socketType">Stream.</param>
        /// <param name="protocolType">TCP.</param>
        public Socket(AddressFamily addressFamily, SocketType socketType, ProtocolType protocolType)
        {
            if (addressFamily != AddressFamily.InterNetwork || socketType != SocketType.Stream || protocolType != ProtocolType.Tcp)
            {
                throw new SocketException((int)SocketError.SocketNotSupported);
            }

            _board = PcBoard.Current;
            _board.ThrowIfOff();
            _sockets = _board.Packages.Sockets;
        }

        private Socket(PcBoard board, BoardSockets sockets, PcSocket accepted)
        {
            _board = board;
            _sockets = sockets;
            _socket = accepted;
            accepted.NoDelay = true;
            sockets.Add(accepted, accepted: true);
            Await();
        }

        /// <summary>Gets how many bytes wait.</summary>
        public int Available
        {
            get
            {
                _board.ThrowIfOff();
                try
                {
                    return _socket?.Available ?? 0;
                }
                catch (ObjectDisposedException)
                {
                    return 0; // cut by the network: its end shows when it is read
                }
            }
        }

        /// <summary>Gets the address of this side.</summary>
        public EndPoint? LocalEndPoint => _bound ?? _socket?.LocalEndPoint;

        /// <summary>Gets the address of the other side.</summary>
        public EndPoint? RemoteEndPoint => _socket?.RemoteEndPoint;

        /// <summary>Gets whether it was connected or bound, and not closed.</summary>
        public bool Connected => !_closed && (_socket is not null || _bound is not null);

        /// <summary>Gets or sets how long a read waits, in milliseconds.</summary>
        public int ReceiveTimeout { get; set; } = Timeout.Infinite;

        /// <summary>Gets or sets how long a write waits, in milliseconds.</summary>
        public int SendTimeout { get; set; } = Timeout.Infinite;

        /// <summary>Gets that it is a stream.</summary>
        public SocketType SocketType => SocketType.Stream;

        /// <summary>Takes a port.</summary>
        /// <param name="localEP">Any address, and the port.</param>
        public void Bind(EndPoint localEP)
        {
            _board.ThrowIfOff();
            _bound = (IPEndPoint)localEP;
        }

        /// <summary>Listens on the port.</summary>
        /// <param name="backlog">How many connections may wait.</param>
        public void Listen(int backlog)
        {
            _board.ThrowIfOff();
            _port = _sockets.Listen(_bound?.Port ?? throw new SocketException((int)SocketError.InvalidArgument), backlog, _board.IsReachable);
        }

        /// <summary>Takes a connection; waits for one where none is there.</summary>
        /// <returns>The connection.</returns>
        public Socket Accept()
        {
            while (true)
            {
                _board.ThrowIfOff();
                PcSocket? accepted = (_port ?? throw new SocketException((int)SocketError.InvalidArgument)).Accept();
                if (accepted is not null)
                {
                    return new Socket(_board, _sockets, accepted);
                }

                _board.Sleep(10);
            }
        }

        /// <summary>Connects; without a time-out.</summary>
        /// <param name="remoteEP">Where to.</param>
        /// <exception cref="SocketException">Nobody listens there, or the network does not lead there.</exception>
        public void Connect(EndPoint remoteEP)
        {
            _board.ThrowIfOff();
            IPEndPoint route = _board.Route((IPEndPoint)remoteEP);
            var socket = new PcSocket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            lock (_gate)
            {
                ObjectDisposedException.ThrowIf(_closed, this);
                _socket = socket;
            }

            _sockets.Add(socket, accepted: false);
            _lost = _board.NetworkLost.Register(() => socket.Close(0));
            using (_board.BeginErrand())
            {
                socket.Connect(route);
            }
        }

        /// <summary>Writes.</summary>
        /// <param name="buffer">Holds the bytes.</param>
        /// <returns>How many bytes were taken.</returns>
        public int Send(byte[] buffer) => Send(buffer, 0, buffer.Length, SocketFlags.None);

        /// <summary>Writes.</summary>
        /// <param name="buffer">Holds the bytes.</param>
        /// <param name="socketFlags">None.</param>
        /// <returns>How many bytes were taken.</returns>
        public int Send(byte[] buffer, SocketFlags socketFlags) => Send(buffer, 0, buffer.Length, socketFlags);

        /// <summary>Writes.</summary>
        /// <param name="buffer">Holds the bytes.</param>
        /// <param name="size">How many, from 0 on.</param>
        /// <param name="socketFlags">None.</param>
        /// <returns>How many bytes were taken.</returns>
        public int Send(byte[] buffer, int size, SocketFlags socketFlags) => Send(buffer, 0, size, socketFlags);

        /// <summary>Writes.</summary>
        /// <param name="buffer">Holds the bytes.</param>
        /// <param name="offset">Where they begin.</param>
        /// <param name="size">How many.</param>
        /// <param name="socketFlags">None.</param>
        /// <returns>How many bytes were taken.</returns>
        public int Send(byte[] buffer, int offset, int size, SocketFlags socketFlags)
        {
            _board.ThrowIfOff();
            try
            {
                return Peer.Send(buffer, offset, size, socketFlags);
            }
            catch (ObjectDisposedException) when (!_closed)
            {
                throw new SocketException((int)SocketError.ConnectionReset);
            }
        }

        /// <summary>Reads; waits for bytes.</summary>
        /// <param name="buffer">Takes the bytes.</param>
        /// <returns>How many; 0 at the end.</returns>
        public int Receive(byte[] buffer) => Receive(buffer, 0, buffer.Length, SocketFlags.None);

        /// <summary>Reads; waits for bytes.</summary>
        /// <param name="buffer">Takes the bytes.</param>
        /// <param name="socketFlags">None.</param>
        /// <returns>How many; 0 at the end.</returns>
        public int Receive(byte[] buffer, SocketFlags socketFlags) => Receive(buffer, 0, buffer.Length, socketFlags);

        /// <summary>Reads; waits for bytes.</summary>
        /// <param name="buffer">Takes the bytes.</param>
        /// <param name="size">How many at most.</param>
        /// <param name="socketFlags">None.</param>
        /// <returns>How many; 0 at the end.</returns>
        public int Receive(byte[] buffer, int size, SocketFlags socketFlags) => Receive(buffer, 0, size, socketFlags);

        /// <summary>Reads; waits for bytes.</summary>
        /// <param name="buffer">Takes the bytes.</param>
        /// <param name="offset">Where to.</param>
        /// <param name="size">How many at most.</param>
        /// <param name="socketFlags">None.</param>
        /// <returns>How many; 0 at the end.</returns>
        public int Receive(byte[] buffer, int offset, int size, SocketFlags socketFlags)
        {
            _board.ThrowIfOff();
            try
            {
                return Peer.Receive(buffer, offset, size, socketFlags);
            }
            catch (ObjectDisposedException) when (!_closed)
            {
                throw new SocketException((int)SocketError.ConnectionReset);
            }
        }

        /// <summary>Sets an option.</summary>
        /// <param name="optionLevel">Of what.</param>
        /// <param name="optionName">Which.</param>
        /// <param name="optionValue">What to.</param>
        public void SetSocketOption(SocketOptionLevel optionLevel, SocketOptionName optionName, int optionValue) => _board.ThrowIfOff();

        /// <summary>Sets an option.</summary>
        /// <param name="optionLevel">Of what.</param>
        /// <param name="optionName">Which.</param>
        /// <param name="optionValue">What to.</param>
        public void SetSocketOption(SocketOptionLevel optionLevel, SocketOptionName optionName, bool optionValue) => _board.ThrowIfOff();

        /// <summary>Waits until it can be read or written, or a connection can be taken.</summary>
        /// <param name="microSeconds">How long at most, in the board's time; below 0 without end.</param>
        /// <param name="mode">What for.</param>
        /// <returns>False when nothing came in time.</returns>
        public bool Poll(int microSeconds, SelectMode mode)
        {
            for (long left = microSeconds; ; left -= 1000)
            {
                _board.ThrowIfOff();
                ObjectDisposedException.ThrowIf(_closed, this);
                if (_port is not null ? mode == SelectMode.SelectRead && _port.IsWaiting : IsReady(mode))
                {
                    return true;
                }

                if (microSeconds >= 0 && left <= 0)
                {
                    return false;
                }

                _board.Sleep(1);
            }
        }

        /// <summary>Closes it.</summary>
        public void Close() => Dispose();

        /// <inheritdoc/>
        public void Dispose()
        {
            Dispose(true);
            GC.SuppressFinalize(this);
        }

        /// <summary>Closes it.</summary>
        /// <param name="disposing">Always true.</param>
        protected virtual void Dispose(bool disposing)
        {
            lock (_gate)
            {
                _closed = true;
            }

            _lost.Unregister();
            _errand?.Dispose();
            _port?.Dispose();
            if (_socket is PcSocket socket)
            {
                _sockets.Remove(socket);
                socket.Dispose();
            }
        }

        private PcSocket Peer => _closed
            ? throw new ObjectDisposedException(nameof(Socket)) : _socket ?? throw new SocketException((int)SocketError.NotConnected);

        private bool IsReady(SelectMode mode)
        {
            try
            {
                return _socket is not null && _socket.Poll(0, mode);
            }
            catch (ObjectDisposedException)
            {
                return true; // cut by the network: what is tried next says so
            }
        }

        // The peer is a program of the PC: until it has sent something, it works for the board. Later it waits for the board.
        private void Await()
        {
            _errand?.Dispose();
            IDisposable? errand = _board.BeginErrand();
            _errand = errand;
            if (errand is not null && _socket is PcSocket socket)
            {
                _ = EndOnceThereAsync(socket, errand);
            }
        }

        private static async Task EndOnceThereAsync(PcSocket socket, IDisposable errand)
        {
            try
            {
                await socket.ReceiveAsync(Memory<byte>.Empty, SocketFlags.None).ConfigureAwait(false);
            }
            catch (Exception ex) when (ex is SocketException or ObjectDisposedException)
            {
                // It ended: nothing more will come.
            }

            errand.Dispose();
        }
    }
}
