using System;
using System.Collections.Concurrent;
using System.IO;
using System.Linq;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using Sensors.Cli.VirtualNodes;
using Sensors.Edge;
using Sensors.Mqtt;
using Sensors.Node;
using Sensors.VirtualBoard;

namespace Sensors.Cli.Tests
{
    /// <summary>The composition of a node: the real firmware on virtual wiring, faster than life.</summary>
    public class VirtualNodeTests
    {
        private const double Adxl345Corner = 1600; // half the 3,200 Hz the firmware samples at

        [Fact]
        public async Task VibrationFollowsTheSpeedWithinFivePercentOfTheClosedForm()
        {
            const double StepSeconds = 10;
            var readings = new ConcurrentQueue<ReadingMessage>();
            await using var broker = new MqttBroker();
            broker.Start(new IPEndPoint(IPAddress.Loopback, 0));
            using IDisposable listening = broker.Subscribe("sensors/v1/+/+/reading/vib1", packet => readings.Enqueue(ReadingMessage.Parse(packet.Payload)));
            DateTime start = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);
            using var node = new VirtualNode(new VirtualNodeOptions
            {
                Id = Identifier.Check("88.118.12345/NODE-0001").Identifier,
                BrokerHost = "127.0.0.1",
                BrokerPort = broker.BoundPort,
                Interval = TimeSpan.FromSeconds(1),
                Machine = VirtualNodeOptions.MachineAt(Profile.ParseSpeed("1500:3000@10s"), null),
                Pace = 20,
                StartUtc = start,
            });
            node.Start();
            await UntilAsync(() => readings.Count(reading => Seconds(reading) > StepSeconds + 2) >= 3);

            double slow = node.Machine.ExpectedRms(SensorAxis.X, 1500, 0.5, Adxl345Corner);
            double fast = node.Machine.ExpectedRms(SensorAxis.X, 3000, 0.5, Adxl345Corner);
            Assert.True(fast > 2 * slow, "The speeds must differ clearly, or the test shows nothing.");
            double[] before = [.. readings.Where(reading => reading.Clock == ClockQuality.Synced && Seconds(reading) < StepSeconds).Select(X)];
            double[] after = [.. readings.Where(reading => Seconds(reading) > StepSeconds + 2).Select(X)];
            Assert.NotEmpty(before);
            Assert.All(before, rms => Assert.InRange(rms, 0.95 * slow, 1.05 * slow));
            Assert.All(after, rms => Assert.InRange(rms, 0.95 * fast, 1.05 * fast));

            double Seconds(ReadingMessage reading) => (reading.Time!.Value.UtcDateTime - start).TotalSeconds;
            static double X(ReadingMessage reading) => reading.Value("x_rms")!.Value;
        }

        /// <summary>No collector, then no power; the next process on the same folder delivers what the first one kept, and says what it could not keep.</summary>
        [Fact]
        public async Task WhatNobodyAcknowledgedOutlivesItsProcess()
        {
            string folder = Directory.CreateTempSubdirectory("volume").FullName;
            await using var broker = new MqttBroker();
            broker.Start(new IPEndPoint(IPAddress.Loopback, 0));
            var options = new VirtualNodeOptions
            {
                Id = Identifier.Check("88.118.12345/NODE-0001").Identifier,
                BrokerHost = "127.0.0.1",
                BrokerPort = broker.BoundPort,
                Interval = TimeSpan.FromSeconds(1),
                Alarms = ["vib1 rms warning=0.1 persistence=1"], // an alarm goes to the journal at once, and all before it with it
                Pace = 20,
                VolumeFolder = folder,
            };
            using (var node = new VirtualNode(options))
            {
                node.Start();
                await UntilAsync(() => Directory.GetFiles(folder, "j*").Any(file => new FileInfo(file) is { Exists: true, Length: > 300 }));
            }

            using SqliteReadingStore store = SqliteReadingStore.InMemory();
            using var stop = new CancellationTokenSource();
            var collector = new CollectorService(store, new CollectorServiceOptions { Brokers = [new BrokerEnd("127.0.0.1", broker.BoundPort)] });
            Task collecting = collector.RunAsync(stop.Token);
            using (var node = new VirtualNode(options))
            {
                node.Start();
                await UntilAsync(() => collector.Counts.Gaps >= 2 && Directory.GetFiles(folder, "j*").Length == 0);
            }

            await stop.CancelAsync();
            await collecting;
            NodeAccount account = Assert.Single(LedgerReport.Of(store.Archive).Nodes);
            Assert.Equal(2, account.Epochs.Count);
            Assert.Equal(0, account.Missing);
            Assert.InRange(account.Epochs[0].Readings, 3, int.MaxValue);
            Assert.Equal(1, account.Epochs[0].Alarms);
            Assert.Contains(account.Statements, statement => statement.Gap.Reason == "power-cut" && statement.Gap.Epoch == account.Epochs[0].Epoch);
            Directory.Delete(folder, recursive: true);
        }

        [Theory]
        [InlineData("88.118.12345/NODE-0001", 3, "88.118.12345/NODE-0003")]
        [InlineData("88.118.12345/NODE-0098", 3, "88.118.12345/NODE-0100")]
        [InlineData("88.118.12345/9", 2, "88.118.12345/10")]
        [InlineData("88.118.12345/PUMP", 3, "88.118.12345/PUMP-0003")]
        [InlineData("88.118.12345/PUMP", 1, "88.118.12345/PUMP")]
        public void IdentifiersCountUp(string first, int count, string last)
        {
            Identifier[] series = [.. IdentifierSeries.From(Identifier.Check(first).Identifier, count)];
            Assert.Equal(first, series[0].Text);
            Assert.Equal(last, series[^1].Text);
            Assert.Equal(count, series.Select(id => id.Text).Distinct().Count());
        }

        private static async Task UntilAsync(Func<bool> condition)
        {
            for (int i = 0; i < 600 && !condition(); i++)
            {
                await Task.Delay(100, TestContext.Current.CancellationToken);
            }

            Assert.True(condition(), "It did not happen within 60 s.");
        }
    }
}
