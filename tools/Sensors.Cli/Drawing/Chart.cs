using System.Collections.Generic;

namespace Sensors.Cli.Drawing
{
    /// <summary>What is drawn: panels one below the other over one horizontal axis.</summary>
    /// <param name="Title">First line: what it is, and of which file.</param>
    /// <param name="Settings">The lines below it: how it was made.</param>
    /// <param name="Across">Name and unit of the horizontal axis.</param>
    /// <param name="Panels">One per axis of the sensor.</param>
    internal sealed record Chart(string Title, IReadOnlyList<string> Settings, string Across, IReadOnlyList<ChartPanel> Panels);

    /// <summary>One panel.</summary>
    /// <param name="Upwards">Name and unit of the vertical axis.</param>
    /// <param name="Curve">What is drawn.</param>
    internal sealed record ChartPanel(string Upwards, ChartCurve Curve)
    {
        /// <summary>Gets the name of the panel, shown in its corner; empty for a panel that stands alone.</summary>
        public string Name { get; init; } = string.Empty;

        /// <summary>Gets whether the vertical axis is logarithmic.</summary>
        public bool Logarithmic { get; init; }

        /// <summary>Gets places along the horizontal axis that are marked from bottom to top.</summary>
        public IReadOnlyList<ChartMark> Marks { get; init; } = [];

        /// <summary>Gets points of the curve that are pointed out.</summary>
        public IReadOnlyList<ChartPeak> Peaks { get; init; } = [];

        /// <summary>Gets heights that are marked from left to right.</summary>
        public IReadOnlyList<ChartLevel> Levels { get; init; } = [];
    }

    /// <summary>Values at even distances.</summary>
    /// <param name="First">Where the first one is on the horizontal axis.</param>
    /// <param name="Step">The distance of two.</param>
    /// <param name="Values">The values; at least one, finite.</param>
    internal sealed record ChartCurve(double First, double Step, IReadOnlyList<float> Values)
    {
        public double Last => First + (Step * (Values.Count - 1));
    }

    /// <summary>A place along the horizontal axis.</summary>
    /// <param name="At">Where it is.</param>
    /// <param name="Reach">How far to both sides a line was looked for; 0 for none.</param>
    /// <param name="Label">What it is; empty where a neighbour's label says it.</param>
    /// <param name="Style">Its class in the style sheet.</param>
    internal sealed record ChartMark(double At, double Reach, string Label, string Style);

    /// <summary>A point that is pointed out.</summary>
    internal sealed record ChartPeak(double At, double Height, string Label);

    /// <summary>A height.</summary>
    internal sealed record ChartLevel(double Height, string Label, string Style);
}
