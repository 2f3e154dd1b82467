// SCT-013 series: maker's sheet of the clamps (YHDC), 2000 turns for the type -000, 1 V at rated current for the others.
using System;

namespace Sensors.Drivers
{
    /// <summary>A current transformer that is clamped around one conductor, and the resistor at its output: how many amperes a volt is.</summary>
    /// <remarks>
    /// Two kinds. With a current output (SCT-013-000: 100 A to 50 mA) a resistor of ours, the burden, is a must: without one the open
    /// winding makes dangerous voltages. With a voltage output (SCT-013-005 to -060: 1 V at rated current) the burden is inside: add none.
    /// </remarks>
    public sealed class CurrentClamp
    {
        private const float Root2 = 1.41421356f;
        private const float Headroom = 1.25f; // crest above that of a sine at rated current

        private CurrentClamp(float amperesPerVolt, float ratedVolts)
        {
            AmperesPerVolt = amperesPerVolt;
            RatedVolts = ratedVolts;
        }

        /// <summary>Gets the weight of one volt at the output, in amperes of the conductor.</summary>
        public float AmperesPerVolt { get; }

        /// <summary>Gets the output at rated current, in volts RMS.</summary>
        public float RatedVolts { get; }

        /// <summary>Gets the smallest range that holds rated current, as a sine, and a quarter more.</summary>
        public Ads1115Range Range
        {
            get
            {
                float peak = RatedVolts * Root2 * Headroom;
                return peak <= 0.256f ? Ads1115Range.Millivolts256
                    : peak <= 0.512f ? Ads1115Range.Millivolts512
                    : peak <= 1.024f ? Ads1115Range.Millivolts1024
                    : peak <= 2.048f ? Ads1115Range.Millivolts2048
                    : peak <= 4.096f ? Ads1115Range.Millivolts4096
                    : Ads1115Range.Millivolts6144;
            }
        }

        /// <summary>A clamp with a current output, such as SCT-013-000: <c>clamp=100A/50mA burden=22</c>.</summary>
        /// <param name="ratedAmperes">Rated current of the conductor, 1 to 6,000 A RMS.</param>
        /// <param name="outputMilliAmperes">Current of the output at that, 1 to 5,000 mA RMS: the ratio is the number of turns.</param>
        /// <param name="burdenMilliOhms">The resistor across the output, 100 to 1,000,000 mΩ.</param>
        /// <param name="turns">Times the conductor goes through the core, 1 to 100.</param>
        /// <returns>The clamp.</returns>
        /// <exception cref="ArgumentOutOfRangeException">A value is outside its limits.</exception>
        public static CurrentClamp WithBurden(int ratedAmperes, int outputMilliAmperes, int burdenMilliOhms, int turns)
        {
            Require(ratedAmperes, 6000, nameof(ratedAmperes));
            Require(outputMilliAmperes, 5000, nameof(outputMilliAmperes));
            Require(turns, 100, nameof(turns));
            if (burdenMilliOhms < 100 || burdenMilliOhms > 1000000)
            {
                throw new ArgumentOutOfRangeException(nameof(burdenMilliOhms));
            }

            float volts = outputMilliAmperes / 1000f * burdenMilliOhms / 1000f;
            return new CurrentClamp(ratedAmperes / (volts * turns), volts);
        }

        /// <summary>A clamp with a voltage output, such as SCT-013-030: <c>clamp=30A/1V</c>.</summary>
        /// <param name="ratedAmperes">Rated current of the conductor, 1 to 6,000 A RMS.</param>
        /// <param name="outputMilliVolts">Voltage of the output at that, 1 to 5,000 mV RMS.</param>
        /// <param name="turns">Times the conductor goes through the core, 1 to 100.</param>
        /// <returns>The clamp.</returns>
        /// <exception cref="ArgumentOutOfRangeException">A value is outside its limits.</exception>
        public static CurrentClamp WithVoltage(int ratedAmperes, int outputMilliVolts, int turns)
        {
            Require(ratedAmperes, 6000, nameof(ratedAmperes));
            Require(outputMilliVolts, 5000, nameof(outputMilliVolts));
            Require(turns, 100, nameof(turns));
            float volts = outputMilliVolts / 1000f;
            return new CurrentClamp(ratedAmperes / (volts * turns), volts);
        }

        private static void Require(int value, int most, string name)
        {
            if (value < 1 || value > most)
            {
                throw new ArgumentOutOfRangeException(name);
            }
        }
    }
}
