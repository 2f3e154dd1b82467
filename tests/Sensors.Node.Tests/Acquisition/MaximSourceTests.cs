using System;
using System.Collections.Generic;
using NanoFramework.Pc;
using Sensors.Boards;
using Sensors.Drivers;
using Sensors.VirtualBoard;

namespace Sensors.Node.Tests.Acquisition
{
    /// <summary>The sources of MAX31865, MAX31856 and MAX31855 on virtual chips, looked at as <see cref="TemperatureTask"/> does.</summary>
    public sealed class MaximSourceTests : IDisposable
    {
        private readonly VirtualEsp32 _wires = new();
        private readonly ConstantSource _hot = new() { Celsius = 60 };
        private readonly ConstantSource _cold = new() { Celsius = 22 };
        private readonly VirtualMax31865 _rtd;
        private readonly VirtualMax31856 _thermocouple;
        private readonly VirtualMax31855 _simple;
        private readonly Esp32DevKitC _board;
        private readonly BusClock _clock;

        public MaximSourceTests()
        {
            PcBoard.Enter(_wires);
            _rtd = new VirtualMax31865(_wires.Time, _hot, 1, options: new Max31865Options { NoiseLsb = 0, Wires = 3, WireOhms = 1 });
            _thermocouple = new VirtualMax31856(_wires.Time, _hot, _cold, 1, options: new Max31856Options { NoiseCelsius = 0 });
            _simple = new VirtualMax31855(_wires.Time, _hot, _cold, 1, options: new Max31855Options { NoiseCelsius = 0 });
            _wires.WireSpi(1, Esp32DevKitC.Slot0ChipSelectPin, _rtd);
            _wires.WireSpi(1, Esp32DevKitC.Slot1ChipSelectPin, _thermocouple);
            _wires.WireSpi(2, Esp32DevKitC.Slot2ChipSelectPin, _simple);
            _board = new Esp32DevKitC();
            _board.ReleaseChipSelects();
            _clock = new WireClock(_wires);
        }

        public static TheoryData<string> Chips => new() { "MAX31865", "MAX31856", "MAX31855" };

        public void Dispose() => _wires.Dispose();

        [Theory]
        [MemberData(nameof(Chips))]
        public void Two_results_a_second_whatever_the_looks_take(string chip)
        {
            TemperatureSource source = Start(chip);
            Assert.Equal((chip, 500), (source.Chip, source.CycleMilliseconds));
            List<float> read = Look(source, 60);
            Assert.InRange(read.Count, 118, 121);
            Assert.All(read, celsius => Assert.Equal(60, celsius, 0.02f));
            Assert.Equal(SensorFault.None, source.ProbeFault);
            Assert.Equal(0, _rtd.Violations.Count + _thermocouple.Violations.Count + _simple.Violations.Count);
        }

        [Theory]
        [MemberData(nameof(Chips))]
        public void A_probe_fault_is_told_and_no_value_with_it(string chip)
        {
            TemperatureSource source = Start(chip);
            Look(source, 2);
            _rtd.ProbeFault = Max31865ProbeFault.Open;
            _thermocouple.ProbeFault = ThermocoupleFault.Open;
            _simple.ProbeFault = ThermocoupleFault.Open;
            Look(source, 1); // a conversion under way may have begun before
            Assert.Equal(SensorFault.SensorOpen, source.ProbeFault);
            Assert.Empty(Look(source, 5));
            _rtd.ProbeFault = Max31865ProbeFault.None;
            _thermocouple.ProbeFault = ThermocoupleFault.None;
            _simple.ProbeFault = ThermocoupleFault.None;
            Assert.NotEmpty(Look(source, 2));
            Assert.Equal(SensorFault.None, source.ProbeFault);
        }

        [Theory]
        [MemberData(nameof(Chips))]
        public void A_brown_out_or_a_dead_line_is_no_value(string chip)
        {
            TemperatureSource source = Start(chip);
            Look(source, 2);
            foreach (VirtualChip wired in _wires.Chips)
            {
                wired.Faults.StuckMiso = 0xFF;
            }

            Assert.Throws<BusException>(() => Look(source, 2));
            foreach (VirtualChip wired in _wires.Chips)
            {
                wired.Faults.Clear();
            }

            Assert.NotEmpty(Look(source, 2));
            source.Check();
        }

        [Theory]
        [MemberData(nameof(Chips))]
        public void An_empty_slot_has_no_answer(string chip)
        {
            TemperatureSource source = Make(chip, 3);
            Assert.Equal(SensorFault.NoAnswer, Assert.Throws<SensorException>(source.Start).Fault);
        }

        [Fact]
        public void Points_learn_range_and_rate()
        {
            Assert.Equal((-200f, 850f, 2f), Described("MAX31865"));
            Assert.Equal((-200f, 1372f, 2f), Described("MAX31856"));
            Assert.Equal((-270f, 1372f, 2f), Described("MAX31855"));
        }

        [Fact]
        public void A_small_reference_narrows_the_range()
        {
            var narrow = new Max31865Source(_board.OpenSpi(3, Max31865.Spi), _clock, Max31865Probe.Pt100, Max31865Wires.Two, 220_000, Max31865Filter.Hz60);
            Assert.Throws<SensorException>(narrow.Start); // nobody there, but the settings are known
            var point = PointKinds.Make("temp9", PointKinds.Temperature);
            narrow.Describe(point);
            Assert.Equal(323.0f, point.RangeHigh, 1f); // 220 ohms are all it can tell
        }

        [Fact]
        public void No_current_heats_the_probe_for_most_of_the_time()
        {
            TemperatureSource source = Start("MAX31865");
            Look(source, 60);
            Assert.InRange(_rtd.BiasSeconds, 6, 18); // of 60
        }

        private (float Low, float High, float Rate) Described(string chip)
        {
            var point = PointKinds.Make("temp1", PointKinds.Temperature);
            Start(chip).Describe(point);
            return (point.RangeLow, point.RangeHigh, point.NominalRate);
        }

        private TemperatureSource Start(string chip)
        {
            TemperatureSource source = Make(chip, chip == "MAX31865" ? 0 : chip == "MAX31856" ? 1 : 2);
            source.Start();
            return source;
        }

        private TemperatureSource Make(string chip, int slot) => chip switch
        {
            "MAX31865" => new Max31865Source(
                _board.OpenSpi(slot, Max31865.Spi), _clock, Max31865Probe.Pt100, Max31865Wires.Three, 430_000, Max31865Filter.Hz50),
            "MAX31856" => new Max31856Source(_board.OpenSpi(slot, Max31856.Spi), _clock),
            _ => new Max31855Source(_board.OpenSpi(slot, Max31855.Spi), _clock),
        };

        // Four looks per cycle, each some milliseconds late.
        private List<float> Look(TemperatureSource source, double seconds)
        {
            var read = new List<float>();
            long end = _wires.Time.Nanoseconds + (long)(seconds * 1e9);
            for (int look = 0; _wires.Time.Nanoseconds < end; look++)
            {
                float celsius = source.Read();
                if (!float.IsNaN(celsius))
                {
                    read.Add(celsius);
                }

                _wires.Time.Advance((125 + (look % 7)) * 1_000_000L);
            }

            return read;
        }

        private sealed class WireClock : BusClock
        {
            private readonly VirtualEsp32 _wires;

            public WireClock(VirtualEsp32 wires) => _wires = wires;

            public override long Microseconds => _wires.ReadMicroseconds();

            public override void Wait(int microseconds) => _wires.Time.Advance(microseconds * 1000L);
        }
    }
}
