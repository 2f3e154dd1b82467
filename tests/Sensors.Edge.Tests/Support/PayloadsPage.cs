using System;
using System.IO;
using System.Text;

namespace Sensors.Edge.Tests.Support
{
    /// <summary>The examples of docs/payloads.md, which the encoder is held to as well; breaks there are for reading.</summary>
    internal static class PayloadsPage
    {
        private static readonly string Page = File.ReadAllText(PagePath());

        public static byte[] Golden(string name)
        {
            string marker = "<!-- golden: " + name + " -->\n```json\n";
            int start = Page.IndexOf(marker, StringComparison.Ordinal) + marker.Length;
            Assert.True(start >= marker.Length, "docs/payloads.md has no example named " + name);
            var message = new StringBuilder();
            foreach (string line in Page[start..Page.IndexOf("\n```", start, StringComparison.Ordinal)].Split('\n')) { message.Append(line.TrimStart(' ')); }
            return Encoding.UTF8.GetBytes(message.ToString());
        }

        private static string PagePath()
        {
            for (DirectoryInfo? at = new(AppContext.BaseDirectory); at != null; at = at.Parent)
            {
                string page = Path.Combine(at.FullName, "docs", "payloads.md");
                if (File.Exists(page)) { return page; }
            }

            throw new FileNotFoundException("docs/payloads.md");
        }
    }
}
