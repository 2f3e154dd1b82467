using Sensors.Node;

namespace Sensors.Simulation
{
    /// <summary>A board's time: the crystal is a little off. A call that blocks takes its time from here; who made it is not called again before that is over.</summary>
    internal sealed class SimClock(EventQueue queue, long startedAt, int crystalPpb) : Clock
    {
        private const long Billion = 1_000_000_000;

        /// <summary>Gets the microseconds by which the present call has blocked.</summary>
        public long Blocked { get; private set; }

        /// <summary>Gets true time as the present call sees it.</summary>
        public long TrueNow => queue.Now + Blocked;

        public override long Microseconds => ToBoard(TrueNow);

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

        public override void Wait(int microseconds) => Blocked += microseconds;

        public override void Sleep(int milliseconds) => Blocked += milliseconds * EventQueue.Millisecond;

        public void Block(long microseconds) => Blocked += microseconds;

        /// <summary>Ends the call.</summary>
        public void Release() => Blocked = 0;
    }

    /// <summary>The board's chance.</summary>
    internal sealed class SimChance(SimRandom random) : RandomSource
    {
        public override int Next(int limit) => random.Next(limit);

        public override void Fill(byte[] buffer) => random.Fill(buffer);
    }
}
