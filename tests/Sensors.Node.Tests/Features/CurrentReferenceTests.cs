using System;
using System.Collections.Generic;
using System.Linq;
using Sensors.Node;

namespace Sensors.Node.Tests.Features
{
    /// <summary>
    /// Features of real currents and voltages, of a motor and of appliances, against what NumPy computed in float64. The definitions are the same, so
    /// that what remains is float32 samples and results.
    /// </summary>
    public class CurrentReferenceTests
    {
        private static readonly string[] Motor = { "mcsa_1_1_h_425_lo", "mcsa_1_1_h_425_hi", "mcsa_6_1_h_425_lo", "mcsa_6_1_h_425_hi" };

        [Fact]
        public void Crest_of_every_segment_and_inrush_of_every_current()
        {
            var worst = new Worst();
            foreach (ReferenceSegment s in ReferenceData.Get().Segments.Where(s => s.Features.ContainsKey("crest_ac")))
            {
                float[] v = Values(s, (features, amperes, rate, values) => features.Compute(amperes, 0, amperes.Length, rate, values));
                worst.Take("crest_ac", s, v[CurrentFields.Crest], s.Features["crest_ac"], 1e-4);
                worst.Take("rms_raw", s, v[CurrentFields.Rms], s.Features["rms_raw"], 1e-4);
                if (!s.Features.TryGetValue("inrush_ratio", out double inrush)) { continue; }
                worst.Take("inrush_ratio", s, v[CurrentFields.Inrush], inrush, 1e-4); // the same cycles: of nominal 50 Hz, the direct part in
            }

            worst.Print();
            Assert.Equal(216, worst.Count("crest_ac"));
            Assert.Equal(132, worst.Count("inrush_ratio"));
            Assert.True(worst.Of("inrush_ratio") < 1e-6);
        }

        [Fact]
        public void Frequency_fundamental_and_distortion_of_every_segment()
        {
            var worst = new Worst();
            foreach (ReferenceSegment s in ReferenceData.Get().Segments.Where(s => s.Features.ContainsKey("thd_f_ls_40")))
            {
                float fundamental = 0;
                float[] v = Values(s, (features, amperes, rate, values) =>
                {
                    Assert.Equal(QualityNotes.None, features.ComputeAlternating(amperes, 0, amperes.Length, rate, 0f, values));
                    fundamental = features.Fundamental;
                });
                worst.Take("f0_hann", s, v[CurrentFields.Frequency], s.Features["f0_hann"], 1e-4);
                worst.Take("h1_rms_ls", s, fundamental, s.Features["h1_rms_ls"], 1e-4);
                worst.Take("thd_f_ls_40", s, 100 * v[CurrentFields.Distortion], s.Features["thd_f_ls_40"], 1e-3);
            }

            worst.Print();
            Assert.Equal(108, worst.Count("thd_f_ls_40"));
            Assert.True(worst.Of("f0_hann") < 1e-6);
            Assert.True(worst.Of("h1_rms_ls") < 1e-6);
            Assert.True(worst.Of("thd_f_ls_40") < 1e-5);
        }

        [Fact]
        public void Whole_cycles_differ_from_the_whole_segment_by_what_a_cycle_does()
        {
            // The reference's RMS and crest are over all samples, the node's over whole cycles: the same where a current is steady.
            var worst = new Worst();
            foreach (ReferenceSegment s in ReferenceData.Get().Segments.Where(s => s.Features.ContainsKey("thd_f_ls_40")))
            {
                string steady = s.Record.Name.StartsWith("hfhad_desktop1_i", StringComparison.Ordinal) ? "computer " : "";
                float[] v = Values(s, (features, amperes, rate, values) => features.ComputeAlternating(amperes, 0, amperes.Length, rate, 0f, values));
                worst.Take(steady + "rms_ac", s, v[CurrentFields.Rms], s.Features["rms_ac"], steady.Length > 0 ? 0.05 : 0.005);
                worst.Take(steady + "crest_ac", s, v[CurrentFields.Crest], s.Features["crest_ac"], steady.Length > 0 ? 0.06 : 0.03);
                // The reference's inrush has the converter's direct part in it: 3 % of the half cycles of the cheap clamp.
                worst.Take(steady + "inrush_ratio", s, v[CurrentFields.Inrush], s.Features["inrush_ratio"], steady.Length > 0 ? 0.15 : 0.05);
                double mean = Math.Abs(v[CurrentFields.Mean] - s.Features["mean"]) / s.Features["rms_ac"];
                Assert.True(mean < (steady.Length > 0 ? 0.05 : 0.005), s + ": mean off by " + mean);
            }

            worst.Print();
        }

        [Fact]
        public void A_misaligned_motor_is_told_from_an_aligned_one()
        {
            var levels = new Dictionary<string, (double Low, double High)>();
            double farthest = 0;
            foreach (ReferenceSegment s in ReferenceData.Get().Segments.Where(s => s.Features.ContainsKey("mcsa_lower_dBc")))
            {
                float[] v = Values(s, (features, amperes, rate, values) =>
                    Assert.Equal(QualityNotes.None, features.ComputeAlternating(amperes, 0, amperes.Length, rate, 0f, values)), speed: true);
                double low = v[CurrentFields.SidebandLow];
                double high = v[CurrentFields.SidebandHigh];
                if (s.Length == s.Record.Counts.Length) { levels[s.Record.Name] = (low, high); }

                // The reference leaves the fundamental's skirts in, which are 25 to 30 dB below these lines.
                farthest = Math.Max(farthest, Math.Abs(low - s.Features["mcsa_lower_dBc"]));
                farthest = Math.Max(farthest, Math.Abs(high - s.Features["mcsa_upper_dBc"]));
                TestContext.Current.TestOutputHelper?.WriteLine(
                    $"{s}: {low:F2} ({s.Features["mcsa_lower_dBc"]:F2}), {high:F2} ({s.Features["mcsa_upper_dBc"]:F2}) dB");
            }

            Assert.Equal(4, levels.Count);
            Assert.InRange(farthest, 0, 0.7);
            foreach (string clamp in new[] { "lo", "hi" })
            {
                (double Low, double High) aligned = levels["mcsa_1_1_h_425_" + clamp];
                (double Low, double High) misaligned = levels["mcsa_6_1_h_425_" + clamp];
                Assert.InRange(misaligned.Low - aligned.Low, 8, 11);
                Assert.InRange(misaligned.High - aligned.High, 7, 10);
            }
        }

        [Fact]
        public void Where_the_mains_lie_between_two_lines_the_pair_is_told_apart_as_well()
        {
            // 12,660 samples are 49.4 cycles: the fundamental's skirts at 43 and 57 Hz are at -58 dB, as high as the aligned motor's sidebands.
            ReferenceData data = ReferenceData.Get();
            foreach (int length in new[] { 12_800, 12_740, 12_660, 12_540, 9000 })
            {
                double[] high = new double[Motor.Length];
                for (int i = 0; i < Motor.Length; i++)
                {
                    float[] v = Values(data.Records[Motor[i]], 0, length, (features, amperes, rate, values) =>
                        features.ComputeAlternating(amperes, 0, amperes.Length, rate, 0f, values));
                    high[i] = v[CurrentFields.SidebandHigh];
                }

                TestContext.Current.TestOutputHelper?.WriteLine($"{length}: {high[0]:F2} {high[1]:F2} {high[2]:F2} {high[3]:F2} dB");
                Assert.InRange(high[2] - high[0], 6, 11);
                Assert.InRange(high[3] - high[1], 6, 11);
            }
        }

        [Fact]
        public void Two_cycles_have_no_frequency_and_the_note_says_so()
        {
            ReferenceData data = ReferenceData.Get();
            foreach (string motor in Motor)
            {
                int notes = 0;
                float[] v = Values(data.Records[motor], 0, 512, (features, amperes, rate, values) =>
                    notes = features.ComputeAlternating(amperes, 0, amperes.Length, rate, 0f, values));
                Assert.Equal(QualityNotes.CurrentWindow, notes);
                Assert.True(float.IsNaN(v[CurrentFields.Frequency]) && float.IsNaN(v[CurrentFields.Distortion]) && float.IsNaN(v[CurrentFields.SidebandLow]));
                Assert.True(v[CurrentFields.Rms] > 0.02f);
            }
        }

        private static float[] Values(ReferenceSegment s, Action<CurrentFeatures, float[], float, float[]> compute, bool speed = false) =>
            Values(s.Record, s.Start, s.Length, compute, speed);

        private static float[] Values(
            ReferenceRecord record, int start, int length, Action<CurrentFeatures, float[], float, float[]> compute, bool speed = true)
        {
            float[] amperes = new float[length];
            for (int i = 0; i < length; i++) { amperes[i] = (float)(record.Counts[start + i] * record.Weight); }
            float[] values = new float[CurrentFeatures.ValueCount];
            var options = new CurrentOptions { SpeedRpm = speed ? (float)record.Rpm : 0f };
            compute(new CurrentFeatures(options, 4f), amperes, (float)record.Rate, values);
            return values;
        }

        // The largest relative error of each feature, and where.
        private sealed class Worst
        {
            private readonly Dictionary<string, (int Count, double Error, string Where)> _all = new();

            public void Take(string feature, ReferenceSegment segment, double found, double expected, double tolerance)
            {
                double error = Math.Abs((found / expected) - 1);
                Assert.True(error <= tolerance, segment + ", " + feature + ": found " + found + ", expected " + expected);
                _all.TryGetValue(feature, out (int Count, double Error, string Where) worst);
                _all[feature] = error > worst.Error ? (worst.Count + 1, error, segment.ToString()) : (worst.Count + 1, worst.Error, worst.Where);
            }

            public int Count(string feature) => _all[feature].Count;

            public double Of(string feature) => _all[feature].Error;

            public void Print()
            {
                foreach ((string feature, (int count, double error, string where)) in _all.OrderBy(f => f.Key, StringComparer.Ordinal))
                {
                    TestContext.Current.TestOutputHelper?.WriteLine($"{feature}: {count} segments, largest relative error {error:E1} ({where})");
                }
            }
        }
    }
}
