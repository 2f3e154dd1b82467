using System;
using System.Collections.Generic;
using System.Globalization;
using Sensors.Node;

namespace Sensors.Node.Tests.Features
{
    /// <summary>
    /// Features of real machine records against values that NumPy computed in float64.
    /// </summary>
    public class ReferenceDataTests
    {
        private const double Tolerance = 1e-4; // promised; what is found is below 2e-7

        [Fact]
        public void CurrentFeaturesOfEverySegment()
        {
            int segments = 0;
            foreach (ReferenceSegment s in Segments())
            {
                short[] counts = s.Counts;
                float[] fromCounts = new float[CurrentFeatures.ValueCount];
                float[] fromAmperes = new float[CurrentFeatures.ValueCount];
                float[] amperes = new float[s.Length];
                for (int i = 0; i < s.Length; i++) { amperes[i] = (float)(counts[i] * s.Record.Weight); }
                new CurrentFeatures().Compute(counts, 0, s.Length, (float)s.Record.Weight, short.MinValue, short.MaxValue + 1, fromCounts);
                new CurrentFeatures().Compute(amperes, 0, s.Length, float.NaN, fromAmperes);
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
        private static double Check(ReferenceSegment segment, string feature, double found, double scale)
        {
            double expected = segment.Features[feature];
            double error = Math.Abs(found - expected) / scale;
            Assert.True(error <= Tolerance, segment + ", " + feature
                + ": found " + found + ", expected " + expected);
            return error;
        }

        private static List<ReferenceSegment> Segments()
        {
            var statistical = new List<ReferenceSegment>(); // other segments have spectral values only
            foreach (ReferenceSegment segment in ReferenceData.Get().Segments)
            {
                if (segment.Features.ContainsKey("rms_ac")) { statistical.Add(segment); }
            }

            return statistical;
        }
    }
}
