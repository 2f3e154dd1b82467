using System.Linq;
using System.Text.Json;
using Sensors.Node.Tests.Fakes;

namespace Sensors.Node.Tests.Acquisition
{
    /// <summary>Windows of current that break off.</summary>
    public class CurrentTaskTests
    {
        private readonly NodeBench _bench = new NodeBench();
        private readonly FakeIna226 _chip;

        public CurrentTaskTests()
        {
            _chip = _bench.AddCurrent();
            _bench.Run(1_500);
        }

        [Fact]
        public void A_window_that_breaks_off_late_keeps_its_values_and_names_the_fault()
        {
            JsonElement reading = BrokenOff(after: 200);
            Assert.Equal("no-answer", NodeBench.Fault(reading));
            Assert.InRange(NodeBench.Quality(reading, "samples"), 16, 80);
            Assert.Equal(1.0, reading.GetProperty("values").GetProperty("rms").GetDouble(), 0.001);
        }

        [Fact]
        public void A_window_that_breaks_off_early_has_too_few_samples_for_values()
        {
            JsonElement reading = BrokenOff(after: 30);
            Assert.Equal("no-answer", NodeBench.Fault(reading));
            Assert.InRange(NodeBench.Quality(reading, "samples"), 1, 15);
            Assert.False(NodeBench.HasValues(reading));
        }

        [Fact]
        public void Sixteen_samples_are_the_least()
        {
            int fewest = int.MaxValue;
            int most = 0;
            for (int after = 20; after < 400; after += 5)
            {
                JsonElement reading = BrokenOff(after);
                int samples = NodeBench.Quality(reading, "samples");
                Assert.Equal(samples >= 16, NodeBench.HasValues(reading));
                fewest = samples < fewest ? samples : fewest;
                most = samples > most ? samples : most;
            }

            Assert.InRange(fewest, 0, 15);
            Assert.InRange(most, 16, 80);
        }

        [Fact]
        public void The_next_window_is_whole_again()
        {
            BrokenOff(after: 60);
            _bench.Run(5_000);
            JsonElement reading = _bench.Readings()[^1];
            Assert.Null(NodeBench.Fault(reading));
            Assert.InRange(NodeBench.Quality(reading, "samples"), 80, 100);
        }

        private JsonElement BrokenOff(int after)
        {
            _bench.Run(5_000); // whole again
            int before = _bench.Readings().Count;
            _chip.FailAfter = after;
            _chip.FailNext = 3; // a try again, the bus opened anew, given up
            _bench.Run(2_000);
            return Assert.Single(_bench.Readings().Skip(before), reading => NodeBench.Fault(reading) != null);
        }
    }
}
