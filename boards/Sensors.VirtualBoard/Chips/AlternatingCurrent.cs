using System;

namespace Sensors.VirtualBoard
{
    /// <summary>A current of the mains: a sine with harmonics, and a direct part if wanted.</summary>
    public sealed class AlternatingCurrent : ICurrentSource
    {
        /// <summary>Gets or sets the frequency in hertz.</summary>
        public double Hertz { get; set; } = 50;

        /// <summary>Gets or sets the effective value of the fundamental, in amperes.</summary>
        public double Amperes { get; set; }

        /// <summary>Gets or sets the phase of the fundamental at time 0, in radians.</summary>
        public double Phase { get; set; }

        /// <summary>Gets or sets the third harmonic as a part of the fundamental.</summary>
        public double Third { get; set; }

        /// <summary>Gets or sets the phase of the third harmonic against the fundamental's zero, in radians.</summary>
        public double ThirdPhase { get; set; }

        /// <summary>Gets or sets the fifth harmonic as a part of the fundamental.</summary>
        public double Fifth { get; set; }

        /// <summary>Gets or sets the phase of the fifth harmonic against the fundamental's zero, in radians.</summary>
        public double FifthPhase { get; set; }

        /// <summary>Gets or sets the direct part, in amperes.</summary>
        public double Direct { get; set; }

        /// <summary>Gets or sets the bus voltage, in volts.</summary>
        public double Volts { get; set; }

        /// <summary>Gets the effective value with the harmonics and without the direct part, in amperes.</summary>
        public double Rms => Amperes * Math.Sqrt(1 + (Third * Third) + (Fifth * Fifth));

        /// <inheritdoc/>
        public void At(double seconds, out double amperes, out double volts)
        {
            double angle = (2 * Math.PI * Hertz * seconds) + Phase;
            double wave = Math.Sin(angle) + (Third * Math.Sin((3 * angle) + ThirdPhase)) + (Fifth * Math.Sin((5 * angle) + FifthPhase));
            amperes = Direct + (Amperes * Math.Sqrt(2) * wave);
            volts = Volts;
        }
    }
}
