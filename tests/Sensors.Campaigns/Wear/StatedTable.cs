using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace Sensors.Campaigns
{
    /// <summary>A table that a page of the documentation states: printed, and held against the page line by line.</summary>
    internal static class StatedTable
    {
        private const string Page = "docs/journal.md";

        /// <summary>Prints the table and looks for its lines on the page.</summary>
        /// <param name="table">The lines.</param>
        /// <returns>What the page does not state.</returns>
        public static IEnumerable<string> Check(string[] table)
        {
            foreach (string line in table)
            {
                Console.WriteLine(line);
            }

            string page = Path.Combine(Root(), Page);
            string[] stated = File.Exists(page) ? [.. File.ReadAllLines(page).Select(line => line.Trim())] : [];
            return table.Where(line => !stated.Contains(line)).Select(line => $"{Page} does not state: {line}");
        }

        private static string Root()
        {
            for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
            {
                if (File.Exists(Path.Combine(at.FullName, "Sensors.sln")))
                {
                    return at.FullName;
                }
            }

            return Directory.GetCurrentDirectory();
        }
    }
}
