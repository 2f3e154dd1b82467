using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;
using Sensors.Cli.Tests.Support;
using Sensors.Cli.VirtualNodes;
using Sensors.Edge;
using Sensors.Mqtt;
using Sensors.Node;

namespace Sensors.Cli.Tests
{
    /// <summary>The command of the README. Apart from the other tests so that they run side by side.</summary>
    public class LiteralDemoTests
    {
        /// <summary>How long the demo runs: 20 s as the README has it in <c>.ci/run</c>; null elsewhere.</summary>
        private static readonly string? Seconds = Environment.GetEnvironmentVariable("SENSORS_DEMO_SECONDS");

        /// <summary>As a new user types it; outside of <c>.ci/run</c> for so long that each sensor is read twice, and without looking once more whether all is built.</summary>
        [Fact]
        public async Task TheLiteralCommandShowsReadingsOfThreeKindsWithoutAGap()
        {
            string run = Seconds is null ? "run --no-build" : "run";
            var info = new ProcessStartInfo("dotnet", $"{run} --project tools/Sensors.Cli -- demo --seconds {Seconds ?? "5"} --json")
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
            Assert.InRange(DemoTests.Fact(await errors, "first-reading", "seconds"), 0, 10);
            Assert.InRange(DemoTests.Fact(await errors, "collected", "readings"), 1, readings.Length); // the last may be on its way when the power goes
        }
    }

    /// <summary>What the command shows, in fast motion and until it has been shown.</summary>
    public class DemoTests
    {
        [Fact]
        public async Task AFleetWithFaultsEndsTidilyOnCtrlC()
        {
            var host = Host();
            int exit = await host.RunUntilAsync(
                () => host.Error.Contains("\"fault-ended\"", StringComparison.Ordinal) && host.Out.Contains("NODE-0002", StringComparison.Ordinal),
                "demo", "--nodes", "2", "--interval", "1", "--seed", "7", "--fault", "unbalance=4@1s+1s", "--json");
            Assert.True(exit == 130, host.Error);
            Assert.All(host.OutLines, line => ReadingMessage.Parse(Encoding.UTF8.GetBytes(line)));
            Assert.Equal(0, Fact(host.Error, "summary", "missing"));
            Assert.Equal(0, Fact(host.Error, "summary", "duplicates"));
            Assert.True(Fact(host.Error, "usage", "peak_mebibytes") > 0);
        }

        /// <summary>What a trainee sees of an alarm: the real firmware raises it, its number is no gap, and it stands among the readings as it was published.</summary>
        [Fact]
        public async Task AnAlarmOfTheNodeIsShownAndLeavesNoGap()
        {
            var host = Host();
            int exit = await host.RunUntilAsync(
                () => host.OutLines.Any(line => line.Contains("\"cause\":", StringComparison.Ordinal)) && Readings(host).Any(Warns),
                "demo", "--interval", "1", "--alarm", "vib1 rms warning=0.1 persistence=1", "--json");
            Assert.True(exit == 130, host.Error);
            string line = Assert.Single(host.OutLines, line => line.Contains("\"cause\":", StringComparison.Ordinal));
            AlarmMessage alarm = AlarmMessage.Parse(Encoding.UTF8.GetBytes(line));
            Assert.Equal(("vib1", "rms", AlarmGrade.Warning, AlarmGrade.None, "limit"), (alarm.Point, alarm.Channel, alarm.Alarm, alarm.Was, alarm.Cause));
            Assert.Equal(0.1, alarm.Limit!.Value, 5);
            Assert.Equal(1, Fact(host.Error, "summary", "alarms")); // which may have overtaken a reading: a gap for a moment
            Assert.Equal(0, Fact(host.Error, "summary", "missing"));
            Assert.Contains(Readings(host), Warns);

            static bool Warns(ReadingMessage reading) => reading.State is { Alarm: AlarmGrade.Warning };
        }

        /// <summary>Speed and bearing of the virtual machine are known to the node, so that a reading of half a second and more has it all.</summary>
        [Fact]
        public async Task TheUsualDemoShowsOrdersVelocityZoneAndHint()
        {
            var host = Host();
            int exit = await host.RunUntilAsync(() => Readings(host).Any(reading => reading.Point == "vib1"), "demo", "--seed", "5", "--json");
            Assert.True(exit == 130, host.Error);
            ReadingMessage reading = Readings(host).First(reading => reading.Point == "vib1");
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
            var host = new TestHost { Nodes = node => made = node with { Pace = 5 } };
            Task<int> demo = host.RunUntilAsync(() => acknowledged.Any(each => each.UpTo >= 2), ["demo", "--interval", "1", "--json", .. args]);
            await TestHost.UntilAsync(() => host.Error, "\"embedded\"");
            await using var listener = new MqttClient(new MqttClientOptions { Host = "127.0.0.1", Port = (int)Fact(host.Error, "broker", "port"), ClientId = "listener" })
            {
                MessageReceived = message => acknowledged.Enqueue(AckMessage.Parse(message.Payload)),
            };
            await listener.ConnectAsync(TestContext.Current.CancellationToken);
            await listener.SubscribeAsync([new MqttSubscription("sensors/v1/+/+/ack", MqttQos.AtLeastOnce)], TestContext.Current.CancellationToken);
            Assert.Equal(130, await demo);
            Assert.Equal(mode, made!.Acknowledgement);
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
            var host = new TestHost { CollectorPatience = TimeSpan.FromMilliseconds(100), Nodes = node => node with { Pace = 5 } };
            int exit = await host.RunUntilAsync(
                () => told ? host.Error.Contains("nobody acknowledges readings", StringComparison.Ordinal) : host.Out.Contains("#5 ", StringComparison.Ordinal),
                ["run", "--broker", $"127.0.0.1:{broker.BoundPort}", "--interval", "1", .. args]);
            Assert.Equal(130, exit);
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

        private static TestHost Host() => new() { Nodes = node => node with { Pace = 5 } };

        private static IEnumerable<ReadingMessage> Readings(TestHost host) => host.OutLines
            .Where(line => line.Contains("\"values\":", StringComparison.Ordinal)).Select(line => ReadingMessage.Parse(Encoding.UTF8.GetBytes(line)));

        internal static double Fact(string errors, string name, string fact)
        {
            IEnumerable<JsonElement> events = errors.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement);
            return events.First(each => each.TryGetProperty("event", out JsonElement found) && found.GetString() == name).GetProperty(fact).GetDouble();
        }
    }
}
