using System;
using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Sensors.Edge
{
    /// <summary>One chunk of a capture; specified byte by byte in <c>docs/capture.md</c>.</summary>
    public sealed class CaptureMessage
    {
        private const int Version = 1;
        private const int FixedLength = 59;
        private const int CheckLength = 4;
        private const int LongestName = 16;

        private CaptureMessage(string point, short[] counts)
        {
            Point = point;
            Counts = counts;
        }

        /// <summary>Gets the number of the capture, from 1 in each epoch.</summary>
        public uint Number { get; private init; }

        /// <summary>Gets the node's incarnation.</summary>
        public long Epoch { get; private init; }

        /// <summary>Gets which chunk this is, from 0.</summary>
        public int Index { get; private init; }

        /// <summary>Gets how many chunks the capture has.</summary>
        public int Chunks { get; private init; }

        /// <summary>Gets which block this is of, from 0.</summary>
        public int Block { get; private init; }

        /// <summary>Gets how many blocks the capture has.</summary>
        public int Blocks { get; private init; }

        /// <summary>Gets which block triggered.</summary>
        public int Trigger { get; private init; }

        /// <summary>Gets why the capture was taken.</summary>
        public CaptureCause Cause { get; private init; }

        /// <summary>Gets how many axes there are: 3 for x, y and z, or 1.</summary>
        public int Axes { get; private init; }

        /// <summary>Gets which axis it is where there is one: 0 to 2.</summary>
        public int Axis { get; private init; }

        /// <summary>Gets how the node knew the time.</summary>
        public ClockQuality Clock { get; private init; }

        /// <summary>Gets the triggers missed since the capture before; 255 for so many or more.</summary>
        public int Missed { get; private init; }

        /// <summary>Gets when the block's last sample was taken, in ms since 1970, from the node's start while the clock is unset.</summary>
        public long UtcMilliseconds { get; private init; }

        /// <summary>Gets the measured rate in Hz; null when it could not be measured.</summary>
        public float? Rate { get; private init; }

        /// <summary>Gets the acceleration per count, in m/s².</summary>
        public float Weight { get; private init; }

        /// <summary>Gets the samples of the block, per axis.</summary>
        public int BlockSamples { get; private init; }

        /// <summary>Gets the first sample of this chunk in the block.</summary>
        public int First { get; private init; }

        /// <summary>Gets the samples lost in the block.</summary>
        public int Lost { get; private init; }

        /// <summary>Gets the point.</summary>
        public string Point { get; }

        /// <summary>Gets the samples of this chunk per axis.</summary>
        public int Samples => Counts.Length / Axes;

        /// <summary>Gets the samples as the chip counts them, axes in turn.</summary>
        internal short[] Counts { get; }

        /// <summary>Reads a message.</summary>
        /// <param name="payload">The message.</param>
        /// <returns>The chunk.</returns>
        /// <exception cref="PayloadException">It is not a chunk; the message says what is wrong.</exception>
        public static CaptureMessage Parse(ReadOnlyMemory<byte> payload)
        {
            ReadOnlySpan<byte> bytes = payload.Span;
            Need(bytes.Length >= 4 && bytes[0] == 'S' && bytes[1] == 'C', $"The message is no chunk of a capture: it does not begin with \"SC\".");
            Need(bytes[2] == Version, $"The chunk is of version {bytes[2]}; this program reads version {Version}.");
            Need(bytes.Length > FixedLength + CheckLength, $"The chunk ends within its header: it has {bytes.Length} bytes.");
            int end = bytes.Length - CheckLength;
            uint check = BinaryPrimitives.ReadUInt32LittleEndian(bytes[end..]);
            uint computed = Crc32.Of(bytes[..end]);
            Need(check == computed, $"The chunk is damaged: its check is {check:x8}, not {computed:x8}.");
            return Build(bytes[..end]);
        }

        /// <summary>Reads a message that may be wrong.</summary>
        /// <param name="payload">The message.</param>
        /// <param name="message">The chunk.</param>
        /// <param name="error">What is wrong, one sentence.</param>
        /// <returns>Whether it is a chunk.</returns>
        public static bool TryParse(ReadOnlyMemory<byte> payload, [NotNullWhen(true)] out CaptureMessage? message, [NotNullWhen(false)] out string? error) =>
            Payload.TryParse(payload, Parse, out message, out error);

        private static CaptureMessage Build(ReadOnlySpan<byte> bytes)
        {
            int header = bytes[3];
            int axes = bytes[24];
            int samples = BinaryPrimitives.ReadUInt16LittleEndian(bytes[52..]);
            Need(axes is 1 or 3, $"The chunk has {axes} axes, not 1 or 3.");
            Need(header >= FixedLength + bytes[58] && header + (2 * samples * axes) == bytes.Length,
                $"The chunk's length does not fit: header {header}, name {bytes[58]}, {samples} samples of {axes} axes in {bytes.Length + CheckLength} bytes.");
            float rate = BinaryPrimitives.ReadSingleLittleEndian(bytes[36..]);
            float weight = BinaryPrimitives.ReadSingleLittleEndian(bytes[40..]);
            Need(float.IsFinite(rate) && rate >= 0, $"The chunk's rate is {rate}, not a number of 0 or more.");
            Need(float.IsFinite(weight) && weight > 0, $"The chunk's weight is {weight}, not a number above 0.");
            var message = new CaptureMessage(Name(bytes.Slice(FixedLength, bytes[58])), Samples16(bytes[header..]))
            {
                Number = BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]),
                Epoch = BinaryPrimitives.ReadInt64LittleEndian(bytes[8..]),
                Index = BinaryPrimitives.ReadUInt16LittleEndian(bytes[16..]),
                Chunks = BinaryPrimitives.ReadUInt16LittleEndian(bytes[18..]),
                Block = bytes[20],
                Blocks = bytes[21],
                Trigger = bytes[22],
                Cause = (CaptureCause)bytes[23],
                Axes = axes,
                Axis = bytes[25],
                Clock = (ClockQuality)bytes[26],
                Missed = bytes[27],
                UtcMilliseconds = BinaryPrimitives.ReadInt64LittleEndian(bytes[28..]),
                Rate = rate == 0 ? null : rate,
                Weight = weight,
                BlockSamples = Count(bytes[44..], "samples of the block"),
                First = Count(bytes[48..], "first sample"),
                Lost = Count(bytes[54..], "lost samples"),
            };
            message.Check();
            return message;
        }

        private void Check()
        {
            Need(Number > 0, $"The capture's number is 0; they begin with 1.");
            Need(Epoch is >= 0 and <= JsonMember.LargestInteger, $"The epoch is {Epoch}, not an integer from 0 to {JsonMember.LargestInteger}.");
            Need(Index < Chunks, $"The chunk is number {Index} of {Chunks}.");
            Need(Block < Blocks && Trigger < Blocks, $"Block {Block} and triggering block {Trigger} are not both of {Blocks} blocks.");
            Need(Enum.IsDefined(Cause), $"The reason is {(int)Cause}, not 1 or 2.");
            Need(Axis <= 2 && (Axis == 0 || Axes == 1), $"The axis is {Axis} of {Axes}.");
            Need(Enum.IsDefined(Clock), $"The clock is {(int)Clock}, not 0, 1 or 2.");
            Need(UtcMilliseconds is >= 0 and <= Payload.LatestTime, $"The time is {UtcMilliseconds}, not an integer from 0 to {Payload.LatestTime}.");
            Need(Counts.Length > 0 && (long)First + Samples <= BlockSamples, $"Samples {First} to {(long)First + Samples - 1} are not of a block of {BlockSamples}.");
        }

        private static int Count(ReadOnlySpan<byte> bytes, string what)
        {
            int count = BinaryPrimitives.ReadInt32LittleEndian(bytes);
            Need(count >= 0, $"The number of {what} is {(uint)count}, beyond {int.MaxValue}.");
            return count;
        }

        private static string Name(ReadOnlySpan<byte> bytes)
        {
            Need(bytes.Length is >= 1 and <= LongestName && bytes.IndexOfAnyExcept("abcdefghijklmnopqrstuvwxyz0123456789"u8) < 0,
                $"The point's name is not 1 to {LongestName} of a-z and 0-9.");
            return Encoding.ASCII.GetString(bytes);
        }

        private static short[] Samples16(ReadOnlySpan<byte> bytes)
        {
            var counts = new short[bytes.Length / 2];
            for (int i = 0; i < counts.Length; i++)
            {
                counts[i] = BinaryPrimitives.ReadInt16LittleEndian(bytes[(2 * i)..]);
            }

            return counts;
        }

        private static void Need(bool good, FormattableString otherwise)
        {
            if (!good)
            {
                throw new PayloadException(FormattableString.Invariant(otherwise));
            }
        }
    }

    /// <summary>Why a capture was taken.</summary>
    public enum CaptureCause
    {
        /// <summary>Somebody asked for it.</summary>
        Command = 1,

        /// <summary>An alarm began.</summary>
        Alarm = 2,
    }
}
