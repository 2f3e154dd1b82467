using System;

namespace Sensors.Drivers.Tests
{
    /// <summary>Numbering conversions by intervals of time, without a chip.</summary>
    public class Ads1115TimingTests
    {
        [Fact]
        public void Bounds_begin_at_eleven_per_cent_to_both_sides()
        {
            var timing = new Ads1115Timing();
            timing.Reset(1000);
            Assert.Equal(0.22, timing.Uncertainty, 0.001);
            timing.Begin(0, 0);
            Assert.Equal(1124, timing.CertainlyEnded(1)); // 1000 / 0.89 = 1123.6, and the next whole one
            Assert.Equal(0, timing.NumberAt(1123, 1130)); // may not have ended
            Assert.Equal(1, timing.NumberAt(1124, 1130));
            Assert.Equal(1, timing.NumberAt(1124, 1801)); // 2 x 1000 / 1.11 = 1801.8
            Assert.Equal(0, timing.NumberAt(1124, 1802)); // the second may have ended
            Assert.Equal(0, timing.NumberAt(0, 900));
        }

        [Fact]
        public void What_is_uncertain_of_the_beginning_counts_twice()
        {
            var timing = new Ads1115Timing();
            timing.Reset(1000);
            timing.Begin(100, 300);
            Assert.Equal(1424, timing.CertainlyEnded(1));
            Assert.Equal(0, timing.NumberAt(1423, 1424));
            Assert.Equal(1, timing.NumberAt(1424, 1901));
            Assert.Equal(0, timing.NumberAt(1424, 1902));
        }

        [Theory]
        [InlineData(0.91)]
        [InlineData(0.973)]
        [InlineData(1.0)]
        [InlineData(1.061)]
        [InlineData(1.099)]
        public void The_sieve_closes_in_on_the_period_and_never_loses_it(double speed)
        {
            var random = new Random(9);
            double period = 1162.8 / speed;
            for (int run = 0; run < 30; run++)
            {
                var timing = new Ads1115Timing();
                timing.Reset(1162.8);
                foreach (int length in (int[])[3, 5, 8, 13, 21, 34, 55, 89, 144, 190, 190])
                {
                    long first = random.Next(100);
                    double begin = first + random.Next(120);
                    timing.Begin(first, first + 120);
                    double end = begin + (length * period);
                    long earliest = (long)end - random.Next(250);
                    Assert.True(timing.End(earliest, earliest + 251));
                    Assert.InRange(period, timing.Microseconds * (1 - (timing.Uncertainty / 2)), timing.Microseconds * (1 + (timing.Uncertainty / 2)));
                }

                Assert.InRange(timing.Uncertainty, 0, 0.006);
            }
        }

        [Fact]
        public void A_time_that_fits_no_whole_number_of_periods_is_told()
        {
            var timing = new Ads1115Timing();
            timing.Reset(1000);
            timing.Begin(0, 0);
            Assert.True(timing.End(2990, 3010)); // three
            timing.Begin(0, 0);
            Assert.True(timing.End(19_990, 20_010));
            Assert.Equal(1000, timing.Microseconds, 1.0);
            timing.Begin(0, 0);
            Assert.False(timing.End(10_480, 10_520)); // ten and a half
            timing.Reset(1000);
            timing.Begin(0, 0);
            Assert.False(timing.End(100, 500)); // less than one
            Assert.Equal(0.22, timing.Uncertainty, 0.001);
        }

        [Fact]
        public void Widening_goes_to_both_sides_and_no_further_than_the_data_sheet()
        {
            var timing = new Ads1115Timing();
            timing.Reset(1000);
            timing.Begin(0, 0);
            timing.End(2990, 3010);
            timing.Begin(0, 0);
            timing.End(19_990, 20_010);
            double width = timing.Uncertainty;
            timing.Widen(1);
            Assert.Equal(width + 0.00044, timing.Uncertainty, 0.00003);
            Assert.Equal(1000, timing.Microseconds, 1.0);
            timing.Widen(50);
            Assert.Equal(width + (51 * 0.00044), timing.Uncertainty, 0.0005);
            timing.Widen(2000);
            Assert.Equal(0.22, timing.Uncertainty, 0.001);
        }
    }
}
