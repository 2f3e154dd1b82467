using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;

namespace Sensors.Commissioning
{
    /// <summary>A value of a plan's JSON that knows its line, and its members only once each.</summary>
    internal sealed class PlanValue
    {
        private const int DeepestNesting = 8;

        private readonly JsonTokenType _type;
        private readonly string _text;
        private readonly string _path;

        private PlanValue(int line, JsonTokenType type, string text, string path)
        {
            Line = line;
            _type = type;
            _text = text;
            _path = path;
        }

        public int Line { get; }

        public bool IsText => _type == JsonTokenType.String;

        public bool IsObject => _type == JsonTokenType.StartObject;

        public bool IsArray => _type == JsonTokenType.StartArray;

        public bool IsSwitch => _type is JsonTokenType.True or JsonTokenType.False;

        public IReadOnlyList<PlanValue> Items { get; private set; } = [];

        public IReadOnlyList<(string Name, PlanValue Value)> Members { get; private set; } = [];

        /// <summary>Reads a document; comments and commas behind the last member are allowed.</summary>
        public static PlanValue Read(ReadOnlySpan<byte> utf8)
        {
            ReadOnlySpan<byte> mark = [0xEF, 0xBB, 0xBF];
            utf8 = utf8.StartsWith(mark) ? utf8[mark.Length..] : utf8;
            var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip, MaxDepth = DeepestNesting });
            try
            {
                reader.Read();
                PlanValue root = Read(ref reader, utf8, "the plan");
                while (reader.Read())
                {
                    // Whatever stands behind the document makes the reader throw.
                }

                return root;
            }
            catch (JsonException error)
            {
                // The reader's own sentence quotes what it found, which may be a secret.
                throw new PlanException((int)(error.LineNumber ?? 0) + 1, string.Create(CultureInfo.InvariantCulture, $"this is not JSON, near column {(error.BytePositionInLine ?? 0) + 1}"));
            }
            catch (InvalidOperationException)
            {
                throw new PlanException(LineAt(utf8, reader.TokenStartIndex), "this text is not UTF-8");
            }
        }

        public PlanException Wrong(string message) => new(Line, $"{_path}: {message}");

        public string Text() => _type == JsonTokenType.String ? _text : throw Wrong("a text is expected");

        public bool Switch() => IsSwitch ? _type == JsonTokenType.True : throw Wrong("true or false is expected");

        public int Number(int least, int most) =>
            _type == JsonTokenType.Number && int.TryParse(_text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= least && number <= most
                ? number
                : throw Wrong(string.Create(CultureInfo.InvariantCulture, $"a whole number from {least} to {most} is expected"));

        public IReadOnlyList<PlanValue> Array() => IsArray ? Items : throw Wrong("a list is expected");

        /// <summary>Gives a list of texts; one text alone is a list of one.</summary>
        public IReadOnlyList<string> Texts() => IsText ? [_text] : [.. Array().Select(item => item.Text())];

        public IReadOnlyList<(string Name, PlanValue Value)> Object() => IsObject ? Members : throw Wrong("an object is expected");

        /// <summary>Refuses members that nobody reads: a misspelt one would otherwise be passed over.</summary>
        public void Only(params string[] names)
        {
            foreach ((string name, PlanValue value) in Object())
            {
                if (!names.Contains(name, StringComparer.Ordinal))
                {
                    throw new PlanException(value.Line, $"{_path} has no member '{name}'; it may have {string.Join(", ", names)}");
                }
            }
        }

        public PlanValue? Find(string name) => Object().FirstOrDefault(member => member.Name == name).Value;

        private static PlanValue Read(ref Utf8JsonReader reader, ReadOnlySpan<byte> utf8, string path)
        {
            int line = LineAt(utf8, reader.TokenStartIndex);
            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject:
                    return ReadObject(ref reader, utf8, line, path);
                case JsonTokenType.StartArray:
                    var items = new List<PlanValue>();
                    while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                    {
                        items.Add(Read(ref reader, utf8, string.Create(CultureInfo.InvariantCulture, $"{path} {items.Count + 1}")));
                    }

                    return new PlanValue(line, JsonTokenType.StartArray, string.Empty, path) { Items = items };
                case JsonTokenType.String:
                    return new PlanValue(line, JsonTokenType.String, reader.GetString()!, path);
                case JsonTokenType.Number:
                    return new PlanValue(line, JsonTokenType.Number, System.Text.Encoding.ASCII.GetString(reader.ValueSpan), path);
                default:
                    return new PlanValue(line, reader.TokenType, string.Empty, path);
            }
        }

        private static PlanValue ReadObject(ref Utf8JsonReader reader, ReadOnlySpan<byte> utf8, int line, string path)
        {
            var members = new List<(string Name, PlanValue Value)>();
            while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
            {
                string name = reader.GetString()!;
                if (members.Any(member => member.Name == name))
                {
                    throw new PlanException(LineAt(utf8, reader.TokenStartIndex), $"'{name}' stands there twice");
                }

                reader.Read();
                members.Add((name, Read(ref reader, utf8, name)));
            }

            return new PlanValue(line, JsonTokenType.StartObject, string.Empty, path) { Members = members };
        }

        private static int LineAt(ReadOnlySpan<byte> utf8, long position) => utf8[..(int)Math.Min(position, utf8.Length)].Count((byte)'\n') + 1;
    }
}
