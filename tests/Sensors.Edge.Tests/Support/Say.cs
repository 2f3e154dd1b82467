using System;
using System.Globalization;
using System.Linq;
using System.Text;

namespace Sensors.Edge.Tests.Support
{
    /// <summary>What nodes say, short to write in a test.</summary>
    internal static class Say
    {
        public const string Id = "88.118.12345/NODE-0001";
        public const long Incarnation = 1L << 20; // epochs of the first board begin here
        public const long Epoch = Incarnation + 1;
        public const long Time = 1763600000000;
        public static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, 678, TimeSpan.Zero);

        public static string ReadingTopic(string id = Id, string point = "temp1") => $"sensors/v1/{id}/reading/{point}";

        public static string Topic(string leaf, string id = Id) => $"sensors/v1/{id}/{leaf}";

        public static byte[] Reading(
            long sequence, long epoch = Epoch, string id = Id, string point = "temp1", string clock = "synced", long? time = null, long? uncertainty = null, string values = "\"mean\":23.5") =>
            Bytes($"{Head(id, point, epoch, sequence, time ?? Time + (1000 * sequence), clock, uncertainty)},\"values\":{{{values}}},\"quality\":{{\"samples\":10,\"lost\":0,\"clipped\":0,\"retries\":0}}}}");

        public static byte[] Alarm(long sequence, long epoch = Epoch, string id = Id) =>
            Bytes($"{Head(id, "temp1", epoch, sequence, Time + (1000 * sequence), "synced", null)},\"channel\":\"mean\",\"alarm\":\"danger\",\"was\":\"none\",\"cause\":\"limit\",\"value\":90,\"limit\":80}}");

        public static byte[] Gap(string reason, long? count, params SequenceRange[] ranges) => GapOf(Epoch, reason, count, ranges);

        public static byte[] GapOf(long epoch, string reason, long? count, params SequenceRange[] ranges) =>
            Bytes($"{{\"id\":\"{Id}\",\"epoch\":{epoch},\"ts\":{Time},\"clock\":\"synced\",\"reason\":\"{reason}\"{(count is null ? "" : $",\"count\":{count}")},"
                + $"\"ranges\":[{string.Join(',', ranges.Select(range => $"[{range.From},{range.To}]"))}]}}");

        public static byte[] Status(long epoch = Epoch, long? asks = null, string id = Id) =>
            Bytes($"{{\"id\":\"{id}\",\"status\":\"online\",\"epoch\":{epoch},\"ts\":{Time},\"clock\":\"unset\",\"firmware\":\"0.1.0\",\"uptime\":7,\"queued\":0,\"dropped\":0,\"reconnects\":0,\"faults\":0{(asks is null ? "" : $",\"asks\":{asks}")}}}");

        public static byte[] Offline(long epoch = Epoch) => Bytes($"{{\"id\":\"{Id}\",\"status\":\"offline\",\"epoch\":{epoch}}}");

        public static byte[] Meta(string firmware = "0.1.0") => Bytes($"{{\"id\":\"{Id}\",\"firmware\":\"{firmware}\",\"epoch\":{Epoch},\"points\":[]}}");

        public static StoreEntry Entry(byte[] message)
        {
            if (ReadingMessage.TryParse(message, out ReadingMessage? reading, out _))
            {
                return new StoreEntry(StoreKind.Reading, reading.Id, reading.Epoch, reading.Sequence, reading.Point, reading.UtcMilliseconds, reading.Clock, message, null)
                {
                    Measured = reading.Kind,
                    Uncertainty = reading.Uncertainty,
                    ArrivedMilliseconds = Now.ToUnixTimeMilliseconds(),
                };
            }

            if (StatusMessage.TryParse(message, out StatusMessage? status, out _))
            {
                return new StoreEntry(StoreKind.Status, status.Id, status.Epoch, 0, null, 0, ClockQuality.Unset, message, null) { ArrivedMilliseconds = Now.ToUnixTimeMilliseconds() };
            }

            GapMessage gap = GapMessage.Parse(message);
            return new StoreEntry(StoreKind.Gap, gap.Id, gap.Epoch, gap.Ranges[0].From, null, gap.UtcMilliseconds, gap.Clock, message, gap)
            {
                ArrivedMilliseconds = Now.ToUnixTimeMilliseconds(),
            };
        }

        public static StoreEntry[] Entries(params byte[][] messages) => Array.ConvertAll(messages, Entry);

        public static string Text(OutgoingAnswer answer) => answer.Topic + " " + Encoding.UTF8.GetString(answer.Payload.Span);

        public static string Text(System.Collections.Generic.IEnumerable<SequenceRange> ranges) =>
            string.Join(' ', ranges.Select(range => range.IsOpen ? $"{range.From}-" : range.From == range.To ? $"{range.From}" : $"{range.From}-{range.To}"));

        public static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

        private static string Head(string id, string point, long epoch, long sequence, long time, string clock, long? uncertainty) => string.Create(
            CultureInfo.InvariantCulture,
            $"{{\"id\":\"{id}\",\"point\":\"{point}\",\"kind\":\"temperature\",\"epoch\":{epoch},\"seq\":{sequence},\"ts\":{time},\"clock\":\"{clock}\"{(uncertainty is null ? "" : $",\"uncertainty\":{uncertainty}")}");
    }
}
