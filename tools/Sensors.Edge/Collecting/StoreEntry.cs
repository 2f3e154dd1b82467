using System;

namespace Sensors.Edge
{
    /// <summary>One message to store.</summary>
    /// <param name="Kind">What it is.</param>
    /// <param name="Id">The identifier, as written; empty for a message that was refused.</param>
    /// <param name="Epoch">Its epoch.</param>
    /// <param name="Sequence">Its number; of a gap the first of its first range, of others 0.</param>
    /// <param name="Point">The point of a reading or an alarm; null for others.</param>
    /// <param name="UtcMilliseconds">Its time, as the node knew it.</param>
    /// <param name="Clock">How that time is known.</param>
    /// <param name="Payload">The message as it came; not changed afterwards.</param>
    /// <param name="Gap">What a gap says; null for others.</param>
    public sealed record StoreEntry(
        StoreKind Kind, string Id, long Epoch, long Sequence, string? Point, long UtcMilliseconds, ClockQuality Clock, ReadOnlyMemory<byte> Payload, GapMessage? Gap)
    {
        /// <summary>Gets what is measured at the point, such as <c>vibration</c>; null where there is no point.</summary>
        public string? Measured { get; init; }

        /// <summary>Gets by how many milliseconds the time may be wrong; null when that is not known.</summary>
        public long? Uncertainty { get; init; }

        /// <summary>Gets the topic and what is wrong, of a message that was refused; null for others.</summary>
        public Refusal? Refused { get; init; }

        /// <summary>Gets or sets when it came, UTC in milliseconds; the store has no clock of its own.</summary>
        public long ArrivedMilliseconds { get; set; }
    }

    /// <summary>Why a message was refused.</summary>
    /// <param name="Topic">The topic it came on.</param>
    /// <param name="Reason">One sentence.</param>
    public sealed record Refusal(string Topic, string Reason);

    /// <summary>What can be stored.</summary>
    public enum StoreKind
    {
        /// <summary>A reading.</summary>
        Reading = 0,

        /// <summary>A change of an alarm.</summary>
        Alarm = 1,

        /// <summary>A statement about numbers that will not come.</summary>
        Gap = 2,

        /// <summary>What the node is; the newest is kept.</summary>
        Meta = 3,

        /// <summary>Whether it is online; the newest is kept.</summary>
        Status = 4,

        /// <summary>A message that is none of the above; the last ones are kept for people to look at.</summary>
        Refused = 5,
    }
}
