using System;

namespace Sensors.Edge
{
    /// <summary>A message as it is stored.</summary>
    /// <param name="Kind">What it is.</param>
    /// <param name="Id">The identifier, as the node first wrote it.</param>
    /// <param name="Epoch">Its epoch.</param>
    /// <param name="Sequence">Its number; of a gap the first one.</param>
    /// <param name="Arrived">When it came.</param>
    /// <param name="Payload">The message as it came.</param>
    public readonly record struct StoredMessage(StoreKind Kind, string Id, long Epoch, long Sequence, DateTimeOffset Arrived, byte[] Payload);

    /// <summary>A message that was refused.</summary>
    /// <param name="Topic">The topic it came on.</param>
    /// <param name="Reason">One sentence.</param>
    /// <param name="Arrived">When it came.</param>
    /// <param name="Payload">Its first bytes, at most 4,096.</param>
    public sealed record RefusedMessage(string Topic, string Reason, DateTimeOffset Arrived, byte[] Payload);
}
