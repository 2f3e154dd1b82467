using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;

namespace Sensors.Node.Tests.Features
{
    /// <summary>
    /// Real machine records, and features that NumPy and SciPy computed of them in float64. They are not part of this repository: the folder is
    /// named by SENSORS_REFERENCE_DATA, or lies beside the repository in shared/reference-data. A test without them says that it is skipped.
    /// </summary>
    internal sealed class ReferenceData
    {
        private static readonly Lazy<ReferenceData?> Loaded = new(Load);

        private ReferenceData(string folder)
        {
            Folder = folder;
            foreach (string[] row in Rows(Path.Combine(folder, "manifest.csv"), out string[] names))
            {
                var columns = new Dictionary<string, string>();
                for (int i = 0; i < names.Length; i++) { columns[names[i]] = row[i]; }
                if (columns["file"].EndsWith(".i16", StringComparison.Ordinal)) { Records.Add(columns["record"], new ReferenceRecord(folder, columns)); }
            }

            var segments = new Dictionary<(string, string, string), ReferenceSegment>();
            foreach (string line in File.ReadLines(Path.Combine(folder, "reference_features.csv")))
            {
                string[] field = line.Split(','); // nothing here is quoted
                if (!Records.TryGetValue(field[0], out ReferenceRecord? record)) { continue; }

                var key = (field[0], field[1], field[2]);
                if (!segments.TryGetValue(key, out ReferenceSegment? segment))
                {
                    segment = new ReferenceSegment(record, int.Parse(field[1], CultureInfo.InvariantCulture), int.Parse(field[2], CultureInfo.InvariantCulture));
                    segments.Add(key, segment);
                    Segments.Add(segment);
                }

                segment.Features[field[3]] = double.Parse(field[4], CultureInfo.InvariantCulture);
            }
        }

        /// <summary>Gets the folder.</summary>
        public string Folder { get; }

        /// <summary>Gets the records of 16-bit counts by name.</summary>
        public Dictionary<string, ReferenceRecord> Records { get; } = new();

        /// <summary>Gets the segments that have values, in the order of the file.</summary>
        public List<ReferenceSegment> Segments { get; } = new();

        /// <summary>Gives the data, or skips the test that asks.</summary>
        public static ReferenceData Get()
        {
            ReferenceData? data = Loaded.Value;
            if (data == null) { Assert.Skip("Reference data not found: set SENSORS_REFERENCE_DATA to its folder."); }
            return data;
        }

        /// <summary>Gives the rows of a comma-separated file with a heading; fields may be in quotes.</summary>
        public static List<string[]> Rows(string file, out string[] names)
        {
            var rows = new List<string[]>();
            foreach (string line in File.ReadLines(file)) { rows.Add(Fields(line)); }
            names = rows[0];
            rows.RemoveAt(0);
            return rows;
        }

        private static ReferenceData? Load()
        {
            string? folder = FindFolder();
            return folder == null ? null : new ReferenceData(folder);
        }

        private static string[] Fields(string line)
        {
            var fields = new List<string>();
            var field = new System.Text.StringBuilder();
            bool quoted = false;
            for (int i = 0; i < line.Length; i++)
            {
                char c = line[i];
                if (c == '"')
                {
                    if (quoted && i + 1 < line.Length && line[i + 1] == '"') { field.Append(line[++i]); }
                    else { quoted = !quoted; }
                }
                else if (c == ',' && !quoted)
                {
                    fields.Add(field.ToString());
                    field.Clear();
                }
                else
                {
                    field.Append(c);
                }
            }

            fields.Add(field.ToString());
            return fields.ToArray();
        }

        private static string? FindFolder()
        {
            string? named = Environment.GetEnvironmentVariable("SENSORS_REFERENCE_DATA");
            if (!string.IsNullOrEmpty(named)) { return named; }

            for (DirectoryInfo? at = new DirectoryInfo(AppContext.BaseDirectory); at != null; at = at.Parent)
            {
                if (!File.Exists(Path.Combine(at.FullName, "Sensors.sln"))) { continue; }
                string beside = Path.Combine(at.FullName, "..", "shared", "reference-data");
                return Directory.Exists(beside) ? beside : null;
            }

            return null;
        }
    }

    /// <summary>A record: its counts and what the manifest says of it. What the manifest leaves open is NaN.</summary>
    internal sealed class ReferenceRecord
    {
        private readonly Lazy<short[]> _counts;

        public ReferenceRecord(string folder, Dictionary<string, string> columns)
        {
            Columns = columns;
            _counts = new Lazy<short[]>(() =>
            {
                byte[] bytes = File.ReadAllBytes(Path.Combine(folder, columns["file"]));
                short[] counts = new short[bytes.Length / 2];
                for (int i = 0; i < counts.Length; i++) { counts[i] = (short)(bytes[2 * i] | (bytes[2 * i + 1] << 8)); }
                Assert.Equal(int.Parse(columns["n"], CultureInfo.InvariantCulture), counts.Length);
                return counts;
            });
        }

        /// <summary>Gets the columns of the manifest by name.</summary>
        public Dictionary<string, string> Columns { get; }

        public string Name => Columns["record"];

        /// <summary>Gets the kind: <c>vib</c>, <c>cur</c> or <c>volt</c>.</summary>
        public string Kind => Columns["kind"];

        public string Unit => Columns["unit"];

        public string Label => Columns["label"];

        /// <summary>Gets the samples per second.</summary>
        public double Rate => Number("fs_hz");

        /// <summary>Gets what one count is, in <see cref="Unit"/>.</summary>
        public double Weight => Number("lsb");

        /// <summary>Gets the shaft's revolutions per minute.</summary>
        public double Rpm => Number("rpm");

        /// <summary>Gets the order of the outer race's defects, and of the others below.</summary>
        public double OuterRace => Number("bpfo_ord");

        public double InnerRace => Number("bpfi_ord");

        public double BallSpin => Number("bsf_ord");

        public double Cage => Number("ftf_ord");

        /// <summary>Gets all counts; the caller leaves them as they are.</summary>
        public short[] Counts => _counts.Value;

        /// <summary>Gives a number of the manifest.</summary>
        public double Number(string column)
        {
            string text = Columns[column];
            return text.Length == 0 ? double.NaN : double.Parse(text, CultureInfo.InvariantCulture);
        }
    }

    /// <summary>A part of a record with the values computed of it.</summary>
    internal sealed class ReferenceSegment
    {
        public ReferenceSegment(ReferenceRecord record, int start, int length)
        {
            Record = record;
            Start = start;
            Length = length;
        }

        public ReferenceRecord Record { get; }

        /// <summary>Gets the index of the first sample.</summary>
        public int Start { get; }

        /// <summary>Gets the number of samples.</summary>
        public int Length { get; }

        /// <summary>Gets the values by the names of <c>facts/features.md</c>, in the record's unit and what follows from it.</summary>
        public Dictionary<string, double> Features { get; } = new();

        /// <summary>Gets a copy of the counts.</summary>
        public short[] Counts => Record.Counts.AsSpan(Start, Length).ToArray();

        public override string ToString() => Record.Name + " from " + Start + ", " + Length + " samples";
    }
}
