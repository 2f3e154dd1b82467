namespace Sensors.Drivers.Tests
{
    // Defects of other people's drivers, one test each; docs/regressions.md lists them all.
    public partial class Adxl357Tests
    {
        [Theory] // others: 19.5 ug a digit, in any range
        [InlineData(Adxl357Range.G10, 51_200)]
        [InlineData(Adxl357Range.G20, 25_600)]
        [InlineData(Adxl357Range.G40, 12_800)]
        public void Disagreement_the_weight_is_not_rounded_and_follows_the_range(Adxl357Range range, int perG)
        {
            using var board = new Adxl35xBoard();
            board.Source.WithAcceleration(1, 0, 0);
            (Adxl357 driver, _) = board.Open357(spi: true);
            driver.Start(range, Adxl35xRate.Hz500);
            board.Pass(30);
            var fine = new int[3];
            Assert.Equal(1, driver.ReadFifo(fine, 0, 1));
            Assert.Equal(perG, fine[0]);
            Assert.Equal(1, fine[0] * (double)driver.FineGPerDigit, 1e-6); // 0.9984 with 19.5 ug
        }

        [Fact]
        public void Binding_defect_minus_1_g_is_minus_51200_and_not_minus_997376()
        {
            using var board = new Adxl35xBoard();
            board.Source.WithAcceleration(-1, -10 / 51_200f, 1);
            (Adxl357 driver, _) = board.Open357(spi: true);
            driver.Start(Adxl357Range.G10, Adxl35xRate.Hz500);
            board.Pass(30);
            var fine = new int[3];
            Assert.Equal(1, driver.ReadFifo(fine, 0, 1));
            Assert.Equal([-51_200, -10, 51_200], fine);
        }

        [Theory]
        [InlineData(Adxl35xRate.Hz4000, 0x00)]
        [InlineData(Adxl35xRate.Hz125, 0x05)]
        public void Binding_defect_the_rate_is_not_left_at_its_reset_value(Adxl35xRate rate, int filter)
        {
            using var board = new Adxl35xBoard();
            (Adxl357 driver, VirtualBoard.VirtualAdxl35x chip) = board.Open357(spi: true);
            driver.Start(Adxl357Range.G40, rate);
            Assert.Equal(filter, chip.Peek(0x28));
        }
    }
}
