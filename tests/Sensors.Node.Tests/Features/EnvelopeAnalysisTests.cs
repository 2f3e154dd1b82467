using System;
using System.Linq;
using Sensors.Node;

namespace Sensors.Node.Tests.Features
{
    /// <summary>The envelope of made-up machines: blows of known frequency on a resonance, and signals that are none.</summary>
    public class EnvelopeAnalysisTests
    {
        private const float Weight = 0.0048f; // IIS3DWB at ±16 g
        private const float Rpm = 1500;
        private const double Shaft = 25;
        private static readonly BearingGeometry Bearing = new(9, 0.3126, 1.537, 0);

        public static TheoryData<float, int, int, int> Windows => new()
        {
            { 3200f, 2048, 2, 1024 },    // ADXL345
            { 3200f, 1600, 3, 512 },     // half a second: 0.48 s of 1,067 Hz rather than 0.32 s of 3,200
            { 3333f, 2048, 2, 1024 },    // IIS3DWB, every 8th
            { 4000f, 4096, 3, 1024 },    // ADXL355
            { 12000f, 8192, 8, 1024 },   // what the reference values are of
            { 12000f, 6000, 11, 512 },
            { 26667f, 13334, 13, 1024 },
            { 26667f, 14336, 14, 1024 }, // an axis without PSRAM
            { 26667f, 26667, 18, 1024 }, // and with it
            { 48828f, 48828, 33, 1024 },
        };

        [Theory]
        [MemberData(nameof(Windows))]
        public void Agrees_with_float64_at_every_rate_and_window(float rate, int samples, int factor, int length)
        {
            double band = Math.Min(5000, 0.45 * rate);
            short[] counts = Machine(rate, samples, band * 0.7, 60, 0.3, noise: 40, offset: 2049);
            float[] v = Compute(counts, 0, 1, samples, rate);
            var expected = new EnvelopeReference(counts, 0, 1, samples, Weight, rate, factor, length);
            Near(expected.Rms, v[VibrationFields.Envelope], 1e-4);
            Near(expected.Floor, v[VibrationFields.EnvelopeFloor], rate > 40000 ? 3e-4 : 1e-4); // the lower edge's poles come close to 1
            double[] orders = [Bearing.OuterRace, Bearing.InnerRace, 2 * Bearing.BallSpin, Bearing.Cage];
            for (int i = 0; i < orders.Length; i++)
            {
                double line = expected.Line(orders[i] * Shaft);
                Assert.InRange(v[VibrationFields.OuterRace + i], line * 0.9999, line * 1.18); // 1.42 dB: halfway between two lines
            }
        }

        [Theory]
        [InlineData(VibrationFields.OuterRace, 3.5848)]
        [InlineData(VibrationFields.InnerRace, 5.4152)]
        [InlineData(VibrationFields.TwiceBallSpin, 2 * 2.3567)]
        [InlineData(VibrationFields.Cage, 0.39831)]
        public void A_modulated_resonance_has_its_line_in_its_own_field(int field, double order)
        {
            foreach (double slip in new[] { -0.017, -0.01, -0.0033, 0, 0.0021, 0.012, 0.017 })
            {
                double hertz = order * Shaft * (1 + slip);
                short[] counts = Machine(26667, 26667, 2500, hertz, 0.3, noise: 8, offset: -12000);
                float[] v = Compute(counts, 0, 1, counts.Length, 26667);

                // |cos| has a mean of 2 / pi; 2,500 Hz is in the middle of the band; 18 samples are averaged.
                double x = Math.PI * hertz * 18 / 26667;
                double expected = 8000 * 0.3 * 2 / Math.PI * Math.Sin(x) / x * Weight;
                Near(expected, v[field], 0.02); // the resonance's sidebands, and lines that are not quite on the grid
                Near(expected / Math.Sqrt(2), v[VibrationFields.Envelope], 0.02);
                for (int other = VibrationFields.OuterRace; other <= VibrationFields.Cage; other++)
                {
                    if (other != field) { Assert.InRange(v[other], 0, v[field] / 50); }
                }

                Assert.InRange(v[VibrationFields.EnvelopeFloor], 1e-6, v[field] / 200);
            }
        }

        [Theory]
        [InlineData(-0.012)]
        [InlineData(0)]
        [InlineData(0.015)]
        public void The_inner_race_s_sidebands_stand_a_turn_beside_its_line_wherever_that_is(double slip)
        {
            const double depth = 0.8;
            double hertz = Bearing.InnerRace * Shaft * (1 + slip);
            short[] counts = new short[26667];
            for (int i = 0; i < counts.Length; i++)
            {
                double t = 2 * Math.PI * i / 26667.0;
                counts[i] = (short)(8000 * Math.Cos(2500 * t) * (1 + (0.3 * Math.Cos(hertz * t) * (1 + (depth * Math.Cos(Shaft * t))))));
            }

            float[] v = Compute(counts, 0, 1, counts.Length, 26667);
            Assert.InRange(v[VibrationFields.InnerSidebands] / v[VibrationFields.InnerRace], depth / 2 * 0.9, depth / 2 * 1.1);
            Assert.InRange(v[VibrationFields.TwiceOuterRace], 0, v[VibrationFields.InnerRace] / 20);
        }

        [Fact]
        public void The_second_line_of_the_outer_race_has_its_field()
        {
            short[] counts = Machine(26667, 26667, 2500, 2 * Bearing.OuterRace * Shaft, 0.3, noise: 8);
            float[] v = Compute(counts, 0, 1, counts.Length, 26667);
            Assert.True(v[VibrationFields.TwiceOuterRace] > 50 * v[VibrationFields.OuterRace]);
            Assert.True(v[VibrationFields.TwiceOuterRace] > 20 * v[VibrationFields.InnerSidebands]);
        }

        [Fact]
        public void A_line_away_from_where_geometry_puts_it_is_another_machine_s()
        {
            short[] counts = Machine(12000, 12000, 3000, 3.5848 * Shaft * 1.06, 0.3, noise: 100);
            float[] v = Compute(counts, 0, 1, counts.Length, 12000);
            Assert.InRange(v[VibrationFields.OuterRace] / v[VibrationFields.EnvelopeFloor], 0.1, 6);
        }

        [Fact]
        public void An_axis_in_a_block_of_three_is_the_same_as_one_of_its_own()
        {
            short[] x = Machine(12000, 8192, 3000, 90, 0.5, noise: 100);
            short[] y = Machine(12000, 8192, 2000, 135, 0.5, noise: 100);
            short[] block = new short[3 * 8192 + 5];
            for (int i = 0; i < 8192; i++)
            {
                block[5 + 3 * i] = x[i];
                block[6 + 3 * i] = y[i];
                block[7 + 3 * i] = (short)(i % 2 == 0 ? short.MaxValue : short.MinValue);
            }

            float[] own = Compute(y, 0, 1, 8192, 12000);
            float[] shared = Compute(block, 6, 3, 8192, 12000, y.Average(c => (double)c));
            Assert.Equal(own, shared);
        }

        [Fact]
        public void A_fast_shaft_gets_a_faster_envelope_and_lines_that_do_not_fit_at_all_are_absent()
        {
            var options = new VibrationOptions { SpeedRpm = 12000, Bearing = Bearing }; // inner race at 1,083 Hz, beyond half of 1,500
            short[] counts = Machine(26667, 26667, 2500, 5.4152 * 200, 0.5, noise: 8);
            float[] v = Compute(counts, 0, 1, counts.Length, 26667, options: options);
            double x = Math.PI * 1083 * 11 / 26667;
            Near(8000 * 0.5 * 2 / Math.PI * Math.Sin(x) / x * Weight, v[VibrationFields.InnerRace], 0.05);

            counts = Machine(3200, 2048, 1000, 200, 0.5, noise: 8); // envelope's rate 3,200 Hz at most: the race just fits, slower than that it cannot
            v = Compute(counts, 0, 1, counts.Length, 3200, options: options);
            Assert.True(v[VibrationFields.InnerRace] >= 0);
            options.SpeedRpm = 18000;
            v = Compute(counts, 0, 1, counts.Length, 3200, options: options);
            Assert.True(float.IsNaN(v[VibrationFields.InnerRace]));
            Assert.True(v[VibrationFields.Cage] > 0);
        }

        [Fact]
        public void A_slow_cage_of_less_than_three_periods_is_absent()
        {
            var options = new VibrationOptions { SpeedRpm = 500, Bearing = Bearing }; // 3.3 Hz: two and a quarter periods in 0.68 s
            float[] v = Compute(Machine(12000, 8192, 3000, 30, 0.5), 0, 1, 8192, 12000, options: options);
            Assert.True(float.IsNaN(v[VibrationFields.Cage]));
            Assert.True(v[VibrationFields.OuterRace] > 50 * v[VibrationFields.EnvelopeFloor]);
        }

        [Fact]
        public void Without_speed_or_bearing_there_are_no_lines_but_a_floor()
        {
            short[] counts = Machine(12000, 8192, 3000, 90, 0.5, noise: 10);
            foreach (VibrationOptions options in new[] { new VibrationOptions { Bearing = Bearing }, new VibrationOptions { SpeedRpm = Rpm } })
            {
                float[] v = Compute(counts, 0, 1, 8192, 12000, options: options);
                Assert.True(v[VibrationFields.Envelope] > 0 && v[VibrationFields.EnvelopeFloor] > 0);
                for (int i = VibrationFields.OuterRace; i <= VibrationFields.Cage; i++) { Assert.True(float.IsNaN(v[i])); }
            }
        }

        [Theory]
        [InlineData(12000f, 5999, QualityNotes.EnvelopeWindow)]
        [InlineData(26667f, 4096, QualityNotes.EnvelopeWindow)]
        [InlineData(12000f, 0, QualityNotes.EnvelopeWindow)]
        [InlineData(2222f, 2222, QualityNotes.EnvelopeRate)] // 0.45 of it is 999.9 Hz: less than an octave
        [InlineData(0f, 8192, QualityNotes.EnvelopeRate)]
        [InlineData(float.NaN, 8192, QualityNotes.EnvelopeRate)]
        [InlineData(-1f, 8192, QualityNotes.EnvelopeRate)]
        public void What_cannot_be_told_is_absent_with_the_reason(float rate, int samples, int note)
        {
            float[] v = Enumerable.Repeat(7f, VibrationFields.Count).ToArray();
            Assert.Equal(note, Make().Compute(new short[8192], 0, 1, samples, 0, Weight, rate, v, VibrationFields.PerAxis));
            for (int i = 0; i < v.Length; i++)
            {
                int field = i - VibrationFields.PerAxis;
                bool own = (field >= VibrationFields.Envelope && field <= VibrationFields.Cage) || field is VibrationFields.TwiceOuterRace or VibrationFields.InnerSidebands;
                Assert.Equal(own ? float.NaN : 7f, v[i]);
            }
        }

        [Fact]
        public void The_limits_themselves_are_enough()
        {
            float[] v = new float[VibrationFields.Count];
            Assert.Equal(0, Make().Compute(new short[6000], 0, 1, 6000, 0, Weight, 12000, v, 0));
            Assert.Equal(0, Make().Compute(new short[2223], 0, 1, 2223, 0, Weight, 2223, v, 0));
        }

        [Fact]
        public void A_rate_that_hardly_changed_keeps_the_filter_and_one_that_did_gets_another()
        {
            short[] counts = Machine(12000, 8192, 5200, 90, 0.5); // on the slope of the filter, which moves with the rate
            EnvelopeAnalysis analysis = Make();
            float first = Envelope(analysis, counts, 12000);
            Assert.Equal(first, Envelope(analysis, counts, 12011));
            Assert.Equal(first, Envelope(analysis, counts, 11989));
            float second = Envelope(analysis, counts, 12013);
            Assert.NotEqual(first, second);
            Assert.Equal(second, Envelope(analysis, counts, 12002)); // and from there on that is the one to compare with
            Assert.Equal(Envelope(Make(), counts, 11000), Envelope(analysis, counts, 11000));

            var options = new VibrationOptions();
            analysis = Make(options);
            Envelope(analysis, counts, 12000);
            options.EnvelopeHigh = 4000;
            Assert.Equal(Envelope(Make(new VibrationOptions { EnvelopeHigh = 4000 }), counts, 12000), Envelope(analysis, counts, 12000));
            options.EnvelopeLow = 1000;
            Assert.Equal(Envelope(Make(new VibrationOptions { EnvelopeHigh = 4000, EnvelopeLow = 1000 }), counts, 12000), Envelope(analysis, counts, 12000));
        }

        [Theory]
        [InlineData(500, 5000)]
        [InlineData(100, 900)]
        [InlineData(1000, 2000)]
        [InlineData(2000, 10000)]
        public void Sections_are_a_Butterworth_band_pass_at_any_rate(double low, double high)
        {
            foreach (double rate in new[] { 2.25 * high, 26667, 27500, 48828 })
            {
                var filter = new BandPass();
                filter.Design(low, high, rate);
                double[][] expected = EnvelopeReference.Sections(low, high, rate);
                double[] found = [filter.Gain, filter.Upper1, filter.Upper2, filter.Lower1, filter.Lower2];
                double[] wanted = [expected[0][0], expected[0][3], expected[0][4], expected[1][3], expected[1][4]];
                for (int i = 0; i < found.Length; i++) { Assert.Equal(wanted[i], found[i], 1e-11); }

                Assert.Equal(Math.Sqrt(0.5), Response(filter, low / rate), 1e-9);
                Assert.Equal(Math.Sqrt(0.5), Response(filter, high / rate), 1e-9);
                double middle = Math.Atan(Math.Sqrt(Math.Tan(Math.PI * low / rate) * Math.Tan(Math.PI * high / rate))) / Math.PI;
                Assert.Equal(1, Response(filter, middle), 1e-9);
            }
        }

        [Fact]
        public void Silence_has_no_envelope()
        {
            foreach (short level in new short[] { 0, 2049, -1, short.MinValue, short.MaxValue }) // 2,049: 1 g
            {
                float[] v = Compute(Enumerable.Repeat(level, 8192).ToArray(), 0, 1, 8192, 12000);
                for (int i = VibrationFields.Envelope; i <= VibrationFields.Cage; i++) { Assert.Equal(0f, v[i]); }
            }
        }

        [Fact]
        public void Nothing_that_is_not_a_number_leaves()
        {
            var random = new Random(7);
            short[] impulse = new short[8192];
            impulse[4000] = short.MaxValue;
            short[] clipped = Machine(12000, 8192, 3000, 90, 1).Select(c => (short)Math.Clamp(c * 40, short.MinValue, short.MaxValue)).ToArray();
            short[] step = Enumerable.Range(0, 8192).Select(i => i < 4096 ? short.MinValue : short.MaxValue).ToArray();
            short[] square = Enumerable.Range(0, 8192).Select(i => i % 2 == 0 ? short.MinValue : short.MaxValue).ToArray();
            short[] noise = Enumerable.Range(0, 8192).Select(_ => (short)random.Next(short.MinValue, short.MaxValue + 1)).ToArray();
            short[] single = new short[8192];
            single[0] = 1;
            foreach (short[] counts in new[] { impulse, clipped, step, square, noise, single })
            {
                foreach (float rate in new[] { 2300f, 12000f, 16000f })
                {
                    float[] v = Compute(counts, 0, 1, 8192, rate);
                    for (int i = VibrationFields.Envelope; i <= VibrationFields.Cage; i++) { Assert.True(v[i] >= 0 && v[i] < 1e4, "field " + i + ": " + v[i]); }
                    Assert.True(v[VibrationFields.Envelope] > 0);
                }
            }
        }

        [Fact]
        public void The_floor_is_the_median_however_the_lines_lie()
        {
            // Signals whose spectra fall, rise, repeat: what a selection by parts finds hard.
            for (int seed = 0; seed < 40; seed++)
            {
                var random = new Random(seed);
                short[] counts = new short[6000 + seed];
                for (int i = 0; i < counts.Length; i++)
                {
                    double blow = seed % 4 == 0 ? Math.Exp(-i % 133 / 9.0) : seed % 4 == 1 ? 1 : 1 + (i / (double)counts.Length);
                    counts[i] = (short)((4000 * blow * Math.Cos(1.6 * i)) + random.Next(-3 * seed, (3 * seed) + 1));
                }

                float[] v = Compute(counts, 0, 1, counts.Length, 12000);
                var expected = new EnvelopeReference(counts, 0, 1, counts.Length, Weight, 12000, 11, 512);
                Near(expected.Floor, v[VibrationFields.EnvelopeFloor], seed % 4 == 1 && seed < 4 ? 0.02 : 2e-4); // a pure tone's floor is rounding
            }
        }

        [Fact]
        public void A_small_table_and_a_short_work_array_give_fewer_lines()
        {
            short[] counts = Machine(3200, 2048, 1000, 89.6, 0.5, noise: 20);
            float[] v = new float[VibrationFields.Count];
            var options = new VibrationOptions { SpeedRpm = Rpm, Bearing = Bearing };
            double mean = counts.Average(c => (double)c);
            foreach ((int table, int work) in new[] { (512, 1024), (4096, 600) })
            {
                Assert.Equal(0, new EnvelopeAnalysis(options, new RealFft(table), new float[work]).Compute(counts, 0, 1, 2048, mean, Weight, 3200, v, 0));
                Near(new EnvelopeReference(counts, 0, 1, 2048, Weight, 3200, 2, 512).Floor, v[VibrationFields.EnvelopeFloor], 1e-4);
            }

            Assert.Throws<ArgumentNullException>(() => new EnvelopeAnalysis(null!, new RealFft(1024), new float[1024]));
            Assert.Throws<ArgumentNullException>(() => new EnvelopeAnalysis(options, null!, new float[1024]));
            Assert.Throws<ArgumentNullException>(() => new EnvelopeAnalysis(options, new RealFft(1024), null!));
        }

        private static double Response(BandPass filter, double part)
        {
            System.Numerics.Complex z = System.Numerics.Complex.FromPolarCoordinates(1, -2 * Math.PI * part);
            return System.Numerics.Complex.Abs(filter.Gain * (1 - (z * z)) * (1 - (z * z))
                / (1 + (filter.Upper1 * z) + (filter.Upper2 * z * z)) / (1 + (filter.Lower1 * z) + (filter.Lower2 * z * z)));
        }

        // A resonance whose amplitude of 8,000 counts (39 m/s²) swells and falls, as a defect makes it.
        private static short[] Machine(double rate, int samples, double resonance, double modulation, double depth, double noise = 0, double offset = 0)
        {
            var random = new Random(1);
            short[] counts = new short[samples];
            for (int i = 0; i < samples; i++)
            {
                double a = 8000 * (1 + (depth * Math.Cos((2 * Math.PI * modulation * i / rate) + 0.4)));
                double gaussian = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
                counts[i] = (short)Math.Round(offset + (a * Math.Cos(2 * Math.PI * resonance * i / rate)) + (noise * gaussian));
            }

            return counts;
        }

        private static EnvelopeAnalysis Make(VibrationOptions? options = null) =>
            new(options ?? new VibrationOptions { SpeedRpm = Rpm, Bearing = Bearing }, new RealFft(1024), new float[1024]);

        private static float Envelope(EnvelopeAnalysis analysis, short[] counts, float rate)
        {
            float[] v = new float[VibrationFields.Count];
            Assert.Equal(0, analysis.Compute(counts, 0, 1, counts.Length, counts.Average(c => (double)c), Weight, rate, v, 0));
            return v[VibrationFields.Envelope];
        }

        private static float[] Compute(short[] counts, int offset, int stride, int samples, float rate, double mean = double.NaN, VibrationOptions? options = null)
        {
            float[] v = new float[VibrationFields.Count];
            Assert.Equal(0, Make(options).Compute(counts, offset, stride, samples, double.IsNaN(mean) ? counts.Average(c => (double)c) : mean, Weight, rate, v, 0));
            return v;
        }

        private static void Near(double expected, double found, double tolerance) =>
            Assert.True(Math.Abs(found - expected) <= tolerance * expected, "found " + found + ", expected " + expected);
    }
}
