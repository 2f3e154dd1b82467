using System;
using System.Net;
using System.Net.Sockets;
using System.Threading.Tasks;

namespace Sensors.Mqtt.Tests.Broker
{
    /// <summary>The broker's outage, as the demonstration plays it, and its life cycle.</summary>
    [Collection("Alone")] // the port must still be free when the broker comes back; other tests open ports all the time
    public class SuspendResumeTests
    {
        [Fact]
        public async Task An_outage_cuts_connections_and_keeps_sessions_and_retained_messages()
        {
            await using var broker = new TestBroker();
            int port = broker.Port;
            using RawClient client = broker.Connect("s", clean: false);
            client.Send("82 06 0001 0001 61 01  31 04 0001 72 31");
            client.Expect("90 03 0001 01");
            client.ExpectNothing();
            await broker.Broker.SuspendAsync();
            client.ExpectClosed();
            Assert.Throws<SocketException>(() => new RawClient(port));
            Assert.Equal(0, broker.Broker.Counters.Connections);
            broker.Broker.Publish("a", new byte[] { 0x31 }, MqttQos.AtLeastOnce);

            broker.Broker.Resume();
            Assert.Equal(port, broker.Port);
            using RawClient again = broker.Connect("s", clean: false, present: true);
            again.Expect("32 06 0001 61 0001 31");
            again.Send("82 06 0002 0001 72 00");
            again.Expect("90 03 0002 00  31 04 0001 72 31");
        }

        [Fact]
        public async Task Outages_can_follow_each_other_while_clients_come_and_go()
        {
            await using var broker = new TestBroker();
            for (int i = 0; i < 10; i++)
            {
                using RawClient client = broker.Connect("c" + i);
                using var silent = new RawClient(broker.Port);
                await broker.Broker.SuspendAsync();
                await broker.Broker.SuspendAsync();
                broker.Broker.Resume();
                broker.Broker.Resume();
            }

            using RawClient last = broker.Connect("last");
            last.ExpectNothing();
        }

        [Fact]
        public async Task Life_cycle()
        {
            var broker = new MqttBroker();
            Assert.Throws<InvalidOperationException>(broker.Resume);
            Assert.Equal(0, broker.BoundPort);
            broker.Start(new IPEndPoint(IPAddress.Loopback, 0));
            Assert.Throws<InvalidOperationException>(() => broker.Start(new IPEndPoint(IPAddress.Loopback, 0)));
            int port = broker.BoundPort;
            using RawClient client = RawClient.Connected(port);
            await broker.StopAsync();
            client.ExpectClosed();
            await broker.StopAsync();
            Assert.Throws<InvalidOperationException>(broker.Resume);

            await using var next = new MqttBroker();
            next.Start(new IPEndPoint(IPAddress.Loopback, port)); // the port is free at once
        }
    }
}
