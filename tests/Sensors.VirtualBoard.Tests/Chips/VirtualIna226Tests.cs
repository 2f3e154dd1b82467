using System;

namespace Sensors.VirtualBoard.Tests
{
    public sealed class VirtualIna226Tests : IDisposable
    {
        private const int Address = 0x40;
        private readonly VirtualEsp32 _board = new(new VirtualEsp32Options { TransactionOverheadMicroseconds = 0 });
        private readonly ConstantSource _bench = new() { Amperes = 0.5, Volts = 12 };
        private readonly VirtualIna226 _chip;

        public VirtualIna226Tests()
        {
            _chip = new VirtualIna226(_board.Time, _bench, 1, options: new Ina226Options { NoiseLsb = 0, ShuntOhms = 0.1 });
            _board.WireI2c(Wire.I2cBus, Address, _chip);
        }

        public void Dispose() => _board.Dispose();

        [Fact]
        public void Registers_hold_their_reset_values()
        {
            Assert.Equal(0x4127, _board.Word(Address, 0x00));
            foreach (byte register in (byte[])[0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07])
            {
                Assert.Equal(0x0000, _board.Word(Address, register));
            }

            Assert.Equal(0x5449, _board.Word(Address, 0xFE));
            Assert.Equal(0x2260, _board.Word(Address, 0xFF));
            Assert.Equal(0, _chip.Violations.Count);
        }

        [Theory] // shunt in ohms, CAL; the examples of the facts: 25 uA and 1 mA per LSB
        [InlineData(0.1, 0x0800, 0.5, 12.0, 20000, 9600, 20000, 9600)]
        [InlineData(0.01, 0x0200, 2.0, 12.0, 8000, 9600, 2000, 960)]
        [InlineData(0.01, 0x0200, -2.0, 12.0, -8000, 9600, -2000, 960)]
        public void Current_and_power_follow_from_the_calibration(
            double ohms, int calibration, double amperes, double volts, int shunt, int bus, int current, int power)
        {
            using var board = new VirtualEsp32();
            var bench = new ConstantSource { Amperes = amperes, Volts = volts };
            board.WireI2c(Wire.I2cBus, Address, new VirtualIna226(board.Time, bench, 1, options: new Ina226Options { NoiseLsb = 0, ShuntOhms = ohms }));
            board.WriteWord(Address, 0x05, calibration);
            board.Sleep(5);
            Assert.Equal(shunt, (short)board.Word(Address, 0x01));
            Assert.Equal(bus, board.Word(Address, 0x02));
            Assert.Equal(current, (short)board.Word(Address, 0x04));
            Assert.Equal(power, board.Word(Address, 0x03));
        }

        [Fact]
        public void Without_a_calibration_current_and_power_stay_0_as_after_a_brown_out()
        {
            _board.Sleep(5);
            Assert.Equal(20000, _board.Word(Address, 0x01));
            Assert.Equal(0, _board.Word(Address, 0x04));
            _board.WriteWord(Address, 0x05, 0x0800);
            _board.Sleep(5);
            Assert.Equal(20000, _board.Word(Address, 0x04));
            _chip.BrownOut();
            _board.Sleep(5);
            Assert.Equal(0, _board.Word(Address, 0x05));
            Assert.Equal(0, _board.Word(Address, 0x04));
        }

        [Theory] // AVG, VBUSCT, VSHCT and mode; update period in ms
        [InlineData(0x4127, 2.2)]
        [InlineData(0x4007, 0.28)]
        [InlineData(0x4125, 1.1)]
        [InlineData(0x43FF, 65.952)] // 4 averages of 8.244 ms twice
        [InlineData(0x4E07, 286.72)]
        public void Results_come_after_averages_times_conversion_times(int config, double milliseconds)
        {
            _board.WriteWord(Address, 0x00, config);
            double start = _board.Time.Nanoseconds * 1e-6;
            while ((_board.Word(Address, 0x06) & 0x0008) == 0)
            {
            }

            Assert.Equal(milliseconds, (_board.Time.Nanoseconds * 1e-6) - start, 0.2);
        }

        [Fact]
        public void CVRF_clears_by_reading_06_and_by_writing_00()
        {
            _board.Sleep(5);
            Assert.Equal(0x0008, _board.Word(Address, 0x06));
            Assert.Equal(0x0000, _board.Word(Address, 0x06));
            _board.Sleep(5);
            _board.WriteWord(Address, 0x00, 0x4127);
            Assert.Equal(0x0000, _board.Word(Address, 0x06));
        }

        [Fact]
        public void Writing_the_configuration_starts_the_conversion_anew()
        {
            _board.WriteWord(Address, 0x00, 0x4127);
            _board.Sleep(2);
            _board.WriteWord(Address, 0x00, 0x4127);
            _board.Sleep(2);
            Assert.Equal(0, _board.Word(Address, 0x01));
            _board.Sleep(1);
            Assert.Equal(20000, _board.Word(Address, 0x01));
        }

        [Fact]
        public void A_triggered_mode_converts_once_per_write()
        {
            _board.WriteWord(Address, 0x00, 0x4123);
            _board.Sleep(5);
            Assert.Equal(20000, _board.Word(Address, 0x01));
            Assert.Equal(0x0008, _board.Word(Address, 0x06));
            _bench.Amperes = 0.25;
            _board.Sleep(50);
            Assert.Equal(20000, _board.Word(Address, 0x01));
            Assert.Equal(0x0000, _board.Word(Address, 0x06));
            _board.WriteWord(Address, 0x00, 0x4123);
            _board.Sleep(5);
            Assert.Equal(10000, _board.Word(Address, 0x01));
        }

        [Fact]
        public void Power_down_keeps_the_last_result_and_the_flag()
        {
            _board.Sleep(5);
            _board.WriteWord(Address, 0x00, 0x4120);
            _bench.Amperes = 0;
            _board.Sleep(50);
            Assert.Equal(20000, _board.Word(Address, 0x01));
            Assert.Equal(0x0008, _board.Word(Address, 0x06));
        }

        [Fact]
        public void Of_several_alert_functions_the_highest_bit_works()
        {
            _board.WriteWord(Address, 0x07, 15000);
            _board.WriteWord(Address, 0x06, 0xE000); // shunt over, shunt under, bus over
            _board.Sleep(5);
            Assert.Equal(0x0010, _board.Word(Address, 0x06) & 0x0010);
            Assert.False(_chip.AlertPin());
            _bench.Amperes = 0.1;
            _board.Sleep(5);
            Assert.Equal(0x0000, _board.Word(Address, 0x06) & 0x0010); // not latched
            Assert.True(_chip.AlertPin());
        }

        [Fact]
        public void A_latched_alert_stays_until_06_is_read()
        {
            _board.WriteWord(Address, 0x07, 9000);
            _board.WriteWord(Address, 0x06, 0x2001); // bus over, latch
            _board.Sleep(5);
            Assert.False(_chip.AlertPin());
            _bench.Volts = 5;
            _board.Sleep(50);
            Assert.Equal(0x0010, _board.Word(Address, 0x06) & 0x0010);
            Assert.Equal(0x0000, _board.Word(Address, 0x06) & 0x0010);
        }

        [Fact]
        public void What_does_not_fit_sets_OVF()
        {
            _bench.Amperes = 0.8;
            _board.WriteWord(Address, 0x05, 0x7FFF);
            _board.Sleep(5);
            Assert.Equal(0x0004, _board.Word(Address, 0x06) & 0x0004);
            _board.WriteWord(Address, 0x05, 0x0800);
            _board.Sleep(5);
            Assert.Equal(0x0000, _board.Word(Address, 0x06) & 0x0004);
        }

        [Fact]
        public void The_shunt_register_clips_at_82_mV()
        {
            _bench.Amperes = 2;
            _board.Sleep(5);
            Assert.Equal(0x7FFF, _board.Word(Address, 0x01));
            _bench.Amperes = -2;
            _board.Sleep(5);
            Assert.Equal(0x8000, _board.Word(Address, 0x01));
        }

        [Fact]
        public void RST_puts_every_register_back()
        {
            _board.WriteWord(Address, 0x05, 0x0800);
            _board.WriteWord(Address, 0x00, 0x8000);
            Assert.Equal(0x4127, _board.Word(Address, 0x00));
            Assert.Equal(0x0000, _board.Word(Address, 0x05));
        }

        [Fact]
        public void Undefined_and_read_only_registers_are_refused()
        {
            Assert.Equal(0, _board.Word(Address, 0x08));
            _board.WriteWord(Address, 0x01, 0x1234);
            _board.WriteWord(Address, 0xFF, 0x1234);
            Assert.Equal(3, _chip.Violations.Count + _chip.Strays.Count);
            _chip.Faults.WrongIdentity = 0x2261;
            Assert.Equal(0x2261, _board.Word(Address, 0xFF));
        }

        [Fact]
        public void A_ripple_is_averaged_over_the_conversion()
        {
            var machine = new VirtualMachine(new MachineOptions { Load = Profile.Constant(1), CommutatorRipple = 0, MainsRipple = 0.3 });
            using var board = new VirtualEsp32();
            var chip = new VirtualIna226(board.Time, machine.Current, 1, options: new Ina226Options { NoiseLsb = 0 });
            board.WireI2c(Wire.I2cBus, Address, chip);
            board.WriteWord(Address, 0x00, 0x4407 | 0x0120); // 16 averages of 2.2 ms
            board.Sleep(500);
            double amperes = board.Word(Address, 0x01) * 2.5e-6 / 0.01;
            Assert.Equal(3.2, amperes, 0.2);
        }
    }
}
