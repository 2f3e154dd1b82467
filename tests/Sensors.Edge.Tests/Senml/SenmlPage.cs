using System;
using System.IO;
using System.Text;
using Xunit;

namespace Sensors.Edge.Tests.Senml;

/// <summary>The pages whose examples are held by tests.</summary>
internal static class SenmlPage
{
    /// <summary>Gives an example of docs/senml.md or docs/payloads.md without the breaks and indents made for reading.</summary>
    public static string Golden(string page, string name)
    {
        string text = Read(page);
        string marker = "<!-- golden: " + name + " -->\n```";
        int start = text.IndexOf(marker, StringComparison.Ordinal);
        Assert.True(start >= 0, page + " has no " + marker);
        start = text.IndexOf('\n', start + marker.Length) + 1;
        var example = new StringBuilder();
        foreach (string line in text[start..text.IndexOf("\n```", start, StringComparison.Ordinal)].Split('\n')) { example.Append(line.TrimStart(' ')); }
        return example.ToString();
    }

    public static ReadingMessage Reading(string name) => ReadingMessage.Parse(Encoding.UTF8.GetBytes(Golden("payloads.md", name)));

    private static string Read(string page)
    {
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at != null; at = at.Parent)
        {
            string path = Path.Combine(at.FullName, "docs", page);
            if (File.Exists(path)) { return File.ReadAllText(path); }
        }

        throw new FileNotFoundException("docs/" + page);
    }
}
