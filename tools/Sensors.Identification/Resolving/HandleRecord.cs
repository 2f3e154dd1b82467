using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;

namespace Sensors.Identification
{
    /// <summary>What a service said of a Handle.</summary>
    /// <param name="Server">Who said it.</param>
    /// <param name="Code">The response code: 1 found, 100 not found, 200 no such values, 302 and 303 ask elsewhere.</param>
    /// <param name="Handle">The Handle.</param>
    /// <param name="Values">Its values, by index.</param>
    public sealed record HandleRecord(string Server, int Code, string Handle, IReadOnlyList<HandleValue> Values)
    {
        /// <summary>Finds a value.</summary>
        /// <param name="type">Its type, without regard to case.</param>
        /// <returns>The first value of the type; null when there is none.</returns>
        public HandleValue? Find(string type) => Values.FirstOrDefault(value => value.Type.Equals(type, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>A value of a Handle.</summary>
    /// <param name="Index">Its index.</param>
    /// <param name="Type">Its type, such as <c>URL</c>.</param>
    /// <param name="Format">How it is written: <c>string</c>, <c>site</c>, <c>admin</c> ...</param>
    /// <param name="Data">What it says.</param>
    /// <param name="Timestamp">When it was written; null when not told.</param>
    public sealed record HandleValue(int Index, string Type, string Format, JsonElement Data, DateTimeOffset? Timestamp)
    {
        /// <summary>Gets what it says, as text.</summary>
        public string Text => Data.ValueKind == JsonValueKind.String ? Data.GetString()! : Data.GetRawText();
    }
}
