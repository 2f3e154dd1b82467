using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace Sensors.Identification
{
    /// <summary>A label, ready to be printed. The same label gives the same bytes.</summary>
    public sealed class LabelPicture
    {
        private readonly LabelPlan _plan;

        internal LabelPicture(LabelStock stock, int dpi, LabelPlan plan, bool[][] modules)
        {
            Stock = stock;
            Dpi = dpi;
            Modules = modules;
            _plan = plan;
        }

        /// <summary>Gets what it is printed on.</summary>
        public LabelStock Stock { get; }

        /// <summary>Gets the dots per inch it is laid out for.</summary>
        public int Dpi { get; }

        /// <summary>Gets its width, in dots.</summary>
        public int Width => _plan.Width;

        /// <summary>Gets its height, in dots.</summary>
        public int Height => _plan.Height;

        /// <summary>Gets its width, in mm.</summary>
        public double WidthMillimetres => Millimetres(Width);

        /// <summary>Gets what the QR code holds.</summary>
        public required string Content { get; init; }

        /// <summary>Gets the code's level of error correction: <c>Q</c> (a quarter of it may be lost) or <c>M</c> (a seventh).</summary>
        public required char Level { get; init; }

        /// <summary>Gets the code's version, 1 to 40.</summary>
        public required int Version { get; init; }

        /// <summary>Gets the edge of a module, in dots.</summary>
        public int ModuleDots => _plan.Module;

        /// <summary>Gets the edge of a module, in mm; at least <see cref="LabelMaker.LeastModule"/>.</summary>
        public double ModuleMillimetres => Millimetres(ModuleDots);

        /// <summary>Gets the lines that people read.</summary>
        public IReadOnlyList<string> Lines => [.. _plan.Texts.Select(text => text.Text)];

        /// <summary>Gets a value indicating whether the picture in dots shows boxes for letters its font lacks, such as Chinese ones; the drawing has them all.</summary>
        public bool HasBoxes => !_plan.Texts.All(text => LabelFont.Has(text.Text));

        /// <summary>Gets the code, by row and column, its quiet zone included.</summary>
        internal bool[][] Modules { get; }

        /// <summary>Draws it as SVG, in mm.</summary>
        /// <returns>The text of the file.</returns>
        public string ToSvg()
        {
            var svg = new StringBuilder();
            svg.Append(CultureInfo.InvariantCulture, $"""
                <svg xmlns="http://www.w3.org/2000/svg" width="{Millimetres(Width):0.###}mm" height="{Millimetres(Height):0.###}mm" viewBox="0 0 {Width} {Height}">
                <rect width="{Width}" height="{Height}" fill="#fff"/>
                <path shape-rendering="crispEdges" d="
                """);
            foreach ((int x, int y, int run) in Runs()) { svg.Append(CultureInfo.InvariantCulture, $"M{x} {y}h{run}v{ModuleDots}h-{run}z"); }
            svg.Append("\"/>\n");
            foreach (LabelLine line in _plan.Texts)
            {
                // Capitals of the usual monospaced faces are about 0.72 of their size; the length is set, whatever face there is.
                double size = line.Scale * LabelFont.CapHeight / 0.72;
                svg.Append(CultureInfo.InvariantCulture, $"""
                    <text x="{line.X}" y="{line.Y + (LabelFont.CapHeight * line.Scale)}" font-family="monospace" font-size="{size:0.##}" textLength="{line.Width}" lengthAdjust="spacingAndGlyphs">{Escape(line.Text)}</text>

                    """);
            }

            return svg.Append("</svg>\n").ToString().ReplaceLineEndings("\n");
        }

        /// <summary>Draws it as PNG, black on white, a dot of the printer per pixel; the file tells its size in mm.</summary>
        /// <returns>The bytes of the file.</returns>
        public byte[] ToPng()
        {
            var picture = new MonoPicture(Width, Height);
            foreach ((int x, int y, int run) in Runs()) { picture.Fill(x, y, run, ModuleDots); }
            foreach (LabelLine line in _plan.Texts)
            {
                foreach ((int x, int y) in LabelFont.DotsOf(line.Text)) { picture.Fill(line.X + (x * line.Scale), line.Y + (y * line.Scale), line.Scale, line.Scale); }
            }

            return picture.ToPng(Dpi);
        }

        /// <summary>Dark modules that stand side by side, as one.</summary>
        private IEnumerable<(int X, int Y, int Width)> Runs()
        {
            for (int row = 0; row < Modules.Length; row++)
            {
                for (int from = 0, to; from < Modules.Length; from = to + 1)
                {
                    for (to = from; to < Modules.Length && Modules[row][to]; to++) { }
                    if (to > from) { yield return (_plan.CodeLeft + (from * ModuleDots), _plan.CodeTop + (row * ModuleDots), (to - from) * ModuleDots); }
                }
            }
        }

        private double Millimetres(int dots) => dots * 25.4 / Dpi;

        private static string Escape(string text) => string.Concat(text.Select(c => c switch
        {
            '&' => "&amp;",
            '<' => "&lt;",
            '>' => "&gt;",
            _ when char.IsControl(c) || c is '\uFFFE' or '\uFFFF' => "\uFFFD", // not allowed in XML
            _ => c.ToString(),
        }));
    }
}
