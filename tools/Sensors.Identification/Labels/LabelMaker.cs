using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using QRCoder;
using Sensors.Pairing;

namespace Sensors.Identification
{
    /// <summary>Lays labels out: a QR code, and beside it (on upright pieces below it) what people read.</summary>
    /// <remarks>
    /// A module of the code is at least 0.35 mm and a whole number of the printer's dots, and four modules of white surround it (ISO/IEC 18004; DIN SPEC 91406). Error correction is
    /// level Q where that fits, else M. All is laid out in dots, so the drawing in mm and the picture in dots are the same label.
    /// </remarks>
    public sealed class LabelMaker
    {
        /// <summary>Dots per inch where nobody says another number.</summary>
        public const int UsualDpi = 300;

        /// <summary>The least edge of a module, in mm.</summary>
        public const double LeastModule = 0.35;

        private const double MostModule = 0.6; // mm: larger reads no better
        private const double LeastCapital = 1.15; // mm: what can still be read at arm's length
        private const double MostCapital = 2.2; // mm
        private const double Margin = 1; // mm, around the text
        private const double InchMillimetres = 25.4;

        private const int LongestOnTape = 24; // places, before a line is broken at its slash
        private const string Breaks = "/.-_ ";

        private readonly LabelStock _stock;
        private readonly int _dpi;

        /// <summary>Makes labels for a printer.</summary>
        /// <param name="stock">What it prints on.</param>
        /// <param name="dpi">Its dots per inch, 150 to 1200.</param>
        public LabelMaker(LabelStock stock, int dpi = UsualDpi)
        {
            ArgumentNullException.ThrowIfNull(stock);
            ArgumentOutOfRangeException.ThrowIfLessThan(dpi, 150);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(dpi, 1200);
            _stock = stock;
            _dpi = dpi;
        }

        /// <summary>Makes the label of a machine.</summary>
        /// <param name="label">What it says.</param>
        /// <returns>The label.</returns>
        /// <exception cref="LabelException">It does not fit; the message says what would.</exception>
        public LabelPicture Machine(MachineLabel label)
        {
            ArgumentNullException.ThrowIfNull(label);
            string?[] rest = [label.Machine, label.Node, label.Date?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)];
            return Make(label.Content, [label.Identifier.Text, .. rest.OfType<string>().Where(line => line.Trim().Length > 0).Select(line => line.Trim())]);
        }

        /// <summary>Makes the label of a board. It shows secrets: print it once, and keep no copy.</summary>
        /// <param name="label">What it says.</param>
        /// <returns>The label.</returns>
        /// <exception cref="LabelException">It does not fit; the message says what would.</exception>
        public LabelPicture Board(PairingLabel label)
        {
            ArgumentNullException.ThrowIfNull(label);
            return Make(BoardLabels.ContentOf(label), [label.Name, "Wi-Fi " + label.AccessPointPassword, "Code  " + PairingLabel.Print(label.Code)]);
        }

        private LabelPicture Make(string content, IReadOnlyList<string> lines) =>
            Try(content, lines, _stock, _dpi) ?? throw new LabelException($"The label does not fit {_stock} at {_dpi} dpi. {WhatFits(content, lines)}");

        private string WhatFits(string content, IReadOnlyList<string> lines)
        {
            LabelStock? tape = LabelStock.Tapes.FirstOrDefault(tape => Try(content, lines, tape, _dpi) is not null);
            int finer = new[] { 180, 203, 300, 360, 600 }.FirstOrDefault(dpi => dpi > _dpi && Try(content, lines, _stock, dpi) is not null);
            return (tape, finer) switch
            {
                (null, 0) => "It says too much for any: shorten the texts.",
                ({ } wide, 0) => $"{wide} takes it.",
                (null, _) => $"A printer of {finer} dpi makes it fit.",
                ({ } wide, _) => $"{wide} takes it, or a printer of {finer} dpi.",
            };
        }

        private static LabelPicture? Try(string content, IReadOnlyList<string> lines, LabelStock stock, int dpi)
        {
            foreach (QRCodeGenerator.ECCLevel level in new[] { QRCodeGenerator.ECCLevel.Q, QRCodeGenerator.ECCLevel.M })
            {
                using QRCodeData code = QRCodeGenerator.GenerateQrCode(content, level);
                int side = code.ModuleMatrix.Count; // with the quiet zone

                // Lines that stay whole are worth more than large letters, and those more than large modules.
                LabelPlan? plan = Plans(side, lines, stock, dpi).OrderBy(each => each.Texts.Count).ThenByDescending(each => each.Scale).ThenByDescending(each => each.Module).FirstOrDefault();
                if (plan is not null)
                {
                    return new LabelPicture(stock, dpi, plan, Matrix(code.ModuleMatrix))
                    {
                        Content = content,
                        Level = level == QRCodeGenerator.ECCLevel.Q ? 'Q' : 'M',
                        Version = code.Version,
                    };
                }
            }

            return null;
        }

        private static IEnumerable<LabelPlan> Plans(int side, IReadOnlyList<string> lines, LabelStock stock, int dpi)
        {
            (int leastModule, int mostModule) = ((int)Math.Ceiling(Dots(LeastModule, dpi)), (int)Dots(MostModule, dpi));
            (int leastScale, int mostScale) = ((int)Math.Ceiling(Dots(LeastCapital, dpi) / LabelFont.CapHeight), (int)Math.Max(1, Dots(MostCapital, dpi) / LabelFont.CapHeight));
            for (int module = leastModule; module <= mostModule; module++)
            {
                for (int scale = leastScale; scale <= mostScale; scale++)
                {
                    if (Place(side, module, scale, lines, stock, dpi) is { } plan) { yield return plan; }
                }
            }
        }

        private static LabelPlan? Place(int side, int module, int scale, IReadOnlyList<string> lines, LabelStock stock, int dpi)
        {
            int code = side * module;
            int height = (int)Dots(stock.HeightMillimetres, dpi);
            int? width = stock.WidthMillimetres is { } piece ? (int)Dots(piece, dpi) : null;
            bool upright = width < height;
            if (code > (upright ? width : height)) { return null; }

            int margin = (int)Math.Ceiling(Dots(Margin, dpi));
            int left = upright ? margin : code, top = upright ? code : margin;
            List<string>? wrapped = Wrapped(lines, width is { } known ? (known - left - margin) / (LabelFont.Advance * scale) : null);
            int block = ((wrapped?.Count ?? 0) * LabelFont.LineHeight * scale) - scale;
            if (wrapped is null || block > height - top - margin) { return null; }

            int first = upright ? top : (height - block) / 2;
            LabelLine[] texts = [.. wrapped.Select((text, i) => new LabelLine(left, first + (i * LabelFont.LineHeight * scale), scale, text))];
            return new LabelPlan(width ?? left + texts.Max(text => text.Width) + margin, height, upright ? (width!.Value - code) / 2 : 0, upright ? 0 : (height - code) / 2, module, scale, texts);
        }

        /// <summary>The lines broken to so many places, behind a sign where a person would break; null when there are too few.</summary>
        private static List<string>? Wrapped(IReadOnlyList<string> lines, int? places)
        {
            const int FewestPlaces = 6;
            if (places < FewestPlaces) { return null; }
            return [.. lines.SelectMany(line => Halves(line, places ?? LongestOnTape)).SelectMany(line => Pieces(line, places ?? int.MaxValue))];
        }

        private static string[] Halves(string line, int most)
        {
            int slash = line.IndexOf('/', StringComparison.Ordinal) + 1;
            return slash == 0 || slash == line.Length || LabelFont.PlacesOf(line) <= most ? [line] : [line[..slash], line[slash..]];
        }

        private static IEnumerable<string> Pieces(string line, int most)
        {
            while (LabelFont.PlacesOf(line) > most)
            {
                int fit = 1;
                while (LabelFont.PlacesOf(line[..(fit + 1)]) <= most) { fit++; }
                int at = line.AsSpan(0, fit).LastIndexOfAny(Breaks) + 1;
                at = at < fit / 2 ? fit : at;
                yield return line[..at].Trim();
                line = line[at..].Trim();
            }

            yield return line;
        }

        private static double Dots(double millimetres, int dpi) => millimetres * dpi / InchMillimetres;

        private static bool[][] Matrix(List<BitArray> rows) => [.. rows.Select(row => row.Cast<bool>().ToArray())];
    }
}
