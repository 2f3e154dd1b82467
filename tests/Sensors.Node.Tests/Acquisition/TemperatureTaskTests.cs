using Sensors.Drivers;
using Sensors.Node.Tests.Fakes;

namespace Sensors.Node.Tests.Acquisition
{
    /// <summary>Temperatures that are averaged from window to window, and compared with that of the air around.</summary>
    public class TemperatureTaskTests
    {
        private const int Interval = 10_000;
        private const int Cycle = 1_000;

        private readonly TestClock _clock = new TestClock { Now = 1_000_000 };
        private readonly Outbox _outbox = new Outbox(8, 4096, AckMode.Broker);
        private readonly SensorContext _context;
        private readonly Station _bearing;
        private readonly Station _air;
        private readonly Sender _sender;

        public TemperatureTaskTests()
        {
            _context = new SensorContext
            {
                Clock = _clock,
                Outlet = new ReadingOutlet(_outbox, Begun.Incarnation(_clock), _clock),
                Health = new NodeHealth(),
                Quiet = new Quiet(),
                IntervalMilliseconds = Interval,
            };
            _bearing = new Station("temp1", PointKinds.Temperature, _clock, _context, new TemperatureOptions { AmbientPoint = "temp2" });
            _air = new Station("temp2", PointKinds.Temperature, _clock, _context, new TemperatureOptions());
            _sender = new Sender(_bearing.Point, _air.Point);
        }

        [Fact]
        public void The_rise_is_over_the_latest_mean_of_the_surroundings()
        {
            _bearing.Source.Celsius = 61.5f;
            _air.Source.Celsius = 22f;
            Run(2 * Interval);
            Assert.Equal(39.5f, Last("temp1", TemperatureFields.Rise));
            Assert.True(float.IsNaN(Last("temp2", TemperatureFields.Rise)));
            _air.Source.Celsius = 30f;
            Run(2 * Interval);
            Assert.Equal(31.5f, Last("temp1", TemperatureFields.Rise), 0.01f);
        }

        [Fact]
        public void Surroundings_that_are_not_known_any_more_are_not_compared_with()
        {
            Run(2 * Interval);
            Assert.False(float.IsNaN(Last("temp1", TemperatureFields.Rise)));
            _air.Source.Fault = SensorFault.SensorOpen;
            Run(2 * Interval);
            Assert.True(float.IsNaN(Last("temp1", TemperatureFields.Rise)));
            Assert.Equal(25f, Last("temp1", TemperatureFields.Mean));
            _air.Source.Fault = SensorFault.None;
            Run(3 * Interval);
            Assert.Equal(0f, Last("temp1", TemperatureFields.Rise));
        }

        [Fact]
        public void A_mean_of_the_surroundings_serves_for_two_intervals()
        {
            var board = new LatestValues();
            int place = board.PlaceOf("temp2");
            Assert.Equal(place, board.PlaceOf("temp2"));
            Assert.Equal(-1, board.PlaceOf(null));
            Assert.True(float.IsNaN(board.Get(place, 0, 20_000)));
            board.Put(place, 21f, 100_000);
            Assert.Equal(21f, board.Get(place, 120_000, 20_000));
            Assert.True(float.IsNaN(board.Get(place, 120_001, 20_000)));
            board.Put(-1, 5f, 0);
            Assert.True(float.IsNaN(board.Get(-1, 0, 20_000)));
            for (int i = 3; i <= LatestValues.Most + 1; i++) { Assert.Equal(i - 2, board.PlaceOf("temp" + i)); }
            Assert.Equal(-1, board.PlaceOf("temp99"));
        }

        [Fact]
        public void The_average_goes_on_from_window_to_window()
        {
            _bearing.Source.Celsius = 20f;
            Run(3 * Interval);
            Assert.Equal(20f, Last("temp1", TemperatureFields.Average));
            _bearing.Source.Celsius = 30f;
            long before = _clock.Milliseconds;
            Run(3 * Interval);
            double seconds = (_sender.Taken - before) / 1000.0;
            Assert.Equal(30f, Last("temp1", TemperatureFields.Min));
            Assert.Equal(30 - (10 * System.Math.Exp(-seconds / TemperatureOptions.UsualAverageSeconds)), Last("temp1", TemperatureFields.Average), 0.25);
        }

        [Fact]
        public void A_humidity_has_neither()
        {
            var air = new Station("hum1", PointKinds.Humidity, _clock, _context, null);
            var sender = new Sender(air.Point);
            for (int i = 0; i < 200; i++)
            {
                air.Task.Step(_clock.Milliseconds);
                _outbox.SendNext(sender, 8, _clock.Milliseconds);
                _clock.Now += 100_000;
            }

            Assert.Equal(25f, sender.Values("hum1")[TemperatureFields.Mean]);
            Assert.True(float.IsNaN(sender.Values("hum1")[TemperatureFields.Average]));
            Assert.True(float.IsNaN(sender.Values("hum1")[TemperatureFields.Rise]));
        }

        private float Last(string point, int field) => _sender.Values(point)[field];

        private void Run(long milliseconds)
        {
            for (long end = _clock.Milliseconds + milliseconds; _clock.Milliseconds < end; _clock.Now += 100_000)
            {
                _air.Task.Step(_clock.Milliseconds);
                _bearing.Task.Step(_clock.Milliseconds);
                while (_outbox.SendNext(_sender, 8, _clock.Milliseconds)) { _outbox.Acknowledge(_sender.Number, true, _clock.Milliseconds); }
            }
        }

        private sealed class Station
        {
            public Station(string name, string kind, TestClock clock, SensorContext context, TemperatureOptions? options)
            {
                Source = new SteadySource(clock);
                Channel[] channels = options != null ? TemperatureFeatures.Channels(options) : TemperatureFeatures.HumidityChannels();
                Point = new Point(name, kind, channels) { Chip = "TMP117" };
                Task = new TemperatureTask(Point, context, options);
                Task.Serve(Source);
            }

            public Point Point { get; }

            public SteadySource Source { get; }

            public TemperatureTask Task { get; }
        }

        private sealed class SteadySource : TemperatureSource
        {
            private readonly TestClock _clock;
            private long _next;

            public SteadySource(TestClock clock)
                : base("TMP117", new FakeTmp117(clock)) => _clock = clock;

            public float Celsius { get; set; } = 25;

            public SensorFault Fault { get; set; }

            public override int CycleMilliseconds => Cycle;

            public override SensorFault ProbeFault => Fault;

            public override void Start() => _next = _clock.Milliseconds;

            public override void Check()
            {
            }

            public override float Read()
            {
                if (Fault != SensorFault.None || _clock.Milliseconds < _next) { return float.NaN; }
                _next += Cycle;
                return Celsius;
            }
        }

        private sealed class Sender : RecordSender
        {
            private readonly System.Collections.Generic.Dictionary<string, float[]> _values = new();
            private readonly Reading _reading = new Reading(PointKinds.MostFields);
            private readonly ReadingRecord _record;

            public Sender(params Point[] points) => _record = new ReadingRecord(points);

            public int Number { get; private set; }

            public long Taken { get; private set; }

            public float[] Values(string point) => _values[point];

            public override int Send(byte[] bytes, int at, int length)
            {
                Assert.True(_record.TryRead(bytes, at, length, _reading, out _));
                _values[_reading.Point.Name] = (float[])_reading.Values.Clone();
                Taken = _reading.Taken;
                return ++Number;
            }
        }
    }
}
