using System;
using System.IO;
using System.Linq;
using System.Text;

namespace Sensors.Node.Tests.Capture
{
    /// <summary>The page that specifies commands and captures.</summary>
    internal static class CapturePage
    {
        private static readonly string Page = File.ReadAllText(PagePath());

        /// <summary>Gives a JSON example of the page without the breaks made for reading.</summary>
        public static string Json(string name) => string.Concat(Lines(name, "json").Select(line => line.TrimStart(' ')));

        /// <summary>Gives a message of the page that is written as hexadecimal bytes; what stands behind two blanks and a # is a comment.</summary>
        public static byte[] Bytes(string name)
        {
            var digits = new StringBuilder();
            foreach (string line in Lines(name, "text"))
            {
                digits.Append(line.Split('#')[0].Replace(" ", string.Empty, StringComparison.Ordinal));
            }

            return Convert.FromHexString(digits.ToString());
        }

        private static string[] Lines(string name, string kind)
        {
            string marker = "<!-- golden: " + name + " -->\n```" + kind + "\n";
            int start = Page.IndexOf(marker, StringComparison.Ordinal);
            Assert.True(start >= 0, "docs/capture.md has no example named " + name);
            start += marker.Length;
            return Page[start..Page.IndexOf("\n```", start, StringComparison.Ordinal)].Split('\n');
        }

        private static string PagePath()
        {
            for (DirectoryInfo? at = new DirectoryInfo(AppContext.BaseDirectory); at != null; at = at.Parent)
            {
                string page = Path.Combine(at.FullName, "docs", "capture.md");
                if (File.Exists(page)) { return page; }
            }

            throw new FileNotFoundException("docs/capture.md");
        }
    }
}
