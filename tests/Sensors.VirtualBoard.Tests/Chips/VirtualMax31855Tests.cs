using System;
using System.Device.Spi;

namespace Sensors.VirtualBoard.Tests
{
    public sealed class VirtualMax31855Tests : IDisposable
    {
        private readonly VirtualEsp32 _board = new(new VirtualEsp32Options { TransactionOverheadMicroseconds = 10 });
        private readonly ConstantSource _hot = new() { Celsius = 100.75 };
        private readonly ConstantSource _cold = new() { Celsius = 25 };
        private readonly VirtualMax31855 _chip;

        public VirtualMax31855Tests()
        {
            _chip = new VirtualMax31855(_board.Time, _hot, _cold, 1, options: new Max31855Options { NoiseCelsius = 0 });
            _board.WireSpi(Wire.SpiBus, Wire.ChipSelect, _chip);
        }

        public void Dispose() => _board.Dispose();

        [Theory] // the data sheet's tables 4 and 5
        [InlineData(1600, 0x1900)]
        [InlineData(1000, 0x0FA0)]
        [InlineData(100.75, 0x0193)]
        [InlineData(25, 0x0064)]
        [InlineData(0, 0x0000)]
        [InlineData(-0.25, 0x3FFF)]
        [InlineData(-1, 0x3FFC)]
        [InlineData(-250, 0x3C18)]
        public void Thermocouple_temperatures_have_the_data_sheet_s_codes(double celsius, uint code)
        {
            _hot.Celsius = celsius;
            Assert.Equal(code, After(250) >> 18);
        }

        [Theory]
        [InlineData(127, 0x7F0)]
        [InlineData(100.5625, 0x649)]
        [InlineData(25, 0x190)]
        [InlineData(0, 0x000)]
        [InlineData(-0.0625, 0xFFF)]
        [InlineData(-1, 0xFF0)]
        [InlineData(-20, 0xEC0)]
        [InlineData(-55, 0xC90)]
        public void Cold_junction_temperatures_have_the_data_sheet_s_codes(double celsius, uint code)
        {
            _cold.Celsius = celsius;
            Assert.Equal(code, (After(250) >> 4) & 0xFFF);
        }

        [Fact]
        public void The_first_byte_clocked_is_data_already()
        {
            _board.Sleep(250);
            Assert.Equal([0x06, 0x4C, 0x19, 0x00], Frame(4));
            Assert.Equal(0, _chip.Violations.Count);
        }

        [Fact]
        public void Fewer_clocks_give_the_beginning_and_more_give_zeros()
        {
            _board.Sleep(250);
            Assert.Equal([0x06, 0x4C], Frame(2));
            Assert.Equal([0x06, 0x4C, 0x19, 0x00, 0x00, 0x00], Frame(6));
        }

        [Fact]
        public void Before_the_first_conversion_there_are_only_zeros()
        {
            Assert.Equal(0u, Read());
            Assert.Equal(0u, After(60));
            Assert.NotEqual(0u, After(80));
        }

        [Fact]
        public void Who_polls_too_fast_freezes_it()
        {
            After(250);
            _hot.Celsius = 300;
            for (int i = 0; i < 100; i++)
            {
                Assert.Equal(0x0193u, After(65) >> 18);
            }

            Assert.Equal(100, _chip.Interrupted);
            Assert.Equal(1200u, After(75) >> 18);
        }

        [Theory] // D2 short to supply, D1 short to ground, D0 open; not the other way round
        [InlineData(ThermocoupleFault.Open, 0x00010001)]
        [InlineData(ThermocoupleFault.ShortToGround, 0x00010002)]
        [InlineData(ThermocoupleFault.ShortToSupply, 0x00010004)]
        public void Faults_have_their_bits(ThermocoupleFault fault, uint bits)
        {
            _chip.ProbeFault = fault;
            Assert.Equal(bits, After(250) & 0x0003000F);
            _chip.ProbeFault = ThermocoupleFault.None;
            Assert.Equal(0u, After(80) & 0x0003000F);
        }

        [Fact]
        public void Wrong_modes_fast_clocks_and_short_gaps_are_violations()
        {
            uint right = After(250);
            var miso = new byte[4];
            _board.TransferSpi(Wire.SpiBus, Wire.ChipSelect, SpiMode.Mode3, 5_000_000, new byte[4], miso);
            Assert.NotEqual(right, ToFrame(miso));
            _board.TransferSpi(Wire.SpiBus, Wire.ChipSelect, SpiMode.Mode0, 5_100_000, new byte[4], miso);
            Assert.Equal(2, _chip.Violations.Count);
            var frame = new SpiFrame(_board.Time.Nanoseconds + 200, 5_000_000, SpiMode.Mode0);
            _chip.Transfer(frame, new byte[4], miso);
            _chip.Transfer(frame with { StartNanoseconds = frame.After(4) + 199 }, new byte[4], miso);
            Assert.Equal(3, _chip.Violations.Count);
        }

        [Fact]
        public void Faults_of_every_chip_show_on_the_wire()
        {
            After(250);
            _chip.Faults.NackNext(1);
            Assert.Equal(uint.MaxValue, After(100));
            _chip.Faults.StuckMiso = 0x00;
            Assert.Equal(0u, After(100));
            _chip.Faults.Clear();
            _chip.Faults.StuckData = true;
            _hot.Celsius = 300;
            Assert.Equal(0x0193u, After(100) >> 18);
            _chip.Faults.Clear();
            _chip.Faults.RateErrorPercent = -29; // 98.6 ms: what the data sheet still allows
            After(100);
            _hot.Celsius = 25;
            Assert.Equal(1200u, After(98) >> 18);
            Assert.Equal(100u, After(100) >> 18);
        }

        [Fact]
        public void A_brown_out_begins_again_with_zeros()
        {
            After(250);
            _chip.BrownOut();
            Assert.Equal(0u, After(150));
        }

        private static uint ToFrame(byte[] miso) => ((uint)miso[0] << 24) | ((uint)miso[1] << 16) | ((uint)miso[2] << 8) | miso[3];

        private byte[] Frame(int bytes) => _board.SpiAt(5_000_000, SpiMode.Mode0, new byte[bytes]);

        private uint Read() => ToFrame(Frame(4));

        private uint After(int milliseconds)
        {
            _board.Sleep(milliseconds);
            return Read();
        }
    }
}
