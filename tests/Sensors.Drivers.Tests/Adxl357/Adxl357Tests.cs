using Sensors.VirtualBoard;

namespace Sensors.Drivers.Tests
{
    /// <summary>What an ADXL357 has of its own; what it shares with the ADXL355 is in <see cref="Adxl35xTests"/>.</summary>
    public partial class Adxl357Tests
    {
        [Theory]
        [InlineData(true, Adxl357Range.G10, 0x81, 51_200)]
        [InlineData(true, Adxl357Range.G20, 0x82, 25_600)] // the binding's OR into 81h makes 83h, ±40 g, of it
        [InlineData(true, Adxl357Range.G40, 0x83, 12_800)]
        [InlineData(false, Adxl357Range.G20, 0x82, 25_600)]
        public void Reads_what_the_chip_feels_in_every_range(bool spi, Adxl357Range range, int register, int perG)
        {
            using var board = new Adxl35xBoard();
            board.Source.WithAcceleration(0.5, -1, 8);
            (Adxl357 driver, VirtualAdxl35x chip) = board.Open357(spi);
            driver.Start(range, Adxl35xRate.Hz500);
            board.Pass(30);
            Assert.Equal(register, chip.Peek(0x2C));
            Assert.Equal(1f / perG, driver.FineGPerDigit); // DISAGREE 19.5 µg: the digits per g are exact
            Assert.Equal(16f / perG, driver.GPerDigit);
            var fine = new int[3];
            Assert.Equal(1, driver.ReadFifo(fine, 0, 1));
            Assert.Equal([perG / 2, -perG, perG * 8], fine); // -1 g is -51200 at ±10 g, not -997376
            var coarse = new short[3];
            Assert.Equal(1, driver.ReadFifo(coarse, 0, 1));
            Assert.Equal([(short)(perG / 32), (short)(-perG / 16), (short)(perG / 2)], coarse);
            Assert.Equal(0, chip.Violations.Count);
        }

        [Fact]
        public void The_binding_s_OR_into_the_range_register_makes_40_g_of_20()
        {
            using var board = new Adxl35xBoard();
            (Adxl357 driver, VirtualAdxl35x chip) = board.Open357(spi: true);
            Assert.Equal(0x83, 0x81 | (int)Adxl357Range.G20); // what ORing would write
            driver.Start(Adxl357Range.G40, Adxl35xRate.Hz500);
            driver.Start(Adxl357Range.G20, Adxl35xRate.Hz500); // and a range must not depend on the one before
            Assert.Equal(0x82, chip.Peek(0x2C));
            driver.Start(Adxl357Range.G10, Adxl35xRate.Hz500);
            Assert.Equal(0x81, chip.Peek(0x2C));
        }

        [Theory]
        [InlineData(25, 25_000)] // DISAGREE 1885 at 25 °C: 28.6 °C would be read
        [InlineData(45, 45_000)]
        public void Temperature_is_1852_digits_at_25_degrees(double celsius, int milliCelsius)
        {
            using var board = new Adxl35xBoard();
            board.Source.Celsius = celsius;
            (Adxl357 driver, _) = board.Open357(spi: true);
            driver.Start(Adxl357Range.G10, Adxl35xRate.Hz500);
            Assert.Equal(1, driver.TryReadTemperature(out int raw));
            Assert.Equal(milliCelsius, driver.ToMilliCelsius(raw));
            Assert.Equal(1852, Adxl357.TemperatureIntercept);
        }

        [Fact]
        public void Not_ready_is_no_sample_instead_of_zeros()
        {
            // The binding gives (0, 0, 0) when there is no data.
            using var board = new Adxl35xBoard();
            board.Source.WithAcceleration(1, 1, 1);
            (Adxl357 driver, _) = board.Open357(spi: true);
            driver.Start(Adxl357Range.G10, Adxl35xRate.Hz3_90625);
            int[] xyz = [7, 7, 7];
            driver.Begin();
            Assert.Equal(0, driver.ReadFifo(xyz, 0, 1));
            Assert.Equal([7, 7, 7], xyz);
        }

        [Fact]
        public void It_names_itself_in_errors()
        {
            using var board = new Adxl35xBoard();
            (Adxl357 driver, VirtualAdxl35x chip) = board.Open357(spi: true);
            chip.Faults.WrongIdentity = 0x33;
            var error = Assert.Throws<SensorException>(() => driver.Start(Adxl357Range.G10, Adxl35xRate.Hz500));
            Assert.Equal(("ADXL357", SensorFault.WrongIdentity, 0x33, 0xED), (error.Part, error.Fault, error.Found, error.Expected));
            Assert.Equal((0x02, 0xED), (Adxl357.IdentityRegister, Adxl357.IdentityValue));
        }
    }
}
