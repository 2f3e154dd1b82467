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

        private static readonly PointDeclaration Everything = PointDeclaration.Parse(
            "vib1 rpm=1480 bearing=9,7.94,39.04,0 axial=y zones=group2-rigid bands=10-100,100-500,500-1600");

        [Fact]
        public void Vibration()
        {
            Reading reading = MakeVibration();
            byte[] bytes = new byte[ReadingRecord.MaxLength];
            var record = new ReadingRecord(new[] { reading.Point });
            int length = record.Write(reading, 987654, ClockState.Unset, bytes, 0);
            Assert.Equal(Payloads.Bytes("record-vibration"), Convert.ToHexString(bytes, 0, length));

            // What is sent is what the record holds.
            var read = new Reading(PointKinds.MostFields) { Epoch = Epoch };
            Assert.True(record.TryRead(bytes, 0, length, read, out _));
            Assert.Equal(Payloads.Golden("reading-vibration"), Encoded(read, 1763600000123, ClockState.Synced));
        }

        [Fact]
        public void TemperatureRecord()
        {
            Reading reading = Make("temp1", PointKinds.Temperature, TemperatureFeatures.Channels(), 1844, 23.4567f, 23.4375f, 23.5f, -0.00125f, 23.44f);
            reading.Quality.Rate = 1f;
            reading.Quality.Samples = 10;
            reading.Quality.Retries = 1;
            byte[] bytes = new byte[ReadingRecord.MaxLength];
            int length = new ReadingRecord(new[] { reading.Point }).Write(reading, 1763600010000, ClockState.Holdover, bytes, 0);
            Assert.Equal(Payloads.Bytes("record-temperature"), Convert.ToHexString(bytes, 0, length));
        }

        [Fact]
        public void Alarm()
        {
            var change = new AlarmEvent
            {
                Channel = new WatchedChannel("vel"),
                Level = AlarmLevel.Warning,
                Value = 4.71f,
                Limit = 4.5f,
                Cause = AlarmCause.Zone,
            };
            Point point = PointKinds.Make("vib1", PointKinds.Vibration);
            var record = new AlarmRecord(new[] { point });
            byte[] bytes = new byte[ReadingRecord.MaxLength];
            int length = record.Write(point, 1841, 987654, ClockState.Unset, 0, change, bytes, 0);
            Assert.Equal(Payloads.Bytes("record-alarm"), Convert.ToHexString(bytes, 0, length));
            Assert.True(record.TryRead(bytes, 0, length));
            var json = new AlarmJson(Id);
            byte[] buffer = new byte[json.MaxLength];
            length = json.Encode(Epoch, record, 1763600000123, ClockState.Synced, 0, buffer, 0);
            Assert.Equal(Payloads.Golden("alarm"), Encoding.UTF8.GetString(buffer, 0, length));
        }

        [Fact]
        public void GapMessage()
        {
            var gap = new Gap();
            gap.Begin(GapReason.Thinned, 37);
            gap.Add(2, 2);
            gap.Add(4, 9);
            gap.Add(12, 41);
            var json = new GapJson(Id);
            byte[] buffer = new byte[json.MaxLength];
            int length = json.Encode(Epoch, gap, 1763600000123, ClockState.Synced, 7, buffer, 0);
            Assert.Equal(Payloads.Golden("gap"), Encoding.UTF8.GetString(buffer, 0, length));
            gap.Begin(GapReason.PowerCut, Gap.Unknown);
            gap.Add(1801, 4096);
            length = json.Encode(Epoch, gap, 1763600000123, ClockState.Holdover, 0, buffer, 0);
            Assert.Equal(Payloads.Golden("gap-power-cut"), Encoding.UTF8.GetString(buffer, 0, length));
        }

        [Theory]
        [InlineData(GapReason.PowerCut, "power-cut")]
        [InlineData(GapReason.Thinned, "thinned")]
        [InlineData(GapReason.NoRoom, "no-room")]
        [InlineData(GapReason.Corrupt, "corrupt")]
        [InlineData(GapReason.NewVolume, "new-volume")]
        [InlineData((GapReason)99, "corrupt")]
        public void ReasonsOfGaps(GapReason reason, string name)
        {
            var gap = new Gap();
            gap.Begin(reason, 0);
            gap.Add(1, 1);
            var json = new GapJson(Id);
            byte[] buffer = new byte[json.MaxLength];
            int length = json.Encode(Epoch, gap, 0, ClockState.Unset, 0, buffer, 0);
            Assert.Contains("\"reason\":\"" + name + "\",\"count\":0,\"ranges\":[[1,1]]}", Encoding.UTF8.GetString(buffer, 0, length), StringComparison.Ordinal);
            Assert.Contains("| `" + name + "` |", Payloads.Page, StringComparison.Ordinal);
        }

        [Fact]
        public void NoGapIsLongerThanItsMost()
        {
            var gap = new Gap();
            gap.Begin(GapReason.NewVolume, int.MaxValue);
            for (int i = 0; i < Gap.MostRanges; i++)
            {
                gap.Add(Gap.NoEnd - 1000 + (3 * i), Gap.NoEnd - 1000 + (3 * i) + 1);
            }

            var json = new GapJson(LongestId);
            int length = json.Encode(long.MinValue, gap, long.MinValue, ClockState.Holdover, 15, new byte[json.MaxLength], 0);
            Assert.InRange(length, json.MaxLength - 130, json.MaxLength);
        }

        [Fact]
        public void Acknowledgement()
        {
            var reader = new EdgeAckReader();
            Assert.True(reader.TryRead(Encoding.ASCII.GetBytes(Payloads.Golden("ack"))));
            Assert.Equal(Epoch, reader.Ack.Epoch);
            Assert.Equal(1841, reader.Ack.UpTo);
            Assert.True(reader.Ack.Covers(Epoch, 1843, 1850));
            Assert.True(reader.Ack.Covers(Epoch, 1852, 1852));
            Assert.False(reader.Ack.Covers(Epoch, 1842, 1842));
            Assert.False(reader.Ack.Covers(Epoch, 1850, 1852));
        }

        [Theory]
        [InlineData(-1, 0, -1)]
        [InlineData(0, 1, 2)]
        [InlineData(2, 1, 2)]
        [InlineData(3, 2, 4)]
        [InlineData(100, 7, 128)]
        [InlineData(16_384, 14, 16_384)]
        [InlineData(16_385, 15, 32_768)]
        [InlineData(long.MaxValue, 15, 32_768)]
        public void Uncertainties(long milliseconds, int code, long told)
        {
            Assert.Equal(code, Uncertainty.CodeOf(milliseconds));
            Assert.Equal(told, Uncertainty.Milliseconds(code));
        }

        [Fact]
        public void NoAlarmIsLongerThanItsMost()
        {
            var change = new AlarmEvent
            {
                Channel = new WatchedChannel(new string('z', AlarmEvent.MaxChannelLength)),
                Level = AlarmLevel.Warning,
                Was = AlarmLevel.Warning,
                Value = -1.23457e-38f,
                Limit = -1.23457e-38f,
                Cause = AlarmCause.Baseline,
            };
            var point = new Point(new string('z', Point.MaxNameLength), PointKinds.Temperature, TemperatureFeatures.Channels());
            var record = new AlarmRecord(new[] { point });
            byte[] bytes = new byte[ReadingRecord.MaxLength];
            Assert.True(record.TryRead(bytes, 0, record.Write(point, (1L << 48) - 1, 0, ClockState.Unset, 15, change, bytes, 0)));
            var json = new AlarmJson(LongestId);
            int length = json.Encode(long.MinValue, record, long.MinValue, ClockState.Holdover, 15, new byte[json.MaxLength], 0);
            Assert.InRange(length, json.MaxLength - 60, json.MaxLength);
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
            Reading reading = Make("temp1", "temperature", TemperatureFeatures.Channels(PointDeclaration.Parse("temp1 ambient=temp2").Temperature), 1844, 23.4567f, 23.4375f, 23.5f, -0.00125f, 23.44f, 1.5f);
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
            Reading reading = Make("cur1", "current", CurrentFeatures.Channels(PointDeclaration.Parse("cur1 rpm=1480").Current), 1845, 1e-5f, 5.021347f, -7.2f, 7.199993f, 50.01234f, 1.4339f, 0.0412f, 1.012f, -57.3f, -56.9f);
            reading.Quality.Rate = 860.1f;
            reading.Quality.Samples = 172;
            reading.Quality.Lost = 2;
            reading.Quality.Clipped = 4;
            reading.UncertaintyCode = Uncertainty.CodeOf(100);
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
            clock.SetUtc(1763600000123, ClockState.Synced, 43);
            var json = new StatusJson(Id, "0.1.0");
            byte[] buffer = new byte[json.MaxLength];
            var state = new NodeState { UptimeSeconds = 86400, Queued = 12, JournalBytes = 8192, Reconnects = 3 };
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
                AsksTime = true,
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
            Assert.Equal(
                new[]
                {
                    "reading-vibration", "reading-fault", "reading-temperature", "reading-humidity", "reading-current", "alarm",
                    "gap", "gap-power-cut", "ack", "meta", "status-online", "status-trouble", "status-offline",
                },
                names);
            Assert.Equal(names.Length, Regex.Matches(Payloads.Page, "```json").Count);
            Assert.Equal(3, Regex.Matches(Payloads.Page, "<!-- bytes: (.*) -->").Count);
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
            string[] notes = Enumerable.Range(0, QualityNotes.Count).Select(WireNames.OfNote).ToArray();
            Assert.Equal(notes.Length, notes.Distinct().Count());
            Assert.All(notes, name => Assert.Contains("| `" + name + "` |", Payloads.Page, StringComparison.Ordinal));
            Assert.All(Enum.GetValues<Hint>().Skip(1), hint => Assert.Contains("| `" + WireNames.Of(hint) + "` |", Payloads.Page, StringComparison.Ordinal));
            string[] evidences = Enum.GetValues<Evidence>().Select(WireNames.Of).ToArray();
            Assert.Equal(evidences.Length, evidences.Distinct().Count());
            Assert.All(evidences, name => Assert.Contains("`" + name + "`", Payloads.Page, StringComparison.Ordinal));
            Assert.All(Enum.GetValues<AlarmCause>(), cause => Assert.Contains("`" + WireNames.Of(cause) + "`", Payloads.Page, StringComparison.Ordinal));
            Assert.All(Enum.GetValues<AlarmLevel>(), level => Assert.Contains("`" + WireNames.Of(level) + "`", Payloads.Page, StringComparison.Ordinal));
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
        [InlineData(PointKinds.Vibration, "vib1 rpm=1480 bearing=9,7.94,39.04,0 bands=1-2,1-2,1-2,1-2,1-2,1-2,1-2,1-2,1-2,1-2,1-2,1-2,1-2,1-2,1-2,1-2")]
        [InlineData(PointKinds.Temperature, "temp1 ambient=temp2")]
        [InlineData(PointKinds.Humidity, "hum1")]
        [InlineData(PointKinds.Current, "cur1 rpm=1480")]
        public void NoReadingIsLongerThanThePageSays(string kind, string declaration)
        {
            PointDeclaration known = PointDeclaration.Parse(declaration);
            Assert.Null(known.Error);
            Point point = PointKinds.Make(new string('z', Point.MaxNameLength), kind, known);
            var reading = new Reading(PointKinds.MostFields) { Point = point, Epoch = long.MinValue, Sequence = long.MinValue };
            reading.Clear();
            Array.Fill(reading.Values, -1.23457e-38f);
            reading.Quality.Rate = -1.23457e-38f;
            reading.Quality.Samples = int.MinValue;
            reading.Quality.Lost = int.MinValue;
            reading.Quality.Clipped = int.MinValue;
            reading.Quality.Retries = int.MinValue;
            reading.Quality.Fault = SensorFault.SelfTestFailed;
            reading.Quality.Notes = (1 << QualityNotes.Count) - 1;
            reading.Quality.SelfTest = SelfTestState.Passed;
            reading.Condition.Zone = 4;
            reading.Condition.Alarm = AlarmLevel.Warning;
            reading.Condition.Hint = Hint.Misalignment;
            for (int i = 0; i < Condition.MostEvidence; i++) { reading.Condition.Add(Evidence.ManyOrdersPart, -1.23457e-38f); }

            var json = new ReadingJson(LongestId);
            int most = json.MaxLength(point);
            reading.UncertaintyCode = Uncertainty.MostCode;
            int length = json.Encode(reading, long.MinValue, ClockState.Holdover, new byte[most], 0);
            // Counts have nine characters fewer than a long, floats one fewer than the seven digits they have room for; spare commas.
            Assert.InRange(most - length - (4 * 9) - point.Channels.Length - 1 - Condition.MostEvidence, 0, 10);
            Assert.Contains(most.ToString(CultureInfo.InvariantCulture) + " bytes (" + kind + ")", Payloads.Page, StringComparison.Ordinal);
            int first = Payloads.Golden("reading-vibration").Length;
            Assert.Contains("The first example has " + first.ToString(CultureInfo.InvariantCulture) + " bytes.", Payloads.Page, StringComparison.Ordinal);
        }

        [Fact]
        public void MetaOfThreePointsIsNoLongerThanThePageSays()
        {
            Point[] points =
            {
                PointKinds.Make("vib1", PointKinds.Vibration),
                PointKinds.Make("temp1", PointKinds.Temperature),
                PointKinds.Make("cur1", PointKinds.Current),
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
                new Point(new string('z', 16), "vibration", FirstFive())
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
                Thinned = int.MinValue,
                JournalBytes = long.MinValue,
                AsksTime = true,
                Reconnects = int.MinValue,
                Faults = int.MinValue,
                Restart = StatusJson.TextOf(new string('传', 100)),
                Error = StatusJson.TextOf(new string('传', 100)),
            };
            var clock = new TestClock { Now = 123_456_789_000_000 };
            clock.SetUtc(long.MinValue + (1L << 40), ClockState.Holdover, long.MaxValue);
            length = status.EncodeOnline(long.MinValue, clock, state, buffer, 0);
            Assert.InRange(length, buffer.Length - 60, buffer.Length);
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
            Reading reading = Make("vib1", "vibration", FirstFive(), 1, new float[15]);
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
            Assert.Throws<ArgumentException>(() => new Point(name, "vibration", FirstFive()));
        }

        // The oldest channels of a vibration point, as the page's example has them.
        private static Channel[] FirstFive()
        {
            string[] names = { "mean", "rms", "peak", "p2p", "crest" };
            var channels = new Channel[15];
            for (int i = 0; i < 15; i++) { channels[i] = new Channel("xyz"[i / 5] + "_" + names[i % 5], i % 5 == 4 ? "/" : "m/s2", "What it is", i); }
            return channels;
        }

        // X with everything, Y and Z with their means: enough to show each name once.
        private static Reading MakeVibration()
        {
            var reading = new Reading(PointKinds.MostFields) { Point = PointKinds.Make("vib1", PointKinds.Vibration, Everything), Epoch = Epoch, Sequence = 1842 };
            reading.Clear();
            float[] x =
            {
                0.0383073f, 1.25004f, 3.981212f, 7.85333f, 3.18486f, -0.0213f, 3.41f, 4.71f, 28.8f, 412.5f,
                24.6213f, 0.9871f, 49.2411f, 0.31f, 107.512f, 0.12f, 0.72f, 0.31f, 0.88f,
            };
            Array.Copy(x, reading.Values, x.Length);
            float[] rest =
            {
                0.212f, 0.0021f, 0.0512f, 0.0034f, 0.0029f, 0.0022f, 0.9871f, 0.31f, 0.052f, 0.021f, 0.019f, 0.004f, 0.006f, 0.0031f, 0.0172f, 0.0312f, 0.0027f,
            };
            Array.Copy(rest, 0, reading.Values, VibrationFields.Envelope, rest.Length);
            reading.Values[VibrationFields.PerAxis] = -0.153229f;
            reading.Values[2 * VibrationFields.PerAxis] = 9.80665f;
            reading.Quality.Rate = 3201.4f;
            reading.Quality.Samples = 2048;
            reading.Quality.Notes = QualityNotes.AliasingRisk;
            reading.Quality.SelfTest = SelfTestState.Passed;
            reading.Condition.Zone = 3;
            reading.Condition.Alarm = AlarmLevel.Warning;
            reading.Condition.Hint = Hint.OuterRace;
            reading.Condition.Add(Evidence.OuterLine, 24.38f);
            reading.Condition.Add(Evidence.InnerLine, 1.619f);
            return reading;
        }

        private static Reading Make(string point, string kind, Channel[] channels, long sequence, params float[] values)
        {
            var reading = new Reading(PointKinds.MostFields) { Point = new Point(point, kind, channels), Epoch = Epoch, Sequence = sequence };
            reading.Clear();
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
