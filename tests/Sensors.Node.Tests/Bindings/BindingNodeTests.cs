using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;
using Sensors.Drivers;
using Sensors.Node.Tests.Fakes;
using Sensors.VirtualBoard;

namespace Sensors.Node.Tests.Bindings
{
    /// <summary>A whole node on a real board's file with both chips declared, four points of two chips.</summary>
    public sealed class BindingNodeTests : IDisposable
    {
        private const string Declared =
            "sensor=temp2 SHT3X i2c1:0x44\nsensor=hum1 SHT3X i2c1:0x44\n"
            + "sensor=temp3 MLX90614 i2c2:0x5A channel=object\nsensor=temp4 mlx90614 i2c2:0x5A channel=ambient\n";

        private readonly BindingBench _bench = new();
        private readonly ScriptedLink _link = new(new List<string>());
        private readonly FaultLog _faults = new();
        private SensorNode? _node;

        public void Dispose() => _bench.Dispose();

        [Fact]
        public void Each_quantity_is_a_point_of_its_own_kind()
        {
            _bench.Air.Celsius = -5.2;
            Run(Declared, 21);
            Assert.Equal(new[] { "temp2", "temp3", "temp4", "hum1" }, _node!.Points.Select(point => point.Name).Order(StringComparer.Ordinal).OrderBy(name => name == "hum1"));
            foreach ((string point, string kind, double value) in new[]
            {
                ("temp2", "temperature", -5.2), ("hum1", "humidity", 40), ("temp3", "temperature", 60), ("temp4", "temperature", 30),
            })
            {
                List<JsonElement> readings = Readings(point);
                Assert.InRange(readings.Count, 4, 6);
                Assert.All(readings, reading =>
                {
                    Assert.Equal(kind, reading.GetProperty("kind").GetString());
                    Assert.Null(NodeBench.Fault(reading));
                    Assert.Equal(value, reading.GetProperty("values").GetProperty("mean").GetDouble(), 0.011);
                    Assert.Equal(0, NodeBench.Quality(reading, "lost"));
                });
                double rate = readings[^1].GetProperty("quality").GetProperty("rate").GetDouble();
                double nominal = point is "temp3" or "temp4" ? 1 : 0.5;
                Assert.InRange(rate, 0.93 * nominal, 1.07 * nominal); // a look is a quarter of a cycle late at most, in windows of 4 s
            }

            Assert.Equal(0, _bench.Hygrometer.Violations.Count);
            Assert.Equal(0, _bench.Infrared.Violations.Count);
            Assert.Equal(0, _bench.Infrared.EepromWrites);
            Assert.Equal(0, _faults.Count);
        }

        [Fact]
        public void Meta_names_chip_bus_range_and_rate()
        {
            Run(Declared, 6);
            JsonElement points = JsonDocument.Parse(_link.Messages.Last(message => message.Topic.EndsWith("/meta", StringComparison.Ordinal)).Text)
                .RootElement.GetProperty("points");
            JsonElement humidity = points.EnumerateArray().Single(point => point.GetProperty("point").GetString() == "hum1");
            Assert.Equal("SHT3X", humidity.GetProperty("chip").GetString());
            Assert.Equal("I2C1 0x44", humidity.GetProperty("bus").GetString());
            Assert.Equal("[0,100]", humidity.GetProperty("range").GetRawText());
            Assert.Equal("0.5", humidity.GetProperty("rate").GetRawText());
            Assert.Equal("%RH", humidity.GetProperty("channels").GetProperty("mean").GetProperty("unit").GetString());
        }

        [Fact]
        public void A_dead_chip_takes_its_points_with_it_and_no_others_and_both_come_back_within_5_s()
        {
            Run(Declared, 10);
            _bench.Infrared.Faults.NackFor(TimeSpan.MaxValue);
            _bench.Surface.Celsius = 90;
            Run(20);
            foreach (string point in new[] { "temp3", "temp4" })
            {
                Assert.Equal("no-answer", NodeBench.Fault(Readings(point)[^1]));
                Assert.False(NodeBench.HasValues(Readings(point)[^1]));
            }

            Assert.Null(NodeBench.Fault(Readings("temp2")[^1]));
            _bench.Infrared.Faults.Clear();
            Run(5);
            Assert.Null(NodeBench.Fault(Readings("temp3")[^1]));
            Assert.Null(NodeBench.Fault(Readings("temp4")[^1]));
            Assert.Equal(90, Readings("temp3")[^1].GetProperty("values").GetProperty("min").GetDouble(), 0.011);
        }

        [Fact]
        public void An_infrared_chip_on_the_fast_bus_is_named_a_conflict()
        {
            Run("sensor=temp1 MLX90614 i2c1:0x5A\n", 6);
            Assert.All(Readings("temp1"), reading => Assert.Equal("bus-conflict", NodeBench.Fault(reading)));
            Assert.NotEmpty(Readings("temp1"));
        }

        [Fact]
        public void A_humidity_point_that_is_only_named_says_that_it_has_no_sensor()
        {
            Run("points=hum1\n", 6);
            Assert.All(Readings("hum1"), reading => Assert.Equal("no-answer", NodeBench.Fault(reading)));
            Assert.NotEmpty(Readings("hum1"));
        }

        [Fact]
        public void Air_beyond_the_range_is_told_and_the_chip_is_left_alone()
        {
            Run(Declared, 10);
            int starts = _node!.Health.SensorStarts;
            _bench.Infrared.ErrorFlag = true;
            Run(20);
            Assert.Equal("out-of-range", NodeBench.Fault(Readings("temp3")[^1]));
            Assert.False(NodeBench.HasValues(Readings("temp3")[^1]));
            Assert.Null(NodeBench.Fault(Readings("temp4")[^1]));
            Assert.Equal(starts, _node.Health.SensorStarts);
            _bench.Infrared.ErrorFlag = false;
            Run(10);
            Assert.Null(NodeBench.Fault(Readings("temp3")[^1]));
        }

        [Theory]
        [InlineData(1)]
        [InlineData(2)]
        [InlineData(3)]
        [InlineData(4)]
        public void Among_random_faults_no_reading_holds_a_value_that_was_not_there(int seed)
        {
            var random = new Random(seed);
            FlakyChip[] cables = { _bench.HygrometerCable, _bench.InfraredCable };
            foreach (FlakyChip cable in cables)
            {
                cable.Plan = _ =>
                {
                    cable.TurnedByte = random.Next(6);
                    return random.Next(8) != 0 ? Wire.Good : random.Next(2) == 0 ? Wire.Missed : Wire.BitTurned;
                };
            }

            Run(Declared, 300);
            Assert.True(cables.Sum(cable => cable.Faults) > 300);
            foreach ((string point, double value) in new[] { ("temp2", 21.5), ("hum1", 40.0), ("temp3", 60.0), ("temp4", 30.0) })
            {
                List<JsonElement> readings = Readings(point);
                Assert.InRange(readings.Count, 60, 130);
                Assert.True(readings.Count(NodeBench.HasValues) > 20, point);
                foreach (JsonElement reading in readings.Where(NodeBench.HasValues))
                {
                    Assert.Equal(value, reading.GetProperty("values").GetProperty("min").GetDouble(), 0.011);
                    Assert.Equal(value, reading.GetProperty("values").GetProperty("max").GetDouble(), 0.011);
                }

                Assert.Contains(readings, reading => NodeBench.Quality(reading, "retries") > 0 || NodeBench.Fault(reading) != null);
            }

            Assert.Equal(0, _faults.Count);
            Assert.Equal(0, _bench.Infrared.EepromWrites);
            foreach (FlakyChip cable in cables)
            {
                cable.Plan = _ => Wire.Good;
            }

            Run(8);
            Assert.All(new[] { "temp2", "hum1", "temp3", "temp4" }, point => Assert.True(NodeBench.Fault(Readings(point)[^1]) == null, point));
        }

        private void Run(string settings, double seconds)
        {
            Settings parsed = Settings.Parse(Encoding.UTF8.GetBytes("id=88.118.12345/NODE-0001\nwifi_ssid=hall\nbroker_host=edge\ninterval_ms=4000\n" + settings));
            parsed.Link.Acknowledgement = AckMode.Broker;
            Assert.Null(parsed.Error);
            _node = new SensorNode(
                new NodeParts
                {
                    Board = "Bench",
                    Target = "ESP32_REV3",
                    Version = "0.1.0",
                    Ports = _bench.Board,
                    Bindings = _bench.Factory,
                    Clock = _bench.Clock,
                    Volume = new MemoryVolume(),
                    Network = new ScriptedNetwork(new List<string>()) { Utc = 1_763_600_000_000 },
                    Link = _link,
                    Random = new SeededRandom(1),
                },
                parsed,
                _faults);
            Run(seconds);
        }

        private void Run(double seconds)
        {
            double end = _bench.Wires.Time.Seconds + seconds;
            while (_bench.Wires.Time.Seconds < end)
            {
                int wait = _node!.RunOnce();
                while (_node.Link.Step() == 0 || _link.AcknowledgeAll())
                {
                }

                if (wait > 0)
                {
                    _bench.Clock.Sleep(Math.Min(wait, 100));
                }
            }
        }

        private List<JsonElement> Readings(string point) => _link.Messages
            .Where(message => message.Topic.EndsWith("/reading/" + point, StringComparison.Ordinal))
            .Select(message => JsonDocument.Parse(message.Text).RootElement)
            .ToList();
    }
}
