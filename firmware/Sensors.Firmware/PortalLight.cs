using Sensors.Node;

namespace Sensors.Firmware
{
    /// <summary>The light of a node that is to be paired: short flashes while it waits, fast ones while it tries, and whatever identify wants before both.</summary>
    public sealed class PortalLight : Indicator
    {
        /// <summary>From one flash to the next while it waits, in milliseconds.</summary>
        public const int WaitingMilliseconds = 2000;

        /// <summary>From one flash to the next while it tries, in milliseconds.</summary>
        public const int TryingMilliseconds = 200;

        private const int FlashMilliseconds = 100;

        private readonly object _gate = new object();
        private readonly Indicator _light;
        private readonly Clock _clock;
        private long _identifyUntil;
        private bool _lit;

        /// <summary>Makes one that is dark.</summary>
        /// <param name="light">The board's light.</param>
        /// <param name="clock">The node's time.</param>
        public PortalLight(Indicator light, Clock clock)
        {
            _light = light;
            _clock = clock;
        }

        /// <inheritdoc/>
        /// <remarks>By identify, which switches it every quarter of a second: as long as that goes on, nothing else shows.</remarks>
        public override void Set(bool on)
        {
            lock (_gate)
            {
                _identifyUntil = _clock.Milliseconds + (2 * Blinker.HalfPeriodMilliseconds);
                Show(on);
            }
        }

        /// <summary>Shows how the node stands.</summary>
        /// <param name="now">Milliseconds since start.</param>
        /// <param name="tries">Whether it tries settings.</param>
        public void Step(long now, bool tries)
        {
            lock (_gate)
            {
                if (now >= _identifyUntil)
                {
                    Show(now % (tries ? TryingMilliseconds : WaitingMilliseconds) < FlashMilliseconds);
                }
            }
        }

        private void Show(bool on)
        {
            if (on != _lit)
            {
                _lit = on;
                _light.Set(on);
            }
        }
    }
}
