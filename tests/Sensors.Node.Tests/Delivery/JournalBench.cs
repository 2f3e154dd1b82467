using System;
using System.Collections.Generic;
using System.IO;
using Sensors.Node.Tests.Fakes;

namespace Sensors.Node.Tests.Delivery
{
    /// <summary>Records as nodes make them, and what is needed around a journal.</summary>
    internal static class JournalBench
    {
        public const string Id = "88.118.12345/NODE-0001";

        public const long Epoch = 2801152377749507;

        /// <summary>The page that specifies the journal.</summary>
        public static string Page { get; } = File.ReadAllText(PagePath());

        /// <summary>A record of the stored form's head, any bytes, and a check.</summary>
        public static byte[] Record(int kind, string point, long number, byte[] content, long time = 0, int flags = 0)
        {
            byte[] record = new byte[3 + point.Length + 13 + content.Length + 4];
            record[0] = 1;
            record[1] = (byte)kind;
            record[2] = (byte)point.Length;
            for (int i = 0; i < point.Length; i++)
            {
                record[3 + i] = (byte)point[i];
            }

            int at = 3 + point.Length;
            LittleEndian.Put(record, at, number, 6);
            LittleEndian.Put(record, at + 6, time, 6);
            record[at + 12] = (byte)flags;
            content.CopyTo(record, at + 13);
            LittleEndian.Put(record, record.Length - 4, Crc32.Compute(record, 0, record.Length - 4), 4);
            return record;
        }

        public static byte[] Gap(GapReason reason, int count, params (long From, long To)[] ranges)
        {
            var gap = new Gap();
            gap.Begin(reason, count);
            foreach ((long from, long to) in ranges)
            {
                gap.Add(from, to);
            }

            byte[] bytes = new byte[GapRecord.MaxLength];
            return bytes[..new GapRecord().Write(gap, bytes, 0)];
        }

        public static bool Add(this Journal journal, byte[] record)
        {
            var gap = new GapRecord();
            long first = JournalForm.NumberOf(record, 0);
            long last = first;
            if (gap.TryRead(record, 0, record.Length))
            {
                last = gap.Gap.To(gap.Gap.Ranges - 1);
            }

            return journal.Add(record, 0, record.Length, first, last);
        }

        /// <summary>Reads all of the journal, oldest segment first, and deletes it.</summary>
        public static List<Entry> Drain(Journal journal)
        {
            var entries = new List<Entry>();
            var segment = new JournalSegment();
            while (journal.LoadOldest(segment))
            {
                int before = entries.Count;
                while (segment.Next())
                {
                    entries.Add(new Entry(segment));
                }

                Xunit.Assert.Equal(segment.Count, entries.Count - before);
                journal.DeleteOldest();
            }

            return entries;
        }

        private static string PagePath()
        {
            DirectoryInfo at = new(AppContext.BaseDirectory);
            while (!File.Exists(Path.Combine(at.FullName, "docs", "journal.md")))
            {
                at = at.Parent!;
            }

            return Path.Combine(at.FullName, "docs", "journal.md");
        }
    }

    /// <summary>An entry as it was given.</summary>
    internal sealed class Entry
    {
        public Entry(JournalSegment segment)
        {
            Identifier = segment.Identifier;
            Epoch = segment.Epoch;
            First = segment.First;
            Last = segment.Last;
            Bytes = segment.Entry[..segment.EntryLength];
            UtcAtStart = segment.UtcAtStart;
            var gap = new GapRecord();
            if (gap.TryRead(Bytes, 0, Bytes.Length))
            {
                Gap = gap.Gap;
            }
        }

        public string Identifier { get; }

        public long Epoch { get; }

        public long First { get; }

        public long Last { get; }

        public byte[] Bytes { get; }

        public long UtcAtStart { get; }

        public Gap? Gap { get; }
    }
}
