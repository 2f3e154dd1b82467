using System;
using System.IO;
using System.Text;
using System.Threading.Tasks;
using Sensors.Tests.Shared;

namespace Sensors.Mqtt.Tests.Interop
{
    /// <summary>mosquitto_pub and mosquitto_sub with our broker.</summary>
    public class MosquittoClientsTests
    {
        [Theory]
        [InlineData("0")]
        [InlineData("1")]
        [InlineData("2")]
        public async Task Every_QoS_and_wildcards(string qos)
        {
            await using var broker = new TestBroker();
            await using MosquittoClient subscriber = await Mosquitto.SubscribeAsync(
                broker.Port, 2, "-t", "a/+/c", "-t", "b/#", "-q", qos, "-F", "%t %q %r %p");
            await Mosquitto.PublishAsync(broker.Port, "-t", "a/x/y", "-m", "not this", "-q", qos);
            await Mosquitto.PublishAsync(broker.Port, "-t", "a/x/c", "-m", "one", "-q", qos);
            await Mosquitto.PublishAsync(broker.Port, "-t", "b", "-m", "two", "-q", qos);
            (int exitCode, byte[] output) = await subscriber.EndAsync();
            Assert.Equal(0, exitCode);
            Assert.Equal([$"a/x/c {qos} 0 one", $"b {qos} 0 two"], Messages(output));
        }

        [Fact]
        public async Task Retained_messages_come_and_go()
        {
            await using var broker = new TestBroker();
            await Mosquitto.PublishAsync(broker.Port, "-t", "r", "-m", "kept", "-r", "-q", "1");
            await using MosquittoClient subscriber = Mosquitto.Start("mosquitto_sub", broker.Port, "-t", "r", "-C", "1", "-F", "%r %p");
            Assert.Equal("1 kept\n", Encoding.UTF8.GetString((await subscriber.EndAsync()).Output));
            await Mosquitto.PublishAsync(broker.Port, "-t", "r", "-n", "-r");
            await TestBroker.Until(() => broker.Broker.Counters.RetainedMessages == 0);
        }

        [Fact]
        public async Task A_will_is_published_when_its_client_is_killed()
        {
            await using var broker = new TestBroker();
            await using MosquittoClient watcher = await Mosquitto.SubscribeAsync(broker.Port, 1, "-t", "w", "-q", "2", "-F", "%q %p");
            await using MosquittoClient client = await Mosquitto.SubscribeAsync(
                broker.Port, 1, "-t", "x", "--will-topic", "w", "--will-payload", "gone", "--will-qos", "2");
            client.Kill();
            Assert.Equal(["2 gone"], Messages((await watcher.EndAsync()).Output));
        }

        [Fact]
        public async Task A_big_payload_arrives_unchanged()
        {
            await using var broker = new TestBroker();
            byte[] big = new byte[250_000];
            new Random(6).NextBytes(big);
            string file = Path.GetTempFileName();
            try
            {
                await File.WriteAllBytesAsync(file, big, TestContext.Current.CancellationToken);
                await Mosquitto.PublishAsync(broker.Port, "-t", "big", "-f", file, "-q", "2", "-r");
            }
            finally
            {
                File.Delete(file);
            }

            await using MosquittoClient subscriber = Mosquitto.Start("mosquitto_sub", broker.Port, "-t", "big", "-C", "1", "-N", "-q", "2");
            Assert.Equal(big, (await subscriber.EndAsync()).Output);
        }

        [Fact]
        public async Task A_kept_session_gets_what_was_published_while_it_was_away()
        {
            await using var broker = new TestBroker();
            await using (MosquittoClient first = Mosquitto.Start(
                "mosquitto_sub", broker.Port, "-t", "s", "-c", "-i", "keeper", "-q", "1", "-E"))
            {
                Assert.Equal(0, (await first.EndAsync()).ExitCode);
            }

            await TestBroker.Until(() => broker.Broker.Counters is { ConnectedClients: 0, Sessions: 1 });
            await Mosquitto.PublishAsync(broker.Port, "-t", "s", "-m", "lost", "-q", "0");
            await Mosquitto.PublishAsync(broker.Port, "-t", "s", "-m", "one", "-q", "1");
            await Mosquitto.PublishAsync(broker.Port, "-t", "s", "-m", "two", "-q", "2");
            await using MosquittoClient second = Mosquitto.Start(
                "mosquitto_sub", broker.Port, "-t", "s", "-c", "-i", "keeper", "-q", "1", "-C", "2");
            Assert.Equal("one\ntwo\n", Encoding.UTF8.GetString((await second.EndAsync()).Output));
        }

        [Theory]
        [InlineData("mqttv31")]
        [InlineData("mqttv5")]
        public async Task Another_protocol_version_is_refused_not_misread(string version)
        {
            await using var broker = new TestBroker();
            await using MosquittoClient client = Mosquitto.Start(
                "mosquitto_pub", broker.Port, "-t", "a", "-m", "x", "-V", version, "-i", "v");
            Assert.NotEqual(0, (await client.EndAsync()).ExitCode);
            Assert.Equal((1L, 0L), (broker.Broker.Counters.Refused, broker.Broker.Counters.ProtocolErrors));
        }

        private static string[] Messages(byte[] output) =>
            Encoding.UTF8.GetString(output).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
