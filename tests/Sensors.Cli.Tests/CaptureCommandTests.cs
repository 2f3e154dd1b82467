using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Sensors.Cli.Tests.Edge;
using Sensors.Cli.Tests.Support;
using Sensors.Cli.VirtualNodes;
using Sensors.Mqtt;
using Sensors.Node;

namespace Sensors.Cli.Tests
{
    /// <summary><c>capture</c> against nodes that a test plays, and against the real firmware.</summary>
    public sealed class CaptureCommandTests : IAsyncLifetime
    {
        private const string Id = "88.118.12345/NODE-0001";
        private const string Node = "sensors/v1/" + Id;
        private readonly MqttBroker _broker = new();
        private readonly string _folder = Directory.CreateTempSubdirectory("capture").FullName;
        private readonly ConcurrentQueue<JsonElement> _commands = new();
        private Action<JsonElement> _onCommand = _ => { };

        public ValueTask InitializeAsync()
        {
            _broker.Start(new IPEndPoint(IPAddress.Loopback, 0));
            _broker.Subscribe(Node + "/cmd", packet =>
            {
                JsonElement command = JsonDocument.Parse(packet.Payload.ToArray()).RootElement;
                _commands.Enqueue(command);
                _onCommand(command);
            });
            return ValueTask.CompletedTask;
        }

        public async ValueTask DisposeAsync()
        {
            await _broker.DisposeAsync();
            Directory.Delete(_folder, recursive: true);
        }

        [Fact]
        public async Task ACaptureIsAskedForCollectedAndWritten()
        {
            _onCommand = command => Answer(command, Chunk(0), Chunk(1), Chunk(2));
            TestHost host = new();
            Assert.Equal(0, await RunAsync(host, "vib1", "--before", "1", "--after", "2", "--out", File("a.wav")));
            JsonElement command = Assert.Single(_commands);
            Assert.Equal("capture", Text(command, "cmd"));
            Assert.Equal("vib1", Text(command, "point"));
            Assert.Equal(1, command.GetProperty("before").GetInt32());
            Assert.Equal(2, command.GetProperty("after").GetInt32());
            Assert.Equal(
                File("a.wav") + "  88.118.12345/NODE-0001 vib1 capture 7: 1 block, 6 samples of xyz, 4000 Hz, 0 lost, 2025-11-20T00:53:20.123Z\n", host.Out);
            Assert.Equal(44 + 36, new FileInfo(File("a.wav")).Length);
            Assert.True(System.IO.File.Exists(File("a.wav.json")));
            Assert.Contains("capture 7 of vib1: 3 of 3 chunks", host.Error);
        }

        [Fact]
        public async Task WhatIsMissingIsAskedForAgainAndWhatIsNotOursIsPassedOver()
        {
            _onCommand = command =>
            {
                if (Text(command, "cmd") == "capture")
                {
                    Publish("reply", """{"req":"somebody","error":"no"}""");
                    Publish("capture", "garbage");
                    PublishBytes("capture", new ChunkBytes { Capture = 6, Chunks = 9 }.ToArray());
                    Answer(command, Chunk(0), Chunk(2), Chunk(2));
                }
                else
                {
                    PublishBytes("capture", Chunk(1));
                }
            };
            TestHost host = new();
            Assert.Equal(0, await RunAsync(host, "vib1", "--out", File("a.csv"), "--json"));
            JsonElement resend = _commands.Last();
            Assert.Equal("resend", Text(resend, "cmd"));
            Assert.Equal((5, 7, 1, 1), (resend.GetProperty("epoch").GetInt32(), resend.GetProperty("capture").GetInt32(), resend.GetProperty("from").GetInt32(), resend.GetProperty("to").GetInt32()));
            JsonElement line = JsonDocument.Parse(Assert.Single(host.OutLines)).RootElement;
            Assert.Equal(1, line.GetProperty("version").GetInt32());
            Assert.Equal(File("a.csv"), Text(line, "file"));
            Assert.Equal(7, line.GetProperty("capture").GetInt32());
            Assert.Contains("\"event\":\"unreadable\"", host.Error);
            Assert.All(host.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries), each => JsonDocument.Parse(each));
            Assert.Equal(7, System.IO.File.ReadAllLines(File("a.csv")).Length);
        }

        [Fact]
        public async Task ARefusalIsToldInTheNodesWords()
        {
            _onCommand = command => Publish("reply", $$"""{"req":"{{Text(command, "req")}}","error":"this node has no such point"}""");
            TestHost host = new();
            Assert.Equal(1, await RunAsync(host, "vib9", "--out", File("a.wav")));
            Assert.Contains("error S331: 88.118.12345/NODE-0001 takes no capture of vib9: this node has no such point.", host.Error);
            Assert.Empty(host.Out);
            Assert.False(System.IO.File.Exists(File("a.wav")));
        }

        [Fact]
        public async Task ANodeThatIsOfflineIsToldSoon()
        {
            _broker.Publish(Node + "/status", Encoding.ASCII.GetBytes("""{"id":"88.118.12345/NODE-0001","status":"offline","epoch":7}"""), MqttQos.AtLeastOnce, retain: true);
            TestHost host = new();
            Assert.Equal(1, await RunAsync(host, "vib1", "--out", File("a.wav")));
            Assert.Contains("error S332: 88.118.12345/NODE-0001 does not answer: it is offline.", host.Error);
        }

        [Fact]
        public async Task ACaptureThatFailsOrStaysIncompleteIsTold()
        {
            _onCommand = command => Answer(command, Chunk(0));
            TestHost host = new();
            Assert.Equal(1, await RunAsync(host, "vib1", "--timeout", "1", "--out", File("a.wav")));
            Assert.Contains("error S332: The capture is not complete after 1 s: of capture 7 came 1 of 3 chunks.", host.Error);

            _onCommand = command =>
            {
                Answer(command);
                Publish("reply", """{"event":"capture-missed","epoch":5,"capture":7,"point":"vib2","missed":2}""");
                Publish("reply", """{"event":"capture-failed","epoch":5,"capture":7,"point":"vib1"}""");
            };
            host = new();
            Assert.Equal(1, await RunAsync(host, "vib1", "--out", File("a.wav")));
            Assert.Contains("2 alarms made no capture, as capture 7 was under way; the latest at vib2", host.Error);
            Assert.Contains("error S332: 88.118.12345/NODE-0001 gave capture 7 up: no block of vib1 came within 30 s.", host.Error);
        }

        [Fact]
        public async Task ListeningWritesAFilePerCapture()
        {
            TestHost host = new();
            Task<int> listening = RunAsync(host, "--listen", "--count", "2", "--out", File("alarm.i16"));
            await TestHost.UntilAsync(() => host.Error, "listening for captures");
            PublishBytes("capture", new ChunkBytes { Reason = 2, Capture = 3 }.ToArray());
            PublishBytes("capture", new ChunkBytes { Reason = 2, Capture = 3 }.ToArray());
            PublishBytes("capture", new ChunkBytes { Reason = 2, Capture = 4, Point = "vib2" }.ToArray());
            Assert.Equal(0, await listening);
            Assert.True(System.IO.File.Exists(File("alarm-vib1-5-3.i16")));
            Assert.True(System.IO.File.Exists(File("alarm-vib2-5-4.i16.json")));
            Assert.Equal(2, host.OutLines.Count());
            Assert.Empty(_commands);

            host = new();
            Assert.Equal(1, await RunAsync(host, "vib1", "--listen", "--seconds", "0.2", "--out", File("b.i16")));
            Assert.Contains("error S332: Not one capture came", host.Error);
        }

        [Theory]
        [InlineData("S103", "--out", "a.wav")]
        [InlineData("S104", "vib1", "--out", "a.mp3")]
        [InlineData("S104", "vib1", "--before", "-1", "--out", "a.wav")]
        [InlineData("S106", "vib1", "--listen", "--before", "1", "--out", "a.wav")]
        [InlineData("S106", "vib1", "--count", "1", "--out", "a.wav")]
        [InlineData("S107", "vib1")]
        [InlineData("S231", "vib1", "--out", "no-such-folder/a.wav")]
        public async Task WhatCannotBeCarriedOutIsToldFirst(string code, params string[] args)
        {
            TestHost host = new();
            Assert.InRange(await host.RunAsync(["capture", Id, .. args]), 2, 3);
            Assert.Contains($"error {code}: ", host.Error);
        }

        [Fact]
        public async Task TheRealFirmwareIsCaptured()
        {
            using var online = new ManualResetEventSlim();
            using IDisposable watching = _broker.Subscribe(Node + "/reading/vib1", _ => online.Set());
            using var node = new VirtualNode(new VirtualNodeOptions
            {
                Id = Identifier.Check(Id).Identifier,
                BrokerHost = "127.0.0.1",
                BrokerPort = _broker.BoundPort,
                Interval = TimeSpan.FromSeconds(2),
                Machine = VirtualNodeOptions.MachineAt(null, null),
                Pace = 5,
                StartUtc = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc),
            });
            node.Start();
            Assert.True(online.Wait(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken));
            TestHost host = new();
            Assert.Equal(0, await RunAsync(host, "vib1", "--before", "1", "--out", File("real.i16"), "--json"));
            JsonElement about = JsonDocument.Parse(host.Out).RootElement;
            Assert.Equal(2, about.GetProperty("blocks").GetArrayLength());
            Assert.Equal(2 * 3 * about.GetProperty("samples").GetInt32(), new FileInfo(File("real.i16")).Length);
            Assert.InRange(about.GetProperty("rate").GetDouble(), 3190, 3210);
            Assert.True(about.GetProperty("blocks")[1].GetProperty("trigger").GetBoolean());
        }

        private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;

        // One block of six samples in three chunks.
        private static byte[] Chunk(int index) => new ChunkBytes { Chunks = 3, Index = index, First = 2 * index, BlockSamples = 6 }.ToArray();

        private Task<int> RunAsync(TestHost host, params string[] args) =>
            host.RunAsync(["capture", Id, .. args, "--broker", $"127.0.0.1:{_broker.BoundPort}"]);

        private string File(string name) => Path.Combine(_folder, name);

        private void Answer(JsonElement command, params IEnumerable<byte[]> chunks)
        {
            if (Text(command, "cmd") == "capture")
            {
                Publish("reply", $$"""{"req":"{{Text(command, "req")}}","ok":true,"epoch":5,"capture":7,"point":"vib1","before":0,"after":0}""");
                foreach (byte[] chunk in chunks)
                {
                    PublishBytes("capture", chunk);
                }
            }
        }

        private void Publish(string leaf, string text) => PublishBytes(leaf, Encoding.UTF8.GetBytes(text));

        private void PublishBytes(string leaf, byte[] bytes) => _broker.Publish($"{Node}/{leaf}", bytes, MqttQos.AtLeastOnce);
    }
}
