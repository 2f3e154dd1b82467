namespace Sensors.VirtualBoard
{
    /// <summary>What is wrong between a platinum probe and its MAX31865 (data sheet tables 10 to 12).</summary>
    public enum Max31865ProbeFault
    {
        /// <summary>Nothing.</summary>
        None,

        /// <summary>The element is broken, or no probe is connected: full scale.</summary>
        Open,

        /// <summary>The element is bridged: near zero.</summary>
        Shorted,

        /// <summary>The wire to FORCE- is broken: no current flows, and the data is arbitrary.</summary>
        ForceMinusOpen,

        /// <summary>The wire to RTDIN- touches ground: the data looks valid, and only a fault-detection cycle tells.</summary>
        RtdinMinusLow,

        /// <summary>The wire to RTDIN+ touches ground: near zero.</summary>
        RtdinPlusLow,

        /// <summary>A voltage beyond the supply is on an input; no conversion delivers while it is.</summary>
        OverUnderVoltage,
    }
}
