using System;
using System.Collections.Concurrent;
using System.Linq;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;
using Sensors.Cli.Tests.Support;
using Sensors.Mqtt;

namespace Sensors.Cli.Tests
{
    /// <summary><c>cmd</c> against a node that the test plays.</summary>
    public sealed class CmdCommandTests : IAsyncLifetime
    {
        private const string Id = "88.118.12345/NODE-0001";
        private const string Node = "sensors/v1/" + Id;
        private readonly MqttBroker _broker = new();
        private readonly ConcurrentQueue<JsonElement> _commands = new();
        private Func<JsonElement, string?> _answer = _ => """{"ok":true}""";

        public ValueTask InitializeAsync()
        {
            _broker.Start(new IPEndPoint(IPAddress.Loopback, 0));
            _broker.Subscribe(Node + "/cmd", packet =>
            {
                JsonElement command = JsonDocument.Parse(packet.Payload.ToArray()).RootElement;
                _commands.Enqueue(command);
                if (_answer(command) is { } answer)
                {
                    Publish("reply", answer.Replace("{", "{\"req\":\"" + command.GetProperty("req").GetString() + "\",", StringComparison.Ordinal).Replace("(", "{", StringComparison.Ordinal).Replace(")", "}", StringComparison.Ordinal));
                }
            });
            return ValueTask.CompletedTask;
        }

        public ValueTask DisposeAsync() => _broker.DisposeAsync();

        [Theory]
        [InlineData("""{"cmd":"identify"}""", "identify")]
        [InlineData("""{"cmd":"identify","seconds":10}""", "identify", "10")]
        [InlineData("""{"cmd":"get"}""", "get")]
        [InlineData("""{"cmd":"get","key":"interval_ms"}""", "get", "interval_ms")]
        [InlineData("""{"cmd":"set","key":"interval_ms","value":"2000"}""", "set", "interval_ms=2000")]
        [InlineData("""{"cmd":"set","key":"alarm","value":"vib1 vel warning=2.8"}""", "set", "alarm=vib1 vel warning=2.8")]
        [InlineData("""{"cmd":"set","key":"shunt_uohm"}""", "set", "shunt_uohm")]
        [InlineData("""{"cmd":"set","key":"alarm","of":"vib1 vel"}""", "set", "alarm", "vib1 vel")]
        [InlineData("""{"cmd":"replay","epoch":2801152377749507,"from":120,"to":140}""", "replay", "2801152377749507", "120", "140")]
        [InlineData("""{"cmd":"reboot"}""", "reboot")]
        public async Task EachCommandIsSentAsSpecified(string command, params string[] words)
        {
            TestHost host = new();
            Assert.Equal(0, await RunAsync(host, words));
            JsonElement sent = Assert.Single(_commands);
            Assert.Equal(command[..^1] + $",\"req\":\"{sent.GetProperty("req").GetString()}\"}}", sent.GetRawText());
            Assert.Equal("ok\n", host.Out);
            Assert.Empty(host.Error);
        }

        [Fact]
        public async Task AnAnswerInPartsIsAskedForToItsEndAndASecretStaysOne()
        {
            _answer = command => command.TryGetProperty("from", out JsonElement from) && from.GetInt32() == 2
                ? """{"ok":true,"settings":[("key":"point","long":true)]}"""
                : """{"ok":true,"settings":[("key":"interval_ms","value":"10000"),("key":"wifi_password","secret":true)],"next":2}""";
            TestHost host = new();
            Assert.Equal(0, await RunAsync(host, "get"));
            Assert.Equal("interval_ms=10000\nwifi_password=(set, and never told)\npoint=(too long for an answer)\n", host.Out);

            TestHost json = new();
            Assert.Equal(0, await RunAsync(json, "get", "--json"));
            Assert.Equal(2, json.OutLines.Count());
            Assert.All(json.OutLines, line => Assert.True(JsonDocument.Parse(line).RootElement.GetProperty("ok").GetBoolean()));
        }

        [Fact]
        public async Task MembersOfAnAnswerAreLines()
        {
            _answer = _ => """{"ok":true,"records":21}""";
            TestHost host = new();
            Assert.Equal(0, await RunAsync(host, "replay", "7", "1", "21"));
            Assert.Equal("records: 21\n", host.Out);
        }

        [Fact]
        public async Task ARefusalIsToldInTheNodesWords()
        {
            _answer = _ => """{"error":"interval_ms must be from 1000 to 3600000"}""";
            TestHost host = new();
            Assert.Equal(1, await RunAsync(host, "set", "interval_ms=5"));
            Assert.Empty(host.Out);
            Assert.Contains("error S343: 88.118.12345/NODE-0001 refuses set: interval_ms must be from 1000 to 3600000.", host.Error);
        }

        [Fact]
        public async Task AnswersToOthersAreNoneOfOurs()
        {
            _answer = _ =>
            {
                Publish("reply", """{"req":"somebody","error":"no"}""");
                Publish("reply", "garbage");
                return """{"ok":true}""";
            };
            TestHost host = new();
            Assert.Equal(0, await RunAsync(host, "reboot"));
            Assert.Equal("ok\n", host.Out);
        }

        [Fact]
        public async Task ANodeThatDoesNotAnswerIsToldWithWhatWasHeardOfIt()
        {
            _answer = _ => null;
            _broker.Publish(Node + "/status", Encoding.ASCII.GetBytes("""{"id":"88.118.12345/NODE-0001","status":"offline","epoch":7}"""), MqttQos.AtLeastOnce, retain: true);
            TestHost host = new();
            Assert.Equal(1, await RunAsync(host, "reboot", "--timeout", "1"));
            Assert.Contains("error S344: 88.118.12345/NODE-0001 does not answer within 1 s: it is offline.", host.Error);
        }

        /// <summary>The broker kept an old question, whose answer would be refused; the node's next one is answered.</summary>
        [Fact]
        public async Task TheTimeIsToldWhenTheNodeAsks()
        {
            PublishStatus(1000, retain: true);
            TestHost host = new();
            Task<int> running = RunAsync(host, "time");
            while (!running.IsCompleted)
            {
                await Task.WhenAny(running, Task.Delay(100, TestContext.Current.CancellationToken));
                PublishStatus(61000, retain: false);
            }

            Assert.Equal(0, await running);
            JsonElement sent = Assert.Single(_commands);
            Assert.Equal(61000, sent.GetProperty("for").GetInt64());
            Assert.InRange(DateTimeOffset.UtcNow - DateTimeOffset.FromUnixTimeMilliseconds(sent.GetProperty("ts").GetInt64()), TimeSpan.Zero, TimeSpan.FromMinutes(1));
            Assert.InRange(sent.GetProperty("uncertainty").GetInt32(), 1, 1000);
        }

        private void PublishStatus(long asks, bool retain) => _broker.Publish(
            Node + "/status",
            Encoding.ASCII.GetBytes($$"""{"id":"{{Id}}","status":"online","epoch":7,"ts":4711,"clock":"unset","asks":{{asks}},"firmware":"0.1.0","uptime":4,"queued":0,"dropped":0,"reconnects":0,"faults":0}"""),
            MqttQos.AtLeastOnce,
            retain);

        private Task<int> RunAsync(TestHost host, params string[] words) => host.RunAsync(["cmd", Id, .. words, "--broker", $"127.0.0.1:{_broker.BoundPort}"]);

        private void Publish(string leaf, string text) => _broker.Publish($"{Node}/{leaf}", Encoding.UTF8.GetBytes(text), MqttQos.AtLeastOnce);
    }
}
