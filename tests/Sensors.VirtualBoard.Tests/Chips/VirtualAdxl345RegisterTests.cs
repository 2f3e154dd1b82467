using System.Device.Spi;
using System.Linq;

namespace Sensors.VirtualBoard.Tests
{
    public sealed class VirtualAdxl345RegisterTests
    {
        [Fact]
        public void Registers_hold_their_reset_values()
        {
            var bench = new Adxl345Bench();
            for (byte register = 0x1D; register <= 0x39; register++)
            {
                byte expected = register switch { 0x2C => 0x0A, 0x30 => 0x02, _ => 0x00 };
                Assert.Equal(expected, bench.Read(register));
            }

            Assert.Equal(0xE5, bench.Read(0x00));
            Assert.Equal(0, bench.Chip.Violations.Count);
        }

        [Fact]
        public void Writes_stick_and_survive_a_warm_reset_but_not_a_brown_out()
        {
            var bench = new Adxl345Bench();
            bench.Send(0x5E, 0x11, 0x22, 0x33); // MB write of OFSX, OFSY, OFSZ
            Assert.Equal([0x11, 0x22, 0x33], bench.Send(0xDE, 0, 0, 0)[1..]);
            bench.Chip.BrownOut();
            Assert.Equal([0x00, 0x00, 0x00], bench.Send(0xDE, 0, 0, 0)[1..]);
        }

        [Fact]
        public void Without_the_multiple_byte_bit_every_byte_is_the_same_register()
        {
            var bench = new Adxl345Bench();
            Assert.Equal([0xE5, 0xE5, 0xE5], bench.Send(0x80, 0, 0, 0)[1..]);
            bench.Send(0x1E, 0x01, 0x02); // both bytes go to OFSX
            Assert.Equal([0x02, 0x00], bench.Send(0xDE, 0, 0)[1..]);
        }

        [Theory]
        [InlineData((byte)0x01)]
        [InlineData((byte)0x1C)]
        [InlineData((byte)0x3A)]
        public void Reserved_registers_are_refused(byte register)
        {
            var bench = new Adxl345Bench();
            Assert.Equal(0, bench.Read(register));
            bench.Send(register, 0x55);
            Assert.Equal(1, bench.Chip.Violations.Count);
            Assert.Equal(1, bench.Chip.Strays.Count);
            bench.Chip.Strays.Throw = true;
            Assert.Contains("0x" + register.ToString("X2"), Assert.Throws<ViolationException>(() => bench.Read(register)).Message);
        }

        [Theory]
        [InlineData((byte)0x00)]
        [InlineData((byte)0x2B)]
        [InlineData((byte)0x30)]
        [InlineData((byte)0x32)]
        [InlineData((byte)0x39)]
        public void Read_only_registers_do_not_take_a_write(byte register)
        {
            var bench = new Adxl345Bench();
            byte before = bench.Chip.Peek(register);
            bench.Send(register, 0x5A);
            Assert.Equal(before, bench.Chip.Peek(register));
            Assert.Equal(1, bench.Chip.Violations.Count);
        }

        [Fact]
        public void Wrong_modes_fast_clocks_and_short_gaps_are_noted()
        {
            var bench = new Adxl345Bench { Mode = SpiMode.Mode0 };
            Assert.NotEqual(0xE5, bench.Read(0x00));
            bench.Mode = SpiMode.Mode3;
            bench.ClockHz = 8_000_000;
            Assert.Equal(0xE5, bench.Read(0x00));
            bench.ClockHz = 5_000_000;
            bench.After(149, 0x80, 0);
            bench.After(150, 0x80, 0);
            string[] texts = bench.Chip.Violations.Texts.ToArray();
            Assert.Equal(3, texts.Length);
            Assert.Contains("Mode0", texts[0]);
            Assert.Contains("8000000 Hz", texts[1]);
            Assert.Contains("150 ns", texts[2]);
        }

        [Fact]
        public void A_chip_set_to_three_wires_drives_nothing_on_a_four_wire_board()
        {
            var bench = new Adxl345Bench();
            bench.Send(0x31, 0x40);
            Assert.Equal(0xFF, bench.Read(0x00));
            bench.Send(0x31, 0x00);
            Assert.Equal(0xE5, bench.Read(0x00));
        }

        [Fact]
        public void Faults_show_on_the_wire()
        {
            var bench = new Adxl345Bench();
            bench.Chip.Faults.WrongIdentity = 0xE6;
            Assert.Equal(0xE6, bench.Read(0x00));
            bench.Chip.Faults.StuckMiso = 0x00;
            Assert.Equal(0x00, bench.Read(0x00));
            bench.Chip.Faults.Clear();
            bench.Chip.Faults.NackNext(1);
            Assert.Equal(0xFF, bench.Read(0x00));
            Assert.Equal(0xE5, bench.Read(0x00));
        }

        [Fact]
        public void On_I2C_the_address_counts_up_by_itself()
        {
            using var board = new VirtualEsp32();
            board.WireI2c(Wire.I2cBus, 0x53, new VirtualAdxl345(board.Time, new ConstantSource().WithAcceleration(0.5, -0.5, 1), 1, options: new Adxl345Options { NoiseFactor = 0 }));
            board.TransferI2c(Wire.I2cBus, 0x53, 400_000, [0x31, 0x0B], []);
            board.TransferI2c(Wire.I2cBus, 0x53, 400_000, [0x2C, 0x0A, 0x08], []);
            board.Sleep(50);
            var data = new byte[6];
            board.TransferI2c(Wire.I2cBus, 0x53, 400_000, [0x32], data);
            Assert.Equal([0x80, 0x00, 0x80, 0xFF, 0x00, 0x01], data);
        }
    }
}
