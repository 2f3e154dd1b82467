using System;
using Sensors.VirtualBoard;

namespace Sensors.Campaigns
{
    /// <summary>A machine whose every quantity is known at every time and never near zero, so that an invented, stuck or old value shows.</summary>
    /// <remarks>
    /// Acceleration stays in a band of its own on each axis, 25, -35 and 45 % of full scale, each 5 % wide to both sides; temperature and direct
    /// current rise and fall slowly, so that a value tells its age; the alternating current has one amplitude.
    /// </remarks>
    public sealed class KnownProcess : IVibrationSource, ITemperatureSource, ICurrentSource
    {
        /// <summary>Half the width of the bands of acceleration, as a share of full scale.</summary>
        public const double HalfBand = 0.05;

        /// <summary>The alternating current, in amperes RMS.</summary>
        public const double AlternatingRms = 3;

        /// <summary>The alternating current's frequency, in hertz.</summary>
        public const double MainsHertz = 50;

        private const double LowestCelsius = 20;
        private const double HighestCelsius = 60;
        private const double CelsiusPeriod = 240; // seconds
        private const double LowestAmperes = 1;
        private const double HighestAmperes = 5;
        private const double AmperesPeriod = 60;
        private const double Step = 0.618033988749895; // of a band per sample; golden, so that few samples fill it

        private static readonly double[] Centres = [0.25, -0.35, 0.45];

        private readonly double _fullScaleG;
        private readonly bool _alternating;

        /// <summary>Makes the process.</summary>
        /// <param name="fullScaleG">The accelerometer's range in g.</param>
        /// <param name="alternating">Whether the current alternates.</param>
        public KnownProcess(double fullScaleG, bool alternating)
        {
            _fullScaleG = fullScaleG;
            _alternating = alternating;
        }

        /// <summary>Tells the middle of an axis' band.</summary>
        /// <param name="axis">0 to 2.</param>
        /// <returns>A share of full scale.</returns>
        public static double Centre(int axis) => Centres[axis];

        /// <inheritdoc/>
        public void Fill(in SampleGrid grid, Span<float> xyzG)
        {
            for (int i = 0; i < grid.Count; i++)
            {
                double turn = (grid.FirstIndex + i) * Step;
                double place = (2 * (turn - Math.Floor(turn))) - 1;
                for (int axis = 0; axis < 3; axis++)
                {
                    xyzG[(3 * i) + axis] = (float)((Centres[axis] + (HalfBand * place)) * _fullScaleG);
                }
            }
        }

        /// <inheritdoc/>
        public double CelsiusAt(double seconds) => UpAndDown(seconds / CelsiusPeriod, LowestCelsius, HighestCelsius);

        /// <inheritdoc/>
        public void At(double seconds, out double amperes, out double volts)
        {
            amperes = _alternating ? AlternatingRms * Math.Sqrt(2) * Math.Sin(2 * Math.PI * MainsHertz * seconds) : AmperesAt(seconds);
            volts = 24;
        }

        /// <summary>Tells the direct current.</summary>
        /// <param name="seconds">Virtual time.</param>
        /// <returns>Amperes.</returns>
        public double AmperesAt(double seconds) => UpAndDown(seconds / AmperesPeriod, LowestAmperes, HighestAmperes);

        private static double UpAndDown(double periods, double lowest, double highest)
        {
            double part = periods - Math.Floor(periods);
            return lowest + ((highest - lowest) * (part < 0.5 ? 2 * part : 2 - (2 * part)));
        }
    }
}
