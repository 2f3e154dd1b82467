using System;

namespace Sensors.Commissioning
{
    /// <summary>A node whose portal is open.</summary>
    /// <param name="State">What it tells anybody.</param>
    /// <param name="Endpoint">Where the portal is.</param>
    /// <param name="IsVirtual">Whether it is a virtual board on this PC.</param>
    public sealed record WaitingNode(NodeState State, Uri Endpoint, bool IsVirtual);
}
