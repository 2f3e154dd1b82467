using System.Text;
using nanoFramework.TestFramework;
using Sensors.Drivers;
using Sensors.Node;

namespace NFUnitTest.Readings
{
    /// <summary>The examples of docs/payloads.md; the PC's tests compare them with the page itself.</summary>
    [TestClass]
    public class PayloadTests
    {
        private const long Epoch = 2801152377749507;
        private const string Id = "88.118.12345/NODE-0001";

        [TestMethod]
        public static void A_vibration_reading_is_as_specified()
        {
            Reading reading = Make("vib1", "vibration", FirstFive(), 1842);
            float[] values =
            {
                0.0383073f, 1.25004f, 3.981212f, 7.85333f, 3.18486f, -0.1532290f, 0.842101f, 2.750011f, 5.4375f, 3.265653f,
                9.80665f, 0.6125f, 1.875011f, 3.703125f, 3.061243f,
            };
            for (int i = 0; i < values.Length; i++) { reading.Values[i] = values[i]; }
            reading.Quality.Rate = 3201.4f;
            reading.Quality.Samples = 1024;
            Assert.AreEqual(
                "{\"id\":\"88.118.12345/NODE-0001\",\"point\":\"vib1\",\"kind\":\"vibration\",\"epoch\":2801152377749507,\"seq\":1842,"
                + "\"ts\":1763600000123,\"clock\":\"synced\","
                + "\"values\":{\"x_mean\":0.0383073,\"x_rms\":1.25004,\"x_peak\":3.98121,\"x_p2p\":7.85333,\"x_crest\":3.18486,"
                + "\"y_mean\":-0.153229,\"y_rms\":0.842101,\"y_peak\":2.75001,\"y_p2p\":5.4375,\"y_crest\":3.26565,"
                + "\"z_mean\":9.80665,\"z_rms\":0.6125,\"z_peak\":1.87501,\"z_p2p\":3.70312,\"z_crest\":3.06124},"
                + "\"quality\":{\"rate\":3201.4,\"samples\":1024,\"lost\":0,\"clipped\":0,\"retries\":0}}",
                Encoded(reading, 1763600000123, ClockState.Synced));
        }

        [TestMethod]
        public static void A_fault_leaves_values_out()
        {
            Reading reading = Make("temp1", "temperature", TemperatureFeatures.Channels(), 1843);
            reading.Values[0] = float.NaN;
            reading.Values[1] = float.NaN;
            reading.Values[2] = float.PositiveInfinity;
            reading.Values[3] = float.NegativeInfinity;
            reading.Values[4] = float.NaN;
            reading.Quality.Retries = 3;
            reading.Quality.Fault = SensorFault.NoAnswer;
            Assert.AreEqual(
                "{\"id\":\"88.118.12345/NODE-0001\",\"point\":\"temp1\",\"kind\":\"temperature\",\"epoch\":2801152377749507,\"seq\":1843,"
                + "\"ts\":4711,\"clock\":\"unset\",\"values\":{},"
                + "\"quality\":{\"samples\":0,\"lost\":0,\"clipped\":0,\"retries\":3,\"fault\":\"no-answer\"}}",
                Encoded(reading, 4711, ClockState.Unset));
        }

        [TestMethod]
        public static void The_meta_message_is_as_specified()
        {
            var point = new Point("temp1", "temperature", TemperatureFeatures.Channels());
            point.Chip = "TMP117";
            point.Bus = "I2C1 0x48";
            point.IntervalMilliseconds = 10000;
            point.RangeLow = -55f;
            point.RangeHigh = 150f;
            point.NominalRate = 1f;
            Point[] points = { point };
            var json = new MetaJson(Identifier.Parse(Id), new NodeDescription("0.1.0", "Esp32DevKitC", "ESP32_REV3"));
            byte[] buffer = new byte[json.MaxLength(points)];
            int length = json.Encode(Epoch, points, buffer, 0);
            Assert.AreEqual(
                "{\"id\":\"88.118.12345/NODE-0001\",\"firmware\":\"0.1.0\",\"board\":\"Esp32DevKitC\",\"target\":\"ESP32_REV3\","
                + "\"epoch\":2801152377749507,\"points\":[{\"point\":\"temp1\",\"kind\":\"temperature\",\"chip\":\"TMP117\","
                + "\"bus\":\"I2C1 0x48\",\"interval\":10000,\"range\":[-55,150],\"rate\":1,"
                + "\"channels\":{\"mean\":{\"unit\":\"Cel\",\"meaning\":\"Mean temperature\"},"
                + "\"min\":{\"unit\":\"Cel\",\"meaning\":\"Smallest sample\"},\"max\":{\"unit\":\"Cel\",\"meaning\":\"Largest sample\"},"
                + "\"slope\":{\"unit\":\"Cel/min\",\"meaning\":\"Slope of the least-squares line\"},"
                + "\"ewma\":{\"unit\":\"Cel\",\"meaning\":\"Exponentially weighted mean of all samples\"}}}]}",
                Encoding.UTF8.GetString(buffer, 0, length));
        }

        [TestMethod]
        public static void Status_and_will_are_as_specified()
        {
            var clock = new StandingClock();
            clock.SetUtc(1763600000123, ClockState.Synced);
            var state = new NodeState();
            state.UptimeSeconds = 86400;
            state.Queued = 12;
            state.Reconnects = 3;
            var json = new StatusJson(Identifier.Parse(Id), "0.1.0");
            byte[] buffer = new byte[json.MaxLength];
            int length = json.EncodeOnline(Epoch, clock, state, buffer, 0);
            Assert.AreEqual(
                "{\"id\":\"88.118.12345/NODE-0001\",\"status\":\"online\",\"epoch\":2801152377749507,\"ts\":1763600000123,"
                + "\"clock\":\"synced\",\"firmware\":\"0.1.0\",\"uptime\":86400,\"queued\":12,\"dropped\":0,\"thinned\":0,\"journal\":0,\"reconnects\":3,\"faults\":0}",
                Encoding.UTF8.GetString(buffer, 0, length));
            state.Restart = StatusJson.TextOf("loop\nstalled");
            state.Error = StatusJson.TextOf("session \"lost\"");
            length = json.EncodeOnline(Epoch, clock, state, buffer, 0);
            string told = Encoding.UTF8.GetString(buffer, 0, length);
            Assert.IsTrue(told.IndexOf(",\"faults\":0,\"restart\":\"loop stalled\",\"error\":\"session \\\"lost\\\"\"}") > 0);
            Assert.AreEqual(
                "{\"id\":\"88.118.12345/NODE-0001\",\"status\":\"offline\",\"epoch\":2801152377749507}",
                json.Offline(Epoch));
        }

        [TestMethod]
        public static void What_does_not_fit_is_refused()
        {
            Reading reading = Make("cur1", "current", CurrentFeatures.Channels(), 1);
            var json = new ReadingJson(Identifier.Parse(Id));
            Assert.AreEqual(JsonWriter.DoesNotFit, json.Encode(reading, 0, ClockState.Unset, new byte[100], 0));
            Assert.IsTrue(json.Encode(reading, 0, ClockState.Unset, new byte[json.MaxLength(reading.Point)], 0) > 100);
        }

        [TestMethod]
        public static void Texts_are_escaped_and_in_utf8()
        {
            byte[] json = JsonText.Of("a\"b\\\t\u0001\u00e9\u4f20");
            byte[] expected =
            {
                0x22, 0x61, 0x5C, 0x22, 0x62, 0x5C, 0x5C, 0x5C, 0x74, 0x5C, 0x75, 0x30, 0x30, 0x30, 0x31, 0xC3, 0xA9, 0xE4, 0xBC, 0xA0, 0x22,
            };
            Assert.AreEqual(expected.Length, json.Length);
            for (int i = 0; i < expected.Length; i++) { Assert.AreEqual(expected[i], json[i]); }
        }

        private static Channel[] FirstFive()
        {
            string[] axes = { "x_", "y_", "z_" };
            string[] names = { "mean", "rms", "peak", "p2p", "crest" };
            Channel[] channels = new Channel[15];
            for (int i = 0; i < 15; i++) { channels[i] = new Channel(axes[i / 5] + names[i % 5], i % 5 == 4 ? "/" : "m/s2", "What it is", i); }
            return channels;
        }

        private static Reading Make(string point, string kind, Channel[] channels, long sequence)
        {
            var reading = new Reading(VibrationFields.Count);
            reading.Point = new Point(point, kind, channels);
            reading.Epoch = Epoch;
            reading.Sequence = sequence;
            reading.Quality.Clear();
            return reading;
        }

        private static string Encoded(Reading reading, long utc, ClockState state)
        {
            var json = new ReadingJson(Identifier.Parse(Id));
            byte[] buffer = new byte[json.MaxLength(reading.Point)];
            int length = json.Encode(reading, utc, state, buffer, 0);
            return Encoding.UTF8.GetString(buffer, 0, length);
        }
    }
}
