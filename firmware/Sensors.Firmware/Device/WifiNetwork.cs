using System;
using System.Diagnostics.CodeAnalysis;
using System.Threading;
using nanoFramework.Networking;
using nanoFramework.Runtime.Native;
using Sensors.Node;
#if NETNANO1_0
using DateTime = System.DateTime;
#else
using DateTime = NanoFramework.Pc.Device.DateTime; // the virtual board's wall clock
#endif

namespace Sensors.Firmware
{
    /// <summary>Wi-Fi by the package's helper, and the time by SNTP.</summary>
    public sealed class WifiNetwork : Network
    {
        private const int JoinMilliseconds = 20000;

        // 2025-01-01: the device's clock starts long before, so a later time can only come from a time server.
        private const long SureTicks = 638712864000000000;
        private const long EpochTicks = 621355968000000000; // 1970-01-01
        private const int TicksPerMillisecond = 10000;

        // A clock that is set already is put this far back, so that a time server's answer shows as a step.
        private const long MarkTicks = 30L * 1000 * TicksPerMillisecond;

        // An answer shows when it is off the mark by more than this; the two clocks run by one crystal.
        private const long SureStepTicks = 10L * 1000 * TicksPerMillisecond;

        private readonly Clock _clock;
        private long _heldTicks;               // 0 when the clock was not set
        private long _heldAt;                  // milliseconds since start
        private long _markTicks;               // how far back the board's clock was put
        private bool _begun;                   // the helper holds an association, or the rest of one
        private bool _asked;
        private bool _joined;
        private bool _told;                    // a time server has set the clock

        /// <summary>Makes the network; nothing is joined yet. Takes note of a time that survived a restart.</summary>
        /// <param name="clock">The node's time.</param>
        [SuppressMessage("Sensors", "RS0030", Justification = "Where the clock gets its UTC from: the package tells nothing else.")]
        public WifiNetwork(Clock clock)
        {
            _clock = clock;
            long ticks = DateTime.UtcNow.Ticks;
            if (ticks >= SureTicks)
            {
                Hold(ticks);
            }
        }

        /// <inheritdoc/>
        public override bool IsUp
        {
            get { return _joined && WifiNetworkHelper.Status == NetworkHelperStatus.NetworkIsReady; }
        }

        /// <inheritdoc/>
        public override string Join(Settings settings)
        {
            CancellationTokenSource limit = new CancellationTokenSource(JoinMilliseconds);
            try
            {
                if (_begun)
                {
                    WifiNetworkHelper.Reset(); // the helper refuses a second set-up otherwise
                }

                _begun = true;
                _joined = WifiNetworkHelper.ConnectDhcp(settings.WifiSsid, settings.WifiPassword, token: limit.Token);
                if (_joined)
                {
                    return null;
                }

                Exception why = WifiNetworkHelper.HelperException;
                return "Wi-Fi " + settings.WifiSsid + ": " + (why == null ? "no address in time" : why.Message);
            }
            catch (Exception exception)
            {
                // A radio that refuses is no reason to restart the node: it is asked again.
                _joined = false;
                return "Wi-Fi " + settings.WifiSsid + ": " + exception.Message;
            }
            finally
            {
                limit.Dispose();
            }
        }

        /// <inheritdoc/>
        public override void Leave()
        {
            _joined = false;
        }

        /// <inheritdoc/>
        /// <remarks>
        /// Asked again, the mark is another one: an answer that happens to lie where the mark is does not show, and cannot lie at both.
        /// </remarks>
        public override void StartTime(string server)
        {
            if (_asked && _heldTicks != 0 && CheckTime() == 0)
            {
                Mark(_markTicks == MarkTicks ? 2 * MarkTicks : MarkTicks);
            }

            _asked = true;

            try
            {
                Sntp.Server1 = server;
                if (!Sntp.IsStarted)
                {
                    Sntp.Start();
                }

                Sntp.UpdateNow();
            }
            catch (Exception)
            {
                // As good as a server that is blocked, and no reason to restart the node: it is asked again after the next join.
            }
        }

        /// <inheritdoc/>
        [SuppressMessage("Sensors", "RS0030", Justification = "Where the clock gets its UTC from: the package sets nothing else.")]
        public override long CheckTime()
        {
            long ticks = DateTime.UtcNow.Ticks;
            if (!_told && ticks >= SureTicks)
            {
                // Either way off the mark: the time held may have been ahead of the true one.
                long off = ticks - (Held() - _markTicks);
                _told = _heldTicks == 0 || off > SureStepTicks || off < -SureStepTicks;
            }

            return _told ? (ticks - EpochTicks) / TicksPerMillisecond : 0;
        }

        /// <inheritdoc/>
        /// <remarks>Left alone once a time server has set it, which goes on to do so.</remarks>
        public override void SetTime(long utc)
        {
            if (CheckTime() == 0)
            {
                Hold((utc * TicksPerMillisecond) + EpochTicks);
            }
        }

        /// <summary>Puts the clock right again where it still shows the mark. Before a restart, each of which would otherwise take the node
        /// 30 s further from the true time.</summary>
        public void Unmark()
        {
            if (_heldTicks != 0 && CheckTime() == 0)
            {
                Rtc.SetSystemTime(new System.DateTime(Held()));
            }
        }

        /// <inheritdoc/>
        public override long HeldTime()
        {
            return _heldTicks == 0 ? 0 : (Held() - EpochTicks) / TicksPerMillisecond;
        }

        private void Hold(long ticks)
        {
            _heldTicks = ticks;
            _heldAt = _clock.Milliseconds;
            Mark(MarkTicks);
        }

        private void Mark(long ticks)
        {
            _markTicks = ticks;
            Rtc.SetSystemTime(new System.DateTime(Held() - ticks));
        }

        private long Held()
        {
            return _heldTicks + ((_clock.Milliseconds - _heldAt) * TicksPerMillisecond);
        }
    }
}
