using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;

namespace Sensors.Edge
{
    /// <summary>What a node is, and what its channels mean; specified in <c>docs/payloads.md</c>.</summary>
    /// <param name="Id">The node's identifier, as written.</param>
    /// <param name="Firmware">Version of the firmware; null when not known.</param>
    /// <param name="Board">Name of the board; null when not known.</param>
    /// <param name="Target">What it runs on; null when not known.</param>
    /// <param name="Epoch">The node's incarnation.</param>
    /// <param name="Points">Its points.</param>
    public sealed record MetaMessage(string Id, string? Firmware, string? Board, string? Target, long Epoch, IReadOnlyList<PointMeta> Points)
    {
        /// <summary>Finds what a channel means.</summary>
        /// <param name="point">The point, such as <c>vib1</c>.</param>
        /// <param name="channel">The channel, such as <c>x_rms</c>.</param>
        /// <returns>Unit and meaning, null when the node has no such channel.</returns>
        public ChannelMeta? Channel(string point, string channel)
        {
            foreach (PointMeta candidate in Points)
            {
                if (candidate.Point != point) { continue; }
                foreach (ChannelMeta meta in candidate.Channels)
                {
                    if (meta.Name == channel) { return meta; }
                }
            }

            return null;
        }

        /// <summary>Reads a message. Members it does not know are passed over.</summary>
        /// <param name="payload">The message, UTF-8.</param>
        /// <returns>The meta message.</returns>
        /// <exception cref="PayloadException">It is not a meta message; the message says what is wrong.</exception>
        public static MetaMessage Parse(ReadOnlyMemory<byte> payload) => JsonMember.Read(payload, Build);

        /// <summary>Reads a message that may be wrong.</summary>
        /// <param name="payload">The message, UTF-8.</param>
        /// <param name="message">The meta message.</param>
        /// <param name="error">What is wrong, one sentence.</param>
        /// <returns>Whether it is a meta message.</returns>
        public static bool TryParse(ReadOnlyMemory<byte> payload, [NotNullWhen(true)] out MetaMessage? message, [NotNullWhen(false)] out string? error) =>
            Payload.TryParse(payload, Parse, out message, out error);

        private static MetaMessage Build(JsonMember root)
        {
            var points = new List<PointMeta>();
            foreach (JsonMember point in root["points"].Items()) { points.Add(BuildPoint(point)); }
            return new MetaMessage(
                Payload.Identifier(root["id"]),
                OptionalText(root, "firmware"),
                OptionalText(root, "board"),
                OptionalText(root, "target"),
                root["epoch"].Integer(0, JsonMember.LargestInteger),
                points);
        }

        private static PointMeta BuildPoint(JsonMember point)
        {
            var channels = new List<ChannelMeta>();
            JsonMember members = point["channels"];
            foreach (var property in members.Members())
            {
                JsonMember channel = members.Of(property);
                channels.Add(new ChannelMeta(property.Name, channel["unit"].Text(), channel["meaning"].Text()));
            }

            return new PointMeta(
                point["point"].Word(),
                point["kind"].Word(),
                OptionalText(point, "chip"),
                OptionalText(point, "bus"),
                point.TryGet("interval", out JsonMember interval) ? TimeSpan.FromMilliseconds(interval.Integer(1, int.MaxValue)) : null,
                point.TryGet("range", out JsonMember range) ? BuildRange(range) : null,
                point.TryGet("rate", out JsonMember rate) ? rate.Float() : null,
                channels);
        }

        private static ValueRange BuildRange(JsonMember range)
        {
            JsonMember[] ends = range.Items();
            return ends.Length == 2 ? new ValueRange(ends[0].Float(), ends[1].Float()) : throw range.Wrong("two numbers");
        }

        private static string? OptionalText(JsonMember parent, string name) => parent.TryGet(name, out JsonMember text) ? text.Text() : null;
    }

    /// <summary>What a point is.</summary>
    /// <param name="Point">Its name, such as <c>vib1</c>.</param>
    /// <param name="Kind">What is measured, such as <c>vibration</c>.</param>
    /// <param name="Chip">The chip found; null when none was.</param>
    /// <param name="Bus">Where it is wired; null when none was found.</param>
    /// <param name="Interval">Time from one reading to the next; null when not known.</param>
    /// <param name="Range">Lowest and highest sample, in the first channel's unit; null when not known.</param>
    /// <param name="Rate">Hertz the chip was set to; null when it has none.</param>
    /// <param name="Channels">Its channels, in the order of its readings.</param>
    public sealed record PointMeta(
        string Point, string Kind, string? Chip, string? Bus, TimeSpan? Interval, ValueRange? Range, double? Rate, IReadOnlyList<ChannelMeta> Channels);

    /// <summary>What a channel means.</summary>
    /// <param name="Name">Its name in readings, such as <c>x_rms</c>.</param>
    /// <param name="Unit">Its unit as SenML writes it, such as <c>m/s2</c>.</param>
    /// <param name="Meaning">One short sentence.</param>
    public sealed record ChannelMeta(string Name, string Unit, string Meaning);

    /// <summary>A range of values.</summary>
    /// <param name="Low">The lowest.</param>
    /// <param name="High">The highest.</param>
    public readonly record struct ValueRange(double Low, double High);
}
