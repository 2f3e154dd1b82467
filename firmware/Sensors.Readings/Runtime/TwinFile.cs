namespace Sensors.Node
{
    /// <summary>A small file that outlives power cuts: two generations on the volume, each whole, written in turn.</summary>
    /// <remarks>
    /// <para>
    /// Form of a generation: byte 0 is a version, four bytes of the head are a counter u32, little-endian, and the last four bytes are the CRC-32 of
    /// all before them. Everything else is its user's. The files are called after it, with <c>.a</c> and <c>.b</c> behind.
    /// </para>
    /// <para>
    /// The sound file with the higher counter counts, and only the other one is ever written over. So a power cut during <see cref="Write"/>, which
    /// leaves that one as it was, gone, or torn, leaves the generation before; a cut behind it leaves the new one. A write that the volume
    /// refuses does the same, and the next write goes to the same place. What counted is lost only where both files are.
    /// </para>
    /// <para>
    /// Used for the epoch and the reserved numbers (<c>epoch</c>), for <see cref="BaselineStore"/> (<c>baseline</c>) and for the settings that the node
    /// itself wrote (<c>settings</c>).
    /// </para>
    /// </remarks>
    public sealed class TwinFile
    {
        /// <summary>Bytes of the check at the end.</summary>
        public const int Check = 4;

        private const int CounterLength = 4;

        private readonly Volume _volume;
        private readonly string _nameA;
        private readonly string _nameB;
        private readonly byte _version;
        private readonly int _head;
        private readonly int _counterAt;
        private uint _counter; // of the generation that counts
        private bool _writesB;

        /// <summary>Names the file; nothing is read before <see cref="Read"/>.</summary>
        /// <param name="volume">The node's files.</param>
        /// <param name="name">What both files' names begin with, at most 30 characters.</param>
        /// <param name="version">Version of the form; a file of another version does not count.</param>
        /// <param name="head">The least bytes before the check; a shorter file is damaged.</param>
        /// <param name="counterAt">Where in the head the counter is.</param>
        public TwinFile(Volume volume, string name, byte version, int head, int counterAt)
        {
            _volume = volume;
            _nameA = name + ".a";
            _nameB = name + ".b";
            _version = version;
            _head = head;
            _counterAt = counterAt;
        }

        /// <summary>Gets whether <see cref="Read"/> found a file that is not sound: a write was cut off, or bytes went bad.</summary>
        public bool IsDamaged { get; private set; }

        /// <summary>Gets whether <see cref="Read"/> found one generation only: the other is not sound, gone, or was never written.</summary>
        public bool IsAlone { get; private set; }

        /// <summary>Reads the generation that counts. To be called before the first <see cref="Write"/>.</summary>
        /// <returns>All its bytes; null when there is none.</returns>
        public byte[] Read()
        {
            IsDamaged = false;
            byte[] a = ReadSound(_nameA);
            byte[] b = ReadSound(_nameB);
            IsAlone = (a == null) != (b == null);
            bool isB = a == null || (b != null && (int)(CounterOf(b) - CounterOf(a)) > 0); // by the difference: the counter may begin anew
            byte[] newest = isB ? b : a;
            _writesB = newest != null && !isB;
            _counter = newest == null ? 0 : CounterOf(newest);
            return newest;
        }

        /// <summary>Writes the next generation, durable on return.</summary>
        /// <param name="bytes">All its bytes, of which version, counter and check are filled in here.</param>
        /// <exception cref="VolumeException">The volume refused; the generation before stands.</exception>
        public void Write(byte[] bytes)
        {
            int end = bytes.Length - Check;
            bytes[0] = _version;
            LittleEndian.Put(bytes, _counterAt, _counter + 1, CounterLength);
            LittleEndian.Put(bytes, end, Crc32.Compute(bytes, 0, end), Check);
            _volume.Write(_writesB ? _nameB : _nameA, bytes);
            _counter++;
            _writesB = !_writesB;
        }

        private byte[] ReadSound(string name)
        {
            byte[] bytes = _volume.Read(name);
            if (bytes == null) { return null; }
            int end = bytes.Length - Check;
            if (end >= _head && bytes[0] == _version && (uint)LittleEndian.Get(bytes, end, Check) == Crc32.Compute(bytes, 0, end)) { return bytes; }
            IsDamaged = true;
            return null;
        }

        private uint CounterOf(byte[] bytes)
        {
            return (uint)LittleEndian.Get(bytes, _counterAt, CounterLength);
        }
    }
}
