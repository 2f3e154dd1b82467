using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using Sensors.Drivers;
using Sensors.Node.Tests.Fakes;

namespace Sensors.Node.Tests.Acquisition
{
    /// <summary>A chip that works and says that its probe does not: the reading names it, and nobody restarts the chip.</summary>
    public class ProbeFaultTests
    {
        private const int Cycle = 500; // milliseconds
        private readonly NodeBench _bench = new NodeBench();
        private readonly ScriptedSource _source;

        public ProbeFaultTests()
        {
            _source = new ScriptedSource(_bench.Clock);
            _bench.Bindings = new OneSource(_source);
            _bench.Settings = "interval_ms=2000\nsensor=temp1 SHT3X i2c1:0x44\n";
            _bench.Ports.I2c[0x44] = new FakeTmp117(_bench.Clock);
        }

        [Theory]
        [InlineData(SensorFault.SensorOpen, "sensor-open")]
        [InlineData(SensorFault.SensorShort, "sensor-short")]
        [InlineData(SensorFault.OutOfRange, "out-of-range")]
        [InlineData(SensorFault.InputVoltage, "input-voltage")]
        public void A_bad_probe_is_named_and_has_no_values(SensorFault fault, string name)
        {
            _source.Fault = fault;
            _bench.Run(10_500);
            List<JsonElement> readings = _bench.Readings("temp1");
            Assert.Equal(6, readings.Count); // the first at once, as with a good one
            Assert.All(readings, reading =>
            {
                Assert.Equal(name, NodeBench.Fault(reading));
                Assert.False(NodeBench.HasValues(reading));
                Assert.Equal(0, NodeBench.Quality(reading, "samples"));
                Assert.Equal(0, NodeBench.Quality(reading, "retries"));
            });
            AssertLeftAlone();
        }

        [Fact]
        public void The_fault_goes_with_the_next_good_value()
        {
            _bench.Run(5_000);
            _source.Fault = SensorFault.SensorOpen;
            _bench.Run(10_000);
            Assert.Equal("sensor-open", NodeBench.Fault(_bench.Readings("temp1")[^1]));
            _source.Fault = SensorFault.None;
            _source.Celsius = 80;
            int before = _bench.Readings("temp1").Count;
            _bench.Run(4_000);
            List<JsonElement> after = _bench.Readings("temp1").Skip(before).ToList();
            Assert.Equal(2, after.Count);
            Assert.All(after, reading => Assert.Null(NodeBench.Fault(reading)));
            Assert.All(after, reading => Assert.Equal(80, Value(reading, "min"))); // nothing of before
            AssertLeftAlone();
        }

        [Fact]
        public void A_window_keeps_the_values_of_before_and_says_why_there_are_no_more()
        {
            _bench.Run(4_700); // in the middle of a window
            _source.Fault = SensorFault.SensorShort;
            int before = _bench.Readings("temp1").Count;
            _bench.Run(4_000);
            List<JsonElement> after = _bench.Readings("temp1").Skip(before).ToList();
            Assert.Equal("sensor-short", NodeBench.Fault(after[0]));
            Assert.InRange(NodeBench.Quality(after[0], "samples"), 1, 3);
            Assert.Equal(25, Value(after[0], "mean"));
            Assert.Equal("sensor-short", NodeBench.Fault(after[1]));
            Assert.False(NodeBench.HasValues(after[1]));
        }

        [Fact]
        public void A_short_break_is_over_with_the_reading_and_counted_as_lost()
        {
            _bench.Settings = "interval_ms=10000\nsensor=temp1 SHT3X i2c1:0x44\n";
            _bench.Run(3_000);
            _source.Fault = SensorFault.SensorOpen;
            _bench.Run(2_000);
            _source.Fault = SensorFault.None;
            _bench.Run(6_000);
            JsonElement reading = _bench.Readings("temp1")[^1];
            Assert.Null(NodeBench.Fault(reading));
            Assert.InRange(NodeBench.Quality(reading, "lost"), 3, 5);
            Assert.InRange(NodeBench.Quality(reading, "samples"), 14, 17);
        }

        [Fact]
        public void A_chip_that_dies_behind_a_bad_probe_is_named_for_itself()
        {
            _source.Fault = SensorFault.SensorOpen;
            _bench.Run(5_000);
            _source.Dead = true;
            _bench.Run(10_000);
            Assert.Equal("no-answer", NodeBench.Fault(_bench.Readings("temp1")[^1]));
            Assert.True(_source.Starts > 1);
            _source.Dead = false;
            _bench.Run(6_000);
            Assert.Equal("sensor-open", NodeBench.Fault(_bench.Readings("temp1")[^1]));
        }

        [Fact]
        public void A_fault_that_was_told_does_not_outlive_a_restart_of_the_chip()
        {
            _source.Fault = SensorFault.SensorOpen;
            _bench.Run(3_000);
            _source.Silent = true;
            _bench.Run(10_000);
            Assert.Contains(_bench.Readings("temp1"), reading => NodeBench.Fault(reading) == "no-data");
            _source.Fault = SensorFault.None;
            _source.Silent = false;
            _bench.Run(6_000);
            Assert.Null(NodeBench.Fault(_bench.Readings("temp1")[^1]));
            Assert.Equal(25, Value(_bench.Readings("temp1")[^1], "mean"));
        }

        [Fact]
        public void A_bad_probe_does_not_hide_failed_transfers()
        {
            _source.Fault = SensorFault.SensorOpen;
            _bench.Run(3_100);
            int before = _bench.Readings("temp1").Count;
            _source.FailNext = 1;
            _bench.Run(2_000);
            JsonElement reading = _bench.Readings("temp1").Skip(before).First();
            Assert.Equal("sensor-open", NodeBench.Fault(reading));
            Assert.Equal(1, NodeBench.Quality(reading, "retries"));
            Assert.Equal(1, _bench.Node.Health.BusRetries);
        }

        private static double Value(JsonElement reading, string name) => reading.GetProperty("values").GetProperty(name).GetDouble();

        private void AssertLeftAlone()
        {
            Assert.Equal(1, _source.Starts);
            Assert.Equal(0, _source.Checks);
            Assert.Equal(1, _bench.Node.Health.SensorStarts);
            Assert.Equal(0, _bench.Node.Health.BusRetries);
            Assert.Equal(0, _bench.Node.Health.BusReopens);
        }

        private sealed class OneSource : SourceFactory
        {
            private readonly SensorSource _source;

            public OneSource(SensorSource source) => _source = source;

            public override SensorSource Make(string chip, string kind, string channel, BusPorts ports, int bus, int address, Clock clock) => _source;
        }

        /// <summary>A source that converts every half second and says what a test wants.</summary>
        private sealed class ScriptedSource : TemperatureSource
        {
            private readonly TestClock _clock;
            private long _next;
            private SensorFault _told;

            public ScriptedSource(TestClock clock)
                : base("SHT3X", new FakeTmp117(clock)) => _clock = clock;

            public SensorFault Fault { get; set; }

            public float Celsius { get; set; } = 25;

            public bool Dead { get; set; }

            public bool Silent { get; set; }

            public int FailNext { get; set; }

            public int Starts { get; private set; }

            public int Checks { get; private set; }

            public override int CycleMilliseconds => Cycle;

            public override SensorFault ProbeFault => _told;

            public override void Start()
            {
                Starts++;
                Answer();
                _next = _clock.Milliseconds;
            }

            public override void Check()
            {
                Checks++;
                Answer();
            }

            public override float Read()
            {
                _told = SensorFault.None;
                Answer();
                if (Silent || _clock.Milliseconds < _next)
                {
                    return float.NaN;
                }

                _next += Cycle;
                _told = Fault;
                return Fault == SensorFault.None ? Celsius : float.NaN;
            }

            private void Answer()
            {
                if (Dead || FailNext-- > 0)
                {
                    throw new BusException(Bus.Name, 0, BusStatus.NotAcknowledged);
                }

                FailNext = Math.Max(0, FailNext);
            }
        }
    }
}
