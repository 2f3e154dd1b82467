using System.Linq;
using System.Text.RegularExpressions;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Sensors.NetNano.Gate.Rules;

/// <summary>Numbers are written with the formats the device knows; any other is returned as it stands, or throws.</summary>
internal sealed partial class NumberFormatRule : IRule
{
    private static readonly string[] Numbers =
    [
        "System.SByte", "System.Byte", "System.Int16", "System.UInt16", "System.Int32", "System.UInt32", "System.Int64", "System.UInt64",
        "System.Single", "System.Double",
    ];

    public void Check(AssemblySet set, FindingSink sink)
    {
        foreach ((MethodDefinition method, Instruction instruction) in set.Instructions)
        {
            if (instruction.Operand is MethodReference { Name: "ToString", Parameters.Count: 1 } called && Numbers.Contains(called.DeclaringType.FullName))
            {
                string? format = instruction.Previous.OpCode.Code == Code.Ldstr ? (string)instruction.Previous.Operand : null;
                if (format == null || !Known().IsMatch(format))
                {
                    string found = format == null ? "a format that is not a constant" : $"\"{format}\"";
                    sink.Add("NANO110", method, instruction, $"{found}: the device knows D, E, F, G, N and X with digits, and returns any other as it stands");
                }
            }
        }
    }

    [GeneratedRegex("^[DdEeFfGgNnXx][0-9]{0,2}$")]
    private static partial Regex Known();
}
