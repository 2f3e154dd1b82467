using System;
using System.CommandLine;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using Sensors.Cli.Collecting;
using Sensors.Cli.Errors;
using Sensors.Cli.Host;
using Sensors.Cli.Options;
using Sensors.Cli.Output;
using Sensors.Cli.Parsing;
using Sensors.Edge;
using Sensors.Mqtt;
using Sensors.Node;

namespace Sensors.Cli.Commands
{
    /// <summary><c>sensorctl capture</c>: raw samples of a point, now or whenever an alarm begins, as a file.</summary>
    internal sealed class CaptureCommand : CliCommand
    {
        private const double UsualTimeout = 120;
        private const int MostBlocks = 63;

        private readonly CliHost _host;
        private readonly GlobalOptions _global;
        private readonly Argument<string> _id;
        private readonly Argument<string?> _point;
        private readonly BrokerOption _broker;
        private readonly Option<string> _root;
        private readonly Option<int> _before;
        private readonly Option<int> _after;
        private readonly Option<string> _out;
        private readonly Option<bool> _float = new("--float") { Description = "Write m/s² as 32-bit floats into a .wav file, in place of counts." };
        private readonly Option<double> _timeout;
        private readonly Option<bool> _listen = new("--listen") { Description = "Ask for nothing: take the captures that alarms make." };
        private readonly Option<int> _count;
        private readonly LoginOptions _login;
        private readonly TlsOptions _tls;
        private readonly DurationOption _duration;

        public CaptureCommand(CliHost host, ParseContext context, GlobalOptions global)
            : base("capture", "Take raw samples of a vibration point, on command or alarm, into a file.")
        {
            _host = host;
            _global = global;
            _id = new Argument<string>("id") { Description = "The node's identifier." };
            _point = new Argument<string?>("point") { Description = "The point, such as vib1; with --listen it may be left out.", Arity = ArgumentArity.ZeroOrOne };
            _before = context.Create("--before", "blocks", "Blocks before, as far as the node has them (default: 0).", Values.WholeNumber(0, MostBlocks));
            _after = context.Create("--after", "blocks", "Blocks after (default: 0).", Values.WholeNumber(0, MostBlocks));
            _out = context.Create("--out", "file", "File to write: .wav, .csv or .i16; what is known of it goes to <file>.json.", ReadFile, required: true);
            _timeout = context.Create("--timeout", "seconds", FormattableString.Invariant($"Give up after so long (default: {UsualTimeout})."), Values.Number(1, 86400));
            _count = context.Create("--count", "n", "With --listen: end after so many captures.", Values.WholeNumber(1, int.MaxValue));
            _root = TopicOptions.Root(context);
            Arguments.Add(_id);
            Arguments.Add(_point);
            Options.Add(_out);
            Options.Add(_before);
            Options.Add(_after);
            Options.Add(_float);
            Options.Add(_timeout);
            Options.Add(_listen);
            Options.Add(_count);
            _broker = new BrokerOption(this, context);
            Options.Add(_root);
            _login = new LoginOptions(this, context);
            _tls = new TlsOptions(this, context);
            _duration = new DurationOption(this, context);
            Examples =
            [
                "sensorctl capture 88.118.12345/NODE-0001 vib1 --before 1 --out bearing.wav",
                "sensorctl capture 88.118.12345/NODE-0001 --listen --out alarms.csv --broker 192.168.1.20",
            ];
            Notes =
            [
                "A block is what the node measures at once; it measures the next one as soon as it is told. Blocks need not adjoin: <file>.json says where each begins and when it was taken.",
                "With --listen each capture gets a file of its own: <name>-<point>-<epoch>-<number>.<extension>.",
                "A line for each file goes to standard output, with --json what <file>.json holds; progress goes to the error stream.",
                "Exit code 1 when the node refuses, does not answer, or the capture does not become complete.",
            ];
            SetAction((parsed, stop) => ActAsync(parsed, global.ReportTo(host, parsed), stop));
        }

        private async Task<int> ActAsync(ParseResult parsed, Report report, CancellationToken stop)
        {
            Identifier id = TopicOptions.ReadId(parsed.GetValue(_id)!);
            string? point = parsed.GetValue(_point);
            bool listens = parsed.GetValue(_listen);
            CheckOptions(parsed, point, listens);
            string file = parsed.GetValue(_out)!;
            CheckFolder(file);
            BrokerAddress broker = _broker.Read(parsed);
            (string? user, string? password) = _login.Read(parsed);
            MqttTlsOptions? tls = TlsOptions.ForClient(_tls.Read(parsed));
            string node = $"{parsed.GetValue(_root) ?? Topics.DefaultRoot}/{id.Text}";

            await using NodeTalk talk = await NodeTalk.BeginAsync(
                node, CaptureCollector.Leaves, (filters, token) => Subscription.OpenAsync(broker, user, password, filters, token, tls), report, stop).ConfigureAwait(false);
            var collector = new CaptureCollector(talk, id.Text, report);
            return listens
                ? await ListenAsync(parsed, collector, point, file, report, stop).ConfigureAwait(false)
                : await TakeAsync(parsed, collector, point!, file, stop).ConfigureAwait(false);
        }

        private async Task<int> TakeAsync(ParseResult parsed, CaptureCollector collector, string point, string file, CancellationToken stop)
        {
            double seconds = parsed.GetResult(_timeout) is null ? UsualTimeout : parsed.GetValue(_timeout);
            using var until = CancellationTokenSource.CreateLinkedTokenSource(stop);
            until.CancelAfter(TimeSpan.FromSeconds(seconds));
            RawCapture capture;
            try
            {
                capture = await collector.TakeAsync(point, parsed.GetValue(_before), parsed.GetValue(_after), until.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (!stop.IsCancellationRequested)
            {
                throw ErrorTable.NoCapture.Because(
                    FormattableString.Invariant($"The capture is not complete after {seconds} s: {collector.Progress}."), "--timeout gives it longer.");
            }

            Write(parsed, capture, file);
            return ExitCode.Ok;
        }

        private async Task<int> ListenAsync(ParseResult parsed, CaptureCollector collector, string? point, string file, Report report, CancellationToken stop)
        {
            int wanted = parsed.GetResult(_count) is null ? int.MaxValue : parsed.GetValue(_count);
            int written = 0;
            using CancellationTokenSource until = _duration.Until(parsed, stop);
            report.Tell(new CliEvent("listening", $"listening for captures of {parsed.GetValue(_id)}", new JsonObject { ["id"] = parsed.GetValue(_id) }));
            try
            {
                await collector.ListenAsync(
                    point,
                    capture =>
                    {
                        Write(parsed, capture, NameOf(file, capture));
                        return ++written < wanted;
                    },
                    until.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (until.IsCancellationRequested)
            {
                // The time is up, or Ctrl-C.
            }

            if (stop.IsCancellationRequested)
            {
                return ExitCode.Interrupted;
            }

            return written > 0
                ? ExitCode.Ok
                : throw ErrorTable.NoCapture.Because($"Not one capture came: {collector.Progress}.", "without --listen a capture is taken at once.");
        }

        private void Write(ParseResult parsed, RawCapture capture, string file)
        {
            try
            {
                CaptureFile.Write(capture, file, parsed.GetValue(_float));
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                throw ErrorTable.BadCaptureFile.Because($"{file} cannot be written: {error.Message}", "--out names a file in a folder that exists and that you may write to.", file, error);
            }

            DataOut.WriteLine(_host.Out, _global.Json(parsed) ? JsonLine.Of(CaptureFile.Describe(capture, file)) : Text(capture, file));
        }

        private static string Text(RawCapture capture, string file)
        {
            RawBlock trigger = capture.TriggerBlock;
            string rate = trigger.Rate is { } hertz ? hertz.ToString("0.#", CultureInfo.InvariantCulture) + " Hz" : "rate unknown";
            string time = trigger.Clock == ClockQuality.Unset
                ? "time unknown"
                : DateTimeOffset.FromUnixTimeMilliseconds(trigger.UtcMilliseconds).ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
            int samples = capture.Blocks.Sum(block => block.Samples);
            string blocks = capture.Blocks.Count == 1 ? "1 block" : string.Create(CultureInfo.InvariantCulture, $"{capture.Blocks.Count} blocks");
            return string.Create(
                CultureInfo.InvariantCulture,
                $"{Visible.Of(file)}  {capture.Id} {capture.Point} capture {capture.Number}: {blocks}, {samples} samples of {capture.Axes}, {rate}, {capture.Blocks.Sum(block => block.Lost)} lost, {time}");
        }

        private static string NameOf(string file, RawCapture capture) => Path.Combine(
            Path.GetDirectoryName(file) ?? string.Empty,
            string.Create(CultureInfo.InvariantCulture, $"{Path.GetFileNameWithoutExtension(file)}-{capture.Point}-{capture.Epoch}-{capture.Number}{Path.GetExtension(file)}"));

        private void CheckOptions(ParseResult parsed, string? point, bool listens)
        {
            if (!listens && point is null)
            {
                throw ErrorTable.MissingValue.Because("The point is missing.", "name one behind the identifier, such as vib1; or give --listen.");
            }

            if (listens && (parsed.GetResult(_before) ?? parsed.GetResult(_after) ?? parsed.GetResult(_timeout)) is not null)
            {
                throw ErrorTable.Conflict.Because("--before, --after and --timeout say how a capture is asked for, and --listen asks for none.", "leave them out, or leave --listen out; --seconds ends listening.");
            }

            if (!listens && (parsed.GetResult(_count) is not null || _duration.IsGiven(parsed)))
            {
                throw ErrorTable.Conflict.Because("--count and --seconds say when listening ends.", "give --listen with them; --timeout limits one capture.");
            }
        }

        private static void CheckFolder(string file)
        {
            string folder = Path.GetDirectoryName(Path.GetFullPath(file))!;
            if (!Directory.Exists(folder))
            {
                throw ErrorTable.BadCaptureFile.Because($"{file} cannot be written: there is no folder {folder}.", "--out names a file in a folder that exists.", file);
            }
        }

        private static string ReadFile(string text) => CaptureFile.Extensions.Contains(Path.GetExtension(text).ToLowerInvariant())
            ? text
            : throw new FormatException($"'{text}' does not end in one of {string.Join(", ", CaptureFile.Extensions)}.");
    }
}
