using System;

namespace Sensors.Node
{
    /// <summary>The settings on the volume: the file that people and tools write, and what the node itself made of it since.</summary>
    /// <remarks>
    /// <para>
    /// What the node writes is a generation: the whole text with a counter and a CRC, in <see cref="FileA"/> and <see cref="FileB"/> in turn.
    /// Only the older of the two is ever written over, so that a power cut at any moment leaves the settings as they were, or as they became.
    /// </para>
    /// <para>
    /// A generation also bears the CRC of the <see cref="Settings.FileName"/> it was made from. As long as that file is the same, or gone, the
    /// newest generation counts; when somebody has written another one, that file counts and the generations are out of date.
    /// </para>
    /// <para>Layout, little-endian: 0 version (1), 4 counter u32, 8 CRC-32 of settings.txt, 0 for none, 12 text, and CRC-32 of all before it.</para>
    /// </remarks>
    public sealed class SettingsStore
    {
        /// <summary>Name of the first generation's file.</summary>
        public const string FileA = "settings.a";

        /// <summary>Name of the second generation's file.</summary>
        public const string FileB = "settings.b";

        /// <summary>The most bytes of text.</summary>
        public const int MaxLength = 4096;

        private const int HeadLength = 12;
        private const int TailLength = 4;
        private const byte Version = 1;

        private readonly Volume _volume;
        private byte[] _text;
        private uint _origin;
        private uint _counter; // of the newest generation, out of date or not
        private bool _writeB;

        /// <summary>Reads the volume.</summary>
        /// <param name="volume">The node's files.</param>
        public SettingsStore(Volume volume)
        {
            _volume = volume;
            Read();
        }

        /// <summary>Gets the settings that count, see <see cref="Settings.Parse"/>; null when the volume holds none.</summary>
        public byte[] Text
        {
            get { return _text; }
        }

        /// <summary>Gets whether the text is what the node itself wrote last.</summary>
        public bool IsGeneration { get; private set; }

        /// <summary>Reads the volume anew.</summary>
        public void Read()
        {
            byte[] file = _volume.Read(Settings.FileName);
            _origin = file == null ? 0 : Crc32.Compute(file, 0, file.Length);
            byte[] a = Valid(_volume.Read(FileA));
            byte[] b = Valid(_volume.Read(FileB));
            bool newestIsB = a == null || (b != null && (int)((uint)LittleEndian.Get(b, 4, 4) - (uint)LittleEndian.Get(a, 4, 4)) > 0);
            byte[] newest = newestIsB ? b : a;
            _writeB = newest != null && !newestIsB; // never over the newest
            _counter = newest == null ? 0 : (uint)LittleEndian.Get(newest, 4, 4);
            IsGeneration = newest != null && (file == null || (uint)LittleEndian.Get(newest, 8, 4) == _origin);
            if (!IsGeneration)
            {
                _text = file;
                return;
            }

            _origin = (uint)LittleEndian.Get(newest, 8, 4); // also while the file is gone: it may come back
            _text = new byte[newest.Length - HeadLength - TailLength];
            Array.Copy(newest, HeadLength, _text, 0, _text.Length);
        }

        /// <summary>Writes settings, durable on return. A power cut before that leaves those there were.</summary>
        /// <param name="text">The whole text, at most <see cref="MaxLength"/> bytes.</param>
        /// <exception cref="VolumeException">The volume refused; the settings there were stand.</exception>
        public void Write(byte[] text)
        {
            byte[] bytes = new byte[HeadLength + text.Length + TailLength];
            bytes[0] = Version;
            LittleEndian.Put(bytes, 4, _counter + 1, 4);
            LittleEndian.Put(bytes, 8, _origin, 4);
            Array.Copy(text, 0, bytes, HeadLength, text.Length);
            LittleEndian.Put(bytes, HeadLength + text.Length, Crc32.Compute(bytes, 0, HeadLength + text.Length), 4);
            _volume.Write(_writeB ? FileB : FileA, bytes);
            _writeB = !_writeB;
            _counter++;
            _text = text;
            IsGeneration = true;
        }

        private static byte[] Valid(byte[] bytes)
        {
            int end = bytes == null ? 0 : bytes.Length - TailLength;
            return end >= HeadLength && bytes[0] == Version && (uint)LittleEndian.Get(bytes, end, 4) == Crc32.Compute(bytes, 0, end) ? bytes : null;
        }
    }
}
