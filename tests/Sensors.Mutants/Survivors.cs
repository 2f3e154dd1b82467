using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace Sensors.Mutants
{
    /// <summary>Mutants that may live, each with its reason: the rows of <c>survivors.md</c>.</summary>
    internal sealed class Survivors
    {
        private readonly Dictionary<string, string> _reasons;

        private Survivors(Dictionary<string, string> reasons) => _reasons = reasons;

        /// <summary>Reads the list.</summary>
        /// <param name="path">A Markdown table: mutant in back-ticks, then the reason.</param>
        public static Survivors Load(string path)
        {
            var reasons = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (string line in File.ReadLines(path).Where(l => l.StartsWith("| `", StringComparison.Ordinal)))
            {
                string[] cells = line.Split('|', StringSplitOptions.TrimEntries);
                if (cells.Length < 4 || cells[2].Length < 10)
                {
                    throw new InvalidDataException("survivors.md: a mutant without a reason: " + line);
                }

                reasons.Add(cells[1].Trim('`'), cells[2]);
            }

            return new Survivors(reasons);
        }

        /// <summary>Tells whether the list has this very mutant.</summary>
        public bool Names(string mutant) => _reasons.ContainsKey(mutant);

        /// <summary>Gives the reason listed for this mutant, or for all of its literal; null where there is none.</summary>
        public string? Reason(string mutant) =>
            _reasons.GetValueOrDefault(mutant) ?? _reasons.GetValueOrDefault(mutant.Split(" -> ")[0] + " -> *");
    }
}
