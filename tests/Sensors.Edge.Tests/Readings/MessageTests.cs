using System;
using System.Text;
using Sensors.Edge.Tests.Support;

namespace Sensors.Edge.Tests
{
    /// <summary>Reads the examples of docs/payloads.md, and refuses what is not one of its messages with a sentence that helps.</summary>
    public class MessageTests
    {
        [Fact]
        public void AVibrationReading()
        {
            ReadingMessage reading = ReadingMessage.Parse(PayloadsPage.Golden("reading-vibration"));
            Assert.Equal("88.118.12345/NODE-0001", reading.Id);
            Assert.Equal("vib1", reading.Point);
            Assert.Equal("vibration", reading.Kind);
            Assert.Equal(2801152377749507, reading.Epoch);
            Assert.Equal(1842, reading.Sequence);
            Assert.Equal(1763600000123, reading.UtcMilliseconds);
            Assert.Equal(ClockQuality.Synced, reading.Clock);
            Assert.Equal(new DateTimeOffset(2025, 11, 20, 0, 53, 20, 123, TimeSpan.Zero), reading.Time);
            Assert.Equal(38, reading.Values.Count);
            Assert.Equal(new ChannelValue("x_mean", 0.0383121), reading.Values[0]);
            Assert.Equal(new ChannelValue("z_mean", 9.80791), reading.Values[37]);
            Assert.Equal(1.25029, reading.Value("x_rms"));
            Assert.Null(reading.Value("w_rms"));
            Assert.Equal("C", reading.State!.Zone);
            Assert.Equal(AlarmGrade.Warning, reading.State.Alarm);
            Assert.Equal("outer-race", reading.State.Hint);
            Assert.Equal([new HintEvidence("outer-line", 24.3765), new HintEvidence("inner-line", 1.61924)], reading.State.Evidence);
            Assert.Equal(["aliasing-risk"], reading.Quality.Notes);
            Assert.Equal("passed", reading.Quality.SelfTest);
            Assert.Equal(new ReadingQuality(3201.4, 2048, 0, 0, 0, null) { SelfTest = "passed" }, reading.Quality with { Notes = [] });
        }

        [Fact]
        public void AStateNeedsNoMoreThanItsAlarm()
        {
            ReadingState state = ReadingMessage.Parse(Changed("reading-humidity", "\"quality\"", "\"state\":{\"alarm\":\"danger\"},\"quality\"")).State!;
            Assert.Equal(AlarmGrade.Danger, state.Alarm);
            Assert.Null(state.Zone);
            Assert.Null(state.Hint);
            Assert.Empty(state.Evidence);
        }

        [Fact]
        public void AnAlarm()
        {
            AlarmMessage alarm = AlarmMessage.Parse(PayloadsPage.Golden("alarm"));
            Assert.Equal(
                new AlarmMessage(
                    "88.118.12345/NODE-0001", "vib1", "vibration", 2801152377749507, 1841, 1763600000123, ClockQuality.Synced, "vel", AlarmGrade.Warning, AlarmGrade.None, "zone", 4.71, 4.5),
                alarm);
            Assert.Equal(new DateTimeOffset(2025, 11, 20, 0, 53, 20, 123, TimeSpan.Zero), alarm.Time);
        }

        [Fact]
        public void AnAlarmWithoutNumbersOrUtc()
        {
            AlarmMessage alarm = AlarmMessage.Parse(Changed("alarm", ",\"value\":4.71,\"limit\":4.5", ""));
            Assert.Null(alarm.Value);
            Assert.Null(alarm.Limit);
            Assert.Null(AlarmMessage.Parse(Changed("alarm", "synced", "unset")).Time);
        }

        [Theory]
        [InlineData("\"seq\":1841,", "", "\"seq\" is missing.")]
        [InlineData("\"seq\":1841", "\"seq\":0", "\"seq\" is 0, not an integer from 1 to 9007199254740991.")]
        [InlineData("\"kind\":\"vibration\",", "", "\"kind\" is missing.")]
        [InlineData("\"synced\"", "\"gps\"", "\"clock\" is \"gps\", not unset, holdover or synced.")]
        [InlineData("88.118.12345/NODE-0001", "NODE-0001", "\"id\" is \"NODE-0001\", not an identifier 88.<secondary>.<enterprise>/<suffix>.")]
        [InlineData("\"channel\":\"vel\"", "\"channel\":\"\"", "\"channel\" is \"\", not a word.")]
        [InlineData("\"alarm\":\"warning\"", "\"alarm\":\"error\"", "\"alarm\" is \"error\", not none, warning or danger.")]
        [InlineData("\"was\":\"none\"", "\"was\":null", "\"was\" is null, not a string.")]
        [InlineData("\"cause\":\"zone\",", "", "\"cause\" is missing.")]
        [InlineData("4.71", "\"4.71\"", "\"value\" is \"4.71\", not a number.")]
        [InlineData("\"limit\":4.5", "\"limit\":null", "\"limit\" is null, not a number.")]
        public void AWrongAlarmIsRefused(string old, string replacement, string expected)
        {
            Assert.False(AlarmMessage.TryParse(Changed("alarm", old, replacement), out AlarmMessage? message, out string? error));
            Assert.Null(message);
            Assert.Equal(expected, error);
        }

        [Fact]
        public void NeitherPassesForTheOther()
        {
            Assert.False(AlarmMessage.TryParse(PayloadsPage.Golden("reading-vibration"), out _, out string? error));
            Assert.Equal("\"channel\" is missing.", error);
            Assert.False(ReadingMessage.TryParse(PayloadsPage.Golden("alarm"), out _, out error));
            Assert.Equal("\"values\" is missing.", error);
        }

        [Fact]
        public void AFault()
        {
            ReadingMessage reading = ReadingMessage.Parse(PayloadsPage.Golden("reading-fault"));
            Assert.Empty(reading.Values);
            Assert.Null(reading.Time);
            Assert.Equal(4711, reading.UtcMilliseconds);
            Assert.Equal(new ReadingQuality(null, 0, 0, 0, 3, "no-answer"), reading.Quality);
            Assert.Null(reading.State);
        }

        [Theory]
        [InlineData("reading-temperature", "slope", -0.00125)]
        [InlineData("reading-humidity", "slope", 1.35)]
        [InlineData("reading-current", "mean", 1e-5)]
        public void TheOtherReadings(string name, string channel, double value)
        {
            Assert.Equal(value, ReadingMessage.Parse(PayloadsPage.Golden(name)).Value(channel));
        }

        [Fact]
        public void AMetaMessage()
        {
            MetaMessage meta = MetaMessage.Parse(PayloadsPage.Golden("meta"));
            Assert.Equal("0.1.0", meta.Firmware);
            Assert.Equal("Esp32DevKitC", meta.Board);
            Assert.Equal("ESP32_REV3", meta.Target);
            Assert.Equal(2, meta.Points.Count);
            PointMeta temperature = meta.Points[0];
            Assert.Equal("TMP117", temperature.Chip);
            Assert.Equal("I2C1 0x48", temperature.Bus);
            Assert.Equal(TimeSpan.FromSeconds(10), temperature.Interval);
            Assert.Equal(new ValueRange(-55, 150), temperature.Range);
            Assert.Equal(1, temperature.Rate);
            Assert.Equal(new ChannelMeta("slope", "Cel/min", "Slope of the least-squares line"), meta.Channel("temp1", "slope"));
            PointMeta current = meta.Points[1];
            Assert.Null(current.Chip);
            Assert.Null(current.Interval);
            Assert.Null(current.Range);
            Assert.Null(current.Rate);
            Assert.Null(meta.Channel("cur1", "slope"));
            Assert.Null(meta.Channel("vib1", "mean"));
        }

        [Fact]
        public void OnlineAndOffline()
        {
            StatusMessage online = StatusMessage.Parse(PayloadsPage.Golden("status-online"));
            Assert.Equal(new NodeOnline(1763600000123, ClockQuality.Synced, "0.1.0", TimeSpan.FromDays(1), 12, 0, 3, 0, null, null) { Uncertainty = 43, JournalBytes = 8192 }, online.Online);
            StatusMessage trouble = StatusMessage.Parse(PayloadsPage.Golden("status-trouble"));
            Assert.Equal(
                new NodeOnline(1763600093123, ClockQuality.Holdover, "0.1.0", TimeSpan.FromSeconds(12), 2, 0, 0, 1, "loop stalled", "Wi-Fi Hall 3: no address in time") { JournalBytes = 0, Asks = 12000 },
                trouble.Online);
            StatusMessage offline = StatusMessage.Parse(PayloadsPage.Golden("status-offline"));
            Assert.Null(offline.Online);
            Assert.Equal(online.Epoch, offline.Epoch);
        }

        [Theory]
        [InlineData("\"seq\":1842", "\"seq\":1842,\"new\":{\"a\":[1]}")]
        [InlineData("\"lost\":0", "\"lost\":0,\"temperature\":20")]
        public void UnknownMembersArePassedOver(string old, string replacement)
        {
            Assert.Equal(1842, ReadingMessage.Parse(Changed("reading-vibration", old, replacement)).Sequence);
        }

        [Theory]
        [InlineData("\"seq\":1842,", "", "\"seq\" is missing.")]
        [InlineData("\"seq\":1842", "\"seq\":0", "\"seq\" is 0, not an integer from 1 to 9007199254740991.")]
        [InlineData("\"seq\":1842", "\"seq\":1.5", "\"seq\" is 1.5, not an integer from 1 to 9007199254740991.")]
        [InlineData("\"seq\":1842", "\"seq\":\"1842\"", "\"seq\" is \"1842\", not an integer.")]
        [InlineData("\"seq\":1842", "\"seq\":null", "\"seq\" is null, not an integer.")]
        [InlineData("2801152377749507", "9007199254740992", "\"epoch\" is 9007199254740992, not an integer from 0 to 9007199254740991.")]
        [InlineData("1763600000123", "-1", "\"ts\" is -1, not an integer from 0 to 253402300799999.")]
        [InlineData("\"synced\"", "\"gps\"", "\"clock\" is \"gps\", not unset, holdover or synced.")]
        [InlineData("88.118.12345/NODE-0001", "86.118.12345/NODE-0001", "\"id\" is \"86.118.12345/NODE-0001\", not an identifier 88.<secondary>.<enterprise>/<suffix>.")]
        [InlineData("88.118.12345/NODE-0001", "88.118.12345/NODE-0001\\n", "\"id\" is \"88.118.12345/NODE-0001\\n\", not an identifier 88.<secondary>.<enterprise>/<suffix>.")]
        [InlineData("\"vib1\"", "\"\"", "\"point\" is \"\", not a word.")]
        [InlineData("\"x_rms\":1.25029", "\"x_rms\":\"1.25\"", "\"values.x_rms\" is \"1.25\", not a number.")]
        [InlineData("\"x_rms\":1.25029", "\"x_rms\":1e999", "\"values.x_rms\" is 1e999, not within the range of a float.")]
        [InlineData("\"rate\":3201.4", "\"rate\":null", "\"quality.rate\" is null, not a number.")]
        [InlineData("\"samples\":2048", "\"samples\":-1", "\"quality.samples\" is -1, not an integer from 0 to 2147483647.")]
        [InlineData("\"clipped\":0,", "", "\"quality.clipped\" is missing.")]
        [InlineData("\"zone\":\"C\"", "\"zone\":\"E\"", "\"state.zone\" is \"E\", not A, B, C or D.")]
        [InlineData("\"alarm\":\"warning\"", "\"alarm\":\"red\"", "\"state.alarm\" is \"red\", not none, warning or danger.")]
        [InlineData("\"alarm\":\"warning\",", "", "\"state.alarm\" is missing.")]
        [InlineData("\"hint\":\"outer-race\"", "\"hint\":\"\"", "\"state.hint\" is \"\", not a word.")]
        [InlineData("\"outer-line\":24.3765", "\"outer-line\":\"24\"", "\"state.evidence.outer-line\" is \"24\", not a number.")]
        [InlineData("[\"aliasing-risk\"]", "\"aliasing-risk\"", "\"quality.notes\" is \"aliasing-risk\", not an array.")]
        [InlineData("[\"aliasing-risk\"]", "[\"gap\",7]", "\"quality.notes[1]\" is 7, not a string.")]
        [InlineData("\"selftest\":\"passed\"", "\"selftest\":true", "\"quality.selftest\" is true, not a string.")]
        [InlineData("\"selftest\":\"passed\"", "\"selftest\":\"skipped\"", "\"quality.selftest\" is \"skipped\", not passed or failed.")]
        public void AWrongReadingIsRefused(string old, string replacement, string expected)
        {
            Assert.False(ReadingMessage.TryParse(Changed("reading-vibration", old, replacement), out ReadingMessage? message, out string? error));
            Assert.Null(message);
            Assert.Equal(expected, error);
        }

        [Theory]
        [InlineData("", "The message is not JSON")]
        [InlineData("NaN", "The message is not JSON")]
        [InlineData("[]", "The message is [], not an object.")]
        [InlineData("7", "The message is 7, not an object.")]
        [InlineData("{\"id\":1,\"id\":2}", "The message is not JSON")]
        [InlineData("{} {}", "The message is not JSON")]
        public void WhatIsNoObjectIsRefused(string text, string expected)
        {
            Assert.False(ReadingMessage.TryParse(Encoding.UTF8.GetBytes(text), out _, out string? error));
            Assert.StartsWith(expected, error, StringComparison.Ordinal);
            Assert.False(MetaMessage.TryParse(Encoding.UTF8.GetBytes(text), out _, out _));
            Assert.False(StatusMessage.TryParse(Encoding.UTF8.GetBytes(text), out _, out _));
            Assert.False(AlarmMessage.TryParse(Encoding.UTF8.GetBytes(text), out _, out _));
        }

        [Fact]
        public void NoCutMessageIsTakenOrCrashes()
        {
            foreach (string name in new[] { "reading-vibration", "meta", "status-online", "alarm" })
            {
                byte[] whole = PayloadsPage.Golden(name);
                for (int length = 0; length < whole.Length; length++)
                {
                    var cut = whole.AsMemory(0, length);
                    Assert.False(ReadingMessage.TryParse(cut, out _, out _));
                    Assert.False(MetaMessage.TryParse(cut, out _, out _));
                    Assert.False(StatusMessage.TryParse(cut, out _, out _));
                    Assert.False(AlarmMessage.TryParse(cut, out _, out _));
                }
            }
        }

        [Fact]
        public void NoDamagedMessageCrashes()
        {
            var random = new Random(12);
            foreach (string name in new[] { "reading-vibration", "meta", "status-online", "alarm" })
            {
                for (int i = 0; i < 5000; i++)
                {
                    byte[] damaged = PayloadsPage.Golden(name);
                    for (int hits = random.Next(1, 4); hits > 0; hits--) { damaged[random.Next(damaged.Length)] = (byte)random.Next(256); }
                    ReadingMessage.TryParse(damaged, out _, out _);
                    MetaMessage.TryParse(damaged, out _, out _);
                    StatusMessage.TryParse(damaged, out _, out _);
                    AlarmMessage.TryParse(damaged, out _, out _);
                }
            }
        }

        [Fact]
        public void AStringThatIsNoUnicodeIsRefused()
        {
            byte[] half = Changed("reading-vibration", "\"vib1\"", "\"vib\\ud800\"");
            Assert.False(ReadingMessage.TryParse(half, out _, out string? error));
            Assert.StartsWith("A string of the message is no Unicode", error, StringComparison.Ordinal);
        }

        [Fact]
        public void AHugeMessageIsRefusedUnread()
        {
            Assert.False(ReadingMessage.TryParse(new byte[100_000], out _, out string? error));
            Assert.Equal("The message has 100000 bytes, more than 65536.", error);
        }

        [Theory]
        [InlineData("\"range\":[-55,150]", "\"range\":[1]", "\"points[0].range\" is [1], not two numbers.")]
        [InlineData("\"unit\":\"Cel/min\",", "", "\"points[0].channels.slope.unit\" is missing.")]
        [InlineData("\"kind\":\"current\",", "", "\"points[1].kind\" is missing.")]
        [InlineData("\"chip\":\"TMP117\"", "\"chip\":7", "\"points[0].chip\" is 7, not a string.")]
        public void AWrongMetaIsRefused(string old, string replacement, string expected)
        {
            Assert.False(MetaMessage.TryParse(Changed("meta", old, replacement), out _, out string? error));
            Assert.Equal(expected, error);
        }

        [Theory]
        [InlineData("\"online\"", "\"asleep\"", "\"status\" is \"asleep\", not online or offline.")]
        [InlineData("\"queued\":12,", "", "\"queued\" is missing.")]
        [InlineData(",\"faults\":0", "", "\"faults\" is missing.")]
        [InlineData("\"faults\":0", "\"faults\":0,\"restart\":7", "\"restart\" is 7, not a string.")]
        [InlineData("\"faults\":0", "\"faults\":0,\"error\":null", "\"error\" is null, not a string.")]
        public void AWrongStatusIsRefused(string old, string replacement, string expected)
        {
            Assert.False(StatusMessage.TryParse(Changed("status-online", old, replacement), out _, out string? error));
            Assert.Equal(expected, error);
        }

        [Theory]
        [InlineData("sensors/v1/88.118.12345/NODE-0001/reading/vib1", NodeTopicKind.Reading, "vib1")]
        [InlineData("sensors/v1/88.118.12345/NODE-0001/meta", NodeTopicKind.Meta, null)]
        [InlineData("sensors/v1/88.118.12345/NODE-0001/status", NodeTopicKind.Status, null)]
        [InlineData("sensors/v1/88.118.12345/NODE-0001/alarm", NodeTopicKind.Alarm, null)]
        public void TopicsAreTakenApart(string topic, NodeTopicKind kind, string? point)
        {
            Assert.True(NodeTopic.TryParse(NodeTopic.DefaultRoot, topic, out NodeTopic? parsed));
            Assert.Equal(new NodeTopic("88.118.12345/NODE-0001", kind, point), parsed);
            Assert.Equal(kind == NodeTopicKind.Reading, parsed.Bears(ReadingMessage.Parse(PayloadsPage.Golden("reading-vibration"))));
            Assert.False(parsed.Bears(ReadingMessage.Parse(PayloadsPage.Golden("reading-current"))));
            Assert.Equal(kind == NodeTopicKind.Alarm, parsed.Bears(AlarmMessage.Parse(PayloadsPage.Golden("alarm"))));
            Assert.False(parsed.Bears(AlarmMessage.Parse(Changed("alarm", "NODE-0001", "NODE-0002"))));
        }

        [Theory]
        [InlineData("sensors/v2/88.118.12345/NODE-0001/meta")]
        [InlineData("sensors/v1")]
        [InlineData("sensors/v1/88.118.12345/meta")]
        [InlineData("sensors/v1/86.118.12345/NODE-0001/meta")]
        [InlineData("sensors/v1/88.118.12345/NODE-0001/reading")]
        [InlineData("sensors/v1/88.118.12345/NODE-0001/reading/")]
        [InlineData("sensors/v1/88.118.12345/NODE-0001/reading/vib1/x")]
        [InlineData("sensors/v1/88.118.12345/NODE-0001/cmd")]
        [InlineData("sensors/v1/88.118.12345/NODE-0001/alarm/vib1")]
        public void OtherTopicsAreNot(string topic)
        {
            Assert.False(NodeTopic.TryParse(NodeTopic.DefaultRoot, topic, out _));
        }

        private static byte[] Changed(string name, string old, string replacement)
        {
            string message = Encoding.UTF8.GetString(PayloadsPage.Golden(name));
            Assert.Contains(old, message, StringComparison.Ordinal);
            return Encoding.UTF8.GetBytes(message.Replace(old, replacement, StringComparison.Ordinal));
        }
    }
}
