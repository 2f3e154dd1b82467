using System;
using System.Diagnostics;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using Sensors.Pairing.Tests.Fakes;

namespace Sensors.Pairing.Tests.Browser
{
    /// <summary>The firmware's portal on fakes, behind a real socket: time goes on as outside, and a trial, whose waits are skipped, lasts milliseconds.</summary>
    internal sealed class LoopbackPortal : IAsyncDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly CancellationTokenSource _end = new();
        private readonly Lock _gate = new();
        private readonly Task _steps;
        private readonly Task _accepts;

        public LoopbackPortal()
        {
            _listener.Start();
            Address = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");
            _steps = Task.Run(StepAsync);
            _accepts = AcceptAsync();
        }

        public PortalBench Bench { get; } = new();

        public Uri Address { get; }

        /// <inheritdoc/>
        public async ValueTask DisposeAsync()
        {
            _end.Cancel();
            _listener.Stop();
            await Task.WhenAll(_steps, _accepts);
        }

        private async Task StepAsync()
        {
            long begin = Stopwatch.GetTimestamp(), passed = 0;
            while (!_end.IsCancellationRequested)
            {
                lock (_gate)
                {
                    long now = (long)Stopwatch.GetElapsedTime(begin).TotalMilliseconds;
                    Bench.Clock.Wait((int)(now - passed) * 1000);
                    passed = now;
                    Bench.Portal.Step();
                    if (Bench.Portal.HasTrial)
                    {
                        Bench.Portal.RunTrial();
                    }
                }

                await Task.Delay(5);
            }
        }

        private async Task AcceptAsync()
        {
            try
            {
                for (; ; )
                {
                    TcpClient client = await _listener.AcceptTcpClientAsync(_end.Token);
                    _ = ServeAsync(client);
                }
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException or InvalidOperationException)
            {
                // over
            }
        }

        private async Task ServeAsync(TcpClient client)
        {
            HttpExchange? exchange = null;
            try
            {
                using NetworkStream stream = client.GetStream();
                byte[] buffer = new byte[500];
                lock (_gate) { exchange = Bench.Portal.Open(); }
                while (!exchange.IsComplete && !exchange.IsRefused)
                {
                    int count = await stream.ReadAsync(buffer, _end.Token);
                    if (count == 0) { return; }
                    lock (_gate) { exchange.Take(buffer, count); }
                }

                lock (_gate) { Bench.Portal.Handle(exchange); }
                for (byte[]? next = Next(); next is not null; next = Next()) { await stream.WriteAsync(next, _end.Token); }
                client.Client.Shutdown(SocketShutdown.Send);
            }
            catch (Exception e) when (e is IOException or SocketException or OperationCanceledException)
            {
                // cut
            }
            finally
            {
                lock (_gate) { exchange?.Close(); }
                client.Dispose();
            }

            byte[]? Next()
            {
                lock (_gate) { return exchange.NextPiece(); }
            }
        }
    }
}
