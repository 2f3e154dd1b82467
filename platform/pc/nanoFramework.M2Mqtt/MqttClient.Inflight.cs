using System;
using System.Collections.Generic;
using System.Text;
using System.Threading;
using nanoFramework.M2Mqtt.Messages;
using Sensors.Mqtt;

namespace nanoFramework.M2Mqtt
{
    /// <content>Messages on their way. Everything here runs under the gate.</content>
    public partial class MqttClient
    {
        private static readonly char[] Wildcards = { '#', '+' };
        private static readonly UTF8Encoding MqttUtf8 = new(false, false);

        private readonly List<InflightMessage> _inflight = new();
        private readonly HashSet<ushort> _waiting = new(); // publications whose answer has not come; emptied by Close
        private Dictionary<ushort, InflightMessage>? _session; // what outlives a close: publications only
        private bool _working;
        private bool _pumpQueued;

        private bool Enqueue(InflightMessage message)
        {
            lock (_gate)
            {
                if (message.IsPublish && message.Qos != MqttQoSLevel.AtMostOnce)
                {
                    _waiting.Add(message.Id);
                }

                if (_inflight.Count >= Settings.InflightQueueSize)
                {
                    return false;
                }

                _inflight.Add(message);
                message.Errand = message.Qos != MqttQoSLevel.AtMostOnce ? _board.BeginErrand() : null;
                if (message.IsPublish && message.Qos != MqttQoSLevel.AtMostOnce && _session != null)
                {
                    _session[message.Id] = message;
                }

                if (_working && !_pumpQueued)
                {
                    // Sent on another thread: the payload is read then, and once more for every further attempt.
                    _pumpQueued = true;
                    ThreadPool.UnsafeQueueUserWorkItem(static client => client.RunPump(), this, preferLocal: false);
                }

                return true;
            }
        }

        private void RunPump()
        {
            lock (_gate)
            {
                _pumpQueued = false;
                Pump();
            }
        }

        private void RestoreSession()
        {
            if (CleanSession)
            {
                _session?.Clear();
                return;
            }

            if (_session == null)
            {
                _session = new Dictionary<ushort, InflightMessage>();
                return;
            }

            foreach (InflightMessage message in _session.Values)
            {
                if (!_inflight.Contains(message))
                {
                    _inflight.Add(message);
                }

                message.State = message.State switch
                {
                    InflightState.WaitForAck or InflightState.WaitForPubrec => InflightState.Queued,
                    InflightState.WaitForPubcomp => InflightState.SendPubrel,
                    _ => message.State,
                };
            }
        }

        /// <summary>Sends what is due, gives up what was tried often enough, and sets the timer for the rest.</summary>
        private void Pump()
        {
            if (!_working || _closing)
            {
                return;
            }

            long now = Now;
            for (int i = 0; i < _inflight.Count && _working && !_closing; i++)
            {
                InflightMessage message = _inflight[i];
                if (message.Waits && now - message.Timestamp >= Settings.DelayOnRetry && !TryAgain(message))
                {
                    _inflight.RemoveAt(i--);
                    continue;
                }

                if (message.State == InflightState.Queued && !SendQueued(message, now))
                {
                    _inflight.RemoveAt(i--);
                }
                else if (message.State == InflightState.SendPubrel)
                {
                    message.State = InflightState.WaitForPubcomp;
                    message.Timestamp = now;
                    message.Attempt++;
                    Send(new PubRelPacket(message.Id));
                }
            }

            SetTimer();
        }

        /// <summary>Decides about a message whose answer is late.</summary>
        /// <returns>False when it was tried often enough: it is told as not published, and forgotten.</returns>
        private bool TryAgain(InflightMessage message)
        {
            if (message.Attempt < Settings.AttemptsOnRetry)
            {
                message.State = message.State == InflightState.WaitForPubcomp ? InflightState.SendPubrel : InflightState.Queued;
                return true;
            }

            if (message.IsPublish)
            {
                _session?.Remove(message.Id);
                _events.Add(() => MqttMsgPublished?.Invoke(this, new MqttMsgPublishedEventArgs(message.Id, false)));
            }

            return false; // nobody is told of a subscription that was never answered
        }

        /// <summary>Sends a message for the first time, or again.</summary>
        /// <returns>False when it is done with.</returns>
        private bool SendQueued(InflightMessage message, long now)
        {
            if (!message.Valid)
            {
                CloseSoon();
                return true;
            }

            if (message.IsPublish && message.Qos == MqttQoSLevel.AtMostOnce)
            {
                Send(message.Packet);
                return _closing; // one that could not be sent stays, until the close empties the queue
            }

            message.Attempt++;
            message.Timestamp = now;
            MqttPacket packet = message.Packet;
            if (packet is PublishPacket publish && message.Attempt > 1)
            {
                // Answered meanwhile, or so it is taken. After a close nothing is waited for any more: what had been sent
                // and not acknowledged before is dropped here without a word, only what had never been sent goes out.
                if (!_waiting.Contains(message.Id))
                {
                    _session?.Remove(message.Id);
                    return false;
                }

                packet = publish with { Duplicate = true };
            }

            message.State = message.IsPublish && message.Qos == MqttQoSLevel.ExactlyOnce ? InflightState.WaitForPubrec : InflightState.WaitForAck;
            Send(packet);
            return true;
        }

        private void Send(MqttPacket packet)
        {
            try
            {
                (_transport ?? throw new InvalidOperationException("There is no connection.")).Post(packet);
                _lastSent = Now;
            }
            catch (Exception)
            {
                CloseSoon();
            }
        }
    }
}
