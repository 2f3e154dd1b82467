using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;

namespace Sensors.VirtualBoard
{
    /// <summary>Faults and their times, as written on a command line: <c>KIND[:TARGET][=VALUE]@START[+DURATION]</c>.</summary>
    /// <remarks>
    /// For example <c>unbalance=4@10s</c>, <c>nack:vib1@5s+3s</c>, <c>power@12s</c>. Times are virtual, counted from when the board
    /// was made. Without a duration a fault stays; <c>brownout</c> happens once, <c>power</c> comes back after 1 s.
    /// </remarks>
    public sealed class FaultPlan : IReadOnlyList<Fault>
    {
        private const double PowerCutSeconds = 1;
        private const string Form = "KIND[:TARGET][=VALUE]@START[+DURATION]";

        private readonly List<Fault> _faults = [];

        /// <summary>Gets a plan without faults.</summary>
        public static FaultPlan None { get; } = new();

        /// <inheritdoc/>
        public int Count => _faults.Count;

        /// <inheritdoc/>
        public Fault this[int index] => _faults[index];

        /// <summary>Reads faults.</summary>
        /// <param name="texts">One fault each.</param>
        /// <returns>The plan, in the order given.</returns>
        /// <exception cref="FormatException">A text is no fault; the message says what is wrong, what was found and what is allowed.</exception>
        public static FaultPlan Parse(params IEnumerable<string> texts)
        {
            ArgumentNullException.ThrowIfNull(texts);
            var plan = new FaultPlan();
            foreach (string text in texts)
            {
                plan._faults.Add(ParseOne(text));
            }

            return plan;
        }

        /// <summary>Reads one fault.</summary>
        /// <param name="text">As <c>KIND[:TARGET][=VALUE]@START[+DURATION]</c>.</param>
        /// <returns>The fault.</returns>
        /// <exception cref="FormatException">It is none; the message says what is wrong, what was found and what is allowed.</exception>
        public static Fault ParseOne(string text)
        {
            ArgumentNullException.ThrowIfNull(text);
            int at = text.IndexOf('@');
            if (at < 0)
            {
                throw Wrong(text, "there is no @ before a start time", Form + ", such as unbalance=4@10s");
            }

            (string head, string? valueText) = SplitOff(text[..at], '=');
            (string name, string? target) = SplitOff(head, ':');
            FaultKind kind = FaultKind.Find(name)
                ?? throw Wrong(text, $"'{name}' is no kind of fault", string.Join(", ", Names()));
            string chip = Target(text, kind, target);
            double value = Value(text, kind, valueText);
            (string startText, string? durationText) = SplitOff(text[(at + 1)..], '+');
            double start = TimeText.Parse(startText);
            if (double.IsNaN(start))
            {
                throw Wrong(text, $"the start '{startText}' is no time", TimeText.Allowed);
            }

            return new Fault(kind, chip, value, start, Duration(text, kind, durationText));
        }

        /// <inheritdoc/>
        public IEnumerator<Fault> GetEnumerator() => _faults.GetEnumerator();

        /// <inheritdoc/>
        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

        private static string Target(string text, FaultKind kind, string? target)
        {
            if (kind.Target != FaultTarget.Chip)
            {
                return target is null
                    ? string.Empty
                    : throw Wrong(text, $"'{kind.Name}' takes no target but has '{target}'", kind.Name + " without a colon");
            }

            return string.IsNullOrEmpty(target)
                ? throw Wrong(text, $"'{kind.Name}' does not say which chip", kind.Name + ":CHIP, such as " + kind.Name + ":vib1")
                : target;
        }

        private static double Value(string text, FaultKind kind, string? valueText)
        {
            string allowed = string.Create(CultureInfo.InvariantCulture, $"{kind.ValueName} from {kind.Minimum} to {kind.Maximum}");
            if (valueText is null)
            {
                return double.IsNaN(kind.DefaultValue)
                    ? throw Wrong(text, $"'{kind.Name}' needs a value", $"{kind.Name}{(kind.Target == FaultTarget.Chip ? ":CHIP" : string.Empty)}=VALUE, {allowed}")
                    : kind.DefaultValue;
            }

            if (kind.ValueName.Length == 0)
            {
                throw Wrong(text, $"'{kind.Name}' takes no value but has '{valueText}'", kind.Name + " without an equals sign");
            }

            return TimeText.TryNumber(valueText, out double value) && value >= kind.Minimum && value <= kind.Maximum
                ? value
                : throw Wrong(text, $"the value '{valueText}' does not fit", allowed);
        }

        private static double Duration(string text, FaultKind kind, string? durationText)
        {
            if (durationText is null)
            {
                return kind.Name switch
                {
                    "power" => PowerCutSeconds,
                    "brownout" => 0,
                    _ => double.PositiveInfinity,
                };
            }

            if (kind.Name == "brownout")
            {
                throw Wrong(text, $"'brownout' happens once but has the duration '{durationText}'", "brownout:CHIP@START");
            }

            double duration = TimeText.Parse(durationText);
            return duration > 0
                ? duration
                : throw Wrong(text, $"the duration '{durationText}' is no time of more than 0", TimeText.Allowed);
        }

        private static (string Head, string? Tail) SplitOff(string text, char separator)
        {
            int at = text.IndexOf(separator);
            return at < 0 ? (text, null) : (text[..at], text[(at + 1)..]);
        }

        private static IEnumerable<string> Names()
        {
            foreach (FaultKind kind in FaultKind.All)
            {
                yield return kind.Name;
            }
        }

        private static FormatException Wrong(string text, string what, string allowed) =>
            new($"Fault '{text}': {what}. Allowed: {allowed}.");
    }
}
