using System;
using System.Collections.Generic;
using NanoFramework.Pc;
using Sensors.Boards;
using Sensors.Drivers.Tests.Wire;
using Sensors.VirtualBoard;

namespace Sensors.Drivers.Tests
{
    /// <summary>The ADS1115 driver on scripted transactions (raw numbers of the data sheet) and against the virtual chip.</summary>
    public partial class Ads1115Tests
    {
        private const string Set = "05E3"; // 0-1, 2.048 V, single-shot, 860, comparator off

        [Fact]
        public void Constructor_touches_nothing()
        {
            var clock = new StepClock();
            var bus = new ScriptedBus(clock);
            _ = new Ads1115(bus, clock);
            Assert.Throws<ArgumentNullException>(() => new Ads1115(null!, clock));
            Assert.Throws<ArgumentNullException>(() => new Ads1115(bus, null!));
            bus.Done();
        }

        [Fact]
        public void Start_waits_for_what_is_under_way_then_writes_and_reads_back()
        {
            var clock = new StepClock();
            var bus = new ScriptedBus(clock);
            bus.Expect("W 01 " + Set, "R 01 05E3", "+1000", "R 01 05E3", "+159000", "R 01 85E3", "W 02 8001", "W 03 7FFE", "R 02 8001", "R 03 7FFE", "R 01 85E3");
            var chip = new Ads1115(bus, clock);
            Start(chip);
            Assert.Equal(62.5e-6f, chip.VoltsPerDigit);
            Assert.Equal(1162, chip.ConversionMicroseconds);
            Assert.Equal(860, chip.NominalHertz);
            bus.Done();
        }

        [Theory]
        [InlineData(7, "R 02 8000", 0x02)]
        [InlineData(8, "R 03 7FFF", 0x03)]
        [InlineData(9, "R 01 8583", 0x01)]
        public void Start_names_the_register_that_did_not_keep_its_value(int at, string line, int register)
        {
            var clock = new StepClock();
            var bus = new ScriptedBus(clock);
            string[] script = ["W 01 " + Set, "R 01 05E3", "R 01 85E3", "W 02 8001", "W 03 7FFE", "+0", "R 02 8001", "R 03 7FFE", "R 01 85E3"];
            script[at - 1] = line;
            bus.Expect(script[..at]);
            var error = Assert.Throws<SensorException>(() => Start(new Ads1115(bus, clock)));
            Assert.Equal(("ADS1115", SensorFault.NotConfigured, (byte)register), (error.Part, error.Fault, error.Register));
            bus.Done();
        }

        [Fact]
        public void A_conversion_that_never_ends_is_no_data()
        {
            var clock = new StepClock();
            var bus = new ScriptedBus(clock);
            bus.Expect("W 01 " + Set, "R 01 05E3", "+160001");
            var error = Assert.Throws<SensorException>(() => Start(new Ads1115(bus, clock)));
            Assert.Equal((SensorFault.NoData, (byte)1, 0x05E3), (error.Fault, error.Register, error.Found));
            bus.Done();
        }

        [Theory]
        [InlineData(0, 6.144)]
        [InlineData(1, 4.096)]
        [InlineData(2, 2.048)]
        [InlineData(3, 1.024)]
        [InlineData(4, 0.512)]
        [InlineData(5, 0.256)]
        public void Each_range_has_its_code_and_weight(int code, double fullScale)
        {
            (Ads1115 chip, _) = Started(range: (Ads1115Range)(code << 9), word: (0x01E3 | (code << 9)).ToString("X4"));
            Assert.Equal(fullScale / 32768, chip.VoltsPerDigit, 1e-10);
        }

        [Theory]
        [InlineData(0, 8)]
        [InlineData(1, 16)]
        [InlineData(2, 32)]
        [InlineData(3, 64)]
        [InlineData(4, 128)]
        [InlineData(5, 250)]
        [InlineData(6, 475)]
        [InlineData(7, 860)]
        public void Each_rate_has_its_code(int code, int hertz)
        {
            (Ads1115 chip, _) = Started(rate: (Ads1115Rate)code, word: (0x0503 | (code << 5)).ToString("X4"));
            Assert.Equal(hertz, chip.NominalHertz);
            Assert.Equal(1_000_000 / hertz, chip.ConversionMicroseconds);
            Assert.Equal(hertz, chip.MeasuredHertz, hertz * 0.013); // the middle of +-11 %
            Assert.Equal(0.11f, chip.RateUncertainty, 0.002f);
        }

        [Fact]
        public void The_ready_pin_needs_both_thresholds()
        {
            var clock = new StepClock();
            var bus = new ScriptedBus(clock);
            bus.Expect("W 01 05E0", "R 01 85E0", "W 02 0000", "W 03 8000", "R 02 0000", "R 03 8000", "R 01 85E0");
            var chip = new Ads1115(bus, clock);
            chip.Start(Ads1115Input.Ain0Ain1, Ads1115Range.Millivolts2048, Ads1115Rate.Hertz860, Ads1115Pin.Ready);
            bus.Expect("R 02 0000", "R 03 8000");
            chip.Check();
            bus.Done();
        }

        [Theory]
        [InlineData("7FFE", 32766, false)]
        [InlineData("7FFF", 32767, true)]
        [InlineData("8000", -32768, true)]
        [InlineData("8001", -32767, false)]
        [InlineData("FFFF", -1, false)]
        public void A_single_conversion_is_taken_once(string word, int expected, bool clipped)
        {
            (Ads1115 chip, ScriptedBus bus) = Started();
            bus.Expect("R 01 85E3"); // none was begun
            Assert.Equal(0, chip.TryRead(out _));
            bus.Expect("W 01 85E3", "R 01 05E3");
            chip.StartConversion();
            Assert.Equal(0, chip.TryRead(out int raw));
            Assert.Equal(0, raw);
            bus.Expect("R 01 85E3", "R 00 " + word, "R 03 7FFE");
            Assert.Equal(1, chip.TryRead(out raw));
            Assert.Equal(expected, raw);
            Assert.Equal(clipped, chip.Clipped);
            bus.Expect("R 01 85E3");
            Assert.Equal(0, chip.TryRead(out _));
            bus.Done();
        }

        [Fact]
        public void A_brown_out_is_named_wherever_it_shows()
        {
            (Ads1115 chip, ScriptedBus bus) = Started();
            bus.Expect("R 01 8583");
            Assert.Equal(SensorFault.BrownOut, Assert.Throws<SensorException>(() => chip.TryRead(out _)).Fault);
            bus.Expect("W 01 85E3", "R 01 85E3", "R 00 0000", "R 03 7FFF");
            chip.StartConversion();
            Assert.Equal(SensorFault.BrownOut, Assert.Throws<SensorException>(() => chip.TryRead(out _)).Fault);
            bus.Expect("R 02 8000");
            Assert.Equal(SensorFault.BrownOut, Assert.Throws<SensorException>(chip.Check).Fault);
            bus.Expect("R 02 8001", "R 03 7FFF");
            Assert.Equal(SensorFault.BrownOut, Assert.Throws<SensorException>(chip.Check).Fault);
            bus.Expect("W 01 05E3", "R 01 85E3", "W 01 04E3", "R 01 8583");
            chip.BeginBurst();
            Assert.Equal(SensorFault.BrownOut, Assert.Throws<SensorException>(() => chip.EndBurst()).Fault);
            bus.Expect("W 01 05E3", "R 01 85E3", "W 01 04E3", "R 01 04E3", "W 01 05E3", "R 01 8583");
            chip.BeginBurst();
            Assert.Equal(SensorFault.BrownOut, Assert.Throws<SensorException>(() => chip.EndBurst()).Fault);
            bus.Expect("W 01 05E3", "R 01 85E3", "W 01 04E3", "R 01 04E3", "W 01 05E3", "R 01 05E3", "+160001", "R 01 05E3");
            chip.BeginBurst();
            Assert.Equal(SensorFault.NoData, Assert.Throws<SensorException>(() => chip.EndBurst()).Fault);
            bus.Done();
        }

        // In continuous mode the first result after a change of input is of the old one: the driver changes it only while idle.
        [Fact]
        public void The_first_result_after_a_change_of_input_is_not_stale()
        {
            (Ads1115 chip, ScriptedBus bus) = Started();
            bus.Expect("W 01 75E3", "R 01 75E3", "R 01 F5E3", "W 01 F5E3");
            chip.Select(Ads1115Input.Ain3);
            chip.StartConversion();
            bus.Expect("W 01 15E3", "R 01 95E3", "R 01 95E3");
            chip.Select(Ads1115Input.Ain0Ain3);
            Assert.Equal(0, chip.TryRead(out _)); // the one begun before was of AIN3
            bus.Done();

            using var bench = new AdsBench();
            bench.Chip.Start(Ads1115Input.Ain2, Ads1115Range.Millivolts2048, Ads1115Rate.Hertz860, Ads1115Pin.Off);
            bench.Chip.MeasureRate();
            bench.Inputs.Volts[2] = 1;
            bench.Inputs.Volts[3] = -0.2;
            bench.Chip.BeginBurst();
            bench.Wait(10_000);
            Assert.Equal(1, bench.Chip.TryReadBurst(out int raw));
            Assert.Equal(16000, raw);
            bench.Chip.EndBurst();
            bench.Chip.Select(Ads1115Input.Ain3);
            bench.Chip.BeginBurst();
            int first;
            while (bench.Chip.TryReadBurst(out first) == 0)
            {
                bench.Wait(bench.Chip.UntilNext() + 5);
            }

            Assert.Equal(1, bench.Chip.Number);
            Assert.Equal(-3200, first);
        }

        [Theory]
        [InlineData(0x0000, 0, 1)]
        [InlineData(0x1000, 0, 3)]
        [InlineData(0x2000, 1, 3)]
        [InlineData(0x3000, 2, 3)]
        [InlineData(0x4000, 0, -1)]
        [InlineData(0x5000, 1, -1)]
        [InlineData(0x6000, 2, -1)]
        [InlineData(0x7000, 3, -1)]
        public void Each_input_is_wired_as_its_name_says(int input, int positive, int negative)
        {
            using var bench = new AdsBench();
            double[] volts = [0.1, 0.25, 0.7, 1.3];
            volts.CopyTo(bench.Inputs.Volts, 0);
            bench.Chip.Start((Ads1115Input)input, Ads1115Range.Millivolts2048, Ads1115Rate.Hertz250, Ads1115Pin.Off);
            bench.Chip.StartConversion();
            Assert.Equal(0, bench.Chip.TryRead(out _)); // busy
            bench.Wait(5_000);
            Assert.Equal(1, bench.Chip.TryRead(out int raw));
            Assert.Equal(volts[positive] - (negative < 0 ? 0 : volts[negative]), raw * (double)bench.Chip.VoltsPerDigit, 4e-5);
            Assert.Equal(0, bench.Part.Violations.Count + bench.Part.Strays.Count);
        }

        [Theory]
        [InlineData(-10)]
        [InlineData(-4.2)]
        [InlineData(0)]
        [InlineData(6.1)]
        [InlineData(10)]
        public void Conversions_of_a_burst_are_numbered_whatever_the_oscillator(double percent)
        {
            using var bench = new AdsBench(percent);
            bench.Start();
            Assert.InRange(bench.Chip.RateUncertainty, 0, 0.0025f);
            Assert.Equal(1e9 / bench.Part.PeriodNanoseconds, bench.Chip.MeasuredHertz, 860 * 0.0015);
            var random = new Random(3);
            for (int burst = 0; burst < 20; burst++)
            {
                long before = bench.Part.Conversions;
                bench.Chip.BeginBurst();
                bench.Inputs.Begin = bench.Seconds;
                int last = 0;
                while (bench.Chip.Number < 170)
                {
                    if (bench.Chip.TryReadBurst(out int raw) == 1)
                    {
                        // The input counts conversions: each result tells its own number.
                        Assert.Equal(bench.Chip.Number, (int)Math.Round(raw / 100.0));
                        Assert.True(bench.Chip.Number > last);
                        last = bench.Chip.Number;
                    }

                    bench.Wait(bench.Chip.UntilNext() + (random.Next(8) == 0 ? random.Next(4000) : 5));
                }

                Assert.True(bench.Chip.EndBurst());
                Assert.InRange(bench.Part.Conversions - before, last, last + 6); // the last wait may be long
            }

            Assert.Equal(0, bench.Part.Violations.Count + bench.Part.Strays.Count);
        }

        [Fact]
        public void Transfers_of_a_millisecond_are_too_slow_for_860_a_second()
        {
            using var bench = new AdsBench(0, 1000);
            bench.Chip.Start(Ads1115Input.Ain0Ain1, Ads1115Range.Millivolts2048, Ads1115Rate.Hertz860, Ads1115Pin.Off);
            Assert.Equal(SensorFault.NoData, Assert.Throws<SensorException>(bench.Chip.MeasureRate).Fault);
        }

        [Fact]
        public void A_thousand_burst_reads_allocate_nothing()
        {
            using var bench = new AdsBench();
            bench.Start();
            bench.Chip.BeginBurst();
            bench.Chip.TryReadBurst(out _);
            bench.Chip.EndBurst();
            long before = GC.GetAllocatedBytesForCurrentThread();
            int results = 0;
            for (int burst = 0; burst < 8; burst++)
            {
                bench.Chip.BeginBurst();
                for (int i = 0; i < 140; i++)
                {
                    bench.Wait(bench.Chip.UntilNext() + 5);
                    results += bench.Chip.TryReadBurst(out _);
                }

                bench.Chip.EndBurst();
            }

            Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
            Assert.InRange(results, 1000, 1120);
        }

        [Fact]
        public void Enum_values_and_constants_are_the_data_sheets()
        {
            Assert.Equal([0x48, 0x4B], [Ads1115.I2cAddress, Ads1115.LastI2cAddress]);
            Assert.Equal([0, 0x1000, 0x2000, 0x3000, 0x4000, 0x5000, 0x6000, 0x7000], Array.ConvertAll(Enum.GetValues<Ads1115Input>(), input => (int)input));
            Assert.Equal([0, 0x200, 0x400, 0x600, 0x800, 0xA00], Array.ConvertAll(Enum.GetValues<Ads1115Range>(), range => (int)range));
            Assert.Equal([0, 3], Array.ConvertAll(Enum.GetValues<Ads1115Pin>(), pin => (int)pin));
        }

        private static void Start(Ads1115 chip) =>
            chip.Start(Ads1115Input.Ain0Ain1, Ads1115Range.Millivolts2048, Ads1115Rate.Hertz860, Ads1115Pin.Off);

        private static (Ads1115 Chip, ScriptedBus Bus) Started(
            Ads1115Range range = Ads1115Range.Millivolts2048, Ads1115Rate rate = Ads1115Rate.Hertz860, string word = Set)
        {
            var clock = new StepClock();
            var bus = new ScriptedBus(clock);
            string idle = (Convert.ToInt32(word, 16) | 0x8000).ToString("X4");
            bus.Expect("W 01 " + word, "R 01 " + idle, "W 02 8001", "W 03 7FFE", "R 02 8001", "R 03 7FFE", "R 01 " + idle);
            var chip = new Ads1115(bus, clock);
            chip.Start(Ads1115Input.Ain0Ain1, range, rate, Ads1115Pin.Off);
            bus.Done();
            return (chip, bus);
        }

        /// <summary>A board with an ADS1115 whose inputs a test sets; between AIN0 and AIN1 a staircase, one step a conversion.</summary>
        private sealed class AdsBench : IDisposable
        {
            private readonly VirtualEsp32 _wires;

            public AdsBench(double percent = 0, double overheadMicroseconds = 60)
            {
                _wires = new VirtualEsp32(new VirtualEsp32Options { TransactionOverheadMicroseconds = overheadMicroseconds });
                PcBoard.Enter(_wires);
                Inputs = new Staircase(this);
                Part = new VirtualAds1115(_wires.Time, Inputs, 1, options: new Ads1115Options { RateErrorPercent = percent, NoiseLsb = 0 });
                _wires.WireI2c(1, 0x4A, Part);
                Chip = new Ads1115(new Esp32DevKitC().OpenI2c(1, 0x4A), new Clock(_wires, Waits));
            }

            public List<int> Waits { get; } = [];

            public Staircase Inputs { get; }

            public VirtualAds1115 Part { get; }

            public Ads1115 Chip { get; }

            public void Start()
            {
                Ads1115Tests.Start(Chip);
                Chip.MeasureRate();
            }

            public void Wait(int microseconds) => _wires.Time.Advance(microseconds * 1000L);

            public double Seconds => _wires.Time.Seconds;

            public void Dispose() => _wires.Dispose();

            private sealed class Clock(VirtualEsp32 wires, List<int> waits) : BusClock
            {
                public override long Microseconds => wires.ReadMicroseconds();

                public override void Wait(int microseconds)
                {
                    waits.Add(microseconds);
                    wires.Time.Advance(microseconds * 1000L);
                }
            }
        }

        private sealed class Staircase(AdsBench bench) : IAds1115Inputs
        {
            /// <summary>Gets or sets when conversion 1 began, within some hundredths of its time.</summary>
            public double Begin { get; set; }

            public double[] Volts { get; } = new double[4];

            public double VoltsAt(int input, double seconds)
            {
                if (input != 0 || Volts[0] != 0)
                {
                    return Volts[input];
                }

                double period = bench.Part.PeriodNanoseconds * 1e-9;
                return (1 + Math.Floor((seconds - Begin) / period)) * 100 * 62.5e-6;
            }
        }
    }
}
