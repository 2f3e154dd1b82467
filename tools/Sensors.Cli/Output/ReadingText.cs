using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using Sensors.Edge;

namespace Sensors.Cli.Output
{
    /// <summary>A reading as one line for people: only the values that tell most.</summary>
    public static class ReadingText
    {
        private static readonly Dictionary<string, (string Unit, string[] Channels)> Main = new(StringComparer.Ordinal)
        {
            ["vibration"] = ("m/s²", ["x_rms", "y_rms", "z_rms"]),
            ["temperature"] = ("°C", ["mean", "min", "max"]),
            ["humidity"] = ("%RH", ["mean", "min", "max"]),
            ["current"] = ("A", ["rms", "mean", "max"]),
        };

        /// <summary>Gives the line.</summary>
        /// <param name="reading">The reading.</param>
        /// <returns>Time, identifier, point, number, values, rate, loss, clock, and what the node says of the machine.</returns>
        public static string Line(ReadingMessage reading)
        {
            ArgumentNullException.ThrowIfNull(reading);
            var line = new StringBuilder();
            line.Append(CultureInfo.InvariantCulture, $"{Time(reading.Time, reading.UtcMilliseconds)}  {Visible.Of(reading.Id)}  {Visible.Of(reading.Point),-6} #{reading.Sequence,-5} {Values(reading)}");
            if (reading.Quality.Rate is { } rate)
            {
                line.Append(CultureInfo.InvariantCulture, $"  {Number(rate)} Hz");
            }

            if (reading.Quality.Lost > 0)
            {
                line.Append(CultureInfo.InvariantCulture, $"  LOST {reading.Quality.Lost}");
            }

            line.Append("  ").Append(Clock(reading.Clock));
            string state = State(reading);
            return state.Length == 0 ? line.ToString() : line.Append("  ").Append(state).ToString();
        }

        /// <summary>Gives what the node says of the machine: zone, alarm and hint, as far as there are any. A machine that is well has no hint.</summary>
        /// <param name="reading">The reading.</param>
        /// <returns>Such as <c>zone C  WARNING  outer-race</c>; empty when nothing stands out.</returns>
        public static string State(ReadingMessage reading)
        {
            ArgumentNullException.ThrowIfNull(reading);
            if (reading.State is not { } state)
            {
                return string.Empty;
            }

            string?[] parts =
            [
                state.Zone is null ? null : "zone " + state.Zone,
                state.Alarm == AlarmGrade.None ? null : AlarmText.Of(state.Alarm).ToUpperInvariant(),
                state.Hint is null or "healthy" ? null : Visible.Of(state.Hint),
            ];
            return string.Join("  ", parts.Where(part => part is not null));
        }

        /// <summary>Gives the values that tell most, with their unit; or the sensor's fault.</summary>
        /// <param name="reading">The reading.</param>
        /// <returns>Such as <c>rms 1.25 mean 1.2 max 3.1 A</c>.</returns>
        public static string Values(ReadingMessage reading)
        {
            ArgumentNullException.ThrowIfNull(reading);
            if (reading.Quality.Fault is { } fault)
            {
                return "FAULT " + Visible.Of(fault);
            }

            (string unit, string[] channels) = Main.TryGetValue(reading.Kind, out (string Unit, string[] Channels) known)
                ? known
                : (string.Empty, [.. reading.Values.Select(value => value.Channel)]);
            var text = new StringBuilder();
            foreach (string channel in channels)
            {
                string value = reading.Value(channel) is { } number ? Number(number) : "-";
                text.Append(CultureInfo.InvariantCulture, $"{Visible.Of(channel)} {value}  ");
            }

            return text.Append(unit).ToString().TrimEnd();
        }

        /// <summary>Gives a number with four significant digits.</summary>
        /// <param name="value">The number.</param>
        /// <returns>Its text.</returns>
        public static string Number(double value) => value.ToString("G4", CultureInfo.InvariantCulture);

        /// <summary>Gives how the node knew the time, as the message says it.</summary>
        /// <param name="clock">How.</param>
        /// <returns><c>unset</c>, <c>holdover</c> or <c>synced</c>.</returns>
        public static string Clock(ClockQuality clock) => clock switch
        {
            ClockQuality.Unset => "unset",
            ClockQuality.Holdover => "holdover",
            _ => "synced",
        };

        /// <summary>Without UTC the node counts from its start: shown so, not as a time of day in 1970.</summary>
        internal static string Time(DateTimeOffset? utc, long milliseconds) => utc is { } time
            ? time.ToString("HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture)
            : string.Create(CultureInfo.InvariantCulture, $"start+{milliseconds / 1000.0:F3}s");
    }
}
