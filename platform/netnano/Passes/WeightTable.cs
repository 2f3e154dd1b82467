using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using Mono.Cecil.Cil;

namespace Sensors.NetNano.Passes;

/// <summary>What each opcode and each call into the library costs, in loop passes: <c>weights.csv</c>, read.</summary>
public sealed class WeightTable
{
    private const int Columns = 5;
    private readonly Dictionary<string, double> _opcodes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, double> _library = new(StringComparer.Ordinal);

    private WeightTable(TextReader reader)
    {
        reader.ReadLine(); // the heading
        for (int line = 2; reader.ReadLine() is { } text; line++)
        {
            if (text.Length > 0)
            {
                Add(text, line);
            }
        }
    }

    /// <summary>Gets the table that is part of this tool.</summary>
    public static WeightTable Committed { get; } = ReadCommitted();

    /// <summary>Reads a table.</summary>
    /// <param name="reader">Holds a heading and rows of <c>kind,names,passes,row,how</c>.</param>
    /// <returns>The table.</returns>
    public static WeightTable Read(TextReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        return new WeightTable(reader);
    }

    /// <summary>Looks up an opcode.</summary>
    /// <param name="name">As <see cref="NameOf"/> tells it, or one of the table's own names: <c>loop</c>, <c>call.static</c>, ...</param>
    /// <returns>Its weight in passes.</returns>
    /// <exception cref="InvalidOperationException">The table does not have it.</exception>
    public double Opcode(string name) => _opcodes.TryGetValue(name, out double weight)
        ? weight
        : throw new InvalidOperationException($"weights.csv has no weight for {name}; add a row, with a reason");

    /// <summary>Looks up a member of the library.</summary>
    /// <param name="name">Type and member, <c>System.Math::Sqrt</c>.</param>
    /// <param name="assumed">True when the table does not have it, and any other call's weight is taken.</param>
    /// <returns>Its weight in passes.</returns>
    public double Library(string name, out bool assumed)
    {
        assumed = !_library.TryGetValue(name, out double weight);
        return assumed ? _library["*"] : weight;
    }

    /// <summary>Names an opcode without what only tells its encoding: <c>ldloc.s</c> and <c>ldloc.3</c> are <c>ldloc</c>.</summary>
    /// <param name="opcode">The opcode.</param>
    /// <returns>The name to look up.</returns>
    public static string NameOf(OpCode opcode)
    {
        string name = opcode.Name;
        if (name.EndsWith(".s", StringComparison.Ordinal))
        {
            name = name[..^2];
        }

        foreach (string family in new[] { "ldloc", "stloc", "ldarg", "ldc.i4" })
        {
            if (name.StartsWith(family + ".", StringComparison.Ordinal))
            {
                return family;
            }
        }

        return name.StartsWith("conv.", StringComparison.Ordinal) ? "conv" : name;
    }

    private static WeightTable ReadCommitted()
    {
        using Stream stream = typeof(WeightTable).Assembly.GetManifestResourceStream("weights.csv")!;
        using var reader = new StreamReader(stream);
        return new WeightTable(reader);
    }

    private void Add(string text, int line)
    {
        string[] cells = text.Split(',', Columns);
        bool isNumber = cells.Length == Columns & double.TryParse(cells.Length > 2 ? cells[2] : "", NumberStyles.Float, CultureInfo.InvariantCulture, out double passes);
        Dictionary<string, double>? table = cells[0] switch { "opcode" => _opcodes, "library" => _library, _ => null };
        if (!isNumber || table == null)
        {
            throw new FormatException($"line {line} of the weights is not kind,names,passes,row,how: {text}");
        }

        foreach (string name in cells[1].Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!table.TryAdd(name, passes))
            {
                throw new FormatException($"line {line} of the weights: {name} has a weight already");
            }
        }
    }
}
