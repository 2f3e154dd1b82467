using System.Globalization;
using System.Linq;
using System.Text.Json.Nodes;
using Sensors.Cli.Collecting;
using Sensors.Edge;

namespace Sensors.Cli.Output
{
    /// <summary>The events that several commands tell, worded once.</summary>
    internal static class Events
    {
        public static CliEvent Status(StatusMessage status) => new(
            "status",
            $"{Visible.Of(status.Id)} is {State(status)}",
            new JsonObject { ["id"] = status.Id, ["status"] = State(status), ["epoch"] = status.Epoch });

        /// <summary>Tells what is remarkable about a number; readings and alarms are counted together.</summary>
        public static CliEvent? Note(TallyNote note) => note.Verdict switch
        {
            SequenceVerdict.Ahead => Numbered("gap", note, $"numbers {note.From} to {note.To} have not come"),
            SequenceVerdict.Late => Numbered("late", note, $"number {note.From} came late"),
            SequenceVerdict.Duplicate => Numbered("duplicate", note, $"number {note.From} came again"),
            _ => null,
        };

        /// <summary>Tells what a node says of numbers that will not come.</summary>
        public static CliEvent Gap(GapMessage gap) => new(
            "gap-record",
            $"{Visible.Of(gap.Id)}: {GapText.Sentence(gap)}",
            new JsonObject
            {
                ["id"] = gap.Id,
                ["epoch"] = gap.Epoch,
                ["reason"] = gap.Reason,
                ["count"] = gap.Count,
                ["ranges"] = new JsonArray([.. gap.Ranges.Select(range => (JsonNode)new JsonArray(range.From, range.To))]),
            });

        public static CliEvent Unreadable(string topic, string error) => new(
            "unreadable",
            $"the message at {Visible.Of(topic)} cannot be read: {Visible.Of(error)}",
            new JsonObject { ["topic"] = topic, ["error"] = error });

        private static string State(StatusMessage status) => status.Online is null ? "offline" : "online";

        public static CliEvent Summary(Tally tally)
        {
            var kinds = new JsonObject();
            string perKind = string.Empty;
            foreach ((string kind, long count) in tally.PerKind)
            {
                kinds[kind] = count;
                perKind += string.Create(CultureInfo.InvariantCulture, $"{(perKind.Length == 0 ? string.Empty : ", ")}{Visible.Of(kind)} {count}");
            }

            string text = string.Create(
                CultureInfo.InvariantCulture,
                $"{tally.Readings} readings{Alarms(tally)} of {tally.Nodes} {(tally.Nodes == 1 ? "node" : "nodes")} ({(perKind.Length == 0 ? "none" : perKind)}): {tally.Missing} missing, {tally.Duplicates} repeated, {tally.LostSamples} samples lost");
            return new CliEvent("summary", text, new JsonObject
            {
                ["readings"] = tally.Readings,
                ["kinds"] = kinds,
                ["alarms"] = tally.Alarms,
                ["nodes"] = tally.Nodes,
                ["epochs"] = tally.Epochs,
                ["missing"] = tally.Missing,
                ["duplicates"] = tally.Duplicates,
                ["lost_samples"] = tally.LostSamples,
            });
        }

        private static string Alarms(Tally tally) => tally.Alarms switch
        {
            0 => string.Empty,
            1 => " and 1 alarm",
            _ => string.Create(CultureInfo.InvariantCulture, $" and {tally.Alarms} alarms"),
        };

        private static CliEvent Numbered(string name, TallyNote note, string text) => new(
            name,
            $"{Visible.Of(note.Id)}: {text}",
            new JsonObject { ["id"] = note.Id, ["epoch"] = note.Epoch, ["from"] = note.From, ["to"] = note.To });
    }
}
