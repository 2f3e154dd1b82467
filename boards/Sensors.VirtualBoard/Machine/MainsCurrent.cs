using System;

namespace Sensors.VirtualBoard
{
    /// <summary>Alternating current whose RMS follows another source's current: a motor's supply line.</summary>
    public sealed class MainsCurrent : ICurrentSource
    {
        private readonly ICurrentSource _rms;

        /// <summary>Makes the line.</summary>
        /// <param name="rms">Its amperes are taken as the RMS.</param>
        public MainsCurrent(ICurrentSource rms) => _rms = rms;

        /// <summary>Gets the mains frequency in hertz.</summary>
        public double Hertz { get; init; } = 50;

        /// <inheritdoc/>
        public void At(double seconds, out double amperes, out double volts)
        {
            _rms.At(seconds, out double rms, out double supply);
            double phase = Math.Sqrt(2) * Math.Sin(2 * Math.PI * Hertz * seconds);
            amperes = rms * phase;
            volts = supply * phase;
        }
    }
}
