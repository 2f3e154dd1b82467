using System;
using System.IO;
using System.Threading.Tasks;

namespace Sensors.Mqtt
{
    /// <content>What comes from the server.</content>
    public sealed partial class MqttClient
    {
        private async Task ReceiveAsync(ClientLink link)
        {
            MqttClosed reason;
            try
            {
                while (await link.Transport.ReceiveAsync().ConfigureAwait(false) is { } packet)
                {
                    link.LastReceivedAt = Environment.TickCount64;
                    Handle(link, packet);
                }

                reason = new MqttClosed(MqttCloseReason.RemoteClosed, null);
            }
            catch (MqttProtocolException e)
            {
                reason = new MqttClosed(MqttCloseReason.ProtocolError, e);
            }
            catch (IOException e)
            {
                reason = new MqttClosed(MqttCloseReason.NetworkError, e);
            }
            catch (Exception e)
            {
                reason = new MqttClosed(MqttCloseReason.CallbackFailed, e);
            }

            lock (_gate)
            {
                Detach(link);
            }

            link.Transport.Dispose();
            if (_options.CleanSession)
            {
                FailSession();
            }

            Closed?.Invoke(link.LocalReason ?? reason);
        }

        private void Handle(ClientLink link, MqttPacket packet)
        {
            switch (packet)
            {
                case PublishPacket publish:
                    if (link.Accept(publish) is { } message)
                    {
                        MessageReceived?.Invoke(message);
                        if (!_options.ManualAcknowledge)
                        {
                            message.Acknowledge();
                        }
                    }

                    break;
                case PubAckPacket ack:
                    Finish(link, ack.PacketId, MqttQos.AtLeastOnce);
                    break;
                case PubRecPacket rec:
                    lock (_gate)
                    {
                        _session.Release(rec.PacketId);
                        link.Transport.TryPostAcknowledgement(MqttPacketType.PubRel, rec.PacketId);
                    }

                    break;
                case PubRelPacket rel:
                    link.Release(rel.PacketId);
                    break;
                case PubCompPacket comp:
                    Finish(link, comp.PacketId, MqttQos.ExactlyOnce);
                    break;
                case SubAckPacket ack:
                    Answer(ack.PacketId, ack);
                    break;
                case UnsubAckPacket ack:
                    Answer(ack.PacketId, ack);
                    break;
                case PingRespPacket:
                    lock (_gate)
                    {
                        link.PingSentAt = 0;
                    }

                    break;
                default:
                    throw new MqttProtocolException("MQTT-4.8.0-1", packet.Type + " came from the server after CONNACK.");
            }
        }

        private void Finish(ClientLink link, ushort id, MqttQos qos)
        {
            OutgoingMessage? message;
            lock (_gate)
            {
                message = _session.Complete(id, qos);
                if (link == _link)
                {
                    _session.Pump(link.Transport, _isRequest);
                }
            }

            message?.Done.TrySetResult();
        }

        private void Answer(ushort id, MqttPacket answer)
        {
            TaskCompletionSource<MqttPacket>? waiting;
            lock (_gate)
            {
                _requests.Remove(id, out waiting);
            }

            waiting?.TrySetResult(answer);
        }
    }
}
