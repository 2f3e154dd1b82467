using System;
using System.Collections.Generic;
using System.Linq;

namespace Sensors.Edge.Tests.Sequences
{
    /// <summary>A set of numbers against one that keeps each of them.</summary>
    public class RangeSetTests
    {
        private const int Numbers = 60;

        [Fact]
        public void AnyOrderComesToTheSameSet()
        {
            for (int seed = 0; seed < 100; seed++)
            {
                var random = new Random(seed);
                var ranges = new RangeSet();
                var numbers = new SortedSet<long>();
                for (int i = 0; i < 40; i++)
                {
                    long from = 1 + random.Next(Numbers);
                    long to = random.Next(2) == 0 ? from : Math.Min(Numbers, from + random.Next(9));
                    int added = Enumerable.Range((int)from, (int)(to - from + 1)).Count(number => numbers.Add(number));
                    Assert.Equal(added, from == to ? ranges.Add(from) ? 1 : 0 : ranges.Add(from, to));
                    Same(numbers, ranges);
                }
            }
        }

        [Fact]
        public void WithoutEnd()
        {
            var ranges = new RangeSet();
            ranges.Add(7);
            Assert.Equal(SequenceRange.LastNumber - 5, ranges.Add(5, SequenceRange.LastNumber));
            Assert.Equal(new SequenceRange(5, SequenceRange.LastNumber), Assert.Single(ranges));
            Assert.False(ranges.Add(SequenceRange.LastNumber));
            Assert.Equal(0, ranges.UpTo);
            Assert.Equal(4, ranges.Add(1, 4));
            Assert.Equal(SequenceRange.LastNumber, ranges.UpTo);
        }

        private static void Same(SortedSet<long> numbers, RangeSet ranges)
        {
            Assert.Equal(numbers, ranges.SelectMany(range => Enumerable.Range((int)range.From, (int)range.Count)).Select(number => (long)number));
            for (int i = 1; i < ranges.Count; i++) { Assert.True(ranges[i].From > ranges[i - 1].To + 1, "Two ranges touch."); }
            long upTo = 0;
            while (numbers.Contains(upTo + 1)) { upTo++; }
            Assert.Equal(upTo, ranges.UpTo);
            Assert.Equal(numbers, Enumerable.Range(0, Numbers + 2).Select(number => (long)number).Where(number => ranges.Contains(number)));
            Assert.Equal(
                Enumerable.Range(5, 40).Select(number => (long)number).Where(number => !numbers.Contains(number)),
                ranges.Holes(5, 44).SelectMany(hole => Enumerable.Range((int)hole.From, (int)hole.Count)).Select(number => (long)number));
            Assert.Equal(Enumerable.Range(10, 5).All(number => numbers.Contains(number)), ranges.Contains(10, 14));
        }
    }
}
