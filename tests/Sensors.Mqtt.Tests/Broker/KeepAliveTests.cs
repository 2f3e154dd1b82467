using System;
using System.Diagnostics;
using System.Net.Sockets;
using System.Threading.Tasks;

namespace Sensors.Mqtt.Tests.Broker
{
    /// <summary>MQTT 3.1.1 §3.1.2.10, §3.12.</summary>
    public class KeepAliveTests
    {
        [Fact] // [MQTT-3.1.2-24]
        public async Task Silence_for_one_and_a_half_times_the_keep_alive_closes()
        {
            MqttDisconnectReason? reason = null;
            await using var broker = new TestBroker(new MqttBrokerOptions { OnDisconnect = e => reason = e.Reason });
            using var client = RawClient.Connected(broker.Port, keepAlive: 1);
            var clock = Stopwatch.StartNew();
            client.ExpectClosed();
            Assert.InRange(clock.Elapsed.TotalSeconds, 1.4, 4);
            await TestBroker.Until(() => reason == MqttDisconnectReason.KeepAliveExpired);
        }

        [Fact]
        public async Task Any_packet_counts()
        {
            await using var broker = new TestBroker();
            using var client = RawClient.Connected(broker.Port, keepAlive: 1);
            var clock = Stopwatch.StartNew();
            while (clock.Elapsed < TimeSpan.FromSeconds(2))
            {
                await Task.Delay(50, TestContext.Current.CancellationToken); // far below the 1.5 s, which a busy PC's delay must not reach
                client.Send("30 03 0001 61");
            }

            client.ExpectNothing();
        }

        [Fact]
        public async Task Half_a_packet_does_not_count()
        {
            await using var broker = new TestBroker();
            using var client = RawClient.Connected(broker.Port, keepAlive: 1);
            var clock = Stopwatch.StartNew();
            client.Send("30 7F 0001 61");
            await Assert.ThrowsAsync<SocketException>(async () =>
            {
                while (clock.Elapsed < TimeSpan.FromSeconds(10))
                {
                    await Task.Delay(200, TestContext.Current.CancellationToken);
                    client.Send("00"); // would keep it open if bytes counted
                }
            });
        }

        [Fact]
        public async Task Zero_turns_the_check_off()
        {
            await using var broker = new TestBroker(new MqttBrokerOptions { ConnectTimeout = TimeSpan.FromMilliseconds(300) });
            using var client = RawClient.Connected(broker.Port, keepAlive: 0);
            await Task.Delay(1000, TestContext.Current.CancellationToken);
            client.ExpectNothing();
        }

        [Fact] // [MQTT-3.12.4-1]
        public async Task PINGREQ_is_answered()
        {
            await using var broker = new TestBroker();
            using RawClient client = broker.Connect();
            client.Send("C0 00 C0 00");
            client.Expect("D0 00 D0 00");
        }
    }
}
