using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using Sensors.Cli.Drawing;
using Sensors.Cli.Errors;
using Sensors.Cli.Features;
using Sensors.Cli.Host;
using Sensors.Cli.Options;
using Sensors.Cli.Output;
using Sensors.Cli.Parsing;
using Sensors.Node;
using Spectre.Console;

namespace Sensors.Cli.Commands
{
    /// <summary><c>sensorctl features</c>: what the node would tell of a recorded signal, and pictures of it.</summary>
    internal sealed class FeaturesCommand : CliCommand
    {
        private const double MostRpm = 60000;
        private const string Vibration = "vib1";
        private const string Current = "cur1";
        private const string Temperature = "temp1";

        private readonly CliHost _host;
        private readonly GlobalOptions _global;
        private readonly Argument<string> _file;
        private readonly Option<double> _rate;
        private readonly Option<double> _scale;
        private readonly Option<string> _unit;
        private readonly Option<string> _kind;
        private readonly Option<string[]> _column;
        private readonly Option<int> _channels;
        private readonly Option<int[]> _channel;
        private readonly Option<RecordSpan> _start;
        private readonly Option<RecordSpan> _length;
        private readonly Option<int> _block;
        private readonly Option<double> _rpm;
        private readonly Option<BearingText> _bearing;
        private readonly Option<string> _velocity;
        private readonly Option<string> _envelope;
        private readonly Option<string> _bands;
        private readonly Option<string> _axial;
        private readonly Option<string> _mains;
        private readonly Option<string> _zones;
        private readonly Option<double> _ambient;
        private readonly Option<string> _average;
        private readonly Option<string> _svg;

        public FeaturesCommand(CliHost host, ParseContext context, GlobalOptions global)
            : base("features", "Compute what the node would tell of a recorded signal, and draw it.")
        {
            _host = host;
            _global = global;
            _file = new Argument<string>("file") { Description = "The record: .i16, .raw, .bin (little-endian int16), .wav, .csv, .txt." };
            _rate = context.Create("--rate", "hertz", "Sampling rate (WAV files and columns of times tell it).", Values.Number(1e-6, 1e9));
            _scale = context.Create("--scale", "factor", "What one count or number, of a WAV file full scale, is in --unit (default: 1).", Values.Factor);
            _unit = context.Create("--unit", "unit", "Unit of the record: g, mg, m/s2, A, mA, V, mV, degC (default: g).", Values.OneOf("g", "mg", "m/s2", "A", "mA", "V", "mV", "degC"));
            _kind = context.Create("--kind", "kind", "vibration, current or temperature (default: as the unit says).", Values.OneOf("vibration", "current", "temperature"));
            _column = context.Create("--column", "columns", "Columns of a text file, numbers from 1 or names, with commas between (default: x, y, z, else the first that are no times).", text => text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
            _channels = context.Create("--channels", "n", "How many channels take turns in a file of counts (default: 1).", Values.WholeNumber(1, 64));
            _channel = context.Create("--channel", "numbers", "Channels of a WAV file or of counts, from 1, with commas between (default: the first).", text => Array.ConvertAll(text.Split(','), Values.WholeNumber(1, 65535).Invoke));
            _start = context.Create("--start", "place", "First sample, as a number or in seconds, such as 0.5s (default: 0).", RecordSpan.Parse);
            _length = context.Create("--length", "amount", "How much, in samples or seconds (default: to the end).", RecordSpan.Parse);
            _block = context.Create("--block", "samples", "Samples of a spectrum, a power of two from 256 to 65536 (default: 4096, the node's longest).", ReadBlock);
            _rpm = context.Create("--rpm", "rpm", "Speed of the shaft: orders are told.", Values.Number(1, MostRpm));
            _bearing = context.Create("--bearing", "n,d,D,angle", "Rolling elements, their diameter, pitch diameter, contact angle in degrees: bearing lines are told.", BearingText.Parse);
            _velocity = Setting(context, "velocity", "low-high", "Band of velocity and displacement in Hz (default: 10-1000).");
            _envelope = Setting(context, "envelope", "low-high", "Band of the envelope in Hz (default: 500-5000).");
            _bands = Setting(context, "bands", "bands", "Bands of RMS values in Hz, such as 10-100,100-1000, at most 16, or none.");
            _axial = Setting(context, "axial", "axis", "The axis along the shaft: x, y or z (default: y).");
            _mains = Setting(context, "mains", "hertz", "Mains frequency, 50 or 60 (default: 50).");
            _zones = Setting(context, "zones", "table", "Zones A to D of velocity: class1 to class4, group1-rigid, group2-flexible ..., or three boundaries in mm/s, such as 1.4/2.8/4.5.");
            _ambient = context.Create("--ambient", "degC", "Temperature of the surroundings: the rise over it is told.", Values.Number(-100, 1000));
            _average = Setting(context, "average", "seconds", "Time constant of a temperature's moving average (default: 49.5).", Temperature);
            _svg = context.Create("--svg", "prefix", "Draw pictures there: a directory, or the beginning of their names.", Values.Text);
            Arguments.Add(_file);
            foreach (Option option in (Option[])[_rate, _scale, _unit, _kind, _column, _channels, _channel, _start, _length, _block, _rpm, _bearing, _velocity, _envelope, _bands, _axial, _mains, _zones, _ambient, _average, _svg])
            {
                Options.Add(option);
            }

            Examples =
            [
                "sensorctl features bearing.i16 --rate 12000 --scale 0.000162435 --unit g --rpm 1797 --bearing 9,7.94,39.04,0 --svg .",
                "sensorctl features xyz.csv --unit m/s2 --column ax,ay,az --start 2s --length 1s",
                "sensorctl features motor.wav --unit A --scale 50 --json",
            ];
            Notes =
            [
                "The numbers come from the node's own code, which computes from 16-bit counts: what a file's numbers lost on the way to counts is told.",
                "A text file's times are the column whose name says so (t, time, seconds, time_ms ...), or the first one where there are no names and it rises evenly.",
                "Pictures are <prefix>-waveform.svg, <prefix>-spectrum.svg and <prefix>-envelope.svg; in a directory the prefix is the record's name.",
            ];
            SetAction(Act);
        }

        private static Option<string> Setting(ParseContext context, string name, string valueName, string description, string point = Vibration) =>
            context.Create("--" + name, valueName, description, text =>
            {
                // The node's own reader of settings says what it takes.
                string? wrong = text.Contains(' ') ? name + " has no blanks" : PointDeclaration.Parse($"{point} {name}={text}").Error;
                return wrong is null ? text : throw new FormatException($"'{text}': {wrong}.");
            });

        private static int ReadBlock(string text) =>
            int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int samples)
            && samples is >= VibrationOptions.ShortestBlock and <= VibrationAnalysis.LongestBlock && (samples & (samples - 1)) == 0
                ? samples
                : throw new FormatException($"'{text}' is no power of two from {VibrationOptions.ShortestBlock} to {VibrationAnalysis.LongestBlock}.");

        private int Act(ParseResult parsed)
        {
            FeatureRecord record = Reader(parsed).Read();
            RefuseStrays(parsed, record.Kind);
            FeatureReport report = FeatureAnalysis.Of(record, Settings(parsed, record.Kind));
            if (parsed.GetValue(_svg) is { } prefix)
            {
                Draw(report, prefix, _global.ReportTo(_host, parsed));
            }

            if (!_global.Json(parsed) && _host.Terminal is { } terminal)
            {
                if (_global.NoColor(parsed))
                {
                    terminal.Profile.Capabilities.ColorSystem = ColorSystem.NoColors;
                }

                terminal.Write(FeatureText.Table(report));
            }
            else
            {
                foreach (string line in _global.Json(parsed) ? [FeatureText.Json(report)] : FeatureText.Lines(report))
                {
                    DataOut.WriteLine(_host.Out, line);
                }
            }

            return ExitCode.Ok;
        }

        private RecordReader Reader(ParseResult parsed)
        {
            string file = parsed.GetValue(_file)!;
            bool isText = Path.GetExtension(file).ToLowerInvariant() is ".csv" or ".txt";
            bool isWav = Path.GetExtension(file).ToLowerInvariant() is ".wav";
            Refuse(parsed, _column, !isText, "is for text files");
            Refuse(parsed, _channels, isText || isWav, "is for files of counts");
            Refuse(parsed, _channel, isText, "is for WAV files and files of counts");
            return new RecordReader
            {
                File = file,
                Unit = parsed.GetValue(_unit) ?? "g",
                Kind = parsed.GetValue(_kind) is { } kind ? Enum.Parse<FeatureKind>(kind, ignoreCase: true) : null,
                Rate = Given(parsed, _rate) ? parsed.GetValue(_rate) : null,
                Scale = Given(parsed, _scale) ? parsed.GetValue(_scale) : 1,
                Columns = parsed.GetValue(_column) ?? [],
                Channels = parsed.GetValue(_channel) ?? [],
                Interleaved = Given(parsed, _channels) ? parsed.GetValue(_channels) : 1,
                Start = parsed.GetValue(_start),
                Length = parsed.GetValue(_length),
            };
        }

        private FeatureSettings Settings(ParseResult parsed, FeatureKind kind)
        {
            bool hasSpeed = Given(parsed, _rpm);
            if (parsed.GetValue(_bearing) is not null && !hasSpeed)
            {
                throw ErrorTable.Conflict.Because("A bearing's lines follow from the speed of the shaft.", "add --rpm <rpm>.", "--bearing");
            }

            (string point, Option<string>[] declared) = kind switch
            {
                FeatureKind.Vibration => (Vibration, [_velocity, _envelope, _bands, _axial, _mains, _zones]),
                FeatureKind.Current => (Current, [_mains]),
                _ => (Temperature, (Option<string>[])[_average]),
            };
            return new FeatureSettings
            {
                Declared = PointDeclaration.Parse(point + string.Concat(declared.Where(option => Given(parsed, option)).Select(option => $" {option.Name.TrimStart('-')}={parsed.GetValue(option)}"))),
                AmbientCelsius = Given(parsed, _ambient) ? parsed.GetValue(_ambient) : null,
                Block = Given(parsed, _block) ? parsed.GetValue(_block) : VibrationOptions.LongestBlock,
                SpeedRpm = hasSpeed ? parsed.GetValue(_rpm) : null,
                Bearing = parsed.GetValue(_bearing),
            };
        }

        /// <summary>Options that say nothing about this kind of signal are a mistake, not a wish.</summary>
        private void RefuseStrays(ParseResult parsed, FeatureKind kind)
        {
            foreach (Option option in StraysOf(kind))
            {
                if (Given(parsed, option))
                {
                    throw ErrorTable.Conflict.Because(
                        $"{option.Name} says nothing about a record of {kind.ToString().ToLowerInvariant()}.", $"leave {option.Name} out.", option.Name);
                }
            }
        }

        private IEnumerable<Option> StraysOf(FeatureKind kind) => kind switch
        {
            FeatureKind.Vibration => [_ambient, _average],
            FeatureKind.Current => [_ambient, _average, _block, _bearing, _velocity, _envelope, _bands, _axial, _zones],
            _ => [_block, _bearing, _velocity, _envelope, _bands, _axial, _zones, _rpm, _mains],
        };

        private static void Refuse(ParseResult parsed, Option option, bool stray, string why)
        {
            if (stray && Given(parsed, option))
            {
                throw ErrorTable.Conflict.Because($"{option.Name} {why}.", $"leave {option.Name} out.", option.Name);
            }
        }

        private static bool Given(ParseResult parsed, Option option) => parsed.GetResult(option) is not null;

        private static void Draw(FeatureReport report, string prefix, Report events)
        {
            bool isFolder = Directory.Exists(prefix) || Path.EndsInDirectorySeparator(prefix);
            string path = isFolder ? Path.Combine(prefix, Path.GetFileNameWithoutExtension(report.Record.File)) : prefix;
            foreach ((string name, Chart chart) in report.Charts)
            {
                string file = $"{path}-{name}.svg";
                try
                {
                    if (Path.GetDirectoryName(file) is { Length: > 0 } folder)
                    {
                        Directory.CreateDirectory(folder);
                    }

                    File.WriteAllText(file, ChartPainter.Draw(chart));
                }
                catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
                {
                    throw ErrorTable.BadPicture.Because($"{file} cannot be written: {error.Message}", "give --svg a directory that can be written to.", file, error);
                }

                events.Tell(new CliEvent("drawn", "drawn: " + file, new JsonObject { ["file"] = file }));
            }
        }
    }
}
