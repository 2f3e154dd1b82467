using System.CommandLine;
using System.CommandLine.Help;
using Sensors.Cli.Host;
using Sensors.Cli.Options;
using Sensors.Cli.Parsing;

namespace Sensors.Cli.Commands
{
    /// <summary>All commands, put together.</summary>
    internal static class CommandTree
    {
        public static RootCommand Build(CliHost host, ParseContext context)
        {
            var root = new RootCommand("sensorctl: sensor nodes on virtual wiring, brokers, readings, chips, identifiers.");
            var global = new GlobalOptions(root);
            foreach (Option option in root.Options)
            {
                switch (option)
                {
                    case HelpOption { Action: HelpAction inner } help:
                        help.Action = new HelpWithExamples(inner);
                        break;
                    case VersionOption version:
                        version.Action = new VersionLine();
                        break;
                }
            }

            root.Subcommands.Add(new DemoCommand(host, context, global));
            root.Subcommands.Add(new RunCommand(host, context, global));
            root.Subcommands.Add(new PairCommand(host, context, global));
            root.Subcommands.Add(new IdentifyCommand(host, context, global));
            root.Subcommands.Add(new UnpairCommand(host, context, global));
            root.Subcommands.Add(BrokerCommand.Create(host, context, global));
            root.Subcommands.Add(new WatchCommand(host, context, global));
            root.Subcommands.Add(new CollectCommand(host, context, global));
            root.Subcommands.Add(new LedgerCommand(host, context, global));
            root.Subcommands.Add(new ExportCommand(host, context, global));
            root.Subcommands.Add(new CmdCommand(host, context, global));
            root.Subcommands.Add(new CaptureCommand(host, context, global));
            root.Subcommands.Add(new FeaturesCommand(host, context, global));
            root.Subcommands.Add(SimulateCommand.Create(host, context, global));
            root.Subcommands.Add(ChipsCommand.Create(host, context, global));
            root.Subcommands.Add(new CliCommand("id", "Identifiers: check, give out, resolve, register.")
            {
                Subcommands =
                {
                    new IdCheckCommand(host, context, global),
                    new IdNewCommand(host, context, global),
                    new IdResolveCommand(host, context, global),
                    new IdRegisterCommand(host, context, global),
                },
            });
            root.Subcommands.Add(new ResolverCommand(host, context, global));
            root.Subcommands.Add(NodesCommand.Create(host, context, global));
            root.Subcommands.Add(new CliCommand("label", "Labels of boards and machines.")
            {
                Subcommands = { new LabelNewCommand(host, context, global), new LabelMachineCommand(host, context, global) },
            });
            return root;
        }
    }
}
