using System;
using System.Collections.Generic;
using System.Linq;
using Sensors.Node.Tests.Fakes;

namespace Sensors.Node.Tests.Delivery
{
    /// <summary>Numbers that never repeat, whatever happens to power and volume.</summary>
    public class IncarnationTests
    {
        private const long Boots = 1L << 20;

        private readonly MemoryVolume _volume = new MemoryVolume();
        private readonly SeededRandom _random = new SeededRandom(7);

        [Fact]
        public void The_first_start_draws_an_incarnation_and_counts_boot_one()
        {
            Incarnation first = Start();
            Assert.Equal(1, first.Epoch % Boots);
            Assert.InRange(first.Epoch, 1, (1L << 53) - 1);
            Assert.Equal(0, first.PreviousEpoch);
            Assert.Equal(0, first.PreviousReserved);
            Assert.Equal(0, first.Sequence);
            Assert.Equal(0, first.WriteFailures);
        }

        [Fact]
        public void Every_start_counts_one_boot_of_the_same_incarnation()
        {
            long first = Start().Epoch;
            for (int i = 1; i < 20; i++)
            {
                Incarnation next = Start();
                Assert.Equal(first + i, next.Epoch);
                Assert.Equal(first + i - 1, next.PreviousEpoch);
            }
        }

        [Fact]
        public void Even_the_largest_incarnation_stays_below_2_to_the_53()
        {
            long epoch = new Incarnation(_volume, new HighestRandom()).Epoch;
            Assert.Equal((0xFFFFFFFFL << 20) + 1, epoch);
            Assert.True(epoch < 1L << 53);
        }

        [Fact]
        public void Sequences_count_from_one_without_a_gap()
        {
            Incarnation incarnation = Start();
            for (int i = 1; i <= 3 * Incarnation.Block; i++)
            {
                Assert.Equal(i, incarnation.Next());
            }

            Assert.Equal(3 * Incarnation.Block, incarnation.Sequence);
        }

        [Fact]
        public void A_file_is_written_at_start_and_once_a_block_only()
        {
            Incarnation incarnation = Start();
            Assert.Single(_volume.Written);
            for (int i = 0; i < Incarnation.Block; i++)
            {
                incarnation.Next();
            }

            Assert.Single(_volume.Written);
            incarnation.Next();
            Assert.Equal(2, _volume.Written.Count);
        }

        [Fact]
        public void The_two_files_alternate_across_starts()
        {
            for (int i = 0; i < 3; i++)
            {
                Incarnation incarnation = Start();
                for (int n = 0; n <= Incarnation.Block; n++)
                {
                    incarnation.Next();
                }

                Start();
            }

            Assert.Equal(9, _volume.Written.Count);
            for (int i = 0; i < 9; i++)
            {
                Assert.Equal(i % 2 == 0 ? "epoch.a" : "epoch.b", _volume.Written[i]);
            }
        }

        [Theory]
        [InlineData(0)]
        [InlineData(1)]
        [InlineData(1023)]
        [InlineData(1024)]
        [InlineData(1025)]
        [InlineData(5000)]
        public void The_volume_tells_at_least_what_the_last_epoch_has_used(int readings)
        {
            Incarnation incarnation = Start();
            for (int i = 0; i < readings; i++)
            {
                incarnation.Next();
            }

            Incarnation next = Start();
            Assert.Equal(incarnation.Epoch, next.PreviousEpoch);
            Assert.InRange(next.PreviousReserved, readings, readings + Incarnation.Block);
        }

        [Fact]
        public void A_formatted_volume_gives_a_new_incarnation()
        {
            long first = Start().Epoch;
            _volume.Files.Clear();
            long second = Start().Epoch;
            Assert.NotEqual(first / Boots, second / Boots);
            Assert.Equal(1, second % Boots);
        }

        [Theory]
        [InlineData("epoch.a")]
        [InlineData("epoch.b")]
        public void Any_damaged_byte_of_either_file_repeats_no_epoch(string name)
        {
            for (int at = 0; at < 24; at++)
            {
                _volume.Files.Clear();
                var epochs = new HashSet<long> { Start().Epoch, Start().Epoch, Start().Epoch };
                _volume.Files[name][at] ^= 0x10;
                Assert.True(epochs.Add(Start().Epoch), "byte " + at);
                Assert.True(epochs.Add(Start().Epoch), "byte " + at);
                Assert.Single(epochs.Select(epoch => epoch / Boots).Distinct()); // the other file was enough
            }
        }

        [Fact]
        public void A_file_of_another_length_counts_as_damaged()
        {
            long first = Start().Epoch;
            long second = Start().Epoch;
            _volume.Files["epoch.b"] = new byte[3];
            long third = Start().Epoch;
            Assert.Equal(first / Boots, third / Boots);
            Assert.True(third > second);
        }

        [Fact]
        public void With_both_files_damaged_a_new_incarnation_is_drawn()
        {
            Start();
            long second = Start().Epoch;
            _volume.Files["epoch.a"][5] ^= 1;
            _volume.Files["epoch.b"][5] ^= 1;
            Assert.NotEqual(second / Boots, Start().Epoch / Boots);
        }

        [Fact]
        public void A_volume_that_refuses_at_start_gives_this_start_an_epoch_of_its_own()
        {
            long first = Start().Epoch;
            _volume.Plan = _ => Fate.Refused;
            Incarnation second = Start();
            Incarnation third = Start();
            Assert.Equal(1, second.WriteFailures);
            Assert.Equal(3, new[] { first, second.Epoch, third.Epoch }.Select(epoch => epoch / Boots).Distinct().Count());
            for (int i = 1; i <= 3000; i++)
            {
                Assert.Equal(i, second.Next()); // numbers go on without the volume
            }

            _volume.Plan = _ => Fate.Done;
            Assert.DoesNotContain(Start().Epoch, new[] { first, second.Epoch, third.Epoch });
        }

        [Fact]
        public void A_full_boot_counter_draws_a_new_incarnation()
        {
            long first = Start().Epoch;
            SetBoot("epoch.a", (1 << 20) - 2);
            Incarnation last = Start();
            Assert.Equal((first / Boots * Boots) + Boots - 1, last.Epoch);
            Incarnation next = Start();
            Assert.NotEqual(first / Boots, next.Epoch / Boots);
            Assert.Equal(1, next.Epoch % Boots);
            Assert.Equal(last.Epoch, next.PreviousEpoch);
            Assert.Equal(next.Epoch + 1, Start().Epoch); // the old one's high count does not win
        }

        [Fact]
        public void A_power_cut_anywhere_in_the_change_of_incarnation_repeats_nothing()
        {
            foreach (Fate fate in new[] { Fate.CutBefore, Fate.CutBetween, Fate.CutTorn, Fate.CutAfter })
            {
                for (int change = 0; change < 3; change++)
                {
                    _volume.Files.Clear();
                    Start();
                    SetBoot("epoch.a", (1 << 20) - 3);
                    var epochs = new HashSet<long> { Start().Epoch, Start().Epoch };
                    int at = _volume.Changes + change;
                    _volume.Plan = n => n == at ? fate : Fate.Done;
                    Assert.Throws<PowerCutException>(() => Start());
                    _volume.Plan = _ => Fate.Done;
                    Assert.True(epochs.Add(Start().Epoch), fate + " at change " + change);
                    Assert.True(epochs.Add(Start().Epoch), fate + " at change " + change);
                }
            }
        }

        [Theory]
        [InlineData(1)]
        [InlineData(2)]
        [InlineData(3)]
        [InlineData(4)]
        public void No_number_repeats_across_thousands_of_power_cuts_at_any_write(int seed)
        {
            var chance = new Random(seed);
            var used = new Dictionary<long, long>(); // the highest sequence of each epoch
            _volume.Plan = _ =>
            {
                int draw = chance.Next(100);
                return draw < 30 ? (Fate)(2 + (draw % 4)) : draw < 40 ? Fate.Refused : Fate.Done;
            };
            int cuts = 0;
            while (cuts < 3000)
            {
                try
                {
                    Incarnation incarnation = Start();
                    Assert.True(used.TryAdd(incarnation.Epoch, 0), "epoch " + incarnation.Epoch + " twice, seed " + seed);
                    if (incarnation.WriteFailures == 0 && incarnation.PreviousEpoch != 0 && used.TryGetValue(incarnation.PreviousEpoch, out long highest)
                        && highest >= 0)
                    {
                        Assert.True(incarnation.PreviousReserved >= highest, "reservation too low, seed " + seed);
                    }

                    int readings = chance.Next(3 * Incarnation.Block);
                    for (int i = 0; i < readings; i++)
                    {
                        long sequence = incarnation.Next();
                        Assert.Equal(i + 1, sequence);

                        // What a refused write could not reserve is not promised: the epoch is left out of that check.
                        used[incarnation.Epoch] = incarnation.WriteFailures > 0 ? -1 : sequence;
                    }

                    cuts++; // the power goes between two writes
                }
                catch (PowerCutException)
                {
                    cuts++;
                }
            }

            Assert.True(used.Count > 1500);
        }

        private Incarnation Start() => new Incarnation(_volume, _random);

        private void SetBoot(string name, int boot)
        {
            byte[] record = _volume.Files[name];
            BitConverter.TryWriteBytes(record.AsSpan(8), boot);
            BitConverter.TryWriteBytes(record.AsSpan(20), Crc32.Compute(record, 0, 20));
        }

        private sealed class HighestRandom : RandomSource
        {
            public override int Next(int limit) => limit - 1;

            public override void Fill(byte[] buffer) => Array.Fill(buffer, (byte)0xFF);
        }
    }
}
