using Sensors.Drivers;

namespace Sensors.Node
{
    /// <summary>Gets the node its UTC: what it can hold on to at start, then a time server's, then, where that is blocked, the edge's.</summary>
    /// <remarks>
    /// Steps only, never slewing: everything is taken at a time since start, numbers order it, and what was stamped keeps its stamp. The link's
    /// thread calls all but the constructor and <see cref="Hold"/>, which come before it runs.
    /// </remarks>
    public sealed class TimeKeeper
    {
        /// <summary>How often it looks for an answer, in milliseconds.</summary>
        public const int PollMilliseconds = 100;

        /// <summary>How far a time server's answer may be off, in milliseconds.</summary>
        /// <remarks>
        /// The device's client takes the answer as it comes, without the way back: it is late by one way of the packet, tens of milliseconds over
        /// Wi-Fi and the internet, and the clock is read in ticks of 10 ms. Servers themselves are better than that.
        /// </remarks>
        public const int ServerUncertainty = 100;

        /// <summary>The longest round trip of the edge's answer that is taken, in milliseconds.</summary>
        public const int LongestRoundTrip = 10000;

        /// <summary>How old a synchronisation may be before the node asks the edge for a better one, in milliseconds.</summary>
        public const int GoodMilliseconds = 3600000;

        private const long Earliest = 1735689600000; // 2025-01-01: before there was this firmware
        private const long Latest = 4102444800000; // 2100-01-01
        private const int GraceMilliseconds = 3000; // first readings wait this long for a true time
        private const int AskAgainMilliseconds = 60000; // a server that was blocked may not be for ever
        private const int SameAnswer = 2; // milliseconds: board and node count by one crystal, only an answer moves one against the other

        private readonly Clock _clock;
        private readonly Network _network;
        private readonly Settings _settings;
        private readonly NodeHealth _health;
        private bool _asked;
        private long _askedAt;
        private long _checkAt;
        private long _askAgainAt;
        private long _answer; // UTC at start by the last answer of a time server
        private long _syncedAt;

        /// <summary>Makes a keeper that has asked nobody yet, and gives the clock the latest time there is to hold on to.</summary>
        /// <param name="parts">The board's parts.</param>
        /// <param name="settings">Name the time server, and when they were written.</param>
        /// <param name="health">Takes the count of steps.</param>
        public TimeKeeper(NodeParts parts, Settings settings, NodeHealth health)
        {
            _clock = parts.Clock;
            _network = parts.Network;
            _settings = settings;
            _health = health;
            Hold(_network.HeldTime(), Clock.UnknownUncertainty);
            Hold(parts.BuildUtc, Clock.UnknownUncertainty);
            Hold(settings.WrittenUtc, Clock.UnknownUncertainty);
        }

        /// <summary>Gets whether the node would take the edge's time: it has none of its own, or an old one. The status message then says so.</summary>
        public bool WantsTime
        {
            [HotPath]
            get { return _clock.State != ClockState.Synced || _clock.Milliseconds - _syncedAt > GoodMilliseconds; }
        }

        /// <summary>Gets how far the clock may be off now, in milliseconds; <see cref="Clock.UnknownUncertainty"/> when nobody knows.</summary>
        public long Uncertainty
        {
            get { return _clock.UncertaintyAt(_clock.Milliseconds); }
        }

        /// <summary>Names a time that has passed for certain: UTC is this, or later. The latest that is named counts until UTC is known.</summary>
        /// <param name="utc">UTC in milliseconds since 1970-01-01; 0 for none.</param>
        /// <param name="uncertainty">How far it may be off now, in milliseconds; <see cref="Clock.UnknownUncertainty"/> when nobody knows.</param>
        public void Hold(long utc, long uncertainty)
        {
            if (utc < Earliest || utc > Latest || _clock.State == ClockState.Synced
                || (_clock.State == ClockState.Holdover && utc <= _clock.ToUtc(_clock.Milliseconds)))
            {
                return;
            }

            _clock.SetUtc(utc, ClockState.Holdover, uncertainty);
            _network.SetTime(utc); // certificates are judged by the board's own clock: never by 1970
        }

        /// <summary>Says that the node has joined a network: the time server is asked anew.</summary>
        public void Joined()
        {
            _asked = false;
        }

        /// <summary>Tells whether UTC is known, or has been waited for long enough: a blocked time server delays nothing else.</summary>
        /// <param name="now">Milliseconds since start.</param>
        /// <returns>False while it is worth waiting.</returns>
        public bool HasTime(long now)
        {
            if (!_asked)
            {
                Ask(now);
                _asked = true;
                _askedAt = now;
                _checkAt = now;
            }

            Step(now);
            return _clock.State == ClockState.Synced || now - _askedAt >= GraceMilliseconds;
        }

        /// <summary>Looks for an answer when it is time to.</summary>
        /// <param name="now">Milliseconds since start.</param>
        public void Step(long now)
        {
            if (now < _checkAt)
            {
                return;
            }

            long utc = _network.CheckTime();
            if (utc != 0 && TakeAnswer(utc, now))
            {
                _askAgainAt = now + GoodMilliseconds;
                _checkAt = _askAgainAt;
                return;
            }

            if (now >= _askAgainAt)
            {
                Ask(now);
            }

            _checkAt = now + PollMilliseconds;
        }

        /// <summary>Takes the edge's time, where the node has none that is as good.</summary>
        /// <param name="utc">UTC when the edge wrote it, in milliseconds since 1970-01-01.</param>
        /// <param name="asked">What the status message told, to which this is the answer: milliseconds since start.</param>
        /// <param name="uncertainty">How far the edge's clock may be off, in milliseconds.</param>
        /// <param name="now">Milliseconds since start.</param>
        /// <returns>Null when the clock was set; otherwise why not.</returns>
        public string Offer(long utc, long asked, long uncertainty, long now)
        {
            long trip = now - asked;
            if (trip < 0 || trip > LongestRoundTrip)
            {
                return trip < 0 ? "this answers no question of this start" : "the answer took " + trip.ToString() + " ms: no more than " + LongestRoundTrip.ToString() + " are taken";
            }

            if (utc < Earliest || utc > Latest)
            {
                return "\"ts\" is no time of these days";
            }

            // The question left the node at 0 and this comes at the trip's end: the edge wrote it at some moment between.
            long off = uncertainty + ((trip + 1) / 2);
            long mine = _clock.UncertaintyAt(now);
            if (_clock.State == ClockState.Synced && mine >= 0 && mine <= off)
            {
                return "the node's clock is as good: off by at most " + mine.ToString() + " ms";
            }

            Synchronise(utc + (trip / 2), off, now);
            _network.SetTime(_clock.ToUtc(_clock.Milliseconds));
            return null;
        }

        // False for the last answer, still: the server may have fallen silent since.
        private bool TakeAnswer(long utc, long now)
        {
            long atStart = utc - _clock.Milliseconds;
            long moved = atStart - _answer;
            if (_answer != 0 && moved <= SameAnswer && moved >= -SameAnswer)
            {
                return false;
            }

            _answer = atStart;
            long mine = _clock.UncertaintyAt(now);
            if (_clock.State != ClockState.Synced || mine < 0 || mine >= ServerUncertainty)
            {
                Synchronise(utc, ServerUncertainty, now);
            }

            return true;
        }

        private void Synchronise(long utc, long uncertainty, long now)
        {
            long mine = _clock.UncertaintyAt(now);
            long step = utc - _clock.ToUtc(_clock.Milliseconds);
            if (mine >= 0 && (step > mine + uncertainty || -step > mine + uncertainty))
            {
                _health.ClockSteps++; // one of the two clocks promised more than it kept
            }

            _clock.SetUtc(utc, ClockState.Synced, uncertainty);
            _syncedAt = now;
        }

        private void Ask(long now)
        {
            _network.StartTime(_settings.NtpServer);
            _askAgainAt = now + AskAgainMilliseconds;
        }
    }
}
