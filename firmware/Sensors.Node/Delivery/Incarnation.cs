using System.Diagnostics.CodeAnalysis;
using Sensors.Drivers;

namespace Sensors.Node
{
    /// <summary>Gives every reading its epoch and sequence number, and keeps on the volume what must never repeat.</summary>
    /// <remarks>
    /// Epoch = random 32-bit incarnation x 2^20 + boot counter, below 2^53. The incarnation is drawn when the volume holds
    /// none, so that neither a swapped board nor a formatted volume repeats an epoch. Every start counts one boot before the
    /// first reading. Sequence numbers are reserved ahead in blocks of <see cref="Block"/>: after a power cut the volume
    /// still tells the highest number the last epoch can have used.
    /// Two files are written in turn, each whole, with a CRC; a torn write leaves the other one. Where one is damaged it may
    /// have told of a later start than the other does, so that start's number is passed over. Layout, little-endian:
    /// 0 version (1), 4 incarnation u32, 8 boot u32, 12 reserved i64, 20 CRC-32 of the first 20 bytes.
    /// </remarks>
    public sealed class Incarnation
    {
        /// <summary>Sequence numbers reserved at a time. At three readings every 10 s: a file closed every 3.8 hours.</summary>
        public const int Block = 4096;

        private const int BootBits = 20;
        private const int Size = 24;
        private const string FileA = "epoch.a";
        private const string FileB = "epoch.b";

        private readonly Volume _volume;
        private readonly byte[] _record = new byte[Size];
        private uint _incarnation;
        private uint _boot;
        private long _reserved;
        private long _sequence;
        private bool _writeB;

        /// <summary>Reads the volume, counts this start and reserves the first block.</summary>
        /// <param name="volume">The node's files.</param>
        /// <param name="random">Draws a new incarnation where there is none.</param>
        public Incarnation(Volume volume, RandomSource random)
        {
            _volume = volume;
            byte[] newest = Newest(out bool damaged);
            if (newest != null)
            {
                _incarnation = Get32(newest, 4);
                _boot = Get32(newest, 8);
                PreviousEpoch = MakeEpoch();
                PreviousReserved = Get64(newest, 12);
            }

            _boot += damaged ? 2u : 1u;
            if (newest == null || _boot >= 1u << BootBits)
            {
                Draw(random);
            }

            Reserve();
            if (WriteFailures > 0)
            {
                // The volume does not know of this start, so the next one would count the same boot again: a number of
                // chance instead, used for this start only.
                Draw(random);
            }

            Epoch = MakeEpoch();
        }

        /// <summary>Gets this start's epoch.</summary>
        public long Epoch { get; }

        /// <summary>Gets the epoch before this one, or 0 when the volume knew none.</summary>
        public long PreviousEpoch { get; }

        /// <summary>Gets the highest sequence number the previous epoch can have used.</summary>
        public long PreviousReserved { get; }

        /// <summary>Gets the highest sequence number given out so far.</summary>
        public long Sequence
        {
            get { return _sequence; }
        }

        /// <summary>Gets how often the volume could not take a reservation. The numbers still never repeat in this epoch.</summary>
        public int WriteFailures { get; private set; }

        /// <summary>Gives out the next sequence number; now and then this writes a small file.</summary>
        /// <returns>1 and up.</returns>
        [HotPath]
        public long Next()
        {
            if (_sequence >= _reserved)
            {
                Reserve();
            }

            return ++_sequence;
        }

        [SuppressMessage("Sensors", "NANO114", Justification = "Once per block of numbers, not per reading.")]
        private void Reserve()
        {
            _reserved = _sequence + Block;
            _record[0] = 1;
            _record[1] = 0;
            _record[2] = 0;
            _record[3] = 0;
            Put32(_record, 4, _incarnation);
            Put32(_record, 8, _boot);
            Put32(_record, 12, (uint)_reserved);
            Put32(_record, 16, (uint)(_reserved >> 32));
            Put32(_record, 20, Crc32.Compute(_record, 0, 20));
            try
            {
                _volume.Write(_writeB ? FileB : FileA, _record);
                _writeB = !_writeB;
            }
            catch (VolumeException)
            {
                WriteFailures++;
            }
        }

        private void Draw(RandomSource random)
        {
            // An older incarnation's higher boot count must not win at the next start. The older file goes first: with the
            // newer one gone and the power cut, the next start would count this incarnation's last boot again.
            try
            {
                _volume.Delete(_writeB ? FileB : FileA);
                _volume.Delete(_writeB ? FileA : FileB);
            }
            catch (VolumeException)
            {
                // What stays counts on from its own boot, which is not this start's.
            }

            random.Fill(_record);
            _incarnation = Get32(_record, 0);
            _boot = 1;
        }

        private byte[] Newest(out bool damaged)
        {
            byte[] fileA = _volume.Read(FileA);
            byte[] fileB = _volume.Read(FileB);
            byte[] a = Valid(fileA);
            byte[] b = Valid(fileB);
            damaged = (fileA != null && a == null) || (fileB != null && b == null);
            if (a == null || b == null)
            {
                _writeB = b == null && a != null;
                return a ?? b;
            }

            uint bootA = Get32(a, 8);
            uint bootB = Get32(b, 8);
            bool aIsNewer = bootA > bootB || (bootA == bootB && Get64(a, 12) >= Get64(b, 12));
            _writeB = aIsNewer; // never over the newest
            return aIsNewer ? a : b;
        }

        private static byte[] Valid(byte[] record)
        {
            bool good = record != null && record.Length == Size && record[0] == 1
                && Get32(record, 20) == Crc32.Compute(record, 0, 20);
            return good ? record : null;
        }

        private long MakeEpoch()
        {
            return ((long)_incarnation << BootBits) + _boot;
        }

        private static uint Get32(byte[] bytes, int at)
        {
            return bytes[at] | ((uint)bytes[at + 1] << 8) | ((uint)bytes[at + 2] << 16) | ((uint)bytes[at + 3] << 24);
        }

        private static long Get64(byte[] bytes, int at)
        {
            return Get32(bytes, at) | ((long)Get32(bytes, at + 4) << 32);
        }

        private static void Put32(byte[] bytes, int at, uint value)
        {
            bytes[at] = (byte)value;
            bytes[at + 1] = (byte)(value >> 8);
            bytes[at + 2] = (byte)(value >> 16);
            bytes[at + 3] = (byte)(value >> 24);
        }
    }
}
