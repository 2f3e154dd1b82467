namespace Sensors.Cli.Features
{
    /// <summary>Which of the node's feature sets a record is put through.</summary>
    internal enum FeatureKind
    {
        /// <summary>Of an accelerometer, in m/s².</summary>
        Vibration,

        /// <summary>Of a current, or of the voltage that stands for one, in A or V.</summary>
        Current,

        /// <summary>Of a temperature, in °C.</summary>
        Temperature,
    }
}
