using System.Collections.Generic;
using Mono.Cecil;

namespace Sensors.NetNano.Passes;

/// <summary>One instruction as the counter sees it.</summary>
/// <param name="Passes">Its weight, a library call's included.</param>
/// <param name="Line">Source and line, null where the compiler put it.</param>
/// <param name="Library">The member of the library it calls, or null.</param>
/// <param name="Assumed">The table does not know that member.</param>
/// <param name="Bytes">What it allocates, but for arrays.</param>
/// <param name="Made">What that is.</param>
/// <param name="IsExecuted">False for what entering the method does by itself: making its locals.</param>
internal readonly record struct CountedInstruction(double Passes, string? Line, string? Library, bool Assumed, int Bytes, string? Made, bool IsExecuted = true);

/// <summary>A basic block: entered at its first instruction, left after its last.</summary>
/// <param name="Method">Whose.</param>
/// <param name="IsEntry">The method's first.</param>
/// <param name="Instructions">Without those that count.</param>
internal sealed record Block(MethodDefinition Method, bool IsEntry, IReadOnlyList<CountedInstruction> Instructions);

/// <summary>A place that makes arrays.</summary>
internal sealed record ArrayPlace(MethodDefinition Method, string What);
