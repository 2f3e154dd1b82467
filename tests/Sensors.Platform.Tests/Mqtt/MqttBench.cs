using System;
using System.Collections.Concurrent;
using System.Threading.Tasks;
using nanoFramework.M2Mqtt;
using nanoFramework.M2Mqtt.Messages;
using Sensors.Platform.Tests.Scripted;
using MqttClient = nanoFramework.M2Mqtt.MqttClient;

namespace Sensors.Platform.Tests.Mqtt
{
    /// <summary>A board, a client of it, a scripted broker, and a record of what the client told.</summary>
    internal sealed class MqttBench : IDisposable
    {
        private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

        private readonly BlockingCollection<string> _told = new();

        public MqttBench(TestBoard? board = null)
        {
            Board = board ?? TestBoard.Start();
            Board.Time = Time;
            Client = MakeClient();
        }

        public TestBoard Board { get; }

        public ManualTime Time { get; } = new();

        public ScriptedBroker Broker { get; } = new();

        public MqttClient Client { get; }

        public MqttClient MakeClient()
        {
            var client = new MqttClient("127.0.0.1", Broker.Port, false, null, null, MqttSslProtocols.None);
            client.MqttMsgPublished += (_, e) => _told.Add("published " + e.MessageId + " " + e.IsPublished);
            client.MqttMsgPublishReceived += (_, e) => _told.Add("received " + e.Topic + " " + Convert.ToHexString(e.Message) + " " + e.QosLevel);
            client.MqttMsgSubscribed += (_, e) => _told.Add("subscribed " + e.MessageId + " " + e.GrantedQoSLevels[0]);
            client.MqttMsgUnsubscribed += (_, e) => _told.Add("unsubscribed " + e.MessageId);
            client.ConnectionOpened += (_, e) => _told.Add("opened " + (int)e.Message.ReturnCode);
            client.ConnectionClosed += (_, _) => _told.Add("closed");
            return client;
        }

        /// <summary>Connects and drops the word of it.</summary>
        public async Task ConnectAsync(bool cleanSession = true, ushort keepAlive = 0)
        {
            Task<Sensors.Mqtt.ConnectPacket> welcome = Broker.WelcomeAsync();
            Assert.Equal(MqttReasonCode.Success, Client.Connect("node", null, null, cleanSession, keepAlive));
            await welcome;
            Assert.Equal("opened 0", Next());
        }

        public ushort Publish(MqttQoSLevel qos, byte[]? payload = null, string topic = "t") =>
            Client.Publish(topic, payload ?? new byte[] { 1 }, null, null, qos, false);

        /// <summary>Waits for the next thing the client tells.</summary>
        public string Next() => _told.TryTake(out string? told, Patience) ? told : throw new TimeoutException("The client told nothing.");

        /// <summary>Makes sure that the client tells nothing for a little while.</summary>
        public void NothingTold() => Assert.False(_told.TryTake(out string? told, 100), told);

        public void Dispose()
        {
            Broker.Dispose();
            Client.Close();
            _told.Dispose();
        }
    }
}
