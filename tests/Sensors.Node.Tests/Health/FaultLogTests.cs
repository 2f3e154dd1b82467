using System;
using Sensors.Node.Tests.Fakes;

namespace Sensors.Node.Tests.Health
{
    /// <summary>What was thrown, and why the node restarted itself.</summary>
    public class FaultLogTests
    {
        [Fact]
        public void It_counts_all_and_keeps_the_last()
        {
            var log = new FaultLog();
            Assert.Equal(0, log.Count);
            Assert.Null(log.Last);
            log.Add(new InvalidOperationException("one"));
            log.Add(new ArgumentException("two"));
            Assert.Equal(2, log.Count);
            Assert.Equal("ArgumentException: two", log.Last);
        }

        [Fact]
        public void Last_words_outlive_the_restart_and_are_told_once()
        {
            var volume = new MemoryVolume();
            Assert.Null(new LastWords(volume).Take());
            new LastWords(volume).Write("loop stalled");
            Assert.Equal("loop stalled", new LastWords(volume).Take());
            Assert.Null(new LastWords(volume).Take());
            Assert.Empty(volume.Files);
        }

        [Fact]
        public void A_volume_that_refuses_does_not_keep_last_words_from_being_told()
        {
            var volume = new MemoryVolume();
            new LastWords(volume).Write("loop stalled");
            volume.Plan = _ => Fate.Refused;
            Assert.Equal("loop stalled", new LastWords(volume).Take());
        }
    }
}
