using System;
using System.Collections.Generic;
using Sensors.Mqtt;
using Sensors.Node;

namespace Sensors.Simulation
{
    /// <summary>The node's MQTT client as the M2Mqtt package behaves, its hazards included, on a simulated connection.</summary>
    /// <remarks>
    /// Publishing only puts in line, up to a limit; QoS 1 is repeated after 1,000 ms and given up after three tries; a ping goes out only after a
    /// keep-alive without any sending, and its answer has another; after closing all is forgotten; connecting blocks, for long when nobody answers.
    /// </remarks>
    internal sealed class SimLink : MqttLink, IWireEnd
    {
        private const int QueueLimit = 32;
        private const long RetryAfter = 1000 * EventQueue.Millisecond;
        private const int Tries = 3;
        private const long Unanswered = 30 * EventQueue.Second;

        private readonly EventQueue _queue;
        private readonly SimClock _clock;
        private readonly SimNetwork _network;
        private readonly SimRandom _random;
        private readonly SimSite _site;
        private readonly Action _told;
        private readonly PacketBytes _bytes = new();
        private readonly List<Pending> _pending = [];
        private readonly SimTimer _timer;
        private Wire? _wire;
        private ConnAckPacket? _answer;
        private bool _connected;
        private bool _dead;
        private long _keepAlive;
        private long _sent;
        private long _pingedAt;
        private ushort _id;

        public SimLink(EventQueue queue, SimClock clock, SimNetwork network, SimRandom random, SimSite site, Action told)
        {
            _queue = queue;
            _clock = clock;
            _network = network;
            _random = random;
            _site = site;
            _told = told;
            _timer = new SimTimer(queue, Tick);
        }

        /// <summary>Gets or sets who is told of messages.</summary>
        public Action<string>? Trace { get; set; }

        public override bool IsConnected => _connected;

        /// <summary>Gets what became of the node's tries to connect.</summary>
        public ConnectLog Log { get; } = new();

        public override string? Connect(LinkSettings settings, string willTopic, string will)
        {
            CloseSession();
            Log.Tried(_clock.TrueNow, _network.IsUp);
            string? error = Handshake(settings, willTopic, will);
            Log.Answered(_clock.TrueNow, error == null);
            Trace?.Invoke("connects: " + (error ?? "good"));
            if (error != null)
            {
                CloseSession();
            }

            return error;
        }

        public override int Publish(string topic, byte[] payload, int count, bool retain)
        {
            if (_wire is null || _dead || _pending.Count >= QueueLimit)
            {
                return 0;
            }

            ushort id = NextId();
            Trace?.Invoke($"sends {id} {topic} {System.Text.Encoding.UTF8.GetString(payload, 0, Math.Min(count, 300))}");
            _bytes.Clear();
            MqttEncoder.WritePublish(_bytes, topic, payload.AsSpan(0, count), MqttQos.AtLeastOnce, retain, false, id);
            _pending.Add(new Pending(id, _bytes.Written.ToArray(), _clock.TrueNow + RetryAfter));
            Send(_bytes.Written);
            _timer.SetEarlier(_clock.TrueNow + RetryAfter);
            return id;
        }

        public override void Subscribe(string topicFilter)
        {
            if (_wire is null || _dead)
            {
                return;
            }

            ushort id = NextId();
            _bytes.Clear();
            MqttEncoder.Write(_bytes, new SubscribePacket(id, [new MqttSubscription(topicFilter, MqttQos.AtLeastOnce)]));
            _pending.Add(new Pending(id, _bytes.Written.ToArray(), _clock.TrueNow + RetryAfter));
            Send(_bytes.Written);
            _timer.SetEarlier(_clock.TrueNow + RetryAfter);
        }

        public override void Close()
        {
            Log.Dropped(_clock.TrueNow);
            CloseSession();
        }

        /// <summary>The power is gone: the broker is not told.</summary>
        public void Kill()
        {
            _dead = true;
            _wire?.Lose();
            _timer.Cancel();
        }

        public void Receive(MqttPacket packet)
        {
            if (_dead)
            {
                return;
            }

            switch (packet)
            {
                case ConnAckPacket answer:
                    _answer = answer;
                    break;
                case PubAckPacket acknowledged:
                    if (Take(acknowledged.PacketId))
                    {
                        Listener.Acknowledged(acknowledged.PacketId, true);
                        _told();
                    }

                    break;
                case SubAckPacket subscribed:
                    Take(subscribed.PacketId);
                    break;
                case PublishPacket message:
                    if (message.Qos == MqttQos.AtLeastOnce)
                    {
                        if (_pending.Count >= QueueLimit)
                        {
                            return; // dropped without an answer, as the package does
                        }

                        _bytes.Clear();
                        MqttEncoder.WriteAcknowledgement(_bytes, MqttPacketType.PubAck, message.PacketId);
                        Send(_bytes.Written);
                    }

                    Trace?.Invoke($"hears {message.Topic} {System.Text.Encoding.UTF8.GetString(message.Payload.Span)}");
                    Listener.Received(message.Topic, message.Payload.ToArray());
                    _told();
                    break;
                case PingRespPacket:
                    _pingedAt = 0;
                    break;
            }
        }

        public void Ended()
        {
            if (!_dead && _connected)
            {
                _connected = false;
                Log.Dropped(_queue.Now);
                Listener.Closed();
                _told();
            }
        }

        private string? Handshake(LinkSettings settings, string willTopic, string will)
        {
            if (_site.IsFirstAddressDead && settings.Host == SimPlace.FirstHost)
            {
                _clock.Block(Unanswered);
                return "no answer from " + settings.Host;
            }

            _wire = _site.Open(this);
            if (_wire is null)
            {
                _clock.Block(_random.Chance(1, 2) ? Unanswered : _random.Between(10, 900) * EventQueue.Millisecond); // silence, or refused
                return "no connection";
            }

            if (settings.Secure)
            {
                _clock.Block(_random.Between(700, 2500) * EventQueue.Millisecond);
                if (_network.PlatformUtc < SimPlace.CertificateNotBefore)
                {
                    return "certificate not valid yet";
                }
            }

            _clock.Block(2 * _site.Latency);
            _keepAlive = settings.KeepAliveSeconds * EventQueue.Second;
            _answer = null;
            _bytes.Clear();
            MqttEncoder.Write(
                _bytes,
                new ConnectPacket
                {
                    ClientId = settings.ClientId,
                    KeepAliveSeconds = (ushort)settings.KeepAliveSeconds,
                    Will = new MqttWill(willTopic, System.Text.Encoding.ASCII.GetBytes(will), MqttQos.AtLeastOnce, true),
                });
            Send(_bytes.Written);
            _wire.Up.ArriveNow();
            _wire.Down.ArriveNow();
            if (_answer is not { ReturnCode: ConnectReturnCode.Accepted })
            {
                _clock.Block(Unanswered);
                return "no CONNACK";
            }

            _connected = true;
            _timer.Set(_clock.TrueNow + _keepAlive);
            return null;
        }

        private void CloseSession()
        {
            _connected = false;
            _pending.Clear();
            _timer.Cancel();
            _pingedAt = 0;
            _id = 0;
            if (_wire is { } wire)
            {
                _wire = null;
                wire.Up.Finish();
                wire.Down.Close();
            }
        }

        private ushort NextId() => _id = (ushort)(_id == ushort.MaxValue ? 1 : _id + 1);

        private bool Take(ushort id)
        {
            for (int i = 0; i < _pending.Count; i++)
            {
                if (_pending[i].Id == id)
                {
                    _pending.RemoveAt(i);
                    return true;
                }
            }

            return false;
        }

        private void Send(ReadOnlySpan<byte> bytes)
        {
            _sent = _clock.TrueNow;
            _wire!.Up.Send(bytes);
        }

        // Repeats, gives up, pings. On a thread of the package's own.
        private void Tick()
        {
            if (_dead || !_connected)
            {
                return;
            }

            long now = _queue.Now;
            for (int i = 0; i < _pending.Count; i++)
            {
                Pending each = _pending[i];
                if (each.NextAt > now)
                {
                    continue;
                }

                if (++each.Count > Tries)
                {
                    _pending.RemoveAt(i--);
                    Listener.Acknowledged(each.Id, false);
                    _told();
                    continue;
                }

                each.Bytes[0] |= (byte)((each.Bytes[0] & 0xF0) == 0x30 ? 8 : 0); // DUP
                each.NextAt = now + RetryAfter;
                Send(each.Bytes);
            }

            if (_pingedAt != 0 && now - _pingedAt >= _keepAlive)
            {
                _connected = false;
                Log.Dropped(_queue.Now);
                Listener.Closed();
                _told();
                return;
            }

            if (_pingedAt == 0 && now - _sent >= _keepAlive)
            {
                _bytes.Clear();
                MqttEncoder.Write(_bytes, PingReqPacket.Instance);
                Send(_bytes.Written);
                _pingedAt = now;
            }

            long next = _pingedAt != 0 ? _pingedAt + _keepAlive : _sent + _keepAlive;
            foreach (Pending each in _pending)
            {
                next = Math.Min(next, each.NextAt);
            }

            _timer.Set(next);
        }

        private sealed class Pending(ushort id, byte[] bytes, long nextAt)
        {
            public ushort Id => id;

            public byte[] Bytes => bytes;

            public long NextAt { get; set; } = nextAt;

            public int Count { get; set; } = 1;
        }
    }
}
