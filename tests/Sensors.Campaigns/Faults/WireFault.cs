using System;
using System.Collections.Generic;
using System.Globalization;

namespace Sensors.Campaigns
{
    /// <summary>What can go wrong on a wire, or with a chip at its end.</summary>
    public enum WireFaultKind
    {
        /// <summary>The chip misses its next calls: no acknowledge on I2C, a dead line on SPI.</summary>
        MissedCalls,

        /// <summary>The chip misses every call for a time.</summary>
        Silence,

        /// <summary>The supply drops for a moment: all registers are back at their reset values.</summary>
        BrownOut,

        /// <summary>The chip tells a relative's identity for a time.</summary>
        WrongIdentity,

        /// <summary>The I2C clock is held low for a time: transfers time out.</summary>
        HeldBus,

        /// <summary>The SPI output is stuck low for a time.</summary>
        StuckLow,

        /// <summary>The SPI output is stuck high for a time.</summary>
        StuckHigh,
    }

    /// <summary>One fault of a burst.</summary>
    /// <param name="Kind">What goes wrong.</param>
    /// <param name="Start">When it begins, in seconds after the burst's beginning.</param>
    /// <param name="Duration">How long it lasts, in seconds; 0 for what has no duration.</param>
    /// <param name="Calls">Calls missed.</param>
    public sealed record WireFault(WireFaultKind Kind, double Start, double Duration, int Calls)
    {
        private const int MostPerBurst = 9;
        private const int MostCalls = 5;
        private const double ShortestGap = 0.0003;
        private const double LongestGap = 2;
        private const double ShortestFault = 0.001;
        private const double LongestFault = 3;

        private static readonly WireFaultKind[] OnI2c =
            [WireFaultKind.MissedCalls, WireFaultKind.Silence, WireFaultKind.BrownOut, WireFaultKind.WrongIdentity, WireFaultKind.HeldBus];

        private static readonly WireFaultKind[] OnSpi =
        [
            WireFaultKind.MissedCalls, WireFaultKind.Silence, WireFaultKind.BrownOut, WireFaultKind.WrongIdentity,
            WireFaultKind.StuckLow, WireFaultKind.StuckHigh,
        ];

        /// <summary>Draws a burst of 1 to 9 faults, from fractions of a millisecond to seconds apart; they may overlap.</summary>
        /// <param name="random">The campaign's dice.</param>
        /// <param name="spi">Whether the chip is on SPI.</param>
        /// <param name="most">The most faults wanted.</param>
        /// <returns>The faults, first one first.</returns>
        public static List<WireFault> Burst(Random random, bool spi, int most)
        {
            WireFaultKind[] kinds = spi ? OnSpi : OnI2c;
            var burst = new List<WireFault>();
            double start = 0;
            for (int left = Math.Min(most, random.Next(1, MostPerBurst + 1)); left > 0; left--)
            {
                start += Spread(random, ShortestGap, LongestGap);
                WireFaultKind kind = kinds[random.Next(kinds.Length)];
                bool lasts = kind is not (WireFaultKind.MissedCalls or WireFaultKind.BrownOut);
                burst.Add(new WireFault(kind, start, lasts ? Spread(random, ShortestFault, LongestFault) : 0, random.Next(1, MostCalls + 1)));
            }

            return burst;
        }

        /// <inheritdoc/>
        public override string ToString() => string.Create(
            CultureInfo.InvariantCulture,
            $"{Kind}{(Kind == WireFaultKind.MissedCalls ? " x" + Calls : string.Empty)} at {Start:F4} s{(Duration > 0 ? $" for {Duration:F4} s" : string.Empty)}");

        // Every order of magnitude as often as the next.
        private static double Spread(Random random, double least, double most) => least * Math.Pow(most / least, random.NextDouble());
    }
}
