using Sensors.Drivers.Tests.Wire;

namespace Sensors.Drivers.Tests
{
    // Exact transactions: raw numbers from the data sheet's register map, none of the driver's constants.
    public partial class Tmp117Tests
    {
        public static TheoryData<Tmp117Cycle, Tmp117Averages, string, int, int> Settings
        {
            get
            {
                // Rows of the data sheet's cycle table, and what each averaging raises the short ones to.
                int[] cycles = [15500, 125000, 250000, 500000, 1000000, 4000000, 8000000, 16000000];
                (Tmp117Averages Averages, int Field, int Shortest, int OneShot)[] averages =
                [
                    (Tmp117Averages.One, 0x00, 15500, 15500), (Tmp117Averages.Eight, 0x20, 125000, 124000),
                    (Tmp117Averages.ThirtyTwo, 0x40, 500000, 496000), (Tmp117Averages.SixtyFour, 0x60, 1000000, 992000),
                ];
                var rows = new TheoryData<Tmp117Cycle, Tmp117Averages, string, int, int>();
                for (int i = 0; i < cycles.Length; i++)
                {
                    foreach ((Tmp117Averages average, int bits, int shortest, int oneShot) in averages)
                    {
                        rows.Add((Tmp117Cycle)(i << 7), average, ((i << 7) | bits).ToString("X4"), System.Math.Max(cycles[i], shortest), oneShot);
                    }
                }

                return rows;
            }
        }

        [Fact]
        public void Constructor_touches_nothing()
        {
            var clock = new StepClock();
            var bus = new ScriptedBus(clock);
            _ = new Tmp117(bus, clock);
            bus.Done();
            Assert.Empty(clock.Waits);
        }

        [Theory]
        [MemberData(nameof(Settings))]
        public void Start_resets_configures_and_reads_back(Tmp117Cycle cycle, Tmp117Averages averages, string word, int microseconds, int oneShot)
        {
            (Tmp117 chip, ScriptedBus bus, StepClock clock) = Started(cycle, averages, word);
            Assert.Equal([2000], clock.Waits); // soft reset
            Assert.Equal(microseconds, chip.CycleMicroseconds);
            Assert.Equal(oneShot, chip.OneShotMicroseconds);
            bus.Done();
        }

        [Fact]
        public void Enum_values_are_the_fields_in_place()
        {
            Assert.Equal(
                [0x0000, 0x0080, 0x0100, 0x0180, 0x0200, 0x0280, 0x0300, 0x0380],
                [(int)Tmp117Cycle.Fastest, (int)Tmp117Cycle.Milliseconds125, (int)Tmp117Cycle.Milliseconds250, (int)Tmp117Cycle.Milliseconds500,
                    (int)Tmp117Cycle.Seconds1, (int)Tmp117Cycle.Seconds4, (int)Tmp117Cycle.Seconds8, (int)Tmp117Cycle.Seconds16]);
            Assert.Equal(
                [0x0000, 0x0020, 0x0040, 0x0060],
                [(int)Tmp117Averages.One, (int)Tmp117Averages.Eight, (int)Tmp117Averages.ThirtyTwo, (int)Tmp117Averages.SixtyFour]);
            Assert.Equal([0x48, 0x4B, 0x0F, 0x0117], [Tmp117.I2cAddress, Tmp117.LastI2cAddress, Tmp117.IdentityRegister, Tmp117.IdentityValue]);
        }

        [Theory]
        [InlineData("1116")] // TMP116
        [InlineData("2117")] // DISAGREE: TMP119, which a mask of 0FFFh would take for a TMP117
        [InlineData("0000")]
        [InlineData("FFFF")]
        [InlineData("0017")]
        public void Start_refuses_another_identity(string id)
        {
            var clock = new StepClock();
            var bus = new ScriptedBus(clock).Expect("R 0F " + id);
            var error = Assert.Throws<SensorException>(() => new Tmp117(bus, clock).Start(Tmp117Cycle.Seconds1, Tmp117Averages.Eight));
            AssertFault(error, SensorFault.WrongIdentity, 0x0F, System.Convert.ToInt32(id, 16), 0x0117);
            bus.Done();
        }

        [Theory]
        [InlineData(0, 0x02, 0x7FFF)]
        [InlineData(1, 0x03, 0x8000)]
        [InlineData(2, 0x07, 0x0000)]
        public void Start_names_the_register_that_did_not_keep_its_value(int index, int register, int expected)
        {
            var clock = new StepClock();
            var bus = new ScriptedBus(clock);
            string[] script = Script("0220");
            script[6 + index] = "R " + register.ToString("X2") + " 6000";
            bus.Expect(script[..(7 + index)]);
            var error = Assert.Throws<SensorException>(() => new Tmp117(bus, clock).Start(Tmp117Cycle.Seconds1, Tmp117Averages.Eight));
            AssertFault(error, SensorFault.NotConfigured, register, 0x6000, expected);
            bus.Done();
        }

        [Fact]
        public void Start_names_the_configuration_that_did_not_keep_its_value()
        {
            var clock = new StepClock();
            var bus = new ScriptedBus(clock);
            string[] script = Script("0060");
            script[9] = "R 01 0220";
            bus.Expect(script);
            var error = Assert.Throws<SensorException>(() => new Tmp117(bus, clock).Start(Tmp117Cycle.Fastest, Tmp117Averages.SixtyFour));
            AssertFault(error, SensorFault.NotConfigured, 0x01, 0x0220, 0x0060);
            bus.Done();
        }

        [Fact]
        public void No_result_yet_is_zero_and_takes_one_transaction()
        {
            (Tmp117 chip, ScriptedBus bus, _) = Started(Tmp117Cycle.Seconds1, Tmp117Averages.Eight, "0220");
            bus.Expect("R 01 0220");
            Assert.Equal(0, chip.TryRead(out int raw));
            Assert.Equal(0, raw);
            bus.Done();
        }

        [Theory]
        [InlineData(Tmp117Cycle.Seconds1, Tmp117Averages.Eight, "0220", "DA23")] // every flag but Data_Ready
        [InlineData(Tmp117Cycle.Seconds16, Tmp117Averages.SixtyFour, "03E0", "DBE3")]
        public void Only_data_ready_tells_of_a_result(Tmp117Cycle cycle, Tmp117Averages averages, string settings, string found)
        {
            (Tmp117 chip, ScriptedBus bus, _) = Started(cycle, averages, settings);
            bus.Expect("R 01 " + found);
            Assert.Equal(0, chip.TryRead(out _));
            bus.Done();
        }

        [Fact]
        public void Minus_256_is_never_a_temperature()
        {
            (Tmp117 chip, ScriptedBus bus, _) = Started(Tmp117Cycle.Seconds1, Tmp117Averages.Eight, "0220");
            bus.Expect("R 01 2220", "R 00 8000");
            Assert.Equal(0, chip.TryRead(out int raw));
            Assert.Equal(0, raw);
            bus.Expect("R 01 2220", "R 00 8001");
            Assert.Equal(1, chip.TryRead(out raw));
            Assert.Equal(-32767, raw);
            bus.Done();
        }

        [Theory]
        [InlineData("F380", -3200, -25000)] // the data sheet's code table
        [InlineData("FFF0", -16, -125)]
        [InlineData("FFFF", -1, -7)]
        [InlineData("0000", 0, 0)]
        [InlineData("0001", 1, 7)]
        [InlineData("0010", 16, 125)]
        [InlineData("0080", 128, 1000)]
        [InlineData("0C80", 3200, 25000)]
        [InlineData("3200", 12800, 100000)]
        [InlineData("4B00", 19200, 150000)]
        [InlineData("7FFF", 32767, 255992)]
        public void Codes_of_the_data_sheet(string code, int digits, int milliCelsius)
        {
            (Tmp117 chip, ScriptedBus bus, _) = Started(Tmp117Cycle.Seconds1, Tmp117Averages.Eight, "0220");
            bus.Expect("R 01 2220", "R 00 " + code);
            Assert.Equal(1, chip.TryRead(out int raw));
            Assert.Equal(digits, raw);
            Assert.Equal(milliCelsius, Tmp117.ToMilliCelsius(raw));
            Assert.Equal(milliCelsius / 1000.0, raw * (double)Tmp117.CelsiusPerDigit, 0.001);
            bus.Done();
        }

        [Fact]
        public void Weight_of_a_digit_is_exact()
        {
            Assert.Equal(0.0078125f, Tmp117.CelsiusPerDigit);
            Assert.Equal(-256000, Tmp117.ToMilliCelsius(-32768));
        }

        [Theory]
        [InlineData(2)] // DR/Alert
        [InlineData(3)] // POL
        [InlineData(4)] // T/nA
        [InlineData(5)] // AVG
        [InlineData(6)]
        [InlineData(7)] // CONV
        [InlineData(8)]
        [InlineData(9)]
        [InlineData(10)] // MOD, lower bit
        public void A_changed_setting_is_a_brown_out(int bit)
        {
            (Tmp117 chip, ScriptedBus bus, _) = Started(Tmp117Cycle.Seconds1, Tmp117Averages.Eight, "0220");
            int found = 0x2220 ^ (1 << bit);
            bus.Expect("R 01 " + found.ToString("X4"));
            var error = Assert.Throws<SensorException>(() => chip.TryRead(out _));
            AssertFault(error, SensorFault.BrownOut, 0x01, found, 0x0220);
            bus.Done();
        }

        [Theory]
        [InlineData(0)] // not used
        [InlineData(1)] // Soft_Reset
        [InlineData(11)] // MOD, upper bit
        [InlineData(12)] // EEPROM_Busy
        [InlineData(14)] // LOW_Alert
        [InlineData(15)] // HIGH_Alert
        public void A_flag_is_not_a_setting(int bit)
        {
            (Tmp117 chip, ScriptedBus bus, _) = Started(Tmp117Cycle.Seconds1, Tmp117Averages.Eight, "0220");
            bus.Expect("R 01 " + (0x2220 ^ (1 << bit)).ToString("X4"), "R 00 0C80");
            Assert.Equal(1, chip.TryRead(out int raw));
            Assert.Equal(3200, raw);
            bus.Done();
        }

        [Fact]
        public void One_shot_keeps_the_averaging_and_ends_shut_down()
        {
            (Tmp117 chip, ScriptedBus bus, _) = Started(Tmp117Cycle.Seconds4, Tmp117Averages.ThirtyTwo, "02C0");
            bus.Expect("W 01 0EC0", "R 01 0EC0", "R 01 26C0", "R 00 0080"); // under way, then done and shut down
            chip.StartOneShot();
            Assert.Equal(0, chip.TryRead(out _));
            Assert.Equal(1, chip.TryRead(out int raw));
            Assert.Equal(128, raw);
            bus.Expect("W 01 0EC0", "R 01 02C0");
            chip.StartOneShot();
            Assert.Equal(SensorFault.BrownOut, Assert.Throws<SensorException>(() => chip.TryRead(out _)).Fault); // converting by itself
            bus.Done();
        }

        [Theory]
        [InlineData(Tmp117Cycle.Fastest, Tmp117Averages.One, "0000", "0400", "0C00")]
        [InlineData(Tmp117Cycle.Seconds16, Tmp117Averages.SixtyFour, "03E0", "07E0", "0FE0")]
        public void Stop_and_one_shot_touch_the_mode_only(Tmp117Cycle cycle, Tmp117Averages averages, string settings, string stopped, string oneShot)
        {
            (Tmp117 chip, ScriptedBus bus, _) = Started(cycle, averages, settings);
            bus.Expect("W 01 " + stopped, "R 01 " + stopped, "W 01 " + oneShot, "R 01 " + stopped);
            chip.Stop();
            Assert.Equal(0, chip.TryRead(out _));
            chip.StartOneShot();
            Assert.Equal(0, chip.TryRead(out _));
            bus.Done();
        }

        [Fact]
        public void Check_reads_identity_and_limit_but_not_the_configuration()
        {
            (Tmp117 chip, ScriptedBus bus, _) = Started(Tmp117Cycle.Seconds1, Tmp117Averages.Eight, "0220");
            bus.Expect("R 0F 0117", "R 02 7FFF"); // reading 01h would take Data_Ready away from the next TryRead
            chip.Check();
            bus.Expect("R 0F 0117", "R 02 6000");
            AssertFault(Assert.Throws<SensorException>(chip.Check), SensorFault.BrownOut, 0x02, 0x6000, 0x7FFF);
            bus.Expect("R 0F 2117");
            AssertFault(Assert.Throws<SensorException>(chip.Check), SensorFault.WrongIdentity, 0x0F, 0x2117, 0x0117);
            bus.Done();
        }

        [Fact]
        public void A_bus_error_passes_through()
        {
            (Tmp117 chip, ScriptedBus bus, _) = Started(Tmp117Cycle.Seconds1, Tmp117Averages.Eight, "0220");
            bus.Expect("R 01 2220", "R 00 !");
            Assert.Equal(0x00, Assert.Throws<BusException>(() => chip.TryRead(out _)).Register);
            bus.Done();
        }

        private static string[] Script(string settings) =>
        [
            "R 0F 0117", "W 01 0002", "W 02 7FFF", "W 03 8000", "W 07 0000", "W 01 " + settings,
            "R 02 7FFF", "R 03 8000", "R 07 0000", "R 01 " + settings,
        ];

        private static (Tmp117 Chip, ScriptedBus Bus, StepClock Clock) Started(Tmp117Cycle cycle, Tmp117Averages averages, string settings)
        {
            var clock = new StepClock();
            var bus = new ScriptedBus(clock);
            bus.Expect(Script(settings));
            var chip = new Tmp117(bus, clock);
            chip.Start(cycle, averages);
            bus.Done();
            return (chip, bus, clock);
        }

        private static void AssertFault(SensorException error, SensorFault fault, int register, int found, int expected)
        {
            Assert.Equal(("TMP117", fault, (byte)register, found, expected), (error.Part, error.Fault, error.Register, error.Found, error.Expected));
        }
    }
}
