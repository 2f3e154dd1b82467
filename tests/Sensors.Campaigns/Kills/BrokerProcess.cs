using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Threading;

namespace Sensors.Campaigns
{
    /// <summary>A real mosquitto that is killed and comes back at the same port, with its sessions on disk or without.</summary>
    internal sealed class BrokerProcess : IDisposable
    {
        private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
        private static readonly string[] Servers = ["/usr/sbin", "/usr/local/sbin", "/opt/homebrew/sbin"]; // where users' paths do not always lead

        private readonly string _program;
        private readonly string _folder;
        private Process? _process;

        /// <summary>Finds mosquitto and a free port.</summary>
        /// <param name="folder">For its files.</param>
        /// <exception cref="FileNotFoundException">It is not installed.</exception>
        public BrokerProcess(string folder)
        {
            _folder = folder;
            _program = (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator).Concat(Servers)
                .Select(where => Path.Combine(where, "mosquitto")).FirstOrDefault(File.Exists)
                ?? throw new FileNotFoundException("mosquitto is not installed: apt-get install mosquitto");
            using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            probe.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            Port = ((IPEndPoint)probe.LocalEndPoint!).Port;
        }

        /// <summary>Gets its port on the loopback address.</summary>
        public int Port { get; }

        /// <summary>Starts it and waits until it listens.</summary>
        /// <param name="persistent">Whether it keeps sessions, retained and queued messages on disk, every other second.</param>
        public void Start(bool persistent)
        {
            string file = Path.Combine(_folder, "mosquitto.conf");
            File.WriteAllText(
                file,
                $"listener {Port} 127.0.0.1\nallow_anonymous true\nmax_queued_messages 20000\nlog_dest none\n"
                + (persistent ? $"persistence true\npersistence_location {_folder}/\nautosave_interval 2\n" : "persistence false\n"));
            _process = Process.Start(new ProcessStartInfo(_program, ["-c", file]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var clock = Stopwatch.StartNew();
            while (true)
            {
                try
                {
                    using var probe = new TcpClient();
                    probe.Connect(IPAddress.Loopback, Port);
                    return;
                }
                catch (SocketException) when (clock.Elapsed < Patience && !_process.HasExited)
                {
                    Thread.Sleep(20);
                }
            }
        }

        /// <summary>Kills it with SIGKILL.</summary>
        public void Kill()
        {
            _process?.Kill();
            _process?.WaitForExit();
            _process?.Dispose();
            _process = null;
        }

        public void Dispose() => Kill();
    }
}
