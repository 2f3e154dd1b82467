using System;

namespace Sensors.Node
{
    /// <summary>The settings on the volume: the file that people and tools write, and what the node itself made of it since.</summary>
    /// <remarks>
    /// <para>
    /// What the node writes is a generation of a <see cref="TwinFile"/>, <c>settings.a</c> and <c>settings.b</c>: a power cut at any moment leaves the
    /// settings as they were, or as they became.
    /// </para>
    /// <para>
    /// A generation also bears the CRC of the <see cref="Settings.FileName"/> it was made from. As long as that file is the same, or gone, the
    /// newest generation counts; when somebody has written another one, that file counts and the generations are out of date.
    /// </para>
    /// <para>Layout, little-endian: 0 version (1), 4 counter u32, 8 CRC-32 of settings.txt, 0 for none, 12 text, and CRC-32.</para>
    /// </remarks>
    public sealed class SettingsStore
    {
        /// <summary>The most bytes of text.</summary>
        public const int MaxLength = 4096;

        private const int HeadLength = 12;
        private const byte Version = 1;

        private readonly Volume _volume;
        private readonly TwinFile _generations;
        private byte[] _text;
        private uint _origin;

        /// <summary>Reads the volume.</summary>
        /// <param name="volume">The node's files.</param>
        public SettingsStore(Volume volume)
        {
            _volume = volume;
            _generations = new TwinFile(volume, "settings", Version, HeadLength, 4);
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
            byte[] newest = _generations.Read();
            IsGeneration = newest != null && (file == null || (uint)LittleEndian.Get(newest, 8, 4) == _origin);
            if (!IsGeneration)
            {
                _text = file;
                return;
            }

            _origin = (uint)LittleEndian.Get(newest, 8, 4); // also while the file is gone: it may come back
            _text = new byte[newest.Length - HeadLength - TwinFile.Check];
            Array.Copy(newest, HeadLength, _text, 0, _text.Length);
        }

        /// <summary>Writes settings, durable on return. A power cut before that leaves those there were.</summary>
        /// <param name="text">The whole text, at most <see cref="MaxLength"/> bytes.</param>
        /// <exception cref="VolumeException">The volume refused; the settings there were stand.</exception>
        public void Write(byte[] text)
        {
            byte[] bytes = new byte[HeadLength + text.Length + TwinFile.Check];
            LittleEndian.Put(bytes, 8, _origin, 4);
            Array.Copy(text, 0, bytes, HeadLength, text.Length);
            _generations.Write(bytes);
            _text = text;
            IsGeneration = true;
        }
    }
}
