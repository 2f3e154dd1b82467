using System;
using System.Collections.Generic;
using System.Globalization;
using Sensors.Edge;

namespace Sensors.Cli.Output
{
    /// <summary>A change of an alarm in words.</summary>
    public static class AlarmText
    {
        private const string AxisPrefixes = "xyz";

        // Alarms bear no unit. Of a vibration it depends on the channel's name behind the axis; m/s² unless it is one of these.
        private static readonly Dictionary<string, string> VibrationUnits = new(StringComparer.Ordinal)
        {
            ["vel"] = "mm/s",
            ["disp"] = "µm",
            ["centroid"] = "Hz",
            ["f1"] = "Hz",
            ["f2"] = "Hz",
            ["f3"] = "Hz",
            ["crest"] = string.Empty,
            ["skew"] = string.Empty,
            ["kurt_pearson"] = string.Empty,
        };

        /// <summary>Gives it as a line, laid out as those of readings.</summary>
        /// <param name="alarm">The change.</param>
        /// <returns>Time, identifier, point, number, what changed, clock.</returns>
        public static string Line(AlarmMessage alarm)
        {
            ArgumentNullException.ThrowIfNull(alarm);
            return string.Create(
                CultureInfo.InvariantCulture,
                $"{ReadingText.Time(alarm.Time, alarm.UtcMilliseconds)}  {Visible.Of(alarm.Id)}  {Visible.Of(alarm.Point),-6} #{alarm.Sequence,-5} ALARM {Change(alarm)}  {ReadingText.Clock(alarm.Clock)}");
        }

        /// <summary>Gives it as a sentence.</summary>
        /// <param name="alarm">The change.</param>
        /// <returns>Such as <c>88.118.12345/NODE-0001 vib1: warning, vel 4.71 mm/s above 4.5 (zone)</c>.</returns>
        public static string Sentence(AlarmMessage alarm)
        {
            ArgumentNullException.ThrowIfNull(alarm);
            return $"{Visible.Of(alarm.Id)} {Visible.Of(alarm.Point)}: {Change(alarm)}";
        }

        /// <summary>Gives the word of a grade.</summary>
        /// <param name="grade">The grade.</param>
        /// <returns><c>none</c>, <c>warning</c> or <c>danger</c>.</returns>
        public static string Of(AlarmGrade grade) => grade switch
        {
            AlarmGrade.None => "none",
            AlarmGrade.Warning => "warning",
            _ => "danger",
        };

        private static string Change(AlarmMessage alarm)
        {
            string grade = (alarm.Alarm, alarm.Was) switch
            {
                (AlarmGrade.None, _) => Of(alarm.Was) + " is over",
                (AlarmGrade.Warning, AlarmGrade.Danger) => "warning, no longer danger",
                _ => Of(alarm.Alarm),
            };
            string value = alarm.Value is { } number ? $" {ReadingText.Number(number)}{Unit(alarm)}" : string.Empty;
            string limit = alarm.Limit is { } crossed ? $"{Relation(alarm)}{ReadingText.Number(crossed)}" : string.Empty;
            return $"{grade}, {Visible.Of(alarm.Channel)}{value}{limit} ({Visible.Of(alarm.Cause)})";
        }

        // An alarm may be one of values too low: the numbers say where the value is.
        private static string Relation(AlarmMessage alarm) => alarm.Value is not { } value || value == alarm.Limit ? ", limit " : value > alarm.Limit ? " above " : " below ";

        private static string Unit(AlarmMessage alarm)
        {
            string unit = alarm.Kind switch
            {
                "vibration" => VibrationUnits.GetValueOrDefault(WithoutAxis(alarm.Channel), "m/s²"),
                "temperature" => alarm.Channel == "slope" ? "°C/min" : "°C",
                "humidity" => alarm.Channel == "slope" ? "%RH/min" : "%RH",
                "current" => alarm.Channel switch
                {
                    "mean" or "rms" or "min" or "max" => "A",
                    "frequency" => "Hz",
                    "sideband_low" or "sideband_high" => "dB",
                    _ => string.Empty,
                },
                _ => string.Empty,
            };
            return unit.Length == 0 ? unit : " " + unit;
        }

        private static string WithoutAxis(string channel) =>
            channel.Length > 2 && channel[1] == '_' && AxisPrefixes.Contains(channel[0], StringComparison.Ordinal) ? channel[2..] : channel;
    }
}
