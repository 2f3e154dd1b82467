using System;
using System.Buffers;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Sensors.Edge
{
    /// <summary>What the edge has stored of one epoch of one node; specified in <c>docs/payloads.md</c>.</summary>
    /// <param name="Epoch">The epoch.</param>
    /// <param name="UpTo">All numbers from 1 up to here are stored or covered by a gap; 0 for none.</param>
    /// <param name="Have">Ranges above, at most <see cref="MostRanges"/>, ascending.</param>
    public sealed record AckMessage(long Epoch, long UpTo, IReadOnlyList<SequenceRange> Have)
    {
        /// <summary>The most ranges one message bears.</summary>
        public const int MostRanges = 16;

        /// <summary>Reads a message. Members it does not know are passed over.</summary>
        /// <param name="payload">The message, UTF-8.</param>
        /// <returns>The acknowledgement.</returns>
        /// <exception cref="PayloadException">It is not an acknowledgement; the message says what is wrong.</exception>
        public static AckMessage Parse(ReadOnlyMemory<byte> payload) => JsonMember.Read(payload, Build);

        /// <summary>Reads a message that may be wrong.</summary>
        /// <param name="payload">The message, UTF-8.</param>
        /// <param name="message">The acknowledgement.</param>
        /// <param name="error">What is wrong, one sentence.</param>
        /// <returns>Whether it is an acknowledgement.</returns>
        public static bool TryParse(ReadOnlyMemory<byte> payload, [NotNullWhen(true)] out AckMessage? message, [NotNullWhen(false)] out string? error) =>
            Payload.TryParse(payload, Parse, out message, out error);

        /// <summary>Tells whether a number needs no more sending.</summary>
        /// <param name="sequence">The number, from 1.</param>
        /// <returns>Whether it is stored or covered by a gap, as far as this message says.</returns>
        public bool Covers(long sequence)
        {
            if (sequence <= UpTo) { return true; }
            foreach (SequenceRange range in Have)
            {
                if (sequence >= range.From && sequence <= range.To) { return true; }
            }

            return false;
        }

        /// <summary>Writes the message.</summary>
        /// <returns>UTF-8 JSON without spaces.</returns>
        public byte[] ToUtf8()
        {
            var buffer = new ArrayBufferWriter<byte>(96);
            using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { SkipValidation = true }))
            {
                writer.WriteStartObject();
                writer.WriteNumber("epoch"u8, Epoch);
                writer.WriteNumber("upto"u8, UpTo);
                if (Have.Count > 0)
                {
                    writer.WritePropertyName("have"u8);
                    SequenceRanges.Write(writer, Have);
                }

                writer.WriteEndObject();
            }

            return buffer.WrittenSpan.ToArray();
        }

        private static AckMessage Build(JsonMember root) => new(
            root["epoch"].Integer(0, JsonMember.LargestInteger),
            root["upto"].Integer(0, JsonMember.LargestInteger),
            root.TryGet("have", out JsonMember have) ? SequenceRanges.Read(have, MostRanges, JsonMember.LargestInteger) : []);
    }
}
