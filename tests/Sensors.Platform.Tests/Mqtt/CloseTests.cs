using System;
using System.Threading;
using System.Threading.Tasks;
using nanoFramework.M2Mqtt.Exceptions;
using nanoFramework.M2Mqtt.Messages;
using NanoFramework.Pc;
using Sensors.Mqtt;

namespace Sensors.Platform.Tests.Mqtt
{
    public class CloseTests
    {
        [Fact]
        public async Task Disconnect_says_goodbye_and_tells_the_end_afterwards()
        {
            using var bench = new MqttBench();
            await bench.ConnectAsync();
            bench.Client.Disconnect();
            Assert.False(bench.Client.IsConnected);
            await bench.Broker.ExpectAsync<DisconnectPacket>();
            await bench.Broker.ExpectEndAsync();
            Assert.Equal("closed", bench.Next());
            bench.NothingTold();
        }

        [Fact]
        public void Disconnect_without_a_connection_is_a_communication_exception()
        {
            using var bench = new MqttBench();
            Assert.Throws<MqttCommunicationException>(() => bench.Client.Disconnect());
        }

        [Fact]
        public async Task Close_tells_nothing()
        {
            using var bench = new MqttBench();
            await bench.ConnectAsync();
            bench.Client.Close();
            Assert.False(bench.Client.IsConnected);
            await bench.Broker.ExpectEndAsync();
            bench.NothingTold();
            bench.Client.Close();
        }

        [Fact]
        public async Task A_close_drops_what_is_not_acknowledged_without_a_word()
        {
            using var bench = new MqttBench();
            await bench.ConnectAsync();
            bench.Publish(MqttQoSLevel.AtLeastOnce);
            await bench.Broker.ExpectAsync<PublishPacket>();
            bench.Client.Disconnect();
            Assert.Equal("closed", bench.Next());
            bench.Time.Advance(10_000);
            bench.NothingTold();
            await bench.ConnectAsync();
            await bench.Broker.ExpectSilenceAsync();
        }

        [Fact]
        public async Task A_broker_that_hangs_up_is_told_once_and_nobody_reconnects()
        {
            using var bench = new MqttBench();
            await bench.ConnectAsync();
            bench.Broker.Drop();
            Assert.Equal("closed", bench.Next());
            Assert.False(bench.Client.IsConnected);
            bench.Time.Advance(600_000);
            bench.NothingTold();
        }

        [Fact]
        public async Task A_kept_session_sends_what_had_never_been_sent_and_forgets_what_had()
        {
            using var bench = new MqttBench();
            await bench.ConnectAsync(cleanSession: false);
            bench.Publish(MqttQoSLevel.AtLeastOnce, topic: "sent");
            await bench.Broker.ExpectAsync<PublishPacket>();
            bench.Broker.Drop();
            Assert.Equal("closed", bench.Next());
            bench.Publish(MqttQoSLevel.AtLeastOnce, topic: "queued");
            await bench.ConnectAsync(cleanSession: false);
            PublishPacket publish = await bench.Broker.ExpectAsync<PublishPacket>();
            Assert.Equal("queued", publish.Topic);
            Assert.False(publish.Duplicate);
            await bench.Broker.ExpectSilenceAsync();
            bench.NothingTold();
        }

        [Fact]
        public async Task A_kept_session_finishes_a_QoS_2_exchange_that_was_half_done()
        {
            using var bench = new MqttBench();
            await bench.ConnectAsync(cleanSession: false);
            ushort id = bench.Publish(MqttQoSLevel.ExactlyOnce);
            await bench.Broker.ExpectAsync<PublishPacket>();
            await bench.Broker.SendAsync(new PubRecPacket(id));
            await bench.Broker.ExpectAsync<PubRelPacket>();
            bench.Broker.Drop();
            Assert.Equal("closed", bench.Next());
            await bench.ConnectAsync(cleanSession: false);
            Assert.Equal(id, (await bench.Broker.ExpectAsync<PubRelPacket>()).PacketId);
            await bench.Broker.SendAsync(new PubCompPacket(id));
            Assert.Equal("published " + id + " True", bench.Next());
        }

        [Fact]
        public async Task Connecting_again_from_the_closed_event_is_allowed()
        {
            using var bench = new MqttBench();
            await bench.ConnectAsync();
            Task<ConnectPacket>? welcome = null;
            using var again = new ManualResetEventSlim();
            bench.Client.ConnectionClosed += (_, _) =>
            {
                welcome = bench.Broker.WelcomeAsync();
                bench.Client.Connect("node");
                again.Set();
            };
            bench.Client.Disconnect();
            Assert.True(again.Wait(5000));
            await welcome!;
            Assert.True(bench.Client.IsConnected);
            bench.Publish(MqttQoSLevel.AtLeastOnce);
            ushort id = (await bench.Broker.ExpectAsync<PublishPacket>()).PacketId;
            await bench.Broker.SendAsync(new PubAckPacket(id));
            Assert.Equal("closed", bench.Next());
            Assert.Equal("opened 0", bench.Next());
            Assert.Equal("published " + id + " True", bench.Next());
        }

        [Fact]
        public async Task A_handler_that_throws_costs_the_connection()
        {
            using var bench = new MqttBench();
            bench.Client.MqttMsgPublishReceived += (_, _) => throw new InvalidOperationException();
            await bench.ConnectAsync();
            await bench.Broker.SendAsync(new PublishPacket("cmd", new byte[] { 1 }));
            Assert.Equal("received cmd 01 AtMostOnce", bench.Next());
            Assert.Equal("closed", bench.Next());
            await bench.Broker.ExpectEndAsync();
        }

        [Fact]
        public async Task Events_come_one_at_a_time_on_a_thread_of_the_board()
        {
            using var bench = new MqttBench();
            int inside = 0;
            int most = 0;
            int seen = 0;
            PcBoard? owner = null;
            using var done = new ManualResetEventSlim();
            bench.Client.MqttMsgPublishReceived += (_, _) =>
            {
                most = Math.Max(most, Interlocked.Increment(ref inside));
                Thread.Sleep(2);
                Interlocked.Decrement(ref inside);
                owner = PcBoard.Current;
                if (++seen == 20)
                {
                    done.Set();
                }
            };
            await bench.ConnectAsync();
            for (int i = 0; i < 20; i++)
            {
                await bench.Broker.SendAsync(new PublishPacket("t", new byte[] { (byte)i }));
            }

            Assert.True(done.Wait(5000));
            Assert.Equal(1, most);
            Assert.Same(bench.Board, owner);
        }

        [Fact]
        public async Task A_slow_handler_holds_up_no_other_client()
        {
            using var slow = new MqttBench();
            using var quick = new MqttBench();
            using var release = new ManualResetEventSlim();
            slow.Client.MqttMsgPublishReceived += (_, _) => release.Wait(5000);
            PcBoard.Enter(slow.Board);
            await slow.ConnectAsync();
            PcBoard.Enter(quick.Board);
            await quick.ConnectAsync();
            await slow.Broker.SendAsync(new PublishPacket("t", new byte[] { 1 }));
            await quick.Broker.SendAsync(new PublishPacket("t", new byte[] { 2 }));
            Assert.Equal("received t 02 AtMostOnce", quick.Next());
            release.Set();
        }

        [Fact]
        public async Task A_lost_network_breaks_the_connection()
        {
            using var bench = new MqttBench();
            await bench.ConnectAsync();
            bench.Board.LoseNetwork();
            Assert.Equal("closed", bench.Next());
            await bench.Broker.ExpectEndAsync();
            Assert.Throws<nanoFramework.M2Mqtt.Exceptions.MqttConnectionException>(() => bench.Client.Connect("node"));
            bench.Board.Up = true;
            await bench.ConnectAsync();
            Assert.True(bench.Client.IsConnected);
        }

        [Fact]
        public async Task A_board_without_power_closes_in_silence()
        {
            using var bench = new MqttBench();
            await bench.ConnectAsync();
            bench.Publish(MqttQoSLevel.AtLeastOnce);
            await bench.Broker.ExpectAsync<PublishPacket>();
            bench.Board.PowerOff();
            await bench.Broker.ExpectEndAsync();
            bench.NothingTold();
            Assert.Throws<BoardOffException>(() => bench.Publish(MqttQoSLevel.AtMostOnce));
        }

        [Fact]
        public async Task A_restarted_board_hears_nothing_of_its_former_clients()
        {
            using var bench = new MqttBench();
            await bench.ConnectAsync();
            Assert.Throws<BoardOffException>(() => nanoFramework.Runtime.Native.Power.RebootDevice());
            await bench.Broker.ExpectEndAsync();
            bench.NothingTold();
            Assert.Throws<BoardOffException>(() => bench.Publish(MqttQoSLevel.AtMostOnce));
        }
    }
}
