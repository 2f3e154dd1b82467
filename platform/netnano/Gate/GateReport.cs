using System.Collections.Generic;

namespace Sensors.NetNano.Gate;

/// <summary>What the gate has to say about a set of assemblies.</summary>
/// <param name="Findings">What has to change; empty where all is well.</param>
/// <param name="Figures">Size of each assembly.</param>
public sealed record GateReport(IReadOnlyList<Finding> Findings, IReadOnlyList<AssemblyFigures> Figures);
