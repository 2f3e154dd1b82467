using Sensors.Drivers;

namespace NFUnitTest.Drivers
{
    /// <summary>A clock that moves by the waits alone.</summary>
    internal sealed class SteppedClock : BusClock
    {
        private long _now;

        public override long Microseconds => _now;

        public override void Wait(int microseconds)
        {
            _now += microseconds;
        }
    }
}
