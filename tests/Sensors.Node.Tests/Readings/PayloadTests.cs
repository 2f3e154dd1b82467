using System;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Sensors.Drivers;
using Sensors.Node;

namespace Sensors.Node.Tests.Readings
{
    /// <summary>The messages are what docs/payloads.md says, byte for byte.</summary>
    public class PayloadTests
    {
        private const long Epoch = 2801152377749507;

        private static readonly Identifier Id = Identifier.Parse("88.118.12345/NODE-0001");
        private static readonly Identifier LongestId = Identifier.Parse("88.1234.12345678901234567890/" + new string('a', 99));

        [Fact]
        public void Vibration()
        {
            Reading reading = Make("vib1", "vibration", VibrationFeatures.Channels(), 1842,
                0.0383073f, 1.25004f, 3.981212f, 7.85333f, 3.18486f, -0.1532290f, 0.842101f, 2.750011f, 5.4375f, 3.265653f,
                9.80665f, 0.6125f, 1.875011f, 3.703125f, 3.061243f);
            reading.Quality.Rate = 3201.4f;
            reading.Quality.Samples = 1024;
            Assert.Equal(Payloads.Golden("reading-vibration"), Encoded(reading, 1763600000123, ClockState.Synced));
        }

        [Fact]
        public void Fault()
        {
            Reading reading = Make("temp1", "temperature", TemperatureFeatures.Channels(), 1843, float.NaN, float.NaN, float.NaN, float.PositiveInfinity);
            reading.Taken = 4711;
            reading.Quality.Retries = 3;
            reading.Quality.Fault = SensorFault.NoAnswer;
            byte[] buffer = new byte[1000];
            int length = new ReadingJson(Id).Encode(reading, new TestClock(), buffer, 0);
            Assert.Equal(Payloads.Golden("reading-fault"), Encoding.UTF8.GetString(buffer, 0, length));
        }

        [Fact]
        public void Temperature()
        {
            Reading reading = Make("temp1", "temperature", TemperatureFeatures.Channels(), 1844, 23.4567f, 23.4375f, 23.5f, -0.00125f);
            reading.Quality.Rate = 1f;
            reading.Quality.Samples = 10;
            reading.Quality.Retries = 1;
            Assert.Equal(Payloads.Golden("reading-temperature"), Encoded(reading, 1763600010000, ClockState.Holdover));
        }

        [Fact]
        public void Humidity()
        {
            Reading reading = Make("hum1", "humidity", TemperatureFeatures.HumidityChannels(), 1846, 41.36f, 41.2f, 41.5f, 1.35f);
            reading.Quality.Rate = 0.5f;
            reading.Quality.Samples = 5;
            Assert.Equal(Payloads.Golden("reading-humidity"), Encoded(reading, 1763600010300, ClockState.Synced));
        }

        [Fact]
        public void Current()
        {
            Reading reading = Make("cur1", "current", CurrentFeatures.Channels(), 1845, 1e-5f, 5.021347f, -7.2f, 7.199993f, 50.01234f);
            reading.Quality.Rate = 860.1f;
            reading.Quality.Samples = 172;
            reading.Quality.Lost = 2;
            reading.Quality.Clipped = 4;
            Assert.Equal(Payloads.Golden("reading-current"), Encoded(reading, 1763600010200, ClockState.Synced));
        }

        [Fact]
        public void Meta()
        {
            var temperature = new Point("temp1", "temperature", TemperatureFeatures.Channels())
            {
                Chip = "TMP117",
                Bus = "I2C1 0x48",
                IntervalMilliseconds = 10000,
                RangeLow = -55f,
                RangeHigh = 150f,
                NominalRate = 1f,
            };
            Point[] points = { temperature, new Point("cur1", "current", CurrentFeatures.Channels()) };
            var json = new MetaJson(Id, new NodeDescription("0.1.0", "Esp32DevKitC", "ESP32_REV3"));
            byte[] buffer = new byte[json.MaxLength(points)];
            int length = json.Encode(Epoch, points, buffer, 0);
            Assert.Equal(Payloads.Golden("meta"), Encoding.UTF8.GetString(buffer, 0, length));
        }

        [Fact]
        public void Online()
        {
            var clock = new TestClock { Now = 5_000_000 };
            clock.SetUtc(1763600000123, ClockState.Synced);
            var json = new StatusJson(Id, "0.1.0");
            byte[] buffer = new byte[json.MaxLength];
            var state = new NodeState { UptimeSeconds = 86400, Queued = 12, Reconnects = 3 };
            int length = json.EncodeOnline(Epoch, clock, state, buffer, 0);
            Assert.Equal(Payloads.Golden("status-online"), Encoding.UTF8.GetString(buffer, 0, length));
        }

        [Fact]
        public void Trouble()
        {
            var clock = new TestClock { Now = 12_000_000 };
            clock.SetUtc(1763600093123, ClockState.Holdover);
            var json = new StatusJson(Id, "0.1.0");
            byte[] buffer = new byte[json.MaxLength];
            var state = new NodeState
            {
                UptimeSeconds = 12,
                Queued = 2,
                Faults = 1,
                Restart = StatusJson.TextOf("loop stalled"),
                Error = StatusJson.TextOf("Wi-Fi Hall 3: no address in time"),
            };
            int length = json.EncodeOnline(Epoch + 1, clock, state, buffer, 0);
            Assert.Equal(Payloads.Golden("status-trouble"), Encoding.UTF8.GetString(buffer, 0, length));
        }

        [Theory]
        [InlineData("", "\"\"")]
        [InlineData("a\r\nb\t\u0001", "\"a  b  \"")]
        [InlineData("say \"no\" \\", "\"say \\\"no\\\" \\\\\"")]
        public void CausesAreOneLine(string text, string expected)
        {
            Assert.Equal(expected, Encoding.UTF8.GetString(StatusJson.TextOf(text)));
        }

        [Fact]
        public void CausesAreCutBetweenCharacters()
        {
            string text = new string('传', 79) + "😀 and more";
            Assert.Equal("\"" + new string('传', 79) + "\"", Encoding.UTF8.GetString(StatusJson.TextOf(text)));
            Assert.Equal(82, StatusJson.TextOf(new string('x', 81)).Length);
            Assert.Null(StatusJson.TextOf(null));
            Assert.Equal(80, StatusJson.MaxTextLength);
        }

        [Fact]
        public void Offline()
        {
            string will = new StatusJson(Id, "0.1.0").Offline(Epoch);
            Assert.Equal(Payloads.Golden("status-offline"), will);
            Assert.True(Ascii.IsValid(will));
        }

        [Fact]
        public void EveryExampleOfThePageIsTested()
        {
            string[] names = Regex.Matches(Payloads.Page, "<!-- golden: (.*) -->").Select(m => m.Groups[1].Value).ToArray();
            Assert.Equal(new[] { "reading-vibration", "reading-fault", "reading-temperature", "reading-humidity", "reading-current", "meta", "status-online", "status-trouble", "status-offline" }, names);
            Assert.Equal(names.Length, Regex.Matches(Payloads.Page, "```json").Count);
            Assert.All(names, name => JsonDocument.Parse(Payloads.Golden(name)));
        }

        [Fact]
        public void EveryNameOfTheWireIsOnThePage()
        {
            foreach (SensorFault fault in Enum.GetValues<SensorFault>())
            {
                if (fault == SensorFault.None) { continue; }
                Assert.NotEqual("unknown", WireNames.Of(fault));
                Assert.Contains("| `" + WireNames.Of(fault) + "` |", Payloads.Page, StringComparison.Ordinal);
            }

            foreach (ClockState state in Enum.GetValues<ClockState>())
            {
                Assert.Contains("| `" + WireNames.Of(state) + "` |", Payloads.Page, StringComparison.Ordinal);
            }

            Assert.Equal(Enum.GetValues<ClockState>().Length, Enum.GetValues<ClockState>().Select(WireNames.Of).Distinct().Count());
        }

        [Fact]
        public void FaultNamesReachTheMessage()
        {
            Reading reading = Make("temp1", "temperature", TemperatureFeatures.Channels(), 1, 1f, 1f, 1f, 1f);
            for (int fault = 1; fault <= 9; fault++)
            {
                reading.Quality.Fault = (SensorFault)fault;
                Assert.Contains("\"fault\":\"" + WireNames.Of((SensorFault)fault) + "\"}}", Encoded(reading, 0, ClockState.Unset), StringComparison.Ordinal);
            }
        }

        [Theory]
        [InlineData("vibration", 15)]
        [InlineData("temperature", 4)]
        [InlineData("humidity", 4)]
        [InlineData("current", 5)]
        public void NoReadingIsLongerThanThePageSays(string kind, int values)
        {
            Channel[] channels = PointKinds.Make("p", kind).Channels;
            var worst = Enumerable.Repeat(-1.23457e-38f, values).ToArray();
            Reading reading = Make(new string('z', Point.MaxNameLength), kind, channels, long.MinValue, worst);
            reading.Epoch = long.MinValue;
            reading.Quality.Rate = -1.23457e-38f;
            reading.Quality.Samples = int.MinValue;
            reading.Quality.Lost = int.MinValue;
            reading.Quality.Clipped = int.MinValue;
            reading.Quality.Retries = int.MinValue;
            reading.Quality.Fault = SensorFault.SelfTestFailed;

            var json = new ReadingJson(LongestId);
            int most = json.MaxLength(reading.Point);
            byte[] buffer = new byte[most];
            int length = json.Encode(reading, long.MinValue, ClockState.Holdover, buffer, 0);
            // Counts have nine characters fewer than a long, floats one fewer than the seven digits they have room for; three spare commas.
            Assert.Equal(most - 4 * 9 - values - 1 - 3, length);
            Assert.Contains(most.ToString(CultureInfo.InvariantCulture) + " bytes (" + kind + ")", Payloads.Page, StringComparison.Ordinal);
            int first = Payloads.Golden("reading-vibration").Length;
            Assert.Contains("The first example has " + first.ToString(CultureInfo.InvariantCulture) + " bytes.", Payloads.Page, StringComparison.Ordinal);
        }

        [Fact]
        public void MetaOfThreePointsIsNoLongerThanThePageSays()
        {
            Point[] points =
            {
                new Point(new string('z', 16), "vibration", VibrationFeatures.Channels()),
                new Point(new string('z', 16), "temperature", TemperatureFeatures.Channels()),
                new Point(new string('z', 16), "current", CurrentFeatures.Channels()),
            };
            foreach (Point point in points) { point.Chip = point.Bus = new string('x', 16); }
            string version = new string('x', 16);
            int most = new MetaJson(LongestId, new NodeDescription(version, version, version)).MaxLength(points);
            Assert.Contains("at most " + most.ToString(CultureInfo.InvariantCulture) + " bytes", Payloads.Page, StringComparison.Ordinal);
        }

        [Fact]
        public void MetaAndStatusFitTheirMaximum()
        {
            Point[] points =
            {
                new Point(new string('z', 16), "vibration", VibrationFeatures.Channels())
                {
                    Chip = "a \"chip\"",
                    Bus = "传感器\t1",
                    IntervalMilliseconds = int.MaxValue,
                    RangeLow = -1.23457e-38f,
                    RangeHigh = -1.23457e-38f,
                    NominalRate = -1.23457e-38f,
                },
            };
            var meta = new MetaJson(LongestId, new NodeDescription("1", "b", "t"));
            byte[] buffer = new byte[meta.MaxLength(points)];
            int length = meta.Encode(long.MinValue, points, buffer, 0);
            Assert.InRange(length, buffer.Length - 20, buffer.Length);
            Assert.Contains("\"chip\":\"a \\\"chip\\\"\",\"bus\":\"传感器\\t1\"", Encoding.UTF8.GetString(buffer, 0, length), StringComparison.Ordinal);

            var status = new StatusJson(LongestId, "version");
            buffer = new byte[status.MaxLength];
            var state = new NodeState
            {
                UptimeSeconds = long.MinValue,
                Queued = int.MinValue,
                Dropped = int.MinValue,
                Reconnects = int.MinValue,
                Faults = int.MinValue,
                Restart = StatusJson.TextOf(new string('传', 100)),
                Error = StatusJson.TextOf(new string('传', 100)),
            };
            var clock = new TestClock();
            clock.SetUtc(long.MinValue, ClockState.Holdover);
            length = status.EncodeOnline(long.MinValue, clock, state, buffer, 0);
            Assert.InRange(length, buffer.Length - 40, buffer.Length);
        }

        [Fact]
        public void WhatDoesNotFitIsRefusedWhole()
        {
            Reading reading = Make("cur1", "current", CurrentFeatures.Channels(), 1845, 1f, 2f, 3f, 4f, 5f);
            var json = new ReadingJson(Id);
            int most = json.MaxLength(reading.Point);
            int length = json.Encode(reading, 1763600010200, ClockState.Synced, new byte[most], 0);
            for (int size = 0; size < length; size++)
            {
                Assert.Equal(JsonWriter.DoesNotFit, json.Encode(reading, 1763600010200, ClockState.Synced, new byte[size], 0));
            }

            Assert.Equal(length, json.Encode(reading, 1763600010200, ClockState.Synced, new byte[most + 5], 5));
        }

        [Fact]
        public void AThousandReadingsAllocateNothing()
        {
            Reading reading = Make("vib1", "vibration", VibrationFeatures.Channels(), 1, new float[15]);
            reading.Quality.Fault = SensorFault.NoData;
            var json = new ReadingJson(Id);
            var status = new StatusJson(Id, "0.1.0");
            var clock = new TestClock();
            var state = new NodeState { Restart = StatusJson.TextOf("loop stalled"), Error = StatusJson.TextOf("session lost") };
            byte[] buffer = new byte[1000];
            json.Encode(reading, clock, buffer, 0);
            status.EncodeOnline(Epoch, clock, state, buffer, 0);
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 1000; i++)
            {
                for (int v = 0; v < 15; v++) { reading.Values[v] = (i - 500) * 0.01f * v; }
                reading.Sequence = i;
                if (json.Encode(reading, clock, buffer, 0) <= 0) { Assert.Fail("does not fit"); }
                if (status.EncodeOnline(i, clock, state, buffer, 0) <= 0) { Assert.Fail("does not fit"); }
            }

            Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        }

        [Theory]
        [InlineData("")]
        [InlineData("vib-1")]
        [InlineData("Vib1")]
        [InlineData("a/b")]
        [InlineData("+")]
        [InlineData("abcdefghijklmnopq")]
        public void PointNamesAreChecked(string name)
        {
            Assert.Throws<ArgumentException>(() => new Point(name, "vibration", VibrationFeatures.Channels()));
        }

        private static Reading Make(string point, string kind, Channel[] channels, long sequence, params float[] values)
        {
            var reading = new Reading(15) { Point = new Point(point, kind, channels), Epoch = Epoch, Sequence = sequence };
            reading.Quality.Clear();
            values.CopyTo(reading.Values, 0);
            return reading;
        }

        private static string Encoded(Reading reading, long utc, ClockState state)
        {
            var json = new ReadingJson(Id);
            byte[] buffer = new byte[json.MaxLength(reading.Point)];
            int length = json.Encode(reading, utc, state, buffer, 0);
            return Encoding.UTF8.GetString(buffer, 0, length);
        }
    }
}
