using System;
using System.IO;

namespace Sensors.Pairing.Tests
{
    /// <summary>docs/pairing.md, whose examples are tests.</summary>
    internal static class PairingPage
    {
        private static readonly Lazy<string> Page = new(() => File.ReadAllText(Find("docs/pairing.md")).ReplaceLineEndings("\n"));

        public static string Text => Page.Value;

        /// <summary>Gives an example: what stands in the block behind its name.</summary>
        public static string Golden(string name)
        {
            int start = Text.IndexOf("<!-- golden: " + name + " -->\n```", StringComparison.Ordinal);
            Assert.True(start >= 0, "docs/pairing.md has no example named " + name);
            start = Text.IndexOf('\n', Text.IndexOf("```", start, StringComparison.Ordinal)) + 1;
            return Text[start..Text.IndexOf("\n```", start, StringComparison.Ordinal)];
        }

        /// <summary>Finds a file of the repository.</summary>
        public static string Find(string path)
        {
            for (DirectoryInfo? at = new DirectoryInfo(AppContext.BaseDirectory); at != null; at = at.Parent)
            {
                string found = Path.Combine(at.FullName, path);
                if (File.Exists(found))
                {
                    return found;
                }
            }

            throw new FileNotFoundException(path);
        }
    }
}
