using nanoFramework.TestFramework;
using NFUnitTest.Readings;
using Sensors.Node;

namespace NFUnitTest.Node
{
    [TestClass]
    public class DeliveryTests
    {
        [TestMethod]
        public static void Every_start_counts_one_boot()
        {
            MemoryVolume volume = new MemoryVolume();
            CountingRandom random = new CountingRandom();
            long first = Used(volume, random).Epoch;
            Assert.AreEqual(1L, first & 0xFFFFF);
            Assert.IsTrue(first > 0 && first < 1L << 53);
            Incarnation second = Start(volume, random);
            Assert.AreEqual(first + 1, second.Epoch);
            Assert.AreEqual(first, second.PreviousEpoch);
        }

        [TestMethod]
        public static void The_volume_tells_at_least_what_was_used()
        {
            MemoryVolume volume = new MemoryVolume();
            CountingRandom random = new CountingRandom();
            Incarnation incarnation = Start(volume, random);
            for (int i = 1; i <= Incarnation.Block + 5; i++)
            {
                Assert.AreEqual((long)i, incarnation.Next());
            }

            Assert.IsTrue(Start(volume, random).Unclosed.To(0) >= Incarnation.Block + 5);
        }

        [TestMethod]
        public static void A_damaged_file_repeats_no_epoch()
        {
            for (int offset = 0; offset < 67; offset++)
            {
                MemoryVolume volume = new MemoryVolume();
                CountingRandom random = new CountingRandom();
                Used(volume, random);
                long second = Start(volume, random).Epoch;
                volume.Damage("epoch.a", offset);
                Assert.AreEqual(second + 1, Start(volume, random).Epoch);
            }
        }

        [TestMethod]
        public static void A_volume_that_refuses_gives_an_epoch_of_its_own()
        {
            MemoryVolume volume = new MemoryVolume();
            CountingRandom random = new CountingRandom();
            long first = Start(volume, random).Epoch;
            volume.Refuses = true;
            Incarnation second = Start(volume, random);
            Assert.AreEqual(1, second.WriteFailures);
            Assert.IsTrue(second.Epoch >> 20 != first >> 20);
            Assert.AreEqual(1L, second.Next());
        }

        [TestMethod]
        public static void The_outbox_sends_oldest_first_within_its_window()
        {
            Outbox outbox = new Outbox(4, 64, AckMode.Broker);
            NotingSender sender = new NotingSender();
            Put(outbox, 1);
            Put(outbox, 2);
            Put(outbox, 3);
            Assert.IsTrue(outbox.SendNext(sender, 2, 0));
            Assert.IsTrue(outbox.SendNext(sender, 2, 0));
            Assert.IsFalse(outbox.SendNext(sender, 2, 0));
            Assert.AreEqual(2L, sender.Last);
            outbox.Acknowledge(1, true, 0);
            outbox.Acknowledge(1, true, 0);
            Assert.IsTrue(outbox.SendNext(sender, 2, 0));
            Assert.IsFalse(outbox.SendNext(sender, 2, 0));
            Assert.AreEqual(3L, sender.Last);
            Assert.AreEqual(2, outbox.Count);
            Assert.AreEqual(1L, outbox.Delivered);
        }

        [TestMethod]
        public static void A_lost_session_sends_again_from_the_oldest()
        {
            Outbox outbox = new Outbox(4, 64, AckMode.Broker);
            NotingSender sender = new NotingSender();
            Put(outbox, 1);
            Put(outbox, 2);
            outbox.SendNext(sender, 8, 0);
            outbox.SendNext(sender, 8, 0);
            outbox.Requeue();
            Assert.IsTrue(outbox.SendNext(sender, 8, 0));
            Assert.AreEqual(1L, sender.Last);
        }

        [TestMethod]
        public static void A_full_outbox_drops_its_oldest_and_counts_it()
        {
            Outbox outbox = new Outbox(2, 64, AckMode.Broker);
            NotingSender sender = new NotingSender();
            Put(outbox, 1);
            Put(outbox, 2);
            Put(outbox, 3);
            Assert.AreEqual(1, outbox.Dropped);
            Assert.AreEqual(2, outbox.Count);
            outbox.SendNext(sender, 8, 0);
            Assert.AreEqual(2L, sender.Last);
        }

        // A start that has written both files and left nothing open.
        private static Incarnation Used(MemoryVolume volume, CountingRandom random)
        {
            Incarnation start = Start(volume, random);
            start.End();
            return start;
        }

        private static Incarnation Start(MemoryVolume volume, CountingRandom random)
        {
            Incarnation incarnation = new Incarnation(volume, random);
            incarnation.Begin("88.118.12345/NODE-0001", new StandingClock());
            return incarnation;
        }

        private static void Put(Outbox outbox, long sequence)
        {
            outbox.Put(new byte[] { (byte)sequence, 0, 0, 0 }, 4, sequence, false, 0);
        }

        private sealed class NotingSender : RecordSender
        {
            private int _number;

            public long Last { get; private set; }

            public override int Send(byte[] bytes, int at, int length)
            {
                Last = bytes[at];
                return ++_number;
            }
        }
    }
}
