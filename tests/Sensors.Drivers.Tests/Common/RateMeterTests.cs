using System;

namespace Sensors.Drivers.Tests
{
    public class RateMeterTests
    {
        [Theory]
        [InlineData(3200, 1.28)]
        [InlineData(3137.4, 1.28)]
        [InlineData(3361.9, 0.32)]
        [InlineData(26667, 0.15)]
        [InlineData(12.5, 40)]
        [InlineData(812.25, 3600)] // an hour: seldom resets, late times
        public void Error_stays_below_half_a_sample_over_the_run(double hertz, double seconds)
        {
            var meter = new RateMeter();
            for (int phase = 0; phase < 20; phase++)
            {
                meter.Reset();
                for (double t = 0; t < seconds; t += seconds / 150)
                {
                    meter.Add(Microseconds(t), (long)Math.Floor((t * hertz) + (phase / 20.0)));
                }

                Assert.InRange(meter.Hertz(), hertz - (0.5 / seconds) - (hertz * 1e-7), hertz + (0.5 / seconds) + (hertz * 1e-7));
                Assert.Equal(0, meter.Rejected);
            }
        }

        [Fact]
        public void A_quarter_of_the_looks_may_be_held_up_by_anything()
        {
            var random = new Random(7);
            var meter = new RateMeter();
            for (int run = 0; run < 50; run++)
            {
                meter.Reset();
                for (int i = 0; i < 60; i++)
                {
                    double t = i * 0.02;
                    double held = random.Next(5) == 0 ? 0.002 + (random.NextDouble() * 0.015) : 0; // the clock read late
                    meter.Add(Microseconds(t + held), (long)(t * 3277.7));
                }

                Assert.InRange(meter.Hertz(), 3277.7 - 0.45, 3277.7 + 0.45);
                Assert.InRange(meter.Rejected, 1, 25);
            }
        }

        [Fact]
        public void Two_of_three_measurements_are_within_the_typical_error()
        {
            var random = new Random(1);
            int good = 0;
            var meter = new RateMeter();
            for (int run = 0; run < 300; run++)
            {
                double hertz = 3000 + (random.NextDouble() * 400);
                double phase = random.NextDouble();
                meter.Reset();
                for (int i = 0; i < 160; i++)
                {
                    double t = i * 0.008;
                    meter.Add(Microseconds(t), (long)((t * hertz) + phase));
                }

                good += Math.Abs(meter.Hertz() - hertz) <= 0.2 / 1.28 ? 1 : 0;
            }

            Assert.InRange(good, 200, 300);
        }

        [Fact]
        public void Nothing_is_told_before_four_pairs_or_without_samples()
        {
            var meter = new RateMeter();
            for (int i = 0; i < RateMeter.FewestPairs; i++)
            {
                Assert.Equal(0, meter.Hertz());
                meter.Add(i * 1000, i * 3);
            }

            Assert.Equal(3000, meter.Hertz(), 0.01f);
            meter.Reset();
            Assert.Equal(0, meter.Count);
            for (int i = 0; i < 10; i++)
            {
                meter.Add(i * 1000, 5);
            }

            Assert.Equal(0, meter.Hertz());
            meter.Reset();
            for (int i = 0; i < 10; i++)
            {
                meter.Add(1000, i); // time stands
            }

            Assert.Equal(0, meter.Hertz());
        }

        [Fact]
        public void Pairs_are_thinned_so_that_the_whole_run_counts()
        {
            var meter = new RateMeter();
            for (int i = 0; i < 100_000; i++)
            {
                meter.Add(i * 10_000L, i * 32L);
                Assert.InRange(meter.Count, Math.Min(i + 1, RateMeter.Capacity / 2), RateMeter.Capacity);
            }

            Assert.Equal(3200, meter.Hertz(), 0.001f);
        }

        [Fact]
        public void Nothing_is_allocated()
        {
            var meter = new RateMeter();
            float sum = 0;
            long before = 0;
            for (int block = 0; block <= 1000; block++)
            {
                before = block == 1 ? GC.GetAllocatedBytesForCurrentThread() : before;
                meter.Add(block * 10_000L, block * 32L);
                sum += meter.Hertz();
            }

            Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
            Assert.True(sum > 0);
        }

        private static long Microseconds(double seconds) => (long)(seconds * 1e6);
    }
}
