using System;
using System.CommandLine;
using System.Globalization;
using System.IO;
using System.Text;
using System.Text.Json.Nodes;
using Sensors.Cli.Collecting;
using Sensors.Cli.Errors;
using Sensors.Cli.Host;
using Sensors.Cli.Options;
using Sensors.Cli.Output;
using Sensors.Cli.Parsing;
using Sensors.Edge;
using Sensors.Node;

namespace Sensors.Cli.Commands
{
    /// <summary><c>sensorctl export</c>: what a store holds, as a table, lines or SenML.</summary>
    internal sealed class ExportCommand : CliCommand
    {
        private const string Csv = "csv";
        private const string LongCsv = "csv-long";
        private const string Lines = "jsonl";
        private const string SenmlJson = "senml-json";
        private const string SenmlCbor = "senml-cbor";
        private const string Readings = "readings";
        private const string Alarms = "alarms";
        private const string Gaps = "gaps";

        private const int BufferBytes = 64 * 1024;

        private readonly CliHost _host;
        private readonly StoreOption _store;
        private readonly Option<string> _format;
        private readonly Option<string> _what;
        private readonly Option<string> _out;
        private readonly Option<Identifier> _id;
        private readonly Option<string> _point;
        private readonly Option<DateTimeOffset?> _from;
        private readonly Option<DateTimeOffset?> _to;

        public ExportCommand(CliHost host, ParseContext context, GlobalOptions global)
            : base("export", "Write what a store holds as CSV, JSON Lines or SenML.")
        {
            _host = host;
            _store = new StoreOption(this, context, "The file");
            _format = context.Create("--format", "format", $"{Csv}, {LongCsv}, {Lines}, {SenmlJson} or {SenmlCbor} (default: {Csv}).", Values.OneOf(Csv, LongCsv, Lines, SenmlJson, SenmlCbor));
            _what = context.Create("--what", "what", $"{Readings}, {Alarms} or {Gaps} (default: {Readings}).", Values.OneOf(Readings, Alarms, Gaps));
            _id = TopicOptions.Id(context, "Of this node only.");
            _point = context.Create("--point", "point", "Of this point only, such as vib1.", Values.Text);
            _from = context.Create("--from", "time", "From this time on, UTC, such as 2026-11-21 or 2026-11-21T07:30.", ReadTime);
            _to = context.Create("--to", "time", "Before this time, UTC.", ReadTime);
            _out = context.Create("--out", "file", "File to write (default: standard output).", Values.Text);
            Options.Add(_format);
            Options.Add(_what);
            Options.Add(_id);
            Options.Add(_point);
            Options.Add(_from);
            Options.Add(_to);
            Options.Add(_out);
            Examples =
            [
                "sensorctl export --store plant.db > readings.csv",
                "sensorctl export --id 88.118.12345/NODE-0001 --point vib1 --from 2026-11-21 --format jsonl",
                "sensorctl export --format senml-cbor --out readings.cbor",
            ];
            Notes =
            [
                "csv has a line per reading and a column per channel; csv-long a line per value; jsonl the messages as they came, one per line, with the time of arrival; senml-json and senml-cbor one pack of RFC 8428.",
                "In the order of node, epoch and number. A reading whose node knew no time counts for --from and --to by its arrival.",
                "How many were written goes to the error stream. A collector may write the store meanwhile.",
            ];
            SetAction(parsed => Act(parsed, global.ReportTo(host, parsed)));
        }

        private int Act(ParseResult parsed, Report report)
        {
            string format = parsed.GetValue(_format) ?? Csv;
            string what = parsed.GetValue(_what) ?? Readings;
            string? file = parsed.GetValue(_out);
            Check(format, what, file);
            string store = _store.File(parsed);
            using ReadingArchive archive = StoreOption.Read(store);
            var filter = new ArchiveFilter
            {
                Id = parsed.GetValue(_id)?.Text,
                Point = parsed.GetValue(_point),
                From = parsed.GetValue(_from),
                To = parsed.GetValue(_to),
            };
            long count = file is null
                ? ToOutput(store, archive, filter, format, what)
                : ToFile(store, archive, filter, format, what, file);
            report.Tell(new CliEvent(
                "exported",
                string.Create(CultureInfo.InvariantCulture, $"{count} {(format == LongCsv ? "values" : what)} of {store}{(file is null ? "" : " to " + file)}"),
                new JsonObject { ["count"] = count, ["what"] = format == LongCsv ? "values" : what, ["store"] = store, ["file"] = file }));
            return ExitCode.Ok;
        }

        private void Check(string format, string what, string? file)
        {
            if (what != Readings && format is LongCsv or SenmlJson or SenmlCbor)
            {
                throw ErrorTable.Conflict.Because($"--format {format} is for readings: {what} have no such form.", $"give --format {Csv} or {Lines} with --what {what}.", what);
            }

            if (format == SenmlCbor && file is null && _host.Terminal is not null)
            {
                throw ErrorTable.Conflict.Because("CBOR is not for a terminal.", "add --out <file>, or lead the output into a file or a program.");
            }
        }

        private long ToOutput(string store, ReadingArchive archive, ArchiveFilter filter, string format, string what)
        {
            try
            {
                var buffered = new BufferedStream(_host.OutBytes, BufferBytes); // not disposed: standard output stays open
                long count = Write(store, archive, filter, format, what, buffered);
                buffered.Flush();
                return count;
            }
            catch (IOException closed)
            {
                throw new OutputClosedException(closed);
            }
        }

        private static long ToFile(string store, ReadingArchive archive, ArchiveFilter filter, string format, string what, string file)
        {
            try
            {
                using FileStream stream = File.Create(file);
                return Write(store, archive, filter, format, what, stream);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                throw ErrorTable.BadExportFile.Because($"{file} cannot be written: {error.Message}", "--out names a file in a folder that exists and that you may write to.", file, error);
            }
        }

        private static long Write(string store, ReadingArchive archive, ArchiveFilter filter, string format, string what, Stream to) => StoreOption.Translate(store, () =>
        {
            var exporter = new Exporter(archive, filter);
            switch (format)
            {
                case Lines:
                    return exporter.WriteJsonLines(what switch { Alarms => StoreKind.Alarm, Gaps => StoreKind.Gap, _ => StoreKind.Reading }, to);
                case SenmlJson:
                    return SenmlExport.Write(to, StoredSenml.Of(archive, filter), SenmlFormat.Json);
                case SenmlCbor:
                    return SenmlExport.Write(to, StoredSenml.Of(archive, filter), SenmlFormat.Cbor);
            }

            using var text = new StreamWriter(to, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
            return what switch
            {
                Alarms => exporter.WriteAlarmsCsv(text),
                Gaps => exporter.WriteGapsCsv(text),
                _ => format == LongCsv ? exporter.WriteLongCsv(text) : exporter.WriteCsv(text),
            };
        });

        private static DateTimeOffset? ReadTime(string text) =>
            DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTimeOffset time)
                ? time
                : throw new FormatException($"'{text}' is no time; write 2026-11-21 or 2026-11-21T07:30.");
    }
}
