using System;
using System.Collections.Generic;
using Sensors.Drivers.Tests.Wire;

namespace Sensors.Drivers.Tests
{
    // How bursts are timed and the oscillator is found, to the microsecond.
    public partial class Ads1115Tests
    {
        // At 250 a second, with 60 us on the wire before the data: 50 us before the chip can have acted, 30 us after it must have.
        private const string Slow = "05A3";
        private const string SlowIdle = "85A3";
        private const string SlowBurst = "04A3";
        private const int LeadIn = 60;
        private const double Slice = ((1 / 0.89) - (1 / 1.11)) / 1024; // by which the bounds widen

        [Theory]
        [InlineData(Ads1115Rate.Hertz860, 0, 60, 10, SensorFault.None)]
        [InlineData(Ads1115Rate.Hertz860, -6.2, 120, 11, SensorFault.None)] // the last length twice
        [InlineData(Ads1115Rate.Hertz475, 0, 180, 12, SensorFault.None)]
        [InlineData(Ads1115Rate.Hertz250, 3.1, 60, 7, SensorFault.None)]
        [InlineData(Ads1115Rate.Hertz860, 0, 120, 24, SensorFault.None)] // well enough, though not well
        [InlineData(Ads1115Rate.Hertz860, 3.1, 180, 24, SensorFault.NoData)] // 0.9 % after all of them
        [InlineData(Ads1115Rate.Hertz250, 0, 840, 24, SensorFault.NoData)] // 3.5 %
        [InlineData(Ads1115Rate.Hertz860, 0, 180, 11, SensorFault.NoData)] // 12 % after one of each: no use to go on
        public void The_rate_is_found_by_bursts_of_growing_length(Ads1115Rate rate, double percent, double overhead, int bursts, SensorFault fault)
        {
            int[] lengths = [3, 5, 8, 13, 21, 34, 55, 89, 144, 190];
            using var bench = new AdsBench(percent, overhead);
            bench.Chip.Start(Ads1115Input.Ain0Ain1, Ads1115Range.Millivolts2048, rate, Ads1115Pin.Off);
            double first = 1e6 / bench.Chip.NominalHertz * ((1 / 1.11) + (1 / 0.89)) / 2;
            int nominal = bench.Chip.ConversionMicroseconds;
            if (fault == SensorFault.None)
            {
                bench.Chip.MeasureRate();
                Assert.Equal((int)Math.Floor((1e6 / bench.Chip.MeasuredHertz) + 0.5), bench.Chip.ConversionMicroseconds);
                Assert.Equal(1e9 / bench.Part.PeriodNanoseconds, bench.Chip.MeasuredHertz, bench.Chip.MeasuredHertz * bench.Chip.RateUncertainty);
            }
            else
            {
                var error = Assert.Throws<SensorException>(bench.Chip.MeasureRate);
                Assert.Equal(("ADS1115", fault, (byte)1, 0), (error.Part, error.Fault, error.Register, error.Found));
                Assert.Equal(0x0503 | ((int)rate << 5), error.Expected);
                Assert.Equal(nominal, bench.Chip.ConversionMicroseconds);
            }

            var waits = new List<int>();
            for (int i = 0; i < bursts; i++)
            {
                double conversions = lengths[Math.Min(i, 9)] - (i * 5 % 16 / 16.0);
                waits.Add((int)(conversions * first));
            }

            Assert.Equal(waits, bench.Waits);
        }

        [Fact]
        public void A_burst_that_fits_no_rate_ends_the_search()
        {
            var clock = new StepClock();
            var bus = new ScriptedBus(clock);
            var chip = new Ads1115(bus, clock);
            bus.Expect(SlowScript);
            chip.Start(Ads1115Input.Ain0Ain1, Ads1115Range.Millivolts2048, Ads1115Rate.Hertz250, Ads1115Pin.Off);
            bus.Expect("W 01 " + Slow, "R 01 " + SlowIdle, "W 01 " + SlowBurst);
            bus.Expect("R 01 " + SlowBurst, "+1800", "W 01 " + Slow, "R 01 " + SlowIdle); // 13,946 us: three of 4,645, or four of 3,475
            Assert.Equal(SensorFault.NoData, Assert.Throws<SensorException>(chip.MeasureRate).Fault);
            Assert.Equal([12_146], clock.Waits);
            bus.Done();
        }

        [Fact]
        public void What_is_known_of_the_rate_fades_with_every_ten_seconds()
        {
            (Ads1115 chip, ScriptedBus bus, StepClock clock) = Learnt();
            double known = chip.RateUncertainty * 2;
            Assert.InRange(known, 0, 0.002);
            clock.Now += 9_999_999;
            chip.RefreshRate();
            Assert.Equal(known, chip.RateUncertainty * 2, 1e-6);
            clock.Now += 9_999_999; // from the last time on
            chip.RefreshRate();
            Assert.Equal(known, chip.RateUncertainty * 2, 1e-6);
            clock.Now += 10_000_000;
            chip.RefreshRate();
            Assert.Equal(known + (2 * Slice), chip.RateUncertainty * 2, Slice / 5);
            clock.Now += 20_000_000;
            chip.RefreshRate();
            Assert.Equal(known + (6 * Slice), chip.RateUncertainty * 2, Slice / 5);
            while ((chip.RateUncertainty * 2) + (2 * Slice) < 0.005)
            {
                clock.Now += 10_000_000;
                chip.RefreshRate();
            }

            bus.Done();
            bus.Expect("W 01 !");
            clock.Now += 10_000_000;
            Assert.Throws<BusException>(chip.RefreshRate); // now it is measured anew
            Assert.InRange(chip.RateUncertainty * 2, 0.005, 0.005 + (2.2 * Slice));
            bus.Done();
        }

        [Theory]
        [InlineData(49, 49)]
        [InlineData(50, 50)]
        [InlineData(51, 50)] // no further than the temperature takes it
        [InlineData(53, 50)]
        [InlineData(1_000_000, 50)]
        public void A_long_pause_takes_no_more_than_one_per_cent(int tenSeconds, int slices)
        {
            (Ads1115 chip, ScriptedBus bus, StepClock clock) = Learnt();
            double known = chip.RateUncertainty * 2;
            clock.Now += (tenSeconds * 10_000_000L) + 5_000_000;
            bus.Expect("W 01 !");
            Assert.Throws<BusException>(chip.RefreshRate);
            Assert.Equal(known + (slices * 2 * Slice), chip.RateUncertainty * 2, Slice / 2);
            bus.Done();
        }

        [Fact]
        public void A_rate_refreshed_late_is_measured_anew()
        {
            using var bench = new AdsBench();
            bench.Start();
            bench.Wait(600_000_000);
            bench.Chip.RefreshRate();
            Assert.InRange(bench.Chip.RateUncertainty * 2, 0, 0.0025);
        }

        [Theory]
        [InlineData(Ads1115Rate.Hertz8, 8)]
        [InlineData(Ads1115Rate.Hertz860, 860)]
        public void Before_it_is_measured_the_rate_is_the_middle_of_what_the_data_sheet_allows(Ads1115Rate rate, int hertz)
        {
            (Ads1115 chip, _) = Started(rate: rate, word: (0x0503 | ((int)rate << 5)).ToString("X4"));
            Assert.Equal(hertz / (((1 / 1.11) + (1 / 0.89)) / 2), chip.MeasuredHertz, hertz * 3e-7);
            Assert.Equal(0.11f, chip.RateUncertainty, 1e-5f);
        }

        [Fact]
        public void A_burst_waits_until_its_conversions_have_certainly_ended()
        {
            (Ads1115 chip, ScriptedBus bus, StepClock clock) = Burst(); // begun at 60 to 65 us
            Assert.Equal(4490, chip.UntilNext()); // at 20: 65 + 4000 / 0.89 and the next whole one, less 50
            clock.Now = 4508;
            Assert.Equal(2, chip.UntilNext());
            clock.Now = 4509;
            Assert.Equal(1, chip.UntilNext());
            Assert.Equal(0, chip.TryReadBurst(out int raw));
            Assert.Equal((0, 0), (raw, chip.Number));
            clock.Now = 4510;
            Assert.Equal(0, chip.UntilNext());
            clock.Now = 4511;
            Assert.Equal(0, chip.UntilNext());
            clock.Now = 4513;
            Assert.Equal(0, chip.UntilNext());
            clock.Now = 4510;
            bus.Expect("R 00 1234", "+100");
            Assert.Equal(1, chip.TryReadBurst(out raw));
            Assert.Equal((0x1234, 1, false), (raw, chip.Number, chip.Clipped));
            Assert.Equal(0, chip.TryReadBurst(out raw)); // taken
            Assert.Equal(0, raw);
            Assert.Equal(65 + 8989 - 50 - 4610, chip.UntilNext());
            bus.Done();
        }

        [Theory]
        [InlineData(2297, 1)] // (7267 - 60) x 1.11 / 4000 = 1.99998
        [InlineData(2298, 0)] // 2.0003: the second may have ended meanwhile
        public void A_result_that_could_be_the_next_one_s_gets_no_number(int microseconds, int results)
        {
            (Ads1115 chip, ScriptedBus bus, StepClock clock) = Burst();
            clock.Now = 5000;
            bus.Expect("R 00 1234", "+" + microseconds);
            Assert.Equal(results, chip.TryReadBurst(out int raw));
            Assert.Equal((results * 0x1234, results), (raw, chip.Number));
            bus.Done();
        }

        [Theory]
        [InlineData(7267, true)]
        [InlineData(7268, false)]
        public void What_could_be_the_next_one_s_already_is_not_fetched(int now, bool fetched)
        {
            (Ads1115 chip, ScriptedBus bus, StepClock clock) = Burst();
            clock.Now = now;
            if (fetched)
            {
                bus.Expect("R 00 1234");
            }

            Assert.Equal(fetched ? 1 : 0, chip.TryReadBurst(out int raw));
            Assert.Equal(fetched ? 0x1234 : 0, raw);
            bus.Done();
        }

        [Theory]
        [InlineData("7FFE", 32766, false)]
        [InlineData("7FFF", 32767, true)]
        [InlineData("8000", -32768, true)]
        [InlineData("8001", -32767, false)]
        [InlineData("0000", 0, false)]
        public void The_ends_of_the_range_clip_in_a_burst_as_well(string word, int expected, bool clipped)
        {
            (Ads1115 chip, ScriptedBus bus, StepClock clock) = Burst();
            clock.Now = 5000;
            bus.Expect("R 00 " + word);
            Assert.Equal(1, chip.TryReadBurst(out int raw));
            Assert.Equal((expected, clipped), (raw, chip.Clipped));
            bus.Done();
        }

        [Fact]
        public void The_end_of_a_burst_teaches_the_rate()
        {
            (Ads1115 chip, ScriptedBus bus, StepClock clock) = Burst();
            clock.Now = 11_800;
            bus.Expect("R 01 04A3", "+150", "W 01 05A3", "R 01 05A3", "+80", "R 01 85A3", "+40");
            Assert.True(chip.EndBurst());
            bus.Done();
            var timing = new Ads1115Timing();
            timing.Reset(4000);
            timing.Begin(60, 65);
            Assert.True(timing.End(12_000, 12_040)); // busy when looked at from 11,950 on, idle when looked at until 12,070
            timing.Widen(1);
            Assert.Equal((float)(timing.Uncertainty / 2), chip.RateUncertainty);
            Assert.Equal((float)(1000000 / timing.Microseconds), chip.MeasuredHertz);
        }

        [Fact]
        public void A_burst_whose_end_fits_no_period_does_not_stand()
        {
            (Ads1115 chip, ScriptedBus bus, StepClock clock) = Burst();
            clock.Now = 5500; // 1.4 periods
            bus.Expect("R 01 04A3", "W 01 05A3", "R 01 85A3");
            Assert.False(chip.EndBurst());
            bus.Done();
        }

        [Fact]
        public void The_last_conversion_of_a_burst_has_160_ms()
        {
            (Ads1115 chip, ScriptedBus bus, StepClock clock) = Burst();
            clock.Now = 1000;
            bus.Expect("R 01 04A3", "W 01 05A3", "R 01 05A3", "+160050", "R 01 05A3", "+1", "R 01 05A3");
            var error = Assert.Throws<SensorException>(() => chip.EndBurst());
            Assert.Equal((SensorFault.NoData, (byte)1, 0x05A3, 0x05A3), (error.Fault, error.Register, error.Found, error.Expected));
            bus.Done();
        }

        [Fact]
        public void A_burst_forgets_the_single_conversion_before_it()
        {
            (Ads1115 chip, ScriptedBus bus) = Started();
            bus.Expect("W 01 85E3");
            chip.StartConversion();
            bus.Expect("W 01 05E3", "R 01 85E3", "W 01 04E3");
            chip.BeginBurst();
            bus.Expect("R 01 04E3", "W 01 05E3", "R 01 85E3");
            chip.EndBurst();
            bus.Expect("R 01 85E3");
            Assert.Equal(0, chip.TryRead(out int raw));
            Assert.Equal(0, raw);
            bus.Done();
        }

        [Fact]
        public void Start_again_forgets_what_the_last_burst_left()
        {
            (Ads1115 chip, ScriptedBus bus, StepClock clock) = Burst();
            clock.Now = 5000;
            bus.Expect("R 00 7FFF");
            Assert.Equal(1, chip.TryReadBurst(out _));
            Assert.Equal((1, true), (chip.Number, chip.Clipped));
            bus.Expect(SlowScript);
            chip.Start(Ads1115Input.Ain0Ain1, Ads1115Range.Millivolts2048, Ads1115Rate.Hertz250, Ads1115Pin.Off);
            Assert.Equal((0, false), (chip.Number, chip.Clipped));
            bus.Done();
        }

        [Fact]
        public void A_single_conversion_begins_with_no_bit_but_the_settings_and_the_highest()
        {
            var clock = new StepClock();
            var bus = new ScriptedBus(clock);
            bus.Expect("W 01 0100", "R 01 8100", "W 02 0000", "W 03 8000", "R 02 0000", "R 03 8000", "R 01 8100", "W 01 8100");
            var chip = new Ads1115(bus, clock);
            chip.Start(Ads1115Input.Ain0Ain1, Ads1115Range.Millivolts6144, Ads1115Rate.Hertz8, Ads1115Pin.Ready);
            chip.StartConversion();
            bus.Done();
        }

        private static readonly string[] SlowScript =
        [
            "W 01 " + Slow, "R 01 " + SlowIdle, "W 02 8001", "W 03 7FFE", "R 02 8001", "R 03 7FFE", "R 01 " + SlowIdle,
        ];

        /// <summary>A burst begun at 0 with a write that took 20 us.</summary>
        private static (Ads1115 Chip, ScriptedBus Bus, StepClock Clock) Burst()
        {
            var clock = new StepClock();
            var bus = new ScriptedBus(clock, LeadIn);
            var chip = new Ads1115(bus, clock);
            bus.Expect(SlowScript);
            chip.Start(Ads1115Input.Ain0Ain1, Ads1115Range.Millivolts2048, Ads1115Rate.Hertz250, Ads1115Pin.Off);
            bus.Expect("W 01 " + Slow, "R 01 " + SlowIdle, "W 01 " + SlowBurst, "+20");
            chip.BeginBurst();
            bus.Done();
            return (chip, bus, clock);
        }

        /// <summary>A rate of 250 learnt from one burst of each length, on a bus that takes no time.</summary>
        private static (Ads1115 Chip, ScriptedBus Bus, StepClock Clock) Learnt()
        {
            var clock = new StepClock();
            var bus = new ScriptedBus(clock);
            var chip = new Ads1115(bus, clock);
            bus.Expect(SlowScript);
            chip.Start(Ads1115Input.Ain0Ain1, Ads1115Range.Millivolts2048, Ads1115Rate.Hertz250, Ads1115Pin.Off);
            foreach (int length in (int[])[3, 5, 8, 13, 21, 34, 55, 89, 144, 190])
            {
                bus.Expect("W 01 " + Slow, "R 01 " + SlowIdle, "W 01 " + SlowBurst);
                chip.BeginBurst();
                clock.Now += 27 + (length * 4000);
                bus.Expect("R 01 " + SlowBurst, "W 01 " + Slow, "R 01 " + SlowIdle);
                Assert.True(chip.EndBurst());
            }

            bus.Done();
            return (chip, bus, clock);
        }
    }
}
