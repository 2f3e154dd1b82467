using System;
using Sensors.Node;

namespace Sensors.Simulation
{
    /// <summary>A board's time while it pairs: whatever blocks takes its time from here. The power goes at a moment, or inside a change of the volume.</summary>
    internal sealed class PairingTime(SimVolume volume) : Clock
    {
        private const long ReadMicroseconds = 10;
        private const long StepMicroseconds = 20 * EventQueue.Millisecond;

        private long _now;
        private bool _isIdle;

        /// <summary>Gets or sets what others do while a call of the board's blocks: the tool asks on.</summary>
        public Action? Meanwhile { get; set; }

        /// <summary>Gets or sets the moment at which the power goes, in microseconds.</summary>
        public long CutAt { get; set; } = long.MaxValue;

        /// <summary>Gets true time in microseconds; it goes on without power.</summary>
        public long TrueNow { get; private set; }

        /// <inheritdoc/>
        public override long Microseconds
        {
            get
            {
                Advance(ReadMicroseconds);
                return _now;
            }
        }

        /// <inheritdoc/>
        public override void Wait(int microseconds) => Advance(microseconds);

        /// <inheritdoc/>
        public override void Sleep(int milliseconds) => Block(milliseconds * EventQueue.Millisecond);

        /// <summary>Has a call of the board's take time; others go on.</summary>
        public void Block(long microseconds)
        {
            for (long left = microseconds; left > 0; left -= StepMicroseconds)
            {
                Advance(Math.Min(left, StepMicroseconds));
                if (Meanwhile is { } others && !_isIdle)
                {
                    _isIdle = true;
                    try
                    {
                        others();
                    }
                    finally
                    {
                        _isIdle = false;
                    }
                }
            }
        }

        /// <summary>Starts the board: its own time begins at 0.</summary>
        public void Restart()
        {
            _now = 0;
            Meanwhile = null;
            TrueNow += EventQueue.Second;
        }

        private void Advance(long microseconds)
        {
            if (volume.IsDead)
            {
                throw new PowerCutException();
            }

            _now += microseconds;
            TrueNow += microseconds;
            if (TrueNow >= CutAt)
            {
                CutAt = long.MaxValue;
                volume.Kill();
                throw new PowerCutException();
            }
        }
    }
}
