using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;

namespace Sensors.Edge
{
    /// <summary>One reading as it came from a node; members and units are specified in <c>docs/payloads.md</c>.</summary>
    /// <param name="Id">The identifier the reading was taken under, as written.</param>
    /// <param name="Point">The point, such as <c>vib1</c>.</param>
    /// <param name="Kind">What is measured, such as <c>vibration</c>.</param>
    /// <param name="Epoch">The node's incarnation, 0 to 2^53 - 1.</param>
    /// <param name="Sequence">The node's count in this epoch, from 1.</param>
    /// <param name="UtcMilliseconds">When the last sample was taken; from the node's start while <paramref name="Clock"/> is unset.</param>
    /// <param name="Clock">How that time is known.</param>
    /// <param name="Values">The values present, in the order sent.</param>
    /// <param name="State">What the values say of the machine; null when nothing was judged.</param>
    /// <param name="Quality">How good the reading is.</param>
    public sealed record ReadingMessage(
        string Id,
        string Point,
        string Kind,
        long Epoch,
        long Sequence,
        long UtcMilliseconds,
        ClockQuality Clock,
        IReadOnlyList<ChannelValue> Values,
        ReadingState? State,
        ReadingQuality Quality)
    {
        /// <summary>Gets when the last sample was taken; null while the node knew no UTC.</summary>
        public DateTimeOffset? Time => Clock == ClockQuality.Unset ? null : DateTimeOffset.FromUnixTimeMilliseconds(UtcMilliseconds);

        /// <summary>Gets by how many milliseconds the time may be wrong; null when that is not known.</summary>
        public long? Uncertainty { get; init; }

        /// <summary>Finds a value by its channel's name.</summary>
        /// <param name="channel">Such as <c>x_rms</c>.</param>
        /// <returns>The value, null when it is absent.</returns>
        public double? Value(string channel)
        {
            foreach (ChannelValue value in Values)
            {
                if (value.Channel == channel) { return value.Value; }
            }

            return null;
        }

        /// <summary>Reads a message. Members it does not know are passed over.</summary>
        /// <param name="payload">The message, UTF-8.</param>
        /// <returns>The reading.</returns>
        /// <exception cref="PayloadException">It is not a reading; the message says what is wrong.</exception>
        public static ReadingMessage Parse(ReadOnlyMemory<byte> payload) => JsonMember.Read(payload, Build);

        /// <summary>Reads a message that may be wrong.</summary>
        /// <param name="payload">The message, UTF-8.</param>
        /// <param name="message">The reading.</param>
        /// <param name="error">What is wrong, one sentence.</param>
        /// <returns>Whether it is a reading.</returns>
        public static bool TryParse(ReadOnlyMemory<byte> payload, [NotNullWhen(true)] out ReadingMessage? message, [NotNullWhen(false)] out string? error) =>
            Payload.TryParse(payload, Parse, out message, out error);

        private static ReadingMessage Build(JsonMember root)
        {
            long utc = root["ts"].Integer(0, Payload.LatestTime);
            return new ReadingMessage(
                Payload.Identifier(root["id"]),
                root["point"].Word(),
                root["kind"].Word(),
                root["epoch"].Integer(0, JsonMember.LargestInteger),
                root["seq"].Integer(1, JsonMember.LargestInteger),
                utc,
                root["clock"].Clock(),
                BuildValues(root["values"]),
                root.TryGet("state", out JsonMember state) ? ReadingState.Build(state) : null,
                BuildQuality(root["quality"]))
            {
                Uncertainty = Payload.Uncertainty(root),
            };
        }

        private static List<ChannelValue> BuildValues(JsonMember values)
        {
            var list = new List<ChannelValue>();
            foreach (var property in values.Members())
            {
                list.Add(new ChannelValue(property.Name, values.Of(property).Float()));
            }

            return list;
        }

        private static ReadingQuality BuildQuality(JsonMember quality) => new(
            quality.TryGet("rate", out JsonMember rate) ? rate.Float() : null,
            (int)quality["samples"].Integer(0, int.MaxValue),
            (int)quality["lost"].Integer(0, int.MaxValue),
            (int)quality["clipped"].Integer(0, int.MaxValue),
            (int)quality["retries"].Integer(0, int.MaxValue),
            quality.TryGet("fault", out JsonMember fault) ? fault.Word() : null)
        {
            Notes = quality.TryGet("notes", out JsonMember notes) ? Array.ConvertAll(notes.Items(), note => note.Word()) : [],
            SelfTest = quality.TryGet("selftest", out JsonMember selfTest) ? BuildSelfTest(selfTest) : null,
        };

        private static string BuildSelfTest(JsonMember selfTest) =>
            selfTest.Text() is "passed" or "failed" ? selfTest.Text() : throw selfTest.Wrong("passed or failed");
    }

    /// <summary>One value of a reading.</summary>
    /// <param name="Channel">The channel's name, such as <c>x_rms</c>; its unit is in the node's meta message.</param>
    /// <param name="Value">The value, finite.</param>
    public readonly record struct ChannelValue(string Channel, double Value);

    /// <summary>How good a reading is.</summary>
    /// <param name="Rate">Measured sampling rate in hertz; null where it could not be measured.</param>
    /// <param name="Samples">Samples the window used.</param>
    /// <param name="Lost">Samples lost in the window, or since the last one of a stream.</param>
    /// <param name="Clipped">Samples at the end of the chip's range.</param>
    /// <param name="Retries">Bus transfers that had to be tried again.</param>
    /// <param name="Fault">What is wrong with the sensor, such as <c>no-answer</c>; null when nothing is.</param>
    public sealed record ReadingQuality(double? Rate, int Samples, int Lost, int Clipped, int Retries, string? Fault)
    {
        /// <summary>Gets what limits the values, such as <c>aliasing-risk</c>; empty when nothing does.</summary>
        public IReadOnlyList<string> Notes { get; init; } = [];

        /// <summary>Gets how the sensor's self-test went when it was found, <c>passed</c> or <c>failed</c>; null when it has none.</summary>
        public string? SelfTest { get; init; }
    }
}
