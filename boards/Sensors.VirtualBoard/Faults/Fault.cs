using System.Globalization;

namespace Sensors.VirtualBoard
{
    /// <summary>One fault of a plan.</summary>
    /// <param name="Kind">What happens.</param>
    /// <param name="Target">Name of the chip; empty for the other targets.</param>
    /// <param name="Value">How much, in the kind's unit; -1 for an identity left to the chip.</param>
    /// <param name="StartSeconds">Virtual time at which it begins, 0 or more.</param>
    /// <param name="DurationSeconds">How long it lasts; infinity for until the end.</param>
    public sealed record Fault(FaultKind Kind, string Target, double Value, double StartSeconds, double DurationSeconds)
    {
        /// <summary>Gets the virtual time at which it ends; infinity for never.</summary>
        public double EndSeconds => StartSeconds + DurationSeconds;

        /// <summary>Tells whether it is there at a time.</summary>
        /// <param name="seconds">Virtual time.</param>
        /// <returns>True from its start until just before its end.</returns>
        public bool IsActive(double seconds) => seconds >= StartSeconds && seconds < EndSeconds;

        /// <summary>Writes the fault as a plan would.</summary>
        /// <returns>Text that parses to the same fault.</returns>
        public override string ToString()
        {
            string target = Target.Length > 0 ? ":" + Target : string.Empty;
            string value = Kind.ValueName.Length > 0 && Value >= Kind.Minimum ? "=" + Value.ToString("R", CultureInfo.InvariantCulture) : string.Empty;
            string duration = double.IsFinite(DurationSeconds) && DurationSeconds > 0 ? "+" + Text(DurationSeconds) : string.Empty;
            return Kind.Name + target + value + "@" + Text(StartSeconds) + duration;
        }

        private static string Text(double seconds) => seconds.ToString("R", CultureInfo.InvariantCulture) + "s";
    }
}
