using System;
using Sensors.Drivers;

namespace Sensors.Node
{
    /// <summary>One message of a capture, version 1: a header, raw samples, a CRC-32. Little-endian.</summary>
    /// <remarks>
    /// <code>
    /// offset  size  content
    ///      0     2  0x53 0x43, "SC"
    ///      2     1  version: 1
    ///      3     1  length of the header, where the samples begin: 59 + n
    ///      4     4  number of the capture, from 1 in each epoch
    ///      8     8  epoch
    ///     16     2  this chunk, from 0
    ///     18     2  chunks of the capture
    ///     20     1  this block, from 0
    ///     21     1  blocks of the capture
    ///     22     1  the block that triggered
    ///     23     1  reason: 1 command, 2 alarm
    ///     24     1  axes: 3 for x, y, z in turn, or 1
    ///     25     1  which axis where there is one: 0 x, 1 y, 2 z; else 0
    ///     26     1  clock: 0 unset, 1 holdover, 2 synced
    ///     27     1  triggers missed since the capture before; 255 for so many or more
    ///     28     8  ts of the block: when its last sample was taken, ms
    ///     36     4  float: measured rate in Hz; 0 when it could not be measured
    ///     40     4  float: acceleration per count, m/s2
    ///     44     4  samples of the block, per axis
    ///     48     4  the first sample of this chunk, from 0 in the block
    ///     52     2  samples of this chunk, per axis
    ///     54     4  samples lost in the block
    ///     58     1  n: length of the point's name
    ///     59     n  the point's name
    /// 59 + n   2 k  k = samples x axes signed counts
    ///    end     4  CRC-32 of all before it
    /// </code>
    /// Encoding runs in pieces: between two of them the link's thread looks whether a block is being drained.
    /// </remarks>
    public sealed class CaptureChunk
    {
        /// <summary>The most values of a chunk, all axes together: 150 samples of three axes, 450 of one.</summary>
        public const int Values = 450;

        /// <summary>The version of the layout.</summary>
        public const int Version = 1;

        /// <summary>Bytes of the header before the point's name.</summary>
        public const int HeaderLength = 59;

        /// <summary>The most bytes of a chunk.</summary>
        public const int MaxLength = HeaderLength + Point.MaxNameLength + (2 * Values) + CheckLength;

        private const int CheckLength = 4;
        private const int MostMissed = 255;
        private const int Piece = 30; // values encoded and checked at a time: some 700 loop passes, 2 ms on the device

        private readonly byte[] _bytes = new byte[MaxLength];
        private short[] _counts;
        private int _next; // the next value to be written
        private int _end;
        private int _at;
        private uint _check;

        /// <summary>Gets the bytes; as many as <see cref="Length"/> are the message.</summary>
        public byte[] Bytes
        {
            get { return _bytes; }
        }

        /// <summary>Gets the length of the message; 0 while it is not complete.</summary>
        public int Length { get; private set; }

        /// <summary>Writes the header.</summary>
        internal void Begin(long epoch, CaptureInfo capture, int index, int blockIndex, CaptureBlock block, int first, long utc, ClockState clock)
        {
            int samples = block.Samples - first;
            if (samples > Values / block.Axes)
            {
                samples = Values / block.Axes;
            }

            byte[] name = block.Point.NameJson; // in quotes
            int length = name.Length - 2;
            Length = 0;
            _at = 0;
            _counts = block.Counts;
            _next = first * block.Axes;
            _end = _next + (samples * block.Axes);
            Put('S', 1);
            Put('C', 1);
            Put(Version, 1);
            Put(HeaderLength + length, 1);
            Put(capture.Number, 4);
            Put(epoch, 8);
            Put(index, 2);
            Put(capture.Chunks, 2);
            Put(blockIndex, 1);
            Put(capture.Blocks, 1);
            Put(capture.Trigger, 1);
            Put((int)capture.Reason, 1);
            Put(block.Axes, 1);
            Put(block.Axis, 1);
            Put((int)clock, 1);
            Put(capture.Missed < MostMissed ? capture.Missed : MostMissed, 1);
            Put(utc, 8);
            Put(DigitWriter.IsWritable(block.Rate) ? FloatBits.Of(block.Rate) : 0, 4);
            Put(FloatBits.Of(block.Weight), 4);
            Put(block.Samples, 4);
            Put(first, 4);
            Put(samples, 2);
            Put(block.Lost, 4);
            Put(length, 1);
            Array.Copy(name, 1, _bytes, _at, length);
            _at += length;
            _check = Crc32.Compute(_bytes, 0, _at);
        }

        /// <summary>Encodes the next piece.</summary>
        /// <returns>True when the message is complete.</returns>
        [HotPath]
        public bool Continue()
        {
            short[] counts = _counts;
            byte[] bytes = _bytes;
            int end = _end - _next > Piece ? _next + Piece : _end;
            int at = _at;
            for (int i = _next; i < end; i++)
            {
                int value = counts[i];
                bytes[at++] = (byte)value;
                bytes[at++] = (byte)(value >> 8);
            }

            _check = Crc32.Continue(_check, bytes, _at, at - _at);
            _next = end;
            _at = at;
            if (end < _end)
            {
                return false;
            }

            Put(_check, CheckLength);
            Length = _at;
            return true;
        }

        [HotPath]
        private void Put(long value, int count)
        {
            _at = LittleEndian.Put(_bytes, _at, value, count);
        }
    }
}
