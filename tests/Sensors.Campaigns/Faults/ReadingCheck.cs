using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text.Json;

namespace Sensors.Campaigns
{
    /// <summary>Judges a reading's values: only what the process was while the window lasted can have made them.</summary>
    internal sealed class ReadingCheck
    {
        private const double StandardGravity = 9.80665;
        private const double VibrationDoubt = 0.005; // of full scale: two digits of the coarsest chip
        private const double CelsiusDoubt = 0.3; // a digit of the coarsest chip, and a little
        private const double AmpereDoubt = 0.02;
        private const double RmsDoubt = 0.02; // as a share
        private const double OldestConversion = 1.5; // seconds before the window: a conversion ends later than what it measured
        private const double Grain = 0.01;

        private readonly NodeSetup _setup;
        private readonly KnownProcess _process;

        public ReadingCheck(NodeSetup setup, KnownProcess process)
        {
            _setup = setup;
            _process = process;
        }

        /// <summary>Looks for what is wrong with a reading's values.</summary>
        /// <param name="values">The reading's values, not empty.</param>
        /// <param name="from">When the reading before was published, in seconds.</param>
        /// <param name="to">When this one was.</param>
        /// <returns>What is wrong; null when nothing is.</returns>
        public string? Complaint(JsonElement values, double from, double to)
        {
            switch (_setup.Quantity)
            {
                case Quantity.Vibration:
                    return Vibration(values);
                case Quantity.Temperature:
                    return Slow(values, _process.CelsiusAt, from, to, CelsiusDoubt);
                case Quantity.Current:
                    return Slow(values, _process.AmperesAt, from, to, AmpereDoubt);
                default:
                    double rms = values.GetProperty("rms").GetDouble();
                    return Math.Abs((rms / KnownProcess.AlternatingRms) - 1) <= RmsDoubt ? null : Wrong("rms", rms, KnownProcess.AlternatingRms, KnownProcess.AlternatingRms);
            }
        }

        private string? Vibration(JsonElement values)
        {
            double unit = _setup.FullScaleG * StandardGravity;
            for (int axis = 0; axis < 3; axis++)
            {
                string name = "xyz"[axis] + "_";
                double mean = values.GetProperty(name + "mean").GetDouble() / unit;
                double peak = values.GetProperty(name + "peak").GetDouble() / unit;
                double range = values.GetProperty(name + "p2p").GetDouble() / unit;
                double lowest = KnownProcess.Centre(axis) - KnownProcess.HalfBand - VibrationDoubt;
                double highest = KnownProcess.Centre(axis) + KnownProcess.HalfBand + VibrationDoubt;
                if (mean < lowest || mean > highest)
                {
                    return Wrong(name + "mean of full scale", mean, lowest, highest);
                }

                // An all-zero or all-one sample is at least 20 % of full scale away from any band. Sixty-four samples fill one.
                if (range < KnownProcess.HalfBand || range > highest - lowest || peak > highest - lowest)
                {
                    return Wrong(name + "p2p of full scale", range, KnownProcess.HalfBand, highest - lowest);
                }
            }

            return null;
        }

        private static string? Slow(JsonElement values, Func<double, double> process, double from, double to, double doubt)
        {
            double lowest = double.MaxValue;
            double highest = double.MinValue;
            for (double at = Math.Max(0, from - OldestConversion); at <= to; at += Grain)
            {
                lowest = Math.Min(lowest, process(at));
                highest = Math.Max(highest, process(at));
            }

            foreach (string name in (IEnumerable<string>)["mean", "min", "max"])
            {
                double value = values.GetProperty(name).GetDouble();
                if (value < lowest - doubt || value > highest + doubt)
                {
                    return Wrong(name, value, lowest, highest);
                }
            }

            return null;
        }

        private static string Wrong(string name, double value, double lowest, double highest) =>
            string.Create(CultureInfo.InvariantCulture, $"{name} is {value:G6}, possible {lowest:G6} to {highest:G6}");
    }
}
