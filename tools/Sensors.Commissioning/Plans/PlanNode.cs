namespace Sensors.Commissioning
{
    /// <summary>One node of a plan: which it is, and what it shall be told.</summary>
    /// <param name="Line">Where it stands in the plan, from 1.</param>
    /// <param name="Node">The node's name, <c>sensors-3F2A1C</c>; null for whichever waits.</param>
    /// <param name="Code">The code of its label; null when the plan does not say it.</param>
    /// <param name="Template">A template for the identifier's suffix, where no identifier is given.</param>
    /// <param name="Setup">What it shall be told, the plan's defaults included.</param>
    public sealed record PlanNode(int Line, string? Node, string? Code, string? Template, NodeSetup Setup)
    {
        /// <summary>Tells nothing secret: the code stays out.</summary>
        /// <returns>Node and identifier.</returns>
        public override string ToString() => $"{Node ?? "any node"}: {Setup.Id ?? Template}";
    }
}
