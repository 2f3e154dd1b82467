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

        /// <summary>Gives the name of a note.</summary>
        /// <param name="bit">Number of its bit in <see cref="QualityNotes"/>, 0 to <see cref="QualityNotes.Count"/> - 1.</param>
        /// <returns>Its name.</returns>
        public static string OfNote(int bit)
        {
            switch (1 << bit)
            {
                case QualityNotes.AliasingRisk: return "aliasing-risk";
                case QualityNotes.RateError: return "rate-error";
                case QualityNotes.Gap: return "gap";
                case QualityNotes.VelocityWindow: return "velocity-window";
                case QualityNotes.VelocityRate: return "velocity-rate";
                case QualityNotes.EnvelopeWindow: return "envelope-window";
                case QualityNotes.EnvelopeRate: return "envelope-rate";
                case QualityNotes.OrdersWindow: return "orders-window";
                case QualityNotes.SpectrumWindow: return "spectrum-window";
                case QualityNotes.Standstill: return "standstill";
                default: return "current-window";
            }
        }

        /// <summary>Gives the name of a self-test's end.</summary>
        /// <param name="state">How it went.</param>
        /// <returns>Its name; null for <see cref="SelfTestState.None"/>.</returns>
        public static string Of(SelfTestState state)
        {
            return state == SelfTestState.Passed ? "passed" : state == SelfTestState.Failed ? "failed" : null;
        }

        /// <summary>Gives the name of an alarm level.</summary>
        /// <param name="level">The level.</param>
        /// <returns><c>none</c>, <c>warning</c> or <c>danger</c>.</returns>
        public static string Of(AlarmLevel level)
        {
            return level == AlarmLevel.Danger ? "danger" : level == AlarmLevel.Warning ? "warning" : "none";
        }

        /// <summary>Gives the name of what an alarm's limit rests on.</summary>
        /// <param name="cause">The cause.</param>
        /// <returns>Its name.</returns>
        public static string Of(AlarmCause cause)
        {
            switch (cause)
            {
                case AlarmCause.Limit: return "limit";
                case AlarmCause.Zone: return "zone";
                case AlarmCause.Baseline: return "baseline";
                default: return "drift";
            }
        }

        /// <summary>Gives the name of a hint.</summary>
        /// <param name="hint">The hint.</param>
        /// <returns>Its name; null for <see cref="Hint.None"/>.</returns>
        public static string Of(Hint hint)
        {
            switch (hint)
            {
                case Hint.None: return null;
                case Hint.Healthy: return "healthy";
                case Hint.Unbalance: return "unbalance";
                case Hint.Misalignment: return "misalignment";
                case Hint.Looseness: return "looseness";
                case Hint.OuterRace: return "outer-race";
                case Hint.InnerRace: return "inner-race";
                case Hint.Electrical: return "electrical";
                default: return "unknown";
            }
        }

        /// <summary>Gives the name of a piece of evidence.</summary>
        /// <param name="evidence">The evidence.</param>
        /// <returns>Its name.</returns>
        public static string Of(Evidence evidence)
        {
            switch (evidence)
            {
                case Evidence.VelocityRatio: return "velocity-ratio";
                case Evidence.FirstOrderPart: return "1x-part";
                case Evidence.SecondOrderPart: return "2x-part";
                case Evidence.ManyOrdersPart: return "many-orders-part";
                case Evidence.AxialRatio: return "axial-ratio";
                case Evidence.OuterLine: return "outer-line";
                case Evidence.InnerLine: return "inner-line";
                case Evidence.MainsLine: return "mains-line";
                case Evidence.Sidebands: return "sidebands";
                case Evidence.Kurtosis: return "kurtosis";
                case Evidence.BallLine: return "ball-line";
                case Evidence.CageLine: return "cage-line";
                default: return "evidence";
            }
        }
    }
}
