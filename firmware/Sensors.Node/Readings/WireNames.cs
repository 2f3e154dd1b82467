using Sensors.Drivers;

namespace Sensors.Node
{
    /// <summary>The names of states and faults in messages. <c>docs/payloads.md</c> lists them; they never change their meaning.</summary>
    /// <remarks>Not for the hot path: a literal is a new string each time. Encoders prepare the names once.</remarks>
    public static class WireNames
    {
        /// <summary>Gives the name of a clock state.</summary>
        /// <param name="state">The state.</param>
        /// <returns><c>unset</c>, <c>holdover</c> or <c>synced</c>.</returns>
        public static string Of(ClockState state)
        {
            switch (state)
            {
                case ClockState.Synced: return "synced";
                case ClockState.Holdover: return "holdover";
                default: return "unset";
            }
        }

        /// <summary>Gives the name of a fault.</summary>
        /// <param name="fault">The fault.</param>
        /// <returns>Its name; null for <see cref="SensorFault.None"/>; <c>unknown</c> for a number without a name.</returns>
        public static string Of(SensorFault fault)
        {
            switch (fault)
            {
                case SensorFault.None: return null;
                case SensorFault.NoAnswer: return "no-answer";
                case SensorFault.WrongIdentity: return "wrong-identity";
                case SensorFault.NotConfigured: return "not-configured";
                case SensorFault.BrownOut: return "brown-out";
                case SensorFault.NoData: return "no-data";
                case SensorFault.SelfTestFailed: return "self-test-failed";
                case SensorFault.SensorOpen: return "sensor-open";
                case SensorFault.SensorShort: return "sensor-short";
                case SensorFault.OutOfRange: return "out-of-range";
                case SensorFault.InputVoltage: return "input-voltage";
                case SensorFault.LostAlignment: return "lost-alignment";
                case SensorFault.Corrupt: return "corrupt";
                case SensorFault.BusConflict: return "bus-conflict";
                default: return "unknown";
            }
        }
    }
}
