using System;
using nanoFramework.M2Mqtt.Messages;
using Sensors.Mqtt;

namespace nanoFramework.M2Mqtt
{
    /// <content>What comes from the broker. Everything here runs under the gate.</content>
    public partial class MqttClient
    {
        private void OnMessage(MqttPacket packet)
        {
            switch (packet)
            {
                case PingRespPacket:
                    _pingSent = 0;
                    break;
                case PublishPacket publish:
                    OnPublish(publish);
                    break;
                case PubAckPacket ack:
                    _waiting.Remove(ack.PacketId);
                    if (Take(ack.PacketId, InflightState.WaitForAck, m => m.IsPublish) is { } published)
                    {
                        TellPublished(published);
                    }

                    break;
                case PubRecPacket received:
                    OnPubrec(received.PacketId);
                    break;
                case PubCompPacket complete:
                    if (Take(complete.PacketId, InflightState.WaitForPubcomp, m => m.IsPublish) is { } completed)
                    {
                        TellPublished(completed);
                    }

                    break;
                case PubRelPacket release:
                    OnPubrel(release.PacketId);
                    break;
                case SubAckPacket ack:
                    if (Take(ack.PacketId, InflightState.WaitForAck, m => m.Packet is SubscribePacket) is { } subscribed)
                    {
                        var granted = new MqttQoSLevel[ack.ReturnCodes.Count];
                        for (int i = 0; i < granted.Length; i++)
                        {
                            granted[i] = (MqttQoSLevel)ack.ReturnCodes[i];
                        }

                        Raise(subscribed.Errand, () => MqttMsgSubscribed?.Invoke(this, new MqttMsgSubscribedEventArgs(ack.PacketId, granted)));
                    }

                    break;
                case UnsubAckPacket ack:
                    if (Take(ack.PacketId, InflightState.WaitForAck, m => m.Packet is UnsubscribePacket) is { } unsubscribed)
                    {
                        Raise(unsubscribed.Errand, () => MqttMsgUnsubscribed?.Invoke(this, new MqttMsgUnsubscribedEventArgs(ack.PacketId)));
                    }

                    break;
                default:
                    break; // what only a client sends is noted by nobody
            }

            SetTimer();
        }

        private void OnPublish(PublishPacket publish)
        {
            InflightMessage? known = _inflight.Find(m => m.State == InflightState.WaitForPubrel && m.Id == publish.PacketId);
            if (publish.Qos == MqttQos.ExactlyOnce && known != null)
            {
                Send(new PubRecPacket(publish.PacketId));
                return;
            }

            if (_inflight.Count >= Settings.InflightQueueSize)
            {
                return; // dropped, and not acknowledged
            }

            switch (publish.Qos)
            {
                case MqttQos.AtLeastOnce:
                    Send(new PubAckPacket(publish.PacketId));
                    TellReceived(publish);
                    break;
                case MqttQos.ExactlyOnce:
                    _inflight.Add(new InflightMessage(publish.PacketId, publish, MqttQoSLevel.ExactlyOnce) { State = InflightState.WaitForPubrel });
                    Send(new PubRecPacket(publish.PacketId));
                    break;
                default:
                    TellReceived(publish);
                    break;
            }
        }

        private void OnPubrec(ushort id)
        {
            _waiting.Remove(id);
            InflightMessage? message = _inflight.Find(m => m.Id == id && m.State == InflightState.WaitForPubrec);
            if (message != null)
            {
                message.State = InflightState.WaitForPubcomp;
                message.Timestamp = Now;
                message.Attempt = 1;
                Send(new PubRelPacket(id));
            }
        }

        private void OnPubrel(ushort id)
        {
            int at = _inflight.FindIndex(m => m.Id == id && m.State == InflightState.WaitForPubrel);
            Send(new PubCompPacket(id)); // also for one that is not known any more
            if (at >= 0)
            {
                var publish = (PublishPacket)_inflight[at].Packet;
                _inflight.RemoveAt(at);
                TellReceived(publish);
            }
        }

        private InflightMessage? Take(ushort id, InflightState state, Predicate<InflightMessage> fits)
        {
            int at = _inflight.FindIndex(m => m.Id == id && m.State == state && fits(m));
            if (at < 0)
            {
                return null;
            }

            if (_inflight[at].IsPublish)
            {
                _session?.Remove(id);
            }

            InflightMessage message = _inflight[at];
            _inflight.RemoveAt(at);
            return message;
        }

        private void TellPublished(InflightMessage message) =>
            Raise(message.Errand, () => MqttMsgPublished?.Invoke(this, new MqttMsgPublishedEventArgs(message.Id, true)));

        /// <summary>Raises an event, and says when its handlers are through: then the board knows.</summary>
        private void Raise(IDisposable? errand, Action raise) => _events.Add(() =>
        {
            try
            {
                raise();
            }
            finally
            {
                errand?.Dispose();
            }
        });

        private void TellReceived(PublishPacket publish)
        {
            var args = new MqttMsgPublishEventArgs(
                publish.Topic,
                publish.Payload.ToArray(),
                publish.Duplicate,
                (MqttQoSLevel)publish.Qos,
                publish.Retain);
            Raise(_board.BeginErrand(), () => MqttMsgPublishReceived?.Invoke(this, args));
        }
    }
}
