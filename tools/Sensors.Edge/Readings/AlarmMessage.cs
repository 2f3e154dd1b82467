using System;
using System.Diagnostics.CodeAnalysis;

namespace Sensors.Edge
{
    /// <summary>A change of an alarm as it came from a node; members and units are specified in <c>docs/payloads.md</c>.</summary>
    /// <param name="Id">The identifier of the node, as written.</param>
    /// <param name="Point">The point, such as <c>vib1</c>.</param>
    /// <param name="Kind">What is measured there, such as <c>vibration</c>.</param>
    /// <param name="Epoch">The node's incarnation, 0 to 2^53 - 1.</param>
    /// <param name="Sequence">The node's count in this epoch, from 1, the same count as that of its readings.</param>
    /// <param name="UtcMilliseconds">That of the reading that changed it; from the node's start while <paramref name="Clock"/> is unset.</param>
    /// <param name="Clock">How that time is known.</param>
    /// <param name="Channel">The channel that is watched; without an axis, such as <c>vel</c>, it is the worst of the three.</param>
    /// <param name="Alarm">How grave it is now.</param>
    /// <param name="Was">How grave it was before.</param>
    /// <param name="Cause">What was passed: <c>limit</c>, <c>zone</c>, <c>baseline</c> or <c>drift</c>.</param>
    /// <param name="Value">The value that changed it, in the channel's unit; null when there is none.</param>
    /// <param name="Limit">The limit it crossed; null when there is none.</param>
    public sealed record AlarmMessage(
        string Id,
        string Point,
        string Kind,
        long Epoch,
        long Sequence,
        long UtcMilliseconds,
        ClockQuality Clock,
        string Channel,
        AlarmGrade Alarm,
        AlarmGrade Was,
        string Cause,
        double? Value,
        double? Limit)
    {
        /// <summary>Gets when the last sample of the reading that changed it was taken; null while the node knew no UTC.</summary>
        public DateTimeOffset? Time => Clock == ClockQuality.Unset ? null : DateTimeOffset.FromUnixTimeMilliseconds(UtcMilliseconds);

        /// <summary>Gets by how many milliseconds the time may be wrong; null when that is not known.</summary>
        public long? Uncertainty { get; init; }

        /// <summary>Reads a message. Members it does not know are passed over.</summary>
        /// <param name="payload">The message, UTF-8.</param>
        /// <returns>The change.</returns>
        /// <exception cref="PayloadException">It is not a change of an alarm; the message says what is wrong.</exception>
        public static AlarmMessage Parse(ReadOnlyMemory<byte> payload) => JsonMember.Read(payload, Build);

        /// <summary>Reads a message that may be wrong.</summary>
        /// <param name="payload">The message, UTF-8.</param>
        /// <param name="message">The change.</param>
        /// <param name="error">What is wrong, one sentence.</param>
        /// <returns>Whether it is a change of an alarm.</returns>
        public static bool TryParse(ReadOnlyMemory<byte> payload, [NotNullWhen(true)] out AlarmMessage? message, [NotNullWhen(false)] out string? error) =>
            Payload.TryParse(payload, Parse, out message, out error);

        private static AlarmMessage Build(JsonMember root) => new(
            Payload.Identifier(root["id"]),
            root["point"].Word(),
            root["kind"].Word(),
            root["epoch"].Integer(0, JsonMember.LargestInteger),
            root["seq"].Integer(1, JsonMember.LargestInteger),
            root["ts"].Integer(0, Payload.LatestTime),
            root["clock"].Clock(),
            root["channel"].Word(),
            root["alarm"].Grade(),
            root["was"].Grade(),
            root["cause"].Word(),
            root.TryGet("value", out JsonMember value) ? value.Float() : null,
            root.TryGet("limit", out JsonMember limit) ? limit.Float() : null)
        {
            Uncertainty = Payload.Uncertainty(root),
        };
    }
}
