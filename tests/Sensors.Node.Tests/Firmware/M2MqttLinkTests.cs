using System;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Linq;
using System.Net;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using NanoFramework.Pc;
using Sensors.Firmware;
using Sensors.Mqtt;
using Sensors.Node.Tests.Fakes;

namespace Sensors.Node.Tests.Firmware
{
    /// <summary>The way to a broker, over the package's stand-in and real sockets.</summary>
    public class M2MqttLinkTests
    {
        private readonly ConcurrentQueue<MqttConnectRequest> _connects = new ConcurrentQueue<MqttConnectRequest>();
        private readonly ConcurrentQueue<MqttPublishEvent> _published = new ConcurrentQueue<MqttPublishEvent>();
        private readonly NotingListener _listener = new NotingListener();
        private readonly M2MqttLink _link = new M2MqttLink(new DeviceClock());
        private ConnectReturnCode _answer = ConnectReturnCode.Accepted;

        public M2MqttLinkTests()
        {
            PcBoard.Enter(new FakeBoard());
            _link.Listener = _listener;
        }

        [Fact]
        public async Task It_connects_with_a_retained_will_and_as_who_it_is()
        {
            await using MqttBroker broker = StartBroker();
            Assert.Null(Connect(broker));
            Assert.True(_link.IsConnected);
            ConnectPacket packet = Assert.Single(_connects).Packet;
            Assert.Equal("88.118.12345/NODE-0001", packet.ClientId);
            Assert.Equal("node1", packet.UserName);
            Assert.Equal("hunter2", Encoding.UTF8.GetString(packet.Password!.Value.Span));
            Assert.Equal(12, packet.KeepAliveSeconds);
            Assert.True(packet.CleanSession);
            Assert.Equal("s/status", packet.Will!.Topic);
            Assert.Equal("{\"status\":\"offline\"}", Encoding.UTF8.GetString(packet.Will.Payload.Span));
            Assert.True(packet.Will.Retain);
            Assert.Equal(MqttQos.AtLeastOnce, packet.Will.Qos);
            _link.Close();
            Assert.False(_link.IsConnected);
        }

        [Fact]
        public async Task Each_message_arrives_at_qos_1_and_its_acknowledgement_comes_back()
        {
            await using MqttBroker broker = StartBroker();
            Connect(broker);
            byte[] buffer = Encoding.ASCII.GetBytes("onexx");
            int first = _link.Publish("s/reading/vib1", buffer, 3, retain: false);
            Encoding.ASCII.GetBytes("two").CopyTo(buffer, 0); // the link keeps nothing of the caller's buffer
            int second = _link.Publish("s/meta", buffer, 5, retain: true);
            Assert.NotEqual(0, first);
            Assert.NotEqual(first, second);
            await Eventually(() => _listener.Acknowledged(first) && _listener.Acknowledged(second));
            PublishPacket[] packets = _published.Select(message => message.Packet).ToArray();
            Assert.Equal(new[] { "one", "twoxx" }, packets.Select(packet => Encoding.ASCII.GetString(packet.Payload.Span)));
            Assert.Equal(new[] { false, true }, packets.Select(packet => packet.Retain));
            Assert.All(packets, packet => Assert.Equal(MqttQos.AtLeastOnce, packet.Qos));
            _link.Close();
        }

        [Fact]
        public async Task A_refused_connection_says_why_and_leaves_nothing_open()
        {
            _answer = ConnectReturnCode.NotAuthorized;
            await using MqttBroker broker = StartBroker();
            Assert.Equal("broker 127.0.0.1:" + broker.BoundPort + " refused the connection, code 5", Connect(broker));
            Assert.Equal("login-refused", _link.Cause);
            Assert.False(_link.IsConnected);
            await Eventually(() => broker.Counters.Connections == 0);

            _answer = ConnectReturnCode.Accepted;
            Assert.Null(Connect(broker));
            _link.Close();
        }

        [Fact]
        public async Task Nobody_at_the_port_is_told_without_secrets()
        {
            MqttBroker broker = StartBroker();
            int port = broker.BoundPort;
            await broker.DisposeAsync();
            string error = _link.Connect(Settings(port), "s/status", "x");
            Assert.StartsWith("broker 127.0.0.1:" + port + ": ", error);
            Assert.DoesNotContain("hunter2", error);
            Assert.False(_link.IsConnected);
        }

        [Fact]
        public async Task A_broker_that_goes_away_is_told_and_the_next_session_works()
        {
            await using MqttBroker broker = StartBroker();
            Connect(broker);
            Assert.True(broker.Drop("88.118.12345/NODE-0001"));
            await Eventually(() => _listener.Closes == 1);
            Assert.False(_link.IsConnected);
            Assert.Null(Connect(broker));
            int number = _link.Publish("s/x", new byte[1], 1, retain: false);
            await Eventually(() => _listener.Acknowledged(number));
            _link.Close();
        }

        [Fact]
        public async Task A_session_the_node_ends_itself_is_not_told_as_closed()
        {
            await using MqttBroker broker = StartBroker();
            Connect(broker);
            _link.Close();
            _link.Close();
            await Eventually(() => broker.Counters.Connections == 0);
            Assert.Null(Connect(broker));
            int number = _link.Publish("s/x", new byte[1], 1, retain: false);
            await Eventually(() => _listener.Acknowledged(number));
            Assert.Equal(0, _listener.Closes);
            _link.Close();
        }

        [Fact]
        public async Task A_listener_that_throws_does_not_end_the_session()
        {
            await using MqttBroker broker = StartBroker();
            Connect(broker);
            _listener.Throws = true;
            int first = _link.Publish("s/x", new byte[1], 1, retain: false);
            await Eventually(() => _listener.Acknowledged(first));
            int second = _link.Publish("s/x", new byte[1], 1, retain: false);
            await Eventually(() => _listener.Acknowledged(second));
            Assert.True(_link.IsConnected);
            Assert.Equal(0, _listener.Closes);
            _link.Close();
        }

        [Fact]
        public async Task What_it_asks_for_comes_in()
        {
            await using MqttBroker broker = StartBroker();
            Connect(broker);
            _link.Subscribe("s/cmd");
            await Eventually(() =>
            {
                broker.Publish("s/cmd", Encoding.ASCII.GetBytes("blink"), MqttQos.AtLeastOnce);
                return !_listener.Messages.IsEmpty;
            });
            Assert.Equal("s/cmd blink", _listener.Messages.First());
            _link.Close();
        }

        [Fact]
        public void Without_a_session_nothing_is_taken_and_closing_is_safe()
        {
            Assert.False(_link.IsConnected);
            Assert.Equal(0, _link.Publish("s/x", new byte[1], 1, retain: false));
            _link.Close();
            Assert.Equal(0, _listener.Closes);
        }

        private static LinkSettings Settings(int port) => new LinkSettings
        {
            Host = "127.0.0.1",
            Port = port,
            User = "node1",
            Password = "hunter2",
            ClientId = "88.118.12345/NODE-0001",
        };

        private static async Task Eventually(Func<bool> condition)
        {
            var patience = Stopwatch.StartNew();
            while (!condition())
            {
                Assert.True(patience.Elapsed < TimeSpan.FromSeconds(20), "It did not come.");
                await Task.Delay(2, TestContext.Current.CancellationToken);
            }
        }

        private MqttBroker StartBroker()
        {
            var broker = new MqttBroker(new MqttBrokerOptions
            {
                Authenticate = request =>
                {
                    _connects.Enqueue(request);
                    return _answer;
                },
                OnPublish = message => _published.Enqueue(message),
            });
            broker.Start(new IPEndPoint(IPAddress.Loopback, 0));
            return broker;
        }

        private string? Connect(MqttBroker broker) => _link.Connect(Settings(broker.BoundPort), "s/status", "{\"status\":\"offline\"}");

        private sealed class NotingListener : MqttLinkListener
        {
            private readonly ConcurrentDictionary<int, bool> _acknowledged = new ConcurrentDictionary<int, bool>();
            private int _closes;

            public ConcurrentQueue<string> Messages { get; } = new ConcurrentQueue<string>();

            public bool Throws { get; set; }

            public int Closes => Volatile.Read(ref _closes);

            public bool Acknowledged(int number) => _acknowledged.TryGetValue(number, out bool delivered) && delivered;

            public override void Acknowledged(int number, bool delivered)
            {
                _acknowledged[number] = delivered;
                ThrowIfAsked();
            }

            public override void Closed()
            {
                Interlocked.Increment(ref _closes);
                ThrowIfAsked();
            }

            public override void Received(string topic, byte[] payload)
            {
                Messages.Enqueue(topic + " " + Encoding.ASCII.GetString(payload));
                ThrowIfAsked();
            }

            private void ThrowIfAsked()
            {
                if (Throws)
                {
                    throw new InvalidOperationException("a listener that breaks its contract");
                }
            }
        }
    }
}
