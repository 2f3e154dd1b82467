using System;
using Sensors.Drivers;
using Sensors.VirtualBoard;

namespace Sensors.Node.Tests.Acquisition
{
    /// <summary>The chips for direct current, from the shunt to the reading: what is lost, and how fast they really are.</summary>
    public class InaSourceTests
    {
        private const int Mean = 0, Rms = 1, Min = 2, Max = 3, Frequency = 4;
        private const int Address = 0x41;

        public static TheoryData<string, double> ChipsAndOscillators
        {
            get
            {
                var rows = new TheoryData<string, double>();
                foreach (string chip in (string[])["INA226", "INA228", "INA219"])
                {
                    foreach (double percent in (double[])[-10, -3, 0, 4, 10])
                    {
                        rows.Add(chip, percent);
                    }
                }

                return rows;
            }
        }

        [Theory]
        [MemberData(nameof(ChipsAndOscillators))]
        public void Rate_is_the_chips_own_and_nothing_is_lost(string chip, double percent)
        {
            using var bench = new CurrentBench();
            CurrentSource source = Wire(bench, chip, new ConstantSource { Amperes = 1.5, Volts = 12 }, out VirtualChip part);
            part.Faults.RateErrorPercent = percent;
            bench.Use(source);
            bench.Measure();
            Assert.Equal(SensorFault.None, bench.Quality.Fault);
            Assert.Equal(0, bench.Quality.Lost);
            Assert.InRange(bench.Quality.Samples, 80, 100);
            double hertz = 1e6 / source.CycleMicroseconds * (1 + (percent / 100));
            Assert.Equal(hertz, bench.Quality.Rate, hertz * 0.005);
            Assert.Equal(1.5, bench.Values[Mean], 0.002);
            Assert.Equal(1.5, bench.Values[Rms], 0.002);
            Assert.True(float.IsNaN(bench.Values[Frequency]));
            Assert.Equal(0, part.Violations.Count + part.Strays.Count);
        }

        [Theory]
        [MemberData(nameof(ChipsAndOscillators))]
        public void What_a_pause_of_the_host_loses_is_counted(string chip, double percent)
        {
            foreach (int milliseconds in (int[])[5, 9, 17, 40])
            {
                using var bench = new CurrentBench();
                CurrentSource source = Wire(bench, chip, new ConstantSource { Amperes = 1.5, Volts = 12 }, out VirtualChip part);
                part.Faults.RateErrorPercent = percent;
                bench.Use(source);
                bench.Measure(); // ends 0.2 s after its time; the next is due 0.8 s later
                bench.After(900, () => bench.Wires.Time.Advance(milliseconds * 1_000_000L));
                bench.Measure();
                double lost = milliseconds * 1000.0 / source.CycleMicroseconds * (1 + (percent / 100));
                Assert.InRange(bench.Quality.Lost, Math.Max(1, lost - 1.5), lost + 1.5);
                Assert.Equal(1.5, bench.Values[Mean], 0.002);
            }
        }

        [Fact]
        public void A_bus_too_slow_for_the_chip_loses_most_conversions_and_says_so()
        {
            using var bench = new CurrentBench(overheadMicroseconds: 800);
            CurrentSource source = Wire(bench, "INA226", new ConstantSource { Amperes = 1.5, Volts = 12 }, out _);
            bench.Use(source);
            bench.Measure();
            Assert.InRange(bench.Quality.Lost, bench.Quality.Samples * 0.8, bench.Quality.Samples * 1.6);
            Assert.Equal(443, bench.Quality.Rate, 70.0); // not a rate to be proud of: single distances cannot be told apart well
        }

        [Theory]
        [InlineData("INA226")]
        [InlineData("INA228")]
        [InlineData("INA219")]
        public void A_brown_out_is_named_and_cured(string chip)
        {
            using var bench = new CurrentBench();
            bench.Use(Wire(bench, chip, new ConstantSource { Amperes = 1.5, Volts = 12 }, out VirtualChip part));
            bench.Measure();
            part.BrownOut();
            bench.Measure();
            Assert.Equal(SensorFault.BrownOut, bench.Quality.Fault);
            bench.Measure();
            Assert.Equal(SensorFault.None, bench.Quality.Fault);
            Assert.Equal(1.5, bench.Values[Mean], 0.002);
        }

        [Theory]
        [InlineData("INA226", 10)]
        [InlineData("INA228", 13)]
        [InlineData("INA219", 4)]
        public void Beyond_the_range_every_sample_is_clipped(string chip, double amperes)
        {
            using var bench = new CurrentBench();
            bench.Use(Wire(bench, chip, new ConstantSource { Amperes = amperes, Volts = 12 }, out _));
            bench.Measure();
            Assert.Equal(bench.Quality.Samples, bench.Quality.Clipped);
            Assert.True(bench.Quality.Samples > 80);
        }

        [Theory]
        [InlineData("INA228", 10.92, 449.6)]
        [InlineData("INA219", 3.2, 451.7)]
        public void Meta_tells_rate_and_range(string chip, double amperes, double hertz)
        {
            using var bench = new CurrentBench();
            CurrentSource source = Wire(bench, chip, new ConstantSource(), out _);
            source.Start();
            var point = new Point("cur1", "current", CurrentFeatures.Channels());
            source.Describe(point);
            Assert.Equal(chip, point.Chip);
            Assert.Equal(amperes, point.RangeHigh, 0.01);
            Assert.Equal(-amperes, point.RangeLow, 0.01);
            Assert.Equal(hertz, point.NominalRate, 0.1);
            Assert.False(source.Alternating);
        }

        private static CurrentSource Wire(CurrentBench bench, string chip, ICurrentSource current, out VirtualChip part)
        {
            RegisterBus bus = bench.Open(Address);
            VirtualTime time = bench.Wires.Time;
            switch (chip)
            {
                case "INA226":
                    var ina226 = new VirtualIna226(time, current, 1);
                    part = ina226;
                    bench.Wires.WireI2c(1, Address, ina226);
                    return new Ina226Source(bus, 10_000);
                case "INA228":
                    var ina228 = new VirtualIna228(time, current, 1);
                    part = ina228;
                    bench.Wires.WireI2c(1, Address, ina228);
                    return new Ina228Source(bus, 15_000);
                default:
                    var ina219 = new VirtualIna219(time, current, 1);
                    part = ina219;
                    bench.Wires.WireI2c(1, Address, ina219);
                    return new Ina219Source(bus, 100_000);
            }
        }
    }
}
