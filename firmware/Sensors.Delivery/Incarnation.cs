using System.Diagnostics.CodeAnalysis;
using System.Text;
using Sensors.Drivers;

namespace Sensors.Node
{
    /// <summary>Gives every reading its epoch and sequence number, and keeps on the volume what must never repeat.</summary>
    /// <remarks>
    /// Epoch = random 32-bit incarnation x 2^20 + boot counter, below 2^53. The incarnation is drawn when the volume holds
    /// none, so that neither a swapped board nor a formatted volume repeats an epoch. Every start counts one boot before the
    /// first reading; only a fresh volume's first start has boot 1. Sequence numbers are reserved ahead in blocks of <see cref="Block"/>: after a power cut the volume
    /// still tells the highest number the last epoch can have used.
    /// Two files are written in turn, each whole, with a CRC; a torn write leaves the other one. Where one is damaged it may
    /// have told of a later start than the other does, so that start's number is passed over. Layout, little-endian:
    /// 0 version (2), 1 flags (1: the statement that the volume is new is not safe yet), 2 length of the identifier, 3 zero, 4 incarnation u32,
    /// 8 boot u32, 12 count of writes u32, 16 reserved i64, 24 lowest number that was neither acknowledged nor in the journal i64, 32 UTC
    /// milliseconds i64 (0 for not known), 40 identifier, then <see cref="UnclosedEpochs"/>, then CRC-32 of all before.
    /// </remarks>
    public sealed class Incarnation
    {
        /// <summary>Sequence numbers reserved at a time. At three readings every 10 s: a file closed every 3.8 hours.</summary>
        public const int Block = 4096;

        private const int BootBits = 20;
        private const int Version = 2;
        private const int Head = 40;
        private const int Check = 4;
        private const int FreshFlag = 1;
        private const string FileA = "epoch.a";
        private const string FileB = "epoch.b";

        private readonly Volume _volume;
        private readonly RandomSource _random;
        private readonly bool _known;   // the volume told of a start
        private readonly bool _damaged; // of the two files one: it may have told of a later start
        private byte[] _identifier = new byte[0];
        private Clock _clock;
        private Outbox _outbox;
        private uint _incarnation;
        private uint _boot;
        private uint _writes;
        private long _reserved;
        private long _sequence;
        private bool _writeB;

        /// <summary>Reads the volume; nothing is written before <see cref="Begin"/>.</summary>
        /// <param name="volume">The node's files.</param>
        /// <param name="random">Draws a new incarnation where there is none.</param>
        public Incarnation(Volume volume, RandomSource random)
        {
            _volume = volume;
            _random = random;
            byte[] newest = Newest(out _damaged);
            _known = newest != null;
            if (!_known)
            {
                return;
            }

            _incarnation = Get32(newest, 4);
            _boot = Get32(newest, 8);
            _writes = Get32(newest, 12);
            IsFresh = (newest[1] & FreshFlag) != 0;
            Utc = Get64(newest, 32);
            PreviousEpoch = MakeEpoch();
            _identifier = new byte[newest[2]];
            for (int i = 0; i < _identifier.Length; i++)
            {
                _identifier[i] = newest[Head + i];
            }

            Unclosed.Read(newest, Head + _identifier.Length, newest.Length - Check);
            Unclosed.Add(PreviousEpoch, Get64(newest, 24), _damaged ? Gap.NoEnd : Get64(newest, 16), _identifier);
            if (_damaged && _boot + 1 < 1u << BootBits)
            {
                SkippedEpoch = PreviousEpoch + 1;
                Unclosed.Add(SkippedEpoch, 1, Gap.NoEnd, _identifier);
            }
        }

        /// <summary>Gets this start's epoch; 0 before <see cref="Begin"/>.</summary>
        public long Epoch { [HotPath] get; private set; }

        /// <summary>Gets the epoch before this one, or 0 when the volume knew none.</summary>
        public long PreviousEpoch { get; }

        /// <summary>Gets the epoch a damaged file may have told of; 0 when none was.</summary>
        public long SkippedEpoch { get; }

        /// <summary>Gets the epochs before this one that are not closed yet.</summary>
        public UnclosedEpochs Unclosed { get; } = new UnclosedEpochs();

        /// <summary>Gets the latest UTC milliseconds the files know of; 0 for none.</summary>
        public long Utc { get; }

        /// <summary>Gets whether the volume is new, or new under its identifier, and nobody has been told durably: see <see cref="GapReason.NewVolume"/>.</summary>
        public bool IsFresh { get; private set; }

        /// <summary>Gets whether the volume knows of this start, and of the numbers that were reserved last.</summary>
        public bool IsDurable { get; private set; }

        /// <summary>Gets the highest sequence number given out so far.</summary>
        public long Sequence
        {
            get { return _sequence; }
        }

        /// <summary>Gets how often the volume could not take a reservation. The numbers still never repeat in this epoch.</summary>
        public int WriteFailures { get; private set; }

        /// <summary>Counts this start, durably. Numbers are reserved with the first of them.</summary>
        /// <param name="identifier">The node's identifier.</param>
        /// <param name="clock">Tells the time.</param>
        public void Begin(string identifier, Clock clock)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(identifier);
            IsFresh |= !IsSame(bytes, _identifier);
            _identifier = bytes;
            _clock = clock;
            _boot += _damaged ? 2u : 1u;
            if (!_known || _boot >= 1u << BootBits)
            {
                Draw();
            }

            Write(0);
            if (!IsDurable)
            {
                // The volume does not know of this start, so the next one would count the same boot again: a number of
                // chance instead.
                Draw();
            }

            Epoch = MakeEpoch();
        }

        /// <summary>Names what tells which numbers are still open.</summary>
        /// <param name="outbox">The node's outbox.</param>
        public void Attach(Outbox outbox)
        {
            _outbox = outbox;
        }

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

        /// <summary>Tries again what the volume refused.</summary>
        public void Repair()
        {
            Reserve();
        }

        /// <summary>Notes, durably, that the oldest of the unclosed epochs is closed. Nothing else may be closed, and nothing of this epoch go into the
        /// journal, before that is durable.</summary>
        public void Closed()
        {
            Unclosed.RemoveFirst();
            Reserve();
        }

        /// <summary>Notes, durably, that the statement of a new volume is safe: in the journal, or at the edge.</summary>
        public void Stated()
        {
            IsFresh = false;
            Write(_reserved);
        }

        /// <summary>Notes, durably, that everything up to the last number is safe, and that none follows: the node restarts on purpose.</summary>
        public void End()
        {
            _reserved = _sequence; // should the node live on, the next number is reserved anew
            Write(_sequence);
        }

        [SuppressMessage("Sensors", "NANO114", Justification = "Once per block of numbers, not per reading.")]
        private void Reserve()
        {
            _reserved = _sequence + Block;
            Write(_reserved);
        }

        private void Write(long reserved)
        {
            IsDurable = false;
            int lists = Head + _identifier.Length;
            int end = lists + Unclosed.Length;
            byte[] record = new byte[end + Check];
            record[0] = Version;
            record[1] = IsFresh ? (byte)FreshFlag : (byte)0;
            record[2] = (byte)_identifier.Length;
            for (int i = 0; i < _identifier.Length; i++)
            {
                record[Head + i] = _identifier[i];
            }

            Put32(record, 4, _incarnation);
            Put32(record, 8, _boot);
            Put32(record, 12, _writes + 1);
            Put64(record, 16, reserved);
            Put64(record, 24, _outbox == null ? 1 : _outbox.FirstOpen(_sequence + 1));
            Put64(record, 32, _clock.State == ClockState.Unset ? 0 : _clock.ToUtc(_clock.Milliseconds));
            Unclosed.Write(record, lists);
            Put32(record, end, Crc32.Compute(record, 0, end));
            try
            {
                _volume.Write(_writeB ? FileB : FileA, record);
                _writes++;
                _writeB = !_writeB;
                IsDurable = true;
            }
            catch (VolumeException)
            {
                WriteFailures++;
            }
        }

        private void Draw()
        {
            byte[] drawn = new byte[4];
            _random.Fill(drawn);
            _incarnation = Get32(drawn, 0);
            _boot = _known ? 2u : 1u;
        }

        private static bool IsSame(byte[] one, byte[] other)
        {
            bool same = one.Length == other.Length;
            for (int i = 0; same && i < one.Length; i++)
            {
                same = one[i] == other[i];
            }

            return same;
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

            bool aIsNewer = Get32(a, 12) > Get32(b, 12);
            _writeB = aIsNewer; // never over the newest
            return aIsNewer ? a : b;
        }

        private static byte[] Valid(byte[] record)
        {
            bool good = record != null && record.Length >= Head + Check && record[0] == Version && record.Length > Head + record[2] + Check
                && Get32(record, record.Length - Check) == Crc32.Compute(record, 0, record.Length - Check);
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

        private static void Put64(byte[] bytes, int at, long value)
        {
            Put32(bytes, at, (uint)value);
            Put32(bytes, at + 4, (uint)(value >> 32));
        }
    }
}
