using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json.Nodes;
using Sensors.Cli.Output;
using Sensors.Node;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Sensors.Cli.Features
{
    /// <summary>The features of a record as people and programs read them.</summary>
    internal static class FeatureText
    {
        /// <summary>The height over the floor from which on an envelope line tells of a defect.</summary>
        public const float DefectRatio = 8;

        /// <summary>A table for a terminal.</summary>
        public static IRenderable Table(FeatureReport report)
        {
            var facts = new Grid().AddColumn(new GridColumn().NoWrap().PadRight(2)).AddColumn();
            foreach ((string name, string text) in Facts(report))
            {
                facts.AddRow(new Text(name, new Style(decoration: Decoration.Bold)), new Text(text));
            }

            var table = new Table { Border = TableBorder.Simple };
            foreach (string header in Headers(report))
            {
                table.AddColumn(new TableColumn(new Text(header)).NoWrap());
            }

            for (int axis = 0; axis < report.Record.Axes.Count; axis++)
            {
                table.Columns[1 + axis].RightAligned();
            }

            table.Columns[^1].NoWrap = false;
            foreach (FeatureRow row in report.Rows)
            {
                table.AddRow([.. Cells(row).Select(cell => new Text(cell))]);
            }

            return new Rows([facts, table, .. Endings(report).Select(line => new Text(line))]);
        }

        /// <summary>Lines for a pipe, in columns.</summary>
        public static IEnumerable<string> Lines(FeatureReport report)
        {
            (string Name, string Text)[] facts = [.. Facts(report)];
            foreach ((string name, string text) in facts)
            {
                yield return name.PadRight(facts.Max(fact => fact.Name.Length) + 2) + text;
            }

            yield return string.Empty;
            string[][] rows = [Headers(report), .. report.Rows.Select(Cells)];
            int[] widths = [.. Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length))];
            int axes = report.Record.Axes.Count;
            foreach (string[] row in rows)
            {
                yield return string.Concat(row.Select((cell, column) => (column >= 1 && column <= axes ? cell.PadLeft(widths[column]) : cell.PadRight(widths[column])) + "  ")).TrimEnd();
            }

            string[] endings = [.. Endings(report)];
            if (endings.Length > 0)
            {
                yield return string.Empty;
            }

            foreach (string line in endings)
            {
                yield return line;
            }
        }

        /// <summary>Everything as an object on one line. Numbers are the shortest that read back as the same float.</summary>
        public static string Json(FeatureReport report)
        {
            FeatureRecord record = report.Record;
            var line = new JsonObject
            {
                ["version"] = 1,
                ["file"] = record.File,
                ["kind"] = record.Kind.ToString().ToLowerInvariant(),
                ["rate"] = record.Rate,
                ["start"] = record.Start,
                ["samples"] = record.Samples,
                ["seconds"] = record.Seconds,
                ["unit"] = record.Unit.Name,
                ["scale"] = record.Scale,
                ["columns"] = new JsonArray([.. record.Names.Select(name => (JsonNode)name)]),
            };
            if (report.Grids.Count > 0)
            {
                line["counts"] = PerAxis(report, axis => Json(record, report.Grids[axis]));
                line["clipped"] = report.Clipped;
            }

            AddSpectrum(line, "spectrum", report.Spectrum);
            AddSpectrum(line, "fineSpectrum", report.FineSpectrum);
            AddSpectrum(line, "envelope", report.Envelope);
            if (report.SpeedRpm is { } rpm)
            {
                line["rpm"] = rpm;
            }

            line["features"] = PerAxis(report, axis => Object(report.Rows.Where(row => row.Absent[axis] is null), row => row.Values[axis]));
            line["units"] = Object(report.Rows, row => row.Unit);
            line["absent"] = PerAxis(report, axis => Object(report.Rows.Where(row => row.Absent[axis] is not null), row => row.Absent[axis]!));
            line["notes"] = new JsonArray([.. NoteBits(report).Select(bit => (JsonNode)WireNames.OfNote(bit))]);
            if (report.BearingLines.Count > 0)
            {
                line["bearing"] = Json(report, report.Bearing!);
            }

            if (report.Condition is { } condition)
            {
                line["condition"] = Json(condition);
            }

            return JsonLine.Of(line);
        }

        /// <summary>A number for people: five digits, and an exponent only where zeros would be many.</summary>
        public static string Short(double value)
        {
            double size = Math.Abs(value);
            return size != 0 && (size < 1e-4 || size >= 1e6)
                ? value.ToString("0.####e+0", CultureInfo.InvariantCulture).Replace("e+", "e")
                : Math.Round((decimal)value, Math.Clamp(4 - (size == 0 ? 0 : (int)Math.Floor(Math.Log10(size))), 0, 8), MidpointRounding.AwayFromZero).ToString("0.########", CultureInfo.InvariantCulture);
        }

        private static JsonObject Json(FeatureRecord record, CountGrid grid) => new()
        {
            ["source"] = grid.Source.ToString().ToLowerInvariant(),
            ["step"] = grid.Step * record.Factor,
            ["error"] = grid.WorstError * record.Factor,
        };

        private static JsonObject Json(FeatureReport report, BearingText bearing)
        {
            var result = new JsonObject { ["geometry"] = bearing.Text };
            foreach (BearingLine line in report.BearingLines)
            {
                result[line.Name] = new JsonObject
                {
                    ["order"] = line.Order,
                    ["hertz"] = line.Hertz,
                    ["overFloor"] = Object(
                        Enumerable.Range(0, line.Ratios.Count).Where(axis => !float.IsNaN(line.Ratios[axis])), axis => report.Record.Axes[axis], axis => line.Ratios[axis]),
                };
            }

            return result;
        }

        private static JsonObject Json(Condition condition)
        {
            var result = new JsonObject();
            if (condition.Zone > 0)
            {
                result["zone"] = ZoneName(condition);
            }

            if (WireNames.Of(condition.Hint) is { } hint)
            {
                result["hint"] = hint;
            }

            if (condition.EvidenceCount > 0)
            {
                result["evidence"] = Object(Enumerable.Range(0, condition.EvidenceCount), i => WireNames.Of(condition.Evidences[i]), i => condition.Strengths[i]);
            }

            return result;
        }

        private static void AddSpectrum(JsonObject line, string name, SpectrumFacts? facts)
        {
            if (facts is not null)
            {
                line[name] = new JsonObject
                {
                    ["rate"] = facts.RateHertz,
                    ["block"] = facts.Samples,
                    ["lines"] = facts.Lines,
                    ["lineHertz"] = facts.LineHertz,
                    ["averages"] = facts.Averages,
                };
            }
        }

        private static IEnumerable<(string Name, string Text)> Facts(FeatureReport report)
        {
            FeatureRecord record = report.Record;
            string part = record.Samples == record.Total ? string.Empty : Invariant($", samples {record.Start} to {record.Start + record.Samples - 1} of {record.Total}");
            yield return ("record", Visible.Of(record.File) + part);
            string scale = record.FullScale == 1 ? Invariant($"1 is {Short(record.Scale)} {record.Unit.Name}") : Invariant($"full scale is {Short(record.Scale)} {record.Unit.Name}");
            yield return ("signal", Invariant($"{record.Kind.ToString().ToLowerInvariant()}, {record.Samples} samples at {Short(record.Rate)} Hz, {Short(record.Seconds)} s; {scale}"));
            foreach (IGrouping<string, int> same in Enumerable.Range(0, report.Grids.Count).GroupBy(axis => Describe(record, report.Grids[axis])))
            {
                yield return ("counts", (report.Grids.Count > 1 ? string.Join(", ", same.Select(axis => record.Axes[axis])) + ": " : string.Empty) + same.Key);
            }

            if (report.Clipped > 0)
            {
                yield return ("clipped", Invariant($"{report.Clipped} samples at the end of the range: peaks are higher than told"));
            }

            if (report.Spectrum is { } spectrum)
            {
                yield return ("spectrum", Describe(spectrum));
            }

            if (report.FineSpectrum is { } fine)
            {
                yield return ("fine lines", Describe(fine) + ": velocity, displacement, orders");
            }

            if (report.Envelope is { } envelope)
            {
                yield return ("envelope", Describe(envelope));
            }

            if (report.SpeedRpm is { } rpm)
            {
                yield return ("shaft", Invariant($"{Short(rpm)} rpm, {Short(rpm / 60)} Hz"));
            }

            if (report.Condition is { } condition)
            {
                if (condition.Zone > 0)
                {
                    yield return ("zone", ZoneName(condition));
                }

                if (WireNames.Of(condition.Hint) is { } hint)
                {
                    yield return ("hint", hint + Evidence(condition) + (record.Axes.Count < VibrationFields.Axes ? "; of fewer than three axes only the bearing is judged" : string.Empty));
                }
            }
        }

        private static IEnumerable<string> Endings(FeatureReport report)
        {
            foreach (BearingLine line in report.BearingLines)
            {
                yield return Invariant($"{line.Title,-5} {Short(line.Order)} x shaft = {Short(line.Hertz)} Hz: ") + string.Join(", ", line.Ratios.Select((ratio, axis) => Over(report, ratio, axis)));
            }

            foreach (IGrouping<string, (string Name, string? Axis)> reason in report.Rows
                .SelectMany(row => row.Absent.Select((why, axis) => (row.Name, Axis: axis, Why: why)))
                .Where(each => each.Why is not null)
                .GroupBy(each => each.Why!, each => (each.Name, Axis: (string?)report.Record.Axes[each.Axis])))
            {
                yield return $"absent: {string.Join(", ", reason.GroupBy(each => each.Name).Select(same => Named(report, same.Key, [.. same.Select(each => each.Axis!)])))}: {reason.Key}.";
            }

            foreach (int bit in NoteBits(report))
            {
                yield return $"note {WireNames.OfNote(bit)}: {NoteTexts.Of(1 << bit)}.";
            }
        }

        private static string Named(FeatureReport report, string name, IReadOnlyList<string> axes) =>
            axes.Count == report.Record.Axes.Count ? name : $"{name} ({string.Join(", ", axes)})";

        private static string Over(FeatureReport report, float ratio, int axis)
        {
            string name = report.Record.Axes.Count > 1 ? report.Record.Axes[axis] + " " : string.Empty;
            return float.IsNaN(ratio) ? name + "no line" : Invariant($"{name}{ratio:0.0} times the floor{(ratio >= DefectRatio ? " (a defect)" : string.Empty)}");
        }

        private static string Evidence(Condition condition) => string.Concat(Enumerable.Range(0, condition.EvidenceCount)
            .Select(i => (i == 0 ? ": " : ", ") + WireNames.Of(condition.Evidences[i]) + " " + Short(condition.Strengths[i])));

        private static string ZoneName(Condition condition) => ((char)('A' + condition.Zone - 1)).ToString();

        private static string Describe(FeatureRecord record, CountGrid grid)
        {
            string unit = record.ValueUnit;
            string step = Short(grid.Step * record.Factor);
            string error = Short(grid.WorstError * record.Factor);
            return grid.Source switch
            {
                CountSource.Unchanged => $"16-bit, as in the file; one is {step} {unit}",
                CountSource.Grid => $"16-bit, without loss: the values are multiples of {step} {unit} (to {error} {unit})",
                _ => $"16-bit, rounded: one is {step} {unit}, a value is off by at most {error} {unit}",
            };
        }

        /// <summary>How a spectrum was made, in one line.</summary>
        public static string Describe(SpectrumFacts facts) => Invariant($"Hann, {facts.Samples} points at {Short(facts.RateHertz)} Hz, {facts.Lines} lines of {Short(facts.LineHertz)} Hz, ")
            + (facts.Averages == 1 ? $"of the first {Short(facts.Samples / facts.RateHertz)} s" : Invariant($"mean of {facts.Averages} blocks overlapping by half"));

        private static string[] Headers(FeatureReport report) => report.Record.Axes.Count == 1
            ? ["feature", "value", "unit", "meaning"]
            : ["feature", .. report.Record.Axes, "unit", "meaning"];

        private static string[] Cells(FeatureRow row) =>
            [row.Name, .. row.Values.Select((value, axis) => row.Absent[axis] is null ? Short(value) : "-"), row.Unit, row.Meaning];

        private static IEnumerable<int> NoteBits(FeatureReport report) => Enumerable.Range(0, QualityNotes.Count).Where(bit => (report.Notes & (1 << bit)) != 0);

        private static JsonObject PerAxis(FeatureReport report, Func<int, JsonNode> of) => Object(Enumerable.Range(0, report.Record.Axes.Count), axis => report.Record.Axes[axis], of);

        private static JsonObject Object(IEnumerable<FeatureRow> rows, Func<FeatureRow, JsonNode> value) => Object(rows, row => row.Name, value);

        private static JsonObject Object<T>(IEnumerable<T> items, Func<T, string> name, Func<T, JsonNode> value)
        {
            var result = new JsonObject();
            foreach (T item in items)
            {
                result[name(item)] = value(item);
            }

            return result;
        }

        private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
    }
}
