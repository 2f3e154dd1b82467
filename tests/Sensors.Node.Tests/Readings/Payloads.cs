using System;
using System.IO;
using System.Text;

namespace Sensors.Node.Tests.Readings
{
    /// <summary>The page that specifies the messages.</summary>
    internal static class Payloads
    {
        public static string Page { get; } = File.ReadAllText(PagePath());

        /// <summary>Gives an example of the page as the message it stands for: without the breaks made for reading.</summary>
        public static string Golden(string name) => Block("<!-- golden: " + name + " -->\n```json\n");

        /// <summary>Gives a record of the page as hexadecimal digits.</summary>
        public static string Bytes(string name) => Block("<!-- bytes: " + name + " -->\n```\n").Replace(" ", string.Empty, StringComparison.Ordinal);

        private static string Block(string marker)
        {
            int start = Page.IndexOf(marker, StringComparison.Ordinal);
            Assert.True(start >= 0, "docs/payloads.md has no " + marker);
            start += marker.Length;
            int end = Page.IndexOf("\n```", start, StringComparison.Ordinal);
            var message = new StringBuilder();
            foreach (string line in Page[start..end].Split('\n')) { message.Append(line.TrimStart(' ')); }
            return message.ToString();
        }

        private static string PagePath()
        {
            for (DirectoryInfo? at = new DirectoryInfo(AppContext.BaseDirectory); at != null; at = at.Parent)
            {
                string page = Path.Combine(at.FullName, "docs", "payloads.md");
                if (File.Exists(page)) { return page; }
            }

            throw new FileNotFoundException("docs/payloads.md");
        }
    }
}
