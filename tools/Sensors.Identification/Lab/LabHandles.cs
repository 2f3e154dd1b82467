using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json.Nodes;

namespace Sensors.Identification
{
    /// <summary>The Handle HTTP interface, from the side of a service.</summary>
    internal static class LabHandles
    {
        /// <summary>The type of the value that tells how often the record was resolved.</summary>
        internal const string QueryCount = "LAB_QUERIES";

        /// <summary>The type of the value that tells when it was resolved before.</summary>
        internal const string LastQuery = "LAB_LAST_QUERY";

        /// <summary>The type of the value that tells when it was registered.</summary>
        internal const string RegisteredAt = "LAB_REGISTERED";

        private const string Path = "/api/handles/";
        private const int FirstOwnIndex = 3000;
        private const int TimeToLive = 0; // counts change with every query

        /// <summary>The Handle that is asked for; null when something else is.</summary>
        internal static string? Asked(LabRequest request) => request.Path.StartsWith(Path, StringComparison.Ordinal) && request.Path.Length > Path.Length ? request.Path[Path.Length..] : null;

        internal static LabReply NotFound(string handle) => new(404, new JsonObject { ["responseCode"] = HandleClient.NotFound, ["handle"] = handle });

        internal static LabReply Found(LabRecord record, IEnumerable<RecordItem> items)
        {
            RecordItem[] own =
            [
                new(FirstOwnIndex, RegisteredAt, Time(record.Registered)),
                new(FirstOwnIndex + 1, QueryCount, record.Queries.ToString(CultureInfo.InvariantCulture)),
                new(FirstOwnIndex + 2, LastQuery, Time(record.Queried ?? record.Registered)),
            ];
            return Reply(HandleClient.Found, record.Identifier, [.. items.Concat(own).OrderBy(item => item.Index).Select(item => Stamped(Value(item), record.Changed))]);
        }

        /// <summary>Sends whoever asks to another service: at once by its site, or by the name of its service.</summary>
        internal static LabReply Referral(int code, string handle, JsonObject value) => Reply(code, handle, [value]);

        internal static LabReply Reply(int code, string handle, JsonNode[] values) =>
            new(200, new JsonObject { ["responseCode"] = code, ["handle"] = handle, ["values"] = new JsonArray(values) });

        internal static JsonObject Value(RecordItem item) => new()
        {
            ["index"] = item.Index,
            ["type"] = item.Name,
            ["data"] = new JsonObject { ["format"] = "string", ["value"] = item.Value },
        };

        internal static JsonObject Site(string type, Uri address) => new()
        {
            ["index"] = 1,
            ["type"] = type,
            ["data"] = new JsonObject
            {
                ["format"] = "site",
                ["value"] = new JsonObject
                {
                    ["version"] = 1,
                    ["protocolVersion"] = "2.10",
                    ["serialNumber"] = 1,
                    ["primarySite"] = true,
                    ["multiPrimary"] = false,
                    ["servers"] = new JsonArray(new JsonObject
                    {
                        ["serverId"] = 1,
                        ["address"] = address.Host,
                        ["interfaces"] = new JsonArray(new JsonObject { ["query"] = true, ["admin"] = false, ["protocol"] = address.Scheme.ToUpperInvariant(), ["port"] = address.Port }),
                    }),
                },
            },
        };

        private static JsonObject Stamped(JsonObject value, DateTimeOffset changed)
        {
            value["ttl"] = TimeToLive;
            value["timestamp"] = Time(changed);
            return value;
        }

        private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
    }
}
