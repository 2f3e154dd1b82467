using System.Collections.Generic;
using System.Linq;
using Sensors.Node.Tests.Fakes;

namespace Sensors.Node.Tests.Delivery
{
    /// <summary>How long to wait before the next try.</summary>
    public class BackoffTests
    {
        [Fact]
        public void Spans_double_from_2_s_to_the_cap_and_stay_there()
        {
            var random = new NotingRandom();
            var backoff = new Backoff(random);
            for (int i = 0; i < 8; i++)
            {
                backoff.Next();
            }

            Assert.Equal(new[] { 2000, 4000, 8000, 16000, 32000, 60000, 60000, 60000 }, random.Limits);
        }

        [Fact]
        public void A_reset_begins_again()
        {
            var random = new NotingRandom();
            var backoff = new Backoff(random);
            backoff.Next();
            backoff.Next();
            backoff.Reset();
            backoff.Next();
            Assert.Equal(2000, random.Limits.Last());
        }

        [Fact]
        public void Nodes_that_lose_their_broker_together_do_not_come_back_in_step()
        {
            var waits = new HashSet<int>();
            for (int seed = 0; seed < 100; seed++)
            {
                int wait = new Backoff(new SeededRandom(seed)).Next();
                Assert.InRange(wait, 0, 1999);
                waits.Add(wait);
            }

            Assert.True(waits.Count > 80);
        }

        private sealed class NotingRandom : RandomSource
        {
            public List<int> Limits { get; } = new List<int>();

            public override int Next(int limit)
            {
                Limits.Add(limit);
                return limit - 1;
            }

            public override void Fill(byte[] buffer)
            {
            }
        }
    }
}
