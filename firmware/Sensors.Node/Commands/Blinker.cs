using Sensors.Drivers;

namespace Sensors.Node
{
    /// <summary>Blinks the board's light for a while, twice a second, so that a person finds the node.</summary>
    public sealed class Blinker : NodeTask
    {
        /// <summary>How long the light is on, and off, in milliseconds.</summary>
        public const int HalfPeriodMilliseconds = 250;

        private readonly object _gate = new object();
        private readonly Indicator _light;
        private long _until;
        private bool _lit;

        /// <summary>Makes a blinker that is dark.</summary>
        /// <param name="light">The light.</param>
        public Blinker(Indicator light)
        {
            _light = light;
        }

        /// <summary>Begins to blink, or stops. From any thread.</summary>
        /// <param name="until">The time to stop at, in milliseconds since start.</param>
        public void BlinkUntil(long until)
        {
            lock (_gate)
            {
                _until = until;
            }
        }

        /// <inheritdoc/>
        [HotPath]
        public override int Step(long now)
        {
            bool blinks;
            lock (_gate)
            {
                blinks = now < _until;
            }

            bool on = blinks && !_lit;
            if (on != _lit)
            {
                _lit = on;
                _light.Set(on);
            }

            return HalfPeriodMilliseconds;
        }
    }
}
