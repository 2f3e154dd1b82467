using System;
using Sensors.Node;

namespace Sensors.PassScenarios
{
    /// <summary>A clamp's windows: 200 ms, and 1 s with the sidebands of the shaft; and 200 ms of a direct current.</summary>
    public sealed class CurrentWindows
    {
        private readonly float[] _amperes = new float[860];
        private readonly float[] _values = new float[CurrentFeatures.ValueCount];
        private readonly CurrentFeatures _features = new CurrentFeatures(new CurrentOptions { SpeedRpm = 1480 });
        private readonly CurrentFeatures _without = new CurrentFeatures();

        /// <summary>Makes the window: 49.8 Hz with its third and fifth harmonic, 860 samples a second.</summary>
        public CurrentWindows()
        {
            for (int i = 0; i < _amperes.Length; i++)
            {
                double angle = 2 * Math.PI * 49.8 * i / 860;
                _amperes[i] = (float)(10 * Math.Sin(angle) + Math.Sin(3 * angle) + 0.5 * Math.Sin(5 * angle));
            }
        }

        /// <summary>Computes all features of the short window: no speed is known.</summary>
        [Scenario("current 172, alternating", Budget = 15000)]
        public void Short()
        {
            _without.ComputeAlternating(_amperes, 0, 172, 860f, 1f, _values);
        }

        /// <summary>Computes all features of the long window.</summary>
        [Scenario("current 860, sidebands", Budget = 75000)]
        public void Long()
        {
            _features.ComputeAlternating(_amperes, 0, 860, 860f, 1f, _values);
        }

        /// <summary>Computes the features of a direct current.</summary>
        [Scenario("current 87, direct", Budget = 2000)]
        public void Direct()
        {
            _without.Compute(_amperes, 0, 87, 435f, _values);
        }
    }
}
