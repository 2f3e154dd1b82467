using System.Linq;
using Sensors.Node.Tests.Fakes;

namespace Sensors.Node.Tests.Acquisition
{
    /// <summary>A point is a place on the machine: its name stays with its place, whatever is dead at a start.</summary>
    public class PointTests
    {
        private readonly NodeBench _bench = new NodeBench();
        private readonly FakeAdxl345 _first;
        private readonly FakeAdxl345 _second;

        public PointTests()
        {
            _first = _bench.AddVibration(0);
            _second = _bench.AddVibration(1);
            _first.Amplitude = 100;
            _second.Amplitude = 400;
        }

        [Fact]
        public void Points_are_named_in_the_order_of_finding()
        {
            _bench.AddTemperature();
            _bench.AddCurrent();
            Assert.Equal(new[] { "vib1", "vib2", "temp1", "cur1" }, Names());
        }

        [Fact]
        public void Names_stay_with_their_places_when_the_first_is_dead_at_a_start()
        {
            _bench.Run(2_500);
            double first = Rms("vib1");
            double second = Rms("vib2");
            Assert.True(second > 3 * first);

            _first.Dead = true;
            _bench.Restart();
            _bench.Run(3_500);
            Assert.Equal(new[] { "vib1", "vib2" }, Names());
            Assert.All(_bench.Readings("vib1"), reading => Assert.Equal("no-answer", NodeBench.Fault(reading)));
            Assert.All(_bench.Readings("vib1"), reading => Assert.False(NodeBench.HasValues(reading)));
            Assert.InRange(_bench.Readings("vib1").Count, 3, 4);
            Assert.All(_bench.Readings("vib2"), reading => Assert.Null(NodeBench.Fault(reading)));
            Assert.Equal(second, Rms("vib2"), 0.1);

            _first.Dead = false; // LookMilliseconds later it is found
            _bench.Run(12_000);
            Assert.Equal(first, Rms("vib1"), 0.1);
            Assert.Equal(second, Rms("vib2"), 0.1);
            Assert.Equal(2, _bench.Node.Points.Length);
        }

        [Fact]
        public void Both_dead_at_a_start_come_back_each_to_its_own_point()
        {
            _bench.Run(2_500);
            double first = Rms("vib1");
            double second = Rms("vib2");
            _first.Dead = true;
            _second.Dead = true;
            _bench.Restart();
            _bench.Run(2_500);
            _second.Dead = false;
            _bench.Run(12_000);
            Assert.Equal(second, Rms("vib2"), 0.1);
            Assert.Equal("no-answer", NodeBench.Fault(_bench.Readings("vib1")[^1]));
            _first.Dead = false;
            _bench.Run(12_000);
            Assert.Equal(first, Rms("vib1"), 0.1);
        }

        [Fact]
        public void A_declared_point_binds_to_the_first_free_place_and_keeps_it()
        {
            _first.Dead = true;
            _bench.Settings = "interval_ms=1000\npoints=vib1,vib2\n";
            _bench.Run(2_500);
            double second = Rms("vib1"); // the first free place with a sensor
            Assert.Equal("no-answer", NodeBench.Fault(_bench.Readings("vib2")[^1]));

            _first.Dead = false;
            _bench.Run(12_000);
            Assert.True(second > 3 * Rms("vib2"));
            _bench.Restart();
            _bench.Run(2_500);
            Assert.Equal(second, Rms("vib1"), 0.1);
            Assert.True(second > 3 * Rms("vib2"));
        }

        [Fact]
        public void A_declared_second_point_works_without_a_first()
        {
            _bench.Ports.Spi[1] = null;
            _bench.Settings = "interval_ms=1000\npoints=vib2\n";
            _bench.Run(2_500);
            Assert.Equal(new[] { "vib2" }, Names());
            Assert.True(NodeBench.HasValues(_bench.Readings("vib2")[^1]));
            _bench.Restart();
            Assert.Equal(new[] { "vib2" }, Names());

            _bench.Ports.Spi[1] = _second;
            _bench.Restart();
            Assert.Equal(new[] { "vib2", "vib1" }, Names()); // what is found in addition takes the free name
        }

        [Fact]
        public void A_point_that_is_no_longer_declared_stays()
        {
            _bench.Settings = "interval_ms=1000\npoints=vib1,vib2\n";
            _bench.Run(1_500);
            _bench.Settings = "interval_ms=1000\n";
            _second.Dead = true;
            _bench.Restart();
            Assert.Equal(new[] { "vib1", "vib2" }, Names());
        }

        [Theory]
        [InlineData("vib0")]
        [InlineData("vib01")]
        [InlineData("vib")]
        [InlineData("vib-1")]
        [InlineData("vib+3")]
        [InlineData("pressure1")]
        [InlineData("")]
        public void A_declared_name_of_no_kind_is_left_out(string name)
        {
            _bench.Settings = "interval_ms=1000\npoints= vib2 ," + name + ",vib2\n";
            Assert.Equal(new[] { "vib2", "vib1" }, Names());
        }

        [Fact]
        public void More_points_than_there_can_be_are_left_out()
        {
            _bench.Settings = "interval_ms=1000\npoints=" + string.Join(",", Enumerable.Range(1, 20).Select(number => "vib" + number)) + "\n";
            Assert.Equal(PointTable.Most, _bench.Node.Points.Length);
            _bench.Run(1_500);
            Assert.True(NodeBench.HasValues(_bench.Readings("vib1")[^1]));
        }

        [Fact]
        public void Without_the_file_all_is_found_anew()
        {
            _bench.Run(2_500);
            double second = Rms("vib2");
            _first.Dead = true;
            _bench.Volume.Files.Remove(PlaceMap.FileName);
            _bench.Restart();
            _bench.Run(2_500);
            Assert.Equal(new[] { "vib1" }, Names());
            Assert.Equal(second, Rms("vib1"), 0.1);
        }

        [Fact]
        public void A_place_whose_file_was_torn_is_found_anew()
        {
            _bench.Run(1_500);
            byte[] file = _bench.Volume.Files[PlaceMap.FileName];
            file[^20] ^= 0x55;
            _bench.Restart();
            _bench.Run(2_500);
            Assert.Equal(new[] { "vib1", "vib2" }, Names());
            Assert.All(_bench.Readings(), reading => Assert.Null(NodeBench.Fault(reading)));
        }

        [Fact]
        public void A_sensor_that_moved_to_another_slot_is_another_point()
        {
            _bench.Ports.Spi[1] = null;
            Assert.Equal(new[] { "vib1" }, Names());
            _bench.Ports.Spi[0] = null;
            _bench.Ports.Spi[1] = _second;
            _bench.Restart();
            Assert.Equal(new[] { "vib1", "vib2" }, Names());
            _bench.Run(2_500);
            Assert.Equal("no-answer", NodeBench.Fault(_bench.Readings("vib1")[^1]));
            Assert.Null(NodeBench.Fault(_bench.Readings("vib2")[^1]));
        }

        [Fact]
        public void A_volume_that_refuses_does_not_keep_the_node_from_measuring()
        {
            _bench.Volume.Plan = _ => Fate.Refused;
            _bench.Run(2_500);
            Assert.Equal(new[] { "vib1", "vib2" }, Names());
            Assert.All(_bench.Readings(), reading => Assert.Null(NodeBench.Fault(reading)));
        }

        private string[] Names() => _bench.Node.Points.Select(point => point.Name).ToArray();

        private double Rms(string point) => _bench.Readings(point)[^1].GetProperty("values").GetProperty("x_rms").GetDouble();
    }
}
