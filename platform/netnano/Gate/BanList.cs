using System;
using System.Collections.Generic;
using System.IO;

namespace Sensors.NetNano.Gate;

/// <summary>The ban list: documentation id to hint, as the banned-API analyzer reads it.</summary>
public sealed class BanList
{
    private readonly Dictionary<string, string> _hints;

    private BanList(Dictionary<string, string> hints) => _hints = hints;

    /// <summary>Gets the entries: documentation id and hint.</summary>
    public IReadOnlyDictionary<string, string> Entries => _hints;

    /// <summary>Reads a list.</summary>
    /// <param name="path">Path of the list.</param>
    /// <returns>The list.</returns>
    /// <exception cref="FormatException">A line has no hint, or names a member twice.</exception>
    public static BanList Load(string path)
    {
        var hints = new Dictionary<string, string>();
        int number = 0;
        foreach (string line in File.ReadLines(path))
        {
            number++;
            if (line.Length == 0 || line.StartsWith("//", StringComparison.Ordinal))
            {
                continue;
            }

            int semicolon = line.IndexOf(';', StringComparison.Ordinal);
            if (semicolon < 3 || semicolon + 1 == line.Length || !hints.TryAdd(line[..semicolon], line[(semicolon + 1)..]))
            {
                throw new FormatException($"{path}({number}): an entry is 'id;hint', once: {line}");
            }
        }

        return new BanList(hints);
    }

    /// <summary>Looks a member up.</summary>
    /// <param name="documentationId">Such as <c>M:System.String.Format(System.String,System.Object[])</c>.</param>
    /// <returns>The hint, or null where the member may be used.</returns>
    public string? Hint(string documentationId) => _hints.GetValueOrDefault(documentationId);
}
