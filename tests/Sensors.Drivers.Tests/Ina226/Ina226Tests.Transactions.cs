using System;
using Sensors.Drivers.Tests.Wire;

namespace Sensors.Drivers.Tests
{
    // Exact transactions: raw numbers from the data sheet's register map, none of the driver's constants.
    public partial class Ina226Tests
    {
        private const int R100 = 100_000;
        private const string DefaultWord = "4527"; // 16 averages, 1.1 ms, 1.1 ms, continuous

        public static TheoryData<int, int> Times
        {
            get
            {
                int[] microseconds = [140, 204, 332, 588, 1100, 2116, 4156, 8244];
                var rows = new TheoryData<int, int>();
                for (int i = 0; i < microseconds.Length; i++)
                {
                    rows.Add(i, microseconds[i]);
                }

                return rows;
            }
        }

        public static TheoryData<int, int> Averages
        {
            get
            {
                int[] counts = [1, 4, 16, 64, 128, 256, 512, 1024];
                var rows = new TheoryData<int, int>();
                for (int i = 0; i < counts.Length; i++)
                {
                    rows.Add(i, counts[i]);
                }

                return rows;
            }
        }

        [Fact]
        public void Constructor_touches_nothing()
        {
            var bus = new ScriptedBus(new StepClock());
            _ = new Ina226(bus);
            bus.Done();
        }

        [Fact]
        public void Start_calibrates_before_the_first_conversion_and_reads_back()
        {
            (Ina226 chip, ScriptedBus bus) = Started();
            Assert.Equal(0.000025f, chip.AmperesPerDigit);
            Assert.Equal(16 * 2200, chip.UpdateMicroseconds);
            bus.Done();
        }

        [Theory]
        [MemberData(nameof(Times))]
        public void Each_conversion_time_has_its_code(int code, int microseconds)
        {
            string word = (0x4000 | (code << 6) | (2 << 3) | 7).ToString("X4");
            (Ina226 chip, _) = Started(averages: Ina226Averages.One, busTime: (Ina226Time)code, shuntTime: Ina226Time.Microseconds332, word: word);
            Assert.Equal(microseconds + 332, chip.UpdateMicroseconds);
            word = (0x4000 | (1 << 6) | (code << 3) | 7).ToString("X4");
            (chip, _) = Started(averages: Ina226Averages.One, busTime: Ina226Time.Microseconds204, shuntTime: (Ina226Time)code, word: word);
            Assert.Equal(microseconds + 204, chip.UpdateMicroseconds);
        }

        [Theory]
        [MemberData(nameof(Averages))]
        public void Each_averaging_has_its_code(int code, int count)
        {
            string word = (0x4127 & ~0x0E00 | (code << 9)).ToString("X4"); // 4127h is the reset value: one average
            (Ina226 chip, _) = Started(averages: (Ina226Averages)(code << 9), word: word);
            Assert.Equal(count * 2200, chip.UpdateMicroseconds);
        }

        [Fact]
        public void Enum_values_are_the_fields()
        {
            Assert.Equal(
                [0x0000, 0x0200, 0x0400, 0x0600, 0x0800, 0x0A00, 0x0C00, 0x0E00],
                [(int)Ina226Averages.One, (int)Ina226Averages.Four, (int)Ina226Averages.Sixteen, (int)Ina226Averages.SixtyFour,
                    (int)Ina226Averages.Hundred28, (int)Ina226Averages.TwoHundred56, (int)Ina226Averages.FiveHundred12, (int)Ina226Averages.Thousand24]);
            Assert.Equal(
                [0, 1, 2, 3, 4, 5, 6, 7],
                [(int)Ina226Time.Microseconds140, (int)Ina226Time.Microseconds204, (int)Ina226Time.Microseconds332, (int)Ina226Time.Microseconds588,
                    (int)Ina226Time.Microseconds1100, (int)Ina226Time.Microseconds2116, (int)Ina226Time.Microseconds4156, (int)Ina226Time.Microseconds8244]);
            Assert.Equal([3, 7], [(int)Ina226Mode.Triggered, (int)Ina226Mode.Continuous]);
            Assert.Equal([0x40, 0x4F, 0xFE, 0x5449], [Ina226.I2cAddress, Ina226.LastI2cAddress, Ina226.IdentityRegister, Ina226.IdentityValue]);
            Assert.Equal(0.00125f, Ina226.VoltsPerDigit);
            Assert.Equal(0.0000025f, Ina226.ShuntVoltsPerDigit);
        }

        [Theory]
        [InlineData(100_000, 25, 2048)] // the data sheet's relation: 0.00512 / (25 µA x 0.1 ohm)
        [InlineData(10_000, 1000, 512)] // in floating point 0.00512 / (0.001 x 0.01) can truncate to 511
        [InlineData(2_000, 1250, 2048)]
        [InlineData(2_000, 1000, 2560)]
        [InlineData(15_000, 167, 2043)] // 2043.9: truncated, not rounded
        [InlineData(100_000, 51_200, 1)]
        [InlineData(50_000, 4, 25_600)]
        [InlineData(156_255, 1, 32_766)]
        [InlineData(156_250, 1, 0)] // 32,768: 16 bits
        [InlineData(156_251, 1, 32_767)]
        [InlineData(100_000, 51_201, 0)] // below 1
        [InlineData(1_706_666_667, 1, 2)] // one more above the line would divide it three times
        [InlineData(1_706_666_667, 3, 0)]
        [InlineData(1, 200_000, 25_600)]
        [InlineData(0, 25, 0)]
        [InlineData(-1, 25, 0)]
        [InlineData(100_000, 0, 0)]
        [InlineData(-100_000, -25, 0)]
        public void Calibration_is_the_truncated_quotient(int shuntMicroOhms, int microAmperes, int expected)
        {
            if (expected == 0)
            {
                Assert.Throws<ArgumentOutOfRangeException>(() => Ina226.Calibration(shuntMicroOhms, microAmperes));
            }
            else
            {
                Assert.Equal(expected, Ina226.Calibration(shuntMicroOhms, microAmperes));
            }
        }

        [Theory]
        [InlineData(100_000, 25)]
        [InlineData(10_000, 250)]
        [InlineData(2_000, 1250)]
        [InlineData(15_000, 167)] // 166.7 rounded up, so that the calibration stays at or below 2048
        [InlineData(99_999, 26)]
        [InlineData(100_001, 25)]
        [InlineData(1, 2_500_000)]
        [InlineData(2_499_999, 2)]
        public void Finest_weight_is_that_of_the_shunt_voltage(int shuntMicroOhms, int microAmperes)
        {
            Assert.Equal(microAmperes, Ina226.FinestMicroAmperes(shuntMicroOhms));
            Assert.InRange(Ina226.Calibration(shuntMicroOhms, microAmperes), 1, 2048);
        }

        [Theory]
        [InlineData(100_000, 25, "0800", 0.000025)]
        [InlineData(10_000, 1000, "0200", 0.001)]
        [InlineData(15_000, 167, "07FB", 0.00512 / (2043 * 0.015))] // the weight belongs to the truncated number
        public void Weight_of_a_digit_belongs_to_the_number_written(int shunt, int weight, string word, double amperes)
        {
            (Ina226 chip, _) = Started(shunt, weight, calibration: word);
            Assert.Equal(amperes, chip.AmperesPerDigit, amperes * 1e-6);
        }

        [Theory]
        [InlineData("FE", "5448", 0x5449)]
        [InlineData("FE", "0000", 0x5449)]
        [InlineData("FF", "2281", 0x2260)] // INA228
        [InlineData("FF", "2261", 0x2260)]
        public void Start_refuses_another_identity(string register, string found, int expected)
        {
            var bus = new ScriptedBus(new StepClock());
            if (register == "FF")
            {
                bus.Expect("R FE 5449");
            }

            bus.Expect("R " + register + " " + found);
            var error = Assert.Throws<SensorException>(() => Start(new Ina226(bus)));
            AssertFault(error, SensorFault.WrongIdentity, Convert.ToInt32(register, 16), Convert.ToInt32(found, 16), expected);
            bus.Done();
        }

        [Theory]
        [InlineData(0, 0x05, "0000", 0x0800)]
        [InlineData(1, 0x00, "4127", 0x4527)]
        public void Start_names_the_register_that_did_not_keep_its_value(int index, int register, string found, int expected)
        {
            var bus = new ScriptedBus(new StepClock());
            string[] script = Script(DefaultWord, "0800");
            script[5 + index] = "R " + register.ToString("X2") + " " + found;
            bus.Expect(script[..(6 + index)]);
            var error = Assert.Throws<SensorException>(() => Start(new Ina226(bus)));
            AssertFault(error, SensorFault.NotConfigured, register, Convert.ToInt32(found, 16), expected);
            bus.Done();
        }

        [Theory]
        [InlineData(15, true)] // SOL
        [InlineData(14, true)] // SUL
        [InlineData(13, true)] // BOL
        [InlineData(12, true)] // BUL
        [InlineData(11, true)] // POL
        [InlineData(10, true)] // CNVR
        [InlineData(9, false)]
        [InlineData(8, false)]
        [InlineData(7, false)]
        [InlineData(6, false)]
        [InlineData(5, false)]
        [InlineData(4, false)] // AFF
        [InlineData(3, false)] // CVRF
        [InlineData(2, false)] // OVF
        [InlineData(1, true)] // APOL
        [InlineData(0, true)] // LEN
        public void Start_finds_an_alert_that_stayed_on_but_minds_no_flag(int bit, bool refused)
        {
            var bus = new ScriptedBus(new StepClock());
            string[] script = Script(DefaultWord, "0800");
            script[7] = "R 06 " + (1 << bit).ToString("X4");
            bus.Expect(script);
            var chip = new Ina226(bus);
            if (refused)
            {
                AssertFault(Assert.Throws<SensorException>(() => Start(chip)), SensorFault.NotConfigured, 0x06, 1 << bit, 0);
            }
            else
            {
                Start(chip);
            }

            bus.Done();
        }

        [Fact]
        public void Start_refuses_a_weight_before_it_touches_the_bus()
        {
            var bus = new ScriptedBus(new StepClock());
            Assert.Throws<ArgumentOutOfRangeException>(() => new Ina226(bus).Start(
                R100, 0, Ina226Averages.One, Ina226Time.Microseconds140, Ina226Time.Microseconds140, Ina226Mode.Continuous));
            bus.Done();
        }

        [Fact]
        public void Mode_is_the_lowest_field()
        {
            (Ina226 chip, ScriptedBus bus) = Started(mode: Ina226Mode.Triggered, word: "4523");
            bus.Expect("W 00 4523");
            chip.Trigger();
            bus.Expect("W 00 4000");
            chip.Stop();
            bus.Done();
            (chip, bus) = Started();
            bus.Expect("W 00 4000");
            chip.Stop();
            bus.Expect("W 00 4527");
            chip.Trigger();
            bus.Done();
        }

        [Fact]
        public void No_result_yet_is_zero()
        {
            (Ina226 chip, ScriptedBus bus) = Started();
            bus.Expect("R 06 0000", "R 05 0800");
            Assert.Equal(0, chip.TryRead(out int current, out int volts));
            Assert.Equal((0, 0), (current, volts));
            bus.Expect("R 06 FFF7", "R 05 0800"); // every flag but CVRF
            Assert.Equal(0, chip.TryRead(out _, out _));
            bus.Done();
        }

        [Theory]
        [InlineData("03E8", "2580", "03E8", 1000, 9600, false)] // 2.5 mV, 12 V, 25 mA
        [InlineData("FC18", "0000", "FC18", -1000, 0, false)] // negative: two's complement, not minus the bits
        [InlineData("FFFF", "0001", "FFFF", -1, 1, false)]
        [InlineData("7FFE", "7FFF", "7FFE", 32766, 32767, false)]
        [InlineData("7FFF", "7FFF", "7FFF", 32767, 32767, true)] // +81.9175 mV: the end of the range
        [InlineData("8000", "0320", "8000", -32768, 800, true)] // -81.92 mV
        [InlineData("8001", "0320", "8001", -32767, 800, false)]
        public void A_result_is_shunt_bus_current_then_the_calibration(string shunt, string bus, string current, int amperes, int volts, bool clipped)
        {
            (Ina226 chip, ScriptedBus script) = Started();
            script.Expect("R 06 0008", "R 01 " + shunt, "R 02 " + bus, "R 04 " + current, "R 05 0800");
            Assert.Equal(1, chip.TryRead(out int a, out int v));
            Assert.Equal((amperes, volts), (a, v));
            Assert.Equal(clipped, chip.Clipped);
            Assert.False(chip.Overflow);
            script.Done();
        }

        [Theory]
        [InlineData("000C", true)]
        [InlineData("FFFB", false)]
        public void Overflow_is_told_with_its_result(string flags, bool overflow)
        {
            (Ina226 chip, ScriptedBus bus) = Started();
            bus.Expect("R 06 " + flags, "R 01 0001", "R 02 0001", "R 04 0001", "R 05 0800");
            Assert.Equal(1, chip.TryRead(out _, out _));
            Assert.Equal(overflow, chip.Overflow);
            bus.Done();
        }

        [Fact]
        public void A_calibration_of_zero_is_a_brown_out_not_a_current_of_zero()
        {
            (Ina226 chip, ScriptedBus bus) = Started();
            bus.Expect("R 06 0008", "R 01 03E8", "R 02 2580", "R 04 0000", "R 05 0000");
            int current = 7;
            var error = Assert.Throws<SensorException>(() => chip.TryRead(out current, out _));
            AssertFault(error, SensorFault.BrownOut, 0x05, 0, 0x0800);
            Assert.Equal(0, current);
            bus.Expect("R 06 0000", "R 05 0000"); // shown even while no result is ready
            Assert.Equal(SensorFault.BrownOut, Assert.Throws<SensorException>(() => chip.TryRead(out _, out _)).Fault);
            bus.Done();
        }

        [Fact]
        public void Start_again_forgets_the_flags()
        {
            (Ina226 chip, ScriptedBus bus) = Started();
            bus.Expect("R 06 000C", "R 01 7FFF", "R 02 0001", "R 04 7FFF", "R 05 0800");
            chip.TryRead(out _, out _);
            Assert.True(chip.Clipped && chip.Overflow);
            bus.Expect(Script(DefaultWord, "0800"));
            Start(chip);
            Assert.False(chip.Clipped || chip.Overflow);
            bus.Done();
        }

        [Fact]
        public void Check_tells_what_is_gone()
        {
            (Ina226 chip, ScriptedBus bus) = Started();
            bus.Expect("R FE 5449", "R FF 2260", "R 05 0800", "R 00 4527");
            chip.Check();
            bus.Expect("R FE 5449", "R FF 2260", "R 05 0000");
            AssertFault(Assert.Throws<SensorException>(chip.Check), SensorFault.BrownOut, 0x05, 0, 0x0800);
            bus.Expect("R FE 5449", "R FF 2260", "R 05 0800", "R 00 4127");
            AssertFault(Assert.Throws<SensorException>(chip.Check), SensorFault.NotConfigured, 0x00, 0x4127, 0x4527);
            bus.Expect("R FE FFFF");
            AssertFault(Assert.Throws<SensorException>(chip.Check), SensorFault.WrongIdentity, 0xFE, 0xFFFF, 0x5449);
            bus.Done();
        }

        private static void Start(Ina226 chip) => chip.Start(
            R100, 25, Ina226Averages.Sixteen, Ina226Time.Microseconds1100, Ina226Time.Microseconds1100, Ina226Mode.Continuous);

        private static string[] Script(string word, string calibration) =>
        [
            "R FE 5449", "R FF 2260", "W 05 " + calibration, "W 06 0000", "W 00 " + word,
            "R 05 " + calibration, "R 00 " + word, "R 06 0000",
        ];

        private static (Ina226 Chip, ScriptedBus Bus) Started(
            int shunt = R100,
            int weight = 25,
            Ina226Averages averages = Ina226Averages.Sixteen,
            Ina226Time busTime = Ina226Time.Microseconds1100,
            Ina226Time shuntTime = Ina226Time.Microseconds1100,
            Ina226Mode mode = Ina226Mode.Continuous,
            string word = DefaultWord,
            string calibration = "0800")
        {
            var bus = new ScriptedBus(new StepClock());
            bus.Expect(Script(word, calibration));
            var chip = new Ina226(bus);
            chip.Start(shunt, weight, averages, busTime, shuntTime, mode);
            bus.Done();
            return (chip, bus);
        }

        private static void AssertFault(SensorException error, SensorFault fault, int register, int found, int expected)
        {
            Assert.Equal(("INA226", fault, (byte)register, found, expected), (error.Part, error.Fault, error.Register, error.Found, error.Expected));
        }
    }
}
