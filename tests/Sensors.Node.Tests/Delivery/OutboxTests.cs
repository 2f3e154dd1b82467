using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;

namespace Sensors.Node.Tests.Delivery
{
    /// <summary>Readings on their way.</summary>
    public class OutboxTests
    {
        private readonly CollectingSender _sender = new CollectingSender();
        private long _sequence;

        [Fact]
        public void The_oldest_is_sent_first()
        {
            var outbox = new Outbox(8, 4096, AckMode.Broker);
            Put(outbox, 5);
            while (outbox.SendNext(_sender, 8, 0))
            {
            }

            Assert.Equal(new long[] { 1, 2, 3, 4, 5 }, _sender.Sequences);
            Assert.Equal(5, outbox.Count);
        }

        [Fact]
        public void No_more_are_in_flight_than_the_window_holds()
        {
            var outbox = new Outbox(8, 4096, AckMode.Broker);
            Put(outbox, 5);
            Assert.True(outbox.SendNext(_sender, 2, 0));
            Assert.True(outbox.SendNext(_sender, 2, 0));
            Assert.False(outbox.SendNext(_sender, 2, 0));
            outbox.Acknowledge(1, true, 0);
            Assert.True(outbox.SendNext(_sender, 2, 0));
            Assert.Equal(new long[] { 1, 2, 3 }, _sender.Sequences);
            Assert.Equal(1, outbox.Delivered);
        }

        [Fact]
        public void A_full_outbox_drops_the_oldest_waiting_and_counts_it()
        {
            var outbox = new Outbox(4, 4096, AckMode.Broker);
            Put(outbox, 4);
            outbox.SendNext(_sender, 1, 0); // 1 is in flight: it may have arrived, so it does not give way
            Put(outbox, 2);
            Assert.Equal(2, outbox.Dropped);
            outbox.Acknowledge(1, true, 0);
            SendAll(outbox);
            Assert.Equal(new long[] { 1, 4, 5, 6 }, _sender.Sequences);
        }

        [Fact]
        public void With_all_in_flight_the_oldest_of_those_gives_way()
        {
            var outbox = new Outbox(3, 4096, AckMode.Broker);
            Put(outbox, 3);
            while (outbox.SendNext(_sender, 8, 0))
            {
            }

            Put(outbox, 1);
            Assert.Equal(1, outbox.Dropped);
            Assert.Equal(3, outbox.Count);
            outbox.Acknowledge(1, true, 0); // of the one that gave way: its slot is another's by now
            Assert.Equal(3, outbox.Count);
            Assert.Equal(0, outbox.Delivered);
            Assert.True(outbox.SendNext(_sender, 3, 0)); // and the window has room for the new one
            Assert.Equal(4, _sender.Sequences.Last());
        }

        [Fact]
        public void What_is_given_up_is_sent_again_before_younger_ones()
        {
            var outbox = new Outbox(8, 4096, AckMode.Broker);
            Put(outbox, 3);
            outbox.SendNext(_sender, 8, 0);
            outbox.Acknowledge(1, false, 0);
            SendAll(outbox);
            Assert.Equal(new long[] { 1, 1, 2, 3 }, _sender.Sequences);
        }

        [Fact]
        public void A_lost_session_puts_all_in_flight_in_line_again_in_order()
        {
            var outbox = new Outbox(8, 4096, AckMode.Broker);
            Put(outbox, 4);
            outbox.SendNext(_sender, 8, 0);
            outbox.SendNext(_sender, 8, 0);
            outbox.SendNext(_sender, 8, 0);
            outbox.Acknowledge(2, true, 0);
            outbox.Requeue();
            _sender.Sequences.Clear();
            SendAll(outbox);
            Assert.Equal(new long[] { 1, 3, 4 }, _sender.Sequences);
        }

        [Fact]
        public void A_message_the_link_does_not_take_stays()
        {
            var outbox = new Outbox(4, 4096, AckMode.Broker);
            Put(outbox, 1);
            _sender.Refuses = true;
            Assert.False(outbox.SendNext(_sender, 8, 0));
            Assert.Equal(1, outbox.Count);
            _sender.Refuses = false;
            Assert.True(outbox.SendNext(_sender, 8, 0));
        }

        [Fact]
        public void Duplicate_and_unknown_acknowledgements_change_nothing()
        {
            var outbox = new Outbox(4, 4096, AckMode.Broker);
            Put(outbox, 2);
            outbox.SendNext(_sender, 1, 0);
            outbox.Acknowledge(99, true, 0);
            outbox.Acknowledge(99, false, 0);
            outbox.Acknowledge(1, true, 0);
            outbox.Acknowledge(1, true, 0);
            outbox.Acknowledge(1, false, 0);
            Assert.Equal(1, outbox.Delivered);
            Assert.Equal(1, outbox.Count);
            Assert.True(outbox.SendNext(_sender, 1, 0)); // the window was not freed twice
            Put(outbox, 1);
            Assert.False(outbox.SendNext(_sender, 1, 0));
        }

        [Fact]
        public void Bytes_that_are_no_record_do_not_block_the_line()
        {
            var outbox = new Outbox(4, 4096, AckMode.Broker);
            Put(outbox, 2);
            _sender.Unreadable1 = true;
            SendAll(outbox);
            Assert.Equal(new long[] { 2 }, _sender.Sequences);
            Assert.Equal(1, outbox.Dropped);
        }

        [Fact]
        public void An_alarm_overtakes_readings_that_wait()
        {
            var outbox = new Outbox(8, 4096, AckMode.Broker);
            Put(outbox, 3);
            Put(outbox, 2, urgent: true);
            Put(outbox, 1);
            SendAll(outbox);
            Assert.Equal(new long[] { 4, 5, 1, 2, 3, 6 }, _sender.Sequences);
        }

        [Fact]
        public void Readings_give_way_to_what_comes_and_alarms_do_not()
        {
            var outbox = new Outbox(4, 4096, AckMode.Broker);
            Put(outbox, 1, urgent: true);
            Put(outbox, 20);
            SendAll(outbox);
            Assert.Equal(new long[] { 1, 19, 20, 21 }, _sender.Sequences);
            Assert.Equal(17, outbox.Dropped);
        }

        [Fact]
        public void Alarms_that_fill_everything_give_way_oldest_first()
        {
            var outbox = new Outbox(3, 4096, AckMode.Broker);
            Put(outbox, 5, urgent: true);
            SendAll(outbox);
            Assert.Equal(new long[] { 3, 4, 5 }, _sender.Sequences);
            Assert.Equal(2, outbox.Dropped);
        }

        [Theory]
        [InlineData(1)]
        [InlineData(2)]
        [InlineData(3)]
        [InlineData(4)]
        public void Records_of_many_lengths_share_the_memory_and_stay_whole(int seed)
        {
            var chance = new Random(seed);
            var outbox = new Outbox(16, 1000, AckMode.Broker);
            for (int step = 0; step < 20000; step++)
            {
                if (chance.Next(2) == 0)
                {
                    PutOne(outbox, 8 + chance.Next(chance.Next(3) == 0 ? 393 : 40), chance.Next(12) == 0);
                }
                else if (outbox.SendNext(_sender, 4, 0) && chance.Next(4) != 0)
                {
                    outbox.Acknowledge(Math.Max(1, _sender.Last - chance.Next(3)), chance.Next(5) != 0, 0);
                }

                Assert.Equal(_sequence, outbox.Delivered + outbox.Dropped + outbox.Count);
            }

            outbox.Requeue();
            SendAll(outbox);
            Assert.Equal(0, outbox.Count);
        }

        [Fact]
        public void An_acknowledgement_that_comes_before_the_hand_over_returns_is_not_lost()
        {
            var outbox = new Outbox(4, 4096, AckMode.Broker);
            Put(outbox, 1);
            using var racing = new RacingSender(outbox);
            Assert.True(outbox.SendNext(racing, 8, 0));
            Assert.True(racing.Join());
            Assert.Equal(1, outbox.Delivered);
            Assert.Equal(0, outbox.Count);
        }

        [Theory]
        [InlineData(1)]
        [InlineData(2)]
        [InlineData(3)]
        [InlineData(4)]
        [InlineData(5)]
        public void No_reading_is_lost_unless_it_is_counted_and_no_slot_leaks(int seed)
        {
            const int slots = 12;
            var chance = new Random(seed);
            var outbox = new Outbox(slots, 4096, AckMode.Broker);
            var delivered = new HashSet<long>();
            long delivery = 0;
            for (int step = 0; step < 20000; step++)
            {
                switch (chance.Next(8))
                {
                    case 0:
                    case 1:
                        Put(outbox, 1);
                        break;
                    case 2:
                    case 3:
                        _sender.Refuses = chance.Next(5) == 0;
                        outbox.SendNext(_sender, 6, 0);
                        break;
                    case 4:
                    case 5:
                    case 6:
                        // Any number handed out of late, so unknown ones and duplicates come, too.
                        int number = Math.Max(1, _sender.Last - chance.Next(8));
                        bool good = chance.Next(4) != 0;
                        long before = outbox.Delivered;
                        outbox.Acknowledge(number, good, 0);
                        if (outbox.Delivered > before)
                        {
                            Assert.True(good);
                            Assert.True(delivered.Add(_sender.SequenceOf(number)), "delivered twice");
                            delivery++;
                        }

                        break;
                    default:
                        if (chance.Next(20) == 0)
                        {
                            outbox.Requeue();
                        }

                        break;
                }

                Assert.Equal(_sequence, outbox.Delivered + outbox.Dropped + outbox.Count);
                Assert.InRange(outbox.Count, 0, slots);
            }

            // In the end all that was not dropped arrives.
            _sender.Refuses = false;
            outbox.Requeue();
            while (outbox.SendNext(_sender, 6, 0))
            {
                delivered.Add(_sender.SequenceOf(_sender.Last));
                outbox.Acknowledge(_sender.Last, true, 0);
            }

            Assert.Equal(0, outbox.Count);
            Assert.Equal(_sequence, delivered.Count + outbox.Dropped);
            Assert.Equal(delivery, outbox.Delivered - (delivered.Count - delivery));
            Put(outbox, slots);
            Assert.Equal(slots, outbox.Count); // every slot is still there
        }

        private void Put(Outbox outbox, int count, bool urgent = false)
        {
            for (int i = 0; i < count; i++)
            {
                PutOne(outbox, 8, urgent);
            }
        }

        // Every byte of a record names it, so that the sender sees when another has written over it.
        private void PutOne(Outbox outbox, int length, bool urgent)
        {
            byte[] record = new byte[length];
            Array.Fill(record, (byte)(++_sequence));
            BitConverter.TryWriteBytes(record, _sequence);
            outbox.Put(record, length, _sequence, urgent, 0);
            outbox.Release();
        }

        private void SendAll(Outbox outbox)
        {
            while (outbox.SendNext(_sender, 1, 0))
            {
                outbox.Acknowledge(_sender.Last, true, 0);
            }
        }

        private sealed class CollectingSender : RecordSender
        {
            private readonly Dictionary<int, long> _byNumber = new Dictionary<int, long>();

            public List<long> Sequences { get; } = new List<long>();

            public bool Refuses { get; set; }

            /// <summary>Takes record 1 for none.</summary>
            public bool Unreadable1 { get; set; }

            public int Last { get; private set; }

            public long SequenceOf(int number) => _byNumber[number];

            public override int Send(byte[] bytes, int at, int length)
            {
                if (Refuses)
                {
                    return 0;
                }

                long sequence = BitConverter.ToInt64(bytes, at);
                Assert.All(bytes.AsSpan(at + 8, length - 8).ToArray(), fill => Assert.Equal((byte)sequence, fill));
                if (Unreadable1 && sequence == 1)
                {
                    return Unreadable;
                }

                Sequences.Add(sequence);
                Last++;
                _byNumber[Last] = sequence;
                return Last;
            }
        }

        // The package's dispatcher may tell of an acknowledgement while Publish is still on its way back.
        private sealed class RacingSender : RecordSender, IDisposable
        {
            private readonly ManualResetEventSlim _begun = new ManualResetEventSlim();
            private readonly Thread _acknowledger;

            public RacingSender(Outbox outbox)
            {
                _acknowledger = new Thread(() =>
                {
                    _begun.Set();
                    outbox.Acknowledge(77, true, 0);
                });
            }

            public override int Send(byte[] bytes, int at, int length)
            {
                _acknowledger.Start();
                _begun.Wait(TestContext.Current.CancellationToken);
                Thread.Sleep(5); // time enough for an acknowledgement that waits for nobody
                return 77;
            }

            public bool Join() => _acknowledger.Join(5000);

            public void Dispose() => _begun.Dispose();
        }
    }
}
