using System;
using System.Collections;
using System.Threading.Tasks;
using nanoFramework.M2Mqtt;
using nanoFramework.M2Mqtt.Exceptions;
using nanoFramework.M2Mqtt.Messages;
using Sensors.Mqtt;

namespace Sensors.Platform.Tests.Mqtt
{
    public class PublishTests
    {
        [Fact]
        public async Task An_acknowledged_message_is_told_by_its_number()
        {
            using var bench = new MqttBench();
            await bench.ConnectAsync();
            ushort id = bench.Publish(MqttQoSLevel.AtLeastOnce);
            PublishPacket publish = await bench.Broker.ExpectAsync<PublishPacket>();
            Assert.Equal(id, publish.PacketId);
            Assert.False(publish.Duplicate);
            await bench.Broker.SendAsync(new PubAckPacket(id));
            Assert.Equal("published " + id + " True", bench.Next());
            bench.Time.Advance(10_000);
            await bench.Broker.ExpectSilenceAsync();
        }

        [Fact]
        public async Task QoS_0_is_sent_once_and_nothing_is_told()
        {
            using var bench = new MqttBench();
            await bench.ConnectAsync();
            bench.Client.Publish("t", new byte[] { 7 });
            PublishPacket publish = await bench.Broker.ExpectAsync<PublishPacket>();
            Assert.Equal(MqttQos.AtMostOnce, publish.Qos);
            bench.Time.Advance(10_000);
            bench.NothingTold();
        }

        [Fact]
        public async Task Without_an_answer_it_is_sent_three_times_a_second_apart_and_given_up()
        {
            using var bench = new MqttBench();
            await bench.ConnectAsync();
            ushort id = bench.Publish(MqttQoSLevel.AtLeastOnce);
            Assert.False((await bench.Broker.ExpectAsync<PublishPacket>()).Duplicate);
            bench.Time.Advance(999);
            await bench.Broker.ExpectSilenceAsync();
            bench.Time.Advance(1);
            PublishPacket second = await bench.Broker.ExpectAsync<PublishPacket>();
            Assert.True(second.Duplicate);
            Assert.Equal(id, second.PacketId);
            bench.Time.Advance(1000);
            Assert.True((await bench.Broker.ExpectAsync<PublishPacket>()).Duplicate);
            bench.Time.Advance(1000);
            Assert.Equal("published " + id + " False", bench.Next());
            bench.Time.Advance(5000);
            await bench.Broker.ExpectSilenceAsync();
            Assert.True(bench.Client.IsConnected);
        }

        [Fact]
        public async Task All_that_is_queued_is_sent_at_once()
        {
            using var bench = new MqttBench();
            await bench.ConnectAsync();
            for (int i = 0; i < 100; i++)
            {
                bench.Publish(MqttQoSLevel.AtLeastOnce);
            }

            for (int i = 0; i < 100; i++)
            {
                await bench.Broker.ExpectAsync<PublishPacket>();
            }
        }

        [Fact]
        public async Task QoS_2_goes_through_its_four_packets()
        {
            using var bench = new MqttBench();
            await bench.ConnectAsync();
            ushort id = bench.Publish(MqttQoSLevel.ExactlyOnce);
            await bench.Broker.ExpectAsync<PublishPacket>();
            await bench.Broker.SendAsync(new PubRecPacket(id));
            Assert.Equal(id, (await bench.Broker.ExpectAsync<PubRelPacket>()).PacketId);
            bench.Time.Advance(1000);
            await bench.Broker.ExpectAsync<PubRelPacket>();
            await bench.Broker.SendAsync(new PubCompPacket(id));
            Assert.Equal("published " + id + " True", bench.Next());
        }

        [Fact]
        public async Task QoS_2_without_an_answer_is_given_up_too()
        {
            using var bench = new MqttBench();
            await bench.ConnectAsync();
            ushort id = bench.Publish(MqttQoSLevel.ExactlyOnce);
            for (int i = 0; i < 3; i++)
            {
                await bench.Broker.ExpectAsync<PublishPacket>();
                bench.Time.Advance(1000);
            }

            Assert.Equal("published " + id + " False", bench.Next());
        }

        [Fact]
        public async Task Publishing_does_not_look_whether_there_is_a_connection()
        {
            using var bench = new MqttBench();
            ushort id = bench.Publish(MqttQoSLevel.AtLeastOnce);
            Assert.Equal(1, id);
            Task<ConnectPacket> welcome = bench.Broker.WelcomeAsync();
            bench.Client.Connect("node");
            await welcome;
            Assert.Equal(id, (await bench.Broker.ExpectAsync<PublishPacket>()).PacketId);
        }

        [Fact]
        public async Task A_full_queue_throws()
        {
            using var bench = new MqttBench();
            await bench.ConnectAsync();
            bench.Client.Settings.InflightQueueSize = 2;
            bench.Publish(MqttQoSLevel.AtLeastOnce);
            bench.Publish(MqttQoSLevel.AtLeastOnce);
            MqttClientException error = Assert.Throws<MqttClientException>(() => bench.Publish(MqttQoSLevel.AtLeastOnce));
            Assert.Equal(MqttClientErrorCode.InflightQueueFull, error.ErrorCode);
        }

        [Fact]
        public async Task A_full_queue_drops_what_comes_in_without_acknowledging_it()
        {
            using var bench = new MqttBench();
            await bench.ConnectAsync();
            bench.Client.Settings.InflightQueueSize = 1;
            bench.Publish(MqttQoSLevel.AtLeastOnce);
            await bench.Broker.ExpectAsync<PublishPacket>();
            await bench.Broker.SendAsync(new PublishPacket("cmd", new byte[1], MqttQos.AtLeastOnce, PacketId: 5));
            await bench.Broker.ExpectSilenceAsync();
            bench.NothingTold();
        }

        [Fact]
        public async Task The_payload_is_read_again_for_every_attempt()
        {
            using var bench = new MqttBench();
            await bench.ConnectAsync();
            byte[] payload = { 1 };
            bench.Publish(MqttQoSLevel.AtLeastOnce, payload);
            Assert.Equal(1, (await bench.Broker.ExpectAsync<PublishPacket>()).Payload.Span[0]);
            payload[0] = 2; // a caller that reuses its buffer too early
            bench.Time.Advance(1000);
            Assert.Equal(2, (await bench.Broker.ExpectAsync<PublishPacket>()).Payload.Span[0]);
        }

        [Fact]
        public void Content_type_and_properties_need_version_5()
        {
            using var bench = new MqttBench();
            Assert.Throws<NotSupportedException>(() => bench.Client.Publish("t", new byte[1], "text/plain"));
            var properties = new ArrayList { new UserProperty("a", "b") };
            Assert.Throws<NotSupportedException>(() => bench.Client.Publish("t", new byte[1], null, properties));
        }

        [Theory]
        [InlineData("a/#")]
        [InlineData("a/+/b")]
        [InlineData("")]
        public async Task A_topic_that_is_none_costs_the_connection_not_the_call(string topic)
        {
            using var bench = new MqttBench();
            await bench.ConnectAsync();
            bench.Publish(MqttQoSLevel.AtLeastOnce, topic: topic);
            Assert.Equal("closed", bench.Next());
            Assert.False(bench.Client.IsConnected);
        }

        [Fact]
        public async Task Message_numbers_go_from_1_to_65535_and_round()
        {
            using var bench = new MqttBench();
            await bench.ConnectAsync();
            ushort last = 0;
            for (int i = 0; i < 65535; i++)
            {
                last = bench.Client.Publish("t", null!);
            }

            Assert.Equal(65535, last);
            Assert.Equal(1, bench.Client.Publish("t", null!));
        }

        [Fact]
        public async Task Messages_come_in_and_are_acknowledged()
        {
            using var bench = new MqttBench();
            await bench.ConnectAsync();
            await bench.Broker.SendAsync(new PublishPacket("a", new byte[] { 1 }));
            Assert.Equal("received a 01 AtMostOnce", bench.Next());
            await bench.Broker.SendAsync(new PublishPacket("b", new byte[] { 2 }, MqttQos.AtLeastOnce, PacketId: 9));
            Assert.Equal(9, (await bench.Broker.ExpectAsync<PubAckPacket>()).PacketId);
            Assert.Equal("received b 02 AtLeastOnce", bench.Next());
            var twice = new PublishPacket("c", new byte[] { 3 }, MqttQos.ExactlyOnce, PacketId: 10);
            await bench.Broker.SendAsync(twice);
            await bench.Broker.ExpectAsync<PubRecPacket>();
            await bench.Broker.SendAsync(twice with { Duplicate = true });
            await bench.Broker.ExpectAsync<PubRecPacket>();
            await bench.Broker.SendAsync(new PubRelPacket(10));
            await bench.Broker.ExpectAsync<PubCompPacket>();
            Assert.Equal("received c 03 ExactlyOnce", bench.Next());
            await bench.Broker.SendAsync(new PubRelPacket(10));
            await bench.Broker.ExpectAsync<PubCompPacket>();
            bench.NothingTold();
        }

        [Fact]
        public async Task Subscribing_is_told_with_what_was_granted()
        {
            using var bench = new MqttBench();
            await bench.ConnectAsync();
            ushort id = bench.Client.Subscribe(new[] { "n/cmd" }, new[] { MqttQoSLevel.AtLeastOnce });
            SubscribePacket subscribe = await bench.Broker.ExpectAsync<SubscribePacket>();
            Assert.Equal(new MqttSubscription("n/cmd", MqttQos.AtLeastOnce), Assert.Single(subscribe.Subscriptions));
            await bench.Broker.SendAsync(new SubAckPacket(id, new byte[] { 0x80 }));
            Assert.Equal("subscribed " + id + " GrantedFailure", bench.Next());
            id = bench.Client.Unsubscribe(new[] { "n/cmd" });
            Assert.Equal(new[] { "n/cmd" }, (await bench.Broker.ExpectAsync<UnsubscribePacket>()).Filters);
            await bench.Broker.SendAsync(new UnsubAckPacket(id));
            Assert.Equal("unsubscribed " + id, bench.Next());
        }

        [Fact]
        public async Task A_subscription_nobody_answers_is_tried_three_times_and_forgotten_without_a_word()
        {
            using var bench = new MqttBench();
            await bench.ConnectAsync();
            bench.Client.Subscribe(new[] { "n/cmd" }, new[] { MqttQoSLevel.AtLeastOnce });
            for (int i = 0; i < 3; i++)
            {
                await bench.Broker.ExpectAsync<SubscribePacket>();
                bench.Time.Advance(1000);
            }

            await bench.Broker.ExpectSilenceAsync();
            bench.NothingTold();
        }
    }
}
