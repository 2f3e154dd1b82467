using System.Collections.Generic;
using Sensors.Cli.Drawing;
using Sensors.Node;

namespace Sensors.Cli.Features
{
    /// <summary>What was computed of a record.</summary>
    internal sealed class FeatureReport
    {
        public required FeatureRecord Record { get; init; }

        /// <summary>Gets a row per feature, in the order of messages.</summary>
        public required IReadOnlyList<FeatureRow> Rows { get; init; }

        /// <summary>Gets the counts of each axis; empty where the node computes from numbers.</summary>
        public IReadOnlyList<CountGrid> Grids { get; init; } = [];

        /// <summary>Gets how the spectra were made; null where there are none.</summary>
        public SpectrumFacts? Spectrum { get; init; }

        /// <summary>Gets how the second spectrum was made, which velocity, displacement, orders and the mains' line come from; null where the first one's lines are fine enough.</summary>
        public SpectrumFacts? FineSpectrum { get; init; }

        /// <summary>Gets how the envelope's spectrum was made; null where there is none.</summary>
        public SpectrumFacts? Envelope { get; init; }

        /// <summary>Gets how many samples stand at the end of the range.</summary>
        public int Clipped { get; init; }

        /// <summary>Gets what limits the values, of <see cref="QualityNotes"/>.</summary>
        public int Notes { get; init; }

        /// <summary>Gets the shaft's speed in revolutions per minute; null when it was not given.</summary>
        public double? SpeedRpm { get; init; }

        /// <summary>Gets the bearing; null when it was not given.</summary>
        public BearingText? Bearing { get; init; }

        /// <summary>Gets the bearing's lines; empty where they cannot be told.</summary>
        public IReadOnlyList<BearingLine> BearingLines { get; init; } = [];

        /// <summary>Gets what it says of the machine; null where it was not judged.</summary>
        public Condition? Condition { get; init; }

        /// <summary>Gets the pictures, each with the end of its file's name.</summary>
        public required IReadOnlyList<(string Name, Chart Chart)> Charts { get; init; }
    }

    /// <summary>One feature of all axes.</summary>
    /// <param name="Name">Its name in messages, without the axis.</param>
    /// <param name="Unit">Its unit in messages.</param>
    /// <param name="Meaning">One short sentence.</param>
    /// <param name="Values">A value per axis; NaN where it is absent.</param>
    /// <param name="Absent">Why it is absent, per axis; null where it is not.</param>
    internal sealed record FeatureRow(string Name, string Unit, string Meaning, IReadOnlyList<float> Values, IReadOnlyList<string?> Absent);

    /// <summary>How a spectrum was made.</summary>
    /// <param name="RateHertz">Samples per second that went in.</param>
    /// <param name="Samples">Samples of one transform.</param>
    /// <param name="Averages">How many transforms were averaged.</param>
    internal sealed record SpectrumFacts(double RateHertz, int Samples, int Averages)
    {
        /// <summary>Gets the number of lines, 0 Hz and half the rate included.</summary>
        public int Lines => (Samples / 2) + 1;

        /// <summary>Gets the distance of two lines.</summary>
        public double LineHertz => RateHertz / Samples;
    }

    /// <summary>A line of the bearing in the envelope's spectrum.</summary>
    /// <param name="Name">Its name in messages.</param>
    /// <param name="Title">Its usual name.</param>
    /// <param name="Order">Its frequency as a multiple of the shaft's.</param>
    /// <param name="Hertz">Its frequency.</param>
    /// <param name="Ratios">Its height over the floor, per axis; NaN where there is none.</param>
    internal sealed record BearingLine(string Name, string Title, float Order, float Hertz, IReadOnlyList<float> Ratios);
}
