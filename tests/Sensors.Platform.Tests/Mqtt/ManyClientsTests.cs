using System.Collections.Generic;
using System.Diagnostics;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using nanoFramework.M2Mqtt;
using nanoFramework.M2Mqtt.Messages;
using Sensors.Mqtt;
using Sensors.Platform.Tests.Scripted;
using MqttClient = nanoFramework.M2Mqtt.MqttClient;

namespace Sensors.Platform.Tests.Mqtt
{
    public class ManyClientsTests
    {
        [Fact]
        public async Task Two_hundred_clients_need_no_threads_of_their_own()
        {
            const int Clients = 200;
            await using var broker = new MqttBroker();
            broker.Start(new IPEndPoint(IPAddress.Loopback, 0));
            using var acknowledged = new CountdownEvent(Clients);
            var clients = new List<MqttClient>();
            for (int i = 0; i < Clients; i++)
            {
                TestBoard.Start();
                var client = new MqttClient("127.0.0.1", broker.BoundPort, false, null, null, MqttSslProtocols.None);
                client.MqttMsgPublished += (_, e) =>
                {
                    if (e.IsPublished)
                    {
                        acknowledged.Signal();
                    }
                };
                Assert.Equal(MqttReasonCode.Success, client.Connect("node" + i));
                clients.Add(client);
            }

            foreach (MqttClient client in clients)
            {
                client.Publish("t", new byte[100], null, null, MqttQoSLevel.AtLeastOnce, false);
            }

            Assert.True(acknowledged.Wait(10_000));
            Assert.True(Process.GetCurrentProcess().Threads.Count < Clients, "Each client has threads of its own.");
            foreach (MqttClient client in clients)
            {
                client.Disconnect();
            }
        }

        [Fact]
        public async Task A_client_hears_what_another_publishes()
        {
            await using var broker = new MqttBroker();
            broker.Start(new IPEndPoint(IPAddress.Loopback, 0));
            TestBoard.Start();
            using var heard = new ManualResetEventSlim();
            string text = "";
            var listener = new MqttClient("127.0.0.1", broker.BoundPort, false, null, null, MqttSslProtocols.None);
            using var subscribed = new ManualResetEventSlim();
            listener.MqttMsgSubscribed += (_, _) => subscribed.Set();
            listener.MqttMsgPublishReceived += (_, e) =>
            {
                text = e.Topic + " " + e.Message.Length + " " + e.QosLevel;
                heard.Set();
            };
            listener.Connect("listener");
            listener.Subscribe(new[] { "n/#" }, new[] { MqttQoSLevel.ExactlyOnce });
            Assert.True(subscribed.Wait(5000));
            var speaker = new MqttClient("127.0.0.1", broker.BoundPort, false, null, null, MqttSslProtocols.None);
            speaker.Connect("speaker");
            speaker.Publish("n/1", new byte[100_000], null, null, MqttQoSLevel.ExactlyOnce, false);
            Assert.True(heard.Wait(5000));
            Assert.Equal("n/1 100000 ExactlyOnce", text);
            listener.Close();
            speaker.Dispose();
        }
    }
}
