using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Linq;
using Sensors.Cli.Errors;
using Sensors.Cli.Host;
using Sensors.Cli.Identifiers;
using Sensors.Cli.Options;
using Sensors.Cli.Output;
using Sensors.Cli.Parsing;
using Sensors.Identification;

namespace Sensors.Cli.Commands
{
    /// <summary><c>sensorctl nodes</c>: which identifier is where, and which boards bore it.</summary>
    internal static class NodesCommand
    {
        private const string NodeHelp = "The identifier, or the name on the board's label.";

        public static Command Create(CliHost host, ParseContext context, GlobalOptions global) => new CliCommand("nodes", "The registry of paired nodes.")
        {
            Subcommands = { List(host, context, global), Show(host, context, global), Rename(host, context, global), Replace(host, context, global), Retire(host, context, global), Export(host, context, global) },
        };

        private static Command List(CliHost host, ParseContext context, GlobalOptions global)
        {
            var all = new Option<bool>("--all") { Description = "Retired nodes, too." };
            var command = new CliCommand("list", "List the nodes.")
            {
                Options = { all },
                Examples = ["sensorctl nodes list", "sensorctl nodes list --all --json"],
            };
            var registry = new RegistryOption(command, context);
            command.SetAction(parsed =>
            {
                IReadOnlyList<NodeEntry> nodes = RegistryOption.Read(registry.File(parsed), each => each.All(parsed.GetValue(all)));
                return Write(host, global.Json(parsed) ? nodes.Select(NodeText.Json) : NodeText.Table(nodes));
            });
            return command;
        }

        private static Command Show(CliHost host, ParseContext context, GlobalOptions global)
        {
            var node = new Argument<string>("node") { Description = NodeHelp };
            var command = new CliCommand("show", "Show all that is known of a node.")
            {
                Arguments = { node },
                Examples = ["sensorctl nodes show 88.608.8889/NODE-0001", "sensorctl nodes show sensors-3F2A1C --json"],
            };
            var registry = new RegistryOption(command, context);
            command.SetAction(parsed =>
            {
                string file = registry.File(parsed);
                NodeEntry entry = RegistryOption.Read(file, each => RegistryOption.Find(each, file, parsed.GetValue(node)!));
                return Write(host, global.Json(parsed) ? [NodeText.Json(entry)] : NodeText.Full(entry));
            });
            return command;
        }

        private static Command Rename(CliHost host, ParseContext context, GlobalOptions global)
        {
            var node = new Argument<string>("node") { Description = NodeHelp };
            Option<string> name = context.Create("--name", "text", "What people call the machine.", Values.Text);
            Option<string> place = context.Create("--place", "text", "Where the machine stands.", Values.Text);
            var command = new CliCommand("rename", "Change name or place of a node; its identifier stays.")
            {
                Arguments = { node },
                Options = { name, place },
                Examples = ["sensorctl nodes rename 88.608.8889/NODE-0001 --name 'Press 2' --place 'Hall 3'"],
            };
            var registry = new RegistryOption(command, context);
            command.SetAction(parsed =>
            {
                if (parsed.GetValue(name) is null && parsed.GetValue(place) is null)
                {
                    throw ErrorTable.MissingOption.Because("sensorctl nodes rename needs --name or --place.", "write --name <text> or --place <text>.");
                }

                return Change(host, global, registry, parsed, node, (each, entry) => each.Rename(entry.Identifier, parsed.GetValue(name), parsed.GetValue(place), host.Clock.GetUtcNow()));
            });
            return command;
        }

        private static Command Replace(CliHost host, ParseContext context, GlobalOptions global)
        {
            var node = new Argument<string>("node") { Description = NodeHelp };
            var by = new Argument<string>("new") { Description = "The name on the label of the new board." };
            Option<string> board = context.Create("--board", "name", "Which board it is, such as ESP32-DevKitC.", Values.Text);
            Option<string> mac = context.Create("--mac", "address", "Its MAC address.", Values.Text);
            Option<string> firmware = context.Create("--firmware", "version", "Its firmware.", Values.Text);
            var command = new CliCommand("replace", "Put another board in a node's place; the identifier stays.")
            {
                Arguments = { node, by },
                Options = { board, mac, firmware },
                Examples = ["sensorctl nodes replace 88.608.8889/NODE-0001 sensors-77B0E2"],
                Notes = ["This changes the registry only. sensorctl pair gives the new board its settings, and enters it by itself."],
            };
            var registry = new RegistryOption(command, context);
            command.SetAction(parsed =>
            {
                var hardware = new NodeHardware(RegistryOption.Board(parsed.GetValue(by)!), parsed.GetValue(board), parsed.GetValue(mac), parsed.GetValue(firmware));
                return Change(host, global, registry, parsed, node, (each, entry) => each.Replace(entry.Identifier, hardware, host.Clock.GetUtcNow()));
            });
            return command;
        }

        private static Command Retire(CliHost host, ParseContext context, GlobalOptions global)
        {
            var node = new Argument<string>("node") { Description = NodeHelp };
            var command = new CliCommand("retire", "Give a node up; its identifier is not given again.")
            {
                Arguments = { node },
                Examples = ["sensorctl nodes retire 88.608.8889/NODE-0001"],
                Notes = ["This changes the registry only: sensorctl unpair takes the settings from the board."],
            };
            var registry = new RegistryOption(command, context);
            command.SetAction(parsed => Change(host, global, registry, parsed, node, (each, entry) => each.Retire(entry.Identifier, host.Clock.GetUtcNow())));
            return command;
        }

        private static Command Export(CliHost host, ParseContext context, GlobalOptions global)
        {
            Option<string> output = context.Create("--out", "file", "File to write (default: standard output).", Values.Text);
            var command = new CliCommand("export", "Write all nodes as CSV, or with --json as JSON Lines.")
            {
                Options = { output },
                Examples = ["sensorctl nodes export > nodes.csv", "sensorctl nodes export --json --out nodes.jsonl"],
            };
            var registry = new RegistryOption(command, context);
            command.SetAction(parsed =>
            {
                IReadOnlyList<NodeEntry> nodes = RegistryOption.Read(registry.File(parsed), each => each.All());
                IEnumerable<string> lines = global.Json(parsed) ? nodes.Select(NodeText.Json) : NodeText.Csv(nodes);
                return parsed.GetValue(output) is { } file ? ToFile(file, lines) : Write(host, lines);
            });
            return command;
        }

        private static int Change(CliHost host, GlobalOptions global, RegistryOption registry, ParseResult parsed, Argument<string> node, Action<INodeRegistry, NodeEntry> change)
        {
            string file = registry.File(parsed);
            NodeEntry changed = RegistryOption.Change(file, each =>
            {
                NodeEntry entry = RegistryOption.Find(each, file, parsed.GetValue(node)!);
                change(each, entry);
                return each.Find(entry.Identifier)!;
            });
            return Write(host, global.Json(parsed) ? [NodeText.Json(changed)] : NodeText.Full(changed));
        }

        private static int Write(CliHost host, IEnumerable<string> lines)
        {
            foreach (string line in lines)
            {
                DataOut.WriteLine(host.Out, line);
            }

            return ExitCode.Ok;
        }

        private static int ToFile(string file, IEnumerable<string> lines)
        {
            try
            {
                File.WriteAllText(file, string.Concat(lines.Select(line => line + "\n")));
                return ExitCode.Ok;
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                throw ErrorTable.BadExportFile.Because($"{file} cannot be written: {error.Message}", "--out names a file in a folder that exists and that you may write to.", file, error);
            }
        }
    }
}
