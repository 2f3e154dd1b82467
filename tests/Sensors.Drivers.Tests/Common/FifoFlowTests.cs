using System;

namespace Sensors.Drivers.Tests
{
    /// <summary>A FIFO made of arithmetic, looked at and drained at random: the account must hold whatever happens.</summary>
    public class FifoFlowTests
    {
        private const int Depth = 33;
        private const double NominalHertz = 3200;

        public static TheoryData<int> Seeds
        {
            get
            {
                var seeds = new TheoryData<int>();
                for (int seed = 1; seed <= 40; seed++)
                {
                    seeds.Add(seed);
                }

                return seeds;
            }
        }

        [Theory]
        [MemberData(nameof(Seeds))]
        public void Without_a_gap_everything_made_is_delivered_or_held(int seed)
        {
            var fifo = new Fifo(seed);
            for (int i = 0; i < 2000; i++)
            {
                fifo.Pass(fifo.Random.NextDouble() * 0.009);
                fifo.Look();
                fifo.Drain(fifo.Random.Next(Depth + 1));
                fifo.EmptyIfNearlyFull();
                Assert.Equal(0, fifo.Flow.Lost);
            }

            Assert.Equal(0, fifo.TrulyLost);
        }

        [Theory]
        [MemberData(nameof(Seeds))]
        public void The_rate_is_right_to_a_thousandth_after_ten_seconds_with_looks_held_up(int seed)
        {
            var fifo = new Fifo(seed);
            double end = fifo.Seconds + 10;
            while (fifo.Seconds < end)
            {
                fifo.Pass(0.001 + (fifo.Random.NextDouble() * 0.006));
                fifo.Look(heldUp: fifo.Random.Next(6) == 0 ? fifo.Random.NextDouble() * 0.02 : 0); // the clock is read late
                fifo.Drain(Depth);
            }

            Assert.Equal(0, fifo.Flow.Lost);
            Assert.InRange(fifo.Flow.RunHertz() / fifo.Hertz, 0.999, 1.001);
            Assert.InRange(fifo.Flow.BestHertz() / fifo.Hertz, 0.999, 1.001);
        }

        [Theory]
        [MemberData(nameof(Seeds))]
        public void Each_gap_is_told_to_one_sample_and_a_thousandth_once_the_rate_was_measured(int seed)
        {
            var fifo = new Fifo(seed);
            fifo.RunFor(10);
            for (int gap = 0; gap < 60; gap++)
            {
                long trulyBefore = fifo.TrulyLost;
                int toldBefore = fifo.Flow.Lost;
                fifo.Pass(0.011 * Math.Pow(1000, fifo.Random.NextDouble())); // 11 ms, which is just too long, to 11 s
                fifo.Look();
                long missing = fifo.TrulyLost - trulyBefore;
                Assert.InRange(fifo.Flow.Lost - toldBefore, missing - 1 - (missing * 0.001), missing + 1 + (missing * 0.001));
                Assert.True(missing == 0 || fifo.Flow.Lost > 0);
                fifo.Drain(fifo.Random.Next(Depth + 1));
                fifo.RunFor(fifo.Random.NextDouble() * 0.5); // short runs must not spoil what the long one taught
            }
        }

        [Theory]
        [MemberData(nameof(Seeds))]
        public void Many_gaps_add_up_within_their_bounds(int seed)
        {
            var fifo = new Fifo(seed);
            fifo.RunFor(10);
            for (int gap = 0; gap < 200; gap++)
            {
                fifo.Pass(0.0105 + (fifo.Random.NextDouble() * 0.02));
                fifo.Look();
                fifo.Drain(Depth);
                fifo.RunFor(0.05);
            }

            Assert.InRange(fifo.Flow.Lost, fifo.TrulyLost * 0.999 - 200, fifo.TrulyLost * 1.001 + 200);
        }

        [Fact]
        public void A_gap_before_any_rate_was_measured_is_told_by_the_nominal_one()
        {
            var flow = new FifoFlow();
            flow.Reset(1000, 0);
            flow.Break();
            Assert.True(flow.HasOpenGap);
            Assert.Equal(1, flow.Lost); // already: some are
            flow.Look(1_000_000, 32);
            Assert.False(flow.HasOpenGap);
            Assert.Equal(968, flow.Lost);
            Assert.Equal(1000, flow.BestHertz());
        }

        [Theory]
        [InlineData(30)] // one less than the time made
        [InlineData(31)]
        [InlineData(35)]
        public void A_gap_too_short_for_the_clock_is_one_sample_and_never_none(int level)
        {
            var flow = new FifoFlow();
            flow.Reset(1000, 0);
            flow.Break();
            flow.Look(31_000, level);
            Assert.Equal(1, flow.Lost);
        }

        [Fact]
        public void A_chip_that_stamps_its_samples_tells_the_gap_itself()
        {
            var flow = new FifoFlow();
            flow.Reset(1000, 0);
            flow.Look(10_000, 10);
            flow.Deliver(10);
            flow.Break();
            flow.CloseGap(7);
            Assert.False(flow.HasOpenGap);
            Assert.Equal(7, flow.Lost);
            flow.Look(30_000, 13);
            Assert.Equal(7, flow.Lost);
        }

        [Fact]
        public void Begin_forgets_the_losses_and_keeps_the_rate()
        {
            var fifo = new Fifo(1);
            fifo.RunFor(10);
            fifo.Pass(1);
            fifo.Look();
            Assert.True(fifo.Flow.Lost > 0);
            fifo.Begin();
            Assert.Equal(0, fifo.Flow.Lost);
            Assert.Equal(0, fifo.Flow.RunHertz());
            Assert.InRange(fifo.Flow.BestHertz() / fifo.Hertz, 0.999, 1.001);
            fifo.Flow.Reset((float)NominalHertz, (long)(fifo.Seconds * 1e6));
            Assert.Equal((float)NominalHertz, fifo.Flow.BestHertz());
        }

        [Fact]
        public void A_start_forgets_the_run_before_even_one_that_nothing_has_learnt_from_yet()
        {
            var flow = new FifoFlow();
            flow.Reset(3200, 0);
            for (int i = 1; i <= 100; i++)
            {
                flow.Look(i * 10_000L, 32);
                flow.Deliver(32);
            }

            flow.Reset(1000, 1_000_000);
            Assert.Equal(1000, flow.BestHertz());
            flow.Break();
            flow.Look(2_000_000, 32);
            Assert.Equal(968, flow.Lost);
        }

        [Fact]
        public void Nothing_is_allocated()
        {
            var flow = new FifoFlow();
            flow.Reset(1000, 0);
            long before = 0;
            for (int i = 1; i <= 1000; i++)
            {
                before = i == 2 ? GC.GetAllocatedBytesForCurrentThread() : before;
                flow.Look(i * 10_000L, 10);
                flow.Deliver(10);
                if (i % 50 == 0)
                {
                    flow.Break();
                    flow.Begin(i * 10_000L);
                }

                _ = flow.RunHertz() + flow.BestHertz() + flow.Lost;
            }

            Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        /// <summary>A chip's FIFO of 33 samples that drops its oldest, its clock off by up to 3 %, and the flow that keeps account of it.</summary>
        private sealed class Fifo
        {
            private double _begun;
            private long _gone;    // delivered or dropped
            private long _delivered;
            private int _held;     // at the last look, less what was delivered since

            public Fifo(int seed)
            {
                Random = new Random(seed);
                Hertz = NominalHertz * (1 + (((Random.NextDouble() * 2) - 1) * 0.03));
                Seconds = Random.NextDouble() * 1000;
                Flow.Reset((float)NominalHertz, Microseconds);
                _begun = Seconds;
            }

            public Random Random { get; }

            public FifoFlow Flow { get; } = new();

            public double Hertz { get; }

            public double Seconds { get; private set; }

            public long TrulyLost => _gone - _delivered;

            private long Microseconds => (long)(Seconds * 1e6);

            private long Made => (long)((Seconds - _begun) * Hertz);

            public void Begin()
            {
                Flow.Begin(Microseconds);
                _begun = Seconds;
                _gone = 0;
                _delivered = 0;
                _held = 0;
            }

            public void Pass(double seconds) => Seconds += seconds;

            /// <summary>Looks as a driver does: a full FIFO may have dropped samples.</summary>
            public void Look(double heldUp = 0)
            {
                long level = Made - _gone;
                if (level >= Depth)
                {
                    _gone += level - Depth;
                    level = Depth;
                    Flow.Break();
                }

                _held = (int)level;
                Flow.Look(Microseconds + (long)(heldUp * 1e6), _held);
            }

            public void Drain(int most)
            {
                int count = Math.Min(most, _held);
                _held -= count;
                _gone += count;
                _delivered += count;
                Flow.Deliver(count);
            }

            public void EmptyIfNearlyFull()
            {
                if (_held > 2)
                {
                    Drain(_held);
                }
            }

            public void RunFor(double seconds)
            {
                for (double end = Seconds + seconds; Seconds < end;)
                {
                    Pass(0.002 + (Random.NextDouble() * 0.005));
                    Look();
                    Drain(Depth);
                }
            }
        }
    }
}
