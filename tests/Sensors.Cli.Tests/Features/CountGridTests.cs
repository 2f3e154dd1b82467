using System;
using System.Globalization;
using System.Linq;
using Sensors.Cli.Features;

namespace Sensors.Cli.Tests.Features
{
    public class CountGridTests
    {
        [Fact]
        public void WholeNumbersOfSixteenBitsStayAsTheyAre()
        {
            CountGrid grid = CountGrid.Of([-32768, 32767, 0, 12]);
            Assert.Equal([short.MinValue, short.MaxValue, 0, 12], grid.Counts);
            Assert.Equal((1, 0, CountSource.Unchanged), (grid.Step, grid.WorstError, grid.Source));
        }

        [Fact]
        public void TheTurnedEndOfTheRangeIsStillTheEnd() => Assert.Equal([short.MaxValue, (short)5], CountGrid.Of([32768, 5]).Counts);

        [Fact]
        public void AllZerosAreZeros() => Assert.Equal([(short)0, (short)0], CountGrid.Of([0, 0]).Counts);

        [Theory]
        [InlineData(0.00016243512974051748, "R")]  // all digits
        [InlineData(0.00016243512974051748, "G7")] // as float32 prints them
        [InlineData(0.00390625, "F8")]             // a power of two, in full
        [InlineData(0.01, "F2")]
        [InlineData(0.0012, "F6")]                 // a step that begins with more than one unit of the last digit
        [InlineData(256, "R")]                     // 16 bits in 24
        public void MultiplesOfOneStepLoseNothing(double step, string format)
        {
            var random = new Random(1);
            short[] counts = [.. Enumerable.Range(0, 5000).Select(_ => (short)random.Next(-12000, 12001)), 12000];
            CountGrid grid = CountGrid.Of([.. counts.Select(count => double.Parse((count * step).ToString(format, CultureInfo.InvariantCulture), CultureInfo.InvariantCulture))]);
            Assert.Equal(CountSource.Grid, grid.Source);
            Assert.Equal(step, grid.Step, step * 1e-6);
            Assert.Equal(counts, grid.Counts);
            Assert.InRange(grid.WorstError, 0, 0.02 * step);
        }

        [Fact]
        public void AStepThatNeverShowsAloneIsFound()
        {
            // Multiples of 2 and of 3: the least difference of neighbours is 1 only between them, and here never.
            CountGrid grid = CountGrid.Of([0, 0.2 * 2, 0.2 * 5, 0.2 * 8, -0.2 * 11]);
            Assert.Equal(CountSource.Grid, grid.Source);
            Assert.Equal(1.0, grid.Counts[1] * grid.Step / 0.4, 1e-9);
            Assert.InRange(grid.WorstError, 0, 1e-9);
        }

        [Fact]
        public void WhatLiesOnNoGridIsRoundedAndTheErrorIsBounded()
        {
            double[] values = [.. Enumerable.Range(0, 3000).Select(i => Math.Sin(i * 1.2345) * 3.7)];
            CountGrid grid = CountGrid.Of(values);
            Assert.Equal(CountSource.Rounded, grid.Source);
            Assert.Equal(values.Max(Math.Abs) / 32766, grid.Step, 1e-12);
            double worst = values.Select((value, i) => Math.Abs(value - (grid.Counts[i] * grid.Step))).Max();
            Assert.Equal(worst, grid.WorstError, 1e-15);
            Assert.InRange(worst, 0.3 * grid.Step, 0.5 * grid.Step * (1 + 1e-9));
            Assert.DoesNotContain(short.MaxValue, grid.Counts); // the ends of the range stand for clipped samples
        }

        [Fact]
        public void MoreThanSixteenBitsOfOneStepAreRounded() =>
            Assert.Equal(CountSource.Rounded, CountGrid.Of([.. Enumerable.Range(0, 1000).Select(i => (i * 1001) + (i * i % 7 * 37.5))]).Source);
    }
}
