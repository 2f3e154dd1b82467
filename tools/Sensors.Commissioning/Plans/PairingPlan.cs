using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;

namespace Sensors.Commissioning
{
    /// <summary>A plan for a batch: defaults, and an entry per node. Specified in the README of this library.</summary>
    public sealed class PairingPlan
    {
        private const int Version = 1;
        private static readonly string[] Shared =
        [
            "networks", "brokers", "tls", "login", "root", "ack", "interval_ms", "ntp_server", "points", "sensors", "machine", "alarms",
            "shunt_uohm", "led", "replace", "template",
        ];

        private static readonly string[] OfNode = ["node", "code", "id", "name", .. Shared];

        private readonly string _folder;
        private readonly Func<string, string?> _environment;

        private PairingPlan(string folder, Func<string, string?> environment)
        {
            _folder = folder;
            _environment = environment;
        }

        /// <summary>Gets the nodes, in the plan's order.</summary>
        public IReadOnlyList<PlanNode> Nodes { get; private set; } = [];

        /// <summary>Reads a plan.</summary>
        /// <param name="utf8">Its content, JSON.</param>
        /// <param name="folder">The folder that files named in it are looked for in.</param>
        /// <param name="environment">Gives the value of an environment variable, null when it is not set.</param>
        /// <returns>The plan.</returns>
        /// <exception cref="PlanException">Something in it is wrong.</exception>
        public static PairingPlan Read(ReadOnlySpan<byte> utf8, string folder, Func<string, string?> environment)
        {
            ArgumentNullException.ThrowIfNull(folder);
            ArgumentNullException.ThrowIfNull(environment);
            var root = PlanValue.Read(utf8);
            root.Only("version", "defaults", "nodes");
            if (root.Find("version") is not { } version)
            {
                throw new PlanException(root.Line, "\"version\": 1 is missing");
            }

            _ = version.Number(Version, Version);
            var plan = new PairingPlan(folder, environment);
            plan.ReadNodes(root);
            return plan;
        }

        private void ReadNodes(PlanValue root)
        {
            NodeSetup defaults = new();
            string? template = null;
            if (root.Find("defaults") is { } shared)
            {
                shared.Only(Shared);
                defaults = ReadSetup(shared);
                template = Template(shared);
            }

            if (root.Find("nodes") is not { } nodes || nodes.Array().Count == 0)
            {
                throw new PlanException(root.Line, "the plan has no node: \"nodes\" is missing or empty");
            }

            var read = new List<PlanNode>();
            foreach (PlanValue entry in nodes.Array())
            {
                entry.Only(OfNode);
                NodeSetup own = ReadSetup(entry) with { Id = entry.Find("id")?.Text(), Name = entry.Find("name")?.Text() };
                string? node = entry.Find("node") is { } name ? ReadNode(name) : null;
                CheckTwice(read, entry, node, own.Id);
                read.Add(new PlanNode(entry.Line, node, entry.Find("code") is { } code ? Secret(code) : null, own.Id is null ? Template(entry) ?? template : null, own.Over(defaults)));
            }

            Nodes = read;
        }

        private static void CheckTwice(List<PlanNode> read, PlanValue entry, string? node, string? id)
        {
            if (read.FirstOrDefault(other => node is not null && other.Node == node) is { } sameNode)
            {
                throw new PlanException(entry.Find("node")!.Line, string.Create(CultureInfo.InvariantCulture, $"{node} stands in line {sameNode.Line} already"));
            }

            if (read.FirstOrDefault(other => id is not null && string.Equals(other.Setup.Id, id, StringComparison.OrdinalIgnoreCase)) is { } sameId)
            {
                throw new PlanException(entry.Find("id")!.Line, string.Create(CultureInfo.InvariantCulture, $"{id} is the identifier of the node in line {sameId.Line} already"));
            }
        }

        private static string ReadNode(PlanValue value) => NodeName.TryRead(value.Text(), out string? name)
            ? name
            : throw value.Wrong("the name of a node is expected, as its label has it: sensors-3F2A1C");

        private static string? Template(PlanValue value) => value.Find("template")?.Text();

        private NodeSetup ReadSetup(PlanValue value)
        {
            (string? user, string? password) = value.Find("login") is { } login ? ReadLogin(login) : (null, null);
            return new NodeSetup
            {
                Networks = value.Find("networks") is { } networks ? [.. networks.Array().Select(ReadNetwork)] : null,
                Brokers = value.Find("brokers")?.Texts(),
                Tls = value.Find("tls") is { } tls ? ReadTls(tls) : null,
                User = user,
                Password = password,
                Root = value.Find("root")?.Text(),
                Acknowledgement = value.Find("ack")?.Text(),
                IntervalMilliseconds = value.Find("interval_ms")?.Number(1, int.MaxValue),
                NtpServer = value.Find("ntp_server")?.Text(),
                Points = value.Find("points")?.Texts(),
                Sensors = value.Find("sensors")?.Texts(),
                Machine = value.Find("machine")?.Texts(),
                Alarms = value.Find("alarms")?.Texts(),
                ShuntMicroOhms = value.Find("shunt_uohm")?.Number(1, int.MaxValue),
                Led = value.Find("led")?.Text(),
                Replace = value.Find("replace")?.Switch(),
            };
        }

        private WifiSetup ReadNetwork(PlanValue value)
        {
            value.Only("ssid", "password", "address");
            string ssid = (value.Find("ssid") ?? throw value.Wrong("\"ssid\" is missing")).Text();
            return new WifiSetup(ssid, value.Find("password") is { } password ? Secret(password) : null, value.Find("address")?.Text());
        }

        private (string User, string Password) ReadLogin(PlanValue value)
        {
            value.Only("user", "password");
            string user = (value.Find("user") ?? throw value.Wrong("\"user\" is missing")).Text();
            return (user, value.Find("password") is { } password ? Secret(password) : string.Empty);
        }

        private TlsSetup? ReadTls(PlanValue value)
        {
            if (value.IsSwitch)
            {
                return value.Switch() ? new TlsSetup() : TlsSetup.Off;
            }

            value.Only("ca", "cert", "key");
            return new TlsSetup { Authority = PemFile(value.Find("ca")), Certificate = PemFile(value.Find("cert")), Key = PemFile(value.Find("key")) };
        }

        private byte[]? PemFile(PlanValue? value)
        {
            return value is null ? null : ReadFile(value, value.Text());
        }

        /// <summary>Reads a secret: the text itself, <c>{"env":"NAME"}</c> or <c>{"file":"path"}</c>, whose first line it is.</summary>
        private string Secret(PlanValue value)
        {
            if (value.IsText)
            {
                return value.Text();
            }

            if (!value.IsObject)
            {
                throw value.Wrong("""a text, {"env": "NAME"} or {"file": "path"} is expected""");
            }

            value.Only("env", "file");
            if (value.Members.Count != 1)
            {
                throw value.Wrong("""one of "env" and "file" is expected""");
            }

            if (value.Find("env") is { } variable)
            {
                return _environment(variable.Text()) ?? throw variable.Wrong($"the environment has no variable {variable.Text()}");
            }

            PlanValue file = value.Find("file")!;
            using var reader = new StreamReader(new MemoryStream(ReadFile(file, file.Text())));
            return reader.ReadLine() ?? throw file.Wrong($"{file.Text()} is empty");
        }

        private byte[] ReadFile(PlanValue value, string name)
        {
            try
            {
                return File.ReadAllBytes(Path.Combine(_folder, name));
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
            {
                throw value.Wrong($"the file {name} cannot be read: {error.Message}");
            }
        }
    }
}
