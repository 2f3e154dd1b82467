using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;

namespace Sensors.Edge
{
    /// <summary>What a node says of numbers that will not come; specified in <c>docs/payloads.md</c>.</summary>
    /// <param name="Id">The identifier the numbers were read under, as written.</param>
    /// <param name="Epoch">Their epoch.</param>
    /// <param name="Reason"><c>power-cut</c>, <c>thinned</c>, <c>no-room</c>, <c>corrupt</c> or <c>new-volume</c>, or a newer one.</param>
    /// <param name="Count">How many readings are lost; null where nobody knows.</param>
    /// <param name="Ranges">The numbers, ascending: whoever has one of them keeps it.</param>
    /// <param name="UtcMilliseconds">When the node said so.</param>
    /// <param name="Clock">How that time is known.</param>
    public sealed record GapMessage(
        string Id, long Epoch, string Reason, long? Count, IReadOnlyList<SequenceRange> Ranges, long UtcMilliseconds, ClockQuality Clock)
    {
        /// <summary>The most ranges one message bears.</summary>
        public const int MostRanges = 32;

        /// <summary>The reason of a fresh incarnation's first statement: what other boards under this identifier have not delivered, this one does not hold.</summary>
        public const string NewVolume = "new-volume";

        private const int LongestReason = 32;

        /// <summary>Gets by how many milliseconds the time may be wrong; null when that is not known.</summary>
        public long? Uncertainty { get; init; }

        /// <summary>Reads a message. Members it does not know are passed over.</summary>
        /// <param name="payload">The message, UTF-8.</param>
        /// <returns>The statement.</returns>
        /// <exception cref="PayloadException">It is not a gap record; the message says what is wrong.</exception>
        public static GapMessage Parse(ReadOnlyMemory<byte> payload) => JsonMember.Read(payload, Build);

        /// <summary>Reads a message that may be wrong.</summary>
        /// <param name="payload">The message, UTF-8.</param>
        /// <param name="message">The statement.</param>
        /// <param name="error">What is wrong, one sentence.</param>
        /// <returns>Whether it is a gap record.</returns>
        public static bool TryParse(ReadOnlyMemory<byte> payload, [NotNullWhen(true)] out GapMessage? message, [NotNullWhen(false)] out string? error) =>
            Payload.TryParse(payload, Parse, out message, out error);

        private static GapMessage Build(JsonMember root) => new(
            Payload.Identifier(root["id"]),
            root["epoch"].Integer(0, JsonMember.LargestInteger),
            BuildReason(root["reason"]),
            root.TryGet("count", out JsonMember count) ? count.Integer(0, JsonMember.LargestInteger) : null,
            SequenceRanges.Read(root["ranges"], MostRanges, JsonMember.LargestInteger),
            root["ts"].Integer(0, Payload.LatestTime),
            root["clock"].Clock())
        {
            Uncertainty = Payload.Uncertainty(root),
        };

        // A reason this version does not know is as good as one it does: the numbers are lost either way.
        private static string BuildReason(JsonMember reason)
        {
            string text = reason.Word();
            return text.Length <= LongestReason && text.AsSpan().IndexOfAnyExcept("abcdefghijklmnopqrstuvwxyz-") < 0
                ? text
                : throw reason.Wrong($"a word of a-z and hyphens, at most {LongestReason} long");
        }
    }
}
