using System;
using System.Collections.Generic;
using Sensors.Drivers;
using Sensors.VirtualBoard;

namespace Sensors.Node.Tests.Bindings
{
    /// <summary>The MLX90614 through its binding: believed only where the chip's own words, with their error codes, say the same.</summary>
    public sealed class Mlx90614ChipTests : IDisposable
    {
        private const double Rounding = 0.0101; // half a digit of the chip
        private readonly BindingBench _bench = new();
        private readonly BindingSource _object;
        private readonly BindingSource _ambient;

        public Mlx90614ChipTests()
        {
            _object = _bench.SurfaceTemperature();
            _ambient = _bench.HousingTemperature();
            BindingBench.Start(_object);
            BindingBench.Start(_ambient);
        }

        public void Dispose() => _bench.Dispose();

        [Theory]
        [InlineData(60, 30)]
        [InlineData(-70, -38)]
        [InlineData(-0.01, 0)]
        [InlineData(-20.55, -5.5)]
        [InlineData(382.1, 124.9)]
        public void Object_and_ambient_are_two_quantities_of_one_chip(double surface, double housing)
        {
            _bench.Surface.Celsius = surface;
            _bench.Housing.Celsius = housing;
            _bench.Pass(1000);
            Assert.Equal(surface, _object.Read(), Rounding);
            Assert.Equal(housing, _ambient.Read(), Rounding);
            Assert.Equal(0, _bench.Infrared.Violations.Count);
            Assert.Equal(0, _bench.Infrared.Strays.Count);
        }

        [Fact]
        public void Nothing_is_ever_written()
        {
            for (int i = 0; i < 20; i++)
            {
                _object.Read();
                _object.Check();
                BindingBench.Start(_object);
                _bench.Pass(1000);
            }

            Assert.Equal(0, _bench.Infrared.EepromWrites);
            Assert.Equal(0, _bench.Infrared.Violations.Count);
        }

        [Fact]
        public void A_set_error_flag_is_named_for_its_quantity_and_the_other_goes_on()
        {
            _bench.Infrared.ErrorFlag = true;
            Assert.True(float.IsNaN(_object.Read()));
            Assert.Equal(SensorFault.OutOfRange, _object.ProbeFault);
            Assert.Equal(30, _ambient.Read(), Rounding);
            _bench.Infrared.ErrorFlag = false;
            _bench.Pass(1000);
            Assert.Equal(60, _object.Read(), Rounding);
            Assert.Equal(SensorFault.None, _object.ProbeFault);
        }

        [Theory] // one, two or three transactions go wrong, at each place: 6 make a measurement
        [InlineData(1)]
        [InlineData(2)]
        [InlineData(3)]
        public void Wherever_transfers_fail_nothing_is_invented(int inARow)
        {
            var failed = new HashSet<int>();
            for (int at = 0; at < 6; at++)
            {
                foreach (Wire fate in new[] { Wire.Missed, Wire.BitTurned })
                {
                    for (int turned = 0; turned < 3; turned++)
                    {
                        double celsius = Renew(at);
                        _bench.InfraredCable.TurnedByte = turned;
                        _bench.InfraredCable.TurnedBits = (byte)(1 << at); // down to the lowest: 0.02 °C
                        int begun = _bench.InfraredCable.Transactions;
                        _bench.InfraredCable.Plan = number => number - begun >= at && number - begun < at + inARow ? fate : Wire.Good;
                        if (!Believed(_object, celsius))
                        {
                            failed.Add(at);
                        }

                        _bench.InfraredCable.Plan = _ => Wire.Good;
                    }
                }
            }

            Assert.Equal(6, failed.Count);
            Assert.True(Believed(_object, Renew(99)));
        }

        [Fact]
        public void A_word_that_changes_while_it_is_read_is_believed_all_the_same()
        {
            _bench.Surface.Celsius = 20;
            _bench.Pass(1000);
            var ramp = new Ramp();
            var chip = new VirtualMlx90614(_bench.Wires.Time, ramp, ramp, 1, "ir2", new Mlx90614Options { NoiseCelsius = 0 });
            _bench.Wires.WireI2c(2, 0x33, chip);
            _bench.Pass(300);
            var source = (BindingSource)_bench.Factory.Make("MLX90614", PointKinds.Temperature, null, _bench.Board, 2, 0x33, _bench.Clock);
            BindingBench.Start(source);
            for (int i = 0; i < 400; i++)
            {
                _bench.Pass(1000.47); // so that a new word comes at every point of a measurement in turn
                double now = ramp.CelsiusAt(_bench.Wires.Time.Seconds);
                Assert.InRange(source.Read(), now - (0.1 * Ramp.Slope) - Rounding, now + (0.01 * Ramp.Slope) + Rounding);
            }
        }

        [Fact]
        public void After_power_on_there_is_nothing_yet_and_nothing_has_failed()
        {
            _bench.Infrared.BrownOut();
            Assert.True(float.IsNaN(_object.Read()));
            Assert.Equal(SensorFault.None, _object.ProbeFault);
            _bench.Pass(250);
            Assert.Equal(60, _object.Read(), Rounding);
        }

        [Fact]
        public void A_chip_that_was_given_another_address_is_named()
        {
            _bench.Infrared.Faults.WrongIdentity = -1;
            _object.Bus.Reopen();
            Assert.Equal(SensorFault.WrongIdentity, Assert.Throws<SensorException>(_object.Start).Fault);
            Assert.Equal(SensorFault.WrongIdentity, Assert.Throws<SensorException>(_object.Check).Fault);
        }

        [Fact]
        public void Another_chip_in_its_place_is_named()
        {
            _bench.Wires.WireI2c(2, 0x48, new VirtualTmp117(_bench.Wires.Time, _bench.Air, 1));
            var source = (BindingSource)_bench.Factory.Make("MLX90614", PointKinds.Temperature, null, _bench.Board, 2, 0x48, _bench.Clock);
            source.Bus.Reopen();
            Assert.Equal(SensorFault.WrongIdentity, Assert.Throws<SensorException>(source.Start).Fault);
        }

        [Fact]
        public void A_spoilt_word_is_called_so_and_not_another_chip()
        {
            _bench.InfraredCable.Plan = _ => Wire.BitTurned;
            Assert.Equal(SensorFault.Corrupt, Assert.Throws<SensorException>(() => _object.Read()).Fault);
            Assert.Equal(SensorFault.Corrupt, Assert.Throws<SensorException>(_object.Check).Fault);
            _bench.InfraredCable.Plan = _ => Wire.Good;
            _object.Check();
        }

        [Fact]
        public void A_measurement_holds_the_loop_up_for_less_than_5_ms()
        {
            long before = _bench.Wires.Time.Nanoseconds;
            _object.Read();
            Assert.InRange(_bench.Wires.Time.Nanoseconds - before, 3_000_000, 5_000_000);
        }

        [Fact]
        public void On_a_bus_of_400_kHz_it_is_refused_before_a_clock_edge()
        {
            var chip = new VirtualMlx90614(_bench.Wires.Time, _bench.Surface, _bench.Housing, 1, "ir3");
            _bench.Wires.WireI2c(1, 0x5A, chip);
            var source = (BindingSource)_bench.Factory.Make("MLX90614", PointKinds.Temperature, "object", _bench.Board, 1, 0x5A, _bench.Clock);
            source.Bus.Reopen();
            Assert.Equal(SensorFault.BusConflict, Assert.Throws<SensorException>(source.Start).Fault);
            Assert.Equal(0, chip.Violations.Count);
        }

        [Fact]
        public void Thousand_faults_from_seeds_and_not_one_invented_value()
        {
            int good = 0;
            int longest = 0;
            for (int seed = 1; _bench.InfraredCable.Faults < 1000; seed++)
            {
                var random = new Random(seed);
                double rate = 0.02 + (random.NextDouble() * 0.4);
                double turned = random.NextDouble();
                _bench.InfraredCable.Plan = _ =>
                {
                    _bench.InfraredCable.TurnedByte = random.Next(3);
                    return random.NextDouble() >= rate ? Wire.Good : random.NextDouble() < turned ? Wire.BitTurned : Wire.Missed;
                };
                for (int i = 0; i < 20; i++)
                {
                    good += Believed(_object, Renew(i * seed)) ? 1 : 0;
                    good += Believed(_ambient, _bench.Housing.Celsius) ? 1 : 0;
                }

                _bench.InfraredCable.Plan = _ => Wire.Good;
                int tries = 0;
                double last = Renew(seed);
                while (!Believed(_object, last))
                {
                    tries++;
                }

                longest = Math.Max(longest, tries);
            }

            Assert.True(good > 100, good + " good values");
            Assert.InRange(longest, 0, 1);
            Assert.Equal(0, _bench.Infrared.EepromWrites);
        }

        private double Renew(int step)
        {
            _bench.Surface.Celsius = -60 + (step * 17 % 400);
            _bench.Housing.Celsius = -30 + (step * 13 % 150);
            _bench.Pass(1000);
            return _bench.Surface.Celsius;
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

        private sealed class Ramp : ITemperatureSource
        {
            public const double Slope = 0.3; // °C per second: several digits a word

            public double CelsiusAt(double seconds) => seconds * Slope;
        }
    }
}
