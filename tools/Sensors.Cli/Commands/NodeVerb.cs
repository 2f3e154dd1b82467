using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text.Json.Nodes;

namespace Sensors.Cli.Commands
{
    /// <summary>What a node can be told, beside captures: how it is typed, and the command it becomes. <c>docs/commands.md</c> specifies them.</summary>
    internal sealed class NodeVerb
    {
        /// <summary>The command that answers a node's own question, so that it must be heard first.</summary>
        public const string TimeName = "time";

        private readonly Action<string[], JsonObject> _build;

        private NodeVerb(string name, string words, string help, Action<string[], JsonObject> build)
        {
            Name = name;
            Form = words.Length == 0 ? name : name + " " + words;
            Help = help;
            _build = build;
        }

        /// <summary>Gets all of them.</summary>
        public static IReadOnlyList<NodeVerb> All { get; } =
        [
            new("identify", "[SECONDS]", "blink the board's light, 0 to stop", Identify),
            new("get", "[KEY]", "tell the settings in force, or one of them; never a secret", Get),
            new("set", "KEY=VALUE", "change a setting for good: checked, kept, and then the node restarts; or refused with the reason", Set),
            new("set", "KEY [OF]", "take a setting away, of those that come more than once that of a point or alarm", Set),
            new("replay", "EPOCH FROM TO", "send what the node still holds of these numbers again", Replay),
            new(TimeName, "", "give the node this PC's time, once it asks for the time", (words, _) => AtMost(words, 0)),
            new("reboot", "", "restart the node; what it has not delivered stays in its journal", (words, _) => AtMost(words, 0)),
        ];

        /// <summary>Gets its name.</summary>
        public string Name { get; }

        /// <summary>Gets how it is written.</summary>
        public string Form { get; }

        /// <summary>Gets what it does.</summary>
        public string Help { get; }

        /// <summary>Makes the command.</summary>
        /// <param name="words">What stands behind its name.</param>
        /// <returns>The message, without a request's number.</returns>
        /// <exception cref="FormatException">The words are not what it takes.</exception>
        public JsonObject Build(string[] words)
        {
            var command = new JsonObject { ["cmd"] = Name };
            _build(words, command);
            return command;
        }

        private static void Identify(string[] words, JsonObject command)
        {
            if (words.Length > 0)
            {
                command["seconds"] = Number(words[0], "seconds");
            }

            AtMost(words, 1);
        }

        private static void Get(string[] words, JsonObject command)
        {
            AtMost(words, 1);
            if (words.Length > 0)
            {
                command["key"] = words[0];
            }
        }

        // One setting at a time: each is checked, kept and followed by a restart.
        private static void Set(string[] words, JsonObject command)
        {
            string word = words.Length > 0 ? words[0] : throw new FormatException("what to set is missing.");
            int equals = word.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0)
            {
                AtMost(words, 1);
                command["key"] = word[..equals];
                command["value"] = word[(equals + 1)..];
                return;
            }

            AtMost(words, 2);
            command["key"] = equals < 0 ? word : throw new FormatException($"'{word}' is not KEY=VALUE.");
            if (words.Length > 1)
            {
                command["of"] = words[1];
            }
        }

        private static void Replay(string[] words, JsonObject command)
        {
            if (words.Length != 3)
            {
                throw new FormatException("it takes an epoch, and a first and a last number.");
            }

            command["epoch"] = Number(words[0], "an epoch");
            command["from"] = Number(words[1], "a number");
            command["to"] = Number(words[2], "a number");
        }

        private static void AtMost(string[] words, int most)
        {
            if (words.Length > most)
            {
                throw new FormatException($"'{words[most]}' is one word too many.");
            }
        }

        private static long Number(string word, string what) =>
            long.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : throw new FormatException($"'{word}' is not {what}.");
    }
}
