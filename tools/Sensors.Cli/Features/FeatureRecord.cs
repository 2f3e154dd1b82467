using System;
using System.Collections.Generic;
using System.Linq;
using Sensors.VirtualBoard;

namespace Sensors.Cli.Features
{
    /// <summary>The part of a recorded file that is analysed.</summary>
    internal sealed class FeatureRecord
    {
        /// <summary>Acceleration of free fall that <c>g</c> stands for, in m/s².</summary>
        private const double StandardGravity = 9.80665;

        public required string File { get; init; }

        public required FeatureKind Kind { get; init; }

        public required SignalUnit Unit { get; init; }

        /// <summary>Gets what the user typed as the weight of a number, or of full scale.</summary>
        public required double Scale { get; init; }

        public required double FullScale { get; init; }

        public required double Rate { get; init; }

        /// <summary>Gets how many samples the file has.</summary>
        public required int Total { get; init; }

        /// <summary>Gets which sample of the file is the first here.</summary>
        public required int Start { get; init; }

        /// <summary>Gets what the columns are called in the file.</summary>
        public required IReadOnlyList<string> Names { get; init; }

        /// <summary>Gets the file's numbers, a column per axis; turned round where the scale is negative.</summary>
        public required IReadOnlyList<double[]> Columns { get; init; }

        public int Samples => Columns[0].Length;

        public double Seconds => Samples / Rate;

        /// <summary>Gets what a number of <see cref="Columns"/> is in the unit of the features, more than 0.</summary>
        public double Factor => Math.Abs(Scale) / FullScale * Unit.Factor * (Kind == FeatureKind.Vibration ? StandardGravity : 1);

        /// <summary>Gets the unit of the features' values, as people write it.</summary>
        public string ValueUnit => Kind switch
        {
            FeatureKind.Vibration => "m/s²",
            FeatureKind.Temperature => "°C",
            _ => Unit.Quantity == SignalQuantity.Voltage ? "V" : "A",
        };

        /// <summary>Gets what the axes are called: x, y, z, or the quantity where there is but one.</summary>
        public IReadOnlyList<string> Axes => Kind switch
        {
            FeatureKind.Vibration => [.. "xyz".Take(Columns.Count).Select(axis => axis.ToString())],
            FeatureKind.Temperature => ["temperature"],
            _ => [Unit.Quantity == SignalQuantity.Voltage ? "voltage" : "current"],
        };

        /// <summary>Gives an axis in the unit of the features.</summary>
        public float[] Values(int axis)
        {
            double factor = Factor;
            return Array.ConvertAll(Columns[axis], value => (float)(value * factor));
        }
    }
}
