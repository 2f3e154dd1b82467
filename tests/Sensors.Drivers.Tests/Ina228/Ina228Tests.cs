using System;
using NanoFramework.Pc;
using Sensors.Boards;
using Sensors.Drivers.Tests.Wire;
using Sensors.VirtualBoard;

namespace Sensors.Drivers.Tests
{
    /// <summary>The INA228 driver on scripted transactions (raw numbers of the data sheet) and against the virtual chip.</summary>
    public partial class Ina228Tests
    {
        private const int Shunt = 16_200; // of the data sheet's example: 10 A, SHUNT_CAL 4050 (0FD2h)
        private const string Adc = "B580"; // continuous shunt and bus, bus 150 us (2), shunt 2074 us (6)

        [Fact]
        public void Constructor_touches_nothing()
        {
            var bus = new ScriptedBus(new StepClock());
            _ = new Ina228(bus);
            Assert.Throws<ArgumentNullException>(() => new Ina228(null!));
            bus.Done();
        }

        [Theory]
        [InlineData(16_200, 10_000, Ina228Range.Millivolts164, 4050)] // section 8.2: 13107.2e6 x 10 A / 2^19 x 16.2 mohm
        [InlineData(16_200, 2_500, Ina228Range.Millivolts41, 4050)] // four times for a quarter of the current
        [InlineData(10_000, 16_384, Ina228Range.Millivolts164, 4096)]
        [InlineData(10_000, 4_096, Ina228Range.Millivolts41, 4096)]
        [InlineData(40_000, 1, Ina228Range.Millivolts164, 1)]
        [InlineData(40_000, 32_767, Ina228Range.Millivolts164, 32767)]
        [InlineData(79_999, 1, Ina228Range.Millivolts164, 1)]
        [InlineData(1, 40_000, Ina228Range.Millivolts164, 1)]
        [InlineData(100_000, 3_000, Ina228Range.Millivolts41, 30000)]
        public void Calibration_is_25000_times_amperes_times_ohms(int shunt, int milliAmperes, Ina228Range range, int expected)
        {
            Assert.Equal(expected, Ina228.Calibration(shunt, milliAmperes, range));
        }

        [Theory]
        [InlineData(39_999, 1, "largestMilliAmperes")]
        [InlineData(40_000, 32_768, "largestMilliAmperes")]
        [InlineData(0, 1, "shuntMicroOhms")]
        [InlineData(1, 0, "shuntMicroOhms")]
        public void A_current_that_does_not_fit_is_refused(int shunt, int milliAmperes, string name)
        {
            Assert.Throws<ArgumentOutOfRangeException>(name, () => Ina228.Calibration(shunt, milliAmperes, Ina228Range.Millivolts164));
        }

        [Theory]
        [InlineData(10_000, Ina228Range.Millivolts164, 16_384)]
        [InlineData(15_000, Ina228Range.Millivolts164, 10_923)] // 10922.7
        [InlineData(10_000, Ina228Range.Millivolts41, 4_096)]
        [InlineData(2_001, Ina228Range.Millivolts41, 20_470)]
        [InlineData(12_801, Ina228Range.Millivolts164, 12_800)] // 12799.00008
        [InlineData(2_997, Ina228Range.Millivolts41, 13_668)] // 13667.0003
        public void Full_scale_is_the_range_over_the_shunt(int shunt, Ina228Range range, int expected)
        {
            Assert.Equal(expected, Ina228.FullScaleMilliAmperes(shunt, range));
            Assert.InRange(Ina228.Calibration(shunt, expected, range), 4096, 4098); // 4096 and more: CURRENT is never above VSHUNT
        }

        // Zephyr's driver gives 312.5 microvolts a digit, a thousand times too much.
        [Theory]
        [InlineData(311_040, Ina228Range.Millivolts164, 97_200_000)] // 97.2 mV
        [InlineData(-311_040, Ina228Range.Millivolts164, -97_200_000)]
        [InlineData(2, Ina228Range.Millivolts164, 625)]
        [InlineData(8, Ina228Range.Millivolts41, 625)]
        [InlineData(524_287, Ina228Range.Millivolts164, 163_839_687)]
        [InlineData(-524_288, Ina228Range.Millivolts41, -40_960_000)]
        public void The_shunt_voltage_is_in_nanovolts_not_a_thousand_times_that(int raw, Ina228Range range, int nanovolts)
        {
            Assert.Equal(nanovolts, Ina228.ToNanovolts(raw, range));
        }

        [Fact]
        public void Start_writes_and_reads_back_in_order()
        {
            (Ina228 chip, _) = Started();
            Assert.Equal(10f / 524288f, chip.AmperesPerDigit, 1e-11f);
            Assert.Equal(61.035156e-6f, chip.WattsPerDigit, 1e-11f);
            Assert.Equal(976.5625e-6f, chip.JoulesPerDigit, 1e-9f);
            Assert.Equal(chip.AmperesPerDigit, chip.CoulombsPerDigit);
            Assert.Equal(150 + 2074, chip.UpdateMicroseconds);
        }

        [Fact]
        public void The_small_range_has_its_bit_its_weight_and_keeps_both()
        {
            (Ina228 chip, ScriptedBus bus) = Started(Ina228Range.Millivolts41, largest: 2_500, config: "0010", reset: "4010");
            Assert.Equal(2.5f / 524288f, chip.AmperesPerDigit, 1e-12f);
            bus.Expect("W 00 4010");
            chip.ResetAccumulators();
            bus.Done();
        }

        [Theory]
        [InlineData(0, 50)]
        [InlineData(1, 84)]
        [InlineData(2, 150)]
        [InlineData(3, 280)]
        [InlineData(4, 540)]
        [InlineData(5, 1052)]
        [InlineData(6, 2074)]
        [InlineData(7, 4120)]
        public void Each_time_has_its_code(int code, int microseconds)
        {
            string word = (0xB000 | (code << 9) | (1 << 6)).ToString("X4");
            (Ina228 chip, _) = Started(busTime: (Ina228Time)code, shuntTime: Ina228Time.Microseconds84, adc: word);
            Assert.Equal(microseconds + 84, chip.UpdateMicroseconds);
            word = (0xF000 | (3 << 9) | (code << 6)).ToString("X4");
            (chip, _) = Started(busTime: Ina228Time.Microseconds280, shuntTime: (Ina228Time)code, mode: Ina228Mode.ContinuousWithTemperature, adc: word);
            Assert.Equal(microseconds + 280 + 50, chip.UpdateMicroseconds);
        }

        [Theory]
        [InlineData(0, 1)]
        [InlineData(1, 4)]
        [InlineData(2, 16)]
        [InlineData(3, 64)]
        [InlineData(4, 128)]
        [InlineData(5, 256)]
        [InlineData(6, 512)]
        [InlineData(7, 1024)]
        public void Each_averaging_has_its_code(int code, int count)
        {
            (Ina228 chip, _) = Started(averages: (Ina228Averages)code, mode: Ina228Mode.Triggered, adc: (0x3580 | code).ToString("X4"));
            Assert.Equal(count * 2224, chip.UpdateMicroseconds);
        }

        [Theory]
        [InlineData("2280")]
        [InlineData("2281")]
        [InlineData("228F")]
        public void Any_revision_of_the_silicon_will_do(string device)
        {
            string[] script = Script();
            script[1] = "R 3F " + device;
            var bus = new ScriptedBus(new StepClock());
            bus.Expect(script);
            Start(new Ina228(bus));
            bus.Done();
        }

        [Theory]
        [InlineData(1, "R 3E 5448", 0x3E, SensorFault.WrongIdentity, 0x5449)]
        [InlineData(2, "R 3F 2381", 0x3F, SensorFault.WrongIdentity, 0x2280)] // INA238
        [InlineData(2, "R 3F 2291", 0x3F, SensorFault.WrongIdentity, 0x2280)] // INA229
        [InlineData(2, "R 3F A281", 0x3F, SensorFault.WrongIdentity, 0x2280)]
        [InlineData(8, "R 02 1000", 0x02, SensorFault.NotConfigured, 4050)]
        [InlineData(9, "R 0D 8000", 0x0D, SensorFault.NotConfigured, 0x8001)]
        [InlineData(10, "R 00 0020", 0x00, SensorFault.NotConfigured, 0)] // TEMPCOMP
        [InlineData(11, "R 01 FB68", 0x01, SensorFault.NotConfigured, 0xB580)]
        [InlineData(12, "R 0B 0001", 0x0B, SensorFault.NotConfigured, 0x8000)]
        [InlineData(12, "R 0B C001", 0x0B, SensorFault.NotConfigured, 0x8000)] // CNVR
        [InlineData(12, "R 0B A001", 0x0B, SensorFault.NotConfigured, 0x8000)] // SLOWALERT
        [InlineData(12, "R 0B 9001", 0x0B, SensorFault.NotConfigured, 0x8000)] // APOL
        public void Start_names_what_is_wrong(int at, string line, int register, SensorFault fault, int expected)
        {
            string[] script = Script();
            script[at - 1] = line;
            var bus = new ScriptedBus(new StepClock());
            bus.Expect(script[..at]);
            var error = Assert.Throws<SensorException>(() => Start(new Ina228(bus)));
            Assert.Equal(("INA228", fault, (byte)register, expected), (error.Part, error.Fault, error.Register, error.Expected));
            bus.Done();
        }

        [Theory] // the data sheet's table 8-4: 311040, 245760, 314572, and negatives in two's complement
        [InlineData("4BF000", "3C0000", "4CCCC0", 314_572, 245_760, false)]
        [InlineData("B41000", "3C0000", "B33340", -314_572, 245_760, false)]
        [InlineData("FFFFF0", "000010", "FFFFF0", -1, 1, false)]
        [InlineData("00000F", "00000F", "00000F", 0, 0, false)] // the low four bits are none
        [InlineData("7FFFF0", "000000", "7FFFF0", 524_287, 0, true)]
        [InlineData("800000", "7FFFF0", "800000", -524_288, 524_287, true)]
        [InlineData("7FFFE0", "000000", "7FFFE0", 524_286, 0, false)]
        [InlineData("800010", "000000", "800010", -524_287, 0, false)]
        public void A_result_is_20_bits_in_the_upper_part_of_24(string shunt, string bus, string current, int amperes, int volts, bool clipped)
        {
            (Ina228 chip, ScriptedBus script) = Started();
            script.Expect("R 0B 8003", "R 04 " + shunt, "R 05 " + bus, "R 07 " + current, "R 0D 8001");
            Assert.Equal(1, chip.TryRead(out int a, out int v));
            Assert.Equal((amperes, volts), (a, v));
            Assert.Equal(clipped, chip.Clipped);
            Assert.False(chip.Overflow || chip.EnergyOverflow || chip.ChargeOverflow);
            script.Done();
        }

        [Theory]
        [InlineData("8203", true, false, false)]
        [InlineData("8803", false, true, false)]
        [InlineData("8403", false, false, true)]
        [InlineData("81FF", false, false, false)]
        public void Each_overflow_has_its_flag(string flags, bool math, bool energy, bool charge)
        {
            (Ina228 chip, ScriptedBus bus) = Started();
            bus.Expect("R 0B " + flags, "R 04 000000", "R 05 000000", "R 07 000000", "R 0D 8001");
            Assert.Equal(1, chip.TryRead(out _, out _));
            Assert.Equal((math, energy, charge), (chip.Overflow, chip.EnergyOverflow, chip.ChargeOverflow));
            bus.Done();
        }

        [Fact]
        public void No_result_yet_is_zero_and_lost_settings_are_a_brown_out()
        {
            (Ina228 chip, ScriptedBus bus) = Started();
            bus.Expect("R 0B 8FFD");
            Assert.Equal(0, chip.TryRead(out int current, out int volts));
            Assert.Equal((0, 0), (current, volts));
            bus.Expect("R 0B 0003"); // reset: no latch
            Assert.Equal(SensorFault.BrownOut, Assert.Throws<SensorException>(() => chip.TryRead(out _, out _)).Fault);
            bus.Expect("R 0B 8003", "R 04 000000", "R 05 000000", "R 07 000000", "R 0D 8000"); // reset in between
            current = 7;
            Assert.Equal(SensorFault.BrownOut, Assert.Throws<SensorException>(() => chip.TryRead(out current, out _)).Fault);
            Assert.Equal(0, current);
            bus.Done();
        }

        [Fact]
        public void Energy_charge_power_temperature_and_shunt_have_their_widths()
        {
            (Ina228 chip, ScriptedBus bus) = Started();
            bus.Expect("R 08 480000", "R 0D 8001"); // 4,718,592 of table 8-4's 4,718,604
            Assert.Equal(0x480000, chip.ReadPower());
            bus.Expect("R 08 FFFFFF", "R 0D 8001");
            Assert.Equal(16_777_215, chip.ReadPower());
            bus.Expect("R 09 003F480000", "R 0D 8001");
            Assert.Equal(1_061_683_200, chip.ReadEnergy()); // table 8-4: 1,036,800 J
            Assert.Equal(1_036_800, 1_061_683_200 * (double)chip.JoulesPerDigit, 0.5);
            bus.Expect("R 09 FFFFFFFFFF", "R 0D 8001");
            Assert.Equal(1_099_511_627_775, chip.ReadEnergy());
            bus.Expect("R 0A 00437FFFC0", "R 0D 8001");
            Assert.Equal(0x437FFFC0, chip.ReadCharge());
            bus.Expect("R 0A FFFFFFFFFF", "R 0D 8001");
            Assert.Equal(-1, chip.ReadCharge());
            bus.Expect("R 0A 8000000000", "R 0D 8001");
            Assert.Equal(-549_755_813_888, chip.ReadCharge());
            bus.Expect("R 06 0C80", "R 0D 8001");
            Assert.Equal(3200, chip.ReadTemperature()); // 25 degrees
            Assert.Equal(25f, 3200 * Ina228.CelsiusPerDigit);
            bus.Expect("R 06 FF80", "R 0D 8001");
            Assert.Equal(-128, chip.ReadTemperature());
            bus.Expect("R 04 B41000", "R 0D 8001");
            Assert.Equal(-311_040, chip.ReadShunt());
            bus.Done();
        }

        // Zephyr counts 16 x Current_LSB a digit of charge; the data sheet's table 8-4 has 1,132,462,080 digits for 21,600 C at 19.07 uA.
        [Fact]
        public void A_digit_of_charge_is_a_digit_of_current_and_not_16_of_them()
        {
            (Ina228 chip, _) = Started();
            Assert.Equal(21_600, 1_132_462_080 * (double)chip.CoulombsPerDigit, 0.01);
        }

        // Zephyr writes CONFIG = 4000h after each fetch of energy or charge, which clears ADCRANGE.
        [Fact]
        public void Reading_energy_and_charge_writes_nothing()
        {
            (Ina228 chip, ScriptedBus bus) = Started(Ina228Range.Millivolts41, largest: 2_500, config: "0010", reset: "4010");
            bus.Expect("R 09 0000000001", "R 0D 8001", "R 0A 0000000001", "R 0D 8001", "R 3E 5449", "R 3F 2281", "R 0D 8001", "R 02 0FD2", "R 00 0010", "R 01 " + Adc);
            chip.ReadEnergy();
            chip.ReadCharge();
            chip.Check();
            bus.Done();
        }

        [Theory]
        [InlineData("R 0D 8000", 3, SensorFault.BrownOut)]
        [InlineData("R 02 1000", 4, SensorFault.NotConfigured)]
        [InlineData("R 00 0010", 5, SensorFault.NotConfigured)]
        [InlineData("R 01 FB68", 6, SensorFault.NotConfigured)]
        public void Check_tells_what_is_gone(string line, int at, SensorFault fault)
        {
            (Ina228 chip, ScriptedBus bus) = Started();
            string[] script = ["R 3E 5449", "R 3F 2281", "R 0D 8001", "R 02 0FD2", "R 00 0000", "R 01 " + Adc];
            script[at - 1] = line;
            bus.Expect(script[..at]);
            Assert.Equal(fault, Assert.Throws<SensorException>(chip.Check).Fault);
            bus.Done();
        }

        [Fact]
        public void Every_extra_register_notices_a_brown_out()
        {
            (Ina228 chip, ScriptedBus bus) = Started();
            bus.Expect("R 09 0000000000", "R 0D 8000", "R 0A 0000000000", "R 0D 8000", "R 08 000000", "R 0D 8000", "R 06 0000", "R 0D 8000", "R 04 000000", "R 0D 8000");
            Assert.Equal(SensorFault.BrownOut, Assert.Throws<SensorException>(() => chip.ReadEnergy()).Fault);
            Assert.Equal(SensorFault.BrownOut, Assert.Throws<SensorException>(() => chip.ReadCharge()).Fault);
            Assert.Equal(SensorFault.BrownOut, Assert.Throws<SensorException>(() => chip.ReadPower()).Fault);
            Assert.Equal(SensorFault.BrownOut, Assert.Throws<SensorException>(() => chip.ReadTemperature()).Fault);
            Assert.Equal(SensorFault.BrownOut, Assert.Throws<SensorException>(() => chip.ReadShunt()).Fault);
            bus.Expect("W 01 " + Adc);
            chip.Trigger();
            bus.Expect("W 01 0000");
            chip.Stop();
            bus.Done();
        }

        [Fact]
        public void Start_again_forgets_the_flags()
        {
            (Ina228 chip, ScriptedBus bus) = Started();
            bus.Expect("R 0B 8E03", "R 04 7FFFF0", "R 05 000000", "R 07 7FFFF0", "R 0D 8001");
            chip.TryRead(out _, out _);
            Assert.True(chip.Clipped && chip.Overflow && chip.EnergyOverflow && chip.ChargeOverflow);
            bus.Expect(Script());
            Start(chip);
            Assert.False(chip.Clipped || chip.Overflow || chip.EnergyOverflow || chip.ChargeOverflow);
            bus.Done();
        }

        [Fact]
        public void Enum_values_and_constants_are_the_data_sheets()
        {
            Assert.Equal([0x40, 0x4F, 0x3E, 0x5449], [Ina228.I2cAddress, Ina228.LastI2cAddress, Ina228.IdentityRegister, Ina228.IdentityValue]);
            Assert.Equal(195.3125e-6f, Ina228.VoltsPerDigit);
            Assert.Equal(7.8125e-3f, Ina228.CelsiusPerDigit);
            Assert.Equal([0, 0x10], Array.ConvertAll(Enum.GetValues<Ina228Range>(), range => (int)range));
            Assert.Equal([0x3000, 0xB000, 0xF000], Array.ConvertAll(Enum.GetValues<Ina228Mode>(), mode => (int)mode));
            Assert.Equal([0, 1, 2, 3, 4, 5, 6, 7], Array.ConvertAll(Enum.GetValues<Ina228Time>(), time => (int)time));
            Assert.Equal([0, 1, 2, 3, 4, 5, 6, 7], Array.ConvertAll(Enum.GetValues<Ina228Averages>(), averages => (int)averages));
        }

        [Theory]
        [InlineData(6.0, 48.0, Ina228Range.Millivolts164)]
        [InlineData(-2.4, 12.0, Ina228Range.Millivolts41)]
        public void Reads_what_the_shunt_carries(double amperes, double volts, Ina228Range range)
        {
            using var board = new VirtualEsp32();
            PcBoard.Enter(board);
            var source = new ConstantSource { Amperes = amperes, Volts = volts };
            var part = new VirtualIna228(board.Time, source, 1, options: new Ina228Options { NoiseMicrovolts = 0, ShuntOhms = 0.0162 });
            board.WireI2c(1, 0x45, part);
            var chip = new Ina228(new Esp32DevKitC().OpenI2c(1, 0x45));
            chip.Start(Shunt, Ina228.FullScaleMilliAmperes(Shunt, range), range, Ina228Averages.One, Ina228Time.Microseconds150, Ina228Time.Microseconds2074, Ina228Mode.ContinuousWithTemperature);
            Assert.Equal(0, chip.TryRead(out _, out _));
            board.Time.Advance(2_400_000);
            Assert.Equal(1, chip.TryRead(out int current, out int bus));
            Assert.Equal(0, chip.TryRead(out _, out _));
            Assert.Equal(amperes, current * (double)chip.AmperesPerDigit, 4e-5);
            Assert.Equal(volts, bus * (double)Ina228.VoltsPerDigit, 1e-4);
            Assert.Equal(amperes * 0.0162, Ina228.ToNanovolts(chip.ReadShunt(), range) * 1e-9, 4e-7);
            Assert.Equal(Math.Abs(amperes * volts), chip.ReadPower() * (double)chip.WattsPerDigit, 0.005);
            Assert.Equal(25, chip.ReadTemperature() * (double)Ina228.CelsiusPerDigit);
            chip.ResetAccumulators();
            board.Time.Advance(10_000_000_000);
            Assert.Equal(Math.Abs(amperes * volts) * 10, chip.ReadEnergy() * (double)chip.JoulesPerDigit, Math.Abs(amperes * volts) * 0.01);
            Assert.Equal(amperes * 10, chip.ReadCharge() * (double)chip.CoulombsPerDigit, Math.Abs(amperes) * 0.01);
            chip.Check();
            part.PresetEnergy((1L << 40) - 1);
            part.PresetCharge(amperes > 0 ? (1L << 39) - 1 : -(1L << 39));
            board.Time.Advance(100_000_000);
            Assert.Equal(1, chip.TryRead(out _, out _));
            Assert.True(chip.EnergyOverflow && chip.ChargeOverflow);
            chip.ReadEnergy();
            chip.ReadCharge();
            board.Time.Advance(3_000_000);
            Assert.Equal(1, chip.TryRead(out _, out _));
            Assert.False(chip.EnergyOverflow || chip.ChargeOverflow);
            source.Amperes = 100;
            board.Time.Advance(6_000_000);
            chip.TryRead(out _, out _);
            Assert.True(chip.Clipped);
            part.BrownOut();
            Assert.Equal(SensorFault.BrownOut, Assert.Throws<SensorException>(() => chip.TryRead(out _, out _)).Fault);
            Assert.Equal(SensorFault.BrownOut, Assert.Throws<SensorException>(chip.Check).Fault);
            part.Faults.WrongIdentity = -1;
            Assert.Equal(SensorFault.WrongIdentity, Assert.Throws<SensorException>(chip.Check).Fault);
            Assert.Equal(0, part.Violations.Count + part.Strays.Count);
        }

        [Fact]
        public void A_thousand_reads_allocate_nothing()
        {
            using var board = new VirtualEsp32();
            PcBoard.Enter(board);
            board.WireI2c(1, 0x40, new VirtualIna228(board.Time, new ConstantSource { Amperes = 1 }, 1));
            var chip = new Ina228(new Esp32DevKitC().OpenI2c(1, 0x40));
            Start(chip);
            int results = 0;
            long before = 0;
            for (int i = 0; i < 1010; i++)
            {
                before = i == 10 ? GC.GetAllocatedBytesForCurrentThread() : before;
                board.Time.Advance(2_400_000);
                results += chip.TryRead(out _, out _);
                chip.ReadEnergy();
            }

            Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
            Assert.Equal(1010, results);
        }

        private static void Start(Ina228 chip) => chip.Start(
            Shunt, 10_000, Ina228Range.Millivolts164, Ina228Averages.One, Ina228Time.Microseconds150, Ina228Time.Microseconds2074, Ina228Mode.Continuous);

        private static string[] Script(string adc = Adc, string config = "0000", string reset = "4000") =>
        [
            "R 3E 5449", "R 3F 2281", "W 02 0FD2", "W 0D 8001", "W 0B 8000", "W 00 " + reset, "W 01 " + adc,
            "R 02 0FD2", "R 0D 8001", "R 00 " + config, "R 01 " + adc, "R 0B 8001",
        ];

        private static (Ina228 Chip, ScriptedBus Bus) Started(
            Ina228Range range = Ina228Range.Millivolts164,
            Ina228Averages averages = Ina228Averages.One,
            Ina228Time busTime = Ina228Time.Microseconds150,
            Ina228Time shuntTime = Ina228Time.Microseconds2074,
            Ina228Mode mode = Ina228Mode.Continuous,
            int largest = 10_000,
            string adc = Adc,
            string config = "0000",
            string reset = "4000")
        {
            var bus = new ScriptedBus(new StepClock());
            bus.Expect(Script(adc, config, reset));
            var chip = new Ina228(bus);
            chip.Start(Shunt, largest, range, averages, busTime, shuntTime, mode);
            bus.Done();
            return (chip, bus);
        }
    }
}
