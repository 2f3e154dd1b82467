using System;
using Sensors.Node;

namespace Sensors.Node.Tests.Features
{
    /// <summary>Crest, distortion, inrush and sidebands of currents whose values are known in closed form.</summary>
    public class CurrentShapeTests
    {
        private const float ClampRate = 860f;
        private const int Second = 860;

        [Theory]
        [InlineData(860, 172, 0.0)]
        [InlineData(860, 172, 1.0)]
        [InlineData(774, 155, 1.0)]
        [InlineData(946, 189, 1.0)]
        [InlineData(12800, 2560, 0.0)]
        public void Distortion_is_what_the_harmonics_are_whatever_their_phases(double rate, int count, double averaged)
        {
            var random = new Random(1);
            double worst = 0;
            for (int seed = 0; seed < 50; seed++)
            {
                double[] parts = { 0, 1, 0.02, 0.2, 0.01, 0.1, 0, 0.05 }; // to h = 7
                if (0.45 * rate < 7 * 50) { parts[7] = 0; }
                double hertz = 49.5 + random.NextDouble();
                double squares = 0;
                for (int h = 2; h < parts.Length; h++) { squares += parts[h] * parts[h]; }
                float[] v = Measure(Wave(random, rate, hertz, count, parts, averaged), rate, averaged, out int notes);
                Assert.Equal(QualityNotes.None, notes);
                Assert.Equal(hertz, v[CurrentFields.Frequency], 0.02);
                worst = Math.Max(worst, Math.Abs((v[CurrentFields.Distortion] / Math.Sqrt(squares)) - 1));
            }

            TestContext.Current.TestOutputHelper?.WriteLine($"{rate} samples a second, averaged {averaged}: {worst:P3}");
            Assert.InRange(worst, 0, 0.002);
        }

        [Fact]
        public void What_a_converter_averages_away_of_the_harmonics_is_put_back()
        {
            // The seventh harmonic of 50 Hz at 860 a second loses 25 %; told as instants it stays lost.
            float[] x = Wave(new Random(1), ClampRate, 50, 172, new[] { 0, 1, 0, 0, 0, 0, 0, 0.1 }, 1);
            Assert.Equal(0.1, Measure(x, ClampRate, 1, out _)[CurrentFields.Distortion], 0.0005);
            Assert.Equal(0.0755, Measure(x, ClampRate, 0, out _)[CurrentFields.Distortion], 0.001);
        }

        [Theory]
        [InlineData(475)]
        [InlineData(250)]
        public void A_rate_that_does_not_reach_the_fifth_harmonic_tells_no_distortion(double rate)
        {
            float[] v = Measure(Wave(new Random(1), rate, 50, (int)(rate / 5), new[] { 0, 1, 0, 0.1 }, 0), rate, 0, out int notes);
            Assert.Equal(QualityNotes.CurrentWindow, notes);
            Assert.True(float.IsNaN(v[CurrentFields.Distortion]));
            Assert.Equal(50, v[CurrentFields.Frequency], 0.01);
            Assert.Equal(1.005, v[CurrentFields.Rms], 0.003);
        }

        [Fact]
        public void Harmonics_end_at_the_fortieth()
        {
            double[] parts = new double[46];
            parts[1] = 1;
            parts[40] = 0.03;
            parts[45] = 0.5;
            float[] v = Measure(Wave(new Random(1), 12800, 50, 2560, parts, 0), 12800, 0, out _);
            Assert.Equal(0.03, v[CurrentFields.Distortion], 1e-5);
        }

        [Theory]
        [InlineData(1.0, 1.4142)] // a sine
        [InlineData(0.0, 1.0)]    // a square
        public void Crest_of_sine_and_square(double sine, double crest)
        {
            float[] x = new float[2560];
            for (int i = 0; i < x.Length; i++)
            {
                double s = Math.Sin((2 * Math.PI * 50 * i / 12800) + 0.01);
                x[i] = 7f + (float)(sine > 0 ? s : Math.Sign(s));
            }

            float[] v = Measure(x, 12800, 0, out _);
            Assert.Equal(crest, v[CurrentFields.Crest], 0.0005);
            Assert.Equal(7, v[CurrentFields.Mean], 0.001);
            new CurrentFeatures().Compute(x, 0, x.Length, float.NaN, v);
            Assert.Equal(crest, v[CurrentFields.Crest], 0.0005); // about the mean here, too
        }

        [Fact]
        public void A_steady_current_has_no_inrush()
        {
            var random = new Random(3);
            for (int i = 0; i < 100; i++)
            {
                double hertz = 42 + (26 * random.NextDouble());
                double rate = 774 + (172 * random.NextDouble());
                float[] x = Wave(random, rate, hertz, (int)(rate / 5), new[] { 0, 1, 0, 0.1, 0, 0.05 }, 1);
                Assert.Equal(1, Measure(x, rate, 1, out _)[CurrentFields.Inrush], 0.01); // 13 to 20 samples a cycle
                x = Wave(random, rate * 8, hertz, (int)(rate * 8 / 5), new[] { 0, 1, 0, 0.1, 0, 0.05 }, 1);
                Assert.Equal(1, Measure(x, rate * 8, 1, out _)[CurrentFields.Inrush], 0.0005);
            }
        }

        [Theory]
        [InlineData(860.0, 6.0, 0.1)]
        [InlineData(12800.0, 6.0, 0.03)]
        public void A_start_shows_as_its_half_cycle_over_the_median(double rate, double times, double tolerance)
        {
            // The first two cycles of twenty carry six times the current that runs then.
            int count = (int)(rate * 0.4);
            float[] x = new float[count];
            for (int i = 0; i < count; i++)
            {
                double t = i / rate;
                x[i] = (float)((t < 0.04 ? times : 1) * Math.Sin(2 * Math.PI * 50 * t));
            }

            Assert.Equal(times, Measure(x, rate, 0, out _)[CurrentFields.Inrush], times * tolerance);
        }

        [Fact]
        public void A_direct_current_has_an_inrush_over_nominal_cycles()
        {
            float[] x = new float[87];
            for (int i = 0; i < x.Length; i++) { x[i] = i < 9 ? 12f : 2f; }
            float[] v = new float[CurrentFeatures.ValueCount];
            new CurrentFeatures().Compute(x, 0, x.Length, 435f, v);
            Assert.Equal(6f, v[CurrentFields.Inrush], 0.05f);
            Assert.True(float.IsNaN(v[CurrentFields.Frequency]) && float.IsNaN(v[CurrentFields.Distortion]));
            new CurrentFeatures(new CurrentOptions { MainsHertz = 60 }).Compute(x, 0, x.Length, 435f, v);
            Assert.Equal(6f, v[CurrentFields.Inrush], 0.05f);
        }

        [Fact]
        public void A_window_with_more_cycles_than_there_is_room_for_has_no_inrush()
        {
            float[] x = Wave(new Random(1), ClampRate, 50, 860, new[] { 0, 1.0 }, 0);
            float[] v = new float[CurrentFeatures.ValueCount];
            new CurrentFeatures(null, 0.25f).ComputeAlternating(x, 0, 860, ClampRate, 0f, v);
            Assert.True(float.IsNaN(v[CurrentFields.Inrush]));
            Assert.Equal(Math.Sqrt(0.5), v[CurrentFields.Rms] / Math.Sqrt(2), 1e-4);
        }

        [Fact]
        public void Sidebands_are_told_wherever_the_mains_lie_between_two_lines()
        {
            var random = new Random(9);
            double worst = 0;
            for (int seed = 0; seed < 100; seed++)
            {
                double rate = 774 + (172 * random.NextDouble());
                double hertz = 49.5 + random.NextDouble();
                double rpm = 400 + (1100 * random.NextDouble());
                double slip = 0.5 * (random.NextDouble() - 0.5); // Hz that the shaft is off its rating
                double low = -45 - (10 * random.NextDouble());
                double high = -45 - (10 * random.NextDouble());
                float[] x = Motor(random, rate, hertz, (rpm / 60) + slip, low, high);
                float[] v = Measure(x, rate, 0, out int notes, rpm);
                Assert.Equal(QualityNotes.None, notes);

                // A line between two bins reads up to 1.42 dB low, and its other neighbour adds little.
                worst = Math.Max(worst, Math.Max(Math.Abs(v[CurrentFields.SidebandLow] - low + 0.7), Math.Abs(v[CurrentFields.SidebandHigh] - high + 0.7)));
            }

            TestContext.Current.TestOutputHelper?.WriteLine($"farthest from the middle of what a line may read: {worst:F2} dB");
            Assert.InRange(worst, 0, 1.2);
        }

        [Fact]
        public void A_current_without_sidebands_reads_70_dB_and_more_below()
        {
            var random = new Random(10);
            for (int seed = 0; seed < 100; seed++)
            {
                float[] x = Motor(random, ClampRate, 49.5 + random.NextDouble(), 12.4, -200, -200);
                float[] v = Measure(x, ClampRate, 0, out _, 744);
                Assert.InRange(v[CurrentFields.SidebandLow], -160, -70); // left in, the mains' skirts would read -60
                Assert.InRange(v[CurrentFields.SidebandHigh], -160, -70);
            }
        }

        [Theory]
        [InlineData(2950, 860)] // two poles: the lower line is at the slip, the upper on the second harmonic
        [InlineData(200, 860)]  // 3.3 Hz from the mains
        [InlineData(3300, 860)] // faster than the mains
        [InlineData(1480, 340)] // less than 0.4 s
        public void Sidebands_that_do_not_stand_apart_are_absent_and_noted(double rpm, int count)
        {
            float[] x = Motor(new Random(1), ClampRate, 50, rpm / 60, -40, -40);
            float[] v = Measure(x.AsSpan(0, count).ToArray(), ClampRate, 0, out int notes, rpm);
            Assert.Equal(QualityNotes.CurrentWindow, notes);
            Assert.True(float.IsNaN(v[CurrentFields.SidebandLow]) && float.IsNaN(v[CurrentFields.SidebandHigh]));
            Assert.Equal(50, v[CurrentFields.Frequency], 0.05);
        }

        [Fact]
        public void A_current_that_begins_late_in_the_window_has_its_frequency()
        {
            float[] x = Wave(new Random(1), ClampRate, 50.4, Second, new[] { 0, 1.0 }, 0);
            Array.Clear(x, 0, 600);
            float[] v = Measure(x, ClampRate, 0, out _, 744);
            Assert.Equal(50.4, v[CurrentFields.Frequency], 0.6); // three tenths of the window
            Assert.True(v[CurrentFields.Inrush] > 10 || float.IsNaN(v[CurrentFields.Inrush]));
        }

        [Theory]
        [InlineData("zeros")]
        [InlineData("constant")]
        [InlineData("impulse")]
        [InlineData("clipped")]
        [InlineData("square")]
        [InlineData("noise")]
        [InlineData("tiny")]
        [InlineData("huge")]
        [InlineData("one digit")]
        [InlineData("step")]
        public void Nothing_infinite_ever_comes_out(string signal)
        {
            var random = new Random(2);
            foreach (int count in new[] { 0, 1, 2, 3, 4, 5, 30, 52, 60, 172, 173, 860, 1024 })
            {
                float[] x = new float[count];
                for (int i = 0; i < count; i++) { x[i] = Odd(signal, i, count, random); }
                foreach (double rpm in new[] { 0, 744.0 })
                {
                    foreach (float averaged in new[] { 0f, 1f })
                    {
                        float[] v = Measure(x, ClampRate, averaged, out _, rpm);
                        Assert.All(v, value => Assert.False(float.IsInfinity(value)));
                        Assert.Equal(count == 0, float.IsNaN(v[CurrentFields.Rms]));
                        if (signal is "zeros" or "constant") { Assert.True(float.IsNaN(v[CurrentFields.Crest]) && float.IsNaN(v[CurrentFields.Frequency])); }
                        new CurrentFeatures().Compute(x, 0, count, ClampRate, v);
                        Assert.All(v, value => Assert.False(float.IsInfinity(value)));
                    }
                }
            }
        }

        [Fact]
        public void A_clipped_sine_keeps_its_frequency_and_shows_its_distortion()
        {
            float[] x = Wave(new Random(1), 12800, 50.2, 2560, new[] { 0, 1.0 }, 0);
            for (int i = 0; i < x.Length; i++) { x[i] = Math.Clamp(x[i], -0.9f, 0.9f); } // of a peak of 1.414
            float[] v = Measure(x, 12800, 0, out _);
            Assert.Equal(50.2, v[CurrentFields.Frequency], 0.002);
            Assert.InRange(v[CurrentFields.Distortion], 0.1f, 0.2f);
            Assert.InRange(v[CurrentFields.Crest], 1.1f, 1.25f);
        }

        [Fact]
        public void A_long_window_allocates_nothing()
        {
            float[] x = Motor(new Random(1), ClampRate, 50, 12.4, -50, -50);
            var features = new CurrentFeatures(new CurrentOptions { SpeedRpm = 744 });
            float[] v = new float[CurrentFeatures.ValueCount];
            features.ComputeAlternating(x, 0, x.Length, ClampRate, 1f, v);
            features.Compute(x, 0, x.Length, ClampRate, v);
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 10; i++)
            {
                features.ComputeAlternating(x, 0, x.Length, ClampRate, 1f, v);
                features.Compute(x, 0, x.Length, ClampRate, v);
            }

            Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        }

        [Fact]
        public void Channels_follow_from_what_is_known()
        {
            Channel[] all = CurrentFeatures.Channels(new CurrentOptions { SpeedRpm = 1480 });
            Assert.Equal(
                new[] { "mean", "rms", "min", "max", "frequency", "crest", "thd", "inrush", "sideband_low", "sideband_high" },
                Array.ConvertAll(all, channel => channel.Name));
            Assert.Equal(new[] { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9 }, Array.ConvertAll(all, channel => channel.Field)); // stored: they never change
            var point = new Point("current1", PointKinds.Current, all);
            Assert.All(all, channel => Assert.Equal(ValueForm.Float, point.FormOf(channel.Field)));
            Assert.Equal(8, CurrentFeatures.Channels().Length);
            Assert.Equal(CurrentFeatures.ValueCount, all.Length);
        }

        private static float Odd(string signal, int i, int count, Random random)
        {
            double sine = Math.Sin(2 * Math.PI * 50 * i / ClampRate);
            switch (signal)
            {
                case "zeros": return 0f;
                case "constant": return -3.3f;
                case "impulse": return i == count / 2 ? 5f : 0f;
                case "clipped": return (float)Math.Clamp(9 * sine, -1, 1);
                case "square": return Math.Sign(sine);
                case "noise": return (float)(random.NextDouble() - 0.5);
                case "tiny": return (float)(1e-30 * sine);
                case "huge": return (float)(1e17 * sine);
                case "one digit": return (float)Math.Round(0.6 * sine);
                default: return i > count / 2 ? (float)(100 * sine) : 0f;
            }
        }

        private static float[] Measure(float[] x, double rate, double averaged, out int notes, double rpm = 0)
        {
            float[] v = new float[CurrentFeatures.ValueCount];
            var features = new CurrentFeatures(new CurrentOptions { SpeedRpm = (float)rpm });
            notes = features.ComputeAlternating(x, 0, x.Length, (float)rate, (float)averaged, v);
            return v;
        }

        // Parts are RMS of the harmonics, phases are drawn; a mean over a part of each sample's time is exact.
        private static float[] Wave(Random random, double rate, double hertz, int count, double[] parts, double averaged)
        {
            float[] x = new float[count];
            for (int h = 1; h < parts.Length; h++)
            {
                double phase = 2 * Math.PI * random.NextDouble();
                double half = Math.PI * h * hertz / rate * averaged;
                double kept = half > 0 ? Math.Sin(half) / half : 1;
                for (int i = 0; i < count; i++)
                {
                    x[i] += (float)(Math.Sqrt(2) * parts[h] * kept * Math.Sin((2 * Math.PI * h * hertz * i / rate) + phase));
                }
            }

            return x;
        }

        // A second of a motor's current with two sidebands, in dB, harmonics and the noise of a 16-bit converter.
        private static float[] Motor(Random random, double rate, double hertz, double shaft, double low, double high)
        {
            float[] x = Wave(random, rate, hertz, (int)rate, new[] { 0, 1, 0, 0.02, 0, 0.04, 0, 0.01 }, 0);
            double lowPhase = 2 * Math.PI * random.NextDouble();
            double highPhase = 2 * Math.PI * random.NextDouble();
            for (int i = 0; i < x.Length; i++)
            {
                double t = i / rate;
                x[i] += (float)(Math.Sqrt(2) * Math.Pow(10, low / 20) * Math.Sin((2 * Math.PI * (hertz - shaft) * t) + lowPhase));
                x[i] += (float)(Math.Sqrt(2) * Math.Pow(10, high / 20) * Math.Sin((2 * Math.PI * (hertz + shaft) * t) + highPhase));
                x[i] += (float)(0.001 * (random.NextDouble() - 0.5));
            }

            return x;
        }
    }
}
