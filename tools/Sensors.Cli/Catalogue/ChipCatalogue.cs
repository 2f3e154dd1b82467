using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using Sensors.Cli.Errors;
using Sensors.Cli.Parsing;

namespace Sensors.Cli.Catalogue
{
    /// <summary>Every chip that is supported: <c>chips.json</c>, which tests hold to the drivers.</summary>
    public static class ChipCatalogue
    {
        private static readonly Lazy<IReadOnlyList<ChipEntry>> Entries = new(Read);

        /// <summary>Gets all chips, those of a kind together.</summary>
        public static IReadOnlyList<ChipEntry> All => Entries.Value;

        /// <summary>Gets the kinds of reading there are.</summary>
        public static string[] Kinds { get; } = ["vibration", "temperature", "current", "humidity"];

        /// <summary>Finds a chip by one of its names, in capitals or not.</summary>
        /// <param name="name">The name.</param>
        /// <returns>The chip.</returns>
        /// <exception cref="CliException">There is none of that name; the nearest name is the hint.</exception>
        public static ChipEntry Find(string name)
        {
            ArgumentNullException.ThrowIfNull(name);
            if (All.FirstOrDefault(entry => entry.Names.Contains(name, StringComparer.OrdinalIgnoreCase)) is { } found)
            {
                return found;
            }

            string? near = Spelling.Nearest(name.ToUpperInvariant(), All.SelectMany(entry => entry.Names));
            throw ErrorTable.UnknownChip.Because(
                $"There is no chip '{Output.Visible.Of(name)}' in the catalogue.",
                near is null ? "sensorctl chips lists all." : $"the nearest name is {near}; sensorctl chips lists all.",
                name);
        }

        private static List<ChipEntry> Read()
        {
            using Stream data = typeof(ChipCatalogue).Assembly.GetManifestResourceStream("chips.json")!;
            return JsonSerializer.Deserialize<List<ChipEntry>>(data, JsonSerializerOptions.Web)!;
        }
    }
}
