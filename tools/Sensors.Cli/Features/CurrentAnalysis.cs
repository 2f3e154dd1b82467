using System;
using System.Collections.Generic;
using System.Linq;
using Sensors.Cli.Drawing;
using Sensors.Node;

namespace Sensors.Cli.Features
{
    /// <summary>Puts a record through <see cref="CurrentFeatures"/>: as an alternating current where it is one, else as a direct one.</summary>
    internal static class CurrentAnalysis
    {
        private const int DrawnHarmonics = 9;
        private const double SecondsPerMinute = 60;

        public static FeatureReport Of(FeatureRecord record, FeatureSettings settings)
        {
            CurrentOptions options = settings.Declared.Current;
            options.SpeedRpm = (float)(settings.SpeedRpm ?? 0);
            var features = new CurrentFeatures(options, (float)record.Seconds + 1);
            float[] samples = record.Values(0);
            float[] values = new float[CurrentFeatures.ValueCount];
            int notes = features.ComputeAlternating(samples, 0, samples.Length, (float)record.Rate, 0, values);
            bool alternates = !float.IsNaN(values[CurrentFields.Frequency]);
            if (!alternates)
            {
                features.Compute(samples, 0, samples.Length, (float)record.Rate, values);
            }

            return new FeatureReport
            {
                Record = record,
                Rows = [.. CurrentFeatures.Channels(options).Select(channel => Row(record, channel, values, notes, alternates))],
                Notes = notes,
                SpeedRpm = settings.SpeedRpm,
                Charts = [("waveform", FeatureAnalysis.Waveform(record, Title(record))), .. Spectrum(record, values, settings)],
            };
        }

        private static FeatureRow Row(FeatureRecord record, Channel channel, float[] values, int notes, bool alternates)
        {
            float value = values[channel.Field];
            string? absent = !float.IsNaN(value) ? null
                : channel.Field == CurrentFields.Crest ? "all samples are the same"
                : (notes & QualityNotes.CurrentWindow) != 0 ? NoteTexts.Of(QualityNotes.CurrentWindow)
                : !alternates && channel.Field != CurrentFields.Inrush ? $"nothing alternates at {CurrentFeatures.LowestHertz:0} to {CurrentFeatures.HighestHertz:0} Hz"
                : "the record is too short for it";
            return new FeatureRow(channel.Name, channel.Unit == "A" ? record.ValueUnit : channel.Unit, channel.Meaning, [value], [absent]);
        }

        private static IEnumerable<(string Name, Chart Chart)> Spectrum(FeatureRecord record, float[] values, FeatureSettings settings)
        {
            int length = VibrationAnalysis.LargestPowerOfTwo(record.Samples);
            if (length < VibrationOptions.ShortestBlock)
            {
                yield break;
            }

            CountGrid grid = CountGrid.Of(record.Columns[0]);
            LineSpectrum spectrum = LineSpectrum.Of(grid.Counts, grid.Step * record.Factor, record.Rate, Math.Min(length, VibrationAnalysis.LongestBlock));
            var marks = new List<ChartMark>();
            float mains = values[CurrentFields.Frequency];
            if (!float.IsNaN(mains))
            {
                for (int harmonic = 1; harmonic <= DrawnHarmonics; harmonic++)
                {
                    marks.Add(new ChartMark(harmonic * mains, 0, harmonic == 1 ? $"{FeatureText.Short(mains)} Hz" : $"{harmonic}x", "order"));
                }

                if (settings.SpeedRpm / SecondsPerMinute is { } shaft)
                {
                    marks.Add(new ChartMark(mains - shaft, 0, "-fr", "inner"));
                    marks.Add(new ChartMark(mains + shaft, 0, "+fr", "inner"));
                }
            }

            // What lies far above the marked harmonics is of no interest and would leave them no room.
            ChartCurve curve = spectrum.Curve;
            double widest = float.IsNaN(mains) ? curve.Last : Math.Min(curve.Last, (DrawnHarmonics + 1) * mains);
            int shown = Math.Min(curve.Values.Count, (int)(widest / curve.Step) + 1);
            var panel = new ChartPanel($"Amplitude / {record.ValueUnit}", curve with { Values = [.. curve.Values.Take(shown)] }) { Logarithmic = true, Marks = marks };
            yield return ("spectrum", new Chart($"Spectrum of {record.File}", [FeatureAnalysis.SettingsOf(record), FeatureText.Describe(spectrum.Facts)], "Frequency / Hz", [panel]));
        }

        private static string Title(FeatureRecord record) => record.ValueUnit == "V" ? "Voltage" : "Current";
    }
}
