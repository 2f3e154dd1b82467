using System;

namespace Sensors.Simulation
{
    /// <summary>The power is gone in the middle of a change of the volume: nothing of the node runs on from here.</summary>
    internal sealed class PowerCutException : Exception
    {
        public PowerCutException()
            : base("power cut")
        {
        }
    }
}
