using System;
using System.Collections.Generic;
using System.IO;

namespace Sensors.Identification
{
    /// <summary>The letters of labels: 5 dots wide, 7 high, and 2 below the line. They are drawn in font.txt.</summary>
    internal static class LabelFont
    {
        /// <summary>Dots from one letter to the next; wide signs, such as Chinese ones, take two such places.</summary>
        internal const int Advance = 6;

        /// <summary>Dots of a capital above the line.</summary>
        internal const int CapHeight = 7;

        /// <summary>Dots from one line to the next.</summary>
        internal const int LineHeight = 10;

        private const int Width = 5;
        private const int Height = 9;

        private static readonly Dictionary<char, bool[,]> Glyphs = Read();

        /// <summary>Counts the places a text takes.</summary>
        internal static int PlacesOf(string text)
        {
            int places = 0;
            foreach (char c in text) { places += PlacesOf(c); }
            return places;
        }

        /// <summary>Tells whether the font has every letter of a text.</summary>
        internal static bool Has(string text)
        {
            foreach (char c in text)
            {
                if (c != ' ' && !Glyphs.ContainsKey(c)) { return false; }
            }

            return true;
        }

        /// <summary>Gives the dots of a text; a letter that the font lacks is an empty box.</summary>
        internal static IEnumerable<(int X, int Y)> DotsOf(string text)
        {
            int left = 0;
            foreach (char c in text)
            {
                int width = (PlacesOf(c) * Advance) - 1;
                bool known = Glyphs.TryGetValue(c, out bool[,]? glyph);
                for (int y = 0; y < Height; y++)
                {
                    for (int x = 0; x < width; x++)
                    {
                        bool box = y < CapHeight && (y is 0 or CapHeight - 1 || x == 0 || x == width - 1);
                        if (known ? x < Width && glyph![y, x] : c != ' ' && box) { yield return (left + x, y); }
                    }
                }

                left += width + 1;
            }
        }

        // Hangul, Chinese, kana and full-width signs stand in squares.
        private static int PlacesOf(char c) =>
            c is >= '\u1100' and <= '\u115F' or >= '\u2E80' and <= '\uA4CF' or >= '\uAC00' and <= '\uD7A3'
                or >= '\uF900' and <= '\uFAFF' or >= '\uFE30' and <= '\uFE4F' or >= '\uFF00' and <= '\uFF60' or >= '\uFFE0' and <= '\uFFE6' ? 2 : 1;

        private static Dictionary<char, bool[,]> Read()
        {
            const int Column = Width + 2;
            using Stream stream = typeof(LabelFont).Assembly.GetManifestResourceStream("font.txt") ?? throw new InvalidOperationException("font.txt is not in the assembly.");
            using var reader = new StreamReader(stream);
            var glyphs = new Dictionary<char, bool[,]>();
            while (reader.ReadLine() is { } names)
            {
                var rows = new string[Height];
                for (int y = 0; y < Height; y++) { rows[y] = reader.ReadLine() ?? throw new InvalidDataException("font.txt ends within a letter."); }
                for (int left = 0; left < names.Length; left += Column)
                {
                    bool[,] glyph = new bool[Height, Width];
                    for (int y = 0; y < Height; y++)
                    {
                        for (int x = 0; x < Width; x++) { glyph[y, x] = rows[y][left + x] == '#'; }
                    }

                    glyphs[names[left + 2]] = glyph;
                }
            }

            return glyphs;
        }
    }
}
