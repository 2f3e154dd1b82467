using System.Collections.Generic;
using System.Globalization;
using Sensors.Edge;

namespace Sensors.Commissioning
{
    /// <summary>How good the first reading of a point is, in a line.</summary>
    public static class QualityText
    {
        /// <summary>Gives the line.</summary>
        /// <param name="point">The point.</param>
        /// <returns>Such as <c>good, 3200 Hz, self-test passed</c>.</returns>
        public static string Of(PointVerdict point)
        {
            System.ArgumentNullException.ThrowIfNull(point);
            if (point.Reading?.Quality is not { } quality)
            {
                return "no reading came";
            }

            var parts = new List<string> { quality.Fault is { } fault ? "FAULT " + fault : "good" };
            if (quality.Rate is { } rate)
            {
                parts.Add(string.Create(CultureInfo.InvariantCulture, $"{rate:G4} Hz"));
            }

            Add(quality.Lost, "lost");
            Add(quality.Clipped, "clipped");
            Add(quality.Retries, "retries");
            if (quality.SelfTest is { } test)
            {
                parts.Add("self-test " + test);
            }

            parts.AddRange(quality.Notes);
            return string.Join(", ", parts);

            void Add(int count, string what)
            {
                if (count > 0)
                {
                    parts.Add(string.Create(CultureInfo.InvariantCulture, $"{count} {what}"));
                }
            }
        }
    }
}
