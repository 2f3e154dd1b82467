using Sensors.Drivers;

namespace Sensors.Node
{
    /// <summary>The node's time: microseconds since start, and UTC with its quality laid over them.</summary>
    /// <remarks>
    /// Everything is taken at a time since start; UTC is computed when a message is written. So a reading taken before the
    /// first synchronisation gets its true time as soon as that is known, and a stepped clock never orders readings wrongly.
    /// </remarks>
    public abstract class Clock : BusClock
    {
        private readonly object _gate = new object();
        private long _utcAtStart; // UTC milliseconds at the board's start, as known now
        private ClockState _state;
        private long _setAt;      // milliseconds since start
        private long _uncertainty = UnknownUncertainty;

        /// <summary>The value of <see cref="UncertaintyAt"/> when nobody knows.</summary>
        public const long UnknownUncertainty = -1;

        /// <summary>How far the board's crystal may be off, in parts per million: what an ESP32's module states over temperature, ageing included.</summary>
        public const int DriftPpm = 50;

        /// <summary>Gets the milliseconds since the board started.</summary>
        public long Milliseconds
        {
            [HotPath]
            get { return Microseconds / 1000; }
        }

        /// <summary>Gets how far UTC can be trusted.</summary>
        public ClockState State
        {
            [HotPath]
            get { lock (_gate) { return _state; } }
        }

        /// <summary>Lets other threads run for at least this long.</summary>
        /// <param name="milliseconds">0 or more; a device rounds up to its 10 ms tick.</param>
        public abstract void Sleep(int milliseconds);

        /// <summary>Sets UTC.</summary>
        /// <param name="utcMilliseconds">Milliseconds since 1970-01-01T00:00:00Z, at this moment.</param>
        /// <param name="state">How it is known.</param>
        /// <param name="uncertainty">How far it may be off now, in milliseconds; <see cref="UnknownUncertainty"/> when nobody knows.</param>
        public void SetUtc(long utcMilliseconds, ClockState state, long uncertainty = UnknownUncertainty)
        {
            lock (_gate)
            {
                _setAt = Milliseconds;
                _utcAtStart = utcMilliseconds - _setAt;
                _state = state;
                _uncertainty = uncertainty;
            }
        }

        /// <summary>Tells how far UTC may be off: as it was set, and the crystal's drift since.</summary>
        /// <param name="milliseconds">Milliseconds since the board started.</param>
        /// <returns>Milliseconds, or <see cref="UnknownUncertainty"/>.</returns>
        [HotPath]
        public long UncertaintyAt(long milliseconds)
        {
            lock (_gate)
            {
                if (_uncertainty < 0)
                {
                    return UnknownUncertainty;
                }

                long apart = milliseconds > _setAt ? milliseconds - _setAt : _setAt - milliseconds;
                return _uncertainty + ((apart * DriftPpm) / 1000000);
            }
        }

        /// <summary>Tells the UTC of a time since start.</summary>
        /// <param name="milliseconds">Milliseconds since the board started.</param>
        /// <returns>Milliseconds since 1970-01-01T00:00:00Z; counted from 1970 itself while the state is <see cref="ClockState.Unset"/>.</returns>
        [HotPath]
        public long ToUtc(long milliseconds)
        {
            lock (_gate)
            {
                return _utcAtStart + milliseconds;
            }
        }
    }

    /// <summary>How far the node's UTC can be trusted.</summary>
    public enum ClockState
    {
        /// <summary>Never set: times count from 1970.</summary>
        Unset = 0,

        /// <summary>Carried over from build, journal or pairing: right to the length of the time without power.</summary>
        Holdover = 1,

        /// <summary>Set by a time server or the edge since this start.</summary>
        Synced = 2,
    }
}
