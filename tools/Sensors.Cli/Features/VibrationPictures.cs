using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Sensors.Cli.Drawing;
using Sensors.Node;

namespace Sensors.Cli.Features
{
    /// <summary>The pictures of a record of vibration: waveform, spectrum and envelope spectrum, a panel per axis, made by the node's own classes.</summary>
    internal sealed class VibrationPictures
    {
        private const int EnvelopePoints = 1024; // the node's, too
        private const double OrderReach = 0.015; // as the node looks for orders
        private const double LineReach = 0.02;   // and for a bearing's lines
        private const double CrowdedPart = 0.03; // of the width: labels closer than that touch
        private const int MiddleOrder = 3;
        private const double SecondsPerMinute = 60;

        private readonly FeatureRecord _record;
        private readonly VibrationOptions _options;
        private readonly FeatureSettings _settings;
        private readonly EnvelopeAnalysis _envelope;
        private readonly List<LineSpectrum> _spectra = [];
        private readonly List<LineSpectrum> _envelopes = [];

        public VibrationPictures(FeatureRecord record, FeatureSettings settings, VibrationOptions options)
        {
            _record = record;
            _settings = settings;
            _options = options;
            _envelope = new EnvelopeAnalysis(options, new RealFft(EnvelopePoints), new float[EnvelopePoints]) { Kept = new float[EnvelopePoints / 2] };
        }

        /// <summary>Gets how the spectra were made; null where there are none.</summary>
        public SpectrumFacts? SpectrumFacts => _spectra.FirstOrDefault()?.Facts;

        /// <summary>Gets how the envelope's spectra were made; null where there are none.</summary>
        public SpectrumFacts? EnvelopeFacts => _envelopes.FirstOrDefault()?.Facts;

        /// <summary>Takes an axis: keeps the lines of its spectrum and of its envelope, and stores the envelope's fields.</summary>
        /// <returns>What limits the envelope, of <see cref="QualityNotes"/>.</returns>
        public int Take(short[] counts, float weight, float[] values, int axis)
        {
            if (_options.TransformSamples >= VibrationFeatures.LeastSpectrum)
            {
                _spectra.Add(LineSpectrum.Of(counts, weight, _record.Rate, _options.TransformSamples));
            }

            double mean = counts.Average(count => (double)count);
            int notes = _envelope.Compute(counts, 0, 1, counts.Length, mean, weight, (float)_record.Rate, values, axis * VibrationFields.PerAxis);
            if (notes == 0)
            {
                var facts = new SpectrumFacts(_record.Rate / _envelope.SamplesPerPoint, _envelope.Points, 1);
                _envelopes.Add(new LineSpectrum(new ChartCurve(0, facts.LineHertz, _envelope.Kept[..(_envelope.Points / 2)]), facts));
            }

            return notes;
        }

        /// <summary>Draws what there is.</summary>
        /// <param name="values">The features, for what is marked.</param>
        public IReadOnlyList<(string Name, Chart Chart)> Draw(float[] values)
        {
            var charts = new List<(string Name, Chart Chart)> { ("waveform", FeatureAnalysis.Waveform(_record, "Acceleration")) };
            if (SpectrumFacts is { } spectrum)
            {
                charts.Add(("spectrum", new Chart(
                    $"Spectrum of {_record.File}", Settings(spectrum), "Frequency / Hz", [.. _spectra.Select((lines, axis) => SpectrumPanel(lines.Curve, values, axis))])));
            }

            if (EnvelopeFacts is { } envelope)
            {
                charts.Add(("envelope", new Chart(
                    $"Envelope spectrum of {_record.File}", Settings(envelope), "Frequency / Hz", [.. _envelopes.Select((lines, axis) => EnvelopePanel(lines.Curve, values, axis))])));
            }

            return charts;
        }

        private string[] Settings(SpectrumFacts facts)
        {
            string speed = _settings.SpeedRpm is { } rpm ? $", {FeatureText.Short(rpm)} rpm" : string.Empty;
            string bearing = _settings.Bearing is { } geometry ? $", bearing {geometry.Text}" : string.Empty;
            return [FeatureAnalysis.SettingsOf(_record) + speed + bearing, FeatureText.Describe(facts)];
        }

        private ChartPanel SpectrumPanel(ChartCurve lines, float[] values, int axis)
        {
            var marks = new List<ChartMark>();
            if (_options.SpeedRpm > 0)
            {
                double shaft = _options.SpeedRpm / SecondsPerMinute;
                bool isCrowded = shaft < CrowdedPart * lines.Last; // then one label stands for all orders
                for (int order = 1; order <= VibrationFields.Orders; order++)
                {
                    string label = !isCrowded ? string.Create(CultureInfo.InvariantCulture, $"{order}x") : order == MiddleOrder ? $"1x to {VibrationFields.Orders}x" : string.Empty;
                    marks.Add(new ChartMark(order * shaft, OrderReach * order * shaft, label, "order"));
                }
            }

            var peaks = new List<ChartPeak>();
            for (int peak = 0; peak < VibrationFields.Peaks; peak++)
            {
                int at = (axis * VibrationFields.PerAxis) + VibrationFields.FirstPeak + (2 * peak);
                if (!float.IsNaN(values[at]))
                {
                    peaks.Add(new ChartPeak(values[at], values[at + 1], FeatureText.Short(values[at]) + " Hz"));
                }
            }

            return Panel("Acceleration (peak)", lines, axis) with { Marks = marks, Peaks = peaks };
        }

        private ChartPanel EnvelopePanel(ChartCurve lines, float[] values, int axis)
        {
            int first = axis * VibrationFields.PerAxis;
            var marks = new List<ChartMark>();
            if (_options.Bearing is { } bearing)
            {
                double shaft = _options.SpeedRpm / SecondsPerMinute;
                marks.Add(Line(bearing.Cage * shaft, "FTF", "cage"));
                marks.Add(Line(bearing.OuterRace * shaft, "BPFO", "outer"));
                marks.Add(Line(2 * bearing.BallSpin * shaft, "2xBSF", "ball"));
                marks.Add(Line(bearing.InnerRace * shaft, "BPFI", "inner"));
            }

            float floor = values[first + VibrationFields.EnvelopeFloor];
            ChartLevel[] levels = floor > 0 ? [new ChartLevel(FeatureText.DefectRatio * floor, "8 x floor", "level")] : [];
            return Panel("Envelope (peak)", lines, axis) with { Marks = marks, Levels = levels };
        }

        private static ChartMark Line(double hertz, string label, string style) => new(hertz, LineReach * hertz, label, style);

        private ChartPanel Panel(string upwards, ChartCurve lines, int axis) => new($"{upwards} / {_record.ValueUnit}", lines)
        {
            Name = _record.Axes.Count > 1 ? _record.Axes[axis] : string.Empty,
            Logarithmic = true,
        };
    }
}
