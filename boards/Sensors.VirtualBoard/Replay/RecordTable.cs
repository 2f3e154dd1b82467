using System;
using System.Collections.Generic;
using System.IO;

namespace Sensors.VirtualBoard
{
    /// <summary>The columns of a file of measurements, as the numbers that stand there.</summary>
    /// <remarks>
    /// 16-bit files and WAV files of whole numbers give whole numbers; <see cref="FullScale"/> of them are 1 before the user's factor. Text
    /// files give the numbers as written.
    /// </remarks>
    public sealed class RecordTable
    {
        internal RecordTable(IReadOnlyList<string> names, double[][] columns, double fullScale, double? rateHertz)
        {
            Names = names;
            Columns = columns;
            FullScale = fullScale;
            RateHertz = rateHertz;
        }

        /// <summary>Gets what the columns are called: the names of the header, else their numbers from 1.</summary>
        public IReadOnlyList<string> Names { get; }

        /// <summary>Gets the columns, all of one length, at least one value each, all finite.</summary>
        public IReadOnlyList<double[]> Columns { get; }

        /// <summary>Gets by what the numbers are divided before the factor: full scale of a WAV file, else 1.</summary>
        public double FullScale { get; }

        /// <summary>Gets the sampling rate the file tells, in its header or by its column of times; null when it does not.</summary>
        public double? RateHertz { get; }

        /// <summary>Reads a file by its extension: .csv and .txt, .wav, and .i16, .raw and .bin for little-endian 16-bit counts.</summary>
        /// <param name="path">The file.</param>
        /// <param name="options">Which columns, and what the file does not say itself.</param>
        /// <returns>The columns.</returns>
        /// <exception cref="RecordException">The file is missing or cannot be used.</exception>
        public static RecordTable Read(string path, RecordTableOptions options)
        {
            ArgumentNullException.ThrowIfNull(path);
            ArgumentNullException.ThrowIfNull(options);
            if (!File.Exists(path))
            {
                throw new RecordException($"{path}: there is no such file.");
            }

            RecordTable table = Path.GetExtension(path).ToLowerInvariant() switch
            {
                ".csv" or ".txt" => CsvRecord.ReadTable(path, options),
                ".wav" => WavRecord.ReadTable(path, options.Channels, options.ColumnLimit),
                ".i16" or ".raw" or ".bin" => Int16Record.ReadTable(path, options.Interleaved, options.Channels, options.ColumnLimit),
                string other => throw new RecordException($"{path}: '{other}' is no known extension. Allowed: .csv, .txt, .wav, .i16, .raw, .bin."),
            };
            return table.Columns.Count > 0 && table.Columns[0].Length > 0 ? table : throw new RecordException($"{path}: the file holds no samples.");
        }

        /// <summary>Chooses channels by their numbers from 1; all, up to a limit, when none is named.</summary>
        internal static int[] Choose(string path, IReadOnlyList<int> chosen, int there, int limit)
        {
            var result = new int[chosen.Count > 0 ? chosen.Count : Math.Min(there, limit)];
            for (int i = 0; i < result.Length; i++)
            {
                int channel = chosen.Count > 0 ? chosen[i] : i + 1;
                result[i] = channel >= 1 && channel <= there
                    ? channel - 1
                    : throw new RecordException($"{path}: there is no channel {channel}. Allowed: 1 to {there}.");
            }

            return result;
        }
    }
}
