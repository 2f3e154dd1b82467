using System.Collections.Generic;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Sensors.Edge
{
    /// <summary>Ranges as messages write them: <c>[[2,2],[4,9]]</c>, ascending, apart from each other.</summary>
    internal static class SequenceRanges
    {
        internal static IReadOnlyList<SequenceRange> Read(JsonMember member, int most, long last)
        {
            JsonMember[] items = member.Items();
            if (items.Length == 0 || items.Length > most) { throw member.Wrong($"1 to {most} ranges"); }
            var ranges = new SequenceRange[items.Length];
            long before = 0;
            for (int i = 0; i < items.Length; i++)
            {
                JsonMember[] ends = items[i].Items();
                if (ends.Length != 2) { throw items[i].Wrong("a first and a last number"); }
                long from = ends[0].Integer(before + 1, last);
                before = ends[1].Integer(from, last);
                ranges[i] = new SequenceRange(from, before);
            }

            return ranges;
        }

        internal static string Text(IReadOnlyList<SequenceRange> ranges)
        {
            var text = new StringBuilder("[");
            foreach (SequenceRange range in ranges)
            {
                text.Append(CultureInfo.InvariantCulture, $"{(text.Length > 1 ? "," : "")}[{range.From},{range.To}]");
            }

            return text.Append(']').ToString();
        }

        internal static void Write(Utf8JsonWriter writer, IReadOnlyList<SequenceRange> ranges)
        {
            writer.WriteStartArray();
            for (int i = 0; i < ranges.Count; i++)
            {
                writer.WriteStartArray();
                writer.WriteNumberValue(ranges[i].From);
                writer.WriteNumberValue(ranges[i].To);
                writer.WriteEndArray();
            }

            writer.WriteEndArray();
        }
    }
}
