using System.Collections.Generic;
using System.Text;

namespace Sensors.Node.Tests.Fakes
{
    /// <summary>One message handed to the link.</summary>
    internal sealed record Sent(int Number, string Topic, string Text, bool Retain, int Thread)
    {
        public byte[] Bytes { get; init; } = [];
    }

    /// <summary>A link that does what the test says, writes down what was asked of it, and counts what must never happen.</summary>
    internal sealed class ScriptedLink : MqttLink
    {
        private readonly List<string> _events;
        private bool _open; // something is left that only Close frees
        private int _number;
        private int _acknowledged;
        private int _echoed;

        public ScriptedLink(List<string> events)
        {
            _events = events;
        }

        public List<Sent> Messages { get; } = new List<Sent>();

        /// <summary>Gets how often a connect came without a close after the attempt before.</summary>
        public int UnclosedConnects { get; private set; }

        public int Connects { get; private set; }

        public int Closes { get; private set; }

        /// <summary>Gets or sets what the next connects say; null lets them succeed.</summary>
        public string? ConnectError { get; set; }

        /// <summary>Gets or sets how many messages the link takes before it says that its queue is full.</summary>
        public int Room { get; set; } = int.MaxValue;

        /// <summary>Gets or sets whether messages are kept; without that nothing is allocated.</summary>
        public bool Keeps { get; set; } = true;

        public int Taken { get; private set; }

        /// <summary>Gets or sets how many of them were retained: status and meta.</summary>
        public int Statuses { get; set; }

        public string? Will { get; private set; }

        public string? WillTopic { get; private set; }

        public bool Connected { get; set; }

        public override bool IsConnected => Connected;

        public override string? Connect(LinkSettings settings, string willTopic, string will)
        {
            _events.Add("connect");
            Hosts.Add(settings.Host + ":" + settings.Port);
            Connects++;
            if (_open)
            {
                UnclosedConnects++;
            }

            _open = true;
            _number = 0; // as the package: each session counts from 1
            _acknowledged = 0;
            Subscribed.Clear();
            WillTopic = willTopic;
            Will = will;
            Connected = ConnectError == null;
            return ConnectError;
        }

        public override int Publish(string topic, byte[] payload, int count, bool retain)
        {
            if (!Connected || Room == 0)
            {
                return 0;
            }

            Room--;
            Taken++;
            Statuses += retain ? 1 : 0;
            _number = (_number % 65535) + 1;
            if (Keeps)
            {
                Messages.Add(new Sent(_number, topic, Encoding.UTF8.GetString(payload, 0, count), retain, System.Environment.CurrentManagedThreadId)
                {
                    Bytes = payload[..count],
                });
                _events.Add(topic.Substring(topic.LastIndexOf('/') + 1));
            }

            return _number;
        }

        /// <summary>Acknowledges all that was handed over and is not acknowledged, as the package does: not from within a call.</summary>
        /// <returns>True when there was any.</returns>
        public bool AcknowledgeAll()
        {
            bool any = false;
            while (Connected && _acknowledged < _number)
            {
                Listener.Acknowledged(++_acknowledged, true);
                any = true;
            }

            return any;
        }

        /// <summary>Gets what stores readings and says so.</summary>
        public EdgeEcho Edge { get; } = new EdgeEcho();

        /// <summary>Lets the edge take what was handed over since the last time, and answer where somebody listens.</summary>
        /// <param name="answers">False when its answers are lost.</param>
        /// <returns>True when the node was told something.</returns>
        public bool Echo(bool answers = true)
        {
            bool any = false;
            for (; Connected && _echoed < Messages.Count; _echoed++)
            {
                if (Edge.Take(Messages[_echoed].Topic, Messages[_echoed].Text) is var (topic, text) && answers && Subscribed.Contains(topic))
                {
                    Listener.Received(topic, Encoding.ASCII.GetBytes(text));
                    any = true;
                }
            }

            return any;
        }

        /// <summary>Lets the edge miss what was handed over since the last time.</summary>
        public void Skip() => _echoed = Messages.Count;

        /// <summary>Gets the brokers that were tried.</summary>
        public List<string> Hosts { get; } = [];

        /// <summary>Forgets the messages, but not what the edge has of them.</summary>
        public void Clear()
        {
            Messages.Clear();
            _echoed = 0;
        }

        /// <summary>Gets what this session asked for.</summary>
        public List<string> Subscribed { get; } = [];

        public override void Subscribe(string topicFilter)
        {
            _events.Add("subscribe " + topicFilter);
            Subscribed.Add(topicFilter);
        }

        public override void Close()
        {
            _events.Add("close");
            Closes++;
            _open = false;
            Connected = false;
        }
    }
}
