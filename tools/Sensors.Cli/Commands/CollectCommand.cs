using System;
using System.CommandLine;
using System.Globalization;
using System.IO;
using System.Security.Cryptography;
using System.Text;
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
    /// <summary><c>sensorctl collect</c>: stores what nodes send, and tells them only then that it has arrived.</summary>
    internal sealed class CollectCommand : CliCommand
    {
        private readonly CliHost _host;
        private readonly GlobalOptions _global;
        private readonly StoreOption _store;
        private readonly BrokerOption _broker;
        private readonly Option<bool> _embedded = new("--embedded") { Description = "Run the embedded broker in the same process, in place of --broker." };
        private readonly Option<string> _at;
        private readonly Option<int> _port;
        private readonly Option<string> _root;
        private readonly LoginOptions _login;
        private readonly TlsOptions _tls;
        private readonly DurationOption _duration;

        public CollectCommand(CliHost host, ParseContext context, GlobalOptions global)
            : base("collect", "Store what nodes send in one file, and acknowledge it.")
        {
            _host = host;
            _global = global;
            _store = new StoreOption(this, context, "The file, made where there is none");
            _at = context.Create("--host", "address", $"Address the embedded broker listens at (default: {LocalBroker.Loopback}).", Values.Text);
            _port = context.Create("--port", "n", "Port the embedded broker listens at, 0 for any free one (default: 1883).", Values.WholeNumber(0, 65535));
            _root = TopicOptions.Root(context);
            _broker = new BrokerOption(this, context);
            Options.Add(_embedded);
            Options.Add(_at);
            Options.Add(_port);
            Options.Add(_root);
            _login = new LoginOptions(this, context);
            _tls = new TlsOptions(this, context);
            _duration = new DurationOption(this, context);
            Examples =
            [
                "sensorctl collect --broker 192.168.1.20 --store plant.db",
                "sensorctl collect --embedded --host 0.0.0.0",
                "sensorctl ledger --store plant.db",
            ];
            Notes =
            [
                "A reading is acknowledged when it is safe in the file, and its node keeps it until then: neither Ctrl-C nor kill -9 nor a power cut here loses one.",
                "What happens goes to standard output: connections, every 10 s what was stored, with --json one object per line; on a terminal one line that lives. Errors go to the error stream.",
                "A broker that is away and a full disk are waited for. One file has one collector; ledger and export may read it meanwhile.",
            ];
            SetAction((parsed, stop) => ActAsync(parsed, stop));
        }

        private async Task<int> ActAsync(ParseResult parsed, CancellationToken stop)
        {
            bool embedded = parsed.GetValue(_embedded);
            (string? user, string? password) = _login.Read(parsed);
            MqttTlsOptions? tls = TlsOptions.ForClient(_tls.Read(parsed));
            CheckBroker(parsed, embedded, user is not null || tls is not null);
            string file = _store.File(parsed);
            using SqliteReadingStore store = StoreOption.Write(file);
            await using MqttBroker? own = embedded
                ? LocalBroker.Start(parsed.GetValue(_at) ?? LocalBroker.Loopback, parsed.GetResult(_port) is null ? BrokerAddress.DefaultPort : parsed.GetValue(_port), new MqttBrokerOptions())
                : null;
            BrokerAddress broker = own is null
                ? _broker.Read(parsed)
                : new BrokerAddress(LocalBroker.Loopback, own.BoundPort);
            string root = parsed.GetValue(_root) ?? Topics.DefaultRoot;
            var service = new CollectorService(store, new CollectorServiceOptions
            {
                Brokers = [new BrokerEnd(broker.Host, broker.Port)],
                ClientId = ClientIdOf(file),
                Root = root,
                UserName = user,
                Tls = tls,
                Password = password is null ? null : (ReadOnlyMemory<byte>?)Encoding.UTF8.GetBytes(password),
            });
            using CancellationTokenSource until = _duration.Until(parsed, stop);
            var view = new CollectView(_host, _global.Json(parsed), _global.NoColor(parsed), file, until.Cancel);
            view.Tell(new CliEvent(
                "collecting",
                $"collecting {root}/+/+ at {(own is null ? "" : "the embedded broker, ")}{broker} into {file}",
                new JsonObject { ["store"] = file, ["host"] = broker.Host, ["port"] = broker.Port, ["embedded"] = own is not null, ["root"] = root }));
            string? refused = null; // what the store said last, while it takes nothing
            service.Told = happened =>
            {
                refused = happened.Kind switch
                {
                    CollectorEventKind.StoreRefused => happened.Text,
                    CollectorEventKind.StoreBack => null,
                    _ => refused,
                };
                view.Tell(Of(happened));
            };
            await view.ShowWhileAsync(() => service.RunAsync(until.Token), () => service.Counts).ConfigureAwait(false);
            view.Tell(CollectView.Summary(service.Counts, file));
            if (refused is not null)
            {
                throw ErrorTable.StoreFull.Because($"{file} takes nothing: {refused}", "nodes keep what is not stored; start again when there is room.", file);
            }

            return stop.IsCancellationRequested ? ExitCode.Interrupted : ExitCode.Ok;
        }

        private void CheckBroker(ParseResult parsed, bool embedded, bool login)
        {
            if (embedded && (_broker.IsGiven(parsed) || login))
            {
                throw ErrorTable.Conflict.Because("--embedded runs a broker of its own, which asks nobody for a password and has no certificate; --broker, --user and --tls-ca are for another one.", "leave out --embedded, or the others.");
            }

            if (!embedded && (parsed.GetResult(_at) ?? parsed.GetResult(_port)) is not null)
            {
                throw ErrorTable.Conflict.Because("--host and --port say where the embedded broker listens, and there is none.", "add --embedded, or give the port with the broker: --broker host:port.");
            }
        }

        /// <summary>The broker keeps messages for this name while the collector is away: the same for the same file, and no other's.</summary>
        private static string ClientIdOf(string file)
        {
            byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes(Environment.MachineName + "\0" + Path.GetFullPath(file)));
            return "sensors-collector-" + Convert.ToHexStringLower(hash.AsSpan(0, 6));
        }

        private static CliEvent Of(CollectorEvent happened)
        {
            string name = happened.Kind switch
            {
                CollectorEventKind.Connected => "connected",
                CollectorEventKind.Unreachable => "unreachable",
                CollectorEventKind.Lost => "broker-lost",
                CollectorEventKind.StoreRefused => "store-refused",
                CollectorEventKind.StoreBack => "store-back",
                _ => "refused",
            };
            var facts = new JsonObject { ["text"] = happened.Text };
            if (happened.Broker is { } broker)
            {
                facts["host"] = broker.Host;
                facts["port"] = broker.Port;
            }

            return new CliEvent(name, Visible.Of(happened.Text), facts);
        }
    }
}
