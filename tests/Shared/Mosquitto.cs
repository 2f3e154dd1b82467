using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Tasks;

namespace Sensors.Tests.Shared
{
    /// <summary>A real mosquitto broker on a free loopback port, and its command-line clients. Tests that use it are skipped, with
    /// the reason, where it is not installed.</summary>
    internal sealed class Mosquitto : IAsyncDisposable
    {
        private const string NotInstalled = "mosquitto is not installed: apt-get install mosquitto mosquitto-clients";
        private const string ReadyTopic = "mosquitto-helper/ready/";
        private const string ReadyText = "mosquitto_sub-is-subscribed";
        private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

        private readonly Process _process;
        private readonly string _folder;

        private Mosquitto(Process process, string folder, int port)
        {
            _process = process;
            _folder = folder;
            Port = port;
        }

        /// <summary>Gets the TCP port the broker listens on.</summary>
        public int Port { get; }

        /// <summary>Starts a broker without persistence that lets everybody in.</summary>
        /// <param name="configuration">Further lines of its configuration file.</param>
        public static async Task<Mosquitto> StartAsync(string configuration = "")
        {
            string program = Find("mosquitto") ?? Skip();
            for (int attempt = 1; ; attempt++)
            {
                int port = FreePort();
                string folder = Directory.CreateTempSubdirectory("mosquitto-").FullName;
                string file = Path.Combine(folder, "mosquitto.conf");
                await File.WriteAllTextAsync(
                    file, $"listener {port} 127.0.0.1\nallow_anonymous true\npersistence false\nlog_dest none\n{configuration}\n");
                Process process = Run(program, ["-c", file]);
                var broker = new Mosquitto(process, folder, port);
                if (await broker.AnswersAsync())
                {
                    return broker;
                }

                await broker.DisposeAsync();
                if (attempt == 3)
                {
                    throw new InvalidOperationException("mosquitto does not answer; its configuration may be refused.");
                }
            }
        }

        /// <summary>Runs <c>mosquitto_pub</c> to its end and checks that it succeeded.</summary>
        /// <param name="port">Port of the broker on the loopback address.</param>
        /// <param name="arguments">Its arguments besides host and port.</param>
        public static async Task PublishAsync(int port, params string[] arguments)
        {
            await using MosquittoClient client = Start("mosquitto_pub", port, arguments);
            (int exitCode, byte[] output) = await client.EndAsync();
            Assert.True(exitCode == 0, "mosquitto_pub ended with " + exitCode + ": " + Encoding.UTF8.GetString(output));
        }

        /// <summary>Starts <c>mosquitto_sub</c> and waits until it has subscribed.</summary>
        /// <remarks>It says nothing of its own in time when it writes to a pipe; so a retained message tells: it is subscribed to
        /// together with the rest and read here. It stays with the broker, under <c>mosquitto-helper/</c>.</remarks>
        /// <param name="port">Port of the broker on the loopback address.</param>
        /// <param name="count">It ends after so many messages.</param>
        /// <param name="arguments">Its arguments besides host, port and <c>-C</c>; every message must be printed as a line.</param>
        public static async Task<MosquittoClient> SubscribeAsync(int port, int count, params string[] arguments)
        {
            string ready = ReadyTopic + Guid.NewGuid().ToString("N");
            await PublishAsync(port, "-t", ready, "-m", ReadyText, "-r");
            MosquittoClient client = Start("mosquitto_sub", port, [.. arguments, "-t", ready, "-C", (count + 1).ToString()]);
            await client.ReadUntilAsync(line => line.Contains(ReadyText, StringComparison.Ordinal));
            return client;
        }

        /// <summary>Starts one of the command-line clients.</summary>
        public static MosquittoClient Start(string program, int port, params string[] arguments) =>
            new(Run(Find(program) ?? Skip(), ["-h", "127.0.0.1", "-p", port.ToString(), .. arguments]));

        /// <inheritdoc/>
        public async ValueTask DisposeAsync()
        {
            if (!_process.HasExited)
            {
                _process.Kill();
            }

            await _process.WaitForExitAsync();
            _process.Dispose();
            Directory.Delete(_folder, recursive: true);
        }

        private static string Skip()
        {
            Assert.Skip(NotInstalled);
            return string.Empty;
        }

        private static string? Find(string program)
        {
            string path = Environment.GetEnvironmentVariable("PATH") ?? string.Empty;
            string[] servers = ["/usr/sbin", "/usr/local/sbin", "/opt/homebrew/sbin"]; // where users' paths do not always lead
            foreach (string folder in path.Split(Path.PathSeparator).Concat(servers))
            {
                foreach (string name in new[] { program, program + ".exe" })
                {
                    if (folder.Length > 0 && File.Exists(Path.Combine(folder, name)))
                    {
                        return Path.Combine(folder, name);
                    }
                }
            }

            return null;
        }

        private static Process Run(string program, IEnumerable<string> arguments) =>
            Process.Start(new ProcessStartInfo(program, arguments)
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                StandardOutputEncoding = Encoding.UTF8,
            })!;

        private static int FreePort()
        {
            using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            probe.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            return ((IPEndPoint)probe.LocalEndPoint!).Port;
        }

        private async Task<bool> AnswersAsync()
        {
            var clock = Stopwatch.StartNew();
            while (clock.Elapsed < Patience && !_process.HasExited)
            {
                try
                {
                    using var probe = new TcpClient();
                    await probe.ConnectAsync(IPAddress.Loopback, Port);
                    return true;
                }
                catch (SocketException)
                {
                    await Task.Delay(20);
                }
            }

            return false;
        }
    }

    /// <summary>A running <c>mosquitto_pub</c> or <c>mosquitto_sub</c>.</summary>
    internal sealed class MosquittoClient(Process process) : IAsyncDisposable
    {
        private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

        /// <summary>Reads lines until one fits.</summary>
        public async Task ReadUntilAsync(Func<string, bool> fits)
        {
            while (true)
            {
                string? line = await process.StandardOutput.ReadLineAsync().WaitAsync(Patience);
                if (line is null)
                {
                    throw new EndOfStreamException("Ended early: " + await process.StandardError.ReadToEndAsync());
                }

                if (fits(line))
                {
                    return;
                }
            }
        }

        /// <summary>Waits for the end.</summary>
        /// <returns>Exit code and what was written to standard output and not read before.</returns>
        public async Task<(int ExitCode, byte[] Output)> EndAsync()
        {
            using var output = new MemoryStream();
            await process.StandardOutput.BaseStream.CopyToAsync(output).WaitAsync(Patience);
            await process.WaitForExitAsync().WaitAsync(Patience);
            return (process.ExitCode, output.ToArray());
        }

        /// <summary>Ends it as a crash would, so that its will is due.</summary>
        public void Kill() => process.Kill();

        /// <inheritdoc/>
        public async ValueTask DisposeAsync()
        {
            if (!process.HasExited)
            {
                process.Kill();
            }

            await process.WaitForExitAsync();
            process.Dispose();
        }
    }
}
