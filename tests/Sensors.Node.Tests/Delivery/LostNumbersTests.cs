using System;
using System.Collections.Generic;
using System.Linq;

namespace Sensors.Node.Tests.Delivery
{
    /// <summary>What is lost, as ranges.</summary>
    public class LostNumbersTests
    {
        [Theory]
        [InlineData(1)]
        [InlineData(2)]
        [InlineData(3)]
        public void Ranges_hold_what_was_added_and_nothing_else(int seed)
        {
            var chance = new Random(seed);
            var lost = new LostNumbers(60);
            var expected = new SortedSet<long>();
            for (int i = 0; i < 500; i++)
            {
                long number = chance.Next(1, 120);
                if (expected.Contains(number))
                {
                    continue;
                }

                lost.Add(number);
                expected.Add(number);
                Assert.Equal(expected, Numbers(lost));
                Assert.Equal(expected.Count, Enumerable.Range(0, lost.Ranges).Sum(lost.CountOf));
                for (int range = 1; range < lost.Ranges; range++)
                {
                    Assert.True(lost.From(range) > lost.To(range - 1) + 1);
                }
            }
        }

        [Fact]
        public void Joined_ranges_count_what_is_lost_only()
        {
            var lost = new LostNumbers(3);
            lost.Add(5);
            lost.Add(9);
            lost.Add(20);
            Assert.True(lost.IsFull);
            lost.Join(0);
            Assert.Equal((2, 5L, 9L, 2), (lost.Ranges, lost.From(0), lost.To(0), lost.CountOf(0)));
            lost.Remove(0);
            Assert.Equal((1, 20L), (lost.Ranges, lost.From(0)));
        }

        private static IEnumerable<long> Numbers(LostNumbers lost) => Enumerable.Range(0, lost.Ranges)
            .SelectMany(range => Enumerable.Range((int)lost.From(range), (int)(lost.To(range) - lost.From(range) + 1)).Select(number => (long)number));
    }
}
