using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using Sensors.Node.Tests.Fakes;
using Xunit;

namespace Sensors.Node.Tests.Delivery
{
    /// <summary>The journal's promises one by one; <see cref="JournalModelTests"/> tries them all together.</summary>
    public sealed class JournalTests
    {
        private const int Budget = 8 * Volume.BlockBytes;

        private readonly MemoryVolume _volume = new();
        private readonly TestClock _clock = new();

        [Fact]
        public void A_segment_has_the_bytes_of_the_page()
        {
            _clock.SetUtc(1763600000000, ClockState.Synced);
            Journal journal = Start();
            Assert.True(journal.Add(Reading("temp1", 7, 0x41BBA752)));
            Assert.True(journal.Add(Reading("temp1", 8, 0x41BBA7F0)));
            Assert.True(journal.Add(JournalBench.Gap(GapReason.NoRoom, 3, (9, 9), (11, 12))));
            Assert.True(journal.Commit());
            KeyValuePair<string, byte[]> file = Assert.Single(_volume.Files);
            string page = JournalBench.Page;
            Assert.Contains("`" + file.Key + "`", page, StringComparison.Ordinal);
            string golden = Regex.Match(page, "<!-- bytes: segment -->\n```\n(.*?)\n```", RegexOptions.Singleline).Groups[1].Value;
            string told = Convert.ToHexString(Convert.FromHexString(Regex.Replace(golden, "\\s", string.Empty)));
            Assert.Equal(told, Convert.ToHexString(file.Value));
        }

        [Fact]
        public void What_was_committed_comes_back_after_a_restart_in_order_and_with_its_time()
        {
            _clock.SetUtc(1763600000000, ClockState.Synced);
            Journal journal = Start();
            var added = new List<byte[]>();
            for (int i = 1; i <= 300; i++)
            {
                byte[] record = i % 50 == 0 ? JournalBench.Record(16, "vib1", i, [1, 2, 3]) : Reading("temp" + (i % 3), i, 0x41BB0000 + i);
                added.Add(record);
                if (!journal.Add(record))
                {
                    Assert.True(journal.Commit());
                    Assert.True(journal.Add(record));
                }
            }

            Assert.True(journal.Commit());
            Assert.Equal(300, journal.Records);
            Assert.Equal(300, journal.High);
            Assert.Equal(journal.Closes, _volume.Written.Count);

            Journal again = new(_volume, Budget);
            again.Scan();
            Assert.Equal(300, again.Records);
            Assert.Equal(1763600000000 + (299 * 150000), again.LatestUtc); // the last reading's; its time is since start
            List<Entry> entries = JournalBench.Drain(again);
            Assert.Equal(added, entries.Select(x => x.Bytes));
            Assert.All(entries, x => Assert.Equal((JournalBench.Id, JournalBench.Epoch, 1763600000000), (x.Identifier, x.Epoch, x.UtcAtStart)));
            Assert.Empty(_volume.Files);
            Assert.Equal(0, again.Records);
        }

        [Fact]
        public void What_a_power_cut_took_is_said_once()
        {
            Journal journal = Start();
            journal.Add(Reading("temp1", 1, 5));
            journal.Commit();
            for (int start = 0; start < 3; start++)
            {
                journal = new Journal(_volume, Budget);
                journal.Scan();
                Assert.True(journal.CloseEpoch(JournalBench.Id, JournalBench.Epoch, 1, 4096));
                Assert.Equal(2, journal.Segments);
            }

            Entry gap = JournalBench.Drain(journal)[1];
            Assert.Equal((GapReason.PowerCut, Gap.Unknown, 1), (gap.Gap!.Reason, gap.Gap.Count, gap.Gap.Ranges));
            Assert.Equal((2, 4096), (gap.First, gap.Last));
        }

        [Theory]
        [InlineData("00000000000000000000")]
        [InlineData("FFFFFFFFFFFFFFFFFFFF")]
        [InlineData("3C40010205")] // a frame that was broken off
        [InlineData("5A")]
        public void An_append_that_was_torn_costs_what_the_power_cut_costs(string tail)
        {
            Journal journal = Start();
            for (int i = 1; i <= 6; i++)
            {
                journal.Add(Reading("temp1", i, i));
                journal.Commit();
            }

            string name = _volume.Files.Keys.Single();
            _volume.Files[name] = [.. _volume.Files[name], .. Convert.FromHexString(tail)];
            journal = new Journal(_volume, Budget);
            journal.Scan();
            Assert.True(journal.CloseEpoch(JournalBench.Id, JournalBench.Epoch, 1, 4096));
            List<Entry> entries = JournalBench.Drain(journal);
            Assert.Equal(Numbers(1, 7), entries.Select(x => x.First));
            Assert.Equal((GapReason.PowerCut, 4096), (entries[6].Gap!.Reason, entries[6].Last));
        }

        [Fact]
        public void What_was_safe_in_a_segment_that_is_not_sound_any_more_is_named_too()
        {
            Journal journal = Start();
            for (int i = 1; i <= 6; i++)
            {
                journal.Add(Reading("temp1", i, i));
                journal.Commit();
            }

            string name = _volume.Files.Keys.Single();
            _volume.Files[name].AsSpan(80).Fill(0xFF); // all but the head
            journal = new Journal(_volume, Budget);
            journal.Scan();
            Assert.True(journal.CloseEpoch(JournalBench.Id, JournalBench.Epoch, 5, 4096)); // 1 to 4 were in the journal, as the epoch's file tells
            Entry lost = Assert.Single(JournalBench.Drain(journal));
            Assert.Equal((GapReason.PowerCut, 1, 4096), (lost.Gap!.Reason, lost.First, lost.Last));
        }

        [Fact]
        public void After_an_end_on_purpose_nothing_was_torn_and_what_is_not_sound_is_damage()
        {
            Journal journal = Start();
            for (int i = 1; i <= 6; i++)
            {
                journal.Add(Reading("temp1", i, i));
                journal.Commit();
            }

            string name = _volume.Files.Keys.Single();
            _volume.Files[name][^1]++;
            journal = new Journal(_volume, Budget);
            journal.Scan();
            Assert.True(journal.CloseEpoch(JournalBench.Id, JournalBench.Epoch, 7, 6)); // all 6 were safe, as the epoch's file tells
            journal.Begin(JournalBench.Id, JournalBench.Epoch + 1, _clock);
            Assert.True(journal.Add(Reading("temp1", 1, 1)) && journal.Commit());
            Entry lost = Assert.Single(JournalBench.Drain(journal), x => x.Gap != null);
            Assert.Equal((JournalBench.Epoch, GapReason.Corrupt, 6), (lost.Epoch, lost.Gap!.Reason, lost.First));
        }

        [Fact]
        public void Segments_with_torn_ends_are_joined_as_others_are()
        {
            for (int start = 1; start <= 20; start++)
            {
                var journal = new Journal(_volume, 4 * Volume.BlockBytes);
                journal.Scan();
                Assert.True(start == 1 || journal.CloseEpoch(JournalBench.Id, JournalBench.Epoch + start - 1, 1, 4096));
                journal.Begin(JournalBench.Id, JournalBench.Epoch + start, _clock);
                Assert.True(journal.Add(Reading("temp1", 1, start)));
                Assert.True(journal.Commit());
                Assert.InRange(journal.Segments, 1, 4);
                Assert.Equal(0, journal.Thinned);
                string newest = _volume.Files.Keys.Last(name => name.EndsWith((JournalBench.Epoch + start).ToString("x"), StringComparison.Ordinal));
                _volume.Files[newest] = [.. _volume.Files[newest], 0xFF, 0xFF, 0xFF];
            }

            var last = new Journal(_volume, 4 * Volume.BlockBytes);
            last.Scan();
            Assert.True(last.CloseEpoch(JournalBench.Id, JournalBench.Epoch + 20, 1, 4096));
            List<Entry> entries = JournalBench.Drain(last);
            Assert.Equal(Numbers(1, 20).Select(x => (JournalBench.Epoch + x, 1L)), entries.Where(x => x.Gap == null).Select(x => (x.Epoch, x.First)));
            Assert.All(entries, x => Assert.True(x.Gap == null || (x.Gap.Reason, x.First) == (GapReason.PowerCut, 2L)));
        }

        [Fact]
        public void Nothing_is_said_after_a_graceful_end()
        {
            Journal journal = Start();
            journal.Add(Reading("temp1", 1, 5));
            journal.Commit();
            journal = new Journal(_volume, Budget);
            journal.Scan();
            Assert.True(journal.CloseEpoch(JournalBench.Id, JournalBench.Epoch, 1, 1));
            Assert.True(journal.CloseEpoch(JournalBench.Id, JournalBench.Epoch, 5, 4));
            Assert.Equal(1, journal.Segments);
        }

        [Fact]
        public void Every_turned_byte_of_a_segment_costs_what_stood_there_and_says_so()
        {
            Journal journal = Start();
            for (int i = 1; i <= 20; i++)
            {
                journal.Add(Reading("temp" + (i % 2), i, 1000 * i));
            }

            journal.Commit();
            (string name, byte[] file) = _volume.Files.Single();
            for (int at = 0; at < file.Length; at++)
            {
                var volume = new MemoryVolume();
                volume.Files[name] = (byte[])file.Clone();
                volume.Files[name][at] ^= 0x40;
                journal = new Journal(volume, Budget);
                journal.Scan();
                journal.CloseEpoch(JournalBench.Id, JournalBench.Epoch, 1, 20);
                var here = new HashSet<long>();
                foreach (Entry entry in JournalBench.Drain(journal))
                {
                    for (int i = 0; entry.Gap != null && i < entry.Gap.Ranges; i++)
                    {
                        for (long number = entry.Gap.From(i); number <= Math.Min(20, entry.Gap.To(i)); number++)
                        {
                            Assert.True(here.Add(number), "byte " + at + ": " + number + " is here and in a gap");
                        }
                    }

                    Assert.True(entry.Gap != null || here.Add(entry.First));
                }

                Assert.Equal(20, here.Count);
            }
        }

        [Fact]
        public void Thinning_keeps_each_points_second_reading_every_alarm_and_counts_the_rest()
        {
            Journal journal = Start();
            var random = new Random(5);
            var alarms = new List<long>();
            long number = 0;
            while (journal.Thinned == 0)
            {
                number++;
                bool alarm = number % 20 == 0;
                byte[] content = new byte[150];
                random.NextBytes(content);
                byte[] record = JournalBench.Record(alarm ? 16 : 1, "vib" + (number % 2), number, alarm ? [1] : content);
                if (alarm)
                {
                    alarms.Add(number);
                }

                if (!journal.Add(record))
                {
                    Assert.True(journal.Commit());
                    Assert.True(journal.Add(record));
                }
            }

            Assert.True(journal.Commit());
            int thinned = journal.Thinned;
            List<Entry> entries = JournalBench.Drain(journal);
            Entry gap = entries.First(x => x.Gap != null);
            long[] kept = entries.Where(x => x.Gap == null).Select(x => x.First).ToArray();
            Assert.Equal((GapReason.Thinned, thinned), (gap.Gap!.Reason, gap.Gap.Count));
            Assert.Equal(number - thinned, kept.Length);
            Assert.Subset(kept.ToHashSet(), alarms.ToHashSet());
            long[] dropped = Enumerable.Range(0, gap.Gap.Ranges).SelectMany(i => Numbers(gap.Gap.From(i), gap.Gap.To(i))).ToArray();
            Assert.Equal(Numbers(1, number).Except(kept), dropped);
            for (int point = 0; point < 2; point++)
            {
                long[] ofPoint = Numbers(1, gap.Last).Where(x => x % 2 == point && x % 20 != 0).ToArray();
                Assert.InRange(dropped.Count(x => x % 2 == point), ofPoint.Length / 3, (ofPoint.Length * 2) / 3);
            }
        }

        [Fact]
        public void A_journal_of_alarms_takes_no_more_and_loses_none()
        {
            Journal journal = Start();
            long number = 0;
            bool room = true;
            while (room)
            {
                byte[] alarm = JournalBench.Record(16, "vib1", number + 1, new byte[300]);
                room = journal.Add(alarm) || (journal.Commit() && journal.Add(alarm));
                number += room ? 1 : 0;
            }

            Assert.False(journal.Commit());
            Assert.Equal(0, journal.Thinned);
            Assert.Equal(Numbers(1, number), JournalBench.Drain(journal).Select(x => x.First));
        }

        [Fact]
        public void Small_segments_of_many_starts_are_joined_and_lose_nothing()
        {
            for (int start = 1; start <= 60; start++)
            {
                var journal = new Journal(_volume, 4 * Volume.BlockBytes);
                journal.Scan();
                journal.Begin(JournalBench.Id, JournalBench.Epoch + start, _clock);
                Assert.True(journal.Add(Reading("temp1", 1, start)));
                Assert.True(journal.Commit());
                Assert.InRange(journal.Segments, 1, 3);
                Assert.Equal(0, journal.Thinned);
            }

            var last = new Journal(_volume, 4 * Volume.BlockBytes);
            last.Scan();
            Assert.Equal(Numbers(1, 60).Select(x => JournalBench.Epoch + x), JournalBench.Drain(last).Select(x => x.Epoch));
        }

        [Fact]
        public void Files_of_others_stay_and_take_room_and_an_empty_one_of_its_own_goes()
        {
            _volume.Files["settings.a"] = [1];
            _volume.Files["journey"] = [2];
            _volume.Files["j1f.2f"] = [];
            _volume.Capacity = 12 * Volume.BlockBytes;
            _volume.Files["large"] = new byte[4 * Volume.BlockBytes];
            Journal journal = Start();
            Assert.Equal(["journey", "large", "settings.a"], _volume.Files.Keys.Order(StringComparer.Ordinal));
            int most = 0;
            for (int i = 1; i < 400; i++)
            {
                byte[] record = JournalBench.Record(1, "vib1", i, new byte[i % 90]);
                if (!journal.Add(record))
                {
                    journal.Commit();
                    Assert.True(journal.Add(record));
                }

                most = Math.Max(most, journal.Segments);
            }

            Assert.InRange(most, 1, 12 - 2 - 6 - 2); // folder, others, and room to thin
        }

        [Theory]
        [InlineData(Gap.Unknown, 1)]
        [InlineData(0, 1)]
        [InlineData(37, 32)]
        public void A_gap_record_comes_back_and_every_turned_bit_is_noticed(int count, int ranges)
        {
            var gap = new Gap();
            gap.Begin(GapReason.Thinned, count);
            gap.Time = -5;
            gap.State = ClockState.Holdover;
            gap.Uncertainty = 12;
            for (int i = 0; i < ranges; i++)
            {
                Assert.True(gap.Add((i * 60000000L) + 1, i == 31 ? Gap.NoEnd : (i * 60000000L) + 30000000));
            }

            var record = new GapRecord();
            byte[] bytes = new byte[GapRecord.MaxLength + 3];
            int length = record.Write(gap, bytes, 3);
            Assert.InRange(length, 1, GapRecord.MaxLength);
            Assert.True(record.TryRead(bytes, 3, length));
            Assert.Equal((gap.Reason, count, gap.Time, gap.State, gap.Uncertainty, ranges), (record.Gap.Reason, record.Gap.Count, record.Gap.Time, record.Gap.State, record.Gap.Uncertainty, record.Gap.Ranges));
            for (int i = 0; i < ranges; i++)
            {
                Assert.Equal((gap.From(i), gap.To(i)), (record.Gap.From(i), record.Gap.To(i)));
            }

            for (int bit = 0; bit < 8 * length; bit++)
            {
                bytes[3 + (bit / 8)] ^= (byte)(1 << (bit % 8));
                Assert.False(record.TryRead(bytes, 3, length), "bit " + bit);
                bytes[3 + (bit / 8)] ^= (byte)(1 << (bit % 8));
            }
        }

        [Fact]
        public void Any_bytes_pack_and_come_back_while_they_fit()
        {
            var random = new Random(3);
            for (int run = 0; run < 300; run++)
            {
                var writes = new JournalSlots(true);
                var reads = new JournalSlots(false);
                byte[] input = new byte[2000];
                byte[] key = new byte[random.Next(1, 300)];
                random.NextBytes(key);
                key.CopyTo(input, 0);
                Assert.True(writes.Take(0, key, 0, key.Length) && reads.Take(0, key, 0, key.Length));
                for (int i = 0; i < 10; i++)
                {
                    byte[] bytes = new byte[random.Next(1, 320)];
                    key.AsSpan(0, Math.Min(key.Length, bytes.Length)).CopyTo(bytes);
                    for (int n = random.Next(bytes.Length); n > 0; n--)
                    {
                        bytes[random.Next(bytes.Length)] += (byte)random.Next(1 << random.Next(1, 9));
                    }

                    int end = JournalPacker.Pack(bytes, 0, bytes.Length, writes, 0, input, 400, 2000);
                    byte[] output = new byte[320];
                    Assert.True(JournalPacker.Unpack(input, 400, end, 0, reads, 0, output, bytes.Length));
                    Assert.Equal(bytes, output[..bytes.Length]);
                }
            }
        }

        private static IEnumerable<long> Numbers(long from, long to) => Enumerable.Range((int)from, (int)Math.Max(0, to - from + 1)).Select(x => (long)x);

        private static byte[] Reading(string point, long number, int value)
        {
            byte[] content = new byte[20];
            BitConverter.TryWriteBytes(content.AsSpan(12), value);
            return JournalBench.Record(2, point, number, content, 150000 * number);
        }

        private Journal Start()
        {
            var journal = new Journal(_volume, Budget);
            journal.Scan();
            journal.Begin(JournalBench.Id, JournalBench.Epoch, _clock);
            return journal;
        }
    }
}
