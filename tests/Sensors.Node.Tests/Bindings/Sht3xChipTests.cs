using System;
using System.Collections.Generic;
using Sensors.Drivers;
using Sensors.VirtualBoard;

namespace Sensors.Node.Tests.Bindings
{
    /// <summary>The SHT3x through its binding: what it says is believed only where it is proved.</summary>
    public sealed class Sht3xChipTests : IDisposable
    {
        private const double Rounding = 0.051;
        private readonly BindingBench _bench = new();
        private readonly BindingSource _temperature;
        private readonly BindingSource _humidity;

        public Sht3xChipTests()
        {
            _temperature = _bench.AirTemperature();
            _humidity = _bench.AirHumidity();
            BindingBench.Start(_temperature);
            BindingBench.Start(_humidity);
        }

        public void Dispose() => _bench.Dispose();

        [Theory]
        [InlineData(21.5, 40)]
        [InlineData(-0.1, 99.9)]
        [InlineData(-39.9, 5)]
        [InlineData(0, 60)] // a true zero is a value
        [InlineData(20, 0)]
        [InlineData(124.9, 0.1)]
        [InlineData(-12.3, 100)]
        public void Both_quantities_come_from_one_measurement(double celsius, double percent)
        {
            _bench.Air.Celsius = celsius;
            _bench.Air.Percent = percent;
            Assert.Equal(celsius, _temperature.Read(), Rounding);
            long conversions = _bench.Hygrometer.Conversions;
            Assert.Equal(percent, _humidity.Read(), Rounding);
            Assert.Equal(conversions, _bench.Hygrometer.Conversions);
            Assert.Equal(0, _bench.Hygrometer.Violations.Count);
        }

        [Fact]
        public void A_measurement_is_taken_once_a_cycle_and_each_is_told_once()
        {
            Assert.Equal(2000, _temperature.CycleMilliseconds);
            Assert.False(float.IsNaN(_temperature.Read()));
            long conversions = _bench.Hygrometer.Conversions;
            _bench.Pass(1800);
            Assert.True(float.IsNaN(_temperature.Read()));
            Assert.Equal(conversions, _bench.Hygrometer.Conversions);
            _bench.Pass(200);
            Assert.False(float.IsNaN(_temperature.Read()));
            Assert.Equal(conversions + 2, _bench.Hygrometer.Conversions);
        }

        [Fact]
        public void The_loop_is_held_up_for_less_than_70_ms()
        {
            long before = _bench.Wires.Time.Nanoseconds;
            _temperature.Read();
            Assert.InRange(_bench.Wires.Time.Nanoseconds - before, 60_000_000, 70_000_000);
        }

        [Fact]
        public void Zero_degrees_at_zero_percent_is_the_one_value_that_cannot_be_told_from_none()
        {
            _bench.Air.Celsius = 0;
            _bench.Air.Percent = 0;
            Assert.Throws<BusException>(() => _temperature.Read());
        }

        [Theory]
        [InlineData(-43, 40)]
        [InlineData(128, 40)]
        public void Air_beyond_the_sensor_s_range_is_named_and_nothing_is_restarted(double celsius, double percent)
        {
            _bench.Air.Celsius = celsius;
            _bench.Air.Percent = percent;
            Assert.True(float.IsNaN(_temperature.Read()));
            Assert.Equal(SensorFault.OutOfRange, _temperature.ProbeFault);
            Assert.Equal(percent, _humidity.Read(), Rounding);
            Assert.Equal(SensorFault.None, _humidity.ProbeFault);
            _bench.Air.Celsius = 20;
            _bench.Pass(2000);
            Assert.Equal(20, _temperature.Read(), Rounding);
            Assert.Equal(SensorFault.None, _temperature.ProbeFault);
        }

        [Theory] // one transaction of a measurement, or two in a row, goes wrong: each possible place
        [InlineData(1)]
        [InlineData(2)]
        [InlineData(3)]
        public void Wherever_transfers_fail_nothing_is_invented(int inARow)
        {
            var failed = new List<int>();
            for (int at = 0; at < 12; at++)
            {
                foreach (Wire fate in new[] { Wire.Missed, Wire.BitTurned })
                {
                    double celsius = Renew(at);
                    int begun = _bench.HygrometerCable.Transactions;
                    _bench.HygrometerCable.Plan = number => number - begun >= at && number - begun < at + inARow ? fate : Wire.Good;
                    try
                    {
                        Assert.Equal(celsius, _temperature.Read(), Rounding);
                    }
                    catch (Exception exception) when (exception is BusException or SensorException)
                    {
                        failed.Add(at);
                    }

                    _bench.HygrometerCable.Plan = _ => Wire.Good;
                }
            }

            Assert.NotEmpty(failed);
            _bench.Pass(2000);
            Seen(_humidity);
            Seen(_temperature);
            _bench.Pass(2000);
            Assert.Equal(_bench.Air.Celsius, _temperature.Read(), Rounding);
        }

        [Fact] // what a missed reset leaves in the chip is two seconds old
        public void A_result_that_was_never_fetched_is_not_taken_for_a_new_one()
        {
            int believed = 0;
            for (int plan = 0; plan < 4 << 6; plan++)
            {
                int unread = 3 + (plan >> 6); // wherever the last read is
                int missed = plan & 0x3F;
                _bench.Air.Celsius = 10;
                int begun = _bench.HygrometerCable.Transactions;
                _bench.HygrometerCable.Plan = number => number - begun == unread ? Wire.Missed : Wire.Good;
                Seen(_temperature);
                _bench.Air.Celsius = 90;
                _bench.Pass(2000);
                int again = _bench.HygrometerCable.Transactions;
                _bench.HygrometerCable.Plan = number => number - again < 6 && (missed & (1 << (number - again))) != 0 ? Wire.Missed : Wire.Good;
                believed += Believed(_temperature, 90) ? 1 : 0;
                _bench.HygrometerCable.Plan = _ => Wire.Good;
                _bench.Pass(2000);
            }

            Assert.InRange(believed, 4, 100);
        }

        [Fact]
        public void A_failure_is_seen_by_both_points_once()
        {
            _bench.HygrometerCable.Plan = _ => Wire.Missed;
            Assert.Throws<BusException>(() => _temperature.Read());
            _bench.HygrometerCable.Plan = _ => Wire.Good;
            Assert.Equal(21.5, _temperature.Read(), Rounding);
            Assert.Throws<BusException>(() => _humidity.Read());
            Assert.Equal(40, _humidity.Read(), Rounding);
            Assert.True(float.IsNaN(_humidity.Read()));
        }

        [Fact]
        public void Another_chip_at_the_address_is_named_and_keeps_its_registers()
        {
            var monitor = new VirtualIna226(_bench.Wires.Time, new ConstantSource(), 1);
            _bench.Wires.WireI2c(1, 0x45, monitor);
            var source = (BindingSource)_bench.Factory.Make("SHT3X", PointKinds.Temperature, null, _bench.Board, 1, 0x45, _bench.Clock);
            source.Bus.Reopen();
            Assert.Equal(SensorFault.WrongIdentity, Assert.Throws<SensorException>(source.Start).Fault);
            RegisterBus bus = _bench.Board.OpenI2c(1, 0x45);
            Assert.Equal(0x4127, bus.ReadWord(0x00));
            Assert.Equal(0x0000, bus.ReadWord(0x05));
        }

        [Fact]
        public void A_spoilt_status_is_called_so_and_not_another_chip()
        {
            _bench.HygrometerCable.Plan = _ => Wire.BitTurned;
            Assert.Equal(SensorFault.Corrupt, Assert.Throws<SensorException>(() => _temperature.Read()).Fault);
            Assert.Equal(SensorFault.Corrupt, Assert.Throws<SensorException>(_temperature.Check).Fault);
        }

        [Fact]
        public void A_brown_out_costs_nothing_because_nothing_is_kept_in_the_chip()
        {
            _bench.Hygrometer.BrownOut();
            _bench.Pass(2);
            Assert.Equal(21.5, _temperature.Read(), Rounding);
            _temperature.Check();
        }

        [Fact]
        public void A_heater_that_somebody_left_on_is_found_by_the_check_and_ended_by_the_next_measurement()
        {
            var port = _bench.Port(1, 0x44);
            port.Write(new byte[] { 0x30, 0x6D });
            _bench.Pass(2);
            Assert.Equal(SensorFault.NotConfigured, Assert.Throws<SensorException>(_temperature.Check).Fault);
            Assert.Equal(21.5, _temperature.Read(), Rounding);
            _temperature.Check();
        }

        [Fact]
        public void The_point_is_described_with_its_own_range()
        {
            Point temperature = PointKinds.Make("temp1", PointKinds.Temperature), humidity = PointKinds.Make("hum1", PointKinds.Humidity);
            _temperature.Describe(temperature);
            _humidity.Describe(humidity);
            Assert.Equal(("SHT3X", "I2C1 0x44", 0.5f, -40f, 125f), (temperature.Chip, temperature.Bus, temperature.NominalRate, temperature.RangeLow, temperature.RangeHigh));
            Assert.Equal((0f, 100f), (humidity.RangeLow, humidity.RangeHigh));
        }

        [Fact]
        public void Thousand_faults_from_seeds_and_not_one_invented_value()
        {
            int good = 0;
            int longest = 0;
            for (int seed = 1; _bench.HygrometerCable.Faults < 1000; seed++)
            {
                var random = new Random(seed);
                double rate = 0.02 + (random.NextDouble() * 0.6);
                double turned = random.NextDouble();
                _bench.HygrometerCable.Plan = _ =>
                {
                    _bench.HygrometerCable.TurnedByte = random.Next(6);
                    return random.NextDouble() >= rate ? Wire.Good : random.NextDouble() < turned ? Wire.BitTurned : Wire.Missed;
                };
                for (int i = 0, without = 0; i < 20; i++)
                {
                    double celsius = Renew(i * seed);
                    without = Believed(_temperature, celsius) ? 0 : without + 1;
                    Believed(_humidity, _bench.Air.Percent);
                    good += without == 0 ? 1 : 0;
                }

                _bench.HygrometerCable.Plan = _ => Wire.Good;
                int tries = 0;
                double last = Renew(seed);
                while (!Believed(_temperature, last))
                {
                    tries++;
                }

                longest = Math.Max(longest, tries);
            }

            Assert.True(good > 100, good + " good values");
            Assert.InRange(longest, 0, 1); // the failure still to be told, then a good value
        }

        // Another temperature each time, so that a value of before would show; and a time at which a new one is due.
        private double Renew(int step)
        {
            _bench.Pass(2000);
            _bench.Air.Celsius = -30 + (step * 7 % 120);
            _bench.Air.Percent = 5 + (step * 11 % 90);
            return _bench.Air.Celsius;
        }

        private static bool Believed(BindingSource source, double truth)
        {
            try
            {
                float value = source.Read();
                if (float.IsNaN(value))
                {
                    return false;
                }

                Assert.Equal(truth, value, Rounding);
                return true;
            }
            catch (Exception exception) when (exception is BusException or SensorException)
            {
                return false;
            }
        }

        private static void Seen(BindingSource source)
        {
            try
            {
                source.Read();
            }
            catch (Exception exception) when (exception is BusException or SensorException)
            {
                // of before
            }
        }
    }
}
