using System;
using System.Device.Spi;

namespace Sensors.VirtualBoard.Tests
{
    public sealed class VirtualMax31856Tests : IDisposable
    {
        private readonly VirtualEsp32 _board = new(new VirtualEsp32Options { TransactionOverheadMicroseconds = 10 });
        private readonly ConstantSource _hot = new() { Celsius = 100 };
        private readonly ConstantSource _cold = new() { Celsius = 25 };
        private readonly VirtualMax31856 _chip;

        public VirtualMax31856Tests()
        {
            _chip = new VirtualMax31856(_board.Time, _hot, _cold, 1, options: new Max31856Options { NoiseCelsius = 0 });
            _board.WireSpi(Wire.SpiBus, Wire.ChipSelect, _chip);
        }

        public void Dispose() => _board.Dispose();

        [Fact]
        public void Registers_hold_their_reset_values()
        {
            Assert.Equal([0x00, 0x03, 0xFF, 0x7F, 0xC0, 0x7F, 0xFF, 0x80, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00], Map());
            Assert.Equal(0xFF, _board.Spi(0x10, 0)[1]);
            Assert.Equal((0, 1), (_chip.Violations.Count, _chip.Strays.Count));
        }

        [Fact]
        public void Settings_are_written_in_one_frame_and_lost_by_a_brown_out()
        {
            byte[] settings = [0x11, 0x23, 0x00, 0x7D, 0xC9, 0x55, 0xC0, 0xF3, 0x80, 0x04];
            _board.Spi([0x80, .. settings]);
            Assert.Equal(settings, Map()[..10]);
            Assert.Equal(0, _chip.Violations.Count);
            _chip.BrownOut();
            Assert.Equal(0xFF, Map()[2]);
        }

        [Theory]
        [InlineData(0x8A)] // cold junction while the sensor is on
        [InlineData(0x8C)]
        [InlineData(0x8F)]
        [InlineData(0x90)]
        public void Read_only_registers_do_not_take_a_write(byte command)
        {
            _board.Spi(command, 0x5A);
            Assert.Equal(0, Map()[command & 0x0F] & 0x5A & (command == 0x90 ? 0 : 0xFF));
            Assert.Equal(1, _chip.Violations.Count);
        }

        [Theory]
        [InlineData(SpiMode.Mode0, 5_000_000, 1)]
        [InlineData(SpiMode.Mode1, 5_000_000, 0)]
        [InlineData(SpiMode.Mode3, 5_000_000, 0)]
        [InlineData(SpiMode.Mode3, 6_000_000, 1)]
        public void Modes_1_and_3_up_to_5_MHz(SpiMode mode, int clockHz, int violations)
        {
            _board.SpiAt(clockHz, mode, 0x00, 0);
            Assert.Equal(violations, _chip.Violations.Count);
        }

        [Theory] // 19 bits of 0.0078125 degC, on the left of 24
        [InlineData(-10, 0xFF6000)] // the vector of the sign defect
        [InlineData(-0.0078125, 0xFFFFE0)]
        [InlineData(0, 0x000000)]
        [InlineData(0.0078125, 0x000020)]
        [InlineData(25, 0x019000)]
        [InlineData(100, 0x064000)]
        [InlineData(-200, 0xF38000)]
        [InlineData(1372, 0x55C000)]
        public void Temperatures_have_their_codes(double celsius, int code)
        {
            _hot.Celsius = celsius;
            Assert.Equal(code, Measure());
        }

        [Theory] // 14 bits of 0.015625 degC, on the left of 16
        [InlineData(25, 0x1900)]
        [InlineData(-0.015625, 0xFFFC)]
        [InlineData(-55, 0xC900)]
        [InlineData(125, 0x7D00)]
        public void The_cold_junction_has_its_codes(double celsius, int code)
        {
            _cold.Celsius = celsius;
            Measure();
            byte[] map = Map();
            Assert.Equal(code, (map[0x0A] << 8) | map[0x0B]);
        }

        [Fact]
        public void The_cold_junction_registers_hold_the_sum_with_the_offset()
        {
            _board.Spi(0x89, 0x10); // 1 degC
            Assert.Equal(0x065000, Measure());
            Assert.Equal(0x1A, Map()[0x0A]);
        }

        [Fact]
        public void With_the_cold_junction_off_the_user_s_value_counts()
        {
            _board.Spi(0x80, 0x08);
            _board.Spi(0x8A, 0x1E, 0x00); // 30 degC
            Assert.Equal(0x069000, Measure(0x48)); // 5 degC more than the junction has
            Assert.Equal(0, _chip.Violations.Count);
        }

        [Theory] // CR0 filter; CR1 averaging; time of a one-shot in ms
        [InlineData(0x00, 0x03, 143)]
        [InlineData(0x01, 0x03, 169)]
        [InlineData(0x00, 0x23, 243)]
        [InlineData(0x01, 0x43, 769)]
        [InlineData(0x10, 0x03, 156.3)] // with an open-circuit test
        public void A_one_shot_takes_its_time(byte cr0, byte cr1, double milliseconds)
        {
            _board.Spi(0x81, cr1);
            _board.Spi(0x80, (byte)(0x40 | cr0));
            _board.Time.Advance((long)((milliseconds - 0.2) * 1e6));
            Assert.True(_chip.DataReadyPin());
            Assert.Equal(0x40 | cr0, Map()[0]);
            _board.Time.Advance(400_000);
            Assert.False(_chip.DataReadyPin());
            Assert.Equal(cr0, Map()[0]);
            Assert.True(_chip.DataReadyPin()); // the result was among what was read
        }

        [Theory]
        [InlineData(0x80, 0x03, 82)]
        [InlineData(0x81, 0x03, 98)]
        [InlineData(0x81, 0x23, 158)]
        public void Automatic_conversions_follow_each_other(byte cr0, byte cr1, double milliseconds)
        {
            _board.Spi(0x81, cr1);
            _board.Spi(0x80, cr0);
            _board.Sleep(20_000);
            Map();
            Assert.InRange(_chip.Conversions, (20_000 / milliseconds) - 3, 20_000 / milliseconds);
        }

        [Fact]
        public void Automatic_mode_minds_changes_of_filter_and_type()
        {
            _board.Spi(0x80, 0x80);
            _board.Spi(0x80, 0x81);
            _board.Spi(0x81, 0x03);
            _board.Spi(0x81, 0x07);
            Assert.Equal(2, _chip.Violations.Count);
        }

        [Fact]
        public void An_open_thermocouple_shows_with_a_one_shot()
        {
            _chip.ProbeFault = ThermocoupleFault.Open;
            Assert.Equal(0x019000, Measure(0x40)); // not looked for: the cold junction, as if all were well
            Assert.Equal(0x00, Map()[0x0F]);
            Measure(0x50);
            Assert.Equal(0x01, Map()[0x0F]);
            _chip.ProbeFault = ThermocoupleFault.None;
            Assert.Equal(0x064000, Measure(0x50));
            Assert.Equal(0x00, Map()[0x0F]);
        }

        [Fact]
        public void In_automatic_mode_every_16th_conversion_looks_for_an_open_thermocouple()
        {
            _board.Spi(0x80, 0x90);
            _board.Sleep(200);
            Assert.Equal(0x00, Map()[0x0F]);
            _chip.ProbeFault = ThermocoupleFault.Open;
            _board.Sleep(500);
            Assert.Equal(0x00, Map()[0x0F]);
            _board.Sleep(1000);
            Assert.Equal(0x01, Map()[0x0F]);
        }

        [Fact]
        public void A_voltage_beyond_the_supply_suspends_conversions()
        {
            Measure();
            _hot.Celsius = 200;
            _chip.ProbeFault = ThermocoupleFault.ShortToSupply;
            Assert.Equal(0x064000, Measure());
            Assert.Equal([0x40, 0x02], new[] { Map()[0], Map()[0x0F] });
            _chip.ProbeFault = ThermocoupleFault.None;
            _board.Sleep(200);
            Assert.Equal([0x00, 0x00], new[] { Map()[0], Map()[0x0F] });
            Assert.Equal(0x0C8000, Result());
        }

        [Theory] // hot, cold, fault status
        [InlineData(1373, 25, 0x40)]
        [InlineData(-201, 25, 0x40)]
        [InlineData(100, 126, 0xA0)]
        [InlineData(100, -56, 0x90)]
        [InlineData(501, 25, 0x08)]
        [InlineData(-51, 25, 0x04)]
        [InlineData(100, 61, 0x20)]
        [InlineData(100, -21, 0x10)]
        public void Thresholds_and_ranges_are_compared(double hot, double cold, int status)
        {
            // Thresholds: cold junction -20 to 60, thermocouple -50 to 500 degC, the latter only where a row means them.
            bool narrow = (status & 0x0C) != 0;
            bool coldToo = (status & 0xF0) is 0x10 or 0x20;
            _board.Spi(0x83, coldToo ? (byte)60 : (byte)125, coldToo ? unchecked((byte)-20) : unchecked((byte)-55));
            if (narrow)
            {
                _board.Spi(0x85, 0x1F, 0x40, 0xFC, 0xE0);
            }

            _hot.Celsius = hot;
            _cold.Celsius = cold;
            Measure();
            Assert.Equal(status, Map()[0x0F]);
        }

        [Fact]
        public void Comparator_faults_go_and_latched_ones_stay()
        {
            _hot.Celsius = 1500;
            Measure();
            Assert.Equal(0x40, Map()[0x0F]);
            _hot.Celsius = 100;
            Measure();
            Assert.Equal(0x00, Map()[0x0F]);
            _hot.Celsius = 1500;
            Measure(0x44);
            _hot.Celsius = 100;
            Measure(0x44);
            Assert.Equal(0x40, Map()[0x0F]);
            _board.Spi(0x80, 0x06);
            Assert.Equal([0x04, 0x00], new[] { Map()[0], Map()[0x0F] });
        }

        [Fact]
        public void The_mask_hides_faults_from_the_pin_only()
        {
            _hot.Celsius = 1500;
            Measure();
            Assert.Equal(0x40, Map()[0x0F]);
            Assert.True(_chip.FaultPin());
            _board.Spi(0x82, 0x00);
            Assert.False(_chip.FaultPin());
        }

        [Fact]
        public void Faults_of_every_chip_show_on_the_wire()
        {
            _chip.Faults.NackNext(2);
            Assert.Equal(0xFF, Map()[1]);
            _board.Spi(0x80, 0x40); // lost
            _board.Sleep(200);
            Assert.Equal(0, _chip.Conversions);
            Measure();
            _chip.Faults.StuckData = true;
            _hot.Celsius = 300;
            Assert.Equal(0x064000, Measure());
        }

        private byte[] Map() => _board.Spi(new byte[17])[1..];

        private int Measure(byte cr0 = 0x40)
        {
            _board.Spi(0x80, cr0);
            _board.Sleep(200);
            return Result();
        }

        private int Result()
        {
            byte[] miso = _board.Spi(0x0C, 0, 0, 0);
            return (miso[1] << 16) | (miso[2] << 8) | miso[3];
        }
    }
}
