using System;
using NanoFramework.Pc;
using Sensors.Boards;
using Sensors.Drivers.Tests.Wire;
using Sensors.VirtualBoard;

namespace Sensors.Drivers.Tests
{
    /// <summary>The INA219 driver on scripted transactions (raw numbers of the data sheet) and against the virtual chip.</summary>
    public class Ina219Tests
    {
        private const int R100 = 100_000;

        [Fact]
        public void Constructor_touches_nothing()
        {
            var bus = new ScriptedBus(new StepClock());
            _ = new Ina219(bus);
            Assert.Throws<ArgumentNullException>(() => new Ina219(null!));
            bus.Done();
        }

        [Theory]
        [InlineData(2_000, 1000, 20480)] // the data sheet's example: 5000h
        [InlineData(100_000, 100, 4096)]
        [InlineData(100_000, 50, 8192)]
        [InlineData(15_000, 700, 3900)] // 3900.95: truncated
        [InlineData(15_000, 699, 3906)] // 3906.5
        [InlineData(9_000, 999, 4554)] // 4555.6: bit 0 is not there
        [InlineData(100_000, 204_800, 2)]
        [InlineData(62_501, 10, 65534)]
        [InlineData(1, 625_010, 65534)]
        [InlineData(625_010, 1, 65534)]
        public void Calibration_is_the_truncated_even_quotient(int shunt, int weight, int expected)
        {
            Assert.Equal(expected, Ina219.Calibration(shunt, weight));
        }

        [Theory]
        [InlineData(100_000, 204_801)] // 1.99999
        [InlineData(62_500, 10)] // 65536
        [InlineData(0, 10)]
        [InlineData(10, 0)]
        [InlineData(-1, -1)]
        public void A_weight_that_does_not_fit_is_refused(int shunt, int weight)
        {
            Assert.Throws<ArgumentOutOfRangeException>(() => Ina219.Calibration(shunt, weight));
        }

        [Theory]
        [InlineData(100_000, 100)]
        [InlineData(10_000, 1000)]
        [InlineData(3_000, 3334)]
        [InlineData(4_649, 2152)] // 2151.0002
        public void Finest_weight_is_the_shunt_digit(int shunt, int expected)
        {
            Assert.Equal(expected, Ina219.FinestMicroAmperes(shunt));
            Assert.InRange(Ina219.Calibration(shunt, expected), 4094, 4096);
        }

        [Fact]
        public void Start_resets_looks_writes_and_reads_back()
        {
            (Ina219 chip, _) = Started();
            Assert.Equal(0.0001f, chip.AmperesPerDigit);
            Assert.Equal(84 + 2130, chip.UpdateMicroseconds);
            Assert.Equal(3.2f, chip.LargestAmperes, 1e-6f);
        }

        [Theory]
        [InlineData("4127", "0000", 0x00, 0x399F)] // an INA226
        [InlineData("0000", "0000", 0x00, 0x399F)] // an INA228
        [InlineData("399F", "1000", 0x05, 0)]
        public void Start_refuses_what_does_not_reset_like_an_INA219(string configuration, string calibration, int register, int expected)
        {
            var bus = new ScriptedBus(new StepClock());
            bus.Expect("W 00 8000", "R 00 " + configuration);
            if (register == 5) { bus.Expect("R 05 " + calibration); }
            var error = Assert.Throws<SensorException>(() => Start(new Ina219(bus)));
            Assert.Equal(("INA219", SensorFault.WrongIdentity, (byte)register, expected), (error.Part, error.Fault, error.Register, error.Expected));
            bus.Done();
        }

        [Theory]
        [InlineData(6, "R 05 0FFE", 0x05)]
        [InlineData(6, "R 05 1001", 0x05)]
        [InlineData(7, "R 00 399F", 0x00)]
        public void Start_names_the_register_that_did_not_keep_its_value(int at, string line, int register)
        {
            string[] script = Script(Configured);
            script[at - 1] = line;
            var bus = new ScriptedBus(new StepClock());
            bus.Expect(script[..at]);
            var error = Assert.Throws<SensorException>(() => Start(new Ina219(bus)));
            Assert.Equal((SensorFault.NotConfigured, (byte)register), (error.Fault, error.Register));
            bus.Done();
        }

        [Theory]
        [InlineData(0, 84)]
        [InlineData(1, 148)]
        [InlineData(2, 276)]
        [InlineData(3, 532)]
        [InlineData(4, 84)] // "ADC Settings": bit 2 of 0xxx is ignored, and 1000 is 12 bits
        [InlineData(5, 148)]
        [InlineData(6, 276)]
        [InlineData(7, 532)]
        [InlineData(8, 532)]
        [InlineData(9, 1060)]
        [InlineData(10, 2130)]
        [InlineData(11, 4260)]
        [InlineData(12, 8510)]
        [InlineData(13, 17020)]
        [InlineData(14, 34050)]
        [InlineData(15, 68100)]
        public void Each_time_has_its_code(int code, int microseconds)
        {
            string word = (0x2000 | 0x1800 | (code << 7) | (3 << 3) | 7).ToString("X4");
            (Ina219 chip, _) = Started((Ina219Range)0x1800, (Ina219Time)code, Ina219Time.Bits12, Ina219Mode.Continuous, word);
            Assert.Equal(microseconds + 532, chip.UpdateMicroseconds);
            word = (0x2000 | 0x1800 | (1 << 7) | (code << 3) | 3).ToString("X4");
            (chip, _) = Started((Ina219Range)0x1800, Ina219Time.Bits10, (Ina219Time)code, Ina219Mode.Triggered, word);
            Assert.Equal(microseconds + 148, chip.UpdateMicroseconds);
        }

        [Theory]
        [InlineData(0x0000, 4000, "2787")]
        [InlineData(0x0800, 8000, "2F87")]
        [InlineData(0x1000, 16000, "3787")]
        [InlineData(0x1800, 32000, "3F87")]
        public void Each_range_ends_where_the_table_says(int range, int digits, string word)
        {
            foreach ((int shunt, bool clipped) in new[] { (digits, true), (-digits, true), (digits - 1, false), (1 - digits, false) })
            {
                (Ina219 chip, ScriptedBus bus) = Started((Ina219Range)range, Ina219Time.Samples128, Ina219Time.Bits9, Ina219Mode.Continuous, word);
                bus.Expect("R 02 1F42", "R 01 " + ((ushort)shunt).ToString("X4"), "R 04 0001", "R 03 0000", "R 05 1000");
                Assert.Equal(1, chip.TryRead(out _, out _));
                Assert.Equal(clipped, chip.Clipped);
                Assert.Equal(digits * 0.0001f, chip.LargestAmperes, 1e-5f);
                bus.Done();
            }
        }

        [Fact]
        public void A_result_is_bus_shunt_current_then_the_power_that_clears_the_flag()
        {
            (Ina219 chip, ScriptedBus bus) = Started();
            bus.Expect("R 02 5D9A", "R 01 FC18", "R 04 FC18", "R 03 1234", "R 05 1000"); // 2995 x 4 mV = 11.98 V, CNVR
            Assert.Equal(1, chip.TryRead(out int current, out int volts));
            Assert.Equal((-1000, 2995), (current, volts));
            Assert.Equal(11.98, volts * (double)Ina219.VoltsPerDigit, 1e-6);
            Assert.False(chip.Overflow);
            bus.Expect("R 02 5D9B", "R 01 0001", "R 04 0002", "R 03 0000", "R 05 1000");
            Assert.Equal(1, chip.TryRead(out current, out _));
            Assert.Equal(2, current);
            Assert.True(chip.Overflow);
            bus.Expect("R 02 5D9E", "R 01 0001", "R 04 0002", "R 03 0000", "R 05 1000"); // bit 2 is none
            Assert.Equal(1, chip.TryRead(out _, out volts));
            Assert.Equal(2995, volts);
            Assert.False(chip.Overflow);
            bus.Expect("R 02 5D9D", "R 05 1000"); // OVF alone is no result
            Assert.Equal(0, chip.TryRead(out current, out volts));
            Assert.Equal((0, 0), (current, volts));
            bus.Done();
        }

        [Fact]
        public void A_calibration_of_zero_is_a_brown_out_not_a_current_of_zero()
        {
            (Ina219 chip, ScriptedBus bus) = Started();
            bus.Expect("R 02 5D9A", "R 01 0000", "R 04 0000", "R 03 0000", "R 05 0000");
            int current = 7;
            Assert.Equal(SensorFault.BrownOut, Assert.Throws<SensorException>(() => chip.TryRead(out current, out _)).Fault);
            Assert.Equal(0, current);
            bus.Expect("R 02 0000", "R 05 0000");
            Assert.Equal(SensorFault.BrownOut, Assert.Throws<SensorException>(() => chip.TryRead(out _, out _)).Fault);
            bus.Expect("R 05 1000", "R 00 " + Configured);
            chip.Check();
            bus.Expect("R 05 0000");
            Assert.Equal(SensorFault.BrownOut, Assert.Throws<SensorException>(chip.Check).Fault);
            bus.Expect("R 05 1000", "R 00 399F");
            Assert.Equal(SensorFault.NotConfigured, Assert.Throws<SensorException>(chip.Check).Fault);
            bus.Expect("W 00 " + Configured);
            chip.Trigger();
            bus.Expect("W 00 0000");
            chip.Stop();
            bus.Done();
        }

        [Fact]
        public void Start_again_forgets_the_flags()
        {
            (Ina219 chip, ScriptedBus bus) = Started();
            bus.Expect("R 02 5D9B", "R 01 7D00", "R 04 7D00", "R 03 0000", "R 05 1000");
            chip.TryRead(out _, out _);
            Assert.True(chip.Clipped && chip.Overflow);
            bus.Expect(Script(Configured));
            Start(chip);
            Assert.False(chip.Clipped || chip.Overflow);
            bus.Done();
        }

        [Fact]
        public void Enum_values_and_constants_are_the_data_sheets()
        {
            Assert.Equal([0x40, 0x4F], [Ina219.I2cAddress, Ina219.LastI2cAddress]);
            Assert.Equal(0.004f, Ina219.VoltsPerDigit);
            Assert.Equal(0.00001f, Ina219.ShuntVoltsPerDigit);
            Assert.Equal([3, 7], [(int)Ina219Mode.Triggered, (int)Ina219Mode.Continuous]);
            Assert.Equal([0, 0x800, 0x1000, 0x1800], Array.ConvertAll(Enum.GetValues<Ina219Range>(), range => (int)range));
            Assert.Equal([0, 1, 2, 3, 9, 10, 11, 12, 13, 14, 15], Array.ConvertAll(Enum.GetValues<Ina219Time>(), time => (int)time));
        }

        [Theory]
        [InlineData(1.5, 12)]
        [InlineData(-3.1, 24)]
        [InlineData(0, 0)]
        public void Reads_what_the_shunt_carries(double amperes, double volts)
        {
            using var board = new VirtualEsp32();
            PcBoard.Enter(board);
            var source = new ConstantSource { Amperes = amperes, Volts = volts };
            var part = new VirtualIna219(board.Time, source, 1, options: new Ina219Options { NoiseLsb = 0 });
            board.WireI2c(1, 0x41, part);
            var chip = new Ina219(new Esp32DevKitC().OpenI2c(1, 0x41));
            Start(chip);
            Assert.Equal(0, chip.TryRead(out _, out _));
            board.Time.Advance(2_300_000);
            Assert.Equal(1, chip.TryRead(out int current, out int bus));
            Assert.Equal(amperes, current * (double)chip.AmperesPerDigit, 1e-4);
            Assert.Equal(volts, bus * (double)Ina219.VoltsPerDigit, 0.016); // 9 bits: steps of 32 mV
            Assert.Equal(0, chip.TryRead(out _, out _)); // taken: reading the power register cleared CNVR
            chip.Check();
            part.BrownOut();
            Assert.Throws<SensorException>(() => chip.TryRead(out _, out _));
            part.Faults.NackNext(1);
            Assert.Throws<BusException>(() => chip.TryRead(out _, out _));
            Assert.Equal(0, part.Violations.Count + part.Strays.Count);
        }

        [Fact]
        public void A_thousand_reads_allocate_nothing()
        {
            using var board = new VirtualEsp32();
            PcBoard.Enter(board);
            board.WireI2c(1, 0x40, new VirtualIna219(board.Time, new ConstantSource { Amperes = 1 }, 1));
            var chip = new Ina219(new Esp32DevKitC().OpenI2c(1, 0x40));
            Start(chip);
            int results = 0;
            long before = 0;
            for (int i = 0; i < 1010; i++)
            {
                before = i == 10 ? GC.GetAllocatedBytesForCurrentThread() : before;
                board.Time.Advance(2_300_000);
                results += chip.TryRead(out _, out _);
            }

            Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
            Assert.Equal(1010, results);
        }

        private const string Configured = "3857"; // 32 V, 320 mV, bus 9 bits, shunt 4 samples, continuous

        private static void Start(Ina219 chip) => chip.Start(
            R100, 100, Ina219Range.Millivolts320, Ina219Time.Bits9, Ina219Time.Samples4, Ina219Mode.Continuous);

        private static string[] Script(string word) =>
            ["W 00 8000", "R 00 399F", "R 05 0000", "W 05 1000", "W 00 " + word, "R 05 1000", "R 00 " + word];

        private static (Ina219 Chip, ScriptedBus Bus) Started(
            Ina219Range range = Ina219Range.Millivolts320,
            Ina219Time busTime = Ina219Time.Bits9,
            Ina219Time shuntTime = Ina219Time.Samples4,
            Ina219Mode mode = Ina219Mode.Continuous,
            string word = Configured)
        {
            var bus = new ScriptedBus(new StepClock());
            bus.Expect(Script(word));
            var chip = new Ina219(bus);
            chip.Start(R100, 100, range, busTime, shuntTime, mode);
            bus.Done();
            return (chip, bus);
        }
    }
}
