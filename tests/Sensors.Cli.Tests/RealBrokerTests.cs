using System;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Sensors.Cli.Tests.Support;
using Sensors.Tests.Shared;

namespace Sensors.Cli.Tests
{
    /// <summary>The node at a broker, and heard by a client, that share no code with us.</summary>
    public class RealBrokerTests
    {
        private const string Node = "sensors/v1/88.118.12345/NODE-0001";
        private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

        [Fact]
        public async Task MosquittoShowsReadingsMetaAndStatusAndTellsWhenTheNodeIsKilled()
        {
            await using Mosquitto broker = await Mosquitto.StartAsync();
            await using MosquittoClient listener = await Mosquitto.SubscribeAsync(broker.Port, 1000, "-v", "-t", "sensors/v1/#");
            var seen = new ConcurrentQueue<string>();
            using Process node = Run(broker.Port);
            try
            {
                await Hear(listener, seen, line => line.StartsWith(Node + "/status {", StringComparison.Ordinal) && line.Contains("\"online\""));
                await Hear(listener, seen, line => line.StartsWith(Node + "/meta {", StringComparison.Ordinal));
                foreach (string point in new[] { "vib1", "temp1", "cur1" })
                {
                    await Hear(listener, seen, line => line.StartsWith(Node + "/reading/" + point + " {\"id\":\"88.118.12345/NODE-0001\"", StringComparison.Ordinal));
                }

                node.Kill(); // as a power cut would end it: no farewell
                await Hear(listener, seen, line => line.StartsWith(Node + "/status {", StringComparison.Ordinal) && line.Contains("\"offline\""));
            }
            finally
            {
                node.Kill();
            }

            // What a client that comes later is told: both are retained.
            await using MosquittoClient later = Mosquitto.Start("mosquitto_sub", broker.Port, "-v", "-t", Node + "/status", "-t", Node + "/meta", "-C", "2");
            string[] retained = System.Text.Encoding.UTF8.GetString((await later.EndAsync()).Output).Split('\n');
            Assert.Contains(retained, line => line.Contains("/status {") && line.Contains("\"offline\""));
            Assert.Contains(retained, line => line.Contains("/meta {") && line.Contains("\"ADXL345\""));
        }

        private static Process Run(int port)
        {
            string configuration = AppContext.BaseDirectory.Contains("Release", StringComparison.Ordinal) ? "Release" : "Debug";
            string program = Path.Combine(Repository.Root, "tools", "Sensors.Cli", "bin", configuration, "net10.0", "sensorctl.dll");
            return Process.Start(new ProcessStartInfo("dotnet", [program, "run", "--broker", "127.0.0.1:" + port, "--interval", "1"])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
        }

        private static async Task Hear(MosquittoClient listener, ConcurrentQueue<string> seen, Func<string, bool> fits)
        {
            if (seen.Any(fits))
            {
                return;
            }

            await listener.ReadUntilAsync(line =>
            {
                seen.Enqueue(line);
                return fits(line);
            }).WaitAsync(Patience);
        }
    }
}
