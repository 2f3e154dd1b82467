using nanoFramework.TestFramework;
using Sensors.Node;

namespace NFUnitTest.Node
{
    [TestClass]
    public class JournalTests
    {
        private const string Id = "88.118.12345/NODE-0001";
        private const long Epoch = 2801152377749507;

        [TestMethod]
        public static void What_was_committed_comes_back_after_a_restart()
        {
            MemoryVolume volume = new MemoryVolume();
            Journal journal = Start(volume);
            byte[] bytes = new byte[GapRecord.MaxLength];
            for (int i = 1; i <= 40; i++) { Assert.IsTrue(Add(journal, bytes, i)); }
            Assert.IsTrue(journal.Commit());
            Assert.AreEqual(1L, journal.Closes);

            journal = new Journal(volume, 4 * Volume.BlockBytes);
            journal.Scan();
            Assert.AreEqual(40, journal.Records);
            JournalSegment segment = new JournalSegment();
            Assert.IsTrue(journal.LoadOldest(segment));
            Assert.AreEqual(40, segment.Count);
            for (int i = 1; i <= 40; i++)
            {
                Assert.IsTrue(segment.Next());
                Assert.AreEqual((long)i, segment.First);
                Assert.AreEqual(Id, segment.Identifier);
                Assert.AreEqual(Epoch, segment.Epoch);
                int length = Make(bytes, i);
                Assert.AreEqual(length, segment.EntryLength);
                for (int k = 0; k < length; k++) { Assert.AreEqual(bytes[k], segment.Entry[k]); }
            }

            Assert.IsFalse(segment.Next());
            journal.DeleteOldest();
            Assert.IsFalse(journal.LoadOldest(segment));
        }

        [TestMethod]
        public static void What_the_power_took_is_declared()
        {
            MemoryVolume volume = new MemoryVolume();
            Journal journal = Start(volume);
            byte[] bytes = new byte[GapRecord.MaxLength];
            Assert.IsTrue(Add(journal, bytes, 1));
            Assert.IsTrue(journal.Commit());

            journal = new Journal(volume, 4 * Volume.BlockBytes);
            journal.Scan();
            Assert.IsTrue(journal.CloseEpoch(Id, Epoch, 1, 4096));
            JournalSegment segment = new JournalSegment();
            Assert.IsTrue(journal.LoadOldest(segment));
            journal.DeleteOldest();
            Assert.IsTrue(journal.LoadOldest(segment));
            Assert.IsTrue(segment.Next());
            GapRecord gap = new GapRecord();
            Assert.IsTrue(gap.TryRead(segment.Entry, 0, segment.EntryLength));
            Assert.IsTrue(gap.Gap.Reason == GapReason.PowerCut);
            Assert.AreEqual(2L, gap.Gap.From(0));
            Assert.AreEqual(4096L, gap.Gap.To(0));
        }

        [TestMethod]
        public static void A_volume_that_refuses_has_taken_nothing()
        {
            MemoryVolume volume = new MemoryVolume();
            Journal journal = Start(volume);
            byte[] bytes = new byte[GapRecord.MaxLength];
            volume.Refuses = true;
            Assert.IsTrue(Add(journal, bytes, 1));
            Assert.IsFalse(journal.Commit());
            Assert.AreEqual(0, journal.Records);
            volume.Refuses = false;
            Assert.IsTrue(Add(journal, bytes, 1));
            Assert.IsTrue(journal.Commit());
            Assert.AreEqual(1L, journal.High);
        }

        private static Journal Start(MemoryVolume volume)
        {
            Journal journal = new Journal(volume, 4 * Volume.BlockBytes);
            journal.Scan();
            journal.Begin(Id, Epoch, null);
            return journal;
        }

        private static bool Add(Journal journal, byte[] bytes, int number)
        {
            return journal.Add(bytes, 0, Make(bytes, number), number, number);
        }

        // A reading's head, some content, a check.
        private static int Make(byte[] bytes, int number)
        {
            int at = 0;
            bytes[at++] = 1;
            bytes[at++] = 2;
            bytes[at++] = 2;
            bytes[at++] = (byte)'t';
            bytes[at++] = (byte)('0' + (number % 3));
            for (int i = 0; i < 13; i++) { bytes[at++] = i == 0 ? (byte)number : (byte)0; }
            for (int i = 0; i < 20; i++) { bytes[at++] = (byte)((number * i) / 7); }
            uint check = Crc32.Compute(bytes, 0, at);
            for (int i = 0; i < 4; i++) { bytes[at++] = (byte)(check >> (8 * i)); }
            return at;
        }
    }
}
