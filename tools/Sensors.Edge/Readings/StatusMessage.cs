using System;
using System.Diagnostics.CodeAnalysis;

namespace Sensors.Edge
{
    /// <summary>Whether a node is online; specified in <c>docs/payloads.md</c>.</summary>
    /// <param name="Id">The node's identifier, as written.</param>
    /// <param name="Epoch">The node's incarnation; an offline of an older one than the last online is stale.</param>
    /// <param name="Online">How the node fares; null when it is offline.</param>
    public sealed record StatusMessage(string Id, long Epoch, NodeOnline? Online)
    {
        /// <summary>Reads a message. Members it does not know are passed over.</summary>
        /// <param name="payload">The message, UTF-8.</param>
        /// <returns>The status.</returns>
        /// <exception cref="PayloadException">It is not a status; the message says what is wrong.</exception>
        public static StatusMessage Parse(ReadOnlyMemory<byte> payload) => JsonMember.Read(payload, Build);

        /// <summary>Reads a message that may be wrong.</summary>
        /// <param name="payload">The message, UTF-8.</param>
        /// <param name="message">The status.</param>
        /// <param name="error">What is wrong, one sentence.</param>
        /// <returns>Whether it is a status.</returns>
        public static bool TryParse(ReadOnlyMemory<byte> payload, [NotNullWhen(true)] out StatusMessage? message, [NotNullWhen(false)] out string? error) =>
            Payload.TryParse(payload, Parse, out message, out error);

        private static StatusMessage Build(JsonMember root)
        {
            string id = Payload.Identifier(root["id"]);
            JsonMember status = root["status"];
            long epoch = root["epoch"].Integer(0, JsonMember.LargestInteger);
            return status.Text() switch
            {
                "online" => new StatusMessage(id, epoch, BuildOnline(root)),
                "offline" => new StatusMessage(id, epoch, null),
                _ => throw status.Wrong("online or offline"),
            };
        }

        private static NodeOnline BuildOnline(JsonMember root) => new(
            root["ts"].Integer(0, Payload.LatestTime),
            root["clock"].Clock(),
            root["firmware"].Text(),
            TimeSpan.FromSeconds(root["uptime"].Integer(0, uint.MaxValue)),
            (int)root["queued"].Integer(0, int.MaxValue),
            (int)root["dropped"].Integer(0, int.MaxValue),
            (int)root["reconnects"].Integer(0, int.MaxValue),
            (int)root["faults"].Integer(0, int.MaxValue),
            OptionalText(root, "restart"),
            OptionalText(root, "error"))
        {
            Uncertainty = Payload.Uncertainty(root),
            Thinned = root.TryGet("thinned", out JsonMember thinned) ? thinned.Integer(0, JsonMember.LargestInteger) : 0,
            JournalBytes = root.TryGet("journal", out JsonMember journal) ? journal.Integer(0, JsonMember.LargestInteger) : null,
            Asks = root.TryGet("asks", out JsonMember asks) ? asks.Integer(0, JsonMember.LargestInteger) : null,
        };

        private static string? OptionalText(JsonMember parent, string name) => parent.TryGet(name, out JsonMember text) ? text.Text() : null;
    }

    /// <summary>How a node that is online fares.</summary>
    /// <param name="UtcMilliseconds">When it said so; from its start while <paramref name="Clock"/> is unset.</param>
    /// <param name="Clock">How that time is known.</param>
    /// <param name="Firmware">Version of the firmware.</param>
    /// <param name="Uptime">Time since the board started, whole seconds.</param>
    /// <param name="Queued">Readings waiting to be delivered.</param>
    /// <param name="Dropped">Readings given up in this epoch.</param>
    /// <param name="Reconnects">Connections of this epoch after the first.</param>
    /// <param name="Faults">Exceptions the node caught in this epoch.</param>
    /// <param name="Restart">Why the node restarted itself before this start; null when it did not.</param>
    /// <param name="Error">Why the last session ended or could not begin; null while there was no trouble.</param>
    public sealed record NodeOnline(
        long UtcMilliseconds,
        ClockQuality Clock,
        string Firmware,
        TimeSpan Uptime,
        int Queued,
        int Dropped,
        int Reconnects,
        int Faults,
        string? Restart,
        string? Error)
    {
        /// <summary>Gets by how many milliseconds its clock may be wrong; null when that is not known.</summary>
        public long? Uncertainty { get; init; }

        /// <summary>Gets the readings left out of the journal so that the rest fits, in this epoch.</summary>
        public long Thinned { get; init; }

        /// <summary>Gets the bytes of the journal on its volume; null when it keeps none.</summary>
        public long? JournalBytes { get; init; }

        /// <summary>Gets the time since its start, in ms, at which it asked for the time; null when it does not ask.</summary>
        public long? Asks { get; init; }
    }
}
