using System;
using System.Collections.Generic;
using System.Linq;

namespace Sensors.Cli.Drawing
{
    /// <summary>Draws a chart as one SVG file: 180 mm wide, so that its letters are 8 points high on A4; dark where the reader's screen is.</summary>
    internal static class ChartPainter
    {
        private const double Width = 900, Left = 84, Right = 18;
        private const double PlotWidth = Width - Left - Right;
        private const double Head = 44, SettingsHeight = 18, Foot = 52, Gap = 16;
        private const double TallPanel = 330, ShortPanel = 190;
        private const double LaneHeight = 16, LetterWidth = 7.6;
        private const int MostLanes = 4;
        private const double MillimetresPerUnit = 0.2;

        // Okabe and Ito's colours, which colour-blind readers can part; dashes part them on grey paper.
        private const string Style = """
            <style>
            text{font-family:Arial,Helvetica,sans-serif;font-size:14px;fill:#222}
            .title{font-size:17px;font-weight:bold}.settings{font-size:13px}
            .end{text-anchor:end}.middle{text-anchor:middle}.name{font-weight:bold}
            .paper{fill:#fff}.frame{fill:none;stroke:#222;stroke-width:1}.grid{fill:none;stroke:#ddd;stroke-width:1}
            .curve{fill:none;stroke:#0072b2;stroke-width:1.2;stroke-linejoin:round}
            .peak{fill:none;stroke:#222;stroke-width:1.5}.reach{fill:#999;fill-opacity:.2}
            .order,.outer,.inner,.ball,.cage,.level{fill:none;stroke-width:1.4}
            .order{stroke:#777;stroke-dasharray:2 3}.outer{stroke:#d55e00;stroke-dasharray:8 3}.inner{stroke:#aa4488;stroke-dasharray:6 2 2 2}
            .ball{stroke:#00815e;stroke-dasharray:4 4}.cage{stroke:#a07000;stroke-dasharray:1 2}.level{stroke:#c00;stroke-dasharray:10 4}
            @media (prefers-color-scheme:dark){text{fill:#e6e6e6}.paper{fill:#14181c}.frame{stroke:#e6e6e6}.grid{stroke:#39424b}
            .curve{stroke:#56b4e9}.peak{stroke:#e6e6e6}.order{stroke:#aaa}.outer{stroke:#ff8a3c}.inner{stroke:#e69ac8}.ball{stroke:#2fd3a0}
            .cage{stroke:#e6b800}.level{stroke:#ff6b6b}}
            </style>
            """;

        public static string Draw(Chart chart)
        {
            ChartCurve first = chart.Panels[0].Curve;
            ChartScale across = ChartScale.Even(first.First, first.Last);
            (ChartPanel Panel, IReadOnlyList<(ChartMark Mark, int Lane)> Labels, double Top, double Height)[] rows = Arrange(chart, across);
            double bottom = rows[^1].Top + rows[^1].Height;
            double height = bottom + Foot;
            var svg = new SvgWriter();
            string box = $"{SvgWriter.Number(Width)} {SvgWriter.Number(height)}";
            string size = $"width=\"{SvgWriter.Number(Width * MillimetresPerUnit)}mm\" height=\"{SvgWriter.Number(height * MillimetresPerUnit)}mm\"";
            svg.Raw($"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {box}\" {size} role=\"img\">");
            svg.Raw($"<title>{SvgWriter.Escape(chart.Title)}</title>");
            svg.Raw($"<desc>{SvgWriter.Escape(string.Join("; ", chart.Settings))}</desc>");
            svg.Raw(Style);
            svg.Rectangle(0, 0, Width, height, "paper");
            svg.Text(Left, 24, chart.Title, "title");
            for (int i = 0; i < chart.Settings.Count; i++)
            {
                svg.Text(Left, Head + (i * SettingsHeight), chart.Settings[i], "settings");
            }

            foreach ((ChartPanel panel, IReadOnlyList<(ChartMark Mark, int Lane)> labels, double top, double tall) in rows)
            {
                Draw(svg, panel, labels, across, top, tall);
            }

            foreach ((double value, string label) in across.Ticks(8))
            {
                svg.Text(Left + (PlotWidth * across.Place(value)), bottom + 18, label, "middle");
            }

            svg.Text(Left + (PlotWidth / 2), bottom + 40, chart.Across, "middle");
            svg.Raw("</svg>");
            return svg.ToString();
        }

        private static (ChartPanel Panel, IReadOnlyList<(ChartMark Mark, int Lane)> Labels, double Top, double Height)[] Arrange(Chart chart, ChartScale across)
        {
            var rows = new (ChartPanel, IReadOnlyList<(ChartMark, int)>, double, double)[chart.Panels.Count];
            double at = Head + (chart.Settings.Count * SettingsHeight);
            for (int i = 0; i < rows.Length; i++)
            {
                ChartPanel panel = chart.Panels[i];
                IReadOnlyList<(ChartMark Mark, int Lane)> labels = Lanes(panel.Marks.Where(mark => across.Holds(mark.At)), across);
                double lanes = labels.Count == 0 ? 0 : 1 + labels.Max(label => label.Lane);
                double height = rows.Length == 1 ? TallPanel : ShortPanel;
                at += lanes * LaneHeight;
                rows[i] = (panel, labels, at, height);
                at += height + Gap;
            }

            return rows;
        }

        /// <summary>Gives each label the lowest lane in which it does not touch its neighbour; lane 0 is next to the panel.</summary>
        private static List<(ChartMark Mark, int Lane)> Lanes(IEnumerable<ChartMark> marks, ChartScale across)
        {
            var result = new List<(ChartMark, int)>();
            double[] ends = [.. Enumerable.Repeat(double.NegativeInfinity, MostLanes)];
            foreach (ChartMark mark in marks.OrderBy(mark => mark.At))
            {
                double half = LetterWidth * mark.Label.Length / 2;
                if (half == 0)
                {
                    result.Add((mark, 0));
                    continue;
                }

                double centre = PlotWidth * across.Place(mark.At);
                int lane = Math.Max(0, Array.FindIndex(ends, end => end < centre - half));
                ends[lane] = centre + half + LetterWidth;
                result.Add((mark, lane));
            }

            return result;
        }

        private static void Draw(SvgWriter svg, ChartPanel panel, IReadOnlyList<(ChartMark Mark, int Lane)> labels, ChartScale across, double top, double height)
        {
            ChartScale upwards = Upwards(panel);
            double bottom = top + height;
            double X(double value) => Left + (PlotWidth * across.Place(value));
            double Y(double value) => bottom - (height * upwards.Place(value));
            foreach ((double value, _) in across.Ticks(8))
            {
                svg.Line(X(value), top, X(value), bottom, "grid");
            }

            foreach ((double value, string label) in upwards.Ticks(height > ShortPanel ? 6 : 4))
            {
                svg.Line(Left, Y(value), Width - Right, Y(value), "grid");
                svg.Text(Left - 6, Y(value) + 5, label, "end");
            }

            foreach ((ChartMark mark, int lane) in labels)
            {
                double from = X(mark.At - mark.Reach);
                if (mark.Reach > 0)
                {
                    svg.Rectangle(from, top, X(mark.At + mark.Reach) - from, height, "reach");
                }

                svg.Line(X(mark.At), top - (lane * LaneHeight) - 2, X(mark.At), bottom, mark.Style);
                double half = LetterWidth * mark.Label.Length / 2;
                if (half > 0)
                {
                    svg.Text(Math.Clamp(X(mark.At), Left - 60 + half, Width - half), top - (lane * LaneHeight) - 5, mark.Label, "middle");
                }
            }

            svg.Path(CurvePath.Of(panel.Curve, across, upwards, Left, bottom, PlotWidth, height), "curve");
            foreach (ChartLevel level in panel.Levels.Where(level => upwards.Holds(level.Height)))
            {
                svg.Line(Left, Y(level.Height), Width - Right, Y(level.Height), level.Style);
                svg.Text(Width - Right - 6, Y(level.Height) - 5, level.Label, "end");
            }

            DrawPeaks(svg, panel.Peaks.Where(peak => across.Holds(peak.At)).Select(peak => (X(peak.At), Y(peak.Height), peak.Label)), top);
            svg.Rectangle(Left, top, PlotWidth, height, "frame");
            svg.UpwardText(18, top + (height / 2), panel.Upwards, "middle");
            if (panel.Name.Length > 0)
            {
                svg.Text(Width - Right - 8, bottom - 8, panel.Name, "end name"); // where marks and peaks are rarest
            }
        }

        /// <summary>Points peaks out, each label beside its peak where it touches no other: right, left, or further up.</summary>
        private static void DrawPeaks(SvgWriter svg, IEnumerable<(double X, double Y, string Label)> peaks, double top)
        {
            (double X, double Y, string Label)[] fromLeft = [.. peaks.OrderBy(peak => peak.X)];
            var taken = fromLeft.Select(peak => (Left: peak.X - 5, Right: peak.X + 5, Middle: peak.Y)).ToList();
            foreach ((double x, double y, string label) in fromLeft)
            {
                double length = LetterWidth * label.Length;
                (double Left, double Right, double Middle)[] places =
                [
                    (x + 8, x + 8 + length, Math.Max(y, top + 9)),
                    (x - 8 - length, x - 8, Math.Max(y, top + 9)),
                    (x + 8, x + 8 + length, Math.Max(y - LaneHeight, top + 9)),
                    (x + 8, x + 8 + length, y + LaneHeight),
                ];
                int free = Array.FindIndex(places, place => place.Left > Left && place.Right < Width - Right
                    && !taken.Exists(other => place.Left < other.Right && other.Left < place.Right && Math.Abs(place.Middle - other.Middle) < LaneHeight));
                (double Left, double Right, double Middle) chosen = places[Math.Max(0, free)];
                taken.Add(chosen);
                svg.Dot(x, y, 4, "peak");
                svg.Text(chosen.Left, chosen.Middle + 5, label, "start");
            }
        }

        private static ChartScale Upwards(ChartPanel panel)
        {
            double[] heights = [.. panel.Curve.Values.Select(value => (double)value), .. panel.Levels.Select(level => level.Height), .. panel.Peaks.Select(peak => peak.Height)];
            double least = heights.Min();
            double greatest = heights.Max();
            if (!panel.Logarithmic || greatest <= 0)
            {
                double margin = (greatest - least) * 0.05;
                return ChartScale.Even(least - margin, greatest + margin);
            }

            // From a decade below the middle value, where noise reaches, to room for a label above the highest; never more than seven decades.
            double middle = panel.Curve.Values.Select(value => (double)value).Order().ElementAt(panel.Curve.Values.Count / 2);
            double high = greatest * 2;
            return ChartScale.Logarithmic(Math.Max(middle / 10, high * 1e-7), high);
        }
    }
}
