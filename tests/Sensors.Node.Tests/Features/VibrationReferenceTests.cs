using System;
using System.Collections.Generic;
using System.Globalization;
using Sensors.Node;

namespace Sensors.Node.Tests.Features
{
    /// <summary>
    /// Vibration features of every shared record and segment against values that NumPy and SciPy computed in float64, motor currents and mains voltages
    /// included: a feature does not know what it is of. The largest error of each feature is printed.
    /// </summary>
    public class VibrationReferenceTests
    {
        private const double Gravity = 9.80665;
        private const double Relative = 1e-4;
        private const double SkewnessAbsolute = 1e-3;
        private const double BandRelative = 1e-3;

        [Fact]
        public void MomentsOfEverySegment()
        {
            var errors = new Errors();
            int segments = 0;
            foreach (ReferenceSegment s in ReferenceData.Get().Segments)
            {
                if (!s.Features.ContainsKey("rms_ac")) { continue; } // spectral values only

                // The record on X, upside down on Y, backwards on Z: each axis has to find its own.
                short[] counts = s.Counts;
                short[] xyz = new short[3 * s.Length];
                for (int i = 0; i < s.Length; i++)
                {
                    xyz[3 * i] = counts[i];
                    xyz[3 * i + 1] = (short)-counts[i];
                    xyz[3 * i + 2] = counts[s.Length - 1 - i];
                }

                float[] v = new float[VibrationFields.Count];
                var features = new VibrationFeatures(new VibrationOptions(), 4096);
                Assert.Equal(0, features.Compute(xyz, 0, s.Length, (float)s.Record.Weight, (float)s.Record.Rate, false, short.MinValue, short.MaxValue + 1, v));
                for (int axis = 0; axis < 3; axis++)
                {
                    int at = axis * VibrationFields.PerAxis;
                    double sign = axis == 1 ? -1 : 1;
                    errors.Check(s, "mean", sign * v[at + VibrationFields.Mean], s.Features["rms_raw"], Relative);
                    errors.Check(s, "rms_ac", v[at + VibrationFields.Rms], Relative);
                    errors.Check(s, "peak_ac", v[at + VibrationFields.Peak], Relative);
                    errors.Check(s, "p2p", v[at + VibrationFields.PeakToPeak], Relative);
                    errors.Check(s, "crest_ac", v[at + VibrationFields.Crest], Relative);
                    errors.Check(s, "skew_g1", sign * v[at + VibrationFields.Skewness], 1, SkewnessAbsolute);
                    errors.Check(s, "kurt_pearson", v[at + VibrationFields.Kurtosis], Relative);
                }

                segments++;
            }

            errors.Print(segments);
            Assert.Equal(216, segments);
        }

        [Fact]
        public void SpectraOfEverySegment()
        {
            var fft = new RealFft(65536);
            float[] work = new float[65536];
            var errors = new Errors();
            int segments = 0;
            foreach (ReferenceSegment s in ReferenceData.Get().Segments)
            {
                if (!s.Features.ContainsKey("hann_total_rms") || !RealFft.IsPowerOfTwo(s.Length)) { continue; }

                short[] counts = s.Record.Counts;
                double mean = 0;
                for (int i = 0; i < s.Length; i++) { mean += counts[s.Start + i]; }

                var spectrum = new Spectrum(fft, work);
                spectrum.Begin(s.Length);
                spectrum.Add(counts, s.Start, 1, mean / s.Length);
                spectrum.End(s.Record.Rate);
                spectrum.Survey();
                double weight = s.Record.Weight;
                errors.Check(s, "hann_total_rms", Math.Sqrt(spectrum.Total) * weight, Relative);
                errors.Check(s, "centroid_pow", spectrum.Centroid, Relative);
                CheckBands(s, spectrum, errors);
                CheckPeaks(s, spectrum, errors);
                CheckOrders(s, spectrum, errors);
                segments++;
            }

            errors.Print(segments);
            Assert.Equal(132, segments);
        }

        [Fact]
        public void BandsLeaveTheNodeRight()
        {
            var errors = new Errors();
            int segments = 0;
            foreach (ReferenceSegment s in ReferenceData.Get().Segments)
            {
                if (!s.Features.ContainsKey("band_rms_2000_5000") || s.Length > VibrationOptions.LongestBlock || !RealFft.IsPowerOfTwo(s.Length)) { continue; }

                float[] v = new float[VibrationFields.Count];
                var features = new VibrationFeatures(new VibrationOptions { BandEdges = [500, 1000, 1000, 2000, 2000, 5000] }, s.Length);
                features.ComputeAxis(
                    s.Record.Counts, s.Start, 1, s.Length, 2, (float)(s.Record.Weight * Gravity), (float)s.Record.Rate, true, short.MinValue, short.MaxValue + 1, v);
                int at = 2 * VibrationFields.PerAxis;
                errors.Check(s, "rms_ac", v[at + VibrationFields.Rms] / Gravity, Relative);
                errors.Check(s, "centroid_pow", v[at + VibrationFields.Centroid], Relative);
                errors.Check(s, "band_rms_500_1000", v[at + VibrationFields.FirstBand] / Gravity, BandRelative);
                errors.Check(s, "band_rms_1000_2000", v[at + VibrationFields.FirstBand + 1] / Gravity, BandRelative);
                errors.Check(s, "band_rms_2000_5000", v[at + VibrationFields.FirstBand + 2] / Gravity, BandRelative);
                Assert.Equal(QualityNotes.VelocityWindow, features.Notes & QualityNotes.VelocityWindow); // none is half a second
                segments++;
            }

            errors.Print(segments);
            Assert.Equal(72, segments);
        }

        [Fact]
        public void VelocityOfFastSamplesIsThatOfAllOfThem()
        {
            // 1.4 s at 12 and 48 kHz: the node decimates, so that a transform of 4,096 spans 1 s. In float64, one spectrum of these samples as they are.
            double worst = 0;
            int segments = 0;
            foreach (ReferenceSegment s in ReferenceData.Get().Segments)
            {
                if (s.Record.Kind != "vib" || (s.Length != 16384 && s.Length != 65536) || s.Length < s.Record.Rate) { continue; }

                var options = new VibrationOptions { BandEdges = [], SpeedRpm = (float)s.Record.Rpm };
                float[] v = new float[VibrationFields.Count];
                float rate = (float)s.Record.Rate;
                double weight = s.Record.Weight * Gravity;
                var features = new VibrationFeatures(options, s.Length);
                features.ComputeAxis(s.Record.Counts, s.Start, 1, s.Length, 0, (float)weight, rate, true, short.MinValue, short.MaxValue + 1, v);
                Assert.Equal(0, features.Notes & ~(QualityNotes.AliasingRisk | QualityNotes.EnvelopeRate | QualityNotes.EnvelopeWindow));

                int factor = Math.Min(Decimator.Most, Math.Min((int)(rate * Decimator.FlatPart / 1000), s.Length / 4096));
                int used = factor * 4096;
                double[] expected = VibrationDefinition.Of(s.Record.Counts.AsSpan(s.Start, used).ToArray(), weight, rate, options, used, true);
                foreach (int field in new[]
                {
                    VibrationFields.Velocity, VibrationFields.Displacement, VibrationFields.FirstOrder, VibrationFields.FirstOrder + 1, VibrationFields.FirstOrder + 4,
                    VibrationFields.FirstHalfOrder + 1, VibrationFields.MainsLine,
                })
                {
                    // A line in the noise may have what is folded onto it, 64 dB below what was there.
                    bool line = field >= VibrationFields.FirstOrder;
                    double error = Math.Abs(v[field] - expected[field]) / (expected[field] + (line ? 0.01 * expected[VibrationFields.Rms] : 0));
                    double tolerance = field == VibrationFields.Displacement ? 5e-3 : BandRelative; // 1/f² weighs what is folded to 10 Hz most
                    Assert.True(error <= tolerance, s + ", field " + field + ": found " + v[field] + ", expected " + expected[field]);
                    worst = Math.Max(worst, error);
                }

                segments++;
            }

            TestContext.Current.TestOutputHelper?.WriteLine(segments + " segments, the largest error " + worst.ToString("E1", CultureInfo.InvariantCulture));
            Assert.Equal(11, segments);
        }

        private static void CheckBands(ReferenceSegment s, Spectrum spectrum, Errors errors)
        {
            double weight = s.Record.Weight;
            foreach (string feature in s.Features.Keys)
            {
                if (!feature.StartsWith("band_rms_", StringComparison.Ordinal)) { continue; }
                string[] edge = feature.Split('_');
                double low = double.Parse(edge[2], CultureInfo.InvariantCulture);
                double high = double.Parse(edge[3], CultureInfo.InvariantCulture);
                errors.Check(s, feature, Math.Sqrt(spectrum.MeanSquare(low, high)) * weight, BandRelative);
            }

            if (!s.Features.ContainsKey("vel_rms_10_1000_fd")) { return; }
            spectrum.Integrate(10, 1000);
            errors.Check(s, "vel_rms_10_1000_fd", Math.Sqrt(spectrum.VelocitySquare) * weight * Gravity * 1e3, BandRelative);
            if (!s.Features.ContainsKey("disp_rms_10_1000_fd")) { return; }
            errors.Check(s, "disp_rms_10_1000_fd", Math.Sqrt(spectrum.DisplacementSquare) * weight * Gravity * 1e6, BandRelative);
        }

        // By frequency: two peaks of nearly one height may change places.
        private static void CheckPeaks(ReferenceSegment s, Spectrum spectrum, Errors errors)
        {
            Assert.Equal(Spectrum.MostPeaks, spectrum.PeakCount);
            for (int i = 0; i < spectrum.PeakCount; i++)
            {
                int match = 0;
                for (int rank = 1; rank <= 5; rank++)
                {
                    if (Math.Abs(spectrum.PeakHertz(i) - s.Features["pk" + rank + "_f_hann"]) < spectrum.Resolution / 2) { match = rank; }
                }

                Assert.True(match > 0 && match <= i + 2, s + ": no peak at " + spectrum.PeakHertz(i) + " Hz");
                errors.Check(s, "pk" + match + "_f_hann", spectrum.PeakHertz(i), Relative);
                errors.Check(s, "pk" + match + "_amp_hann", spectrum.PeakAmplitude(i) * s.Record.Weight, Relative);
            }
        }

        private static void CheckOrders(ReferenceSegment s, Spectrum spectrum, Errors errors)
        {
            if (!s.Features.ContainsKey("order1_amp")) { return; }
            for (int k = 1; k <= 5; k++)
            {
                // The reference has the bin as it is; the node interpolates.
                double hertz = k * s.Record.Number("fr_hz");
                int bin = spectrum.LineBin(hertz, 0.015);
                errors.Check(s, "order" + k + "_f", bin * spectrum.Resolution, Relative);
                double amplitude = Math.Sqrt(3 * spectrum.Scale * spectrum.Squares[bin]);
                errors.Check(s, "order" + k + "_amp", amplitude * s.Record.Weight, Relative);
                Assert.InRange(spectrum.LineAmplitude(hertz, 0.015) / amplitude, 1 - 1e-6, 1.1781); // pi / 4 / sin(pi / 2) x 3 / 4, at most
            }
        }

        // The largest error of each feature; fails at once where one is beyond its tolerance.
        private sealed class Errors
        {
            private readonly SortedDictionary<string, double> _largest = new(StringComparer.Ordinal);

            public void Check(ReferenceSegment s, string feature, double found, double tolerance)
            {
                Check(s, feature, found, Math.Abs(s.Features[feature]), tolerance);
            }

            public void Check(ReferenceSegment s, string feature, double found, double scale, double tolerance)
            {
                double expected = s.Features[feature];
                double error = found == expected ? 0 : Math.Abs(found - expected) / scale;
                Assert.True(error <= tolerance, s + ", " + feature + ": found " + found + ", expected " + expected);
                _largest[feature] = Math.Max(error, _largest.GetValueOrDefault(feature));
            }

            public void Print(int segments)
            {
                TestContext.Current.TestOutputHelper?.WriteLine(segments + " segments; the largest errors:");
                foreach (KeyValuePair<string, double> error in _largest)
                {
                    TestContext.Current.TestOutputHelper?.WriteLine(error.Key.PadRight(22) + error.Value.ToString("E1", CultureInfo.InvariantCulture));
                }
            }
        }
    }
}
