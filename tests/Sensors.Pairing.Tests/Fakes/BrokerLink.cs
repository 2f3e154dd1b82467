using System.Collections.Generic;
using System.Text;
using Sensors.Node;

namespace Sensors.Pairing.Tests.Fakes
{
    /// <summary>A link with a broker behind it: refuses what the test says, keeps retained messages, and gives back what is published to who asked for it.</summary>
    internal sealed class BrokerLink(TestTime clock) : MqttLink
    {
        private readonly Queue<(string Topic, byte[] Payload)> _coming = new();
        private readonly HashSet<string> _wanted = [];
        private string? _cause;
        private bool _up;

        /// <summary>Gets why each broker, host:port, cannot be used; one that is not here can.</summary>
        public Dictionary<string, string?> Causes { get; } = [];

        public Dictionary<string, string> Retained { get; } = [];

        public List<string> Asked { get; } = [];

        public List<(string Topic, string Text)> Published { get; } = [];

        public LinkSettings? Used { get; private set; }

        public string? WillTopic { get; private set; }

        /// <summary>Gets or sets whether the broker gives messages to those who asked for them.</summary>
        public bool Delivers { get; set; } = true;

        /// <summary>Gets or sets whether the broker ends the session at the first message.</summary>
        public bool Drops { get; set; }

        /// <summary>Gets or sets how many messages the link refuses before it takes one.</summary>
        public int Full { get; set; }

        public int Open { get; private set; }

        public override bool IsConnected => _up;

        public override string? Cause => _cause;

        public override string? Connect(LinkSettings settings, string willTopic, string will)
        {
            string broker = settings.Host + ":" + settings.Port;
            Asked.Add("connect " + broker);
            clock.Sleep(400);
            Used = settings;
            WillTopic = willTopic;
            Open++;
            _wanted.Clear();
            _coming.Clear();
            _up = !Causes.TryGetValue(broker, out _cause);
            return _up ? null : "broker " + broker + ": certificate refused";
        }

        public override int Publish(string topic, byte[] payload, int count, bool retain)
        {
            if (!_up || Full-- > 0)
            {
                return 0;
            }

            Published.Add((topic, Encoding.UTF8.GetString(payload, 0, count)));
            if (Drops)
            {
                _up = false;
                Listener.Closed();
            }
            else if (_wanted.Contains(topic) && Delivers)
            {
                _coming.Enqueue((topic, payload[..count]));
            }

            return 1;
        }

        public override void Subscribe(string topicFilter)
        {
            _wanted.Add(topicFilter);
            if (Retained.TryGetValue(topicFilter, out string? text) && Delivers)
            {
                _coming.Enqueue((topicFilter, Encoding.UTF8.GetBytes(text)));
            }
        }

        public override void Close()
        {
            _up = false;
            Open = 0;
        }

        /// <summary>Lets messages arrive.</summary>
        public void Deliver()
        {
            while (_up && _coming.TryDequeue(out (string Topic, byte[] Payload) next))
            {
                Listener.Received(next.Topic, next.Payload);
            }
        }
    }
}
