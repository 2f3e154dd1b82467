using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using Sensors.Node;

namespace Sensors.Node.Tests.Features
{
    /// <summary>The envelope's lines of real bearings: heights over the floor, by which a race's defect is told.</summary>
    public class EnvelopeRecordTests
    {
        private const double Threshold = 8;
        private const double Gravity = 9.80665;
        private static readonly string[] Names = ["bpfo", "bpfi", "bsf2", "ftf"];

        [Fact]
        public void Sections_are_those_of_the_reference()
        {
            int sections = 0;
            foreach (string[] row in ReferenceData.Rows(Path.Combine(ReferenceData.Get().Folder, "filters.csv"), out _).Where(r => r[0] == "env_bp_500_5000_butter2"))
            {
                double[] csv = row.Skip(1).Select(text => double.Parse(text, CultureInfo.InvariantCulture)).ToArray(); // rate, section, b0, b1, b2, a0, a1, a2
                var filter = new BandPass();
                filter.Design(500, 5000, csv[0]);
                double[] found = csv[1] == 0
                    ? [filter.Gain, 2 * filter.Gain, filter.Gain, 1, filter.Upper1, filter.Upper2]
                    : [1, -2, 1, 1, filter.Lower1, filter.Lower2];
                for (int i = 0; i < found.Length; i++) { Assert.Equal(csv[2 + i], found[i], 1e-9); }
                sections++;
            }

            Assert.Equal(8, sections);
        }

        [Fact]
        public void Envelopes_are_those_of_the_reference()
        {
            int compared = 0;
            double worst = 0;
            foreach (ReferenceSegment segment in ReferenceData.Get().Segments)
            {
                string? prefix = segment.Features.Keys.FirstOrDefault(name => name.StartsWith("envC_D", StringComparison.Ordinal));
                if (prefix == null) { continue; }

                prefix = prefix[..(prefix.IndexOf('_', 6) + 1)];
                int factor = int.Parse(prefix[6..^1], CultureInfo.InvariantCulture);
                ReferenceRecord record = segment.Record;
                var reference = new EnvelopeReference(record.Counts, segment.Start, 1, segment.Length, record.Weight, record.Rate, factor, 1024);
                double csvFloor = segment.Features[prefix + "floor_median_10_500"];
                Assert.Equal(csvFloor, reference.Floor, 1e-6 * csvFloor);
                Assert.Equal(segment.Features[prefix + "mean"], reference.Mean, 3e-5 * reference.Mean); // theirs starts from 0, not from the record's mean

                float[] v = Compute(record, segment.Start, segment.Length);
                worst = Math.Max(worst, Compare(csvFloor, v[VibrationFields.EnvelopeFloor] / Gravity));
                worst = Math.Max(worst, Compare(reference.Rms, v[VibrationFields.Envelope] / Gravity));
                double[] orders = [record.OuterRace, record.InnerRace, 2 * record.BallSpin, record.Cage];
                for (int i = 0; i < Names.Length; i++)
                {
                    double line = segment.Features[prefix + Names[i] + "_amp"];
                    Assert.Equal(line, reference.Line(orders[i] * record.Rpm / 60), 1e-6 * line);
                    Assert.InRange(v[VibrationFields.OuterRace + i] / Gravity, line * 0.9999, line * 1.18); // interpolated: up to 1.42 dB more
                }

                compared++;
            }

            TestContext.Current.TestOutputHelper?.WriteLine(compared + " envelopes, largest error of floor and RMS " + worst.ToString("G3", CultureInfo.InvariantCulture));
            Assert.Equal(6, compared);
        }

        [Theory]
        [InlineData(0.5376)] // 14,336 samples of the IIS3DWB: what a node without PSRAM holds of an axis
        [InlineData(1)]
        public void Defects_of_a_race_stand_eight_times_above_the_floor_and_nothing_else_does(double seconds)
        {
            var table = new StringWriter(CultureInfo.InvariantCulture);
            table.WriteLine("Heights over the floor, smallest..largest of overlapping windows of " + seconds + " s");
            table.WriteLine("record                     fs Hz windows            BPFO            BPFI           2xBSF             FTF");
            int records = 0;
            foreach (ReferenceRecord record in ReferenceData.Get().Records.Values.Where(r => r.Kind == "vib"))
            {
                int samples = (int)(seconds * record.Rate);
                var windows = new List<double[]>();
                for (int start = 0; start + samples <= record.Counts.Length; start += samples / 2)
                {
                    float[] v = Compute(record, start, samples);
                    windows.Add([.. Names.Select((_, i) => v[VibrationFields.OuterRace + i] / (double)v[VibrationFields.EnvelopeFloor])]);
                }

                table.Write(record.Name.PadRight(24) + record.Rate.ToString(CultureInfo.InvariantCulture).PadLeft(8) + windows.Count.ToString(CultureInfo.InvariantCulture).PadLeft(8));
                for (int i = 0; i < Names.Length; i++)
                {
                    table.Write((F1(windows.Min(w => w[i])) + ".." + F1(windows.Max(w => w[i]))).PadLeft(16));
                }

                table.WriteLine("  " + record.Label);
                bool outer = record.Label.StartsWith("outer", StringComparison.Ordinal);
                bool inner = record.Label.StartsWith("inner", StringComparison.Ordinal);
                Assert.Equal(outer, windows.Min(w => w[0]) >= Threshold);
                Assert.Equal(outer, windows.Max(w => w[0]) >= Threshold);
                Assert.Equal(inner, windows.Min(w => w[1]) >= Threshold);
                Assert.Equal(inner, windows.Max(w => w[1]) >= Threshold);
                if (record.Label == "healthy") { Assert.True(windows.Max(w => w.Max()) < Threshold / 2); }
                records++;
            }

            TestContext.Current.TestOutputHelper?.WriteLine(table.ToString());
            Assert.True(records >= 6);
        }

        private static string F1(double value) => value.ToString("F1", CultureInfo.InvariantCulture);

        private static double Compare(double expected, double found)
        {
            double error = Math.Abs(found - expected) / expected;
            Assert.True(error < 1e-4, "found " + found + ", expected " + expected);
            return error;
        }

        private static float[] Compute(ReferenceRecord record, int start, int samples)
        {
            var options = new VibrationOptions { SpeedRpm = (float)record.Rpm, Bearing = new BearingGeometry(9, 0.3126, 1.537, 0) }; // the rig's 6205
            Assert.Equal(record.OuterRace, options.Bearing.OuterRace, 1e-5);
            var analysis = new EnvelopeAnalysis(options, new RealFft(1024), new float[1024]);
            float[] v = new float[VibrationFields.Count];
            double mean = record.Counts.Skip(start).Take(samples).Average(count => (double)count);
            Assert.Equal(0, analysis.Compute(record.Counts, start, 1, samples, mean, (float)(record.Weight * Gravity), (float)record.Rate, v, 0));
            return v;
        }
    }
}
