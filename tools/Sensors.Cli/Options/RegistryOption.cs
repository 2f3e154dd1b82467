using System;
using System.CommandLine;
using System.IO;
using Sensors.Cli.Errors;
using Sensors.Cli.Parsing;
using Sensors.Edge;
using Sensors.Identification;
using Sensors.Node;

namespace Sensors.Cli.Options
{
    /// <summary><c>--registry</c>: the file that knows the nodes, and what can be wrong with it.</summary>
    internal sealed class RegistryOption
    {
        private readonly Option<string> _registry;

        public RegistryOption(Command command, ParseContext context)
        {
            _registry = context.Create("--registry", "file", $"The registry of nodes (default: {NodeRegistry.UsualName}).", Values.Text);
            command.Options.Add(_registry);
        }

        /// <summary>Gets the file's name.</summary>
        public string File(ParseResult parsed) => parsed.GetValue(_registry) ?? NodeRegistry.UsualName;

        /// <summary>Tells whether there is a registry to look at: one that was asked for must be there.</summary>
        public bool IsThere(ParseResult parsed) => parsed.GetResult(_registry) is not null || System.IO.File.Exists(File(parsed));

        /// <summary>Uses the registry, which is made where there is none.</summary>
        /// <exception cref="CliException">It cannot be used, or refuses.</exception>
        public static T Use<T>(string file, Func<INodeRegistry, T> use) => Translate(file, () =>
        {
            using NodeRegistry registry = NodeRegistry.Open(file);
            return use(registry);
        });

        /// <summary>Uses a registry that is there, to read it.</summary>
        /// <exception cref="CliException">It cannot be used, or there is none.</exception>
        public static T Read<T>(string file, Func<INodeRegistry, T> use) => Translate(file, () =>
        {
            using NodeRegistry registry = NodeRegistry.OpenForReading(file);
            return use(registry);
        });

        /// <summary>Uses a registry that is there, to read it, or another one where there is none.</summary>
        /// <exception cref="CliException">It cannot be used, or refuses.</exception>
        public static T Read<T>(string? file, INodeRegistry otherwise, Func<INodeRegistry, T> use) =>
            file is null ? Translate("", () => use(otherwise)) : Read(file, use);

        /// <summary>Changes a registry that is there.</summary>
        /// <exception cref="CliException">It cannot be used, there is none, or it refuses.</exception>
        public static T Change<T>(string file, Func<INodeRegistry, T> use) =>
            System.IO.File.Exists(file) ? Use(file, use) : Read(file, use);

        /// <summary>Finds a node by its identifier or by the name of its board.</summary>
        /// <exception cref="CliException">The text is neither, or the registry does not know it.</exception>
        public static NodeEntry Find(INodeRegistry registry, string file, string text)
        {
            bool isIdentifier = text.Contains('/', StringComparison.Ordinal) || text.Contains('.', StringComparison.Ordinal);
            NodeEntry? found = isIdentifier ? registry.Find(TopicOptions.ReadId(text)) : registry.FindBoard(Board(text));
            return found ?? throw ErrorTable.NotInRegistry.Because($"{file} knows nothing of {text}.", $"sensorctl nodes list --registry {file} lists what it knows.", text);
        }

        /// <summary>Reads the name of a board as labels have it.</summary>
        /// <exception cref="CliException">The text is none.</exception>
        public static string Board(string text)
        {
            try
            {
                return Pairing.PairingLabel.Prefix + BoardLabels.ReadNode(text);
            }
            catch (FormatException error)
            {
                throw ErrorTable.BadValue.Because(error.Message, "the board's label shows its name, such as sensors-3F2A1C.", text, error);
            }
        }

        private static T Translate<T>(string file, Func<T> use)
        {
            try
            {
                return use();
            }
            catch (StoreException error) when (error.Trouble == StoreTrouble.Foreign)
            {
                throw ErrorTable.NoRegistry.Because(error.Message, "--registry names a file that sensorctl made as registry of nodes.", file, error);
            }
            catch (StoreException error)
            {
                throw ErrorTable.BadRegistry.Because(
                    error.Message,
                    error.Trouble switch
                    {
                        StoreTrouble.InUse => "try again when the other program has ended.",
                        StoreTrouble.Full => "make room on the disk.",
                        _ => "--registry names the registry; sensorctl pair and sensorctl id new make one.",
                    },
                    file,
                    error);
            }
            catch (RegistryException error)
            {
                throw Refusal(error, file);
            }
        }

        private static CliException Refusal(RegistryException error, string file) => error.Refusal switch
        {
            RegistryRefusal.Unknown => ErrorTable.NotInRegistry.Because(error.Message, $"sensorctl nodes list --registry {file} lists what it knows.", cause: error),
            RegistryRefusal.InUse => ErrorTable.RegistryRefuses.Because(error.Message, "sensorctl nodes replace puts another board there; it keeps the identifier.", cause: error),
            RegistryRefusal.Retired => ErrorTable.RegistryRefuses.Because(error.Message, "sensorctl id new gives another identifier.", cause: error),
            RegistryRefusal.BoardInUse => ErrorTable.RegistryRefuses.Because(error.Message, "sensorctl nodes list tells which board is where.", cause: error),
            _ => ErrorTable.RegistryRefuses.Because(error.Message, "give the serial number more digits, such as {serial:5}.", cause: error),
        };
    }
}
