using System.Collections.Generic;
using System.IO;
using System.Text.Json;

namespace Sensors.NetNano.Passes;

/// <summary>The results as programs read them.</summary>
public static class ResultJson
{
    private static readonly JsonSerializerOptions Options = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase, WriteIndented = true };

    /// <summary>Writes the results, every method and line of them.</summary>
    /// <param name="results">The results.</param>
    /// <param name="stream">Where to.</param>
    public static void Write(IReadOnlyList<ScenarioResult> results, Stream stream) => JsonSerializer.Serialize(stream, results, Options);
}
