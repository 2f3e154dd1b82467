using System;

namespace Sensors.Mqtt
{
    /// <content>Keeping a silent connection alive, and finding out that it is dead.</content>
    public sealed partial class MqttClient
    {
        private void ScheduleKeepAlive()
        {
            if (_options.KeepAlive >= TimeSpan.FromSeconds(1))
            {
                // Looking every third of the time keeps the longest silence below two thirds of what was promised.
                TimeSpan period = _options.KeepAlive / 3;
                _keepAliveTimer.Change(period, period < _options.PingTimeout ? period : _options.PingTimeout);
            }
        }

        private void CheckKeepAlive()
        {
            ClientLink? link;
            bool lost;
            lock (_gate)
            {
                link = _link;
                if (link is null)
                {
                    return;
                }

                long now = Environment.TickCount64;
                lost = link.PingSentAt != 0 && now - link.PingSentAt > _options.PingTimeout.TotalMilliseconds;
                long quietSince = Math.Min(link.LastSentAt, link.LastReceivedAt);
                if (link.PingSentAt == 0 && now - quietSince >= _options.KeepAlive.TotalMilliseconds / 3)
                {
                    link.PingSentAt = now;
                    link.LastSentAt = now;
                    link.Transport.TryPost(PingReqPacket.Instance);
                }
            }

            if (lost)
            {
                Fail(link, MqttCloseReason.PingTimeout, null);
            }
        }
    }
}
