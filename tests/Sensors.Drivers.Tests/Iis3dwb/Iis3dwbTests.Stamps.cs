using System.Collections.Generic;
using Sensors.Drivers.Tests.Wire;

namespace Sensors.Drivers.Tests
{
    // The account of samples by the chip's stamps, slot by slot.
    public partial class Iis3dwbTests
    {
        [Theory]
        [InlineData(96)] // 12.5 us a count: three a sample
        [InlineData(48)] // 25 us: one and a half
        [InlineData(256)]
        [InlineData(33)]
        public void Counts_between_stamps_give_the_exact_number_of_lost_samples(int counts)
        {
            foreach (int gap in new[] { 1, 2, 3, 4, 31, 32, 164, 5000 })
            {
                var run = new Stream();
                run.Bus.CountsPerStamp = counts;
                run.Make(70);
                Assert.Equal(70, run.Read());
                run.Make(13);
                run.Bus.Make(gap, lost: true);
                run.Make(100);
                run.Clock.Now += 200_000;
                run.Bus.Flags = 0x40; // the chip says that it was full
                run.Read();
                Assert.Equal(run.Missing(), run.Chip.Lost);
                Assert.InRange(run.Chip.Lost, gap, gap + 13 + 32); // with what was thrown away up to the next stamp
                run.Make(64);
                Assert.Equal(64, run.Read());
                Assert.Equal((run.Missing(), 1), (run.Chip.Lost, run.Chip.Overruns));
            }
        }

        [Theory]
        [InlineData(Iis3dwbMode.Every4, 4)]
        [InlineData(Iis3dwbMode.Every8, 8)]
        [InlineData(Iis3dwbMode.Every20, 20)]
        public void A_gap_does_not_shift_the_phase_of_every_nth_sample(Iis3dwbMode mode, int every)
        {
            for (int gap = 1; gap < 90; gap += 2)
            {
                var run = new Stream(mode);
                run.Make(200);
                run.Read();
                Assert.Equal(every - 1, run.Numbers[0]); // the nth sample is the first delivered
                Assert.Equal(200 / every, run.Numbers.Count);
                run.Bus.Make(gap, lost: true);
                run.Make(300);
                run.Clock.Now += 20_000;
                run.Bus.Flags = 0x40;
                run.Read();
                Assert.Equal(run.Missing(every), run.Chip.Lost);
                Assert.True(run.Numbers[^1] > 400);
            }
        }

        [Theory]
        [InlineData(1)]
        [InlineData(2)]
        [InlineData(3)]
        public void A_gap_right_before_a_stamp_does_not_shift_the_phase_either(int gap)
        {
            var run = new Stream(Iis3dwbMode.Every4);
            run.Make(224 - gap);
            run.Read();
            run.Bus.Make(gap, lost: true);
            run.Make(300);
            run.Clock.Now += 20_000;
            run.Bus.Flags = 0x40;
            run.Read();
            Assert.Equal(run.Missing(4), run.Chip.Lost);
            Assert.InRange(run.Numbers[^1], 520, 523);
        }

        [Theory]
        [InlineData(0x0000FF60u)]
        [InlineData(0x00FFFF60u)]
        public void A_stamp_s_upper_bytes_count(uint counts)
        {
            var run = new Stream();
            run.Bus.Counts = counts;
            run.Make(300);
            Assert.Equal(300, run.Read());
            Assert.Equal((0, 0), (run.Chip.Lost, run.Chip.Overruns));
        }

        [Theory]
        [InlineData(40)] // behind it count 0 is expected
        [InlineData(41)]
        [InlineData(42)]
        [InlineData(43)]
        public void A_count_that_is_not_the_next_is_a_gap(int made)
        {
            var run = new Stream();
            run.Make(made);
            run.Read();
            run.Bus.Add(2, made + 2, 7, 0);
            run.Read();
            Assert.Equal(1, run.Chip.Overruns);
        }

        [Fact]
        public void A_loss_without_any_sign_is_found_by_two_stamps_that_agree_and_taken_back_by_two_others()
        {
            var run = new Stream();
            run.Make(70);
            run.Read();
            run.Bus.Counts += 30; // ten samples' worth
            run.Make(32);
            Assert.Equal(32, run.Read());
            Assert.Equal((0, 0), (run.Chip.Lost, run.Chip.Overruns)); // one stamp may be garbled
            run.Make(32);
            Assert.Equal(32, run.Read());
            Assert.Equal((10, 1), (run.Chip.Lost, run.Chip.Overruns));
            run.Make(96);
            run.Read();
            Assert.Equal((10, 1), (run.Chip.Lost, run.Chip.Overruns));
            run.Bus.Counts -= 30;
            run.Make(64);
            run.Read();
            Assert.Equal((0, 2), (run.Chip.Lost, run.Chip.Overruns));
        }

        [Fact]
        public void One_garbled_stamp_changes_nothing()
        {
            var run = new Stream();
            run.Make(70);
            run.Read();
            for (int i = 0; i < 5; i++)
            {
                run.Bus.Counts += 3;
                run.Make(32);
                run.Bus.Counts -= 3;
                run.Make(32);
                Assert.Equal(64, run.Read());
                Assert.Equal((0, 0), (run.Chip.Lost, run.Chip.Overruns));
            }
        }

        [Theory]
        [InlineData(0, 1024, true)] // what two full FIFOs may hide from a clock that stands still
        [InlineData(0, 1025, false)]
        [InlineData(34, 1025, false)]
        [InlineData(35, 1025, true)] // 950,000 us by 26,667: a sample lasts 35 us at least
        [InlineData(70, 1027, false)]
        [InlineData(70_000, 3024, true)]
        public void A_stamp_that_the_clock_contradicts_is_not_believed(int elapsed, int made, bool believed)
        {
            var run = new Stream();
            run.Make(65);
            run.Read();
            run.Clock.Now += elapsed;
            run.Bus.Flags = 0x40;
            uint anchor = run.Bus.Counts;
            run.Bus.AddStamp(anchor + (uint)(3 * made));
            run.Bus.Add(2, 0, 7, 0);
            Assert.Equal(believed ? 1 : 0, run.Chip.ReadFifo(new short[300], 0, 100)); // else still thrown away
            Assert.Equal(believed ? made - 1 : 1, run.Chip.Lost); // one of them was read; or too few for the clock to tell, but not none
        }

        [Fact]
        public void When_four_stamps_contradict_the_clock_the_clock_counts_and_the_account_begins_anew()
        {
            var run = new Stream();
            run.Make(65);
            run.Read();
            run.Bus.Counts += 1_000_000;
            run.Bus.Flags = 0x40;
            run.Make(31);
            for (int i = 0; i < 3; i++)
            {
                run.Make(32);
                Assert.Equal(0, run.Read());
            }

            run.Make(32);
            Assert.Equal(32, run.Read());
            Assert.Equal((1, 1), (run.Chip.Lost, run.Chip.Overruns)); // no time has passed: not nothing
            run.Make(320);
            Assert.Equal(320, run.Read());
            Assert.Equal((1, 1), (run.Chip.Lost, run.Chip.Overruns));
        }

        [Theory]
        [InlineData(256, true)]
        [InlineData(1, true)]
        [InlineData(257, false)] // more than eight counts a sample
        [InlineData(0, false)]
        [InlineData(-5, false)]
        public void What_a_count_is_worth_is_learnt_from_what_can_be_a_pair_of_stamps(int counts, bool learnt)
        {
            var run = new Stream();
            run.Bus.CountsPerStamp = counts;
            run.Make(33);
            run.Read();
            if (!learnt)
            {
                run.Bus.CountsPerStamp = 96;
                run.Make(64);
                run.Read();
                counts = 96;
            }

            run.Make(63 - ((run.Bus.Number - 1) % 32));
            run.Read();
            int before = run.Chip.Lost;
            run.Bus.CountsPerStamp = counts;
            run.Bus.Make(96, lost: true);
            run.Make(64);
            run.Bus.Flags = 0x40;
            run.Read();
            Assert.Equal(before + 96, run.Chip.Lost);
        }

        [Fact]
        public void What_a_count_is_worth_is_not_learnt_across_a_gap()
        {
            var run = new Stream();
            run.Make(2);
            run.Read();
            run.Bus.Make(5, lost: true);
            run.Make(200);
            run.Bus.Flags = 0x40;
            run.Read();
            Assert.Equal(run.Missing(), run.Chip.Lost);
        }

        [Theory]
        [InlineData(97, 994)] // a count off is rounding, and learnt: 193 counts are 64 samples, 3,000 are 995, of which one was read
        [InlineData(95, 1004)]
        [InlineData(98, 967)] // two are not: 3,000 counts are 1,000 samples, of which 33 were read
        [InlineData(94, 967)]
        public void A_pair_of_stamps_a_count_off_is_learnt_and_one_two_off_is_not(int counts, int lost)
        {
            var run = new Stream();
            run.Make(33);
            run.Read();
            run.Bus.CountsPerStamp = counts;
            run.Make(32);
            run.Read();
            run.Clock.Now += 100_000;
            run.Bus.Flags = 0x40;
            uint last = run.Bus.Counts;
            uint anchor = counts is 97 or 95 ? last : last - (uint)counts; // two off: the anchor stays at the stamp before
            run.Bus.AddStamp(anchor + 3000);
            run.Bus.Add(2, 0, 7, 0);
            Assert.Equal(1, run.Chip.ReadFifo(new short[300], 0, 100));
            Assert.Equal(lost, run.Chip.Lost);
        }

        [Theory]
        [InlineData(500, 12, 0)] // room for 12 slots, 35 us each; and the burst itself takes 5 us a slot at least
        [InlineData(500, 12, 1)]
        [InlineData(200, 312, 0)]
        [InlineData(200, 312, 1)]
        public void A_pause_longer_than_the_room_in_the_fifo_is_a_gap(int slots, int room, int late)
        {
            var run = new Stream();
            run.Make(64);
            run.Read();
            run.Make(slots - (slots / 33) - 1);
            while (run.Bus.Level < slots)
            {
                run.Make(1);
            }

            run.Bus.BurstMicroseconds = (room * 35) + (128 * 5) + late;
            run.Read(100);
            Assert.Equal(late, run.Chip.Overruns);
            run.Bus.BurstMicroseconds = 0;
        }

        [Theory]
        [InlineData(4520, 0)] // twice that, less the 640 us the second burst takes at least: 240 x 35 us
        [InlineData(4521, 1)]
        public void Each_burst_makes_room_for_the_next(int microseconds, int overruns)
        {
            var run = new Stream();
            run.Make(64);
            run.Read();
            run.Make(387);
            Assert.Equal(400, run.Bus.Level);
            run.Bus.BurstMicroseconds = microseconds;
            run.Read(240);
            Assert.Equal(overruns, run.Chip.Overruns);
            run.Make(64);
            run.Bus.BurstMicroseconds = 0;
            run.Clock.Now = run.Chip.LevelMicroseconds;
            run.Read();
            Assert.Equal(run.Missing(), run.Chip.Lost);
        }

        [Fact]
        public void A_step_of_one_behind_another_slot_is_that_slot_s_count()
        {
            var run = new Stream();
            run.Make(40);
            run.Read();
            run.Bus.Add(3, 0, 0, 0); // a temperature
            run.Bus.Add(2, 41, 41, 0);
            run.Bus.Add(2, 42, 42, 0);
            Assert.Equal(2, run.Chip.ReadFifo(new short[30], 0, 10));
            Assert.Equal((0, 1), (run.Chip.Overruns, run.Chip.SkippedSlots));
            run.Bus.Add(3, 0, 0, 0);
            Assert.Equal(0, run.Chip.ReadFifo(new short[30], 0, 10)); // the other slot ends a burst ...
            run.Bus.Add(2, 44, 44, 0);
            Assert.Equal(1, run.Chip.ReadFifo(new short[30], 0, 10));
            Assert.Equal((0, 2), (run.Chip.Overruns, run.Chip.SkippedSlots));
            run.Bus.Add(2, 46, 46, 0); // ... and here is none
            run.Chip.ReadFifo(new short[30], 0, 10);
            Assert.Equal(1, run.Chip.Overruns);
            run.Bus.Add(3, 0, 0, 0);
            run.Bus.Add(2, 1, 9, 0); // two steps are one too many
            run.Chip.ReadFifo(new short[30], 0, 10);
            Assert.Equal(2, run.Chip.Overruns);
        }

        [Fact]
        public void A_gap_before_the_first_stamp_lets_samples_pass_and_the_clock_count()
        {
            var run = new Stream();
            run.Bus.Add(2, 0, 0, 0);
            run.Bus.Add(2, 2, 2, 0);
            Assert.Equal(2, run.Read());
            Assert.Equal((1, 1), (run.Chip.Lost, run.Chip.Overruns));
        }

        [Theory]
        [InlineData(1)]
        [InlineData(31)]
        [InlineData(32)]
        [InlineData(33)]
        [InlineData(64)]
        [InlineData(65)]
        [InlineData(400)]
        public void Level_knows_where_the_next_stamp_is(int samples)
        {
            for (int read = 32; read < 64; read++)
            {
                var run = new Stream();
                run.Make(read);
                run.Read();
                run.Make(samples);
                run.Chip.ReadFifo(new short[3], 0, 0);
                Assert.Equal(samples, run.Chip.Level);
            }
        }

        /// <summary>A driver on slots made by hand.</summary>
        private sealed class Stream
        {
            private readonly short[] _xyz = new short[3 * 512];

            public Stream(Iis3dwbMode mode = Iis3dwbMode.Continuous)
            {
                Clock = new StepClock();
                Bus = new SlotBus(Clock);
                Chip = new Iis3dwb(Bus, Clock);
                Chip.Start(Iis3dwbRange.G16, Iis3dwbFilter.Wide, mode);
                Chip.Begin();
            }

            public StepClock Clock { get; }

            public SlotBus Bus { get; }

            public Iis3dwb Chip { get; }

            public List<int> Numbers { get; } = [];

            public void Make(int samples) => Bus.Make(samples);

            public int Read(int most = 512)
            {
                int got = Chip.ReadFifo(_xyz, 0, most);
                for (int i = 0; i < got; i++)
                {
                    Numbers.Add(_xyz[3 * i]);
                }

                return got;
            }

            public int Missing(int every = 1)
            {
                int missing = 0;
                for (int i = 1; i < Numbers.Count; i++)
                {
                    int step = Numbers[i] - Numbers[i - 1];
                    Assert.True(step > 0 && step % every == 0, "a step of " + step);
                    missing += (step / every) - 1;
                }

                return missing;
            }
        }
    }
}
