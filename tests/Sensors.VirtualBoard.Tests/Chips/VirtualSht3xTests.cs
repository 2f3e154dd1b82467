using System;
using System.Collections.Generic;
using System.Device.I2c;
using System.Linq;

namespace Sensors.VirtualBoard.Tests
{
    public sealed class VirtualSht3xTests : IDisposable
    {
        private const int Address = 0x44;
        private readonly VirtualEsp32 _board = new(new VirtualEsp32Options { TransactionOverheadMicroseconds = 0 });
        private readonly ConstantAir _air = new() { Celsius = 25, Percent = 50 };
        private readonly VirtualSht3x _chip;

        public VirtualSht3xTests()
        {
            _chip = new VirtualSht3x(_board.Time, _air, _air, 1, options: new Sht3xOptions { NoiseFactor = 0 });
            _board.WireI2c(Wire.I2cBus, Address, _chip);
            _board.Sleep(2);
        }

        public void Dispose() => _board.Dispose();

        [Theory] // section 4.13, forwards: T = -45 + 175 S / 65535, RH = 100 S / 65535
        [InlineData(-45, 0, 0x0000, 0x0000)]
        [InlineData(130, 100, 0xFFFF, 0xFFFF)]
        [InlineData(-40, 10, 0x0750, 0x199A)]
        [InlineData(-10.5, 25, 0x3278, 0x4000)]
        [InlineData(0, 50, 0x41D4, 0x8000)]
        [InlineData(25, 33.3, 0x6666, 0x553F)]
        [InlineData(125, 99.9, 0xF8AF, 0xFFBD)]
        [InlineData(200, 120, 0xFFFF, 0xFFFF)]
        [InlineData(-80, -5, 0x0000, 0x0000)]
        public void Temperature_and_humidity_have_their_words(double celsius, double percent, int temperature, int humidity)
        {
            _air.Celsius = celsius;
            _air.Percent = percent;
            byte[] answer = Measure(0x2400, 15)!;
            Assert.Equal(temperature, (answer[0] << 8) | answer[1]);
            Assert.Equal(humidity, (answer[3] << 8) | answer[4]);
            Assert.Equal(0, _chip.Violations.Count);
        }

        [Fact] // Table 20: CRC-8, 31h, beginning with FFh: BEEFh gives 92h
        public void Each_word_carries_the_data_sheet_s_checksum()
        {
            _air.Celsius = -45 + (175.0 * 0xBEEF / 65535);
            _air.Percent = 100.0 * 0xBEEF / 65535;
            Assert.Equal([0xBE, 0xEF, 0x92, 0xBE, 0xEF, 0x92], Measure(0x2400, 15));
        }

        [Fact]
        public void Zeros_and_a_floating_line_have_no_right_checksum()
        {
            _air.Celsius = -45;
            _air.Percent = 100;
            byte[] answer = Measure(0x2400, 15)!;
            Assert.Equal(0x81, answer[2]);
            Assert.Equal(0xAC, answer[5]);
        }

        [Theory] // Table 5, the longest
        [InlineData(0x2400, 15)]
        [InlineData(0x240B, 6)]
        [InlineData(0x2416, 4)]
        public void A_read_header_is_refused_until_the_measurement_ends_and_after_it_was_read(int command, int milliseconds)
        {
            Assert.Null(Measure(command, milliseconds - 0.2));
            Pass(0.2);
            Assert.NotNull(Read(6));
            Assert.Null(Read(6));
            Assert.Equal(1, _chip.Conversions);
        }

        [Fact]
        public void A_new_command_throws_away_what_was_not_read()
        {
            _air.Celsius = 20;
            Send(0x2400);
            Pass(20);
            _air.Celsius = 40;
            Send(0x2400);
            Assert.Null(Read(6));
            Pass(20);
            Assert.Equal(40, Celsius(Read(6)!), 0.01);
        }

        [Fact]
        public void Reset_discards_a_result_and_shows_in_the_status_register()
        {
            Assert.Equal(0x8010, Status());
            Pass(1);
            Send(0x3041); // clear
            Pass(1);
            Assert.Equal(0x0000, Status());
            Pass(1);
            Send(0x2400);
            Pass(20);
            Send(0x30A2);
            Assert.Null(Read(6));
            Pass(1.6);
            Assert.Null(Read(6));
            Assert.Equal(0x8010, Status());
            Assert.Equal(0, _chip.Violations.Count);
        }

        [Fact]
        public void A_reset_makes_it_deaf_for_one_and_a_half_milliseconds()
        {
            Send(0x30A2);
            Pass(1.3);
            Assert.Equal(I2cTransferStatus.SlaveAddressNotAcknowledged, TrySend(0x2400));
            Pass(0.3);
            Assert.Equal(I2cTransferStatus.FullTransfer, TrySend(0x2400));
        }

        [Fact]
        public void A_brown_out_leaves_what_power_on_leaves()
        {
            Send(0x3041);
            Pass(1);
            Send(0x306D);
            Pass(1);
            Assert.Equal(0x2000, Status());
            _chip.BrownOut();
            Pass(2);
            Assert.Equal(0x8010, Status());
        }

        [Fact]
        public void The_heater_shows_in_status_and_temperature()
        {
            Send(0x306D);
            Pass(1);
            Assert.Equal(28, Celsius(Measure(0x2400, 15)!), 0.01);
            Pass(1);
            Send(0x3066);
            Pass(1);
            Assert.Equal(0, Status() & 0x2000);
        }

        [Fact]
        public void The_middle_of_the_conversion_is_what_is_measured()
        {
            var ramp = new Ramp();
            var chip = new VirtualSht3x(_board.Time, ramp, _air, 1, options: new Sht3xOptions { NoiseFactor = 0 });
            _board.WireI2c(Wire.I2cBus, 0x45, chip);
            Pass(10);
            Assert.Equal(I2cTransferStatus.FullTransfer, _board.TransferI2c(Wire.I2cBus, 0x45, 400_000, [0x24, 0x00], []));
            double began = _board.Time.Nanoseconds * 1e-9;
            Pass(30);
            var answer = new byte[6];
            _board.TransferI2c(Wire.I2cBus, 0x45, 400_000, [], answer);
            Assert.Equal((began + 0.0075) * 1000, Celsius(answer), 0.05);
        }

        [Theory]
        [InlineData(0x2C06)] // clock stretching
        [InlineData(0x2130)] // periodic
        [InlineData(0x1234)]
        public void What_is_not_defined_or_not_modelled_is_noted_and_fails_its_command(int command)
        {
            Send(command);
            Assert.Equal(1, _chip.Violations.Count);
            Pass(1);
            Assert.Equal(0x8012, Status());
            Pass(1);
            Send(0x2400);
            Pass(20);
            Assert.Equal(0x8010, Status());
        }

        [Fact]
        public void Looking_for_another_chip_s_register_is_a_stray_and_does_nothing()
        {
            Assert.Equal(I2cTransferStatus.SlaveAddressNotAcknowledged, _board.TransferI2c(Wire.I2cBus, Address, 400_000, [0x24], new byte[2]));
            Assert.Equal(1, _chip.Strays.Count);
            Assert.Equal(0, _chip.Violations.Count);
            Send(0x2400);
            Assert.Equal(1, _chip.Conversions);
        }

        [Fact]
        public void A_command_too_long_one_too_early_and_one_while_measuring_are_violations()
        {
            _board.TransferI2c(Wire.I2cBus, Address, 400_000, [0x24, 0x00, 0x00], []);
            Pass(1);
            Send(0x2400);
            Pass(5);
            Send(0x306D);
            Pass(20);
            Send(0x3041);
            Send(0x3041);
            Assert.Equal(3, _chip.Violations.Count);
        }

        [Fact]
        public void Noise_repeats_with_the_seed_and_is_the_data_sheet_s()
        {
            var chip = new VirtualSht3x(_board.Time, _air, _air, 7);
            _board.WireI2c(Wire.I2cBus, 0x45, chip);
            Pass(10);
            var celsius = new List<double>();
            var answer = new byte[6];
            for (int i = 0; i < 300; i++)
            {
                _board.TransferI2c(Wire.I2cBus, 0x45, 400_000, [0x24, 0x16], []);
                Pass(5);
                _board.TransferI2c(Wire.I2cBus, 0x45, 400_000, [], answer);
                celsius.Add(Celsius(answer));
            }

            double mean = celsius.Average();
            double deviation = Math.Sqrt(celsius.Average(value => (value - mean) * (value - mean)));
            Assert.InRange(deviation, 0.04, 0.06); // 0.15 / 3
        }

        [Fact]
        public void Faults_show_on_the_wire()
        {
            _chip.CorruptNext(1);
            byte[] answer = Measure(0x2400, 15)!;
            Assert.NotEqual(0x6666, (answer[0] << 8) | answer[1]);
            _chip.Faults.StuckData = true;
            _air.Celsius = 60;
            Assert.Equal(25, Celsius(Measure(0x2400, 15)!), 0.01);
            _chip.Faults.StuckData = false;
            Assert.Equal(60, Celsius(Measure(0x2400, 15)!), 0.01);
            _chip.Faults.RateErrorPercent = -50; // its clock runs at half speed
            Assert.Null(Measure(0x2400, 29));
            Pass(1.5);
            Assert.NotNull(Read(6));
            _chip.Faults.NackNext(1);
            Assert.Equal(I2cTransferStatus.SlaveAddressNotAcknowledged, TrySend(0x2400));
            _chip.Faults.HoldBusFor(TimeSpan.FromMilliseconds(10));
            Assert.Equal(I2cTransferStatus.ClockStretchTimeout, TrySend(0x2400));
        }

        private static double Celsius(byte[] answer) => -45 + (175.0 * ((answer[0] << 8) | answer[1]) / 65535);

        private void Pass(double milliseconds) => _board.Time.Advance((long)(milliseconds * 1e6));

        private I2cTransferStatus TrySend(int command) => _board.TransferI2c(Wire.I2cBus, Address, 400_000, [(byte)(command >> 8), (byte)command], []);

        private void Send(int command) => Assert.Equal(I2cTransferStatus.FullTransfer, TrySend(command));

        private byte[]? Read(int count)
        {
            var answer = new byte[count];
            return _board.TransferI2c(Wire.I2cBus, Address, 400_000, [], answer) == I2cTransferStatus.FullTransfer ? answer : null;
        }

        private byte[]? Measure(int command, double milliseconds)
        {
            Pass(2);
            Send(command);
            Pass(milliseconds);
            return Read(6);
        }

        private int Status()
        {
            var answer = new byte[3];
            Assert.Equal(I2cTransferStatus.FullTransfer, _board.TransferI2c(Wire.I2cBus, Address, 400_000, [0xF3, 0x2D], answer));
            return (answer[0] << 8) | answer[1];
        }

        private sealed class Ramp : ITemperatureSource
        {
            public double CelsiusAt(double seconds) => seconds * 1000;
        }
    }
}
