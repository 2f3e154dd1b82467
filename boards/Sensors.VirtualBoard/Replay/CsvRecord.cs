using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;

namespace Sensors.VirtualBoard
{
    /// <summary>Text files of numbers: separated by semicolons, tabs or commas, whichever is found first in that order.</summary>
    /// <remarks>
    /// One line of names at the top is passed over, as are empty lines and lines that begin with #. Numbers use a point; where the separator
    /// is no comma, a decimal comma is taken too.
    /// </remarks>
    internal static class CsvRecord
    {
        public static float[] Read(string path, string column, double factor)
        {
            var values = new List<float>();
            int lineNumber = 0;
            int index = -1;
            char separator = ',';
            bool first = true;
            foreach (string line in File.ReadLines(path))
            {
                lineNumber++;
                if (line.Length == 0 || line[0] == '#' || string.IsNullOrWhiteSpace(line))
                {
                    continue;
                }

                if (first)
                {
                    first = false;
                    separator = SeparatorOf(line);
                    string[] cells = line.Split(separator);
                    index = IndexOf(path, cells, column);
                    if (!TryNumber(cells[index], separator, out _))
                    {
                        continue; // names
                    }
                }

                values.Add((float)(Number(path, lineNumber, line.Split(separator), index, separator) * factor));
            }

            return [.. values];
        }

        private static char SeparatorOf(string line) => line.Contains(';') ? ';' : line.Contains('\t') ? '\t' : ',';

        private static int IndexOf(string path, string[] cells, string column)
        {
            if (int.TryParse(column, NumberStyles.None, CultureInfo.InvariantCulture, out int number))
            {
                return number >= 1 && number <= cells.Length
                    ? number - 1
                    : throw new RecordException($"{path}: there is no column {number}. Allowed: 1 to {cells.Length}.");
            }

            int index = Array.FindIndex(cells, cell => Clean(cell) == column);
            return index >= 0
                ? index
                : throw new RecordException($"{path}: there is no column '{column}'. Allowed: 1 to {cells.Length}, or one of {string.Join(", ", Array.ConvertAll(cells, Clean))}.");
        }

        private static double Number(string path, int line, string[] cells, int index, char separator)
        {
            if (index >= cells.Length)
            {
                throw new RecordException($"{path}, line {line}: there are {cells.Length} columns, column {index + 1} is missing.");
            }

            return TryNumber(cells[index], separator, out double number)
                ? number
                : throw new RecordException($"{path}, line {line}: '{Clean(cells[index])}' in column {index + 1} is no number.");
        }

        private static bool TryNumber(string cell, char separator, out double number)
        {
            string text = Clean(cell);
            if (separator != ',')
            {
                text = text.Replace(',', '.');
            }

            return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && double.IsFinite(number);
        }

        private static string Clean(string cell) => cell.Trim().Trim('"');
    }
}
