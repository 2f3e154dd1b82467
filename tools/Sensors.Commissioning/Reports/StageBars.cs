using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net;
using System.Text;

namespace Sensors.Commissioning
{
    /// <summary>Draws the stages of a trial as bars on one axis of time.</summary>
    internal static class StageBars
    {
        private const double Width = 180;
        private const double Left = 26;
        private const double Row = 5;
        private const double ShortestSpan = 5; // seconds: a trial of a moment is not drawn as a long one

        public static string Draw(TrialOutcome trial)
        {
            List<(string Stage, double Seconds, bool Failed)> rows = [.. trial.Stages.Select(stage => (stage.Stage, stage.Took.TotalSeconds, trial.IsRolledBack && stage.Stage == trial.Stage))];
            double passed = rows.Sum(row => row.Seconds);
            if (trial.IsRolledBack && trial.Stage is { } failed && rows.TrueForAll(row => row.Stage != failed))
            {
                rows.Add((failed, Math.Max(0, trial.Took.TotalSeconds - passed), true));
            }

            double span = Math.Max(ShortestSpan, Math.Max(passed, trial.Took.TotalSeconds));
            double height = (rows.Count * Row) + 6;
            var svg = new StringBuilder();
            svg.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {height:0.#}\" width=\"100%\" role=\"img\" aria-label=\"Stages of trial {trial.Attempt}\" font-size=\"3.2\" font-family=\"system-ui, sans-serif\">");
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"0\" y=\"3.6\" fill=\"#111\">Trial {trial.Attempt}: {(trial.IsCommitted ? "kept" : "rolled back")} after {trial.Took.TotalSeconds:F1} s</text>");
            double at = 0;
            double y = 6;
            foreach ((string stage, double seconds, bool isFailed) in rows)
            {
                double scale = (Width - Left - 18) / span;
                double x = Left + (at * scale);
                double length = Math.Max(0.6, seconds * scale);
                svg.Append(CultureInfo.InvariantCulture, $"<text x=\"0\" y=\"{y + 3.4:0.##}\" fill=\"#111\">{WebUtility.HtmlEncode(stage)}</text>");
                svg.Append(CultureInfo.InvariantCulture, $"<rect x=\"{x:0.##}\" y=\"{y + 0.6:0.##}\" width=\"{length:0.##}\" height=\"3.6\" rx=\"0.6\" fill=\"{(isFailed ? "#b3261e" : "#2f6fb0")}\"/>");
                svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{x + length + 1:0.##}\" y=\"{y + 3.4:0.##}\" fill=\"#333\">{seconds:F1} s{(isFailed ? " failed" : string.Empty)}</text>");
                at += seconds;
                y += Row;
            }

            return svg.Append("</svg>").ToString();
        }
    }
}
