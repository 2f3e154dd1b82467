namespace Sensors.Drivers.Tests
{
    // Defects of other people's drivers, one test each; docs/regressions.md lists them all.
    public partial class Adxl355Tests
    {
        [Theory] // others: 3.9 ug a digit, in any range
        [InlineData(Adxl355Range.G2, 256_000)]
        [InlineData(Adxl355Range.G4, 128_000)]
        [InlineData(Adxl355Range.G8, 64_000)]
        public void Disagreement_the_weight_is_not_rounded_and_follows_the_range(Adxl355Range range, int perG)
        {
            using var board = new Adxl35xBoard();
            board.Source.WithAcceleration(1, -1, 0);
            (Adxl355 driver, _) = board.Open355(spi: true);
            driver.Start(range, Adxl35xRate.Hz500);
            board.Pass(30);
            var fine = new int[3];
            Assert.Equal(1, driver.ReadFifo(fine, 0, 1));
            Assert.Equal([perG, -perG, 0], fine);
            Assert.Equal(1, fine[0] * (double)driver.FineGPerDigit, 1e-6); // 0.9984 with 3.9 ug
        }
    }
}
