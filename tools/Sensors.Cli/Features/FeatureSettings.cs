using Sensors.Node;

namespace Sensors.Cli.Features
{
    /// <summary>What the features are computed with.</summary>
    internal sealed record FeatureSettings
    {
        /// <summary>Gets what a line of the node's settings would declare of the point: bands, mains, axial axis, zones, average.</summary>
        public required PointDeclaration Declared { get; init; }

        /// <summary>Gets the samples of a spectrum.</summary>
        public required int Block { get; init; }

        /// <summary>Gets the shaft's speed; null while it is not known.</summary>
        public double? SpeedRpm { get; init; }

        /// <summary>Gets the temperature of the surroundings; null while it is not known.</summary>
        public double? AmbientCelsius { get; init; }

        /// <summary>Gets the bearing; null while it is not known.</summary>
        public BearingText? Bearing { get; init; }
    }
}
