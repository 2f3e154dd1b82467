using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Sensors.Cli.Tests.Support;
using Sensors.Cli.VirtualNodes;
using Sensors.Edge;
using Sensors.Mqtt;
using Sensors.Node;

namespace Sensors.Cli.Tests
{
    public class DemoTests
    {
        /// <summary>How long the demo runs: 20 s as the README has it in <c>.ci/run</c>, otherwise until each sensor has been read twice.</summary>
        private static readonly string Seconds = Environment.GetEnvironmentVariable("SENSORS_DEMO_SECONDS") ?? "5";

        /// <summary>The command of the README, as a new user types it.</summary>
        [Fact]
        public async Task TheLiteralCommandShowsReadingsOfThreeKindsWithoutAGap()
        {
            var info = new ProcessStartInfo("dotnet", $"run --project tools/Sensors.Cli -- demo --seconds {Seconds} --json")
            {
                WorkingDirectory = Repository.Root,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                StandardOutputEncoding = Encoding.UTF8,
            };
            using Process process = Process.Start(info)!;
            Task<string> errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            string output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);

            string[] lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            Assert.True(process.ExitCode == 0 && lines.Length > 0, await errors);
            ReadingMessage[] readings = [.. lines.Select(line => ReadingMessage.Parse(Encoding.UTF8.GetBytes(line)))];
            Assert.Equal(["current", "temperature", "vibration"], readings.Select(reading => reading.Kind).Distinct().Order());
            Assert.All(readings.CountBy(reading => reading.Kind), kind => Assert.InRange(kind.Value, 2, int.MaxValue));
            Assert.All(readings, reading => Assert.Equal("88.118.12345/NODE-0001", reading.Id));
            Assert.Single(readings.Select(reading => reading.Epoch).Distinct());
            Assert.Equal(Enumerable.Range(2, readings.Length).Select(number => (long)number), readings.Select(reading => reading.Sequence)); // 1 says that the volume is new
            Assert.Contains("\"event\":\"gap-record\"", await errors);
            Assert.All(readings, reading => Assert.NotEmpty(reading.Values));
            Assert.All(readings, reading => Assert.Equal(0, reading.Quality.Lost));
            Assert.InRange(Fact(await errors, "first-reading", "seconds"), 0, 10);
            Assert.InRange(Fact(await errors, "collected", "readings"), 1, readings.Length); // the last may be on its way when the power goes
        }

        [Fact]
        public async Task AFleetWithFaultsEndsTidilyOnCtrlC()
        {
            using var stop = new CancellationTokenSource();
            var host = new TestHost();
            Task<int> demo = host.RunAsync(stop.Token, "demo", "--nodes", "2", "--interval", "1", "--seed", "7", "--fault", "unbalance=4@1s+1s", "--json");
            await TestHost.UntilAsync(() => host.Error, "\"fault-ended\"");
            await TestHost.UntilAsync(() => host.Out, "NODE-0002");
            await stop.CancelAsync();
            Assert.Equal(130, await demo);
            Assert.All(host.OutLines, line => ReadingMessage.Parse(Encoding.UTF8.GetBytes(line)));
            Assert.Equal(0, Fact(host.Error, "summary", "missing"));
            Assert.Equal(0, Fact(host.Error, "summary", "duplicates"));
            Assert.True(Fact(host.Error, "usage", "peak_mebibytes") > 0);
        }

        /// <summary>What a trainee sees of an alarm: the real firmware raises it, its number is no gap, and it stands among the readings as it was published.</summary>
        [Fact]
        public async Task AnAlarmOfTheNodeIsShownAndLeavesNoGap()
        {
            var host = new TestHost();
            int exit = await host.RunAsync("demo", "--seconds", "4", "--interval", "1", "--alarm", "vib1 rms warning=0.1 persistence=1", "--json");
            Assert.True(exit == 0, host.Error);
            string line = Assert.Single(host.OutLines, line => line.Contains("\"cause\":", StringComparison.Ordinal));
            AlarmMessage alarm = AlarmMessage.Parse(Encoding.UTF8.GetBytes(line));
            Assert.Equal(("vib1", "rms", AlarmGrade.Warning, AlarmGrade.None, "limit"), (alarm.Point, alarm.Channel, alarm.Alarm, alarm.Was, alarm.Cause));
            Assert.Equal(0.1, alarm.Limit!.Value, 5);
            Assert.DoesNotContain("\"gap\"", host.Error);
            Assert.Equal(1, Fact(host.Error, "summary", "alarms"));
            Assert.Equal(0, Fact(host.Error, "summary", "missing"));
            Assert.Contains(host.OutLines.Where(other => other != line).Select(other => ReadingMessage.Parse(Encoding.UTF8.GetBytes(other))), reading =>
                reading.State is { Alarm: AlarmGrade.Warning });
        }

        /// <summary>Speed and bearing of the virtual machine are known to the node, so that a reading of half a second and more has it all.</summary>
        [Fact]
        public async Task TheUsualDemoShowsOrdersVelocityZoneAndHint()
        {
            var host = new TestHost();
            int exit = await host.RunAsync("demo", "--seconds", "5", "--seed", "5", "--json");
            Assert.True(exit == 0, host.Error);
            ReadingMessage reading = host.OutLines.Select(line => ReadingMessage.Parse(Encoding.UTF8.GetBytes(line))).First(reading => reading.Point == "vib1");
            Assert.All(["x_vel", "x_o1", "x_bpfo", "x_env"], channel => Assert.NotNull(reading.Value(channel)));
            Assert.Equal(("B", AlarmGrade.None, "healthy"), (reading.State?.Zone, reading.State?.Alarm, reading.State?.Hint));
        }

        /// <summary>The nodes of a demonstration wait for an edge, and have one: what was sent is stored and acknowledged, and its number 1, the statement of a new volume, too.</summary>
        [Theory]
        [InlineData(AckMode.Edge)]
        [InlineData(AckMode.Broker, "--ack", "broker")]
        public async Task TheEmbeddedEdgeAcknowledges(AckMode mode, params string[] args)
        {
            VirtualNodeOptions? made = null;
            var acknowledged = new ConcurrentQueue<AckMessage>();
            int port = FreePort();
            var host = new TestHost { Nodes = node => made = node };
            Task<int> demo = host.RunAsync(["demo", "--seconds", "5", "--interval", "1", "--port", $"{port}", "--json", .. args]);
            await TestHost.UntilAsync(() => host.Error, "\"broker\"");
            await using var listener = new MqttClient(new MqttClientOptions { Host = "127.0.0.1", Port = port, ClientId = "listener" })
            {
                MessageReceived = message => acknowledged.Enqueue(AckMessage.Parse(message.Payload)),
            };
            await listener.ConnectAsync(TestContext.Current.CancellationToken);
            await listener.SubscribeAsync([new MqttSubscription("sensors/v1/+/+/ack", MqttQos.AtLeastOnce)], TestContext.Current.CancellationToken);
            Assert.Equal(0, await demo);
            Assert.Equal(mode, made!.Acknowledgement);
            Assert.NotEmpty(acknowledged);
            Assert.InRange(acknowledged.Max(each => each.UpTo), 2, host.OutLines.Count() + 1);
        }

        /// <summary>At a broker of somebody else's nobody but a collector acknowledges; where there is none, that is told in a line.</summary>
        [Theory]
        [InlineData(true)]
        [InlineData(false, "--ack", "broker")]
        public async Task ThatNobodyAcknowledgesIsTold(bool told, params string[] args)
        {
            await using var broker = new MqttBroker();
            broker.Start(new IPEndPoint(IPAddress.Loopback, 0));
            using var stop = new CancellationTokenSource();
            var host = new TestHost { CollectorPatience = TimeSpan.FromMilliseconds(300) };
            Task<int> run = host.RunAsync(stop.Token, ["run", "--broker", $"127.0.0.1:{broker.BoundPort}", "--interval", "1", .. args]);
            await (told ? TestHost.UntilAsync(() => host.Error, "nobody acknowledges readings") : TestHost.UntilAsync(() => host.Out, "#5 "));
            await stop.CancelAsync();
            Assert.Equal(130, await run);
            Assert.Equal(told, host.Error.Contains("nobody acknowledges readings", StringComparison.Ordinal));
        }

        [Theory]
        [InlineData("vib1 rpm=1500 bearing=9,7.94,39.04,0 zones=group2-flexible")]
        [InlineData("vib1 rpm=3000 bearing=9,7.94,39.04,0 zones=group2-flexible", "--speed", "3000:1500@10s")]
        [InlineData("", "--speed", "0:1500@10s")]
        [InlineData("vib1 rpm=1480", "--point", "vib1 rpm=1480")]
        [InlineData("vib1 rpm=1500 bearing=9,7.94,39.04,0 zones=group2-flexible;cur1 rpm=1500", "--point", "cur1 rpm=1500")]
        public async Task TheNodeKnowsOfItsMachine(string points, params string[] args)
        {
            VirtualNodeOptions? made = null;
            var host = new TestHost { Nodes = node => made = node };
            await host.RunAsync(["demo", "--seconds", "0.1", .. args]);
            Assert.Equal(points, string.Join(';', made!.Points));
        }

        private static int FreePort()
        {
            using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            probe.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            return ((IPEndPoint)probe.LocalEndPoint!).Port;
        }

        private static double Fact(string errors, string name, string fact)
        {
            IEnumerable<JsonElement> events = errors.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement);
            return events.First(each => each.TryGetProperty("event", out JsonElement found) && found.GetString() == name).GetProperty(fact).GetDouble();
        }
    }
}
