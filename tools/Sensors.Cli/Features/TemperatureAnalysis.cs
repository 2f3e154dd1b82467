using System;
using System.Linq;
using Sensors.Node;

namespace Sensors.Cli.Features
{
    /// <summary>Puts a record through <see cref="TemperatureFeatures"/>.</summary>
    internal static class TemperatureAnalysis
    {
        private const double MillisecondsPerSecond = 1000;

        public static FeatureReport Of(FeatureRecord record, FeatureSettings settings)
        {
            TemperatureOptions options = settings.Declared.Temperature;
            options.AmbientPoint = settings.AmbientCelsius is null ? null : "temp2"; // any: then there is a rise
            var features = new TemperatureFeatures(options);
            float[] samples = record.Values(0);
            for (int i = 0; i < samples.Length; i++)
            {
                features.Add((long)Math.Round(i / record.Rate * MillisecondsPerSecond), samples[i]);
            }

            float[] values = new float[TemperatureFeatures.ValueCount];
            features.Compute((float)(settings.AmbientCelsius ?? double.NaN), values);
            return new FeatureReport
            {
                Record = record,
                Rows = [.. TemperatureFeatures.Channels(options).Select(channel => new FeatureRow(
                    channel.Name, channel.Unit, channel.Meaning, [values[channel.Field]], [float.IsNaN(values[channel.Field]) ? "the record is too short for it" : null]))],
                Charts = [("waveform", FeatureAnalysis.Waveform(record, "Temperature"))],
            };
        }
    }
}
