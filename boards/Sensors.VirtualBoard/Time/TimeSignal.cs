using NanoFramework.Pc;

namespace Sensors.VirtualBoard
{
    /// <summary>What a thread of a board waits for in the board's time, until another sets it. For one thread to wait for.</summary>
    internal sealed class TimeSignal(VirtualEsp32 board) : BoardSignal
    {
        private const long NanosecondsPerMillisecond = 1_000_000;

        /// <summary>Gets or sets whether it is set. Guarded by the lock of the time.</summary>
        public bool IsSet { get; set; }

        /// <summary>Gets or sets when the thread that waits wakes without it; null while none waits. Guarded by the lock of the time.</summary>
        public long? Wake { get; set; }

        /// <inheritdoc/>
        public override void Set() => board.Time.Set(this);

        /// <inheritdoc/>
        public override bool Wait(int milliseconds)
        {
            board.ThrowIfOff();
            bool set = board.Time.Sleep(milliseconds * NanosecondsPerMillisecond, this);
            board.ThrowIfOff();
            return set;
        }
    }
}
