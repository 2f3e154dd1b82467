using System;
using System.IO;

namespace Sensors.Node.Tests.Commands
{
    /// <summary>The examples of docs/commands.md.</summary>
    internal static class CommandsPage
    {
        private static readonly string Page = File.ReadAllText(Path()).ReplaceLineEndings("\n");

        /// <summary>Gives an example, one line of JSON.</summary>
        public static string Json(string name)
        {
            string marker = "<!-- golden: " + name + " -->\n```json\n";
            int start = Page.IndexOf(marker, StringComparison.Ordinal);
            Assert.True(start >= 0, "docs/commands.md has no example named " + name);
            start += marker.Length;
            return Page[start..Page.IndexOf("\n```", start, StringComparison.Ordinal)];
        }

        private static string Path()
        {
            for (DirectoryInfo? at = new DirectoryInfo(AppContext.BaseDirectory); at != null; at = at.Parent)
            {
                string page = System.IO.Path.Combine(at.FullName, "docs", "commands.md");
                if (File.Exists(page))
                {
                    return page;
                }
            }

            throw new FileNotFoundException("docs/commands.md");
        }
    }
}
