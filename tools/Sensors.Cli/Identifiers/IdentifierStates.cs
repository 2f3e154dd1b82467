using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json.Nodes;
using Sensors.Cli.Output;
using Sensors.Edge;
using Sensors.Identification;

namespace Sensors.Cli.Identifiers
{
    /// <summary>The three states of an identifier - registered, reported, queried - as people and programs read them.</summary>
    internal sealed class IdentifierStates(string id, Resolution resolution, NodeAccount? account, string? store, NodeEntry? entry)
    {
        private const string Registered = "LAB_REGISTERED";
        private const string Queries = "LAB_QUERIES";
        private const string LastQuery = "LAB_LAST_QUERY";

        public IEnumerable<string> Lines()
        {
            yield return id;
            foreach (ResolutionStep step in resolution.Steps)
            {
                yield return string.Create(CultureInfo.InvariantCulture, $"  asked     {step.Server}  {Meaning(step)}  {step.Time.TotalMilliseconds:0} ms");
            }

            HandleRecord record = resolution.Record;
            yield return resolution.IsRegistered ? $"registered  {Join(Text(Registered), "at " + record.Server)}" : "registered  no";
            yield return "reported    " + ReportedText();
            yield return "queried     " + (Text(Queries) is { } count ? $"{(count == "1" ? "once" : count + " times")}, last {Text(LastQuery)}" : "not told");
            if (entry is not null)
            {
                yield return $"registry    {Join(entry.State == NodeState.Active ? "active" : "retired", entry.Name, entry.Place, entry.Hardware?.Node, "paired " + Time(entry.PairedAt))}";
            }

            foreach (HandleValue value in record.Values.Where(value => !IsState(value)))
            {
                yield return string.Create(CultureInfo.InvariantCulture, $"  {value.Index,5}  {Visible.Of(value.Type),-12}  {Visible.Of(value.Text)}");
            }
        }

        public string Json()
        {
            HandleRecord record = resolution.Record;
            var line = new JsonObject
            {
                ["version"] = 1,
                ["id"] = id,
                ["registered"] = new JsonObject { ["is"] = resolution.IsRegistered, ["at"] = Text(Registered), ["server"] = record.Server },
                ["reported"] = new JsonObject { ["is"] = account is not null, ["readings"] = account?.Received, ["last"] = Last?.ToUnixTimeMilliseconds(), ["paired"] = entry?.PairedAt.ToUnixTimeMilliseconds() },
                ["queried"] = Text(Queries) is { } count && long.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out long number)
                    ? new JsonObject { ["count"] = number, ["last"] = Text(LastQuery) }
                    : null,
                ["way"] = new JsonArray([.. resolution.Steps.Select(step => (JsonNode)new JsonObject
                {
                    ["server"] = step.Server,
                    ["code"] = step.Code,
                    ["next"] = step.Next,
                    ["ms"] = Math.Round(step.Time.TotalMilliseconds, 1),
                })]),
                ["values"] = new JsonArray([.. record.Values.Select(value => (JsonNode)new JsonObject { ["index"] = value.Index, ["type"] = value.Type, ["format"] = value.Format, ["value"] = value.Text })]),
            };
            return JsonLine.Of(line);
        }

        private DateTimeOffset? Last => account?.Epochs.Max(epoch => epoch.Last);

        private string ReportedText()
        {
            if (account is null) { return store is null ? "not known; --store names a collector's store" : $"nothing in {store}"; }
            return string.Create(CultureInfo.InvariantCulture, $"{account.Received} readings and alarms in {store}, last {(Last is { } last ? Time(last) : "at a time the node did not know")}");
        }

        private static string Meaning(ResolutionStep step) => step.Code switch
        {
            HandleClient.Found => "1 found",
            HandleClient.NotFound => "100 not found",
            HandleClient.NoValues => "200 no values",
            _ => string.Create(CultureInfo.InvariantCulture, $"{step.Code} ask {step.Next}"),
        };

        private string? Text(string type) => resolution.Record.Find(type)?.Text;

        private static bool IsState(HandleValue value) => value.Type is Registered or Queries or LastQuery;

        private static string Join(params string?[] parts) => string.Join(", ", parts.Where(part => !string.IsNullOrEmpty(part)).Select(part => Visible.Of(part!)));

        private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
    }
}
