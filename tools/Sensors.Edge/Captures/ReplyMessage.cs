using System;
using System.Diagnostics.CodeAnalysis;

namespace Sensors.Edge
{
    /// <summary>An answer of a node to a command, or news; specified in <c>docs/capture.md</c>.</summary>
    /// <param name="Request">What the command called itself; null when it had no name.</param>
    /// <param name="Error">Why it was refused; null when it was accepted, and of news.</param>
    /// <param name="Event">What happened; null of an answer.</param>
    /// <param name="Epoch">The node's incarnation; null where it is not told.</param>
    /// <param name="Capture">Number of the capture it is about; null when it is about none.</param>
    /// <param name="Point">The point; null where none is told.</param>
    /// <param name="Missed">Alarms that made no capture; 0 where none is told.</param>
    public sealed record ReplyMessage(string? Request, string? Error, string? Event, long? Epoch, uint? Capture, string? Point, int Missed)
    {
        /// <summary>Reads a message. Members it does not know are passed over.</summary>
        /// <param name="payload">The message, UTF-8.</param>
        /// <returns>The reply.</returns>
        /// <exception cref="PayloadException">It is not a reply; the message says what is wrong.</exception>
        public static ReplyMessage Parse(ReadOnlyMemory<byte> payload) => JsonMember.Read(payload, Build);

        /// <summary>Reads a message that may be wrong.</summary>
        /// <param name="payload">The message, UTF-8.</param>
        /// <param name="message">The reply.</param>
        /// <param name="error">What is wrong, one sentence.</param>
        /// <returns>Whether it is a reply.</returns>
        public static bool TryParse(ReadOnlyMemory<byte> payload, [NotNullWhen(true)] out ReplyMessage? message, [NotNullWhen(false)] out string? error) =>
            Payload.TryParse(payload, Parse, out message, out error);

        private static ReplyMessage Build(JsonMember root)
        {
            string? error = Text(root, "error");
            string? happened = Text(root, "event");
            if (error is null && happened is null && !root.TryGet("ok", out _))
            {
                throw new PayloadException("The message has none of \"ok\", \"error\" and \"event\".");
            }

            return new ReplyMessage(
                Text(root, "req"),
                error,
                happened,
                root.TryGet("epoch", out JsonMember epoch) ? epoch.Integer(0, JsonMember.LargestInteger) : null,
                root.TryGet("capture", out JsonMember capture) ? (uint)capture.Integer(0, uint.MaxValue) : null,
                Text(root, "point"),
                root.TryGet("missed", out JsonMember missed) ? (int)missed.Integer(0, int.MaxValue) : 0);
        }

        private static string? Text(JsonMember parent, string name) => parent.TryGet(name, out JsonMember text) ? text.Text() : null;
    }
}
