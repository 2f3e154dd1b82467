using System;
using System.Buffers;
using System.Buffers.Text;
using System.Collections.Generic;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Sensors.Edge
{
    /// <summary>SenML in JSON: <c>application/senml+json</c> (RFC 8428, 5).</summary>
    public static class SenmlJson
    {
        private const int Depth = 16;
        private const double LargestInteger = 9007199254740992; // 2^53
        private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

        /// <summary>Writes a pack.</summary>
        /// <param name="pack">Its records.</param>
        /// <returns>UTF-8 without spaces. Numbers are the shortest that read back as they were.</returns>
        /// <exception cref="SenmlException">A number is not finite.</exception>
        public static byte[] Encode(IEnumerable<SenmlRecord> pack)
        {
            var buffer = new ArrayBufferWriter<byte>();
            using var writer = new Utf8JsonWriter(buffer, Plain);
            writer.WriteStartArray();
            foreach (SenmlRecord record in pack) { Write(writer, record); }
            writer.WriteEndArray();
            writer.Flush();
            return buffer.WrittenSpan.ToArray();
        }

        /// <summary>Reads a pack. Fields it does not know are passed over; base fields are left as they are, see <see cref="SenmlPack"/>.</summary>
        /// <param name="pack">UTF-8.</param>
        /// <returns>Its records.</returns>
        /// <exception cref="SenmlException">It is no pack; the message says what is wrong.</exception>
        public static IReadOnlyList<SenmlRecord> Decode(ReadOnlyMemory<byte> pack)
        {
            try
            {
                using var document = JsonDocument.Parse(pack, new JsonDocumentOptions { MaxDepth = Depth, AllowDuplicateProperties = false });
                var records = new List<SenmlRecord>();
                if (document.RootElement.ValueKind != JsonValueKind.Array) { throw new SenmlException("A pack is an array."); }
                foreach (JsonElement element in document.RootElement.EnumerateArray()) { records.Add(Read(element)); }
                return records;
            }
            catch (JsonException e)
            {
                throw new SenmlException("The pack is not JSON: " + e.Message, e);
            }
            catch (InvalidOperationException e) // half a surrogate pair or broken UTF-8 inside a string shows only when it is read
            {
                throw new SenmlException("A string of the pack is no Unicode: " + e.Message, e);
            }
        }

        internal static Utf8JsonWriter MakeWriter(IBufferWriter<byte> output) => new(output, Plain);

        internal static void Write(Utf8JsonWriter writer, SenmlRecord record)
        {
            writer.WriteStartObject();
            Text(writer, "bn", record.BaseName);
            Number(writer, "bt", record.BaseTime);
            Text(writer, "bu", record.BaseUnit);
            Number(writer, "bver", record.BaseVersion);
            Number(writer, "bv", record.BaseValue);
            Number(writer, "bs", record.BaseSum);
            Text(writer, "n", record.Name);
            Text(writer, "u", record.Unit);
            Number(writer, "t", record.Time);
            Number(writer, "ut", record.UpdateTime);
            Number(writer, "v", record.Value);
            Text(writer, "vs", record.StringValue);
            if (record.BooleanValue is { } truth) { writer.WriteBoolean("vb", truth); }
            if (record.DataValue is { } data) { writer.WriteString("vd", Base64Url.EncodeToString(data.Span)); }
            Number(writer, "s", record.Sum);
            writer.WriteEndObject();
        }

        private static void Text(Utf8JsonWriter writer, string name, string? text)
        {
            if (text is not null) { writer.WriteString(name, text); }
        }

        private static void Number(Utf8JsonWriter writer, string name, double? number)
        {
            if (number is not { } value) { return; }
            writer.WritePropertyName(name);
            Span<byte> text = stackalloc byte[32];
            writer.WriteRawValue(text[..Format(value, text)], skipInputValidation: true);
        }

        // The shortest digits that read back; RFC 8428, 5, wants the exponent's letter small: "1E-05" becomes "1e-5". Above 2^53 there is always an exponent:
        // a reader that takes a number without one for an integer would find digits that the double does not have.
        private static int Format(double value, Span<byte> text)
        {
            Span<byte> digits = stackalloc byte[32];
            SenmlLabels.Finite(value == 0 ? 0 : value).TryFormat(digits, out int length, "R", CultureInfo.InvariantCulture); // not -0
            digits = digits[..length];
            int e = digits.IndexOf((byte)'E');
            if (e < 0 && Math.Abs(value) <= LargestInteger)
            {
                digits.CopyTo(text);
                return length;
            }

            int at;
            int exponent;
            if (e >= 0)
            {
                digits[..e].CopyTo(text);
                at = e;
                exponent = int.Parse(digits[(e + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
            }
            else
            {
                at = value < 0 ? 2 : 1; // the sign and the first digit; the point goes behind them
                exponent = length - at;
                digits = digits.TrimEnd((byte)'0');
                digits[..at].CopyTo(text);
                text[at] = (byte)'.';
                digits[at..].CopyTo(text[(at + 1)..]);
                at = digits.Length > at ? digits.Length + 1 : at;
            }

            text[at++] = (byte)'e';
            exponent.TryFormat(text[at..], out int written, default, CultureInfo.InvariantCulture);
            return at + written;
        }

        private static SenmlRecord Read(JsonElement element)
        {
            if (element.ValueKind != JsonValueKind.Object) { throw new SenmlException("A record is an object."); }
            var record = new SenmlRecord();
            foreach (JsonProperty field in element.EnumerateObject())
            {
                if (SenmlLabels.TryFind(field.Name, out SenmlLabel label))
                {
                    record = Read(record, label, field);
                }
                else
                {
                    SenmlLabels.PassOver(field.Name);
                }
            }

            return record;
        }

        private static SenmlRecord Read(SenmlRecord record, SenmlLabel label, JsonProperty field)
        {
            JsonElement value = field.Value;
            return (label, value.ValueKind) switch
            {
                (SenmlLabel.BooleanValue, JsonValueKind.True or JsonValueKind.False) => record with { BooleanValue = value.GetBoolean() },
                (SenmlLabel.DataValue, JsonValueKind.String) => record with { DataValue = Data(value.GetString()!) },
                (SenmlLabel.BooleanValue or SenmlLabel.DataValue, _) => throw Wrong(field),
                (SenmlLabel.BaseVersion, _) => record with
                {
                    BaseVersion = value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int version) ? version : throw Wrong(field),
                },
                (_, JsonValueKind.String) when SenmlLabels.IsText(label) => SenmlLabels.With(record, label, value.GetString()!),
                (_, JsonValueKind.Number) when !SenmlLabels.IsText(label) => SenmlLabels.With(record, label, SenmlLabels.Finite(value.GetDouble())),
                _ => throw Wrong(field),
            };
        }

        private static byte[] Data(string text)
        {
            try
            {
                return Base64Url.DecodeFromChars(text);
            }
            catch (FormatException e)
            {
                throw new SenmlException("\"vd\" is no base64url: " + e.Message, e);
            }
        }

        private static SenmlException Wrong(JsonProperty field) => new("\"" + field.Name + "\" cannot be " + field.Value.GetRawText() + ".");
    }
}
