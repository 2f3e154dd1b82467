using System;
using System.CommandLine;
using System.IO;
using System.Net;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using Sensors.Cli.Errors;
using Sensors.Cli.Host;
using Sensors.Cli.Options;
using Sensors.Cli.Output;
using Sensors.Cli.Parsing;
using Sensors.Identification;

namespace Sensors.Cli.Commands
{
    /// <summary><c>sensorctl resolver</c>: the lab's resolution services; their requests are its output.</summary>
    internal sealed class ResolverCommand : CliCommand
    {
        private const string UsualFolder = "resolver-lab";
        private const int UsualPort = 8100;
        private const int MostPort = 65533;

        private readonly CliHost _host;
        private readonly GlobalOptions _global;
        private readonly DurationOption _duration;
        private readonly Option<int> _port;
        private readonly Option<string> _prefix;
        private readonly Option<string> _records;
        private readonly Option<string> _folder;

        public ResolverCommand(CliHost host, ParseContext context, GlobalOptions global)
            : base("resolver", "Run resolution services on this computer, for trying: top, secondary, enterprise node.")
        {
            _host = host;
            _global = global;
            _port = context.Create("--port", "n", $"Port of the top node; the secondary and the enterprise node take the next two. 0 takes any free ones (default: {UsualPort}).", Values.WholeNumber(0, MostPort));
            _prefix = context.Create("--prefix", "prefix", $"The enterprise's prefix (default: {LabResolverOptions.UsualPrefix}).", Values.Text);
            _records = context.Create("--records", "file", "File that keeps the records (default: none, they go with the command).", Values.Text);
            _folder = context.Create("--settings", "folder", $"Folder for the settings, key and password that sensorctl id takes (default: {UsualFolder}).", Values.Text);
            Options.Add(_port);
            Options.Add(_prefix);
            Options.Add(_records);
            Options.Add(_folder);
            _duration = new DurationOption(this, context);
            Examples =
            [
                "sensorctl resolver",
                "sensorctl resolver --prefix 88.608.8889 --records records.json --port 0 --json",
            ];
            Notes =
            [
                "It listens on loopback only, and is no service for others. Settings for sensorctl id resolve and register are written to the folder as resolver.json; a key and a password that are there already are used again.",
                "The top node sends to the secondary node (303), that one to the enterprise node (302). All answer the Handle HTTP interface; the enterprise node registers by the interfaces of IDHub and SNMS.",
            ];
            SetAction((parsed, stop) => ActAsync(parsed, stop));
        }

        private async Task<int> ActAsync(ParseResult parsed, CancellationToken stop)
        {
            bool json = _global.Json(parsed);
            using CancellationTokenSource until = _duration.Until(parsed, stop);
            var lines = new EventLines(_host.Out, json, until);
            string folder = parsed.GetValue(_folder) ?? UsualFolder;
            int port = parsed.GetResult(_port) is null ? UsualPort : parsed.GetValue(_port);
            (LabResolver resolver, string settings) = Start(folder, port, parsed);
            await using (resolver.ConfigureAwait(false))
            {
                lines.Tell(new CliEvent(
                    "listening",
                    $"top {AddressOf(resolver.Top)}, secondary {AddressOf(resolver.Secondary)}, enterprise {AddressOf(resolver.Enterprise)}; settings in {settings}",
                    new JsonObject { ["top"] = AddressOf(resolver.Top), ["secondary"] = AddressOf(resolver.Secondary), ["enterprise"] = AddressOf(resolver.Enterprise), ["settings"] = settings }));
                await Waiting.UntilCancelledAsync(until.Token).ConfigureAwait(false);
            }

            return stop.IsCancellationRequested ? ExitCode.Interrupted : ExitCode.Ok;

            (LabResolver Resolver, string Settings) Start(string folder, int port, ParseResult parsed)
            {
                try
                {
                    return LabResolver.Start(folder, (key, password) => new LabResolverOptions
                    {
                        Prefix = parsed.GetValue(_prefix) ?? LabResolverOptions.UsualPrefix,
                        Port = port,
                        Store = parsed.GetValue(_records),
                        ApplicationKey = key,
                        Password = password,
                        Clock = _host.Clock,
                        OnRequest = seen => lines.Tell(new CliEvent(
                            "request",
                            Visible.Of(FormattableString.Invariant($"{seen.Node,-10}  {seen.Action,-9}  {seen.Code,5}  {seen.Identifier}").TrimEnd()),
                            new JsonObject { ["node"] = seen.Node, ["action"] = seen.Action, ["code"] = seen.Code, ["id"] = seen.Identifier })),
                    });
                }
                catch (HttpListenerException error)
                {
                    throw ErrorTable.CannotListen.Because(FormattableString.Invariant($"127.0.0.1:{port} or one of the next two ports cannot be listened at: {error.Message}"), "--port 0 takes free ones.", cause: error);
                }
                catch (FormatException error)
                {
                    throw ErrorTable.BadResolverSettings.Because(error.Message, "--prefix is one like 88.888.888; --records and --settings name what this command made.", cause: error);
                }
                catch (Exception error) when (error is IOException or UnauthorizedAccessException)
                {
                    throw ErrorTable.BadResolverSettings.Because(error.Message, "--settings names a folder that you may write to.", folder, error);
                }
            }
        }

        private static string AddressOf(Uri address) => address.GetLeftPart(UriPartial.Authority);
    }
}
