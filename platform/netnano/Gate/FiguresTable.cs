using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Sensors.NetNano.Gate;

/// <summary>The figures of several assemblies as people read them: columns, and what is nearly full below.</summary>
public static class FiguresTable
{
    /// <summary>Lays out the table.</summary>
    /// <param name="assemblies">The assemblies.</param>
    /// <returns>Its lines, the heading first.</returns>
    public static IEnumerable<string> Lines(IReadOnlyList<AssemblyFigures> assemblies)
    {
        ArgumentNullException.ThrowIfNull(assemblies);
        List<string[]> rows = [["assembly", "bytecode", "used", "left", "strings", "used", "left", "types", "methods", "fields", "of a kind", "left"]];
        foreach (AssemblyFigures one in assemblies)
        {
            rows.Add(
            [
                one.Name,
                Text(one.CodeBytes), Percent(one.CodeBytes), Text(Limits.TableBytes - one.CodeBytes),
                Text(one.StringBytes), Percent(one.StringBytes), Text(Limits.TableBytes - one.StringBytes),
                Text(one.Types), Text(one.Methods), Text(one.Fields),
                Text(one.MethodsOfAKind), Text(Limits.MethodsOfAKind - one.MethodsOfAKind),
            ]);
        }

        int[] widths = [.. rows[0].Select((_, column) => rows.Max(row => row[column].Length))];
        foreach (string[] row in rows)
        {
            yield return string.Join("  ", row.Select((cell, column) => column == 0 ? cell.PadRight(widths[0]) : cell.PadLeft(widths[column])));
        }

        yield return string.Create(
            CultureInfo.InvariantCulture,
            $"Bytes, of {Limits.TableBytes} for bytecode and for strings in an assembly; \"of a kind\": the most virtual, instance or static methods of one type, of {Limits.MethodsOfAKind}.");
        foreach (string warning in assemblies.SelectMany(one => one.Warnings()))
        {
            yield return "warning: " + warning;
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Percent(int bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes * 100.0 / Limits.TableBytes:0.0} %");
}
