using System;
using Sensors.Node;
using Sensors.VirtualBoard;

namespace Sensors.Simulation
{
    /// <summary>A board's time: the crystal is a little off. A call that blocks takes its time from here; who made it is not called again before that is over.</summary>
    internal sealed class SimClock(EventQueue queue, long startedAt, int crystalPpb) : Clock
    {
        private const long Billion = 1_000_000_000;

        private const long ReadNanoseconds = 10_000; // so that a loop that waits for a time ends
        private const long NanosecondsPerMicrosecond = 1000;

        private VirtualTime? _chips;
        private long _chipsAt; // microseconds of the chips' time when the call began
        private long _blocked;

        /// <summary>Gets the microseconds by which the present call has blocked.</summary>
        public long Blocked => _blocked + (_chips is null ? 0 : (_chips.Nanoseconds / NanosecondsPerMicrosecond) - _chipsAt);

        /// <summary>Gets the moment at which the present call began.</summary>
        public long TurnAt => queue.Now;

        /// <summary>Gets true time as the present call sees it.</summary>
        public long TrueNow => queue.Now + Blocked;

        public override long Microseconds
        {
            get
            {
                _chips?.Advance(ReadNanoseconds);
                return ToBoard(TrueNow);
            }
        }

        /// <summary>Tells what the board's clock shows at a moment.</summary>
        public long ToBoard(long trueTime)
        {
            long since = trueTime - startedAt;
            return since + (since / 1000 * crystalPpb / (Billion / 1000));
        }

        /// <summary>Tells when the board has waited for so many milliseconds.</summary>
        public long After(int milliseconds)
        {
            long wait = milliseconds * EventQueue.Millisecond;
            return TrueNow + wait - (wait / 1000 * crystalPpb / (Billion / 1000));
        }

        public override void Wait(int microseconds) => Block(microseconds);

        public override void Sleep(int milliseconds) => Block(milliseconds * EventQueue.Millisecond);

        public void Block(long microseconds)
        {
            if (_chips is null)
            {
                _blocked += microseconds;
            }
            else
            {
                _chips.Advance(microseconds * NanosecondsPerMicrosecond);
            }
        }

        /// <summary>Begins a call that works with chips: until its end their time and the node's are one.</summary>
        public void BeginTurn(VirtualTime chips)
        {
            if (_chips is null)
            {
                long behind = queue.Now - startedAt - (chips.Nanoseconds / NanosecondsPerMicrosecond);
                chips.Advance(Math.Max(0, behind) * NanosecondsPerMicrosecond);
                _chipsAt = chips.Nanoseconds / NanosecondsPerMicrosecond;
                _chips = chips;
            }
        }

        /// <summary>Ends the call.</summary>
        public void Release()
        {
            _blocked = 0;
            _chips = null;
        }
    }

    /// <summary>The board's chance.</summary>
    internal sealed class SimChance(SimRandom random) : RandomSource
    {
        public override int Next(int limit) => random.Next(limit);

        public override void Fill(byte[] buffer) => random.Fill(buffer);
    }
}
