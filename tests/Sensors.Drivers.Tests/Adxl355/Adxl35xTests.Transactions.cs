using System;
using System.Collections.Generic;
using System.Linq;
using Sensors.Drivers.Tests.Wire;

namespace Sensors.Drivers.Tests
{
    // Exact transactions: raw numbers from the data sheet's register map, none of the driver's constants.
    public partial class Adxl35xTests
    {
        private const string Identity = "AD1DED01";
        private const string Trim = "1122334455";
        private const string Nothing = "R 00 " + Identity + "0000";

        public static TheoryData<Adxl35xRate, string, float, int> Rates => new()
        {
            { Adxl35xRate.Hz4000, "00", 4000, 10_000 },
            { Adxl35xRate.Hz2000, "01", 2000, 10_000 },
            { Adxl35xRate.Hz1000, "02", 1000, 10_000 },
            { Adxl35xRate.Hz500, "03", 500, 10_000 },
            { Adxl35xRate.Hz250, "04", 250, 20_000 }, // five periods are longer than the turn-on time
            { Adxl35xRate.Hz125, "05", 125, 40_000 },
            { Adxl35xRate.Hz62_5, "06", 62.5f, 80_000 },
            { Adxl35xRate.Hz31_25, "07", 31.25f, 160_000 },
            { Adxl35xRate.Hz15_625, "08", 15.625f, 320_000 },
            { Adxl35xRate.Hz7_8125, "09", 7.8125f, 640_000 },
            { Adxl35xRate.Hz3_90625, "0A", 3.90625f, 1_280_000 },
        };

        [Fact]
        public void Constructor_touches_nothing()
        {
            var clock = new StepClock();
            var bus = new ScriptedBus(clock);
            _ = new Adxl355(bus, clock);
            bus.Done();
            Assert.Empty(clock.Waits);
        }

        [Fact]
        public void Start_checks_resets_configures_in_standby_measures_reads_back_settles_and_empties()
        {
            var clock = new StepClock();
            var bus = new ScriptedBus(clock);
            bus.Expect(Script("03", "83"));
            var chip = new Adxl355(bus, clock);
            chip.Start(Adxl355Range.G8, Adxl35xRate.Hz500);
            bus.Done();
            Assert.Equal([10_000, 1000, 10_000], clock.Waits); // power-up, a look at NVM_BUSY, turn-on
            Assert.Equal(1, chip.Revision);
            Assert.Equal(32, chip.Depth);
            Assert.Equal((1f / 64_000, 1f / 4000), (chip.FineGPerDigit, chip.GPerDigit));
            Assert.Equal((32_767, -32_768), (chip.ClipHigh, chip.ClipLow));
        }

        [Theory]
        [MemberData(nameof(Rates))]
        public void Each_rate_has_its_code_its_hertz_and_its_settling(Adxl35xRate rate, string code, float hertz, int settling)
        {
            (Adxl355 chip, _, StepClock clock) = Started(rate, code);
            Assert.Equal(hertz, chip.NominalHertz);
            Assert.Equal(settling, clock.Waits[^1]);
        }

        [Fact]
        public void Profile_is_mode_0_at_10_MHz_with_the_address_shifted_and_a_full_fifo_in_a_burst()
        {
            Assert.Equal(System.Device.Spi.SpiMode.Mode0, Adxl35x.Spi.Mode);
            Assert.Equal(10_000_000, Adxl35x.Spi.ClockHz);
            Assert.Equal(0x01, Adxl35x.Spi.ReadFlag);
            Assert.Equal(0x00, Adxl35x.Spi.BurstFlag);
            Assert.Equal(1, Adxl35x.Spi.AddressShift);
            Assert.Equal(288, Adxl35x.Spi.LargestBurst);
        }

        [Theory]
        [InlineData("00000000", SensorFault.NoAnswer, 0x00, 0x00, 0xAD)] // nobody drives MISO: pulled low
        [InlineData("FFFFFFFF", SensorFault.NoAnswer, 0x00, 0xFF, 0xAD)] // pulled high
        [InlineData("E5000000", SensorFault.WrongIdentity, 0x00, 0xE5, 0xAD)] // an ADXL345
        [InlineData("AC1DED01", SensorFault.WrongIdentity, 0x00, 0xAC, 0xAD)]
        [InlineData("AD1CED01", SensorFault.WrongIdentity, 0x01, 0x1C, 0x1D)]
        [InlineData("AD1DE901", SensorFault.WrongIdentity, 0x02, 0xE9, 0xED)] // an ADXL359
        [InlineData("AD1DFA01", SensorFault.WrongIdentity, 0x02, 0xFA, 0xED)] // an ADXL372
        [InlineData("AD1D0001", SensorFault.NoAnswer, 0x02, 0x00, 0xED)]
        public void Start_refuses_another_identity(string bytes, SensorFault fault, int register, int found, int expected)
        {
            var clock = new StepClock();
            var bus = new ScriptedBus(clock).Expect("R 00 " + bytes);
            var error = Assert.Throws<SensorException>(() => new Adxl355(bus, clock).Start(Adxl355Range.G2, Adxl35xRate.Hz500));
            AssertFault(error, fault, register, found, expected);
            bus.Done();
        }

        [Fact]
        public void Any_mask_revision_is_welcome()
        {
            string[] script = Script("00", "81");
            script[0] = "R 00 AD1DED07";
            var clock = new StepClock();
            var bus = new ScriptedBus(clock).Expect(script);
            var chip = new Adxl355(bus, clock);
            chip.Start(Adxl355Range.G2, Adxl35xRate.Hz4000);
            Assert.Equal(7, chip.Revision);
        }

        [Theory]
        [InlineData("FF")] // what SPI reads while the memory loads
        [InlineData("10")] // NVM_BUSY alone
        [InlineData("!")]  // I2C: no acknowledge
        public void A_reset_is_awaited_however_the_chip_shows_it(string answer)
        {
            var clock = new StepClock();
            var bus = new ScriptedBus(clock);
            bus.Expect("R 00 " + Identity, "R 50 " + Trim, "W 2F 52");
            bus.Expect("R 04 " + answer, "R 04 " + answer, "R 04 EF"); // every bit but NVM_BUSY
            bus.Expect(Script("00", "81")[4..]);
            new Adxl355(bus, clock).Start(Adxl355Range.G2, Adxl35xRate.Hz4000);
            bus.Done();
            Assert.Equal([10_000, 1000, 1000, 1000, 10_000], clock.Waits);
        }

        [Theory]
        [InlineData("10", 0x10)]
        [InlineData("!", 0xFF)]
        public void A_reset_that_never_ends_is_no_answer_after_100_ms(string answer, int found)
        {
            var clock = new StepClock();
            var bus = new ScriptedBus(clock).Expect("R 00 " + Identity, "R 50 " + Trim, "W 2F 52");
            bus.Expect(Enumerable.Repeat("R 04 " + answer, 100).ToArray());
            var error = Assert.Throws<SensorException>(() => new Adxl355(bus, clock).Start(Adxl355Range.G2, Adxl35xRate.Hz4000));
            AssertFault(error, SensorFault.NoAnswer, 0x04, found, 0);
            bus.Done();
        }

        [Theory]
        [InlineData(1, "0122334455")]
        [InlineData(1, "1122334454")] // the last of the five
        [InlineData(1, "1120334455")]
        [InlineData(4, "FF22334455")]
        public void A_reset_that_spoils_the_trim_is_repeated(int times, string spoiled)
        {
            var clock = new StepClock();
            var bus = new ScriptedBus(clock).Expect("R 00 " + Identity, "R 50 " + Trim);
            for (int i = 0; i < times; i++)
            {
                bus.Expect("W 2F 52", "R 04 00", "R 2D 01", "R 50 " + spoiled);
            }

            bus.Expect(Script("00", "81")[2..]);
            new Adxl355(bus, clock).Start(Adxl355Range.G2, Adxl35xRate.Hz4000);
            bus.Done();
        }

        [Theory]
        [InlineData("00")] // still measuring
        [InlineData("FF")] // still loading
        [InlineData("03")]
        public void A_reset_that_the_chip_missed_is_repeated(string power)
        {
            var clock = new StepClock();
            var bus = new ScriptedBus(clock).Expect("R 00 " + Identity, "R 50 " + Trim);
            bus.Expect("W 2F 52", "R 04 00", "R 2D " + power).Expect(Script("00", "81")[2..]);
            new Adxl355(bus, clock).Start(Adxl355Range.G2, Adxl35xRate.Hz4000);
            bus.Done();
        }

        [Theory]
        [InlineData("000000000000", 96, 1)]
        [InlineData("FFFFFFFFFFFF", 96, 1)]
        [InlineData("!", 96, 1)]
        [InlineData("000000000000", 95, 0)] // nothing was dropped: there is room
        public void A_look_that_failed_may_have_cleared_the_overrun_flag_of_a_full_fifo(string failed, int words, int overruns)
        {
            (Adxl355 chip, ScriptedBus bus, _) = Started();
            bus.Expect("R 00 " + failed, Has(words), Has(96));
            Assert.Throws<BusException>(() => chip.ReadFifo(new short[3], 0, 0));
            Assert.Equal(0, chip.ReadFifo(new short[3], 0, 0));
            Assert.Equal((overruns, overruns), (chip.Overruns, chip.Lost));
            chip.ReadFifo(new short[3], 0, 0); // told once: the flag was seen
            Assert.Equal(overruns, chip.Overruns);
            bus.Done();
        }

        [Fact]
        public void Five_spoiled_resets_are_a_fault()
        {
            var clock = new StepClock();
            var bus = new ScriptedBus(clock).Expect("R 00 " + Identity, "R 50 " + Trim);
            for (int i = 0; i < 5; i++)
            {
                bus.Expect("W 2F 52", "R 04 00", "R 2D 01", "R 50 0322334455");
            }

            var error = Assert.Throws<SensorException>(() => new Adxl355(bus, clock).Start(Adxl355Range.G2, Adxl35xRate.Hz4000));
            AssertFault(error, SensorFault.NotConfigured, 0x50, 0x03, 0x11);
            bus.Done();
        }

        [Fact]
        public void Start_names_the_register_that_did_not_keep_its_value()
        {
            byte[] settings = Convert.FromHexString(Settings("00", "82", "00"));
            for (int i = 0; i < settings.Length; i++)
            {
                if (i == 0x2D - 0x1E)
                {
                    continue; // standby is another story
                }

                byte[] found = (byte[])settings.Clone();
                found[i] ^= 0x04;
                string[] script = Script("00", "82");
                script[^2] = "R 1E " + Convert.ToHexString(found);
                var clock = new StepClock();
                var bus = new ScriptedBus(clock).Expect(script[..^1]);
                var error = Assert.Throws<SensorException>(() => new Adxl355(bus, clock).Start(Adxl355Range.G4, Adxl35xRate.Hz4000));
                AssertFault(error, SensorFault.NotConfigured, 0x1E + i, found[i], settings[i]);
                bus.Done();
            }
        }

        [Fact]
        public void Start_names_a_chip_that_stays_in_standby()
        {
            string[] script = Script("00", "81");
            script[^2] = "R 1E " + Settings("00", "81", "00", "01");
            var clock = new StepClock();
            var bus = new ScriptedBus(clock).Expect(script[..^1]);
            var error = Assert.Throws<SensorException>(() => new Adxl355(bus, clock).Start(Adxl355Range.G2, Adxl35xRate.Hz4000));
            AssertFault(error, SensorFault.NotConfigured, 0x2D, 0x01, 0x00);
        }

        [Fact]
        public void Check_passes_while_settings_stand_and_tells_a_brown_out_from_a_lost_setting()
        {
            (Adxl355 chip, ScriptedBus bus, _) = Started();
            bus.Expect("R 00 " + Identity, "R 1E " + Settings("00", "81", "00"));
            chip.Check();
            bus.Expect("R 00 " + Identity, "R 1E " + Settings("00", "81", "00", "01")); // all at reset values
            AssertFault(Assert.Throws<SensorException>(chip.Check), SensorFault.BrownOut, 0x2D, 0x01, 0x00);
            bus.Expect("R 00 " + Identity, "R 1E " + Settings("00", "83", "00"));
            AssertFault(Assert.Throws<SensorException>(chip.Check), SensorFault.NotConfigured, 0x2C, 0x83, 0x81);
            bus.Expect("R 00 00000000");
            AssertFault(Assert.Throws<SensorException>(chip.Check), SensorFault.NoAnswer, 0x00, 0x00, 0xAD);
            bus.Done();
        }

        [Fact]
        public void Stop_stands_by()
        {
            (Adxl355 chip, ScriptedBus bus, _) = Started();
            bus.Expect("W 2D 01");
            chip.Stop();
            bus.Done();
        }

        [Fact]
        public void No_sample_yet_is_zero_not_an_exception()
        {
            (Adxl355 chip, ScriptedBus bus, StepClock clock) = Started();
            clock.Now = 4711;
            bus.Expect(Nothing, "R 00 " + Identity + "0102"); // two words are no sample
            Assert.Equal(0, chip.ReadFifo(new short[3], 0, 1));
            Assert.Equal(0, chip.ReadFifo(new int[3], 0, 1));
            Assert.Equal(0, chip.Level);
            Assert.Equal(4711, chip.LevelMicroseconds);
            Assert.Equal(0, chip.Overruns);
            bus.Done();
        }

        [Fact]
        public void A_drain_is_one_look_and_one_burst()
        {
            (Adxl355 chip, ScriptedBus bus, _) = Started();
            bus.Expect(Has(7), "R 11 " + Words(0x12345, -1, 524_287) + Words(-524_288, 0, 15));
            var xyz = new short[9];
            Array.Fill(xyz, (short)-7);
            Assert.Equal(2, chip.ReadFifo(xyz, 2, 2));
            Assert.Equal([-7, -7, 0x1234, -1, 32_767, -32_768, 0, 0, -7], xyz); // the upper 16 bits
            Assert.Equal(2, chip.Level);
            Assert.Equal(0, chip.Overruns);
            bus.Done();
        }

        [Fact]
        public void All_20_bits_come_by_the_same_way()
        {
            (Adxl355 chip, ScriptedBus bus, _) = Started();
            bus.Expect(Has(6), "R 11 " + Words(0x12345, -1, 524_287) + Words(-524_288, 0, 15));
            var xyz = new int[9];
            Array.Fill(xyz, -7);
            Assert.Equal(2, chip.ReadFifo(xyz, 2, 40));
            Assert.Equal([-7, -7, 0x12345, -1, 524_287, -524_288, 0, 15, -7], xyz);
            bus.Done();
        }

        [Theory]
        [InlineData(-256_000, "C18001")] // -1 g at ±2 g
        [InlineData(-51_200, "F38001")]  // -1 g at ±10 g: the ADXL357 binding makes -997376 of it
        [InlineData(-1, "FFFFF1")]
        [InlineData(1, "000011")]
        [InlineData(256, "001001")]
        [InlineData(65_536, "100001")]
        public void The_sign_is_bit_19(int digits, string word)
        {
            (Adxl355 chip, ScriptedBus bus, _) = Started();
            bus.Expect(Has(3), "R 11 " + word + "000000000000");
            var xyz = new int[3];
            Assert.Equal(1, chip.ReadFifo(xyz, 0, 1));
            Assert.Equal(digits, xyz[0]);
        }

        [Fact]
        public void What_does_not_fit_waits_in_the_fifo_and_a_full_one_is_a_single_burst()
        {
            (Adxl355 chip, ScriptedBus bus, _) = Started();
            bus.Expect(Has(96), "R 11 " + Words(16, 32, 48), Has(93)).Expect(Has(96), "R 11 " + Many(32), Has(0));
            Assert.Equal(1, chip.ReadFifo(new short[3], 0, 1));
            Assert.Equal(32, chip.Level);
            var xyz = new short[96];
            Assert.Equal(32, chip.ReadFifo(xyz, 0, 40));
            Assert.Equal([1, 2, 3], xyz[..3]);
            Assert.Equal([32, 64, 96], xyz[93..].Select(digit => (int)digit));
            Assert.Equal(0, chip.Overruns);
            bus.Done();
        }

        [Theory]
        [InlineData("R 00 AD1DED010400")] // FIFO_OVR: it ran over after the look, before the first word was out
        [InlineData("R 00 !")]            // unknown is as good as lost
        public void A_full_fifo_that_runs_over_while_it_is_read_is_told_by_the_same_call(string second)
        {
            (Adxl355 chip, ScriptedBus bus, _) = Started();
            bus.Expect(Has(96), "R 11 " + Many(32), second, Has(0));
            Assert.Equal(32, chip.ReadFifo(new short[96], 0, 32));
            Assert.Equal(1, chip.Overruns);
            Assert.True(chip.Lost >= 1);
            bus.Done();
        }

        [Theory]
        [InlineData("AD1DED01E003")] // reserved bits of Status: not this chip's answer
        [InlineData("AD1DED012003")]
        [InlineData("AD1DED014003")]
        [InlineData("AD1DED018003")]
        [InlineData("AD1DED010061")] // 97 words
        [InlineData("AD1DED010083")] // a reserved bit of FIFO_ENTRIES
        [InlineData("AD1DE9010003")]
        [InlineData("AD1CED010003")]
        [InlineData("AC1DED010003")]
        [InlineData("000000000000")] // a dead line is no empty FIFO
        [InlineData("FFFFFFFFFFFF")]
        public void A_look_that_cannot_be_is_silence(string answer)
        {
            (Adxl355 chip, ScriptedBus bus, _) = Started();
            bus.Expect("R 00 " + answer);
            var error = Assert.Throws<BusException>(() => chip.ReadFifo(new short[3], 0, 1));
            Assert.Equal((0x00, BusStatus.Silent), (error.Register, error.Status));
            bus.Done();
        }

        [Theory]
        [InlineData("04", 1)]
        [InlineData("1F", 1)]
        [InlineData("1B", 0)] // every flag but the overrun
        public void The_chip_tells_of_an_overrun(string status, int overruns)
        {
            (Adxl355 chip, ScriptedBus bus, _) = Started();
            bus.Expect("R 00 " + Identity + status + "03", "R 11 " + Words(1, 2, 3));
            Assert.Equal(1, chip.ReadFifo(new short[3], 0, 1));
            Assert.Equal(overruns, chip.Overruns);
            bus.Done();
        }

        [Theory]
        [InlineData(1)]
        [InlineData(2)]
        public void Words_of_a_cut_sample_are_thrown_away_marked_and_made_up_for(int strays)
        {
            (Adxl355 chip, ScriptedBus bus, _) = Started();
            string lost = Words(7777, 7777, 7777)[(6 * (3 - strays))..]; // its Y, Z or only its Z
            string second = Words(64, 80, 96);
            bus.Expect(Has(6 + strays));
            bus.Expect("R 11 " + lost + Words(16, 32, 48) + second[..(6 * (3 - strays))]);
            bus.Expect("R 11 " + second[(6 * (3 - strays))..]);
            bus.Expect(Nothing); // how long the gap was
            var xyz = new short[6];
            Assert.Equal(2, chip.ReadFifo(xyz, 0, 2));
            Assert.Equal([1, 2, 3, 4, 5, 6], xyz);
            Assert.Equal(1, chip.Overruns);
            Assert.Equal(1, chip.Lost);
            bus.Expect(Nothing);
            Assert.Equal(0, chip.ReadFifo(xyz, 0, 2)); // nothing broke off
            bus.Done();
        }

        [Theory]
        [InlineData(1)]
        [InlineData(2)]
        public void A_sample_cut_in_the_middle_of_a_burst_is_left_out(int kept)
        {
            (Adxl355 chip, ScriptedBus bus, _) = Started();
            string third = Words(64, 80, 96);
            int rest = 6 * (3 - kept);
            bus.Expect(Has(9));
            bus.Expect("R 11 " + Words(16, 32, 48) + Words(7777, 7777, 7777)[..(6 * kept)] + third + Words(112, 128, 144)[..rest]);
            bus.Expect("R 11 " + Words(112, 128, 144)[rest..]);
            bus.Expect(Nothing);
            var xyz = new int[9];
            Assert.Equal(3, chip.ReadFifo(xyz, 0, 3));
            Assert.Equal([16, 32, 48, 64, 80, 96, 112, 128, 144], xyz);
            Assert.Equal(1, chip.Overruns);
            bus.Done();
        }

        [Fact]
        public void Slips_far_apart_are_each_one_cut_sample()
        {
            (Adxl355 chip, ScriptedBus bus, _) = Started();
            string strays = Words(7777, 7777, 7777)[6..];
            for (int i = 0; i < 5; i++)
            {
                bus.Expect(Has(5), "R 11 " + strays + Words(16, 32, 48)[..6], "R 11 " + Words(16, 32, 48)[6..], Nothing);
                var xyz = new short[3];
                Assert.Equal(1, chip.ReadFifo(xyz, 0, 1));
                Assert.Equal([1, 2, 3], xyz);
                Assert.Equal(i + 1, chip.Overruns);
            }

            bus.Expect(Has(3), "R 11 " + strays + strays[..6], "W 2D 01", "W 2D 00"); // three are no cut sample
            Assert.Throws<SensorException>(() => chip.ReadFifo(new short[3], 0, 1));
            bus.Expect(Has(5), "R 11 " + strays + Words(16, 32, 48)[..6], "R 11 " + Words(16, 32, 48)[6..], Nothing); // two are, again
            Assert.Equal(1, chip.ReadFifo(new short[3], 0, 1));
            bus.Expect(Has(3), "R 11 " + strays + strays[..6], "W 2D 01", "W 2D 00");
            Assert.Throws<SensorException>(() => chip.ReadFifo(new short[3], 0, 1));
            bus.Expect(Has(3), "R 11 " + strays + strays[..6], "W 2D 01", "W 2D 00");
            Assert.Throws<SensorException>(() => chip.ReadFifo(new short[3], 0, 1));
            bus.Done();
        }

        [Fact]
        public void Slips_within_one_burst_do_not_add_up_over_whole_samples()
        {
            (Adxl355 chip, ScriptedBus bus, _) = Started();
            string stray = Words(7777, 7777, 7777)[12..];
            string sample = Words(16, 32, 48);
            bus.Expect(Has(12), "R 11 " + stray + sample + stray + sample + stray + sample);
            bus.Expect("R 11 " + sample, Nothing);
            Assert.Equal(4, chip.ReadFifo(new short[12], 0, 4));
            bus.Done();
        }

        [Fact]
        public void An_overrun_drops_what_was_kept_of_a_sample()
        {
            (Adxl355 chip, ScriptedBus bus, _) = Started();
            string whole = Words(16, 32, 48);
            bus.Expect(Has(6), "R 11 " + Words(7, 7, 7)[6..] + whole + Words(1, 1, 1)[..6], "R 11 !", Nothing); // X of another is kept, and its rest does not come
            var xyz = new short[6];
            Assert.Equal(1, chip.ReadFifo(xyz, 0, 2));
            Assert.Equal([1, 2, 3], xyz[..3]);
            Assert.Throws<BusException>(() => chip.ReadFifo(xyz, 0, 1)); // the drain that broke off
            bus.Expect(Has(3), "R 11 " + Words(64, 80, 96));
            Assert.Equal(1, chip.ReadFifo(xyz, 0, 1));
            Assert.Equal([4, 5, 6], xyz[..3]);
            bus.Done();
        }

        [Theory]
        [InlineData("000010000020000030", 0x30)] // no marker at all
        [InlineData("000110000020000030", 0x30)] // nor in the byte beside
        [InlineData("000014000020000030", 0x14)] // bits that are always 0
        [InlineData("000018000020000030", 0x18)]
        [InlineData("00001D000020000030", 0x1D)]
        public void Words_without_their_markers_are_lost_alignment_and_the_fifo_is_emptied(string words, int low)
        {
            (Adxl355 chip, ScriptedBus bus, _) = Started();
            bus.Expect(Has(3), "R 11 " + words, "W 2D 01", "W 2D 00");
            var error = Assert.Throws<SensorException>(() => chip.ReadFifo(new short[3], 0, 1));
            AssertFault(error, SensorFault.LostAlignment, 0x11, low, 0x01);
            Assert.Equal(1, chip.Overruns);
            bus.Expect(Has(3), "R 11 " + Words(16, 32, 48));
            var xyz = new short[3];
            Assert.Equal(1, chip.ReadFifo(xyz, 0, 1)); // from here on it is known where a sample begins
            Assert.Equal([1, 2, 3], xyz);
            bus.Done();
        }

        [Fact]
        public void Markers_everywhere_are_lost_alignment_too()
        {
            (Adxl355 chip, ScriptedBus bus, _) = Started();
            bus.Expect(Has(6), "R 11 000011000021000031000041000051000061", "W 2D 01", "W 2D 00");
            var error = Assert.Throws<SensorException>(() => chip.ReadFifo(new short[6], 0, 2));
            AssertFault(error, SensorFault.LostAlignment, 0x11, 0x41, 0x01); // two cut samples running can be, three cannot
            bus.Done();
        }

        [Fact]
        public void Whole_samples_in_front_of_nonsense_are_kept_and_the_next_call_tells()
        {
            (Adxl355 chip, ScriptedBus bus, _) = Started();
            bus.Expect(Has(6), "R 11 " + Words(16, 32, 48) + "FFFFFFFFFFFFFFFFFF", Nothing);
            var xyz = new short[6];
            Assert.Equal(1, chip.ReadFifo(xyz, 0, 2));
            Assert.Equal([1, 2, 3, 0, 0, 0], xyz);
            Assert.Equal(1, chip.Overruns);
            Assert.Throws<BusException>(() => chip.ReadFifo(xyz, 0, 2));
            bus.Done();
        }

        [Theory]
        [InlineData("00")]
        [InlineData("FF")]
        public void A_burst_of_a_dead_line_is_silence_in_both_widths(string level)
        {
            string burst = string.Concat(Enumerable.Repeat(level, 18));
            (Adxl355 chip, ScriptedBus bus, _) = Started();
            bus.Expect(Has(6), "R 11 " + burst, Has(6), "R 11 " + burst);
            Assert.Equal(BusStatus.Silent, Assert.Throws<BusException>(() => chip.ReadFifo(new short[6], 0, 2)).Status);
            var error = Assert.Throws<BusException>(() => chip.ReadFifo(new int[6], 0, 2));
            Assert.Equal((0x11, BusStatus.Silent), (error.Register, error.Status));
            Assert.Equal(2, chip.Overruns);
            bus.Done();
        }

        [Theory]
        [InlineData("FFFF0F")] // not all ones, nor all zeros in the third word
        [InlineData("FF0FFF")]
        [InlineData("0FFFFF")]
        public void Nonsense_that_is_not_a_dead_line_is_lost_alignment(string word)
        {
            (Adxl355 chip, ScriptedBus bus, _) = Started();
            bus.Expect(Has(3), "R 11 " + word + "000000000000", "W 2D 01", "W 2D 00");
            Assert.Equal(SensorFault.LostAlignment, Assert.Throws<SensorException>(() => chip.ReadFifo(new short[3], 0, 1)).Fault);
            bus.Done();
        }

        [Theory]
        [InlineData("000011000012000020")] // Y says empty
        [InlineData("000011000020000012")] // Z does
        [InlineData("000011000021000020")] // a second marker
        [InlineData("000011000020000021")]
        [InlineData("000011000024000020")] // bits that are always 0
        [InlineData("000011000020000028")]
        public void The_flags_of_every_word_are_looked_at(string words)
        {
            (Adxl355 chip, ScriptedBus bus, _) = Started();
            bus.Expect(Has(6), "R 11 " + Words(1, 2, 3) + words);
            if (words[11] == '1' || words[17] == '1')
            {
                bus.Expect("R 11 !"); // a sample was cut: more words are wanted
            }

            bus.Expect(Nothing);
            var xyz = new short[6];
            Array.Fill(xyz, (short)-7);
            Assert.Equal(1, chip.ReadFifo(xyz, 0, 2));
            Assert.Equal([0, 0, 0, -7, -7, -7], xyz.Select(digit => (int)digit));
            Assert.Equal(1, chip.Overruns);
            bus.Done();
        }

        [Theory]
        [InlineData("000002000002000002")]
        [InlineData("000003000002000002")]
        [InlineData("000003000000000000")]
        [InlineData("000002000000000000")]
        [InlineData("000042000000000000")]
        public void Empty_words_are_no_samples_although_the_level_said_so(string words)
        {
            (Adxl355 chip, ScriptedBus bus, _) = Started();
            bus.Expect(Has(3), "R 11 " + words, Nothing);
            Assert.Equal(0, chip.ReadFifo(new short[3], 0, 1));
            Assert.Equal(1, chip.Overruns);
            Assert.Throws<BusException>(() => chip.ReadFifo(new short[3], 0, 1));
            bus.Done();
        }

        [Fact]
        public void Silence_in_a_burst_is_an_exception_and_an_overrun()
        {
            (Adxl355 chip, ScriptedBus bus, _) = Started();
            bus.Expect(Has(9), "R 11 !", Has(9), "R 11 !");
            Assert.Equal(0x11, Assert.Throws<BusException>(() => chip.ReadFifo(new short[9], 0, 3)).Register);
            Assert.Equal(1, chip.Overruns);
            Assert.Throws<BusException>(() => chip.ReadFifo(new int[9], 0, 3));
            Assert.Equal(2, chip.Overruns);
            bus.Done();
        }

        [Fact]
        public void Begin_reads_the_fifo_until_less_than_a_sample_is_left_and_counts_no_overrun()
        {
            (Adxl355 chip, ScriptedBus bus, _) = Started();
            string cut = Words(64, 80, 96);
            bus.Expect("R 00 " + Identity + "0760", "R 11 " + Many(32), Has(4), "R 11 " + Words(1, 2, 3) + cut[..6], Has(1));
            chip.Begin();
            bus.Done();
            Assert.Equal(0, chip.Overruns);
            Assert.Equal(0, chip.Lost);
            bus.Expect(Has(2), "R 11 " + cut[6..]); // whose X was read in Begin
            var xyz = new short[3];
            Assert.Equal(1, chip.ReadFifo(xyz, 0, 1));
            Assert.Equal([4, 5, 6], xyz);
            Assert.Equal(0, chip.Overruns);
            bus.Done();
        }

        [Fact]
        public void Begin_ends_after_four_rounds_on_a_bus_that_is_too_slow()
        {
            (Adxl355 chip, ScriptedBus bus, _) = Started();
            for (int i = 0; i < 4; i++)
            {
                bus.Expect(Has(3), "R 11 " + Words(1, 2, 3));
            }

            chip.Begin();
            bus.Done();
        }

        [Fact]
        public void Begin_puts_a_cut_fifo_in_order_without_a_word_and_refuses_nonsense()
        {
            (Adxl355 chip, ScriptedBus bus, _) = Started();
            bus.Expect(Has(5), "R 11 " + Words(7, 7, 7)[6..] + Words(1, 2, 3), Nothing);
            chip.Begin();
            Assert.Equal(0, chip.Overruns);
            bus.Expect(Has(3), "R 11 000000000000000000");
            Assert.Equal(BusStatus.Silent, Assert.Throws<BusException>(chip.Begin).Status);
            bus.Expect(Has(3), "R 11 FFFFFFFFFFFFFFFFFF"); // already the first word cannot be
            Assert.Equal(BusStatus.Silent, Assert.Throws<BusException>(chip.Begin).Status);
            bus.Done();
        }

        [Theory]
        [InlineData(1885, 25_000)]
        [InlineData(1884, 25_110)]
        [InlineData(1886, 24_890)]
        [InlineData(1704, 45_000)]
        [InlineData(2066, 5_000)]
        [InlineData(1295, 90_193)]
        [InlineData(2474, -40_082)]
        public void Temperature_falls_9_05_digits_per_degree(int raw, int milliCelsius)
        {
            Assert.Equal(milliCelsius, Started().Chip.ToMilliCelsius(raw));
        }

        [Fact]
        public void Temperature_is_read_until_two_readings_agree()
        {
            (Adxl355 chip, ScriptedBus bus, _) = Started();
            bus.Expect("R 06 075D", "R 06 F75D"); // the upper four bits are reserved
            Assert.Equal(1, chip.TryReadTemperature(out int raw));
            Assert.Equal(0x75D, raw);
            bus.Expect("R 06 0FFF", "R 06 7FFF"); // and the others are not
            Assert.Equal(1, chip.TryReadTemperature(out raw));
            Assert.Equal(0xFFF, raw);
            bus.Expect("R 06 06FF", "R 06 0600", "R 06 0700", "R 06 0701", "R 06 0701");
            Assert.Equal(1, chip.TryReadTemperature(out raw));
            Assert.Equal(0x701, raw);
            bus.Done();
        }

        [Fact]
        public void Temperature_has_no_result_before_the_first_conversion()
        {
            (Adxl355 chip, ScriptedBus bus, _) = Started();
            bus.Expect("R 06 0000", "R 06 0000", "R 00 AD");
            Assert.Equal(0, chip.TryReadTemperature(out int raw));
            Assert.Equal(0, raw);
            bus.Expect("R 06 0000", "R 06 0000", "R 00 00"); // a line shorted low
            var error = Assert.Throws<BusException>(() => chip.TryReadTemperature(out _));
            Assert.Equal((0x06, BusStatus.Silent), (error.Register, error.Status));
            bus.Done();
        }

        [Fact]
        public void Temperature_that_never_settles_is_corrupt_and_all_ones_are_silence()
        {
            (Adxl355 chip, ScriptedBus bus, _) = Started();
            bus.Expect("R 06 0001", "R 06 0002", "R 06 0003", "R 06 0004", "R 06 0005");
            AssertFault(Assert.Throws<SensorException>(() => chip.TryReadTemperature(out _)), SensorFault.Corrupt, 0x06, 5, 4);
            bus.Expect("R 06 FFFF");
            var error = Assert.Throws<BusException>(() => chip.TryReadTemperature(out _));
            Assert.Equal((0x06, BusStatus.Silent), (error.Register, error.Status));
            bus.Done();
        }

        [Theory]
        [InlineData(6400, -6400, 32_000, true)] // 64000 digits per g: 0.1 g and 0.5 g
        [InlineData(-38_400, 38_400, -192_000, true)] // 0.6 g and 3 g
        [InlineData(19_200, 19_200, 96_000, true)]
        [InlineData(6399, 6400, 32_000, false)]
        [InlineData(6400, 6399, 32_000, false)]
        [InlineData(6400, 6400, 31_999, false)]
        [InlineData(38_401, 38_400, 192_000, false)]
        [InlineData(38_400, -38_401, 192_000, false)]
        [InlineData(38_400, 38_400, 192_001, false)]
        [InlineData(38_400, 38_400, -192_001, false)]
        [InlineData(0, 0, 0, false)]
        public void Self_test_compares_means_without_and_with_the_force(int x, int y, int z, bool passes)
        {
            var clock = new StepClock();
            var bus = new ScriptedBus(clock);
            bus.Expect(Script("03", "83", "01"));
            ExpectMean(bus, 110, -220, 64_000);
            bus.Expect("W 2E 03", "R 2E 03");
            ExpectMean(bus, 110 + x, -220 + y, 64_000 + z);
            bus.Expect("W 2D 01", "W 2E 00");
            int[] change = [9000, 9000, 9000];
            Assert.Equal(passes, new Adxl355(bus, clock).SelfTest(change));
            Assert.Equal([x, y, z], change);
            bus.Done();
            Assert.Equal(2, clock.Waits.Count(wait => wait == 100_000));
            Assert.Equal(100, clock.Waits.Count(wait => wait == 1900)); // a look at least every period, 5 % early
        }

        [Theory]
        [InlineData("01")]
        [InlineData("FF")]
        public void A_force_that_the_chip_missed_is_no_failed_self_test(string found)
        {
            var clock = new StepClock();
            var bus = new ScriptedBus(clock);
            bus.Expect(Script("03", "83", "01"));
            ExpectMean(bus, 0, 0, 0);
            bus.Expect("W 2E 03", "R 2E " + found);
            var error = Assert.Throws<BusException>(() => new Adxl355(bus, clock).SelfTest(new int[3]));
            Assert.Equal((0x2E, BusStatus.Silent), (error.Register, error.Status));
            bus.Done();
        }

        [Theory]
        [InlineData(500_000, 2)] // half a second is still in time
        [InlineData(500_001, 1)]
        public void Self_test_ends_when_no_data_comes(int microseconds, int looks)
        {
            var clock = new StepClock();
            var bus = new ScriptedBus(clock);
            bus.Expect(Script("03", "83", "01")).Expect(Nothing, Nothing, "+" + microseconds);
            for (int i = 1; i < looks; i++)
            {
                bus.Expect(Nothing);
            }

            var error = Assert.Throws<SensorException>(() => new Adxl355(bus, clock).SelfTest(new int[3]));
            AssertFault(error, SensorFault.NoData, 0x05, 0, 3);
            bus.Done();
        }

        private static void ExpectMean(ScriptedBus bus, int x, int y, int z)
        {
            bus.Expect(Has(3), "R 11 " + Words(9, 9, 9), Nothing); // emptied first
            for (int i = 0; i < 50; i++)
            {
                int scatter = i % 2 == 0 ? 3 : -3; // cancels over 50 samples
                bus.Expect(Nothing, Has(6), "R 11 " + Words(x + scatter, y - scatter, z + scatter)); // one at a time, whatever there is
            }
        }

        private static string Has(int words) => "R 00 " + Identity + "00" + words.ToString("X2");

        private static string Words(int x, int y, int z) => Word(x, 1) + Word(y, 0) + Word(z, 0);

        private static string Word(int digits, int marker) => (((digits << 4) & 0xFFFFFF) | marker).ToString("X6");

        // Samples 16, 32, 48; 32, 64, 96; ... up to the count.
        private static string Many(int count) =>
            string.Concat(Enumerable.Range(1, count).Select(i => Words(16 * i, 32 * i, 48 * i)));

        private static string Settings(string filter, string range, string selfTest, string power = "00") =>
            "000000000000" + "00000001" + filter + "600000" + range + power + selfTest;

        private static string[] Script(string filter, string range, string selfTest = "00")
        {
            var lines = new List<string> { "R 00 " + Identity, "R 50 " + Trim, "W 2F 52", "R 04 00", "R 2D 01", "R 50 " + Trim, "W 2D 01" };
            string settings = Settings(filter, range, selfTest);
            for (int i = 0; i < 15; i++)
            {
                lines.Add("W " + (0x1E + i).ToString("X2") + " " + settings.Substring(2 * i, 2));
            }

            lines.AddRange(["W 2E " + selfTest, "W 2D 00", "R 1E " + settings, Nothing]);
            return lines.ToArray();
        }

        private static (Adxl355 Chip, ScriptedBus Bus, StepClock Clock) Started(Adxl35xRate rate = Adxl35xRate.Hz4000, string filter = "00")
        {
            var clock = new StepClock();
            var bus = new ScriptedBus(clock);
            bus.Expect(Script(filter, "81"));
            var chip = new Adxl355(bus, clock);
            chip.Start(Adxl355Range.G2, rate);
            bus.Done();
            return (chip, bus, clock);
        }

        private static void AssertFault(SensorException error, SensorFault fault, int register, int found, int expected)
        {
            Assert.Equal(("ADXL355", fault, (byte)register, found, expected), (error.Part, error.Fault, error.Register, error.Found, error.Expected));
        }
    }
}
