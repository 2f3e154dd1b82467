using System;
using System.Device.I2c;
using Iot.Device.Mlx90614;
using Iot.Device.Sht3x;

namespace Sensors.Node.Tests.Bindings
{
    /// <summary>What the bindings themselves make of failures: the defects the adapter is there for. The stand-ins must have them too.</summary>
    public sealed class BindingHabitsTests : IDisposable
    {
        private readonly BindingBench _bench = new();

        public void Dispose() => _bench.Dispose();

        [Fact]
        public void Sht3x_that_never_answered_is_at_zero_degrees_and_zero_percent()
        {
            _bench.HygrometerCable.Plan = _ => Wire.Missed;
            var binding = new Sht3x(_bench.Port(1, 0x44));
            Assert.Equal(0, binding.Temperature.DegreesCelsius);
            Assert.Equal(0, binding.Humidity.Percent);
        }

        [Fact]
        public void Sht3x_that_no_longer_answers_repeats_its_last_values_for_ever()
        {
            var binding = new Sht3x(_bench.Port(1, 0x44));
            Assert.Equal(21.5, binding.Temperature.DegreesCelsius);
            _bench.HygrometerCable.Plan = _ => Wire.Missed;
            _bench.Air.Celsius = 80;
            _bench.Pass(3_600_000);
            Assert.Equal(21.5, binding.Temperature.DegreesCelsius);
            Assert.Equal(40, binding.Humidity.Percent);
        }

        [Fact]
        public void Sht3x_with_a_wrong_checksum_repeats_its_last_values_without_a_word()
        {
            var binding = new Sht3x(_bench.Port(1, 0x44));
            Assert.Equal(21.5, binding.Temperature.DegreesCelsius);
            _bench.Air.Celsius = 80;
            _bench.HygrometerCable.Plan = _ => Wire.BitTurned;
            Assert.Equal(21.5, binding.Temperature.DegreesCelsius);
        }

        [Fact]
        public void Sht3x_measures_anew_for_each_property_and_waits_20_ms_each_time()
        {
            var binding = new Sht3x(_bench.Port(1, 0x44), Resolution.Low);
            long before = _bench.Wires.Time.Nanoseconds;
            _ = binding.Temperature;
            _ = binding.Humidity;
            Assert.Equal(2, _bench.Hygrometer.Conversions);
            Assert.InRange(_bench.Wires.Time.Nanoseconds - before, 40_000_000, 44_000_000);
            Assert.Equal(0, _bench.Hygrometer.Violations.Count);
        }

        [Theory] // to a tenth, ties to even
        [InlineData(-39.96, -40)]
        [InlineData(-0.04, 0)]
        [InlineData(-10.26, -10.3)]
        [InlineData(23.44, 23.4)]
        public void Sht3x_rounds_to_tenths(double celsius, double told)
        {
            _bench.Air.Celsius = celsius;
            Assert.Equal(told, new Sht3x(_bench.Port(1, 0x44)).Temperature.DegreesCelsius, 1e-9);
        }

        [Fact]
        public void Sht3x_heater_goes_on_and_off_by_its_commands()
        {
            using var binding = new Sht3x(_bench.Port(1, 0x44)) { Heater = true };
            Assert.Equal(24.5, binding.Temperature.DegreesCelsius);
            binding.Heater = false;
            Assert.Equal(21.5, binding.Temperature.DegreesCelsius);
            Assert.False(binding.Heater);
        }

        [Fact]
        public void Mlx90614_that_does_not_answer_is_at_absolute_zero()
        {
            var binding = new Mlx90614(_bench.Port(2, 0x5A));
            _bench.InfraredCable.Plan = _ => Wire.Missed;
            Assert.Equal(-273.15, binding.ReadObjectTemperature().DegreesCelsius);
            Assert.Equal(-273.15, binding.ReadAmbientTemperature().DegreesCelsius);
        }

        [Fact]
        public void Mlx90614_with_its_error_flag_set_is_colder_than_that()
        {
            _bench.Infrared.ErrorFlag = true;
            Assert.True(new Mlx90614(_bench.Port(2, 0x5A)).ReadObjectTemperature().DegreesCelsius < -273.15);
        }

        [Fact]
        public void Mlx90614_believes_a_turned_bit_because_it_never_fetches_the_error_code()
        {
            var binding = new Mlx90614(_bench.Port(2, 0x5A));
            _bench.InfraredCable.TurnedByte = 0;
            _bench.InfraredCable.Plan = _ => Wire.BitTurned;
            Assert.InRange(Math.Abs(binding.ReadObjectTemperature().DegreesCelsius - 60), 0.3, 0.34); // bit 4: 16 digits
        }

        [Fact]
        public void Disposing_of_a_binding_closes_its_port()
        {
            I2cDevice port = _bench.Port(1, 0x44);
            var binding = new Sht3x(port);
            binding.Dispose();
            binding.Dispose();
            Assert.Throws<InvalidOperationException>(() => port.Read(new byte[1]));
        }
    }
}
