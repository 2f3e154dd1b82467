using System;
using System.Collections.Generic;
using System.Linq;
using Sensors.Drivers.Tests.Wire;
using Sensors.VirtualBoard;

namespace Sensors.Drivers.Tests
{
    // Windows longer than a block: slots decoded afterwards, and single axes.
    public partial class Iis3dwbTests
    {
        private const int Second = 26667;

        [Theory]
        [InlineData(0, 0, 60, 5_000_000)] // the clock the board's shared bus runs at
        [InlineData(23_000, 12, 60, 5_000_000)]
        [InlineData(-18_000, -7, 200, 10_000_000)]
        [InlineData(0, 0, 900, 5_000_000)] // a program that takes its time over each transaction
        public void A_second_of_slots_misses_nothing(double ppm, int trim, double overhead, int clockHz)
        {
            using var bench = new Iis3dwbBench(Iis3dwbBench.Quiet(ppm, trim: trim), overheadMicroseconds: overhead, clockHz: clockHz);
            bench.Start();
            var window = new SlotWindow(bench);
            for (int block = 0; block < 2; block++)
            {
                bench.Begin();
                window.Clear();
                int before = bench.Bus.Transactions;
                int looks = window.ReadUntil(Second);
                Assert.InRange(bench.Bus.Transactions - before, 2 * looks, 4 * looks); // a status read and few bursts
                int[] numbers = window.Numbers();
                Assert.Equal(Enumerable.Range(numbers[0], Second), numbers.Take(Second));
                Assert.Equal((0, 0), (bench.Driver.Lost, bench.Driver.Overruns));
                Assert.Equal(bench.Chip.ActualRateHertz, bench.Driver.MeasuredHertz(), 0.5 / (Second / bench.Chip.ActualRateHertz));
                Assert.InRange(window.Length, Second * 7 * 33 / 32, (Second + 600) * 7 * 33 / 32);
            }

            Assert.Equal(0, bench.Chip.Violations.Count);
        }

        [Fact]
        public void Slots_and_axes_give_what_samples_give()
        {
            const int samples = 14_336; // of an axis without more memory
            int[] whole;
            using (var bench = new Iis3dwbBench())
            {
                bench.Start();
                bench.Begin();
                bench.ReadUntil(samples);
                whole = [.. bench.Numbers];
            }

            using (var bench = new Iis3dwbBench())
            {
                bench.Start();
                bench.Begin();
                var window = new SlotWindow(bench);
                window.ReadUntil(samples);
                Assert.Equal(whole, window.Numbers().Take(samples));
            }

            short[][] axes = [new short[samples], new short[samples], new short[samples]];
            for (int axis = 0; axis < 3; axis++)
            {
                using var bench = new Iis3dwbBench();
                bench.Start();
                bench.Begin();
                int have = 0;
                for (int look = 0; have < samples; look++)
                {
                    Assert.InRange(look, 0, 2000);
                    bench.Pass(4.65);
                    have += bench.Driver.ReadAxis(axes[axis], have, samples - have, axis);
                }

                Assert.Equal((samples, 0, 0), (have, bench.Driver.Lost, bench.Driver.Overruns));
                Assert.Equal(bench.Chip.ActualRateHertz, bench.Driver.MeasuredHertz(), 0.5 / (samples / bench.Chip.ActualRateHertz));
            }

            for (int i = 0; i < samples; i++)
            {
                Assert.Equal(whole[i], NumberedSource.NumberOf(axes[0][i], axes[1][i]));
                Assert.Equal(NumberedSource.Check(whole[i]), axes[2][i]);
            }
        }

        [Theory]
        [InlineData(Iis3dwbTagCount.TimeSlot, 12.5)]
        [InlineData(Iis3dwbTagCount.Zero, 25)]
        [InlineData(Iis3dwbTagCount.EverySlot, 12.5)]
        public void Overruns_of_a_window_are_counted_exactly(Iis3dwbTagCount count, double microseconds)
        {
            using var bench = new Iis3dwbBench(Iis3dwbBench.Quiet(timestampMicroseconds: microseconds, count: count));
            bench.Start();
            bench.Begin();
            var window = new SlotWindow(bench);
            var random = new Random(5);
            int gaps = 0;
            for (int round = 0; round < 8; round++)
            {
                window.ReadUntil(window.Samples + random.Next(100, 3000));
                if (round % 2 == 0)
                {
                    bench.Pass(19.5 + (random.NextDouble() * random.Next(1, 100)));
                    gaps++;
                }
            }

            window.ReadUntil(window.Samples + 1000);
            int[] numbers = window.Numbers();
            Assert.Equal(Missing(numbers), bench.Driver.Lost);
            Assert.True(bench.Driver.Lost > 1000);
            Assert.Equal(gaps, bench.Driver.Overruns);
            Assert.Equal(numbers[^1] + 1 - numbers[0], numbers.Length + bench.Driver.Lost);
        }

        [Theory]
        [InlineData(0)]
        [InlineData(1)]
        [InlineData(2)]
        public void Overruns_of_an_axis_are_counted_exactly(int axis)
        {
            using var bench = new Iis3dwbBench();
            bench.Start();
            bench.Begin();
            var numbers = new List<int>();
            for (int round = 0; round < 60; round++)
            {
                bench.Pass(round % 20 == 10 ? 40 + round : 4.65);
                numbers.AddRange(ReadAxis(bench, axis));
            }

            Assert.True(bench.Driver.Lost > 1000);
            Assert.Equal(3, bench.Driver.Overruns);
            if (axis == 0) { Assert.Equal(Missing([.. numbers]), bench.Driver.Lost); }
        }

        [Theory]
        [InlineData(4)]
        [InlineData(8)]
        [InlineData(20)]
        public void A_loss_inside_a_window_that_the_tags_cannot_show_is_found_by_the_stamps(int slots)
        {
            using var bench = new Iis3dwbBench();
            bench.Start();
            bench.Begin();
            var window = new SlotWindow(bench);
            window.ReadUntil(1000);
            for (int round = 0; round < 3; round++)
            {
                bench.Chip.Swallow(slots);
                window.ReadUntil(window.Samples + 500);
            }

            window.ReadUntil(window.Samples + 500);
            Assert.True(bench.Driver.Lost >= 3 * (slots - 1));
            Assert.InRange(bench.Driver.Overruns, 1, 3);
            int[] numbers = window.Numbers();
            Assert.Equal(numbers[^1] + 1 - numbers[0], numbers.Length + bench.Driver.Lost);
        }

        [Theory]
        [InlineData(0x01)]
        [InlineData(0x20)]
        [InlineData(0x80)]
        public void A_garbled_stamp_inside_a_window_is_not_believed(int mask)
        {
            using var bench = new Iis3dwbBench();
            bench.Start();
            bench.Begin();
            var window = new SlotWindow(bench);
            window.ReadUntil(1000);
            for (int index = 1; index <= 4; index++)
            {
                window.Read();
                bench.Chip.Garble(31 - (window.Numbers()[^1] % 32), index, (byte)mask);
                window.ReadUntil(window.Samples + 300);
                Assert.Equal((0, 0, 0), (Missing(window.Numbers()), bench.Driver.Lost, bench.Driver.Overruns));
            }
        }

        [Fact]
        public void A_wrong_tag_ends_the_decoding_and_what_stands_before_is_kept()
        {
            using var bench = new Iis3dwbBench();
            bench.Start();
            var window = new SlotWindow(bench);
            short[] counts = new short[2000];
            foreach (int slot in new[] { 1, 4, 33, 500, 501, 502, 503, 990 })
            {
                int overruns = bench.Driver.Overruns;
                bench.Begin();
                window.Clear();
                window.ReadUntil(1000);
                Assert.InRange(bench.Driver.DecodeAxis(window.Slots, window.Length, 0, counts), 1000, 1600);
                Assert.Equal(0, bench.Driver.Lost);
                int before = Enumerable.Range(0, slot).Count(i => window.Slots[7 * i] >> 3 == 2);
                byte right = window.Slots[7 * slot];
                for (int wrong = 0; wrong < 256; wrong++)
                {
                    if (wrong == right || right >> 3 == 4 || (wrong >> 3 is 3 or 4 && int.PopCount(wrong) % 2 == 0)) { continue; } // another slot's tag is skipped like that slot
                    window.Slots[7 * slot] = (byte)wrong;
                    for (int axis = 0; axis < 3; axis++) { Assert.Equal(before, bench.Driver.DecodeAxis(window.Slots, window.Length, axis, counts)); }
                    Assert.Equal((1, overruns + 1), (bench.Driver.Lost, bench.Driver.Overruns)); // told once
                }

            }

            bench.Begin();
            window.Clear();
            window.ReadUntil(100);
            window.Slots[0] ^= 0x40;
            AssertFault(Assert.Throws<SensorException>(() => bench.Driver.DecodeAxis(window.Slots, window.Length, 0, counts)), SensorFault.LostAlignment, 0x78, window.Slots[0], 0x11);
            Assert.Equal(1, bench.Driver.Lost);
        }

        [Fact]
        public void A_temperature_among_the_slots_is_skipped()
        {
            using var bench = new Iis3dwbBench();
            bench.Start();
            bench.Bus.Write(0x0A, 0xF6);
            bench.Begin();
            bench.Bus.Write(0x0A, 0xF6);
            var window = new SlotWindow(bench);
            window.ReadUntil(2560);
            Assert.InRange(bench.Driver.SkippedSlots, 9, 12);
            int[] numbers = window.Numbers();
            Assert.Equal((0, 0, 0), (Missing(numbers), bench.Driver.Lost, bench.Driver.Overruns));
            Assert.InRange(numbers.Length, 2540, 2700); // ReadUntil took the temperatures for samples
        }

        [Theory]
        [InlineData(1)]
        [InlineData(3)]
        [InlineData(6)]
        public void Lost_alignment_inside_a_window_is_told_and_counted(int bytes)
        {
            using var bench = new Iis3dwbBench();
            bench.Start();
            bench.Begin();
            var window = new SlotWindow(bench);
            window.ReadUntil(500);
            bench.Pass(12);
            int bursts = 0;
            bench.Bus.Before = (register, _) =>
            {
                if (register == 0x78 && ++bursts == 2) { bench.Chip.Slip(bytes); }
            };
            Assert.InRange(window.Read(), 125, 130); // the first burst, and what still made sense
            bench.Bus.Before = null;
            Assert.Equal(SensorFault.LostAlignment, Assert.Throws<SensorException>(() => window.Read()).Fault);
            window.ReadUntil(window.Samples + 800);
            int[] numbers = window.Numbers();
            Assert.True(Missing(numbers) > 100);
            Assert.Equal(Missing(numbers), bench.Driver.Lost);
            Assert.Equal(1, bench.Driver.Overruns);
        }

        [Theory]
        [InlineData(0x00)]
        [InlineData(0xFF)]
        public void A_line_that_dies_inside_a_window_gives_no_slots(int level)
        {
            using var bench = new Iis3dwbBench();
            bench.Start();
            bench.Begin();
            var window = new SlotWindow(bench);
            window.ReadUntil(500);
            bench.Pass(12);
            int bursts = 0;
            bench.Bus.Before = (register, _) => bench.Chip.Faults.StuckMiso = register == 0x78 && ++bursts == 2 ? (byte)level : null;
            Assert.Equal(128, window.Read());
            bench.Bus.Before = null;
            Assert.Equal(BusStatus.Partial, Assert.Throws<BusException>(() => window.Read()).Status);
            bench.Pass(12);
            bench.Bus.Before = (register, _) => bench.Chip.Faults.StuckMiso = register == 0x78 ? (byte)level : null;
            Assert.Equal(BusStatus.Silent, Assert.Throws<BusException>(() => window.Read()).Status);
            Assert.Equal(BusStatus.Silent, Assert.Throws<BusException>(() => ReadAxis(bench, 0)).Status);
            bench.Bus.Before = null;
            bench.Chip.Faults.StuckMiso = null;
            window.ReadUntil(window.Samples + 800);
            Assert.Equal(Missing(window.Numbers()), bench.Driver.Lost);
        }

        [Fact]
        public void Other_modes_have_no_windows()
        {
            foreach (Iis3dwbMode mode in new[] { Iis3dwbMode.Snapshot, Iis3dwbMode.Every4, Iis3dwbMode.Every8, Iis3dwbMode.Every20 })
            {
                using var bench = new Iis3dwbBench();
                bench.Start(mode);
                bench.Begin();
                bench.Pass(5);
                Assert.Throws<InvalidOperationException>(() => bench.Driver.ReadSlots(new byte[700], 0, 700));
                Assert.Throws<InvalidOperationException>(() => bench.Driver.ReadAxis(new short[100], 0, 100, 0));
            }
        }

        [Fact]
        public void No_slot_behind_the_length_and_no_count_behind_the_array_is_touched()
        {
            using var bench = new Iis3dwbBench();
            bench.Start();
            bench.Begin();
            var window = new SlotWindow(bench);
            window.ReadUntil(200);
            for (int slots = 0; slots <= 120; slots++)
            {
                int samples = Enumerable.Range(0, slots).Count(slot => window.Slots[7 * slot] >> 3 == 2); // sample slots' kind; stamps stand among them
                short[] counts = Enumerable.Repeat((short)-7, 200).ToArray();
                Assert.Equal(samples, bench.Driver.DecodeAxis(window.Slots, 7 * slots, 1, counts));
                Assert.All(counts.Skip(samples), count => Assert.Equal(-7, count));
                Assert.Equal(Math.Min(samples, 50), bench.Driver.DecodeAxis(window.Slots, 7 * slots, 1, new short[50]));
            }
        }

        [Fact]
        public void Only_whole_slots_are_written_and_only_where_they_belong()
        {
            using var bench = new Iis3dwbBench();
            bench.Start();
            bench.Begin();
            bench.Pass(10);
            byte[] slots = [.. Enumerable.Repeat((byte)0xEE, 800)];
            Assert.Equal(0, bench.Driver.ReadSlots(slots, 0, 6));
            Assert.Equal(98, bench.Driver.ReadSlots(slots, 10, 104));
            Assert.Equal(7, bench.Driver.ReadSlots(slots, 108, 13));
            Assert.Equal(420, bench.Driver.ReadSlots(slots, 115, 420));
            Assert.All(slots[..10].Concat(slots[535..]), b => Assert.Equal(0xEE, b));
            short[] counts = new short[80];
            Assert.Equal(73, bench.Driver.DecodeAxis(slots[10..], 525, 0, counts)); // 75 slots, two of them stamps
            Assert.Equal(Enumerable.Range(counts[0], 73), counts.Take(73).Select(c => (int)c));
            Assert.Equal(70, bench.Driver.DecodeAxis(slots[10..], 525, 0, new short[70]));
            short[] few = [7, 7, 7, 7, 7];
            Assert.Equal(3, bench.Driver.DecodeAxis(slots[10..], 27, 0, few)); // three slots and a piece of one
            Assert.Equal([counts[0], counts[1], counts[2], 7, 7], few.Select(c => (int)c));

            Assert.Equal(5, bench.Driver.ReadAxis(counts, 2, 5, 0));
            Assert.Equal(counts[2] + 4, counts[6]);
            Assert.Equal((0, 0), (bench.Driver.Lost, bench.Driver.Overruns));
        }

        private static int Missing(int[] numbers)
        {
            int missing = 0;
            for (int i = 1; i < numbers.Length; i++)
            {
                Assert.True(numbers[i] > numbers[i - 1], "sample " + numbers[i] + " after " + numbers[i - 1]);
                missing += numbers[i] - numbers[i - 1] - 1;
            }

            return missing;
        }

        private static IEnumerable<int> ReadAxis(Iis3dwbBench bench, int axis)
        {
            short[] counts = new short[600];
            int got = bench.Driver.ReadAxis(counts, 0, counts.Length, axis);
            return counts.Take(got).Select(c => (int)c);
        }

        /// <summary>A big array that fills with slots.</summary>
        private sealed class SlotWindow(Iis3dwbBench bench)
        {
            private readonly short[][] _axes = [new short[40_000], new short[40_000], new short[40_000]];

            public byte[] Slots { get; } = new byte[7 * 40_000];

            public int Length { get; private set; }

            /// <summary>Gets about how many samples are among the slots.</summary>
            public int Samples => Length / 7 * 32 / 33;

            public void Clear() => Length = 0;

            /// <summary>Reads once; tells how many slots came.</summary>
            public int Read()
            {
                int got = bench.Driver.ReadSlots(Slots, Length, Slots.Length - Length);
                Assert.Equal(0, got % 7);
                Length += got;
                return got / 7;
            }

            public int ReadUntil(int samples)
            {
                int looks = 0;
                for (; Samples < samples + 1; looks++)
                {
                    Assert.InRange(looks, 0, 2000);
                    bench.Pass(bench.Driver.Depth / 4 * 1000 / bench.Driver.NominalHertz);
                    Read();
                }

                return looks;
            }

            /// <summary>Decodes all three axes; gives the samples' numbers.</summary>
            public int[] Numbers()
            {
                int[] got = [.. _axes.Select((counts, axis) => bench.Driver.DecodeAxis(Slots, Length, axis, counts))];
                Assert.Equal((got[0], got[0]), (got[1], got[2]));
                int[] numbers = new int[got[0]];
                for (int i = 0; i < numbers.Length; i++)
                {
                    numbers[i] = NumberedSource.NumberOf(_axes[0][i], _axes[1][i]);
                    Assert.Equal(NumberedSource.Check(numbers[i]), _axes[2][i]);
                }

                return numbers;
            }
        }
    }
}
