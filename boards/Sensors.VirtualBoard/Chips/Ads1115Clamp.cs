using System;

namespace Sensors.VirtualBoard
{
    /// <summary>A current clamp wired to an ADS1115: AIN1 at half the supply, AIN0 that plus the clamp's voltage, AIN2 and AIN3 at ground.</summary>
    /// <remarks>
    /// The output is the current divided by the ratio, over the burden; the two resistors and the capacitor that make half the supply
    /// hold still. A pin that leaves the supply is held by the chip's diodes 0.3 V beyond it. Not modelled: the clamp's phase and ratio
    /// error below 1 % of its rating, its saturation, and that it passes no direct current.
    /// </remarks>
    public sealed class Ads1115Clamp : IAds1115Inputs
    {
        private const double DiodeVolts = 0.3;

        private readonly ICurrentSource _source;

        /// <summary>Wires a clamp.</summary>
        /// <param name="source">The conductor's current.</param>
        public Ads1115Clamp(ICurrentSource source)
        {
            ArgumentNullException.ThrowIfNull(source);
            _source = source;
        }

        /// <summary>Gets the volts at the output for one ampere in the core: 22 Ω at 1:2000 is 0.011.</summary>
        public double VoltsPerAmpere { get; init; } = 22.0 / 2000;

        /// <summary>Gets how often the conductor goes through the core.</summary>
        public int Turns { get; init; } = 1;

        /// <summary>Gets the supply of chip and bias, in volts.</summary>
        public double SupplyVolts { get; init; } = 3.3;

        /// <summary>Gets how far AIN0 rests from AIN1, in volts.</summary>
        public double OffsetVolts { get; init; }

        /// <inheritdoc/>
        public double VoltsAt(int input, double seconds)
        {
            double bias = SupplyVolts / 2;
            switch (input)
            {
                case 0:
                    _source.At(seconds, out double amperes, out _);
                    return Math.Clamp(bias + OffsetVolts + (amperes * Turns * VoltsPerAmpere), -DiodeVolts, SupplyVolts + DiodeVolts);
                case 1:
                    return bias;
                default:
                    return 0;
            }
        }
    }
}
