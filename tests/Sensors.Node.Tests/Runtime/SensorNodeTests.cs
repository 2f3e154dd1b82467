using System;
using Sensors.Node.Tests.Fakes;

namespace Sensors.Node.Tests.Runtime
{
    /// <summary>The node put together.</summary>
    public class SensorNodeTests
    {
        private readonly NodeBench _bench = new NodeBench();

        [Fact]
        public void After_it_has_warmed_up_it_allocates_nothing()
        {
            _bench.Settings = "interval_ms=1000\n";
            _bench.Acknowledgement = AckMode.Broker; // an edge's words are arrays that somebody has to make
            _bench.AddVibration();
            _bench.AddTemperature();
            _bench.AddCurrent();
            _bench.Link.Keeps = false;
            _bench.Volume.Discards = true;
            _bench.Run(10_000);
            SensorNode node = _bench.Node;
            int readings = _bench.Link.Taken;

            // Status comes once a minute and may allocate; so the link is only asked for readings, the loop for everything.
            long allocated = 0;
            for (int block = 0; block < 1000; block++)
            {
                long before = GC.GetAllocatedBytesForCurrentThread();
                Play(node, 1000);
                long after = GC.GetAllocatedBytesForCurrentThread();
                if (_bench.Link.Statuses == 0)
                {
                    allocated += after - before;
                }

                _bench.Link.Statuses = 0;
            }

            Assert.True(_bench.Link.Taken - readings >= 3000, "readings: " + (_bench.Link.Taken - readings));
            Assert.Equal(0, _bench.Node.Outbox.Dropped);
            Assert.Equal(0, _bench.Faults.Count);
            Assert.Equal(0, allocated);
        }

        [Fact]
        public void A_node_without_any_sensor_tells_that_it_lives()
        {
            _bench.Run(200_000);
            Assert.Contains("status", _bench.Events);
            Assert.Equal(0, _bench.Faults.Count);
            Assert.Null(_bench.Node.Stalled());
        }

        [Fact]
        public void An_interval_longer_than_the_supervisors_patience_is_no_stall()
        {
            _bench.Settings = "interval_ms=3600000\n";
            _bench.AddVibration();
            while (_bench.Clock.Milliseconds < 3_600_000)
            {
                int wait = _bench.Node.RunOnce();
                _bench.Node.Link.Step();
                _bench.Clock.Sleep(wait);
                Assert.Null(_bench.Node.Stalled());
            }

            Assert.InRange(_bench.Clock.Milliseconds, 3_600_000, long.MaxValue);
        }

        [Fact]
        public void A_node_that_waited_hours_to_be_paired_is_not_stalled()
        {
            _bench.Clock.Now = 5L * 3600 * 1000 * 1000;
            Assert.Null(_bench.Node.Stalled());
        }

        [Fact]
        public void A_thread_that_hangs_is_named_by_the_other()
        {
            _bench.AddTemperature();
            _bench.Run(5_000);
            _bench.LinkRuns = false;
            _bench.Run(Supervisor.LinkLimitMilliseconds + 1_000);
            Assert.Equal("link stalled", _bench.Node.Stalled());
        }

        [Fact]
        public void Readings_of_an_outage_longer_than_the_memory_come_from_the_journal()
        {
            _bench.AddTemperature();
            _bench.Link.ConnectError = "refused";
            _bench.Run(100_000);
            Assert.True(_bench.Node.Delivery.Journal.Records > 40);
            _bench.Link.ConnectError = null;
            _bench.Run(80_000);
            System.Collections.Generic.List<long> sequences = _bench.Sequences();
            sequences.Sort();
            Assert.InRange(_bench.Node.Outbox.Count, 0, 1);
            Assert.Equal(0, _bench.Node.Outbox.Dropped);
            Assert.Equal(0, _bench.Node.Delivery.Journal.Records);
            Assert.InRange(sequences.Count, 170, 181);
            for (int i = 0; i < sequences.Count; i++)
            {
                Assert.Equal(i + 1, sequences[i]); // all, and each once
            }
        }

        private void Play(SensorNode node, int milliseconds)
        {
            long end = _bench.Clock.Now + (milliseconds * 1000L);
            while (_bench.Clock.Now < end)
            {
                int wait = node.RunOnce();
                node.Link.Step();
                _bench.Link.AcknowledgeAll();
                _bench.Clock.Sleep(wait);
            }
        }
    }
}
