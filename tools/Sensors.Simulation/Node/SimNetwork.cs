using Sensors.Node;

namespace Sensors.Simulation
{
    /// <summary>A board's Wi-Fi and the clock that the platform keeps beside the node's: a time server sets it, certificates are judged by it.</summary>
    internal sealed class SimNetwork(SimClock clock, SimRandom random, SimSite site, long heldUtc) : Network
    {
        private const long AskedAgain = EventQueue.Hour; // the platform's own period

        private long _utcAtStart = heldUtc == 0 ? 0 : heldUtc - clock.Milliseconds; // by the board's clock
        private readonly long _held = heldUtc;
        private bool _joined;
        private bool _asked;
        private long _answerAt = long.MaxValue;
        private bool _answered;

        public override bool IsUp => _joined && site.IsRadioUp;

        /// <summary>Gets what the platform's clock shows, in milliseconds since 1970.</summary>
        public long PlatformUtc => _utcAtStart + clock.Milliseconds;

        /// <summary>Gets what a restart without loss of power keeps; 0 when the clock was never set.</summary>
        public long HeldOrKnown => _utcAtStart == 0 ? 0 : PlatformUtc;

        public override string? Join(Settings settings)
        {
            _joined = site.IsRadioUp;
            clock.Block(_joined ? random.Between(800, 4000) * EventQueue.Millisecond : random.Between(5, 20) * EventQueue.Second);
            return _joined ? null : "no access point";
        }

        public override void Leave() => _joined = false;

        public override void StartTime(string server)
        {
            _asked = true;
            _answerAt = clock.TrueNow + (random.Between(20, 800) * EventQueue.Millisecond);
        }

        public override long CheckTime()
        {
            if (_asked && clock.TrueNow >= _answerAt && IsUp && !site.IsTimeBlocked)
            {
                long error = random.Between(-20, 20) + site.TimeServerStep;
                _utcAtStart = site.UtcAt(clock.TrueNow) + error - clock.Milliseconds;
                _answered = true;
                _answerAt = clock.TrueNow + AskedAgain;
            }

            return _answered ? PlatformUtc : 0;
        }

        public override long HeldTime() => _held == 0 ? 0 : PlatformUtc;

        public override void SetTime(long utc)
        {
            if (!_answered)
            {
                _utcAtStart = utc - clock.Milliseconds; // once a time server has set it, it goes on to do so
            }
        }
    }
}
