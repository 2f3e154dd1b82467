using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using Sensors.Pairing;

namespace Sensors.Commissioning
{
    /// <summary>Reads what a portal answers. Members that are not known are passed over; what is missing is an answer of nothing that pairs.</summary>
    internal static class PortalAnswers
    {
        private const int MostIterations = 1_000_000; // fewer than usual would make the code cheap to guess for who hears the proof, too many would stop the tool

        public static NodeState State(byte[] body)
        {
            JsonElement root = Read(body);
            string node = Text(root, "node") ?? throw Malformed("node");
            return new NodeState(
                NodeName.TryRead(node, out string? name) ? name : throw Malformed("node"),
                Text(root, "board"),
                Text(root, "firmware"),
                Text(root, "state") ?? "waiting",
                Flag(root, "paired"),
                Number(root, "attempt"),
                Text(root, "nonce") ?? throw Malformed("nonce"),
                Number(root, "iterations") is >= PairingKeys.Iterations and <= MostIterations and long iterations ? (int)iterations : throw Malformed("iterations"),
                (int)Math.Clamp(Number(root, "wait_ms"), 0, 3_600_000));
        }

        public static NodeInfo Info(JsonElement root) => new(
            Text(root, "node") ?? throw Malformed("node"),
            Text(root, "board"),
            Text(root, "target"),
            Text(root, "firmware"),
            Flag(root, "paired"),
            Text(root, "id"),
            Number(root, "attempt"),
            Flag(root, "light"));

        public static IReadOnlyList<SeenNetwork> Networks(JsonElement root)
        {
            if (!root.TryGetProperty("networks", out JsonElement networks) || networks.ValueKind != JsonValueKind.Array)
            {
                throw Malformed("networks");
            }

            return [.. networks.EnumerateArray()
                .Where(network => network.ValueKind == JsonValueKind.Object && Text(network, "ssid") is { Length: > 0 })
                .Select(network => new SeenNetwork(Text(network, "ssid")!, (int)Number(network, "rssi")))];
        }

        public static TrialOutcome Outcome(JsonElement root, long attempt) => new(attempt, Text(root, "state") ?? throw Malformed("state"))
        {
            Stage = Text(root, "stage"),
            Cause = Text(root, "cause"),
            Text = Text(root, "text"),
            Took = TimeSpan.FromMilliseconds(Number(root, "ms")),
            Stages = Stages(root),
            Ssid = Text(root, "ssid"),
            Address = Text(root, "address"),
            Broker = Text(root, "broker"),
            Clock = Text(root, "clock"),
        };

        public static string Proof(byte[] body) => Text(Read(body), "proof") ?? throw Malformed("proof");

        public static PairingException? Error(JsonElement? answer) => answer is { } root && Text(root, "error") is { } word
            ? new PairingException(word, Sentence(Text(root, "text") ?? word), TimeSpan.FromMilliseconds(Math.Clamp(Number(root, "wait_ms"), 0, 3_600_000)))
            : null;

        public static JsonElement Read(byte[] body) => TryRead(body) ?? throw new PairingException("malformed", "What answers there is no node: its answer is no JSON object.");

        public static JsonElement? TryRead(byte[] body)
        {
            try
            {
                using JsonDocument document = JsonDocument.Parse(body);
                return document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.Clone() : null;
            }
            catch (JsonException)
            {
                return null;
            }
        }

        private static List<StageTime> Stages(JsonElement root)
        {
            var stages = new List<StageTime>();
            if (root.TryGetProperty("stages", out JsonElement array) && array.ValueKind == JsonValueKind.Array)
            {
                foreach (JsonElement stage in array.EnumerateArray())
                {
                    if (stage.ValueKind == JsonValueKind.Object && Text(stage, "stage") is { } name)
                    {
                        stages.Add(new StageTime(name, TimeSpan.FromMilliseconds(Number(stage, "ms"))));
                    }
                }
            }

            return stages;
        }

        private static string Sentence(string text) => text.EndsWith('.') ? text : text + ".";

        private static string? Text(JsonElement root, string name) =>
            root.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

        private static bool Flag(JsonElement root, string name) => root.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.True;

        private static long Number(JsonElement root, string name) =>
            root.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out long number) ? number : 0;

        private static PairingException Malformed(string member) => new("malformed", $"What answers there is no node this tool knows: '{member}' is missing.");
    }
}
