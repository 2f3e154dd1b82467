using System.Threading.Tasks;
using nanoFramework.M2Mqtt.Messages;
using Sensors.Mqtt;

namespace Sensors.Platform.Tests.Mqtt
{
    public class KeepAliveTests
    {
        [Fact]
        public async Task A_ping_goes_out_after_the_period_without_any_sending()
        {
            using var bench = new MqttBench();
            await bench.ConnectAsync(keepAlive: 15);
            bench.Time.Advance(14_999);
            await bench.Broker.ExpectSilenceAsync();
            bench.Time.Advance(1);
            await bench.Broker.ExpectAsync<PingReqPacket>();
        }

        [Fact]
        public async Task Sending_puts_the_ping_off()
        {
            using var bench = new MqttBench();
            await bench.ConnectAsync(keepAlive: 15);
            for (int i = 0; i < 5; i++)
            {
                bench.Time.Advance(10_000);
                bench.Publish(MqttQoSLevel.AtMostOnce);
                await bench.Broker.ExpectAsync<PublishPacket>();
            }

            bench.Time.Advance(14_000);
            await bench.Broker.ExpectSilenceAsync();
        }

        [Fact]
        public async Task Without_an_answer_for_another_period_the_connection_is_given_up()
        {
            using var bench = new MqttBench();
            await bench.ConnectAsync(keepAlive: 15);
            bench.Time.Advance(15_000);
            await bench.Broker.ExpectAsync<PingReqPacket>();
            bench.Time.Advance(14_999);
            bench.NothingTold();
            Assert.True(bench.Client.IsConnected);
            bench.Time.Advance(1);
            Assert.Equal("closed", bench.Next());
        }

        [Fact]
        public async Task An_answered_ping_is_followed_by_the_next()
        {
            using var bench = new MqttBench();
            await bench.ConnectAsync(keepAlive: 15);
            for (int i = 0; i < 3; i++)
            {
                bench.Time.Advance(15_000);
                await bench.Broker.ExpectAsync<PingReqPacket>();
                await bench.Broker.SendAsync(PingRespPacket.Instance);
                await bench.Broker.SendAsync(new PublishPacket("t", new byte[1]));
                Assert.Equal("received t 00 AtMostOnce", bench.Next());
            }

            Assert.True(bench.Client.IsConnected);
        }

        [Fact]
        public async Task A_period_of_nothing_turns_it_off()
        {
            using var bench = new MqttBench();
            await bench.ConnectAsync(keepAlive: 0);
            bench.Time.Advance(1_000_000);
            await bench.Broker.ExpectSilenceAsync();
        }
    }
}
