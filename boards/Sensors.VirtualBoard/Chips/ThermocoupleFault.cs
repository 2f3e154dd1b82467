namespace Sensors.VirtualBoard
{
    /// <summary>What is wrong between a thermocouple and its converter.</summary>
    public enum ThermocoupleFault
    {
        /// <summary>Nothing.</summary>
        None,

        /// <summary>A wire is broken, or no thermocouple is connected.</summary>
        Open,

        /// <summary>A wire touches ground.</summary>
        ShortToGround,

        /// <summary>A wire touches the supply, or a voltage beyond it.</summary>
        ShortToSupply,
    }
}
