using System;

namespace Sensors.VirtualBoard
{
    /// <summary>Where a pace says that virtual time should be by now.</summary>
    /// <remarks>Guarded by the lock of the <see cref="VirtualTime"/> it belongs to.</remarks>
    internal sealed class Pacer
    {
        private readonly RealTime _real;
        private double? _pace;
        private long _realAnchor;
        private long _virtualAnchor;

        public Pacer(RealTime real) => _real = real;

        /// <summary>Gets virtual seconds per real second; null runs as fast as the PC can.</summary>
        public double? Pace => _pace;

        /// <summary>Gets the time that is due now; far away without a pace.</summary>
        public long Now => _pace is double pace ? _virtualAnchor + (long)((_real.Nanoseconds - _realAnchor) * pace) : long.MaxValue;

        /// <summary>Goes on at another pace.</summary>
        /// <param name="pace">More than 0, or null.</param>
        /// <param name="now">The time from which on.</param>
        public void Change(double? pace, long now)
        {
            _pace = pace;
            _realAnchor = _real.Nanoseconds;
            _virtualAnchor = now;
        }

        /// <summary>Forgets a lag beyond a limit.</summary>
        /// <param name="now">The time as it is.</param>
        /// <param name="realLimit">Nanoseconds of real time.</param>
        public void LimitLag(long now, long realLimit)
        {
            if (_pace is double pace)
            {
                _virtualAnchor -= Math.Max(0, Now - now - (long)(realLimit * pace));
            }
        }

        /// <summary>Lets go of a held monitor until about the time when a target is due, or until somebody pulses it.</summary>
        /// <param name="gate">The monitor; the calling thread holds it.</param>
        /// <param name="target">A time that is not due yet.</param>
        public void Wait(object gate, long target)
        {
            if (_pace is double pace)
            {
                _real.Wait(gate, Math.Max(1, (long)((target - Now) / pace)));
            }
        }
    }
}
