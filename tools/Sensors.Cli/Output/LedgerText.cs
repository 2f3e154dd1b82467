using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json.Nodes;
using Sensors.Edge;

namespace Sensors.Cli.Output
{
    /// <summary>The account of a store as people and programs read it.</summary>
    internal static class LedgerText
    {
        private const string None = "-";

        private static readonly string[] Head = ["NODE", "EPOCH", "READINGS", "ALARMS", "AGAIN", "LATE", "LOST", "MISSING", "FIRST", "LAST"];

        /// <summary>A table whose columns are as wide as they must be, then the gaps if they are wanted, then the sum.</summary>
        public static IEnumerable<string> Lines(LedgerReport ledger, bool gaps)
        {
            List<string[]> rows = [Head];
            foreach (NodeAccount node in ledger.Nodes)
            {
                rows.AddRange(node.Epochs.Select(epoch => Row(node, epoch)));
            }

            int[] widths = [.. Enumerable.Range(0, Head.Length).Select(column => rows.Max(row => row[column].Length))];
            foreach (string[] row in rows)
            {
                yield return string.Concat(row.Select((cell, column) => IsNumber(column) ? cell.PadLeft(widths[column]) + "  " : cell.PadRight(widths[column] + 2))).TrimEnd();
            }

            if (gaps)
            {
                foreach (string line in ledger.Nodes.SelectMany(Gaps))
                {
                    yield return line;
                }
            }

            EpochAccount[] all = [.. ledger.Nodes.SelectMany(node => node.Epochs)];
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"{Many(ledger.Nodes.Count, "node")}, {Many(all.Length, "epoch")}: {Many(all.Sum(epoch => epoch.Readings), "reading")}, {Many(all.Sum(epoch => epoch.Alarms), "alarm")}, {all.Sum(epoch => epoch.Duplicates)} came again, {all.Sum(epoch => epoch.Late)} late, {all.Sum(epoch => epoch.Thinned)} thinned, {all.Sum(epoch => epoch.Lost) - all.Sum(epoch => epoch.Thinned)} lost otherwise, {all.Sum(epoch => epoch.Missing)} missing; {Many(ledger.Refused, "message")} refused");
        }

        /// <summary>An object per node and epoch; with the gaps one per statement of a node, too.</summary>
        public static IEnumerable<string> Json(LedgerReport ledger, bool gaps)
        {
            foreach (NodeAccount node in ledger.Nodes)
            {
                foreach (EpochAccount epoch in node.Epochs)
                {
                    yield return JsonLine.Of(Object(node, epoch));
                }

                foreach (GapMessage gap in gaps ? node.Statements.Select(each => each.Gap) : [])
                {
                    yield return JsonLine.Of(Object(node, gap));
                }
            }
        }

        private static string[] Row(NodeAccount node, EpochAccount epoch) =>
        [
            Visible.Of(node.Id),
            Number(epoch.Epoch),
            Number(epoch.Readings),
            OrNone(epoch.Alarms),
            OrNone(epoch.Duplicates),
            OrNone(epoch.Late),
            epoch.Losses.Count == 0 ? None : string.Join(", ", epoch.Losses.Select(loss => $"{Visible.Of(loss.Reason)} {Number(loss.Count)}")),
            OrNone(epoch.Missing),
            Time(epoch.First),
            Time(epoch.Last),
        ];

        private static IEnumerable<string> Gaps(NodeAccount node)
        {
            foreach (GapMessage gap in node.Statements.Select(each => each.Gap))
            {
                string count = gap.Count is { } known ? Number(known) : "an unknown number of";
                string time = gap.Clock == ClockQuality.Unset ? "time unknown" : Time(DateTimeOffset.FromUnixTimeMilliseconds(gap.UtcMilliseconds));
                yield return $"gap      {Visible.Of(node.Id)}  {Number(gap.Epoch)}  {Visible.Of(gap.Reason)}, {count} lost: {Ranges(gap.Ranges)}  {time}";
            }

            foreach (EpochAccount epoch in node.Epochs)
            {
                if (epoch.MissingRanges.Count > 0)
                {
                    yield return $"missing  {Visible.Of(node.Id)}  {Number(epoch.Epoch)}  {Number(epoch.Missing)} without a reason: {Ranges(epoch.MissingRanges)}";
                }

                if (epoch.UnknownTail is { } tail)
                {
                    yield return $"unknown  {Visible.Of(node.Id)}  {Number(epoch.Epoch)}  given out or not, they will not come: {Ranges([tail])}";
                }
            }
        }

        private static JsonObject Object(NodeAccount node, EpochAccount epoch)
        {
            var lost = new JsonObject();
            foreach (Loss loss in epoch.Losses)
            {
                lost[loss.Reason] = loss.Count;
            }

            var line = new JsonObject
            {
                ["version"] = 1,
                ["id"] = node.Id,
                ["epoch"] = epoch.Epoch,
                ["boot"] = epoch.Boot,
                ["readings"] = epoch.Readings,
                ["alarms"] = epoch.Alarms,
                ["duplicates"] = epoch.Duplicates,
                ["late"] = epoch.Late,
                ["highest"] = epoch.Highest,
                ["lost"] = lost,
                ["missing"] = epoch.Missing,
                ["missing_ranges"] = Array(epoch.MissingRanges),
            };
            if (epoch.UnknownTail is { } tail)
            {
                line["unknown_tail"] = new JsonArray(tail.From, tail.To);
            }

            line["first"] = epoch.First?.ToUnixTimeMilliseconds();
            line["last"] = epoch.Last?.ToUnixTimeMilliseconds();
            line["clocks"] = new JsonObject { ["unset"] = epoch.Clocks.Unset, ["holdover"] = epoch.Clocks.Holdover, ["synced"] = epoch.Clocks.Synced };
            line["uncertainty"] = epoch.LargestUncertainty;
            return line;
        }

        private static JsonObject Object(NodeAccount node, GapMessage gap) => new()
        {
            ["version"] = 1,
            ["id"] = node.Id,
            ["epoch"] = gap.Epoch,
            ["gap"] = gap.Reason,
            ["count"] = gap.Count,
            ["ranges"] = Array(gap.Ranges),
            ["ts"] = gap.UtcMilliseconds,
            ["clock"] = ReadingText.Clock(gap.Clock),
        };

        private static JsonArray Array(IReadOnlyList<SequenceRange> ranges) => [.. ranges.Select(range => (JsonNode)new JsonArray(range.From, range.To))];

        private static string Ranges(IReadOnlyList<SequenceRange> ranges) => string.Join(", ", ranges.Select(range => GapText.Of(range)));

        private static bool IsNumber(int column) => column is >= 1 and <= 5 or 7;

        private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

        private static string OrNone(long number) => number == 0 ? None : Number(number);

        private static string Many(long count, string what) => $"{Number(count)} {what}{(count == 1 ? "" : "s")}";

        private static string Time(DateTimeOffset? time) => time is { } known ? known.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture) : None;
    }
}
