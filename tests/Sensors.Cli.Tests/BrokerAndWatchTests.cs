using System;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;
using Sensors.Cli.Tests.Support;
using Sensors.Mqtt;

namespace Sensors.Cli.Tests
{
    /// <summary><c>broker</c> and <c>watch</c> against each other on loopback.</summary>
    public class BrokerAndWatchTests
    {
        private const string Topic = "sensors/v1/88.118.12345/NODE-0001/";

        [Fact]
        public async Task WatchShowsReadingsAsPublishedAndTellsGaps()
        {
            using var stop = new CancellationTokenSource();
            var broker = new TestHost();
            Task<int> serving = broker.RunAsync(stop.Token, "broker", "--port", "0", "--json");
            string listening = await TestHost.UntilAsync(() => broker.Out, "\"listening\"");
            int port = JsonDocument.Parse(listening.Split('\n')[0]).RootElement.GetProperty("port").GetInt32();

            var watch = new TestHost();
            Task<int> watching = watch.RunAsync("watch", "--broker", $"127.0.0.1:{port}", "--count", "3", "--json");
            await TestHost.UntilAsync(() => broker.Out, "\"subscribed\"");
            await using var node = new MqttClient(new MqttClientOptions { Host = "127.0.0.1", Port = port, ClientId = "node" });
            await node.ConnectAsync(TestContext.Current.CancellationToken);
            string[] readings = [Reading(1), Reading(2), Reading(4)];
            await PublishAsync(node, "status", """{"id":"88.118.12345/NODE-0001","status":"offline","epoch":7}""");
            await PublishAsync(node, "reading/temp1", "no JSON");
            foreach (string reading in readings)
            {
                await PublishAsync(node, "reading/temp1", reading);
            }

            Assert.Equal(1, await watching);
            Assert.Equal(readings, watch.OutLines);
            Assert.Contains("\"event\":\"gap\",\"id\":\"88.118.12345/NODE-0001\",\"epoch\":7,\"from\":3,\"to\":3", watch.Error);
            Assert.Contains("\"event\":\"status\"", watch.Error);
            Assert.Contains("\"event\":\"unreadable\"", watch.Error);
            Assert.Contains("\"code\":\"S302\"", watch.Error);
            Assert.All(watch.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => JsonDocument.Parse(line));

            await stop.CancelAsync();
            Assert.Equal(130, await serving);
            Assert.All(broker.OutLines, line => JsonDocument.Parse(line));
            Assert.Contains("\"event\":\"disconnected\"", broker.Out);
        }

        /// <summary>An alarm has a number of the readings' sequence: who does not hear it tells of a gap that there is not.</summary>
        [Theory]
        [InlineData(true)]
        [InlineData(false)]
        public async Task WatchCountsAnAlarmWithTheReadingsAndShowsItAmongThem(bool json)
        {
            const string Alarm =
                """{"id":"88.118.12345/NODE-0001","point":"temp1","kind":"temperature","epoch":7,"seq":2,"ts":1763600010000,"clock":"holdover","channel":"mean","alarm":"warning","was":"none","cause":"limit","value":23.4567,"limit":20}""";
            await using var broker = new MqttBroker();
            broker.Start(new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, 0));
            var watch = new TestHost();
            string[] words = ["watch", "--broker", $"127.0.0.1:{broker.BoundPort}", "--count", "2"];
            Task<int> watching = watch.RunAsync(json ? [.. words, "--json"] : words);
            await TestHost.UntilAsync(() => watch.Error, "watching");
            await using var node = new MqttClient(new MqttClientOptions { Host = "127.0.0.1", Port = broker.BoundPort, ClientId = "node" });
            await node.ConnectAsync(TestContext.Current.CancellationToken);
            await PublishAsync(node, "alarm", "no JSON");
            await PublishAsync(node, "reading/temp1", Reading(1));
            await PublishAsync(node, "alarm", Alarm);
            await PublishAsync(node, "reading/temp1", Reading(3));

            Assert.Equal(0, await watching);
            string[] lines = [.. watch.OutLines];
            Assert.Equal(3, lines.Length);
            Assert.Equal(json ? Alarm : "00:53:30.000Z  88.118.12345/NODE-0001  temp1  #2     ALARM warning, mean 23.46 °C above 20 (limit)  holdover", lines[1]);
            Assert.DoesNotContain("have not come", watch.Error);
            Assert.DoesNotContain("\"gap\"", watch.Error);
            Assert.Contains(json ? $"\"event\":\"unreadable\",\"topic\":\"{Topic}alarm\"" : $"the message at {Topic}alarm cannot be read", watch.Error);
            Assert.Contains(json ? "\"alarms\":1,\"nodes\":1" : "2 readings and 1 alarm of 1 node", watch.Error);
        }

        [Fact]
        public async Task WatchIsRefusedAndLosesItsBrokerWithCodes()
        {
            var options = new MqttBrokerOptions
            {
                Authenticate = request => request.Packet.UserName == "anna" ? ConnectReturnCode.Accepted : ConnectReturnCode.BadUserNameOrPassword,
            };
            await using var broker = new MqttBroker(options);
            broker.Start(new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, 0));
            string at = $"127.0.0.1:{broker.BoundPort}";

            var refused = new TestHost();
            Assert.Equal(3, await refused.RunAsync("watch", "--broker", at));
            Assert.Contains("error S202: ", refused.Error);

            var lost = new TestHost { Environment = { ["SENSORCTL_USER"] = "anna", ["SENSORCTL_PASSWORD"] = "pass" } };
            Task<int> watching = lost.RunAsync("watch", "--broker", at);
            await TestHost.UntilAsync(() => lost.Error, "watching ");
            await broker.StopAsync();
            Assert.Equal(3, await watching);
            Assert.Contains("error S204: ", lost.Error);
        }

        [Fact]
        public async Task WatchSaysThatNothingCameAndKeepsOutputEmpty()
        {
            await using var broker = new MqttBroker();
            broker.Start(new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, 0));
            var watch = new TestHost();
            Assert.Equal(1, await watch.RunAsync("watch", "--broker", $"127.0.0.1:{broker.BoundPort}", "--seconds", "0.3"));
            Assert.Empty(watch.Out);
            GoldenFile.Check("watch-nothing.txt", Regex.Replace(watch.Error, "127.0.0.1:[0-9]+", "127.0.0.1:PORT"));
        }

        [Fact]
        public async Task APortInUseIsTold()
        {
            await using var broker = new MqttBroker();
            broker.Start(new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, 0));
            var second = new TestHost();
            Assert.Equal(3, await second.RunAsync("broker", "--port", $"{broker.BoundPort}"));
            Assert.Contains("error S203: ", second.Error);
            Assert.Contains("Hint: --port 0 takes a port that is free.", second.Error);
        }

        private static string Reading(int sequence) =>
            """{"id":"88.118.12345/NODE-0001","point":"temp1","kind":"temperature","epoch":7,"seq":SEQ,"ts":1763600010000,"clock":"holdover","values":{"mean":23.4567},"quality":{"rate":1,"samples":10,"lost":0,"clipped":0,"retries":1}}"""
                .Replace("SEQ", $"{sequence}", StringComparison.Ordinal);

        private static Task PublishAsync(MqttClient client, string topic, string text) =>
            client.PublishAsync(Topic + topic, Encoding.UTF8.GetBytes(text), MqttQos.AtLeastOnce);
    }
}
