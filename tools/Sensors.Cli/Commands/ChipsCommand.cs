using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Linq;
using Sensors.Cli.Catalogue;
using Sensors.Cli.Errors;
using Sensors.Cli.Host;
using Sensors.Cli.Options;
using Sensors.Cli.Output;
using Sensors.Cli.Parsing;
using Spectre.Console;

namespace Sensors.Cli.Commands
{
    /// <summary><c>sensorctl chips</c>: which sensors are supported, how they are wired, what is covered and where it is proven.</summary>
    internal static class ChipsCommand
    {
        public static Command Create(CliHost host, ParseContext context, GlobalOptions global)
        {
            var name = new Argument<string?>("name") { Description = "One chip, shown in full.", Arity = ArgumentArity.ZeroOrOne };
            Option<string> kind = context.Create(
                "--kind", "kind", $"Only chips of a kind: {string.Join(", ", ChipCatalogue.Kinds)}.", Values.OneOf(ChipCatalogue.Kinds));
            var command = new CliCommand("chips", "List the sensor chips that are supported.")
            {
                Arguments = { name },
                Options = { kind },
                Examples =
                [
                    "sensorctl chips",
                    "sensorctl chips ADXL345",
                    "sensorctl chips --kind temperature --json",
                ],
                Notes = ["A chip with a * is read by an official binding, the others by a driver of this project."],
            };
            command.SetAction(parsed => Act(host, parsed.GetValue(name), parsed.GetValue(kind), global.Json(parsed), global.NoColor(parsed)));
            return command;
        }

        private static int Act(CliHost host, string? name, string? kind, bool json, bool noColour)
        {
            if (name is not null && kind is not null)
            {
                throw ErrorTable.Conflict.Because("A name and --kind do not go together.", "give one of them.");
            }

            IReadOnlyList<ChipEntry> chips = name is not null
                ? [ChipCatalogue.Find(name)]
                : [.. ChipCatalogue.All.Where(chip => kind is null || chip.Kinds.Contains(kind))];
            if (!json && name is null && host.Terminal is { } terminal)
            {
                if (noColour)
                {
                    terminal.Profile.Capabilities.ColorSystem = ColorSystem.NoColors;
                }

                terminal.Write(ChipText.Table(chips, terminal.Profile.Width));
                return ExitCode.Ok;
            }

            IEnumerable<string> lines = json ? chips.Select(ChipText.Json) : name is null ? ChipText.Lines(chips) : [ChipText.Page(chips[0])];
            foreach (string line in lines)
            {
                DataOut.WriteLine(host.Out, line);
            }

            return ExitCode.Ok;
        }
    }
}
