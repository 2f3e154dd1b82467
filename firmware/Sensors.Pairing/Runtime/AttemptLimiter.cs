using Sensors.Node;

namespace Sensors.Pairing
{
    /// <summary>Slows down who guesses: after n wrong codes in a row the next is not looked at for min(2^(n-1), 60) seconds, across restarts.</summary>
    public sealed class AttemptLimiter
    {
        /// <summary>The longest wait, in seconds.</summary>
        public const int LongestSeconds = 60;

        private const int MostDoublings = 6; // 2^6 is more than the longest

        private readonly PairingRecord _record;
        private readonly Clock _clock;
        private long _until;

        /// <summary>Makes a limiter. The wait begins anew: a restart saves nobody time.</summary>
        /// <param name="record">Keeps the count.</param>
        /// <param name="clock">The node's time.</param>
        public AttemptLimiter(PairingRecord record, Clock clock)
        {
            _record = record;
            _clock = clock;
            Begin();
        }

        /// <summary>Gets how long it is until an attempt is looked at, in milliseconds.</summary>
        public long WaitMilliseconds
        {
            get
            {
                long wait = _until - _clock.Milliseconds;
                return wait > 0 ? wait : 0;
            }
        }

        /// <summary>Tells the wait after a number of wrong codes in a row.</summary>
        /// <param name="failures">How many.</param>
        /// <returns>Seconds.</returns>
        public static int SecondsAfter(int failures)
        {
            int seconds = failures == 0 ? 0 : failures > MostDoublings ? LongestSeconds : 1 << (failures - 1);
            return seconds < LongestSeconds ? seconds : LongestSeconds;
        }

        /// <summary>Counts a wrong code. Durable before anybody is told.</summary>
        public void CountFailure()
        {
            _record.CountFailure();
            Begin();
        }

        /// <summary>Begins anew after the right one.</summary>
        public void Reset()
        {
            _record.ForgetFailures();
            _until = 0;
        }

        private void Begin()
        {
            _until = _clock.Milliseconds + (SecondsAfter(_record.Failures) * 1000L);
        }
    }
}
