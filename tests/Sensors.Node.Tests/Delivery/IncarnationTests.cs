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
        private const string Id = "88.118.12345/NODE-0001";
        private const int Length = 40 + 22 + 1 + 4;

        private readonly MemoryVolume _volume = new MemoryVolume();
        private readonly SeededRandom _random = new SeededRandom(7);
        private readonly TestClock _clock = new TestClock();

        [Fact]
        public void The_first_start_draws_an_incarnation_and_counts_boot_one()
        {
            Incarnation first = Start();
            Assert.Equal(1, first.Epoch % Boots);
            Assert.InRange(first.Epoch, 1, (1L << 53) - 1);
            Assert.Equal(0, first.PreviousEpoch);
            Assert.Equal(0, first.Unclosed.Count);
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
            long epoch = Start(new HighestRandom()).Epoch;
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
        public void A_file_is_written_at_start_with_the_first_number_and_once_a_block_only()
        {
            Incarnation incarnation = Start();
            Assert.Single(_volume.Written);
            for (int i = 0; i < Incarnation.Block; i++)
            {
                incarnation.Next();
            }

            Assert.Equal(2, _volume.Written.Count);
            incarnation.Next();
            Assert.Equal(3, _volume.Written.Count);
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

            Assert.Equal(12, _volume.Written.Count);
            for (int i = 0; i < 12; i++)
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
            Assert.Equal(readings > 0 ? 1 : 0, next.Unclosed.Count);
            if (readings > 0)
            {
                Assert.Equal((incarnation.Epoch, 1L, Id), (next.Unclosed.Epoch(0), next.Unclosed.From(0), next.Unclosed.Identifier(0)));
                Assert.InRange(next.Unclosed.To(0), readings, readings + Incarnation.Block);
            }
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
            for (int at = 0; at < Length; at++)
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
            Assert.Equal(2, next.Epoch % Boots); // 1 is a fresh volume's alone
            Assert.Equal(last.Epoch, next.PreviousEpoch);
            Assert.Equal(next.Epoch + 1, Start().Epoch); // the old one's high count does not win
        }

        [Fact]
        public void A_power_cut_in_the_change_of_incarnation_repeats_nothing()
        {
            foreach (Fate fate in new[] { Fate.CutBefore, Fate.CutBetween, Fate.CutTorn, Fate.CutAfter })
            {
                _volume.Files.Clear();
                Start();
                SetBoot("epoch.a", (1 << 20) - 3);
                var epochs = new HashSet<long> { Start().Epoch, Start().Epoch };
                int at = _volume.Changes;
                _volume.Plan = n => n == at ? fate : Fate.Done;
                Assert.Throws<PowerCutException>(() => Start());
                _volume.Plan = _ => Fate.Done;
                Assert.True(epochs.Add(Start().Epoch), fate.ToString());
                Assert.True(epochs.Add(Start().Epoch), fate.ToString());
            }
        }

        [Fact]
        public void The_volume_tells_what_the_next_start_has_to_know_of_the_last_one()
        {
            var outbox = new Outbox(8, 4096, AckMode.Broker);
            _clock.SetUtc(1_763_600_000_000, ClockState.Synced);
            Incarnation first = Start();
            Assert.True(first.IsFresh);
            Assert.True(first.IsDurable);
            first.Attach(outbox);
            for (int i = 0; i < Incarnation.Block; i++)
            {
                first.Next();
            }

            outbox.Put(new byte[8], 8, 4000, urgent: false, now: 0);
            _clock.Now = 5_000_000;
            first.Next();
            var second = new Incarnation(_volume, _random);
            Assert.Equal(first.Epoch, second.PreviousEpoch);
            Assert.Equal(first.Epoch, second.Unclosed.Epoch(0));
            Assert.Equal(4000, second.Unclosed.From(0));
            Assert.Equal(2 * Incarnation.Block, second.Unclosed.To(0));
            Assert.Equal(Id, second.Unclosed.Identifier(0));
            Assert.Equal(1_763_600_005_000, second.Utc);
            Assert.Equal(0, second.SkippedEpoch);
            Assert.True(second.IsFresh); // the statement was never safe
        }

        [Fact]
        public void Under_another_identifier_a_used_board_states_itself_anew()
        {
            Incarnation first = Start();
            first.Attach(new Outbox(8, 4096, AckMode.Broker));
            first.Next();
            first.Stated();
            Incarnation moved = Start("88.118.12345/OTHER");
            Assert.True(moved.IsFresh);
            Assert.Equal(first.Epoch + 1, moved.Epoch);
            Assert.Equal(Id, moved.Unclosed.Identifier(0)); // what is open of the place before stays there
            Assert.True(Start("88.118.12345/OTHER").IsFresh); // the statement was never safe
            moved = Start("88.118.12345/OTHER");
            moved.Attach(new Outbox(8, 4096, AckMode.Broker));
            moved.Stated();
            Assert.False(Start("88.118.12345/OTHER").IsFresh);
        }

        [Fact]
        public void A_statement_that_is_safe_is_not_made_again_and_an_end_on_purpose_leaves_nothing_open()
        {
            Incarnation first = Start();
            first.Attach(new Outbox(8, 4096, AckMode.Broker));
            first.Next();
            first.Stated();
            first.Next();
            first.End();
            var second = new Incarnation(_volume, _random);
            Assert.False(second.IsFresh);
            Assert.Equal(0, second.Unclosed.Count);

            // A node that lives on all the same reserves anew before it gives out a number.
            Assert.Equal(3, first.Next());
            Assert.Equal(2 + Incarnation.Block, new Incarnation(_volume, _random).Unclosed.To(0));
        }

        [Fact]
        public void Starts_whose_end_no_journal_took_are_remembered_until_it_does()
        {
            var epochs = new List<long>();
            for (int i = 0; i < 3; i++)
            {
                Incarnation start = Start();
                start.Next();
                epochs.Add(start.Epoch);
            }

            Start(); // and one that never gave out a number: there is nothing to close of it
            Incarnation last = Start();
            Assert.Equal(epochs, Enumerable.Range(0, last.Unclosed.Count).Select(last.Unclosed.Epoch));
            last.Closed();
            Assert.Equal(epochs.Skip(1).Append(last.Epoch), Epochs()); // itself, too, once it is over: a block is reserved
            last.Closed();
            last.Closed();
            Assert.Equal(new[] { last.Epoch }, Epochs());
        }

        [Fact]
        public void More_starts_in_a_row_than_can_be_remembered_are_no_harm_to_the_first_and_the_last()
        {
            long first = 0;
            for (int i = 0; i < UnclosedEpochs.Most + 5; i++)
            {
                Incarnation start = Start();
                start.Next();
                first = first == 0 ? start.Epoch : first;
            }

            List<long> told = Epochs();
            Assert.Equal(UnclosedEpochs.Most, told.Count);
            Assert.Equal((first, first + UnclosedEpochs.Most + 4), (told[0], told[^1]));
        }

        [Fact]
        public void A_start_the_volume_did_not_take_is_taken_later()
        {
            long first = Start().Epoch;
            _volume.Plan = _ => Fate.Refused;
            Incarnation second = Start();
            Assert.False(second.IsDurable);
            Assert.NotEqual(first / Boots, second.Epoch / Boots);
            Assert.Equal(first, new Incarnation(_volume, _random).PreviousEpoch);
            _volume.Plan = _ => Fate.Done;
            second.Repair();
            Assert.True(second.IsDurable);
            Assert.Equal(second.Epoch, new Incarnation(_volume, _random).PreviousEpoch);
            Assert.Equal(second.Epoch + 1, Start().Epoch);
        }

        [Fact]
        public void A_damaged_file_may_have_told_of_more_numbers_and_of_another_start()
        {
            Start();
            long second = Start().Epoch;
            _volume.Files["epoch.b"][20] ^= 1;
            var third = new Incarnation(_volume, _random);
            Assert.Equal(second - 1, third.PreviousEpoch);
            Assert.Equal(second, third.SkippedEpoch);
            Assert.Equal(new[] { second - 1, second }, Epochs());
            Assert.Equal((Gap.NoEnd, Gap.NoEnd), (third.Unclosed.To(0), third.Unclosed.To(1)));
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
                        Assert.True(highest == 0 || Reserved(incarnation) >= highest, "reservation too low, seed " + seed);
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

        private static long Reserved(Incarnation incarnation)
        {
            int index = Enumerable.Range(0, incarnation.Unclosed.Count).LastOrDefault(i => incarnation.Unclosed.Epoch(i) == incarnation.PreviousEpoch, -1);
            return index < 0 ? 0 : incarnation.Unclosed.To(index);
        }

        private List<long> Epochs()
        {
            UnclosedEpochs unclosed = new Incarnation(_volume, _random).Unclosed;
            return Enumerable.Range(0, unclosed.Count).Select(unclosed.Epoch).ToList();
        }

        private Incarnation Start() => Start(_random);

        private Incarnation Start(string identifier) => Start(_random, identifier);

        private Incarnation Start(RandomSource random, string identifier = Id)
        {
            var incarnation = new Incarnation(_volume, random);
            incarnation.Begin(identifier, _clock);
            return incarnation;
        }

        private void SetBoot(string name, int boot)
        {
            byte[] record = _volume.Files[name];
            BitConverter.TryWriteBytes(record.AsSpan(8), boot);
            BitConverter.TryWriteBytes(record.AsSpan(record.Length - 4), Crc32.Compute(record, 0, record.Length - 4));
        }

        private sealed class HighestRandom : RandomSource
        {
            public override int Next(int limit) => limit - 1;

            public override void Fill(byte[] buffer) => Array.Fill(buffer, (byte)0xFF);
        }
    }
}
