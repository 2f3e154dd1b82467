using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Sensors.Cli.Errors;
using Sensors.Cli.Output;
using Sensors.Commissioning;

namespace Sensors.Cli.Pairings
{
    /// <summary>The verdict on one node, and the table of a batch, as lines.</summary>
    internal static class PairSummary
    {
        /// <summary>Gives the lines about one node: each point's first reading, then the verdict.</summary>
        public static IEnumerable<string> Lines(AcceptanceReport report)
        {
            foreach (PointVerdict point in report.Testimony?.Verdicts() ?? [])
            {
                string values = point.Reading is { } reading ? ReadingText.Values(reading) : "-";
                yield return $"{Visible.Of(point.Point),-6} {Visible.Of(point.Meta?.Chip ?? "-"),-9} {values}  ({Visible.Of(QualityText.Of(point))})";
            }

            foreach (string missing in report.MissingPoints)
            {
                yield return $"{Visible.Of(missing),-6} missing";
            }

            string first = report.FirstReading is { } time ? string.Create(CultureInfo.InvariantCulture, $" First reading {time.TotalSeconds:F1} s after the beginning.") : string.Empty;
            yield return $"{report.Node} is {Visible.Of(report.Setup.Id ?? "-")}. {VerdictText.Sentence(report.Verdict)}{first}";
        }

        /// <summary>Gives the table of a batch.</summary>
        /// <param name="rows">Each node with its report, or with what kept it from being paired.</param>
        public static IEnumerable<string> Table(IReadOnlyList<(string Node, AcceptanceReport? Report, CliException? Error)> rows)
        {
            int node = Math.Max(4, rows.Max(row => row.Node.Length));
            int id = Math.Max(10, rows.Max(row => row.Report?.Setup.Id?.Length ?? 0));
            yield return string.Create(CultureInfo.InvariantCulture, $"{"NODE".PadRight(node)}  {"IDENTIFIER".PadRight(id)}  {"VERDICT",-12}  TRIAL s  READING s  POINTS");
            foreach ((string name, AcceptanceReport? report, CliException? error) in rows)
            {
                string verdict = report is null ? "error " + error!.Entry.Code : VerdictText.Word(report.Verdict);
                string cause = report?.Last is { IsRolledBack: true } failed ? "  " + CauseTable.Find(failed.Cause).Word : string.Empty;
                yield return string.Create(
                    CultureInfo.InvariantCulture,
                    $"{name.PadRight(node)}  {(report?.Setup.Id ?? "-").PadRight(id)}  {verdict,-12}  {Seconds(report?.Last?.Took),7}  {Seconds(report?.FirstReading),9}  {Points(report)}{cause}").TrimEnd();
            }
        }

        private static string Points(AcceptanceReport? report) => report?.Testimony is { } testimony
            ? string.Create(CultureInfo.InvariantCulture, $"{testimony.Verdicts().Count(point => point.IsGood)} of {testimony.Verdicts().Count + report.MissingPoints.Count} good")
            : "-";

        private static string Seconds(TimeSpan? time) => time is { } known ? known.TotalSeconds.ToString("F1", CultureInfo.InvariantCulture) : "-";
    }
}
