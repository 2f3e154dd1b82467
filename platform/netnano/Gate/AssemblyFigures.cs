using System.Collections.Generic;

namespace Sensors.NetNano.Gate;

/// <summary>How much of the CLR's limits one assembly uses. Sizes are upper bounds: the device's form is more compact.</summary>
/// <param name="Name">Name of the assembly.</param>
/// <param name="CodeBytes">Bytecode of all methods.</param>
/// <param name="StringBytes">Distinct names and literals in UTF-8, each with its end.</param>
/// <param name="Types">Types, those made by the compiler included.</param>
/// <param name="Methods">Methods and constructors.</param>
/// <param name="Fields">Fields, static ones and constants included.</param>
/// <param name="MethodsOfAKind">Virtual, instance or static methods of one type: the most there are.</param>
public sealed record AssemblyFigures(string Name, int CodeBytes, int StringBytes, int Types, int Methods, int Fields, int MethodsOfAKind)
{
    /// <summary>Of a limit, in percent: who uses more should be split before it is full.</summary>
    public const int WarnPercent = 80;

    /// <summary>Tells of every limit that is nearly reached.</summary>
    /// <returns>A sentence each, none where there is room.</returns>
    public IEnumerable<string> Warnings()
    {
        foreach ((string what, int used, int limit) in new[]
        {
            ("bytecode", CodeBytes, Limits.TableBytes),
            ("strings", StringBytes, Limits.TableBytes),
            ("methods of a kind in one type", MethodsOfAKind, Limits.MethodsOfAKind),
        })
        {
            if (used * 100L >= limit * (long)WarnPercent)
            {
                yield return $"{Name} uses {used * 100L / limit} % of the room for {what} ({used} of {limit}): split it before it is full";
            }
        }
    }

    /// <inheritdoc />
    public override string ToString() =>
        $"{Name}: {CodeBytes} bytes of code ({Limits.TableBytes - CodeBytes} left), {StringBytes} bytes of strings ({Limits.TableBytes - StringBytes} left), " +
        $"{Types} types, {Methods} methods, {Fields} fields";
}
