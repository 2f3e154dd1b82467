using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sensors.Cli.Catalogue;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Sensors.Cli.Output
{
    /// <summary>Chips of the catalogue as people and programs read them.</summary>
    internal static class ChipText
    {
        /// <summary>A narrower terminal gets no columns of what is covered; a page of its own per chip has it.</summary>
        private const int WideEnough = 120;

        private static readonly JsonSerializerOptions CamelCase = JsonSerializerOptions.Web;

        /// <summary>A table for a terminal.</summary>
        public static IRenderable Table(IReadOnlyList<ChipEntry> chips, int width)
        {
            bool wide = width >= WideEnough;
            Table table = new Table { Border = TableBorder.Simple, ShowRowSeparators = wide }.AddColumns("Chip", "Kind", "Bus", "Rate");
            if (wide)
            {
                table.AddColumns("Covered", "Not covered");
            }

            table.AddColumn("Proof");
            table.Columns[0].NoWrap();
            foreach (ChipEntry chip in chips)
            {
                List<string> cells = [Title(chip), Kind(chip), string.Join('\n', chip.Buses.Select(bus => bus.Text)), chip.Rate];
                if (wide)
                {
                    cells.Add(string.Join("; ", chip.Covered));
                    cells.Add(string.Join("; ", chip.NotCovered));
                }

                cells.Add(chip.Proof.Text);
                table.AddRow([.. cells.Select(cell => new Text(cell))]);
            }

            return wide ? table : new Rows(table, new Text("sensorctl chips <name> tells what of a chip is covered."));
        }

        /// <summary>A line per chip for a pipe, in columns.</summary>
        public static IEnumerable<string> Lines(IReadOnlyList<ChipEntry> chips)
        {
            string[][] rows = [.. chips.Select(chip => new[]
            {
                chip.Chip,
                Kind(chip),
                string.Join(" or ", chip.Buses.Select(bus => bus.Text)),
                chip.Rate,
                chip.Proof.Text,
                "covered: " + string.Join("; ", chip.Covered) + "  not covered: " + string.Join("; ", chip.NotCovered) + (chip.HasDriver ? "" : "  by: " + chip.Source),
            })];
            int[] widths = [.. Enumerable.Range(0, 5).Select(column => rows.Max(row => row[column].Length))];
            return rows.Select(row => string.Concat(widths.Select((width, column) => row[column].PadRight(width + 2))) + row[^1]);
        }

        /// <summary>One chip in full.</summary>
        public static string Page(ChipEntry chip)
        {
            var text = new StringBuilder(chip.Chip);
            text.Append(chip.Also.Count > 0 ? $" (also {string.Join(", ", chip.Also)})" : "").Append(", ").Append(chip.Maker).Append(": ").Append(chip.What);
            Add(text, "kind", chip.Kinds);
            Add(text, "read by", [chip.Source]);
            Add(text, "bus", chip.Buses.Select(InFull));
            Add(text, "rate", [chip.Rate]);
            Add(text, "covered", chip.Covered);
            Add(text, "not covered", chip.NotCovered);
            Add(text, "proof", [Proof("virtual chip", chip.Proof.Virtual), Proof("official CLR", chip.Proof.Clr), Proof("real board", chip.Proof.Board)]);
            return text.ToString();
        }

        /// <summary>One chip as an object on one line.</summary>
        public static string Json(ChipEntry chip)
        {
            var line = new JsonObject { ["version"] = 1 };
            JsonObject entry = JsonSerializer.SerializeToNode(chip, CamelCase)!.AsObject();
            foreach (string name in new[] { "chip", "also", "maker", "what", "kinds", "source", "buses", "rate", "covered", "notCovered", "proof" })
            {
                line[name] = entry[name]!.DeepClone();
            }

            foreach (JsonObject bus in line["buses"]!.AsArray().Select(bus => bus!.AsObject()).Concat([line["proof"]!.AsObject()]))
            {
                bus.Remove("text"); // for people
                foreach (string absent in bus.Where(member => member.Value is null).Select(member => member.Key).ToArray())
                {
                    bus.Remove(absent);
                }
            }

            return JsonLine.Of(line);
        }

        private static string Title(ChipEntry chip) => chip.HasDriver ? chip.Chip : chip.Chip + "*";

        private static string Kind(ChipEntry chip) => string.Join(", ", chip.Kinds);

        private static string InFull(ChipBus bus) => bus.Addresses is { Count: > 2 } all ? $"{bus.Text} ({string.Join(' ', all)})" : bus.Text;

        private static string Proof(string where, bool seen) => where + ": " + (seen ? "yes" : "not yet");

        private static void Add(StringBuilder text, string title, IEnumerable<string> values)
        {
            string before = title.PadRight(13);
            foreach (string value in values)
            {
                text.Append("\n  ").Append(before).Append(value);
                before = new string(' ', before.Length);
            }
        }
    }
}
