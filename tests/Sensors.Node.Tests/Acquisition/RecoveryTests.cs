using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using Sensors.Node.Tests.Fakes;

namespace Sensors.Node.Tests.Acquisition
{
    /// <summary>Sensors that fail and come back: three stages of recovery, and readings that tell.</summary>
    public class RecoveryTests
    {
        private readonly NodeBench _bench = new NodeBench();

        [Fact]
        public void A_healthy_node_measures_every_point_every_interval()
        {
            _bench.AddVibration();
            _bench.AddTemperature();
            _bench.AddCurrent();
            _bench.Run(20_500);
            foreach (string point in new[] { "vib1", "temp1", "cur1" })
            {
                List<JsonElement> readings = _bench.Readings(point);
                Assert.InRange(readings.Count, 20, 21);
                Assert.All(readings, reading => Assert.Null(NodeBench.Fault(reading)));
                Assert.All(readings, reading => Assert.True(NodeBench.HasValues(reading)));
            }

            AssertNoGap();
            Assert.Equal(3, _bench.Node.Health.SensorStarts);
            Assert.Equal(0, _bench.Node.Health.BusRetries);
            Assert.Equal(0, _bench.Faults.Count);
            Assert.Null(_bench.Node.Stalled());
        }

        [Fact]
        public void The_measured_rate_is_told()
        {
            _bench.AddVibration();
            _bench.AddTemperature();
            _bench.AddCurrent();
            _bench.Settings = "interval_ms=10000\n"; // windows long enough that a burst in between moves their ends by little
            _bench.Run(25_500);
            Assert.InRange(Rate("vib1"), 3190, 3210);
            Assert.InRange(Rate("temp1"), 1.8, 2.2);
            Assert.InRange(Rate("cur1"), 400, 480);
        }

        [Fact]
        public void The_grid_of_intervals_does_not_drift()
        {
            _bench.AddVibration();
            _bench.Network.Up = true;
            _bench.Run(60_500);
            List<long> times = _bench.Readings("vib1").Select(reading => reading.GetProperty("ts").GetInt64()).ToList();
            Assert.InRange(times.Count, 60, 61);
            Assert.InRange(times[^1] - times[0] - ((times.Count - 1) * 1000L), -20, 20);
        }

        [Fact]
        public void A_turn_that_comes_late_does_not_move_the_grid()
        {
            _bench.AddVibration();
            _bench.Run(3_500);
            _bench.Clock.Sleep(4_300); // something else held the loop
            _bench.Run(4_000);
            List<long> times = _bench.Readings("vib1").Select(reading => reading.GetProperty("ts").GetInt64()).ToList();
            Assert.InRange((times[^1] - times[0] + 20) % 1000, 0, 40);
        }

        [Fact]
        public void One_failed_transfer_is_tried_again_and_counted()
        {
            FakeAdxl345 chip = _bench.AddVibration();
            _bench.Run(1_500);
            chip.FailAfter = 500;
            chip.FailNext = 1;
            _bench.Run(5_000);
            Assert.Equal(1, _bench.Node.Health.BusRetries);
            Assert.Equal(0, _bench.Node.Health.BusReopens);
            Assert.Equal(1, _bench.Node.Health.SensorStarts);
            Assert.Equal(1, _bench.Readings().Sum(reading => NodeBench.Quality(reading, "retries")));
            Assert.All(_bench.Readings(), reading => Assert.Null(NodeBench.Fault(reading)));
        }

        [Fact]
        public void A_bus_that_stays_stuck_is_opened_anew()
        {
            FakeAdxl345 chip = _bench.AddVibration();
            _bench.Run(1_500);
            int reopens = chip.Reopens;
            chip.StuckUntilReopened = true;
            _bench.Run(5_000);
            Assert.Equal(1, _bench.Node.Health.BusRetries);
            Assert.Equal(1, _bench.Node.Health.BusReopens);
            Assert.Equal(1, _bench.Node.Health.SensorStarts);
            Assert.Equal(reopens + 1, chip.Reopens);
            Assert.All(_bench.Readings(), reading => Assert.Null(NodeBench.Fault(reading)));
            Assert.Equal(2, _bench.Readings().Sum(reading => NodeBench.Quality(reading, "retries")));
        }

        [Theory]
        [InlineData("vib1")]
        [InlineData("temp1")]
        [InlineData("cur1")]
        public void A_dead_chip_is_named_in_every_reading_and_back_within_five_seconds(string point)
        {
            FakeChip chip = Add(point);
            _bench.Run(3_500);
            int good = _bench.Readings().Count;
            chip.Dead = true;
            _bench.Run(20_000);
            List<JsonElement> bad = _bench.Readings().Skip(good).ToList();
            Assert.InRange(bad.Count, 19, 22);

            // What a window had when its chip died may still come with the first; then there is nothing to tell.
            Assert.All(bad.Skip(1), reading => Assert.Equal("no-answer", NodeBench.Fault(reading)));
            Assert.All(bad.Skip(2), reading => Assert.False(NodeBench.HasValues(reading)));

            chip.Dead = false;
            long healed = _bench.Clock.ToUtc(_bench.Clock.Milliseconds);
            _bench.Run(5_000);
            Assert.Contains(_bench.Readings(), reading => reading.GetProperty("ts").GetInt64() > healed
                && NodeBench.Fault(reading) == null && NodeBench.HasValues(reading));
            Assert.True(_bench.Node.Health.SensorStarts > 2);
            AssertNoGap();
        }

        [Theory]
        [InlineData("vib1")]
        [InlineData("temp1")]
        [InlineData("cur1")]
        public void A_sensor_that_is_back_tells_it_without_waiting_for_a_long_interval(string point)
        {
            _bench.Settings = "interval_ms=600000\n";
            FakeChip chip = Add(point);
            _bench.Run(5_000);
            chip.Dead = true;
            _bench.Run(600_000);
            chip.Dead = false;
            int before = _bench.Readings().Count;
            _bench.Run(5_000);
            JsonElement reading = Assert.Single(_bench.Readings().Skip(before));
            Assert.Null(NodeBench.Fault(reading));
            Assert.True(NodeBench.HasValues(reading));
        }

        [Fact]
        public void A_sensor_that_comes_and_goes_does_not_flood_the_edge()
        {
            FakeAdxl345 chip = _bench.AddVibration();
            _bench.Settings = "interval_ms=10000\n";
            _bench.Run(1_000);
            chip.Silent = true; // it starts well each time and then delivers nothing
            _bench.Run(100_000);
            Assert.InRange(_bench.Readings().Count, 11, 22);
        }

        [Theory]
        [InlineData("vib1", "brown-out")]
        [InlineData("temp1", "brown-out")]
        [InlineData("cur1", "brown-out")]
        public void A_brown_out_is_named_and_the_chip_started_anew(string point, string fault)
        {
            FakeChip chip = Add(point);
            _bench.Run(3_600);
            int before = _bench.Readings().Count;
            chip.BrownOut();
            _bench.Run(5_000);
            List<JsonElement> after = _bench.Readings().Skip(before).ToList();
            Assert.InRange(after.Count(reading => NodeBench.Fault(reading) == fault), point == "temp1" ? 0 : 1, 1);
            Assert.Null(NodeBench.Fault(after[^1]));
            Assert.True(NodeBench.HasValues(after[^1]));
            Assert.Equal(2, _bench.Node.Health.SensorStarts);
        }

        [Theory]
        [InlineData("vib1")]
        [InlineData("temp1")]
        [InlineData("cur1")]
        public void A_chip_that_answers_and_delivers_nothing_is_named(string point)
        {
            FakeChip chip = Add(point);
            _bench.Run(3_500);
            int before = _bench.Readings().Count;
            chip.Silent = true;
            _bench.Run(10_000);
            Assert.Contains(_bench.Readings().Skip(before), reading => NodeBench.Fault(reading) == "no-data");
            Assert.All(_bench.Readings().Skip(before + 2), reading => Assert.False(NodeBench.HasValues(reading)));
            chip.Silent = false;
            _bench.Run(5_000);
            Assert.Null(NodeBench.Fault(_bench.Readings()[^1]));
        }

        [Fact]
        public void A_burst_that_breaks_off_keeps_what_it_has()
        {
            FakeAdxl345 chip = _bench.AddVibration();
            _bench.Run(1_500);
            int before = _bench.Readings().Count;
            chip.FailAfter = 700; // some hundred samples into the block
            chip.FailNext = 4; // one ends a drain half way, three go through the stages
            _bench.Run(1_000);
            JsonElement broken = _bench.Readings().Skip(before).First();
            Assert.Equal("no-answer", NodeBench.Fault(broken));
            Assert.InRange(NodeBench.Quality(broken, "samples"), 64, 1023);
            Assert.True(NodeBench.HasValues(broken));
        }

        [Fact]
        public void A_reading_without_samples_tells_nothing_of_the_block_before()
        {
            FakeAdxl345 chip = _bench.AddVibration();
            _bench.Run(1_500);
            int before = _bench.Readings().Count;
            chip.Dead = true;
            _bench.Run(1_000);
            JsonElement reading = _bench.Readings().Skip(before).First();
            Assert.Equal(0, NodeBench.Quality(reading, "samples"));
            Assert.Equal(0, NodeBench.Quality(reading, "lost"));
            Assert.False(reading.GetProperty("quality").TryGetProperty("rate", out JsonElement rate) && rate.ValueKind == JsonValueKind.Number);
        }

        [Fact]
        public void A_temperature_window_does_not_reach_across_an_outage()
        {
            FakeTmp117 chip = _bench.AddTemperature();
            chip.Digits = 20 * 128;
            _bench.Run(3_600);
            chip.Dead = true;
            _bench.Run(10_000);
            chip.Digits = 80 * 128;
            chip.Dead = false;
            int before = _bench.Readings().Count;
            _bench.Run(5_000);
            Assert.All(
                _bench.Readings().Skip(before).Where(NodeBench.HasValues),
                reading => Assert.Equal(80, reading.GetProperty("values").GetProperty("min").GetDouble()));
            Assert.Contains(_bench.Readings().Skip(before), NodeBench.HasValues);
        }

        [Fact]
        public void Samples_at_the_end_of_the_range_are_counted()
        {
            _bench.AddVibration().Amplitude = -4096;
            _bench.AddCurrent().Shunt = short.MaxValue;
            _bench.Run(2_500);
            Assert.InRange(NodeBench.Quality(_bench.Readings("vib1")[0], "clipped"), 500, 1024 * 3);
            Assert.InRange(NodeBench.Quality(_bench.Readings("cur1")[0], "clipped"), 80, 100);
        }

        [Fact]
        public void A_declared_point_without_a_sensor_says_so_and_gets_one_when_it_comes()
        {
            _bench.Settings = "interval_ms=1000\npoints=vib1,temp1,cur1\n";
            _bench.Run(3_500);
            foreach (string point in new[] { "vib1", "temp1", "cur1" })
            {
                Assert.InRange(_bench.Readings(point).Count, 3, 4);
                Assert.All(_bench.Readings(point), reading => Assert.Equal("no-answer", NodeBench.Fault(reading)));
                Assert.All(_bench.Readings(point), reading => Assert.False(NodeBench.HasValues(reading)));
            }

            Add("vib1");
            Add("temp1");
            Add("cur1");
            _bench.Run(12_000);
            foreach (string point in new[] { "vib1", "temp1", "cur1" })
            {
                Assert.Null(NodeBench.Fault(_bench.Readings(point)[^1]));
                Assert.True(NodeBench.HasValues(_bench.Readings(point)[^1]));
            }

            AssertNoGap();
        }

        [Fact]
        public void Another_chip_in_the_place_is_named()
        {
            _bench.Settings = "interval_ms=1000\npoints=vib1\n";
            _bench.AddVibration().Identity = 0xE4;
            _bench.Run(1_500);
            Assert.All(_bench.Readings(), reading => Assert.Equal("wrong-identity", NodeBench.Fault(reading)));
        }

        [Fact]
        public void Ports_that_cannot_be_opened_do_not_stop_the_node()
        {
            _bench.Settings = "interval_ms=1000\npoints=vib1\n";
            _bench.Ports.Refuses = true;
            _bench.AddVibration();
            _bench.AddTemperature();
            _bench.Run(1_500);
            Assert.Equal("no-answer", NodeBench.Fault(_bench.Readings()[0]));
            _bench.Ports.Refuses = false;
            _bench.Run(12_000);
            Assert.Null(NodeBench.Fault(_bench.Readings()[^1]));
        }

        private FakeChip Add(string point) =>
            point == "vib1" ? _bench.AddVibration() : point == "temp1" ? _bench.AddTemperature() : _bench.AddCurrent();

        private double Rate(string point) => _bench.Readings(point)[^1].GetProperty("quality").GetProperty("rate").GetDouble();

        private void AssertNoGap() => Assert.Equal(Enumerable.Range(1, _bench.Sequences().Count).Select(i => (long)i), _bench.Sequences());
    }
}
