using System.Text;

namespace Sensors.Node
{
    /// <summary>Epochs that are over, of which the journal has not taken yet what of them will not come. Oldest first.</summary>
    /// <remarks>Written behind the rest of an epoch file, little-endian: their count, then of each epoch i64, first open number i64, last number
    /// i64, length of the identifier, identifier.</remarks>
    public sealed class UnclosedEpochs
    {
        /// <summary>The most that are kept: so many starts in a row whose journal took nothing.</summary>
        public const int Most = 16;

        private const int Fixed = 25;

        private readonly long[] _epochs = new long[Most];
        private readonly long[] _froms = new long[Most];
        private readonly long[] _tos = new long[Most];
        private readonly byte[][] _identifiers = new byte[Most][];

        /// <summary>Gets how many there are.</summary>
        public int Count { get; private set; }

        /// <summary>Gets the bytes they take.</summary>
        public int Length
        {
            get
            {
                int length = 1;
                for (int i = 0; i < Count; i++)
                {
                    length += Fixed + _identifiers[i].Length;
                }

                return length;
            }
        }

        /// <summary>Gets an epoch.</summary>
        /// <param name="index">0 and up.</param>
        /// <returns>The epoch.</returns>
        public long Epoch(int index)
        {
            return _epochs[index];
        }

        /// <summary>Gets the first of its numbers that may be neither at the edge nor in the journal.</summary>
        /// <param name="index">0 and up.</param>
        /// <returns>The number.</returns>
        public long From(int index)
        {
            return _froms[index];
        }

        /// <summary>Gets the highest number it can have used.</summary>
        /// <param name="index">0 and up.</param>
        /// <returns>The number, or <see cref="Gap.NoEnd"/>.</returns>
        public long To(int index)
        {
            return _tos[index];
        }

        /// <summary>Gets the identifier it was read under.</summary>
        /// <param name="index">0 and up.</param>
        /// <returns>The identifier.</returns>
        public string Identifier(int index)
        {
            return Encoding.UTF8.GetString(_identifiers[index], 0, _identifiers[index].Length);
        }

        /// <summary>Adds one, unless all its numbers are accounted for.</summary>
        /// <param name="epoch">The epoch.</param>
        /// <param name="from">Its first number that is open.</param>
        /// <param name="to">The highest it can have used.</param>
        /// <param name="identifier">The identifier it was read under, as bytes.</param>
        public void Add(long epoch, long from, long to, byte[] identifier)
        {
            if (from > to)
            {
                return;
            }

            if (Count == Most)
            {
                Count--; // the last but one: starts in a row whose journal took nothing gave out few numbers
                Move(Most - 1, Most - 2);
            }

            _epochs[Count] = epoch;
            _froms[Count] = from;
            _tos[Count] = to;
            _identifiers[Count] = identifier;
            Count++;
        }

        /// <summary>Removes the oldest: it is closed.</summary>
        public void RemoveFirst()
        {
            Count--;
            for (int i = 0; i < Count; i++)
            {
                Move(i + 1, i);
            }
        }

        /// <summary>Writes them.</summary>
        /// <param name="bytes">Receives <see cref="Length"/> bytes.</param>
        /// <param name="at">Where the first byte goes.</param>
        public void Write(byte[] bytes, int at)
        {
            bytes[at++] = (byte)Count;
            for (int i = 0; i < Count; i++)
            {
                byte[] identifier = _identifiers[i];
                at = LittleEndian.Put(bytes, at, _epochs[i], 8);
                at = LittleEndian.Put(bytes, at, _froms[i], 8);
                at = LittleEndian.Put(bytes, at, _tos[i], 8);
                bytes[at++] = (byte)identifier.Length;
                for (int k = 0; k < identifier.Length; k++)
                {
                    bytes[at++] = identifier[k];
                }
            }
        }

        /// <summary>Reads them; what does not make sense ends it.</summary>
        /// <param name="bytes">Holds them.</param>
        /// <param name="at">Index of the first byte.</param>
        /// <param name="end">Where they end.</param>
        public void Read(byte[] bytes, int at, int end)
        {
            int count = at < end ? bytes[at++] : 0;
            for (int i = 0; i < count && i < Most && at + Fixed <= end && at + Fixed + bytes[at + 24] <= end; i++)
            {
                byte[] identifier = new byte[bytes[at + 24]];
                for (int k = 0; k < identifier.Length; k++)
                {
                    identifier[k] = bytes[at + Fixed + k];
                }

                Add(LittleEndian.Get(bytes, at, 8), LittleEndian.Get(bytes, at + 8, 8), LittleEndian.Get(bytes, at + 16, 8), identifier);
                at += Fixed + identifier.Length;
            }
        }

        private void Move(int from, int to)
        {
            _epochs[to] = _epochs[from];
            _froms[to] = _froms[from];
            _tos[to] = _tos[from];
            _identifiers[to] = _identifiers[from];
        }
    }
}
