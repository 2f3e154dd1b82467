using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using Sensors.Node;

namespace Sensors.Node.Tests.Features
{
    /// <summary>
    /// Features of real machine records against values that NumPy computed in float64. The records are not part of this
    /// repository: the folder is named by SENSORS_REFERENCE_DATA, or lies beside the repository in shared/reference-data.
    /// </summary>
    public class ReferenceDataTests
    {
        private const double Tolerance = 1e-4; // promised; what is found is below 2e-7
        private const int Mean = 0, Rms = 1, Peak = 2, PeakToPeak = 3, Crest = 4, PerAxis = 5;

        [Fact]
        public void VibrationFeaturesOfEverySegment()
        {
            int segments = 0;
            double worst = 0;
            foreach (Segment s in Segments())
            {
                // The record on X, upside down on Y, backwards on Z: each axis has to find its own.
                short[] xyz = new short[3 * s.Length];
                for (int i = 0; i < s.Length; i++)
                {
                    xyz[3 * i] = s.Counts[i];
                    xyz[3 * i + 1] = (short)-s.Counts[i];
                    xyz[3 * i + 2] = s.Counts[s.Length - 1 - i];
                }

                float[] v = new float[VibrationFeatures.ValueCount];
                Assert.Equal(0, new VibrationFeatures().Compute(xyz, 0, s.Length, (float)s.Weight, short.MinValue, short.MaxValue + 1, v));
                for (int axis = 0; axis < 3; axis++)
                {
                    int at = axis * PerAxis;
                    double sign = axis == 1 ? -1 : 1;
                    worst = Math.Max(worst, Check(s, "mean", sign * v[at + Mean], s.Features["rms_raw"]));
                    worst = Math.Max(worst, Check(s, "rms_ac", v[at + Rms], s.Features["rms_ac"]));
                    worst = Math.Max(worst, Check(s, "peak_ac", v[at + Peak], s.Features["peak_ac"]));
                    worst = Math.Max(worst, Check(s, "p2p", v[at + PeakToPeak], s.Features["p2p"]));
                    worst = Math.Max(worst, Check(s, "crest_ac", v[at + Crest], s.Features["crest_ac"]));
                }

                segments++;
            }

            TestContext.Current.TestOutputHelper?.WriteLine(segments + " segments, largest error " + worst.ToString("G3", CultureInfo.InvariantCulture));
            Assert.Equal(216, segments);
            Assert.True(worst < 2e-7);
        }

        [Fact]
        public void CurrentFeaturesOfEverySegment()
        {
            int segments = 0;
            foreach (Segment s in Segments())
            {
                float[] fromCounts = new float[CurrentFeatures.ValueCount];
                float[] fromAmperes = new float[CurrentFeatures.ValueCount];
                float[] amperes = new float[s.Length];
                for (int i = 0; i < s.Length; i++) { amperes[i] = (float)(s.Counts[i] * s.Weight); }
                new CurrentFeatures().Compute(s.Counts, 0, s.Length, (float)s.Weight, short.MinValue, short.MaxValue + 1, fromCounts);
                new CurrentFeatures().Compute(amperes, 0, s.Length, fromAmperes);
                foreach (float[] v in new[] { fromCounts, fromAmperes })
                {
                    Check(s, "mean", v[0], s.Features["rms_raw"]);
                    Check(s, "rms_raw", v[1], s.Features["rms_raw"]);
                    Check(s, "min", v[2], s.Features["peak_raw"]);
                    Check(s, "max", v[3], s.Features["peak_raw"]);
                }

                segments++;
            }

            Assert.Equal(216, segments);
        }

        // Gives the error as a part of the scale: a mean near zero is judged by the signal's size.
        private static double Check(Segment segment, string feature, double found, double scale)
        {
            double expected = segment.Features[feature];
            double error = Math.Abs(found - expected) / scale;
            Assert.True(error <= Tolerance, segment.Record + " from " + segment.Start + ", " + segment.Length + " samples, " + feature
                + ": found " + found + ", expected " + expected);
            return error;
        }

        private static List<Segment> Segments()
        {
            string? folder = Folder();
            if (folder == null) { Assert.Skip("Reference data not found: set SENSORS_REFERENCE_DATA to its folder."); }

            var records = new Dictionary<string, (short[] Counts, double Weight)>();
            string[] manifest = File.ReadAllLines(Path.Combine(folder, "manifest.csv"));
            for (int i = 1; i < manifest.Length; i++)
            {
                string[] field = manifest[i].Split(','); // the first fields have no quotes
                if (!field[1].EndsWith(".i16", StringComparison.Ordinal)) { continue; }
                byte[] bytes = File.ReadAllBytes(Path.Combine(folder, field[1]));
                short[] counts = new short[bytes.Length / 2];
                for (int c = 0; c < counts.Length; c++) { counts[c] = (short)(bytes[2 * c] | (bytes[2 * c + 1] << 8)); }
                Assert.Equal(int.Parse(field[2], CultureInfo.InvariantCulture), counts.Length);
                records[field[0]] = (counts, double.Parse(field[4], CultureInfo.InvariantCulture));
            }

            var segments = new Dictionary<string, Segment>();
            foreach (string line in File.ReadLines(Path.Combine(folder, "reference_features.csv")))
            {
                string[] field = line.Split(',');
                if (!records.TryGetValue(field[0], out var record)) { continue; }
                string key = field[0] + "," + field[1] + "," + field[2];
                if (!segments.TryGetValue(key, out Segment? segment))
                {
                    int start = int.Parse(field[1], CultureInfo.InvariantCulture);
                    int length = int.Parse(field[2], CultureInfo.InvariantCulture);
                    segment = new Segment(field[0], start, length, record.Counts.AsSpan(start, length).ToArray(), record.Weight, new Dictionary<string, double>());
                    segments.Add(key, segment);
                }

                segment.Features[field[3]] = double.Parse(field[4], CultureInfo.InvariantCulture);
            }

            var statistical = new List<Segment>(); // other segments have spectral values only
            foreach (Segment segment in segments.Values)
            {
                if (segment.Features.ContainsKey("rms_ac")) { statistical.Add(segment); }
            }

            return statistical;
        }

        private static string? Folder()
        {
            string? named = Environment.GetEnvironmentVariable("SENSORS_REFERENCE_DATA");
            if (!string.IsNullOrEmpty(named)) { return named; }

            for (DirectoryInfo? at = new DirectoryInfo(AppContext.BaseDirectory); at != null; at = at.Parent)
            {
                if (!File.Exists(Path.Combine(at.FullName, "Sensors.sln"))) { continue; }
                string beside = Path.Combine(at.FullName, "..", "shared", "reference-data");
                return Directory.Exists(beside) ? beside : null;
            }

            return null;
        }

        private sealed record Segment(string Record, int Start, int Length, short[] Counts, double Weight, Dictionary<string, double> Features);
    }
}
