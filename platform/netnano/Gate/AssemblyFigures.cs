namespace Sensors.NetNano.Gate;

/// <summary>How much of the CLR's limits one assembly uses. Sizes are upper bounds: the device's form is more compact.</summary>
/// <param name="Name">Name of the assembly.</param>
/// <param name="CodeBytes">Bytecode of all methods.</param>
/// <param name="StringBytes">Distinct names and literals in UTF-8, each with its end.</param>
/// <param name="Types">Types, those made by the compiler included.</param>
/// <param name="Methods">Methods and constructors.</param>
public sealed record AssemblyFigures(string Name, int CodeBytes, int StringBytes, int Types, int Methods)
{
    /// <inheritdoc />
    public override string ToString() =>
        $"{Name}: {CodeBytes} bytes of code ({Limits.TableBytes - CodeBytes} left), {StringBytes} bytes of strings ({Limits.TableBytes - StringBytes} left), " +
        $"{Types} types, {Methods} methods";
}
