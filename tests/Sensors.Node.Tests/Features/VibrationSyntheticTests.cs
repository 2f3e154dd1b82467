using System;
using Sensors.Node;

namespace Sensors.Node.Tests.Features
{
    /// <summary>Every feature of signals that were made up, against their definitions in float64: what a machine does, and what breaks arithmetic.</summary>
    public class VibrationSyntheticTests
    {
        private const float Weight = 0.00119709f; // 16,384 counts are 2 g
        private const float Rate = 3200f;

        private static readonly string[] Names =
        {
            "tone", "tone between bins", "tones", "noise", "noise on 1 g", "one count on 1 g", "clipped", "full scale", "impulse", "impulse on 1 g", "silence",
            "silence at 1 g", "step", "low tone on 1 g", "two lines, 80 dB apart", "one count at the end",
        };

        public static TheoryData<string, int> Signals
        {
            get
            {
                var data = new TheoryData<string, int>();
                foreach (string name in Names)
                {
                    foreach (int samples in new[] { 256, 1024, 4096 }) { data.Add(name, samples); }
                }

                return data;
            }
        }

        [Theory]
        [MemberData(nameof(Signals))]
        public void AgreesWithTheDefinitions(string name, int samples)
        {
            var options = new VibrationOptions { SpeedRpm = 1480 };
            Compare(name, Make(name, samples, 7), samples, options, samples, samples >= Rate / 2);
        }

        [Fact]
        public void AgreesAtAnyLength()
        {
            // What a burst that broke off leaves: segments of the largest power of two, overlapping by half.
            var random = new Random(20);
            for (int i = 0; i < 60; i++)
            {
                int samples = random.Next(64, 4097);
                int length = 64;
                while (2 * length <= samples) { length *= 2; }
                var options = new VibrationOptions { SpeedRpm = 1480 };
                Compare(Names[i % Names.Length] + ", length " + samples, Make(Names[i % Names.Length], samples, i), 4096, options, length, length >= Rate / 2);
            }
        }

        [Theory]
        [InlineData(256)]
        [InlineData(512)]
        [InlineData(1024)]
        [InlineData(2048)]
        public void ShorterTransformsAreAveraged(int length)
        {
            // The lines that need the whole window come from a spectrum of the whole window.
            var options = new VibrationOptions { TransformSamples = length };
            short[] counts = Make("noise on 1 g", 4096, 3);
            float[] found = Compute(counts, options, 4096);
            double[] averaged = VibrationDefinition.Of(counts, Weight, Rate, options, length, true);
            double[] whole = VibrationDefinition.Of(counts, Weight, Rate, options, 4096, true);
            foreach (int field in new[] { VibrationFields.Centroid, VibrationFields.FirstBand, VibrationFields.FirstBand + 7 })
            {
                Assert.Equal(1, found[field] / averaged[field], 1e-4);
            }

            foreach (int field in new[] { VibrationFields.Velocity, VibrationFields.Displacement })
            {
                Assert.Equal(1, found[field] / (length == 2048 ? averaged[field] : whole[field]), 1e-4);
            }
        }

        [Fact]
        public void NothingThatIsNotANumberIsMeantAsOne()
        {
            // Whatever the counts, the length and the rate: a value is finite, or absent.
            var random = new Random(1);
            for (int i = 0; i < 300; i++)
            {
                int samples = random.Next(0, 1025);
                var options = new VibrationOptions { SpeedRpm = random.Next(0, 100000), TransformSamples = random.Next(3) * 256, VelocityLow = random.Next(1, 20) };
                short[] counts = Make(Names[random.Next(Names.Length)], samples, i);
                float[] values = new float[VibrationFields.Count];
                float rate = (float)Math.Pow(10, random.NextDouble() * 8 - 2);
                new VibrationFeatures(options, 1024).ComputeAxis(counts, 0, 1, samples, 0, Weight, rate, true, short.MinValue, short.MaxValue + 1, values);
                Assert.All(values, v => Assert.False(float.IsInfinity(v)));
                for (int field = 0; field < VibrationFields.PerAxis; field++)
                {
                    if (VibrationFields.FormOf(field) != ValueForm.Signed) { Assert.False(values[field] < 0, "field " + field); }
                }
            }
        }

        private static void Compare(string name, short[] counts, int longest, VibrationOptions options, int length, bool velocity)
        {
            float[] found = Compute(counts, options, longest);
            double[] expected = VibrationDefinition.Of(counts, Weight, Rate, options, length, velocity);
            double rms = expected[VibrationFields.Rms];
            for (int field = 0; field < VibrationFields.PerAxis; field++)
            {
                if (field >= VibrationFields.FirstPeak && field < VibrationFields.FirstBand) { continue; }
                if (field >= VibrationFields.Envelope && field <= VibrationFields.Cage) { continue; }
                if (field > VibrationFields.MainsLine) { continue; }

                Assert.True(double.IsNaN(expected[field]) == float.IsNaN(found[field]), name + ", field " + field + ": found " + found[field] + ", expected " + expected[field]);
                if (double.IsNaN(expected[field])) { continue; }

                double scale = Math.Abs(expected[field]);
                double tolerance = 1e-4;
                switch (field)
                {
                    case VibrationFields.Mean: scale += rms; break;
                    case VibrationFields.Skewness: scale = 10; break;
                    case VibrationFields.Velocity or VibrationFields.Displacement: tolerance = 1e-3; break;
                }

                if (field >= VibrationFields.FirstOrder && !HasLines(name)) // which of equal neighbours is higher is a matter of rounding
                {
                    Assert.InRange(found[field], 0.84 * expected[field] - 1e-6 * rms, 1.19 * expected[field] + 1e-6 * rms);
                    continue;
                }

                double floor = field is >= VibrationFields.FirstBand and not (VibrationFields.Velocity or VibrationFields.Displacement) ? 1e-6 * rms : 1e-12;
                if (field is VibrationFields.Velocity or VibrationFields.Displacement) { floor = FloorOf(field, rms, options); }
                Assert.True(Math.Abs(found[field] - expected[field]) <= tolerance * scale + floor,
                    name + ", field " + field + ": found " + found[field] + ", expected " + expected[field]);
            }

            if (HasLines(name)) { ComparePeaks(name, counts, found, length, rms); }
        }

        // An impulse's spectrum is flat, a step's falls evenly.
        private static bool HasLines(string name)
        {
            return !name.StartsWith("impulse", StringComparison.Ordinal) && !name.StartsWith("step", StringComparison.Ordinal)
                && !name.StartsWith("one count at the end", StringComparison.Ordinal);
        }

        // What rounding of the transform, a ten millionth of the RMS in each line, may add.
        private static double FloorOf(int field, double rms, VibrationOptions options)
        {
            double radians = 2 * Math.PI * options.VelocityLow;
            return field == VibrationFields.Velocity ? 1e-6 * rms * 1e3 / radians : 1e-6 * rms * 1e6 / radians / radians;
        }

        private static void ComparePeaks(string name, short[] counts, float[] found, int length, double rms)
        {
            double[] x = Array.ConvertAll(counts, c => c * (double)Weight);
            double[] power = VibrationDefinition.Welch(x, SpectrumTests.Mean(x, 0, x.Length), length);
            (double Bin, double Amplitude)[] expected = VibrationDefinition.Peaks(power);
            double df = Rate / length;
            for (int i = 0; i < VibrationFields.Peaks; i++)
            {
                float hertz = found[VibrationFields.FirstPeak + 2 * i];
                float amplitude = found[VibrationFields.FirstPeak + 2 * i + 1];
                Assert.Equal(float.IsNaN(hertz), float.IsNaN(amplitude));
                if (float.IsNaN(hertz))
                {
                    Assert.True(i >= expected.Length || expected[i].Amplitude <= 1e-5 * rms, name + ": peak " + i + " of " + expected.Length + " is missing");
                    continue;
                }

                if (amplitude < 1e-4 * rms) { continue; } // lines of rounding have no frequency to agree on
                int match = Array.FindIndex(expected, p => Math.Abs(p.Bin * df - hertz) < 1e-4 * hertz + 1e-3 * df && Math.Abs(p.Amplitude - amplitude) < 1e-4 * amplitude + 1e-6 * rms);
                Assert.True(match >= 0, name + ": no peak of " + amplitude + " at " + hertz + " Hz");
                Assert.True(expected[match].Amplitude >= expected[Math.Min(i, expected.Length - 1)].Amplitude * 0.84, name + ": peak " + i + " is not among the highest");
            }
        }

        private static float[] Compute(short[] counts, VibrationOptions options, int longest)
        {
            float[] values = new float[VibrationFields.Count];
            var features = new VibrationFeatures(options, longest);
            features.ComputeAxis(counts, 0, 1, counts.Length, 0, Weight, Rate, true, short.MinValue, short.MaxValue + 1, values);
            return values;
        }

        private static short[] Make(string name, int samples, int seed)
        {
            var random = new Random(seed);
            short[] counts = new short[samples];
            double Sine(int i, double hertz, double amplitude) => amplitude * Math.Sin(2 * Math.PI * hertz * i / Rate + 0.4);
            double Gauss() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            for (int i = 0; i < samples; i++)
            {
                double x = name switch
                {
                    "tone" => Sine(i, 400, 12000),
                    "tone between bins" => Sine(i, 123.456, 3000),
                    "tones" => Sine(i, 24.67, 900) + Sine(i, 49.3, 2500) + Sine(i, 100, 4000) + Sine(i, 1234.5, 700) + Gauss(),
                    "noise" => 800 * Gauss(),
                    "noise on 1 g" => 8192 + 30 * Gauss(),
                    "one count on 1 g" => 16384 + (random.Next(2)),
                    "clipped" => Math.Clamp(Sine(i, 87, 90000), short.MinValue, short.MaxValue),
                    "full scale" => i % 2 == 0 ? short.MinValue : short.MaxValue,
                    "impulse" => i == samples / 3 ? 20000 : 0,
                    "impulse on 1 g" => i == samples / 3 ? -20000 : 16384,
                    "silence at 1 g" => 16384,
                    "step" => i < samples / 2 ? -3 : 4,
                    "low tone on 1 g" => 8192 + Sine(i, 15, 50) + Gauss(),
                    "two lines, 80 dB apart" => Sine(i, 1100, 30000) + Sine(i, 30, 3) + Gauss(),
                    "one count at the end" => i == samples - 1 ? 1 : 0,
                    _ => 0,
                };
                counts[i] = (short)Math.Clamp(Math.Round(x), short.MinValue, short.MaxValue);
            }

            return counts;
        }
    }
}
