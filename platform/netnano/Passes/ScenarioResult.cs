using System;
using System.Collections.Generic;
using System.Linq;

namespace Sensors.NetNano.Passes;

/// <summary>What a scenario took.</summary>
/// <param name="Name">The scenario.</param>
/// <param name="Group">Its class.</param>
/// <param name="Passes">Loop passes of the device's CLR, divided by the scenario's <c>Per</c>.</param>
/// <param name="Measured">What the official CLR was measured to take; 0 when it was not.</param>
/// <param name="Budget">The most passes; 0 for none.</param>
/// <param name="Opcodes">Instructions executed, not divided.</param>
/// <param name="WorkingBytes">Bytes of the device's heap allocated while its object was made, static tables of what it uses included.</param>
/// <param name="StaticBytes">Of these, the static tables.</param>
/// <param name="MemoryBudget">The most working bytes; 0 for none.</param>
/// <param name="BytesWhileRunning">Bytes allocated while it ran.</param>
/// <param name="Returned">What it returned, as text; empty for nothing.</param>
/// <param name="Methods">What each method took itself, the most expensive first.</param>
/// <param name="Library">Calls into the library, the most expensive first; their passes are in those of the calling method, too.</param>
/// <param name="Lines">What each source line took, the most expensive first.</param>
/// <param name="Allocations">Who allocated while it ran.</param>
/// <param name="SetUp">Who allocated before.</param>
public sealed record ScenarioResult(
    string Name,
    string Group,
    double Passes,
    double Measured,
    int Budget,
    long Opcodes,
    long WorkingBytes,
    long StaticBytes,
    int MemoryBudget,
    long BytesWhileRunning,
    string Returned,
    IReadOnlyList<MethodCost> Methods,
    IReadOnlyList<LibraryCost> Library,
    IReadOnlyList<LineCost> Lines,
    IReadOnlyList<Allocation> Allocations,
    IReadOnlyList<Allocation> SetUp)
{
    /// <summary>How far a count may be off what was measured.</summary>
    public const double Tolerance = 0.15;

    /// <summary>Gets the relative distance from what was measured; null where nothing was.</summary>
    public double? Off => Measured > 0 ? (Passes / Measured) - 1 : null;

    /// <summary>Tells what is wrong.</summary>
    /// <returns>A sentence each; none when all is well.</returns>
    public IEnumerable<string> Failures()
    {
        if (Budget > 0 && Passes > Budget)
        {
            yield return FormattableString.Invariant($"{Name}: {Passes:N0} passes, {Passes - Budget:N0} over the budget of {Budget:N0}");
        }

        if (MemoryBudget > 0 && WorkingBytes > MemoryBudget)
        {
            yield return FormattableString.Invariant($"{Name}: {WorkingBytes:N0} bytes of working memory, {WorkingBytes - MemoryBudget:N0} over the budget of {MemoryBudget:N0}");
        }

        if ((Budget > 0 || MemoryBudget > 0) && BytesWhileRunning > 0)
        {
            yield return FormattableString.Invariant($"{Name}: {BytesWhileRunning:N0} bytes allocated while running: {string.Join("; ", Allocations.Select(a => $"{a.What} in {a.Method}"))}");
        }

        if (Off is { } off && Math.Abs(off) > Tolerance)
        {
            yield return FormattableString.Invariant($"{Name}: {Passes:0.##} passes counted, {Measured:0.##} measured: {off:+0 %;-0 %} off, {Tolerance:0 %} allowed");
        }
    }
}

/// <summary>What one method took, without what it called.</summary>
/// <param name="Name">Type and name.</param>
/// <param name="Calls">How often it was entered.</param>
/// <param name="Opcodes">Instructions executed.</param>
/// <param name="Passes">Loop passes, calls into the library included.</param>
/// <param name="Measured">What the official CLR was measured to take for it; 0 when it was not.</param>
public sealed record MethodCost(string Name, long Calls, long Opcodes, double Passes, double Measured);

/// <summary>What calls of one member of the library took.</summary>
/// <param name="Name">Type and name.</param>
/// <param name="Calls">How many.</param>
/// <param name="Passes">Loop passes.</param>
/// <param name="Assumed">The weights do not have it: any call's weight was taken.</param>
public sealed record LibraryCost(string Name, long Calls, double Passes, bool Assumed);

/// <summary>What one source line took.</summary>
/// <param name="Line">File and number.</param>
/// <param name="Opcodes">Instructions executed.</param>
/// <param name="Passes">Loop passes.</param>
public sealed record LineCost(string Line, long Opcodes, double Passes);

/// <summary>What one method allocated.</summary>
/// <param name="Method">The method.</param>
/// <param name="What">What it made.</param>
/// <param name="Bytes">Bytes of the device's heap.</param>
public sealed record Allocation(string Method, string What, long Bytes);
