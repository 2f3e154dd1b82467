using System;
using System.Device.I2c;

namespace Sensors.VirtualBoard.Tests
{
    public sealed class VirtualTmp117Tests : IDisposable
    {
        private const int Address = 0x48;
        private readonly VirtualEsp32 _board = new(new VirtualEsp32Options { TransactionOverheadMicroseconds = 0 });
        private readonly ConstantSource _bench = new();
        private readonly VirtualTmp117 _chip;

        public VirtualTmp117Tests()
        {
            _chip = new VirtualTmp117(_board.Time, _bench, 1, options: new Tmp117Options { NoiseCelsius = 0 });
            _board.WireI2c(Wire.I2cBus, Address, _chip);
        }

        public void Dispose() => _board.Dispose();

        [Fact]
        public void Registers_hold_their_reset_values()
        {
            Assert.Equal(0x8000, _board.Word(Address, 0x00));
            Assert.Equal(0x0220, _board.Word(Address, 0x01));
            Assert.Equal(0x6000, _board.Word(Address, 0x02));
            Assert.Equal(0x8000, _board.Word(Address, 0x03));
            Assert.Equal(0x0000, _board.Word(Address, 0x04));
            Assert.Equal(0x0000, _board.Word(Address, 0x07));
            Assert.Equal(0x0117, _board.Word(Address, 0x0F));
            Assert.Equal(0, _chip.Violations.Count);
        }

        [Theory] // the data sheet's table of temperatures and codes
        [InlineData(-25, 0xF380)]
        [InlineData(-0.125, 0xFFF0)]
        [InlineData(-0.0078125, 0xFFFF)]
        [InlineData(0, 0x0000)]
        [InlineData(1, 0x0080)]
        [InlineData(25, 0x0C80)]
        [InlineData(100, 0x3200)]
        [InlineData(255.9921875, 0x7FFF)]
        [InlineData(300, 0x7FFF)]
        [InlineData(-256, 0x8000)]
        public void Temperatures_have_the_data_sheet_s_codes(double celsius, int code)
        {
            _bench.Celsius = celsius;
            _board.Sleep(200);
            Assert.Equal(code, _board.Word(Address, 0x00));
        }

        [Fact]
        public void Nothing_but_minus_256_until_the_first_conversion_ends()
        {
            _board.Sleep(125); // 1.5 ms and 8 conversions of 15.5 ms are 125.5 ms
            Assert.Equal(0x8000, _board.Word(Address, 0x00));
            Assert.Equal(0x0220, _board.Word(Address, 0x01));
            _board.Sleep(1);
            Assert.Equal(0x2220, _board.Word(Address, 0x01));
            Assert.Equal(0x0C80, _board.Word(Address, 0x00));
        }

        [Fact]
        public void Data_Ready_clears_by_reading_either_register_and_returns_every_cycle()
        {
            _board.Sleep(200);
            Assert.Equal(0x2220, _board.Word(Address, 0x01));
            Assert.Equal(0x0220, _board.Word(Address, 0x01));
            _board.Sleep(1000);
            _board.Word(Address, 0x00);
            Assert.Equal(0x0220, _board.Word(Address, 0x01));
            _board.Sleep(1000);
            Assert.Equal(0x2220, _board.Word(Address, 0x01));
        }

        [Theory] // CONV and AVG of the configuration; cycle in ms
        [InlineData(0x0000, 15.5)]
        [InlineData(0x0080, 125)]
        [InlineData(0x0020, 125)]
        [InlineData(0x0040, 500)]
        [InlineData(0x0060, 1000)]
        [InlineData(0x0280, 4000)]
        [InlineData(0x0300, 8000)]
        [InlineData(0x0380, 16000)]
        public void The_cycle_is_what_CONV_and_AVG_say(int config, double milliseconds)
        {
            _board.WriteWord(Address, 0x01, config);
            double first = Next();
            Assert.Equal(milliseconds, Next() - first, 0.5);

            double Next()
            {
                while ((_board.Word(Address, 0x01) & 0x2000) == 0)
                {
                    _board.Time.Advance(200_000);
                }

                return _board.Time.Nanoseconds * 1e-6;
            }
        }

        [Fact]
        public void A_one_shot_converts_once_and_shuts_down()
        {
            _board.WriteWord(Address, 0x01, 0x0400); // shutdown
            _board.Sleep(2000);
            Assert.Equal(0x8000, _board.Word(Address, 0x00));
            _board.WriteWord(Address, 0x01, 0x0C00);
            _board.Sleep(16);
            Assert.Equal(0x2400, _board.Word(Address, 0x01));
            Assert.Equal(0x0C80, _board.Word(Address, 0x00));
            _bench.Celsius = 100;
            _board.Sleep(5000);
            Assert.Equal(0x0C80, _board.Word(Address, 0x00));
        }

        [Fact]
        public void Alert_mode_latches_both_sides_until_read()
        {
            _board.WriteWord(Address, 0x02, 0x0F00); // 30 degC
            _board.WriteWord(Address, 0x03, 0x0A00); // 20 degC
            _board.WriteWord(Address, 0x01, 0x0000);
            _bench.Celsius = 31;
            _board.Sleep(20);
            Assert.True(_chip.AlertActive());
            _bench.Celsius = 19;
            _board.Sleep(20);
            Assert.True(_chip.AlertActive());
            Assert.Equal(0xE000, _board.Word(Address, 0x01));
            _bench.Celsius = 25;
            _board.Sleep(20);
            _board.Word(Address, 0x01);
            Assert.False(_chip.AlertActive());
        }

        [Fact]
        public void Therm_mode_holds_from_above_the_high_to_below_the_low_limit()
        {
            _board.WriteWord(Address, 0x02, 0x0F00);
            _board.WriteWord(Address, 0x03, 0x0A00);
            _board.WriteWord(Address, 0x01, 0x0010);
            Assert.Equal(0x0000, HighAfter(25));
            Assert.Equal(0x8000, HighAfter(31));
            Assert.Equal(0x8000, HighAfter(25)); // reading does not clear it
            Assert.Equal(0x0000, HighAfter(19));

            int HighAfter(double celsius)
            {
                _bench.Celsius = celsius;
                _board.Sleep(40);
                return _board.Word(Address, 0x01) & 0xC000;
            }
        }

        [Fact]
        public void Soft_reset_makes_it_deaf_for_2_ms_and_puts_everything_back()
        {
            _board.WriteWord(Address, 0x02, 0x1234);
            _board.Sleep(200);
            _board.WriteWord(Address, 0x01, 0x0002);
            Assert.Equal(I2cTransferStatus.SlaveAddressNotAcknowledged, _board.TransferI2c(Wire.I2cBus, Address, 400_000, [0x00], new byte[2]));
            _board.Sleep(2);
            Assert.Equal(0x8000, _board.Word(Address, 0x00));
            Assert.Equal(0x6000, _board.Word(Address, 0x02));
            Assert.Equal(0x0220, _board.Word(Address, 0x01));
        }

        [Fact]
        public void The_EEPROM_takes_words_only_while_unlocked()
        {
            _board.WriteWord(Address, 0x05, 0xBEEF);
            Assert.Equal(0x0000, _board.Word(Address, 0x05));
            Assert.Equal(1, _chip.Violations.Count);
            _board.WriteWord(Address, 0x04, 0x8000);
            _board.WriteWord(Address, 0x05, 0xBEEF);
            Assert.Equal(0xC000, _board.Word(Address, 0x04));
            Assert.Equal(0x1000, _board.Word(Address, 0x01) & 0x1000);
            _board.Sleep(7);
            Assert.Equal(0x8000, _board.Word(Address, 0x04));
            _chip.BrownOut();
            Assert.Equal(0xBEEF, _board.Word(Address, 0x05));
            Assert.Equal(0x0000, _board.Word(Address, 0x04));
            Assert.Equal(1, _chip.EepromWrites);
        }

        [Fact]
        public void A_limit_written_while_locked_is_forgotten_by_a_brown_out()
        {
            _board.WriteWord(Address, 0x02, 0x1234);
            Assert.Equal(0x1234, _board.Word(Address, 0x02));
            _chip.BrownOut();
            Assert.Equal(0x6000, _board.Word(Address, 0x02));
            Assert.Equal(0, _chip.EepromWrites);
        }

        [Fact]
        public void The_offset_register_is_added_and_the_pointer_stays()
        {
            _board.WriteWord(Address, 0x07, 0x0080); // 1 degC
            _board.Sleep(200);
            Assert.Equal(0x0D00, _board.Word(Address, 0x00));
            var again = new byte[2];
            _board.TransferI2c(Wire.I2cBus, Address, 400_000, [], again);
            Assert.Equal([0x0D, 0x00], again);
        }

        [Fact]
        public void Undefined_registers_read_only_ones_and_half_words_are_refused()
        {
            Assert.Equal(0, _board.Word(Address, 0x09));
            _board.WriteWord(Address, 0x00, 0x1111);
            _board.TransferI2c(Wire.I2cBus, Address, 400_000, [0x02, 0x11], []);
            Assert.Equal(3, _chip.Violations.Count + _chip.Strays.Count);
            Assert.Equal(0x6000, _board.Word(Address, 0x02));
        }

        [Fact]
        public void Faults_show_on_the_wire()
        {
            _chip.Faults.WrongIdentity = -1;
            Assert.Equal(0x2117, _board.Word(Address, 0x0F));
            _chip.Faults.NackNext(1);
            Assert.Equal(I2cTransferStatus.SlaveAddressNotAcknowledged, _board.TransferI2c(Wire.I2cBus, Address, 400_000, [0x0F], new byte[2]));
            _chip.Faults.HoldBusFor(TimeSpan.FromMilliseconds(500));
            long before = _board.Time.Nanoseconds;
            Assert.Equal(I2cTransferStatus.ClockStretchTimeout, _board.TransferI2c(Wire.I2cBus, 0x40, 400_000, [0x00], new byte[2]));
            Assert.Equal(1_000_000_000, _board.Time.Nanoseconds - before);
            _chip.Faults.StuckData = true;
            _board.Sleep(2000);
            Assert.Equal(0x0C80, _board.Word(Address, 0x00));
            _bench.Celsius = 50;
            _board.Sleep(2000);
            Assert.Equal(0x0C80, _board.Word(Address, 0x00));
        }
    }
}
