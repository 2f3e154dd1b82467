using System;
using System.Device.I2c;

namespace Sensors.VirtualBoard.Tests
{
    public sealed class VirtualIna228Tests : IDisposable
    {
        private const int Address = 0x40;
        private readonly VirtualEsp32 _board = new(new VirtualEsp32Options { TransactionOverheadMicroseconds = 0 });
        private readonly ConstantSource _bench = new() { Amperes = 6, Volts = 48 };
        private readonly VirtualIna228 _chip;

        public VirtualIna228Tests()
        {
            _chip = new VirtualIna228(_board.Time, _bench, 1, options: new Ina228Options { NoiseMicrovolts = 0, ShuntOhms = 0.0162 });
            _board.WireI2c(Wire.I2cBus, Address, _chip);
        }

        public void Dispose() => _board.Dispose();

        [Fact]
        public void Registers_hold_their_reset_values()
        {
            int[] resets = [0x0000, 0xFB68, 0x1000, 0x0000];
            for (byte register = 0; register < resets.Length; register++)
            {
                Assert.Equal(resets[register], _board.Word(Address, register));
            }

            int[] limits = [0x7FFF, 0x8000, 0x7FFF, 0x0000, 0x7FFF, 0xFFFF];
            for (byte i = 0; i < limits.Length; i++)
            {
                Assert.Equal(limits[i], _board.Word(Address, (byte)(0x0C + i)));
            }

            Assert.Equal(0x0001, _board.Word(Address, 0x0B));
            Assert.Equal(0x5449, _board.Word(Address, 0x3E));
            Assert.Equal(0x2281, _board.Word(Address, 0x3F));
            Assert.Equal(0, Read(0x04, 3));
            Assert.Equal(0, Read(0x09, 5));
            Assert.Equal(0, _chip.Violations.Count + _chip.Strays.Count);
        }

        [Fact] // table 8-4: 16.2 mohm, SHUNT_CAL 4050, 6 A, 48 V, 25 degrees
        public void The_worked_example_comes_out()
        {
            _board.WriteWord(Address, 0x02, 4050);
            _board.Sleep(5);
            Assert.Equal(311_040 << 4, Read(0x04, 3));
            Assert.Equal(245_760 << 4, Read(0x05, 3));
            Assert.Equal(3200, _board.Word(Address, 0x06));
            Assert.InRange(Read(0x07, 3) >> 4, 314_571, 314_573);
            Assert.InRange(Read(0x08, 3), 4_718_580, 4_718_610);
            _board.WriteWord(Address, 0x00, 0x4000);
            Assert.Equal(0, Read(0x09, 5));
            _board.Time.Advance(3_600_000_000_000);
            Assert.InRange(Read(0x09, 5), 1_061_620_000, 1_061_740_000); // 1,036,800 J in an hour
            Assert.InRange(Read(0x0A, 5), 1_132_400_000, 1_132_520_000); // 21,600 C: a digit is Current_LSB, not 16 of them
        }

        [Fact]
        public void Negative_values_are_twos_complement_left_justified()
        {
            _bench.Amperes = -6;
            _board.WriteWord(Address, 0x02, 4050);
            _board.Sleep(5);
            Assert.Equal(0xB41000, Read(0x04, 3)); // the data sheet's own example
            Assert.Equal(0, Read(0x07, 3) & 0x0F);
            Assert.True(Read(0x07, 3) > 0x800000);
            _board.Sleep(100);
            Assert.True(Read(0x0A, 5) > 0x8000000000);
            Assert.InRange(Read(0x08, 3), 4_718_580, 4_718_610); // power has no sign
        }

        [Fact]
        public void The_small_range_has_four_times_the_digits()
        {
            _bench.Amperes = 2;
            _board.WriteWord(Address, 0x00, 0x0010);
            _board.Sleep(5);
            Assert.Equal((int)Math.Round(0.0324 / 78.125e-9) << 4, Read(0x04, 3));
            _bench.Amperes = 3;
            _board.Sleep(5);
            Assert.Equal(0x7FFFF0, Read(0x04, 3));
            _board.WriteWord(Address, 0x00, 0x4010);
            Assert.Equal(0x0010, _board.Word(Address, 0x00)); // RSTACC clears itself and leaves the range
        }

        [Fact]
        public void Without_a_calibration_current_is_0()
        {
            _board.WriteWord(Address, 0x02, 0);
            _board.Sleep(5);
            Assert.Equal(0, Read(0x07, 3));
            _board.WriteWord(Address, 0x02, 0xFFFF);
            Assert.Equal(0x7FFF, _board.Word(Address, 0x02));
        }

        [Fact]
        public void CNVRF_clears_by_reading_with_ALATCH_and_by_itself_without()
        {
            _board.WriteWord(Address, 0x0B, 0x8000);
            _board.Sleep(4);
            Assert.Equal(0x8003, _board.Word(Address, 0x0B));
            Assert.Equal(0x8001, _board.Word(Address, 0x0B));
            _board.WriteWord(Address, 0x0B, 0x0000);
            int seen = 0;
            for (int i = 0; i < 100; i++)
            {
                _board.Time.Advance(1_000_000);
                seen += (_board.Word(Address, 0x0B) >> 1) & 1;
            }

            Assert.InRange(seen, 0, 10); // of 30 conversions
        }

        [Theory]
        [InlineData(0xB000, 0.1)]
        [InlineData(0xFB68, 3.156)]
        [InlineData(0xB580, 2.224)]
        [InlineData(0xA00A, 0.8)] // 16 averages of 50 us, shunt alone
        [InlineData(0x3FFF, 8437.76)] // 1024 x 8.24 ms, once
        public void Results_come_after_averages_times_conversion_times(int adc, double milliseconds)
        {
            _board.WriteWord(Address, 0x0B, 0x8000);
            _board.WriteWord(Address, 0x01, adc);
            double start = _board.Time.Nanoseconds * 1e-6;
            while ((_board.Word(Address, 0x0B) & 2) == 0)
            {
                _board.Time.Advance((long)(milliseconds * 1e6 / 100));
            }

            Assert.Equal(milliseconds, (_board.Time.Nanoseconds * 1e-6) - start, 0.2 + (milliseconds / 50));
        }

        [Fact]
        public void Accumulators_wrap_and_their_flags_clear_by_reading_them()
        {
            _chip.PresetEnergy((1L << 40) - 10);
            _chip.PresetCharge((1L << 39) - 10);
            _board.Sleep(50);
            Assert.Equal(0x0C00, _board.Word(Address, 0x0B) & 0x0C00);
            Assert.True(Read(0x09, 5) < 1_000_000);
            Assert.Equal(0x0400, _board.Word(Address, 0x0B) & 0x0C00);
            Assert.True(Read(0x0A, 5) > 0x8000000000);
            Assert.Equal(0x0000, _board.Word(Address, 0x0B) & 0x0C00);
        }

        [Fact]
        public void What_does_not_fit_sets_MATHOF()
        {
            _board.WriteWord(Address, 0x02, 100);
            _board.Sleep(5);
            Assert.Equal(0x0200, _board.Word(Address, 0x0B) & 0x0200);
            Assert.Equal(0x7FFFF0, Read(0x07, 3));
        }

        [Fact]
        public void Limits_show_and_stay_with_ALATCH()
        {
            _board.WriteWord(Address, 0x0B, 0x8000);
            _board.WriteWord(Address, 0x0C, 100); // shunt over
            _board.WriteWord(Address, 0x0E, 100); // bus over
            _board.Sleep(5);
            Assert.Equal(0x0050, _board.Word(Address, 0x0B) & 0x00FC);
            _board.WriteWord(Address, 0x0C, 0x7FFF);
            _board.WriteWord(Address, 0x0E, 0x7FFF);
            _board.WriteWord(Address, 0x0F, 0x7000); // bus under
            _board.WriteWord(Address, 0x10, 0x0100); // 2 degrees
            _board.WriteWord(Address, 0x11, 1);
            _board.Sleep(10);
            Assert.Equal(0x008C, _board.Word(Address, 0x0B) & 0x008C);
        }

        [Fact]
        public void RST_and_a_brown_out_put_every_register_back()
        {
            foreach (Action reset in (Action[])[() => _board.WriteWord(Address, 0x00, 0x8000), () => _chip.BrownOut()])
            {
                _board.WriteWord(Address, 0x02, 4050);
                _board.WriteWord(Address, 0x0D, 0x8001);
                _board.Sleep(10);
                reset();
                Assert.Equal(0x1000, _board.Word(Address, 0x02));
                Assert.Equal(0x8000, _board.Word(Address, 0x0D));
                Assert.Equal(0, Read(0x0A, 5));
            }
        }

        [Fact]
        public void Undefined_read_only_and_unmodelled_are_told()
        {
            Assert.Equal(0, _board.Word(Address, 0xFE));
            Assert.Equal(1, _chip.Strays.Count);
            _board.WriteWord(Address, 0x04, 0x1234);
            _board.WriteWord(Address, 0x3F, 0x1234);
            _board.WriteWord(Address, 0x00, 0x0020);
            Assert.Equal(3, _chip.Violations.Count);
            _chip.Faults.WrongIdentity = -1;
            Assert.Equal(0x2381, _board.Word(Address, 0x3F));
        }

        private long Read(byte register, int bytes)
        {
            var read = new byte[bytes];
            Assert.Equal(I2cTransferStatus.FullTransfer, _board.TransferI2c(Wire.I2cBus, Address, 400_000, [register], read));
            long value = 0;
            foreach (byte b in read)
            {
                value = (value << 8) | b;
            }

            return value;
        }
    }
}
