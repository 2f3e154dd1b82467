namespace Sensors.Edge
{
    /// <summary>How a node knew the time of a message.</summary>
    public enum ClockQuality
    {
        /// <summary>Not at all: its times count from its start.</summary>
        Unset = 0,

        /// <summary>Carried over: too old by as long as the node was without power.</summary>
        Holdover = 1,

        /// <summary>From a time server or the edge since its start.</summary>
        Synced = 2,
    }
}
