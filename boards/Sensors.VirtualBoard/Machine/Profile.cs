using System;
using System.Collections.Generic;
using System.Globalization;

namespace Sensors.VirtualBoard
{
    /// <summary>A quantity over time that stays, steps and ramps: a machine's speed or load.</summary>
    /// <remarks>
    /// Written as <c>VALUE[:VALUE@START[/RAMP]]...</c>: <c>1500:3000@10s</c> is 1500 at first and 3000 from 10 s;
    /// <c>0:1500@2s/5s</c> rises to 1500 within 5 s after 2 s.
    /// </remarks>
    public sealed class Profile
    {
        /// <summary>Highest speed a profile may name, in rpm.</summary>
        public const double MaximumRpm = 60_000;

        /// <summary>Highest load a profile may name; 1 is full load.</summary>
        public const double MaximumLoad = 2;

        private const string Form = "VALUE[:VALUE@START[/RAMP]]...";

        private readonly double[] _start;
        private readonly double[] _value;
        private readonly double[] _slope;
        private readonly double[] _integral;

        private Profile(List<(double Start, double Value, double Slope)> segments)
        {
            int count = segments.Count;
            _start = new double[count];
            _value = new double[count];
            _slope = new double[count];
            _integral = new double[count];
            for (int i = 0; i < count; i++)
            {
                (_start[i], _value[i], _slope[i]) = segments[i];
                if (i > 0)
                {
                    _integral[i] = _integral[i - 1] + IntegralWithin(i - 1, _start[i]);
                }
            }
        }

        /// <summary>Gets the times at which the profile changes its value or slope, ascending, the first is 0.</summary>
        public IReadOnlyList<double> Breaks => _start;

        /// <summary>Makes a profile that never changes.</summary>
        /// <param name="value">Its value.</param>
        /// <returns>The profile.</returns>
        public static Profile Constant(double value) => new([(0, value, 0)]);

        /// <summary>Reads a speed profile.</summary>
        /// <param name="text">Revolutions per minute over time, 0 to <see cref="MaximumRpm"/>.</param>
        /// <returns>The profile.</returns>
        /// <exception cref="FormatException">It is none; the message says what is wrong, what was found and what is allowed.</exception>
        public static Profile ParseSpeed(string text) => Parse(text, "Speed", "rpm", MaximumRpm);

        /// <summary>Reads a load profile.</summary>
        /// <param name="text">Load over time, 0 to <see cref="MaximumLoad"/>; 1 is full load.</param>
        /// <returns>The profile.</returns>
        /// <exception cref="FormatException">It is none; the message says what is wrong, what was found and what is allowed.</exception>
        public static Profile ParseLoad(string text) => Parse(text, "Load", "of full load", MaximumLoad);

        /// <summary>Tells the value at a time.</summary>
        /// <param name="seconds">Virtual time; before 0 the first value holds.</param>
        /// <returns>The value.</returns>
        public double At(double seconds)
        {
            int i = SegmentAt(seconds);
            return _value[i] + (_slope[i] * Math.Max(0, seconds - _start[i]));
        }

        /// <summary>Tells the integral from 0 to a time; continuous, whatever the value does.</summary>
        /// <param name="seconds">Virtual time.</param>
        /// <returns>Value times seconds.</returns>
        public double IntegralTo(double seconds)
        {
            int i = SegmentAt(seconds);
            return _integral[i] + IntegralWithin(i, seconds);
        }

        /// <summary>Tells when the integral reaches a value, the value never being negative.</summary>
        /// <param name="integral">0 or more.</param>
        /// <returns>Virtual time; infinity when it never does.</returns>
        internal double TimeOf(double integral)
        {
            int i = _start.Length - 1;
            while (i > 0 && _integral[i] > integral)
            {
                i--;
            }

            double rest = integral - _integral[i];
            double value = _value[i];
            if (_slope[i] == 0)
            {
                return value > 0 ? _start[i] + (rest / value) : double.PositiveInfinity;
            }

            // slope / 2 * t^2 + value * t = rest, in the form that loses nothing when the slope is small
            return _start[i] + (2 * rest / (value + Math.Sqrt(Math.Max(0, (value * value) + (2 * _slope[i] * rest)))));
        }

        /// <summary>Tells until when the value stays as it is at a time.</summary>
        /// <param name="seconds">Virtual time.</param>
        /// <returns>The end, infinity for never; the time itself within a ramp.</returns>
        public double ConstantUntil(double seconds)
        {
            int i = SegmentAt(seconds);
            if (_slope[i] != 0)
            {
                return seconds;
            }

            return i + 1 < _start.Length ? _start[i + 1] : double.PositiveInfinity;
        }

        private static Profile Parse(string text, string what, string unit, double maximum)
        {
            ArgumentNullException.ThrowIfNull(text);
            string allowed = string.Create(CultureInfo.InvariantCulture, $"{unit} from 0 to {maximum}");
            string[] parts = text.Split(':');
            double value = Value(parts[0]);
            if (parts[0].Contains('@'))
            {
                throw Wrong($"the first value '{parts[0]}' has a start, but it holds from the beginning", Form);
            }

            var segments = new List<(double Start, double Value, double Slope)> { (0, value, 0) };
            double free = 0;
            for (int i = 1; i < parts.Length; i++)
            {
                string part = parts[i];
                int at = part.IndexOf('@');
                if (at < 0)
                {
                    throw Wrong($"'{part}' does not say when it starts", Form);
                }

                int slash = part.IndexOf('/');
                double start = Time(part[(at + 1)..(slash < 0 ? part.Length : slash)], "start");
                double ramp = slash < 0 ? 0 : Time(part[(slash + 1)..], "ramp");
                if (start < free)
                {
                    throw Wrong($"'{part}' starts before {free.ToString(CultureInfo.InvariantCulture)} s, where the one before it ends", "starts in rising order");
                }

                double next = Value(part[..at]);
                if (ramp > 0)
                {
                    Add(segments, (start, value, (next - value) / ramp));
                }

                Add(segments, (start + ramp, next, 0));
                free = start + ramp;
                value = next;
            }

            return new Profile(segments);

            double Value(string number)
            {
                int end = number.IndexOf('@');
                string digits = end < 0 ? number : number[..end];
                return TimeText.TryNumber(digits, out double parsed) && parsed >= 0 && parsed <= maximum
                    ? parsed
                    : throw Wrong($"the value '{digits}' does not fit", allowed);
            }

            double Time(string time, string role)
            {
                double seconds = TimeText.Parse(time);
                return double.IsNaN(seconds) ? throw Wrong($"the {role} '{time}' is no time", TimeText.Allowed) : seconds;
            }

            FormatException Wrong(string found, string allowedHere) => new($"{what} '{text}': {found}. Allowed: {allowedHere}.");
        }

        private static void Add(List<(double Start, double Value, double Slope)> segments, (double Start, double Value, double Slope) segment)
        {
            if (segments[^1].Start == segment.Start)
            {
                segments[^1] = segment; // a step at the very time another begins takes its place
            }
            else
            {
                segments.Add(segment);
            }
        }

        private double IntegralWithin(int segment, double seconds)
        {
            double elapsed = seconds - _start[segment];
            return (_value[segment] * elapsed) + (_slope[segment] * elapsed * elapsed / 2);
        }

        private int SegmentAt(double seconds)
        {
            int i = Array.BinarySearch(_start, seconds);
            return i >= 0 ? i : Math.Max(0, ~i - 1);
        }
    }
}
