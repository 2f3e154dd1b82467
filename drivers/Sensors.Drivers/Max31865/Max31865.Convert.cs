namespace Sensors.Drivers
{
    // From the ratio the chip measures to degrees Celsius, by the equation that defines a platinum thermometer.
    public sealed partial class Max31865
    {
        /// <summary>Codes of a ratio of 1: the result is 15 bits of R / Rref ("RTD Resistance Registers").</summary>
        public const int CodesPerReference = 32768;

        // IEC 60751: R = R0 (1 + A t + B t^2), and below 0 °C + C (t - 100) t^3.
        private const float A = 3.9083e-3f;
        private const float B = -5.775e-7f;
        private const float C = -4.183e-12f;

        // From 0 °C, Newton's method is 107 K off at 850 °C after one step, then 2 K, then 1 mK; at -200 °C, where the slope leaves out the
        // small share of C, it is 8 K, 0.4 K, 16 mK, 1 mK, nothing.
        private const int NewtonSteps = 5;

        /// <summary>Turns a result into a temperature.</summary>
        /// <param name="code">0 to 32,767.</param>
        /// <param name="referenceMilliOhms">The board's reference resistor.</param>
        /// <param name="probe">The element.</param>
        /// <returns>Degrees Celsius; within 1 mK of IEC 60751 from -200 to 850. 7620 with PT100 and 430 Ω is -0.016.</returns>
        [HotPath]
        public static float ToCelsius(int code, int referenceMilliOhms, Max31865Probe probe)
        {
            float ratio = (float)code * referenceMilliOhms / ((float)CodesPerReference * (int)probe);
            return ToCelsius(ratio);
        }

        /// <summary>Turns the ratio of a platinum element's resistance to that at 0 °C into a temperature.</summary>
        /// <param name="ratio">0.185 to 3.905: 1 at 0 °C, 1.38505 at 100 °C.</param>
        /// <returns>Degrees Celsius.</returns>
        [HotPath]
        public static float ToCelsius(float ratio)
        {
            float c = ratio < 1 ? C : 0;
            float t = 0;
            for (int step = 0; step < NewtonSteps; step++)
            {
                float found = 1 + (t * (A + (t * (B + (t * c * (t - 100))))));
                float slope = A + (t * (2 * B));
                t -= (found - ratio) / slope;
            }

            return t;
        }

        /// <summary>Turns a result into the resistance seen between the probe's wires.</summary>
        /// <param name="code">0 to 32,767.</param>
        /// <param name="referenceMilliOhms">The board's reference resistor.</param>
        /// <returns>Milliohms, rounded down.</returns>
        [HotPath]
        public static int ToMilliOhms(int code, int referenceMilliOhms)
        {
            return (int)((long)code * referenceMilliOhms / CodesPerReference);
        }

        // The other way, for thresholds: the code of a share of the resistance at 0 °C.
        private static int CodeOf(int thousandths, int referenceMilliOhms, Max31865Probe probe)
        {
            return (int)((long)probe * thousandths * CodesPerReference / 1000 / referenceMilliOhms);
        }
    }
}
