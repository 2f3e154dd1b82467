using System;
using System.Text.Json;

namespace Sensors.Cli.Output
{
    /// <summary>A node's answer for people: a line per member, of settings a line as the node's file has it.</summary>
    internal static class ReplyText
    {
        /// <summary>Writes the lines; an answer that says nothing but that it is done is the line <c>ok</c>.</summary>
        public static void Write(ReadOnlyMemory<byte> answer, Action<string> write)
        {
            using JsonDocument document = JsonDocument.Parse(answer);
            bool any = false;
            foreach (JsonProperty member in document.RootElement.EnumerateObject())
            {
                if (member.Name is not ("req" or "ok" or "next"))
                {
                    Write(member.Name, member.Value, write);
                    any = true;
                }
            }

            if (!any)
            {
                write("ok");
            }
        }

        /// <summary>Gives where the rest of an answer begins; null when this was all.</summary>
        public static long? Next(ReadOnlyMemory<byte> answer)
        {
            using JsonDocument document = JsonDocument.Parse(answer);
            return document.RootElement.TryGetProperty("next", out JsonElement next) ? next.GetInt64() : null;
        }

        private static void Setting(JsonElement line, Action<string> write)
        {
            string value = line.TryGetProperty("value", out JsonElement text) ? Visible.Of(text.GetString()!)
                : line.TryGetProperty("secret", out _) ? "(set, and never told)"
                : "(too long for an answer)";
            write($"{Visible.Of(line.GetProperty("key").GetString()!)}={value}");
        }

        private static void Write(string name, JsonElement value, Action<string> write)
        {
            switch (value.ValueKind)
            {
                case JsonValueKind.Array when name == "settings":
                    foreach (JsonElement line in value.EnumerateArray())
                    {
                        Setting(line, write);
                    }

                    break;
                case JsonValueKind.String:
                    write($"{Visible.Of(name)}: {Visible.Of(value.GetString()!)}");
                    break;
                default:
                    write($"{Visible.Of(name)}: {value.GetRawText()}");
                    break;
            }
        }
    }
}
