using System;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Sensors.Pairing.Tests.Fakes;

namespace Sensors.Commissioning.Tests.Support
{
    /// <summary>The firmware's own portal, on fakes, behind a real port: with an access point that goes away, and answers that get lost.</summary>
    internal sealed class PortalServer : IAsyncDisposable
    {
        private readonly Lock _gate = new();
        private readonly PortalBench _bench = new();
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly Task _serving;
        private int _requests;

        public PortalServer()
        {
            _listener.Start();
            _serving = ServeAsync();
            Clock = new BenchClock(this);
        }

        public BenchClock Clock { get; }

        public Uri Endpoint => new($"http://{_listener.LocalEndpoint}/");

        /// <summary>Gets or sets what becomes of a request, by its number from 1: false loses its answer. May restart the board.</summary>
        public Func<int, bool> Answers { get; set; } = _ => true;

        /// <summary>Gets or sets whether the trial that waits runs as soon as time moves.</summary>
        public bool RunsTrials { get; set; } = true;

        /// <summary>Gets how many requests came.</summary>
        public int Requests => Volatile.Read(ref _requests);

        public T Locked<T>(Func<PortalBench, T> work)
        {
            lock (_gate)
            {
                return work(_bench);
            }
        }

        public void Restart() => Locked(bench =>
        {
            bench.Start();
            return 0;
        });

        public void Moved() => Locked(bench =>
        {
            if (RunsTrials && bench.Portal.HasTrial)
            {
                bench.Portal.RunTrial();
            }

            return 0;
        });

        public PairingClient Client(string? node = PortalBench.Name) => new(() => Endpoint, node, Clock);

        public async ValueTask DisposeAsync()
        {
            _listener.Stop();
            await _serving.ConfigureAwait(false);
        }

        private async Task ServeAsync()
        {
            while (true)
            {
                try
                {
                    using TcpClient client = await _listener.AcceptTcpClientAsync().ConfigureAwait(false);
                    await AnswerAsync(client.GetStream()).ConfigureAwait(false);
                }
                catch (Exception over) when (over is InvalidOperationException or SocketException) // stopped, before or while it waits
                {
                    return;
                }
                catch (IOException)
                {
                    // The other side has gone.
                }
            }
        }

        private async Task AnswerAsync(NetworkStream stream)
        {
            byte[] request = await ReadAsync(stream).ConfigureAwait(false);
            int number = Interlocked.Increment(ref _requests);
            PortalBench.Reply reply = Locked(bench => bench.Send(request));
            if (!Answers(number))
            {
                return;
            }

            await stream.WriteAsync(Encoding.ASCII.GetBytes(reply.Head + "\r\n\r\n")).ConfigureAwait(false);
            await stream.WriteAsync(reply.Body).ConfigureAwait(false);
        }

        private static async Task<byte[]> ReadAsync(NetworkStream stream)
        {
            var all = new MemoryStream();
            byte[] piece = new byte[8192];
            while (true)
            {
                int count = await stream.ReadAsync(piece).ConfigureAwait(false);
                all.Write(piece, 0, count);
                byte[] now = all.ToArray();
                int head = now.AsSpan().IndexOf("\r\n\r\n"u8);
                if (count == 0 || (head >= 0 && now.Length >= head + 4 + LengthOf(Encoding.ASCII.GetString(now, 0, head))))
                {
                    return now;
                }
            }
        }

        private static int LengthOf(string head)
        {
            foreach (string line in head.Split("\r\n"))
            {
                if (line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase))
                {
                    return int.Parse(line.AsSpan(15), System.Globalization.CultureInfo.InvariantCulture);
                }
            }

            return 0;
        }
    }
}
