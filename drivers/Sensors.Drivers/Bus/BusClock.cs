namespace Sensors.Drivers
{
    /// <summary>The time a driver needs: what has passed, and waiting for what the data sheet demands.</summary>
    public abstract class BusClock
    {
        /// <summary>Gets the microseconds since the board started. Never goes back.</summary>
        public abstract long Microseconds { [HotPath] get; }

        /// <summary>Waits at least this long. Short waits are spun, long ones let other threads run.</summary>
        /// <param name="microseconds">0 or more.</param>
        public abstract void Wait(int microseconds);
    }
}
