using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;

namespace Sensors.VirtualBoard
{
    /// <summary>Text files of numbers: separated by semicolons, tabs or commas, whichever is found first in that order.</summary>
    /// <remarks>
    /// One line of names at the top is passed over, as are empty lines and lines that begin with #. Numbers use a point; where the separator
    /// is no comma, a decimal comma is taken too. The times are the first column whose name says so (<see cref="TimeColumn"/>) or,
    /// in a file without names, the first one where it rises in even steps beside others. Where columns are named x, y and z, those are the values unless others are asked for.
    /// </remarks>
    internal sealed class CsvRecord
    {
        private readonly string _path;
        private readonly RecordTableOptions _options;
        private readonly char _separator;
        private readonly string[] _names;
        private readonly bool _hasNames;
        private readonly TimeColumn? _times; // what the column of times may be
        private readonly int _timesIndex;
        private readonly int[] _indices;     // the columns that are read
        private readonly List<double>[] _values;
        private readonly List<int> _lines = [];

        private CsvRecord(string path, string firstLine, RecordTableOptions options)
        {
            _path = path;
            _options = options;
            _separator = firstLine.Contains(';') ? ';' : firstLine.Contains('\t') ? '\t' : ',';
            string[] cells = firstLine.Split(_separator);
            bool all = options.Columns.Count == 0;
            int[] wanted = all ? [.. Enumerable.Range(0, cells.Length)] : [.. options.Columns.Select(column => IndexOf(cells, column))];
            _hasNames = Array.Exists(wanted, index => IsName(cells[index]));
            _names = _hasNames ? Array.ConvertAll(cells, Clean) : [.. Enumerable.Range(1, cells.Length).Select(number => number.ToString(CultureInfo.InvariantCulture))];
            int named = _hasNames ? Array.FindIndex(_names, name => TimeColumn.Parse(name) is not null) : -1;
            _timesIndex = Math.Max(0, named);
            if (all && _hasNames)
            {
                int[] axes = [.. wanted.Where(index => _names[index].ToLowerInvariant() is "x" or "y" or "z")];
                wanted = axes.Length > 0 ? axes : [.. wanted.Where(index => index != named)];
            }

            _times = !options.ReadsTimes ? null : named >= 0 ? TimeColumn.Parse(_names[named]) : !_hasNames && cells.Length > 1 && (all || !wanted.Contains(0)) ? TimeColumn.Seconds : null;
            _indices = all ? [.. wanted.Take(options.ColumnLimit + 1)] : wanted; // one more, which may be the times
            if (_times is not null && !_indices.Contains(_timesIndex))
            {
                _indices = [.. _indices, _timesIndex];
            }

            _values = [.. _indices.Select(_ => new List<double>())];
        }

        public static RecordTable ReadTable(string path, RecordTableOptions options)
        {
            CsvRecord? record = null;
            int number = 0;
            foreach (string line in File.ReadLines(path))
            {
                number++;
                if (line.Length == 0 || line[0] == '#' || string.IsNullOrWhiteSpace(line))
                {
                    continue;
                }

                if (record is null)
                {
                    record = new CsvRecord(path, line, options);
                    if (record._hasNames)
                    {
                        continue;
                    }
                }

                record.Add(number, line);
            }

            return record is null || record._lines.Count == 0 ? new RecordTable([], [], 1, null) : record.ToTable();
        }

        private void Add(int number, string line)
        {
            string[] cells = line.Split(_separator);
            for (int i = 0; i < _indices.Length; i++)
            {
                int index = _indices[i];
                if (index >= cells.Length)
                {
                    throw new RecordException($"{_path}, line {number}: there are {cells.Length} columns, column {index + 1} is missing.");
                }

                _values[i].Add(TryNumber(cells[index], out double value) && double.IsFinite(value)
                    ? value
                    : throw new RecordException($"{_path}, line {number}: '{Clean(cells[index])}' in column {index + 1} is no number."));
            }

            _lines.Add(number);
        }

        private RecordTable ToTable()
        {
            int at = Array.IndexOf(_indices, _timesIndex);
            bool hasTimes = _times is not null && (_hasNames || TimeColumn.RisesEvenly(_values[at]));
            double? rate = hasTimes ? _times!.RateOf(_path, _values[at], _lines) : null;
            int[] kept = [.. Enumerable.Range(0, _indices.Length).Where(i => IsKept(i, hasTimes)).Take(_options.Columns.Count > 0 ? _indices.Length : _options.ColumnLimit)];
            return new RecordTable([.. kept.Select(i => _names[_indices[i]])], [.. kept.Select(i => _values[i].ToArray())], 1, rate);
        }

        private bool IsKept(int i, bool hasTimes) => _options.Columns.Count > 0 ? i < _options.Columns.Count : !(hasTimes && _indices[i] == _timesIndex);

        private int IndexOf(string[] cells, string column)
        {
            if (int.TryParse(column, NumberStyles.None, CultureInfo.InvariantCulture, out int number))
            {
                return number >= 1 && number <= cells.Length
                    ? number - 1
                    : throw new RecordException($"{_path}: there is no column {number}. Allowed: 1 to {cells.Length}.");
            }

            int index = Array.FindIndex(cells, cell => Clean(cell) == column);
            return index >= 0
                ? index
                : throw new RecordException($"{_path}: there is no column '{column}'. Allowed: 1 to {cells.Length}, or one of {string.Join(", ", Array.ConvertAll(cells, Clean))}.");
        }

        /// <summary>Neither a number, nor what stands for a missing one.</summary>
        private bool IsName(string cell) => Clean(cell).Length > 0 && !TryNumber(cell, out _);

        private bool TryNumber(string cell, out double number)
        {
            string text = Clean(cell);
            if (_separator != ',')
            {
                text = text.Replace(',', '.');
            }

            return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number);
        }

        private static string Clean(string cell) => cell.Trim().Trim('"');
    }
}
