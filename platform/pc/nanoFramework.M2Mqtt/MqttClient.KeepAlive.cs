using System;
using System.Threading;
using Sensors.Mqtt;

namespace nanoFramework.M2Mqtt
{
    /// <content>The timer behind retries and keep-alive. Everything here runs under the gate.</content>
    public partial class MqttClient
    {
        private ITimer? _timer;
        private long _keepAlive; // milliseconds; 0 for none
        private long _lastSent;
        private long _pingSent; // 0 when no answer is awaited

        private long Now => (_time.GetTimestamp() * 1000 / _time.TimestampFrequency) + 1; // never 0

        private void OnTimer()
        {
            lock (_gate)
            {
                if (!_working || _closing)
                {
                    return;
                }

                if (IsDead)
                {
                    CloseSoon();
                    return;
                }

                KeepAlive();
                Pump();
            }
        }

        private void KeepAlive()
        {
            if (_keepAlive == 0)
            {
                return;
            }

            if (_pingSent != 0)
            {
                if (Now - _pingSent >= _keepAlive)
                {
                    CloseSoon();
                }
            }
            else if (Now - _lastSent >= _keepAlive)
            {
                Send(PingReqPacket.Instance);
                _pingSent = _lastSent;
            }
        }

        private void SetTimer()
        {
            if (!_working || _closing || _timer == null)
            {
                return;
            }

            long due = long.MaxValue;
            foreach (InflightMessage message in _inflight)
            {
                if (message.Waits)
                {
                    due = Math.Min(due, message.Timestamp + Settings.DelayOnRetry);
                }
            }

            if (_keepAlive != 0)
            {
                due = Math.Min(due, (_pingSent != 0 ? _pingSent : _lastSent) + _keepAlive);
            }

            TimeSpan wait = due == long.MaxValue ? Timeout.InfiniteTimeSpan : TimeSpan.FromMilliseconds(Math.Max(0, due - Now));
            _timer.Change(wait, Timeout.InfiniteTimeSpan);
        }
    }
}
