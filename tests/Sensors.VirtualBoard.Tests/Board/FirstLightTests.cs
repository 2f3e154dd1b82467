namespace Sensors.VirtualBoard.Tests
{
    public sealed class FirstLightTests
    {
        [Fact]
        public void Three_chips_answer_with_what_the_bench_gives_them()
        {
            using var board = new VirtualEsp32();
            var bench = new ConstantSource { Celsius = 25, Amperes = 2, Volts = 12 }.WithAcceleration(0, 0, 1);
            board.WireSpi(Wire.SpiBus, Wire.ChipSelect, new VirtualAdxl345(board.Time, bench, board.Seed, options: new Adxl345Options { NoiseFactor = 0 }));
            board.WireI2c(Wire.I2cBus, 0x48, new VirtualTmp117(board.Time, bench, board.Seed, options: new Tmp117Options { NoiseCelsius = 0 }));
            board.WireI2c(Wire.I2cBus, 0x40, new VirtualIna226(board.Time, bench, board.Seed, options: new Ina226Options { NoiseLsb = 0 }));

            Assert.Equal(0xE5, board.Spi(0x80, 0)[1]);
            Assert.Equal(0x0117, board.Word(0x48, 0x0F));
            Assert.Equal(0x5449, board.Word(0x40, 0xFE));

            board.Spi(0x31, 0x0B); // FULL_RES, 16 g
            board.Spi(0x2D, 0x08); // MEASURE
            board.Sleep(200);
            byte[] data = board.Spi(0xF2, 0, 0, 0, 0, 0, 0);
            Assert.Equal(0, Wire.Int16(data, 1));
            Assert.Equal(256, Wire.Int16(data, 5));
            Assert.Equal(0x0C80, board.Word(0x48, 0x00));
            Assert.Equal(8000, board.Word(0x40, 0x01)); // 2 A in 10 mOhm = 20 mV
            Assert.Equal(9600, board.Word(0x40, 0x02));
        }
    }
}
