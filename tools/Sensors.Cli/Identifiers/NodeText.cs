using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json.Nodes;
using Sensors.Cli.Output;
using Sensors.Identification;

namespace Sensors.Cli.Identifiers
{
    /// <summary>Nodes of the registry as people and programs read them.</summary>
    internal static class NodeText
    {
        private const string None = "-";

        private static readonly string[] Head = ["IDENTIFIER", "NAME", "PLACE", "BOARD", "STATE", "PAIRED"];

        /// <summary>A table whose columns are as wide as they must be.</summary>
        public static IEnumerable<string> Table(IReadOnlyList<NodeEntry> nodes)
        {
            List<string[]> rows = [Head, .. nodes.Select(Row)];
            int[] widths = [.. Enumerable.Range(0, Head.Length).Select(column => rows.Max(row => row[column].Length))];
            foreach (string[] row in rows)
            {
                yield return string.Concat(row.Select((cell, column) => cell.PadRight(widths[column] + 2))).TrimEnd();
            }
        }

        /// <summary>All that is known of a node.</summary>
        public static IEnumerable<string> Full(NodeEntry node)
        {
            yield return Fact("identifier", node.Identifier.Text);
            yield return Fact("name", node.Name);
            yield return Fact("place", node.Place);
            yield return Fact("state", State(node));
            yield return Fact("paired", Time(node.PairedAt));
            yield return Fact("broker", node.Broker);
            yield return Fact("root", node.Root);
            yield return Fact("points", node.Points.Count == 0 ? null : string.Join(' ', node.Points));
            foreach (HardwarePeriod period in node.History)
            {
                string?[] parts = [period.Hardware.Node, period.Hardware.Board, period.Hardware.Mac, period.Hardware.Firmware];
                yield return Fact("board", $"{string.Join(", ", parts.OfType<string>())}: {Time(period.Since)} to {(period.Until is { } until ? Time(until) : "now")}");
            }

            foreach (NodeEvent happened in node.Events)
            {
                yield return Fact("event", $"{Time(happened.At)} {happened.Kind} {happened.Text}".TrimEnd());
            }
        }

        public static string Json(NodeEntry node) => JsonLine.Of(new JsonObject
        {
            ["version"] = 1,
            ["id"] = node.Identifier.Text,
            ["name"] = node.Name,
            ["place"] = node.Place,
            ["state"] = State(node),
            ["paired"] = node.PairedAt.ToUnixTimeMilliseconds(),
            ["broker"] = node.Broker,
            ["root"] = node.Root,
            ["points"] = new JsonArray([.. node.Points.Select(point => (JsonNode)point)]),
            ["boards"] = new JsonArray([.. node.History.Select(period => (JsonNode)new JsonObject
            {
                ["node"] = period.Hardware.Node,
                ["board"] = period.Hardware.Board,
                ["mac"] = period.Hardware.Mac,
                ["firmware"] = period.Hardware.Firmware,
                ["since"] = period.Since.ToUnixTimeMilliseconds(),
                ["until"] = period.Until?.ToUnixTimeMilliseconds(),
            })]),
            ["events"] = new JsonArray([.. node.Events.Select(happened => (JsonNode)new JsonObject
            {
                ["at"] = happened.At.ToUnixTimeMilliseconds(),
                ["kind"] = happened.Kind,
                ["text"] = happened.Text,
            })]),
        });

        /// <summary>One line per node, RFC 4180.</summary>
        public static IEnumerable<string> Csv(IReadOnlyList<NodeEntry> nodes)
        {
            yield return "id,name,place,state,paired,broker,root,points,node,board,mac,firmware,since";
            foreach (NodeEntry node in nodes)
            {
                HardwarePeriod? now = node.History.LastOrDefault(period => period.Until is null);
                string?[] cells =
                [
                    node.Identifier.Text, node.Name, node.Place, State(node), Time(node.PairedAt), node.Broker, node.Root, string.Join(' ', node.Points),
                    now?.Hardware.Node, now?.Hardware.Board, now?.Hardware.Mac, now?.Hardware.Firmware, now is null ? null : Time(now.Since),
                ];
                yield return string.Join(',', cells.Select(Cell));
            }
        }

        private static string[] Row(NodeEntry node) =>
        [
            node.Identifier.Text, Text(node.Name), Text(node.Place), Text(node.Hardware?.Node), State(node), Time(node.PairedAt),
        ];

        private static string Fact(string name, string? value) => $"{name,-12}{Text(value)}";

        private static string Text(string? text) => string.IsNullOrEmpty(text) ? None : Visible.Of(text);

        private static string State(NodeEntry node) => node.State == NodeState.Active ? "active" : "retired";

        private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

        // A table program must not take a name for a formula.
        private static string Cell(string? text)
        {
            string cell = text ?? string.Empty;
            cell = cell.Length > 0 && "=+-@\t\r".Contains(cell[0], StringComparison.Ordinal) ? "'" + cell : cell;
            return cell.AsSpan().IndexOfAny(",\"\r\n") < 0 ? cell : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
        }
    }
}
