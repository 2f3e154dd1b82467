using Mono.Cecil;

namespace Sensors.NetNano.Passes;

/// <summary>A method to be measured, as its <c>[Scenario]</c> attribute describes it.</summary>
/// <param name="Name">Unique.</param>
/// <param name="Group">Name of its class.</param>
/// <param name="Method">The method; it needs no arguments.</param>
/// <param name="Per">The passes are divided by this: turns of a loop that is measured per turn.</param>
/// <param name="Measured">What the official CLR was measured to take; 0 when it was not.</param>
/// <param name="Budget">The most passes it may take; 0 when it has no budget.</param>
/// <param name="MemoryBudget">The most bytes its object may need, in all; 0 when that has no budget.</param>
internal sealed record Scenario(string Name, string Group, MethodDefinition Method, int Per, double Measured, int Budget, int MemoryBudget);
