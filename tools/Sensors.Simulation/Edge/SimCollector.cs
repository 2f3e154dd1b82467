using System;
using System.Collections.Generic;
using Sensors.Edge;
using Sensors.Mqtt;

namespace Sensors.Simulation
{
    /// <summary>Where a crash comes in the collector's round of storing and telling.</summary>
    internal enum CrashPoint
    {
        None,
        BeforeCommit,
        AfterCommit,
        AfterAnswers,
        AfterAll,
    }

    /// <summary>The edge: the real collector as a client of the simulated broker, with a session that outlasts it.</summary>
    internal sealed class SimCollector : IWireEnd
    {
        private const string Name = "sensors-collector";
        private const ushort KeepAliveSeconds = 60;

        private readonly EventQueue _queue;
        private readonly SimRandom _random;
        private readonly SimBroker _broker;
        private readonly WatchedStore _store;
        private readonly SimTimer _flush;
        private readonly SimTimer _connect;
        private readonly SimTimer _ping;
        private readonly PacketBytes _bytes = new();
        private readonly List<ushort> _unanswered = [];
        private readonly List<(string Topic, ReadOnlyMemory<byte> Payload)> _kept = [];
        private readonly List<PublishPacket> _late = [];
        private Collector _collector;
        private Wire? _wire;
        private bool _connected;
        private ushort _id;
        private int _life; // what was on its way to an earlier process or connection is not for this one
        private bool _away;

        public SimCollector(EventQueue queue, SimRandom random, SimBroker broker, WatchedStore store)
        {
            _queue = queue;
            _random = random;
            _broker = broker;
            _store = store;
            _collector = new Collector(store);
            _flush = new SimTimer(queue, Flush);
            _connect = new SimTimer(queue, Connect);
            _ping = new SimTimer(queue, Ping);
            Connect();
        }

        /// <summary>Gets or sets the longest wait between a message and its storing, in microseconds.</summary>
        public long LongestWait { get; set; } = 100 * EventQueue.Millisecond;

        /// <summary>Gets or sets how many of 100 messages come twice.</summary>
        public int DuplicatePercent { get; set; }

        /// <summary>Gets or sets how many of 100 messages come late, and by how much at most.</summary>
        public int DelayPercent { get; set; }

        /// <summary>Gets or sets the longest delay.</summary>
        public long LongestDelay { get; set; }

        /// <summary>Gets or sets by how much the edge's clock is wrong, in milliseconds.</summary>
        public long ClockStep { get; set; }

        /// <summary>Gets or sets where the next crash comes.</summary>
        public CrashPoint Crash { get; set; }

        /// <summary>Gets how long a crashed collector stays away, in microseconds.</summary>
        public long CrashedFor { get; set; } = EventQueue.Second;

        /// <summary>Gets how often it crashed.</summary>
        public int Crashes { get; private set; }

        /// <summary>Gets since when it is connected; <see cref="long.MaxValue"/> while it is not.</summary>
        public long UpSince { get; private set; } = long.MaxValue;

        /// <summary>Gets whether nothing waits to be stored.</summary>
        public bool IsIdle => _collector.Pending == 0;

        /// <summary>Leaves the broker for a while; what has come is forgotten, as it was not acknowledged.</summary>
        public void Leave(bool silently)
        {
            _away = true;
            Die(silently);
        }

        /// <summary>Comes back.</summary>
        public void Return()
        {
            _away = false;
            _connect.SetEarlier(_queue.Now);
        }

        /// <summary>From now on all comes at once, and so does what is late.</summary>
        public void EndDelays()
        {
            DelayPercent = 0;
            foreach (PublishPacket message in _late)
            {
                Take(message);
            }

            _late.Clear();
        }

        /// <summary>Hands over once more what came hours ago.</summary>
        public void Repeat()
        {
            foreach ((string topic, ReadOnlyMemory<byte> payload) in _kept)
            {
                _collector.Take(topic, payload);
            }

            _kept.Clear();
            _flush.SetEarlier(_queue.Now + EventQueue.Millisecond);
        }

        public void Receive(MqttPacket packet)
        {
            switch (packet)
            {
                case ConnAckPacket:
                    _connected = true;
                    UpSince = _queue.Now + (10 * EventQueue.Second); // what waited at the broker comes first
                    Send(new SubscribePacket(
                        NextId(),
                        [
                            Filter(NodeTopic.Readings(NodeTopic.DefaultRoot)),
                            Filter(NodeTopic.Alarms(NodeTopic.DefaultRoot)),
                            Filter(NodeTopic.Gaps(NodeTopic.DefaultRoot)),
                            Filter(NodeTopic.Metas(NodeTopic.DefaultRoot)),
                            Filter(NodeTopic.Statuses(NodeTopic.DefaultRoot)),
                        ]));
                    _ping.Set(_queue.Now + (KeepAliveSeconds * EventQueue.Second / 2));
                    break;
                case PublishPacket message:
                    Receive(message);
                    break;
            }
        }

        public void Ended()
        {
            _life++;
            _late.Clear();
            _wire = null;
            _connected = false;
            UpSince = long.MaxValue;
            _unanswered.Clear();
            _ping.Cancel();
            _connect.SetEarlier(_queue.Now + _random.Between(100, 3000) * EventQueue.Millisecond);
        }

        private static MqttSubscription Filter(string filter) => new(filter, MqttQos.AtLeastOnce);

        private void Receive(PublishPacket message)
        {
            if (DelayPercent > 0 && _random.Chance(DelayPercent, 100))
            {
                int life = _life;
                _late.Add(message);
                _queue.At(_queue.Now + _random.Spread(EventQueue.Millisecond, LongestDelay), () =>
                {
                    if (life == _life && _late.Remove(message))
                    {
                        Take(message);
                    }
                });
                return;
            }

            Take(message);
            if (DuplicatePercent > 0 && _random.Chance(DuplicatePercent, 100))
            {
                if (_random.Chance(1, 4) && _kept.Count < 200)
                {
                    _kept.Add((message.Topic, message.Payload));
                }
                else
                {
                    _collector.Take(message.Topic, message.Payload, message.Retain);
                }
            }
        }

        private void Take(PublishPacket message)
        {
            _collector.Take(message.Topic, message.Payload, message.Retain);
            if (message.Qos == MqttQos.AtLeastOnce)
            {
                _unanswered.Add(message.PacketId);
            }

            _flush.SetEarlier(_queue.Now + _random.Between(1, LongestWait));
        }

        private void Flush()
        {
            CrashPoint crash = Crash;
            if (crash != CrashPoint.None && _unanswered.Count > 0)
            {
                Crash = CrashPoint.None;
            }
            else
            {
                crash = CrashPoint.None;
            }

            if (crash == CrashPoint.BeforeCommit)
            {
                Die(silently: false);
                return;
            }

            IReadOnlyList<OutgoingAnswer> answers;
            try
            {
                answers = _collector.Flush(DateTimeOffset.FromUnixTimeMilliseconds(SimSite.UtcOf(_queue.Now) + ClockStep));
            }
            catch (StoreException)
            {
                _flush.SetEarlier(_queue.Now + EventQueue.Second);
                return;
            }

            if (crash == CrashPoint.AfterCommit)
            {
                Die(silently: false);
                return;
            }

            if (_connected)
            {
                foreach (OutgoingAnswer answer in answers)
                {
                    Send(new PublishPacket(answer.Topic, answer.Payload, MqttQos.AtLeastOnce, PacketId: NextId()));
                }
            }

            if (crash == CrashPoint.AfterAnswers)
            {
                Die(_random.Chance(1, 2));
                return;
            }

            if (_connected)
            {
                foreach (ushort id in _unanswered)
                {
                    _bytes.Clear();
                    MqttEncoder.WriteAcknowledgement(_bytes, MqttPacketType.PubAck, id);
                    _wire!.Up.Send(_bytes.Written);
                }
            }

            _unanswered.Clear();
            if (crash == CrashPoint.AfterAll)
            {
                Die(_random.Chance(1, 2));
            }
        }

        // Kill -9: what was not stored is forgotten; what was handed to the network may still go out.
        private void Die(bool silently)
        {
            Crashes++;
            if (_wire is { } wire)
            {
                if (silently)
                {
                    wire.Lose();
                }

                wire.Up.Finish();
                wire.Down.Close();
            }

            Ended();
            _flush.Cancel();
            _collector = new Collector(_store);
            _connect.Set(_queue.Now + CrashedFor);
        }

        private void Connect()
        {
            if (_away || _wire is not null)
            {
                return;
            }

            if (!_broker.IsUp)
            {
                _connect.Set(_queue.Now + _random.Between(500, 5000) * EventQueue.Millisecond);
                return;
            }

            var wire = new Wire(_queue, _random.Fork(), () => EventQueue.Millisecond + _broker.Slowness, this, MqttDirection.ToClient);
            _wire = wire;
            _broker.Accept(wire);
            Send(new ConnectPacket { ClientId = Name, CleanSession = false, KeepAliveSeconds = KeepAliveSeconds });
        }

        private void Ping()
        {
            if (_wire is not { } wire)
            {
                return;
            }

            if (wire.IsHalfOpen)
            {
                Ended(); // its own pings got no answer
                return;
            }

            Send(PingReqPacket.Instance);
            _ping.Set(_queue.Now + (KeepAliveSeconds * EventQueue.Second / 2));
        }

        private void Send(MqttPacket packet)
        {
            _bytes.Clear();
            MqttEncoder.Write(_bytes, packet);
            _wire?.Up.Send(_bytes.Written);
        }

        private ushort NextId() => _id = (ushort)(_id == ushort.MaxValue ? 1 : _id + 1);
    }
}
