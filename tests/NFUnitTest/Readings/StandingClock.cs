using Sensors.Node;

namespace NFUnitTest.Readings
{
    /// <summary>A clock that stands five seconds after the start.</summary>
    internal sealed class StandingClock : Clock
    {
        /// <inheritdoc/>
        public override long Microseconds
        {
            get { return 5000000; }
        }

        /// <inheritdoc/>
        public override void Wait(int microseconds)
        {
        }

        /// <inheritdoc/>
        public override void Sleep(int milliseconds)
        {
        }
    }
}
