using System;
using System.Text.Json;

namespace Sensors.Edge
{
    /// <summary>Reads members of a message strictly, and says which one is wrong by its full name, such as <c>quality.rate</c>.</summary>
    internal readonly struct JsonMember
    {
        /// <summary>The largest integer of a message: every JSON reader keeps its digits.</summary>
        internal const long LargestInteger = (1L << 53) - 1;

        private const int LargestMessage = 64 * 1024;
        private const int Depth = 8;

        private readonly JsonElement _element;
        private readonly string _name;

        private JsonMember(JsonElement element, string name)
        {
            _element = element;
            _name = name;
        }

        /// <summary>Reads a whole message and gives it to a builder, as long as its text lives.</summary>
        internal static T Read<T>(ReadOnlyMemory<byte> payload, Func<JsonMember, T> build)
        {
            if (payload.Length > LargestMessage)
            {
                throw new PayloadException($"The message has {payload.Length} bytes, more than {LargestMessage}.");
            }

            try
            {
                using var document = JsonDocument.Parse(payload, new JsonDocumentOptions { MaxDepth = Depth, AllowDuplicateProperties = false });
                return build(new JsonMember(document.RootElement, "").Expect(JsonValueKind.Object, "an object"));
            }
            catch (JsonException e)
            {
                throw new PayloadException("The message is not JSON: " + e.Message, e);
            }
            catch (InvalidOperationException e) // half a surrogate pair or broken UTF-8 inside a string shows only when it is read
            {
                throw new PayloadException("A string of the message is no Unicode: " + e.Message, e);
            }
        }

        /// <summary>Gives a member that must be there.</summary>
        internal JsonMember this[string name] =>
            TryGet(name, out JsonMember member) ? member : throw new PayloadException($"\"{Path(name)}\" is missing.");

        /// <summary>Gives a member that may be absent; null is no value of any member.</summary>
        internal bool TryGet(string name, out JsonMember member)
        {
            bool found = Expect(JsonValueKind.Object, "an object")._element.TryGetProperty(name, out JsonElement element);
            member = new JsonMember(element, Path(name));
            return found;
        }

        internal JsonElement.ObjectEnumerator Members() => Expect(JsonValueKind.Object, "an object")._element.EnumerateObject();

        internal JsonMember Of(JsonProperty property) => new(property.Value, Path(property.Name));

        /// <summary>Gives the items of an array.</summary>
        internal JsonMember[] Items()
        {
            JsonElement array = Expect(JsonValueKind.Array, "an array")._element;
            var items = new JsonMember[array.GetArrayLength()];
            int i = 0;
            foreach (JsonElement item in array.EnumerateArray())
            {
                items[i] = new JsonMember(item, $"{_name}[{i}]");
                i++;
            }

            return items;
        }

        internal string Text() => Expect(JsonValueKind.String, "a string")._element.GetString()!;

        /// <summary>Gives a string that holds something.</summary>
        internal string Word()
        {
            string text = Text();
            return text.Length > 0 ? text : throw Wrong("a word");
        }

        internal long Integer(long lowest, long highest)
        {
            JsonElement number = Expect(JsonValueKind.Number, "an integer")._element;
            return number.TryGetInt64(out long value) && value >= lowest && value <= highest
                ? value
                : throw Wrong($"an integer from {lowest} to {highest}");
        }

        internal double Float()
        {
            double value = Expect(JsonValueKind.Number, "a number")._element.GetDouble();
            return double.IsFinite(value) ? value : throw Wrong("within the range of a float");
        }

        internal ClockQuality Clock() => Text() switch
        {
            "unset" => ClockQuality.Unset,
            "holdover" => ClockQuality.Holdover,
            "synced" => ClockQuality.Synced,
            _ => throw Wrong("unset, holdover or synced"),
        };

        internal AlarmGrade Grade() => Text() switch
        {
            "none" => AlarmGrade.None,
            "warning" => AlarmGrade.Warning,
            "danger" => AlarmGrade.Danger,
            _ => throw Wrong("none, warning or danger"),
        };

        internal PayloadException Wrong(string expected)
        {
            string found = _element.GetRawText();
            if (found.Length > 40) { found = found[..40] + "..."; }
            return new PayloadException((_name.Length == 0 ? "The message" : $"\"{_name}\"") + $" is {found}, not {expected}.");
        }

        private JsonMember Expect(JsonValueKind kind, string expected) => _element.ValueKind == kind ? this : throw Wrong(expected);

        private string Path(string name) => _name.Length == 0 ? name : _name + "." + name;
    }
}
