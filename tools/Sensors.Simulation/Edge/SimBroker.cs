using System;
using System.Collections.Generic;
using Sensors.Mqtt;

namespace Sensors.Simulation
{
    /// <summary>The embedded broker's own router and sessions, on simulated connections.</summary>
    internal sealed class SimBroker
    {
        private readonly EventQueue _queue;
        private readonly MqttBrokerOptions _options;
        private readonly List<SimPeer> _peers = [];
        private BrokerRouter _router;

        public SimBroker(EventQueue queue, Action<string> protocolError)
        {
            _queue = queue;
            ProtocolError = protocolError;
            _options = new MqttBrokerOptions { MaxQueuedMessages = 1_000_000, MaxQueuedBytes = long.MaxValue };
            _router = new BrokerRouter(_options, new BrokerTotals());
        }

        /// <summary>Gets or sets whether it can be reached.</summary>
        public bool IsUp { get; set; } = true;

        /// <summary>Gets or sets by how much it is slow, in microseconds per packet and direction.</summary>
        public long Slowness { get; set; }

        /// <summary>Gets who is told that a client broke MQTT.</summary>
        public Action<string> ProtocolError { get; }

        /// <summary>Takes a connection.</summary>
        public void Accept(Wire wire) => _peers.Add(new SimPeer(this, _queue, _router, _options, wire));

        /// <summary>Ends all connections.</summary>
        /// <param name="silently">Whether the clients are not told.</param>
        public void DropAll(bool silently)
        {
            foreach (SimPeer peer in _peers.ToArray())
            {
                peer.Drop(silently);
            }
        }

        /// <summary>Forgets all sessions and retained messages: a restart of a broker that keeps nothing.</summary>
        public void Forget() => _router = new BrokerRouter(_options, new BrokerTotals());

        internal void Remove(SimPeer peer) => _peers.Remove(peer);
    }

    /// <summary>A client of the simulated broker.</summary>
    internal sealed class SimPeer : BrokerPeer, IWireEnd
    {
        private const long ConnectPatience = 10 * EventQueue.Second;

        private readonly SimBroker _broker;
        private readonly EventQueue _queue;
        private readonly Wire _wire;
        private readonly PacketBytes _bytes = new();
        private readonly SimTimer _deadline;
        private readonly SimTimer _ending;
        private long _heard;
        private bool _admitted;
        private bool _closed;
        private MqttDisconnectReason _reason;

        public SimPeer(SimBroker broker, EventQueue queue, BrokerRouter router, MqttBrokerOptions options, Wire wire)
            : base(router, options)
        {
            _broker = broker;
            _queue = queue;
            _wire = wire;
            _deadline = new SimTimer(queue, CheckDeadline);
            _ending = new SimTimer(queue, End);
            wire.Up.End = this;
            _deadline.Set(queue.Now + ConnectPatience);
        }

        public void Receive(MqttPacket packet)
        {
            try
            {
                Touch();
                if (!_admitted)
                {
                    ConnectReturnCode code = Admit(packet, null, null);
                    _admitted = code == ConnectReturnCode.Accepted;
                    if (!_admitted)
                    {
                        TryPost(new ConnAckPacket(false, code));
                        Close(MqttDisconnectReason.Dropped);
                    }
                }
                else if (packet is DisconnectPacket)
                {
                    Close(MqttDisconnectReason.ClientDisconnected);
                }
                else
                {
                    Handle(packet);
                }
            }
            catch (MqttProtocolException broken)
            {
                _broker.ProtocolError(ClientId + ": " + broken.Message);
                Close(MqttDisconnectReason.ProtocolError);
            }
        }

        public void Ended() => Close(MqttDisconnectReason.ConnectionLost);

        public void Drop(bool silently)
        {
            if (silently)
            {
                _wire.Lose();
            }

            Close(MqttDisconnectReason.Dropped);
        }

        public override void Close(MqttDisconnectReason reason)
        {
            if (!_closed)
            {
                _closed = true;
                _reason = reason;
                _ending.Set(_queue.Now); // not here: the router may be at work
            }
        }

        public override bool TryPost(MqttPacket packet)
        {
            _bytes.Clear();
            MqttEncoder.Write(_bytes, packet);
            return Send();
        }

        public override bool TryPostAcknowledgement(MqttPacketType type, ushort packetId)
        {
            _bytes.Clear();
            MqttEncoder.WriteAcknowledgement(_bytes, type, packetId);
            return Send();
        }

        public override bool TryPostPublish(PublishPacket message, MqttQos qos, bool retain, bool duplicate, ushort packetId, int limit)
        {
            _bytes.Clear();
            MqttEncoder.WritePublish(_bytes, message.Topic, message.Payload.Span, qos, retain, duplicate, packetId);
            return Send();
        }

        protected override void Touch() => _heard = _queue.Now;

        private bool Send()
        {
            if (_closed)
            {
                return false;
            }

            _wire.Down.Send(_bytes.Written);
            return true;
        }

        private void CheckDeadline()
        {
            long patience = _admitted ? PatienceMs * EventQueue.Millisecond : ConnectPatience;
            if (_closed || patience == 0)
            {
                return;
            }

            if (_queue.Now - _heard >= patience)
            {
                Close(MqttDisconnectReason.KeepAliveExpired);
            }
            else
            {
                _deadline.Set(_heard + patience);
            }
        }

        private void End()
        {
            _deadline.Cancel();
            _wire.Down.Finish();
            _wire.Up.Close();
            Finish(_reason);
            _broker.Remove(this);
        }
    }
}
