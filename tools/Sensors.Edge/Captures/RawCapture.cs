using System;
using System.Collections.Generic;
using System.Linq;

namespace Sensors.Edge
{
    /// <summary>A capture, whole.</summary>
    /// <param name="Id">The node's identifier.</param>
    /// <param name="Point">The point.</param>
    /// <param name="Epoch">The node's incarnation.</param>
    /// <param name="Number">The capture's number in it.</param>
    /// <param name="Cause">Why it was taken.</param>
    /// <param name="Missed">Triggers missed since the capture before; 255 for so many or more.</param>
    /// <param name="Trigger">Which of the blocks triggered.</param>
    /// <param name="Blocks">The blocks in the order they were measured; at least one.</param>
    public sealed record RawCapture(
        string Id, string Point, long Epoch, uint Number, CaptureCause Cause, int Missed, int Trigger, IReadOnlyList<RawBlock> Blocks)
    {
        /// <summary>Gets the block that triggered.</summary>
        public RawBlock TriggerBlock => Blocks[Trigger];

        /// <summary>Gets the axes that were measured: together, or block by block one of them.</summary>
        public string Axes => string.Concat("xyz".Where(axis => Blocks.Any(block => block.AxisNames.Contains(axis))));
    }

    /// <summary>Samples that follow one another without a gap, or with <paramref name="Lost"/> missing.</summary>
    /// <param name="Axes">How many axes: 3 for x, y and z, or 1.</param>
    /// <param name="Axis">Which axis it is where there is one: 0 to 2.</param>
    /// <param name="Clock">How the node knew the time.</param>
    /// <param name="UtcMilliseconds">When the last sample was taken, in ms since 1970, from the node's start while the clock is unset.</param>
    /// <param name="Rate">Measured rate in Hz; null when it could not be measured.</param>
    /// <param name="Weight">Acceleration per count, in m/s².</param>
    /// <param name="Lost">Samples lost in the block.</param>
    /// <param name="Counts">The samples as the chip counts them, axes in turn.</param>
    public sealed record RawBlock(
        int Axes, int Axis, ClockQuality Clock, long UtcMilliseconds, float? Rate, float Weight, int Lost, ReadOnlyMemory<short> Counts)
    {
        /// <summary>Gets the samples per axis.</summary>
        public int Samples => Counts.Length / Axes;

        /// <summary>Gets the axes in the order of the samples: <c>xyz</c>, or one of these letters.</summary>
        public string AxisNames => Axes == 3 ? "xyz" : "xyz".Substring(Axis, 1);
    }
}
