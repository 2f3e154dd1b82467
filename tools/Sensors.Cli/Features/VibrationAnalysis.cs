using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Numerics;
using Sensors.Cli.Drawing;
using Sensors.Node;

namespace Sensors.Cli.Features
{
    /// <summary>Puts a record through <see cref="VibrationFeatures"/>: one to three axes, the whole of it as one window, spectra averaged over it.</summary>
    internal static class VibrationAnalysis
    {
        /// <summary>The longest transform on a PC; the node's is <see cref="VibrationOptions.LongestBlock"/>.</summary>
        public const int LongestBlock = 65536;

        private const double SecondsPerMinute = 60;

        public static int LargestPowerOfTwo(int samples) => 1 << BitOperations.Log2((uint)samples);

        public static FeatureReport Of(FeatureRecord record, FeatureSettings settings)
        {
            CountGrid[] grids = [.. record.Columns.Select(CountGrid.Of)];
            VibrationOptions options = settings.Declared.Vibration;
            options.SpeedRpm = (float)(settings.SpeedRpm ?? 0);
            options.Bearing = settings.Bearing?.Geometry;
            options.TransformSamples = Math.Min(settings.Block, LargestPowerOfTwo(record.Samples));
            int room = Math.Max(RealFft.ShortestWindowed, 2 * options.TransformSamples); // for the mean of several, too
            var features = new VibrationFeatures(options, new RealFft(room), new float[room]);
            var pictures = new VibrationPictures(record, settings, options);
            float[] values = new float[VibrationFields.Count];
            Array.Fill(values, float.NaN);
            int clipped = 0;
            int[] notes = new int[grids.Length];
            for (int axis = 0; axis < grids.Length; axis++)
            {
                short[] counts = grids[axis].Counts;
                float weight = (float)(grids[axis].Step * record.Factor);
                features.Begin();
                int atEnd = features.ComputeAxis(counts, 0, 1, counts.Length, axis, weight, (float)record.Rate, true, short.MinValue, short.MaxValue, values);
                clipped = Math.Max(clipped, atEnd);
                notes[axis] = features.Notes | pictures.Take(counts, weight, values, axis);
            }

            int allNotes = notes.Aggregate((all, one) => all | one);
            return new FeatureReport
            {
                Record = record,
                Rows = Rows(record, options, values, notes),
                Grids = grids,
                Spectrum = pictures.SpectrumFacts,
                FineSpectrum = Fine(features.LastSpectrum, options.TransformSamples, record.Samples),
                Envelope = pictures.EnvelopeFacts,
                Clipped = clipped,
                Notes = allNotes,
                SpeedRpm = settings.SpeedRpm,
                Bearing = settings.Bearing,
                BearingLines = settings.Bearing is null ? [] : BearingLines(record, options, values),
                Condition = Judge(record, options, settings, values, allNotes, clipped),
                Charts = pictures.Draw(values),
            };
        }

        /// <summary>A row per feature: the channels of the X axis, with the values of all.</summary>
        private static List<FeatureRow> Rows(FeatureRecord record, VibrationOptions options, float[] values, int[] notes)
        {
            var rows = new List<FeatureRow>();
            foreach (Channel channel in VibrationFeatures.Channels(options).Where(channel => channel.Field < VibrationFields.PerAxis))
            {
                float[] all = [.. record.Axes.Select((_, axis) => values[(axis * VibrationFields.PerAxis) + channel.Field])];
                rows.Add(new FeatureRow(
                    channel.Name[2..], // without x_
                    channel.Unit,
                    channel.Meaning,
                    all,
                    [.. all.Select((value, axis) => float.IsNaN(value) ? WhyAbsent(channel.Field, notes[axis]) : null)]));
            }

            return rows;
        }

        private static string WhyAbsent(int field, int notes)
        {
            (int notesOfField, string otherwise) = field switch
            {
                VibrationFields.Velocity or VibrationFields.Displacement =>
                    (QualityNotes.VelocityWindow | QualityNotes.VelocityRate, "no line lies in the band"),
                >= VibrationFields.FirstPeak and < VibrationFields.FirstBand => (0, "the spectrum has no such peak"),
                >= VibrationFields.FirstBand and < VibrationFields.Envelope => (0, "the band reaches beyond half the rate, or is narrower than a line"),
                VibrationFields.Envelope or VibrationFields.EnvelopeFloor => (QualityNotes.EnvelopeWindow | QualityNotes.EnvelopeRate, "the envelope has no lines"),
                >= VibrationFields.OuterRace and <= VibrationFields.Cage or VibrationFields.TwiceOuterRace or VibrationFields.InnerSidebands =>
                    (QualityNotes.EnvelopeWindow | QualityNotes.EnvelopeRate, "the line has fewer than three periods in the envelope's window, or lies beyond its lines"),
                >= VibrationFields.FirstOrder and < VibrationFields.MainsLine =>
                    (QualityNotes.OrdersWindow | QualityNotes.Standstill, "the lines do not part it from its neighbours, or do not reach it"),
                VibrationFields.MainsLine => (0, "the lines do not part it from its neighbours, or do not reach it"),
                VibrationFields.Centroid => (0, "there is no power in the spectrum"),
                _ => (0, "all samples are the same"),
            };

            int reasons = notes & (notesOfField | (field < VibrationFields.Velocity ? 0 : QualityNotes.SpectrumWindow | QualityNotes.Gap));
            return reasons == 0 ? otherwise : NoteTexts.Of(reasons & -reasons);
        }

        private static BearingLine[] BearingLines(FeatureRecord record, VibrationOptions options, float[] values)
        {
            BearingGeometry bearing = options.Bearing;
            double shaft = options.SpeedRpm / SecondsPerMinute;
            (string Name, string Title, float Order, int Field)[] lines =
            [
                ("outer", "BPFO", bearing.OuterRace, VibrationFields.OuterRace),
                ("inner", "BPFI", bearing.InnerRace, VibrationFields.InnerRace),
                ("ball", "2xBSF", 2 * bearing.BallSpin, VibrationFields.TwiceBallSpin),
                ("cage", "FTF", bearing.Cage, VibrationFields.Cage),
            ];
            return Array.ConvertAll(lines, line => new BearingLine(
                line.Name, line.Title, line.Order, (float)(line.Order * shaft), [.. record.Axes.Select((_, axis) => Ratio(values, axis, line.Field))]));
        }

        /// <summary>The second spectrum, where the first one's lines were not fine enough.</summary>
        private static SpectrumFacts? Fine(Spectrum last, int block, int samples) =>
            samples < VibrationFeatures.LeastSpectrum || last.Length == block ? null : new SpectrumFacts(last.Length * last.Resolution, last.Length, 1);

        /// <summary>What a node without a baseline would say of the machine. It knows three axes; of fewer, the largest velocity gives the zone.</summary>
        private static Condition Judge(FeatureRecord record, VibrationOptions options, FeatureSettings settings, float[] values, int notes, int clipped)
        {
            var point = new Point("vib1", PointKinds.Vibration, VibrationFeatures.Channels(options));
            var reading = new Reading(VibrationFields.Count) { Point = point };
            reading.Clear();
            values.CopyTo(reading.Values, 0);
            reading.Quality.Notes = notes;
            reading.Quality.Clipped = clipped;
            new ConditionMonitor(point, new ConditionOptions { Vibration = options, Zones = settings.Declared.Zones }).Judge(reading);
            if (record.Axes.Count < VibrationFields.Axes && settings.Declared.Zones is { } zones)
            {
                float[] velocities = [.. record.Axes.Select((_, axis) => values[(axis * VibrationFields.PerAxis) + VibrationFields.Velocity])];
                reading.Condition.Zone = zones.ZoneOf(velocities.Any(float.IsNaN) ? float.NaN : velocities.Max());
            }

            return reading.Condition;
        }

        private static float Ratio(float[] values, int axis, int field)
        {
            int first = axis * VibrationFields.PerAxis;
            float floor = values[first + VibrationFields.EnvelopeFloor];
            return floor > 0 ? values[first + field] / floor : float.NaN;
        }
    }
}
