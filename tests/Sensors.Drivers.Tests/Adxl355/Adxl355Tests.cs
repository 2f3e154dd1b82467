using System;
using Sensors.VirtualBoard;

namespace Sensors.Drivers.Tests
{
    /// <summary>What an ADXL355 has of its own; what it shares is in <see cref="Adxl35xTests"/>.</summary>
    public partial class Adxl355Tests
    {
        [Theory]
        [InlineData(true, Adxl355Range.G2, 0x81, 256_000)]
        [InlineData(true, Adxl355Range.G4, 0x82, 128_000)]
        [InlineData(true, Adxl355Range.G8, 0x83, 64_000)]
        [InlineData(false, Adxl355Range.G2, 0x81, 256_000)]
        [InlineData(false, Adxl355Range.G8, 0x83, 64_000)]
        public void Reads_what_the_chip_feels_in_every_range(bool spi, Adxl355Range range, int register, int perG)
        {
            using var board = new Adxl35xBoard();
            board.Source.WithAcceleration(0.5, -1, 1.25);
            (Adxl355 driver, VirtualAdxl35x chip) = board.Open355(spi);
            driver.Start(range, Adxl35xRate.Hz500);
            board.Pass(30);
            Assert.Equal(register, chip.Peek(0x2C)); // written whole: the binding's OR into 81h makes ±8 g of ±4 g
            Assert.Equal(1f / perG, driver.FineGPerDigit); // DISAGREE 3.9 µg: the digits per g are exact
            Assert.Equal(16f / perG, driver.GPerDigit);
            Assert.Equal((32_767, -32_768), (driver.ClipHigh, driver.ClipLow));
            var fine = new int[3];
            Assert.Equal(1, driver.ReadFifo(fine, 0, 1));
            Assert.Equal([perG / 2, -perG, perG * 5 / 4], fine);
            var coarse = new short[3];
            Assert.Equal(1, driver.ReadFifo(coarse, 0, 1));
            Assert.Equal([(short)(perG / 32), (short)(-perG / 16), (short)(perG * 5 / 64)], coarse);
            Assert.Equal(0, chip.Violations.Count);
        }

        [Theory]
        [InlineData(Adxl355Range.G2)]
        [InlineData(Adxl355Range.G4)]
        [InlineData(Adxl355Range.G8)]
        public void What_is_beyond_the_range_reads_as_its_end(Adxl355Range range)
        {
            using var board = new Adxl35xBoard();
            board.Source.WithAcceleration(9, -9, 0);
            (Adxl355 driver, _) = board.Open355(spi: true);
            driver.Start(range, Adxl35xRate.Hz500);
            board.Pass(30);
            var fine = new int[3];
            Assert.Equal(1, driver.ReadFifo(fine, 0, 1));
            Assert.Equal([Adxl355.FineClipHigh, Adxl355.FineClipLow, 0], fine);
            var coarse = new short[3];
            Assert.Equal(1, driver.ReadFifo(coarse, 0, 1));
            Assert.Equal([(short)driver.ClipHigh, (short)driver.ClipLow, (short)0], coarse);
        }

        [Theory]
        [InlineData(25, 25_000)]
        [InlineData(45, 45_000)]
        [InlineData(-40, -39_972)]
        public void Temperature_is_1885_digits_at_25_degrees(double celsius, int milliCelsius)
        {
            using var board = new Adxl35xBoard();
            board.Source.Celsius = celsius;
            (Adxl355 driver, _) = board.Open355(spi: true);
            driver.Start(Adxl355Range.G2, Adxl35xRate.Hz500);
            Assert.Equal(1, driver.TryReadTemperature(out int raw));
            Assert.Equal(milliCelsius, driver.ToMilliCelsius(raw));
            Assert.Equal(1885, Adxl355.TemperatureIntercept);
        }

        [Fact]
        public void It_is_known_by_its_part_id_which_an_ADXL357_shares()
        {
            Assert.Equal((0x02, 0xED), (Adxl355.IdentityRegister, Adxl355.IdentityValue));
            Assert.Equal((0x1D, 0x53), (Adxl355.I2cAddress, Adxl355.I2cAlternateAddress));
            using var board = new Adxl35xBoard();
            (Adxl355 driver, VirtualAdxl35x chip) = board.Open355(spi: true);
            chip.Faults.WrongIdentity = -1;
            var error = Assert.Throws<SensorException>(() => driver.Start(Adxl355Range.G2, Adxl35xRate.Hz500));
            Assert.Equal(("ADXL355", SensorFault.WrongIdentity, 0xE9), (error.Part, error.Fault, error.Found));
            var wrong = new Adxl355(board.Board.OpenSpi(1, Adxl355.Spi), board.Clock); // the ADXL357's slot
            wrong.Start(Adxl355Range.G2, Adxl35xRate.Hz500); // nothing tells
        }

        [Fact]
        public void Its_sixteen_bits_cost_little_noise()
        {
            using var board = new Adxl35xBoard(options: new Adxl35xOptions());
            (Adxl355 driver, _) = board.Open355(spi: true);
            driver.Start(Adxl355Range.G8, Adxl35xRate.Hz4000);
            var fine = new int[96];
            double squares = 0;
            double error = 0;
            int count = 0;
            while (count < 3000)
            {
                board.Pass(4);
                int numbers = 3 * driver.ReadFifo(fine, 0, 32);
                for (int i = 0; i < numbers; i++)
                {
                    double g = fine[i] * driver.FineGPerDigit;
                    double coarse = ((fine[i] >> 4) + 0.5) * driver.GPerDigit; // half a digit is constant and falls with the mean
                    squares += g * g;
                    error += (coarse - g) * (coarse - g);
                    count++;
                }
            }

            Assert.Equal(0.25e-3, driver.GPerDigit, 1e-9);
            Assert.InRange(Math.Sqrt(error / squares), 0.05, 0.09); // 0.072 of 1.0 mg: 0.3 % more noise
        }
    }
}
