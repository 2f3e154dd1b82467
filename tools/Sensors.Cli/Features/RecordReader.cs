using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using Sensors.Cli.Errors;
using Sensors.VirtualBoard;

namespace Sensors.Cli.Features
{
    /// <summary>Reads the part of a file that is to be analysed.</summary>
    internal sealed record RecordReader
    {
        private const int LeastSamples = 2;

        public required string File { get; init; }

        public required string Unit { get; init; }

        public FeatureKind? Kind { get; init; }

        public double? Rate { get; init; }

        public double Scale { get; init; } = 1;

        public IReadOnlyList<string> Columns { get; init; } = [];

        public IReadOnlyList<int> Channels { get; init; } = [];

        public int Interleaved { get; init; } = 1;

        public RecordSpan? Start { get; init; }

        public RecordSpan? Length { get; init; }

        /// <exception cref="CliException">The file cannot be used, or is not what the options say.</exception>
        public FeatureRecord Read()
        {
            SignalUnit unit = SignalUnit.Parse(Unit);
            FeatureKind kind = KindOf(unit);
            int most = kind == FeatureKind.Vibration ? Node.VibrationFields.Axes : 1;
            int chosen = Math.Max(Columns.Count, Channels.Count);
            if (chosen > most)
            {
                throw ErrorTable.Conflict.Because(
                    $"{chosen} columns are chosen, and {kind.ToString().ToLowerInvariant()} is analysed by {(most == 1 ? "one" : "at most three")}.",
                    most == 1 ? "choose one column." : "choose one to three columns: X, Y, Z.");
            }

            RecordTable table = ReadTable(most);
            double rate = Rate ?? table.RateHertz ?? throw ErrorTable.NoRate.Because(
                $"{File} does not tell its sampling rate.", "add --rate <hertz>.", File);
            int total = table.Columns[0].Length;
            (int start, int count) = Part(rate, total);
            if (count < LeastSamples)
            {
                throw ErrorTable.NoPart.Because(
                    Invariant($"{count} sample is no signal, {LeastSamples} are the least; {File} has {total}."), "leave out --start and --length to take the whole file.", Invariant($"{count}"));
            }

            return new FeatureRecord
            {
                File = Path.GetFileName(File),
                Kind = kind,
                Unit = unit,
                Scale = Scale,
                FullScale = table.FullScale,
                Rate = rate,
                Total = total,
                Start = start,
                Names = table.Names,
                Columns = [.. table.Columns.Select(column => Array.ConvertAll(column.AsSpan(start, count).ToArray(), value => Scale < 0 ? -value : value))],
            };
        }

        private FeatureKind KindOf(SignalUnit unit)
        {
            FeatureKind natural = unit.Quantity switch
            {
                SignalQuantity.Acceleration => FeatureKind.Vibration,
                SignalQuantity.Temperature => FeatureKind.Temperature,
                _ => FeatureKind.Current,
            };
            return Kind is null || Kind == natural
                ? natural
                : throw ErrorTable.Conflict.Because(
                    $"{unit.Name} is no unit of {Kind.ToString()!.ToLowerInvariant()}.", $"leave out --kind: {unit.Name} is taken for {natural.ToString().ToLowerInvariant()}.", unit.Name);
        }

        private RecordTable ReadTable(int most)
        {
            try
            {
                return RecordTable.Read(File, new RecordTableOptions
                {
                    Columns = Columns,
                    Channels = Channels,
                    Interleaved = Interleaved,
                    ColumnLimit = most,
                    ReadsTimes = Rate is null,
                });
            }
            catch (Exception error) when (error is RecordException or IOException or UnauthorizedAccessException)
            {
                throw ErrorTable.BadRecording.Because(
                    $"The record cannot be used: {error.Message}", "sensorctl features --help tells which files are read, and how.", File, error);
            }
        }

        private (int Start, int Count) Part(double rate, int total)
        {
            long start = Start?.At(rate) ?? 0;
            if (start >= total)
            {
                throw ErrorTable.NoPart.Because(
                    Invariant($"--start {Start} is sample {start}, and {File} has {total}."), Invariant($"begin before sample {total}, that is {total / rate:0.###}s."), Start!.ToString());
            }

            long count = Length?.At(rate) ?? total - start;
            return count > 0 && start + count <= total
                ? ((int)start, (int)count)
                : throw ErrorTable.NoPart.Because(
                    Invariant($"--length {Length} is {count} samples, and from sample {start} on {File} has {total - start}."),
                    "leave out --length to go to the end.",
                    Length!.ToString());
        }

        private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
    }
}
