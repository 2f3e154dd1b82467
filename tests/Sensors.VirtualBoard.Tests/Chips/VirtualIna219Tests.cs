using System;

namespace Sensors.VirtualBoard.Tests
{
    public sealed class VirtualIna219Tests : IDisposable
    {
        private const int Address = 0x40;
        private readonly VirtualEsp32 _board = new(new VirtualEsp32Options { TransactionOverheadMicroseconds = 0 });
        private readonly ConstantSource _bench = new() { Amperes = 10, Volts = 11.98 };
        private readonly VirtualIna219 _chip;

        public VirtualIna219Tests()
        {
            _chip = new VirtualIna219(_board.Time, _bench, 1, options: new Ina219Options { NoiseLsb = 0, ShuntOhms = 0.002 });
            _board.WireI2c(Wire.I2cBus, Address, _chip);
        }

        public void Dispose() => _board.Dispose();

        [Fact]
        public void Registers_hold_their_reset_values()
        {
            Assert.Equal(0x399F, _board.Word(Address, 0x00));
            foreach (byte register in (byte[])[0x01, 0x02, 0x03, 0x04, 0x05])
            {
                Assert.Equal(0x0000, _board.Word(Address, register));
            }

            Assert.Equal(0, _chip.Violations.Count + _chip.Strays.Count);
        }

        [Fact] // the data sheet's example: 2 mohm, 10 A, 11.98 V, CAL 5000h
        public void The_worked_example_comes_out()
        {
            _board.WriteWord(Address, 0x05, 0x5000);
            _board.Sleep(3);
            Assert.Equal(2000, _board.Word(Address, 0x01));
            Assert.Equal((2995 << 3) | 2, _board.Word(Address, 0x02));
            Assert.Equal(10000, _board.Word(Address, 0x04));
            Assert.Equal(5990, _board.Word(Address, 0x03));
            _bench.Amperes = -10;
            _board.Sleep(3);
            Assert.Equal(-2000, (short)_board.Word(Address, 0x01));
            Assert.Equal(-10000, (short)_board.Word(Address, 0x04));
            Assert.Equal(5990, _board.Word(Address, 0x03));
        }

        [Fact]
        public void Reading_the_power_clears_CNVR_and_nothing_else_does()
        {
            _board.Sleep(3);
            Assert.Equal(2, _board.Word(Address, 0x02) & 3);
            _board.WriteWord(Address, 0x00, 0x3800); // power-down keeps it
            _board.Word(Address, 0x01);
            _board.Word(Address, 0x04);
            Assert.Equal(2, _board.Word(Address, 0x02) & 3);
            _board.Word(Address, 0x03);
            Assert.Equal(0, _board.Word(Address, 0x02) & 3);
            _board.WriteWord(Address, 0x00, 0x399F);
            _board.Sleep(3);
            Assert.Equal(2, _board.Word(Address, 0x02) & 3);
            _board.WriteWord(Address, 0x00, 0x399F); // a converting mode clears it, too
            Assert.Equal(0, _board.Word(Address, 0x02) & 3);
        }

        [Theory] // BADC, SADC, mode; period in ms
        [InlineData(0x399F, 1.064)]
        [InlineData(0x3807, 0.168)]
        [InlineData(0x3855, 2.13)]
        [InlineData(0x3FFF, 136.2)]
        public void Results_come_after_their_conversion_times(int config, double milliseconds)
        {
            _board.WriteWord(Address, 0x00, config);
            double start = _board.Time.Nanoseconds * 1e-6;
            while ((_board.Word(Address, 0x02) & 2) == 0)
            {
            }

            Assert.Equal(milliseconds, (_board.Time.Nanoseconds * 1e-6) - start, 0.2);
        }

        [Theory]
        [InlineData(0x2187, 4000)]
        [InlineData(0x2987, 8000)]
        [InlineData(0x3187, 16000)]
        [InlineData(0x3987, 32000)]
        public void The_range_ends_where_PG_says(int config, int digits)
        {
            _bench.Amperes = 1000;
            _board.WriteWord(Address, 0x00, config);
            _board.Sleep(3);
            Assert.Equal(digits, (short)_board.Word(Address, 0x01));
            _bench.Amperes = -1000;
            _board.Sleep(3);
            Assert.Equal(-digits, (short)_board.Word(Address, 0x01));
        }

        [Theory]
        [InlineData(0x399F, 8000)]
        [InlineData(0x199F, 4000)]
        public void The_bus_voltage_ends_where_BRNG_says(int config, int digits)
        {
            _bench.Volts = 40;
            _board.WriteWord(Address, 0x00, config);
            _board.Sleep(3);
            Assert.Equal(digits, _board.Word(Address, 0x02) >> 3);
        }

        [Fact]
        public void Nine_bits_have_steps_of_eight()
        {
            _bench.Amperes = 10.02;
            _board.WriteWord(Address, 0x00, 0x3807);
            _board.Sleep(3);
            Assert.Equal(2000, _board.Word(Address, 0x01)); // 2004, in steps of 8
        }

        [Fact]
        public void What_does_not_fit_sets_OVF()
        {
            _bench.Amperes = 100;
            _board.WriteWord(Address, 0x05, 0xFFFF);
            Assert.Equal(0xFFFE, _board.Word(Address, 0x05));
            _board.Sleep(3);
            Assert.Equal(3, _board.Word(Address, 0x02) & 3);
            _board.WriteWord(Address, 0x05, 0x0100);
            _board.Sleep(3);
            Assert.Equal(2, _board.Word(Address, 0x02) & 3);
        }

        [Fact]
        public void A_triggered_mode_converts_once_per_write()
        {
            _board.WriteWord(Address, 0x00, 0x399B);
            _board.Sleep(5);
            Assert.Equal(2000, _board.Word(Address, 0x01));
            _bench.Amperes = 5;
            _board.Sleep(50);
            Assert.Equal(2000, _board.Word(Address, 0x01));
            _board.WriteWord(Address, 0x00, 0x399B);
            _board.Sleep(5);
            Assert.Equal(1000, _board.Word(Address, 0x01));
            Assert.Equal(2, _chip.Conversions);
        }

        [Fact]
        public void RST_and_a_brown_out_put_every_register_back()
        {
            _board.WriteWord(Address, 0x05, 0x5000);
            _board.WriteWord(Address, 0x00, 0x8000);
            Assert.Equal(0x399F, _board.Word(Address, 0x00));
            Assert.Equal(0x0000, _board.Word(Address, 0x05));
            _board.WriteWord(Address, 0x05, 0x5000);
            _chip.BrownOut();
            Assert.Equal(0x0000, _board.Word(Address, 0x05));
            _board.Sleep(3);
            Assert.Equal(0, _board.Word(Address, 0x04));
        }

        [Fact]
        public void Undefined_and_read_only_registers_are_refused()
        {
            Assert.Equal(0, _board.Word(Address, 0xFE)); // no identity
            _board.WriteWord(Address, 0x01, 0x1234);
            Assert.Equal(1, _chip.Violations.Count);
            Assert.Equal(1, _chip.Strays.Count);
        }
    }
}
