using System;
using System.Collections.Generic;
using System.Globalization;
using Sensors.Cli.Drawing;

namespace Sensors.Cli.Features
{
    /// <summary>Puts a record through the node's features.</summary>
    internal static class FeatureAnalysis
    {
        public static FeatureReport Of(FeatureRecord record, FeatureSettings settings) => record.Kind switch
        {
            FeatureKind.Vibration => VibrationAnalysis.Of(record, settings),
            FeatureKind.Current => CurrentAnalysis.Of(record, settings),
            _ => TemperatureAnalysis.Of(record, settings),
        };

        /// <summary>Draws the signal itself, a panel per axis.</summary>
        public static Chart Waveform(FeatureRecord record, string upwards)
        {
            var panels = new List<ChartPanel>();
            for (int axis = 0; axis < record.Axes.Count; axis++)
            {
                panels.Add(new ChartPanel($"{upwards} / {record.ValueUnit}", new ChartCurve(record.Start / record.Rate, 1 / record.Rate, record.Values(axis)))
                {
                    Name = record.Axes.Count > 1 ? record.Axes[axis] : string.Empty,
                });
            }

            return new Chart($"Waveform of {record.File}", [SettingsOf(record)], "Time / s", panels);
        }

        /// <summary>The part of the record, in one line under the title.</summary>
        public static string SettingsOf(FeatureRecord record) => string.Create(
            CultureInfo.InvariantCulture, $"{record.Samples} samples from {record.Start} at {FeatureText.Short(record.Rate)} Hz, {FeatureText.Short(record.Seconds)} s");
    }
}
