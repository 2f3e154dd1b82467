using System.CommandLine;
using System.IO;
using System.Linq;
using System.Net;
using Sensors.Cli.Errors;
using Sensors.Cli.Parsing;
using Sensors.Cli.VirtualNodes;
using Sensors.Node;
using Sensors.VirtualBoard;

namespace Sensors.Cli.Pairings
{
    /// <summary>What a volume says of the node that was paired there.</summary>
    internal sealed class PairedVolume
    {
        private PairedVolume(Settings settings, NodeTls? tls)
        {
            Settings = settings;
            Tls = tls;
        }

        /// <summary>Gets its settings.</summary>
        public Settings Settings { get; }

        /// <summary>Gets its certificates; null for a plain connection.</summary>
        public NodeTls? Tls { get; }

        /// <summary>Gets the folder it is in; null when it was read from a board.</summary>
        public string? Folder { get; private init; }

        /// <summary>Gets its first broker.</summary>
        public BrokerAddress Broker => new(Settings.Link.Host, Settings.Link.Port);

        /// <summary>Gets whether that broker is to be on this PC.</summary>
        public bool IsForThisPc => Settings.Link.Host == "localhost" || (IPAddress.TryParse(Settings.Link.Host, out IPAddress? address) && IPAddress.IsLoopback(address));

        /// <summary>A node that was paired has its own settings: what options would say otherwise is not obeyed, so it is refused.</summary>
        public static void RefuseSettings(Command command, ParseResult parsed)
        {
            string[] settings = ["--user", "--password", "--password-file", "--tls-ca", "--tls-cert", "--tls-key", "--id", "--root", "--interval", "--point", "--alarm", "--ack"];
            if (command.Options.FirstOrDefault(option => settings.Contains(option.Name) && parsed.GetResult(option) is not null) is { } stray)
            {
                throw ErrorTable.Conflict.Because($"{stray.Name} is a setting, and a node that is paired has its own.", $"leave out {stray.Name}; sensorctl run --broker gives a node settings without pairing.", stray.Name);
            }
        }

        /// <summary>Makes of a node the one that was paired.</summary>
        public VirtualNodeOptions Apply(VirtualNodeOptions node) => node with
        {
            Id = null,
            Root = Settings.Root,
            Acknowledgement = Settings.Link.Acknowledgement,
            VolumeFolder = Folder,
            Air = AirOf(VirtualAir.Usual, isSaid: false),
        };

        /// <summary>Reads the volume in a folder.</summary>
        /// <returns>Null when nobody was paired there.</returns>
        public static PairedVolume? Read(string? folder)
        {
            if (folder is null)
            {
                return null;
            }

            if (!Directory.Exists(folder))
            {
                return null;
            }

            using var board = new VirtualEsp32(new VirtualEsp32Options { VolumeFolder = folder });
            return Read(board) is { } paired ? new PairedVolume(paired.Settings, paired.Tls) { Folder = Path.GetFullPath(folder) } : null;
        }

        /// <summary>Reads the volume of a board.</summary>
        /// <returns>Null when it is not paired.</returns>
        public static PairedVolume? Read(VirtualEsp32 board)
        {
            if (VolumeFiles.Settings(board) is not { } settings)
            {
                return null;
            }

            NodeTls? tls = settings.CaFile is null ? null : new NodeTls
            {
                Authority = VolumeFiles.Read(board, settings.CaFile) ?? [],
                Certificate = settings.CertificateFile is null ? null : VolumeFiles.Read(board, settings.CertificateFile),
                Key = settings.KeyFile is null ? null : VolumeFiles.Read(board, settings.KeyFile),
            };
            return new PairedVolume(settings, tls);
        }

        /// <summary>Gives the air around the node: what was said, else the networks it was paired with.</summary>
        public VirtualAir AirOf(VirtualAir said, bool isSaid) => isSaid ? said : said with
        {
            Networks = [.. Settings.Networks.Select(network => new AirNetwork(network.Ssid, network.Password) { Subnet = SubnetOf(network.Address) })],
        };

        private static string? SubnetOf(string? address) => address is null ? null : address[..address.LastIndexOf('.')];
    }
}
