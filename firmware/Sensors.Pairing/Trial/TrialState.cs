namespace Sensors.Pairing
{
    /// <summary>How an attempt to pair stands. The numbers are kept on the volume.</summary>
    public enum TrialState
    {
        /// <summary>There was none, or its outcome was fetched.</summary>
        None = 0,

        /// <summary>Settings are being tried.</summary>
        Trying = 1,

        /// <summary>They worked from end to end, and are in force.</summary>
        Committed = 2,

        /// <summary>They did not; those before are in force.</summary>
        RolledBack = 3,
    }
}
