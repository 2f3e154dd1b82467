using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;

namespace Sensors.NetNano.Passes;

/// <summary>The results as people read them.</summary>
public static class ResultTable
{
    private const int MostMethods = 12;
    private const int MostLines = 30;

    /// <summary>Writes a table of all results, and of each that is longer than a row of the cost model the methods that it consists of.</summary>
    /// <param name="results">The results.</param>
    /// <param name="withLines">Whether to add the most expensive source lines and the set-up's allocations.</param>
    /// <param name="writer">Where to.</param>
    public static void Write(IReadOnlyList<ScenarioResult> results, bool withLines, TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(results);
        ArgumentNullException.ThrowIfNull(writer);
        List<string[]> rows = [["scenario", "passes", "measured", "off", "budget", "opcodes", "set-up bytes", "most", "bytes in run"]];
        foreach (ScenarioResult result in results)
        {
            rows.Add(
            [
                result.Name, Passes(result.Passes), Passes(result.Measured), Percent(result.Off), Whole(result.Budget), Whole(result.Opcodes),
                Whole(result.WorkingBytes), Whole(result.MemoryBudget), result.BytesWhileRunning.ToString("N0", CultureInfo.InvariantCulture),
            ]);
        }

        WriteRows(rows, writer);
        foreach (ScenarioResult result in results.Where(r => r.Passes >= 1000))
        {
            writer.WriteLine();
            writer.WriteLine(FormattableString.Invariant($"{result.Name}: {result.Passes:N0} passes, {result.Opcodes:N0} opcodes"));
            WriteRows(
                [["method", "share", "passes", "measured", "off", "calls", "opcodes"],
                .. result.Methods.Take(MostMethods).Select(m => new[]
                {
                    m.Name, Share(m.Passes, result), Passes(m.Passes), Passes(m.Measured), Percent(m.Measured > 0 ? (m.Passes / m.Measured) - 1 : null), Whole(m.Calls), Whole(m.Opcodes),
                })],
                writer);
            if (result.Library.Count > 0)
            {
                WriteRows(
                    [["of these, calls into the library", "share", "passes", "calls"],
                    .. result.Library.Select(m => new[] { m.Name + (m.Assumed ? " (weight assumed)" : ""), Share(m.Passes, result), Passes(m.Passes), Whole(m.Calls) })],
                    writer);
            }

            if (withLines)
            {
                WriteRows(
                    [["line", "share", "passes", "opcodes"],
                    .. result.Lines.Take(MostLines).Select(m => new[] { m.Line, Share(m.Passes, result), Passes(m.Passes), Whole(m.Opcodes) })],
                    writer);
                WriteRows(
                    [["allocated before it runs", "bytes"], .. result.SetUp.Take(MostLines).Select(a => new[] { $"{a.What} in {a.Method}", Whole(a.Bytes) })],
                    writer);
            }
        }
    }

    private static void WriteRows(IReadOnlyList<string[]> rows, TextWriter writer)
    {
        int[] widths = [.. rows[0].Select((_, column) => rows.Max(row => row[column].Length))];
        foreach (string[] row in rows)
        {
            writer.WriteLine(string.Join("  ", row.Select((cell, column) => column == 0 ? cell.PadRight(widths[0]) : cell.PadLeft(widths[column]))).TrimEnd());
        }
    }

    private static string Share(double passes, ScenarioResult result) => Percent(passes / result.Methods.Sum(m => m.Passes), "0.0 %");

    private static string Percent(double? value, string format = "+0 %;-0 %;0 %") => value?.ToString(format, CultureInfo.InvariantCulture) ?? "";

    private static string Passes(double passes) => passes == 0 ? "" : passes.ToString(passes < 1000 ? "0.00" : "N0", CultureInfo.InvariantCulture);

    private static string Whole(long value) => value == 0 ? "" : value.ToString("N0", CultureInfo.InvariantCulture);
}
