using System.Diagnostics.CodeAnalysis;

namespace Sensors.Node
{
    /// <summary>Keeps what all points have learned on the volume, so that a restart does not learn a worn machine as the usual one.</summary>
    /// <remarks>
    /// <para>
    /// Written at each quarter of a point's learning, so four times in its life, and once for each <see cref="ConditionMonitor.Relearn"/>: with the default
    /// day of learning, a power cut costs at most six hours of it. A <see cref="TwinFile"/>, <c>baseline.a</c> and <c>baseline.b</c>. Points that are
    /// in the file and not at the node at present, such as one whose sensor is missing, are kept.
    /// </para>
    /// <para>
    /// Layout, little-endian: 0 version (1), 1 points u8, 2 unused u16, 4 counter u32; then for each point: length of all that follows of it u16, length of its name u8, name in
    /// ASCII, 12 lines (readings u16, 12 x f32), then for each feature: key u32, readings u16 and as many f32, or 0xFFFF, median f32 and spread f32; at the end CRC-32.
    /// </para>
    /// </remarks>
    public sealed class BaselineStore
    {
        private const byte Version = 1;
        private const int Head = 8;
        private const int MostStrangers = 8;

        private readonly TwinFile _file;
        private readonly ConditionMonitor[] _monitors;
        private readonly byte[][] _strangers = new byte[MostStrangers][]; // sections of points that are not here
        private int _strangerCount;

        /// <summary>Reads the volume, and gives each point what it had learned.</summary>
        /// <param name="volume">The node's files.</param>
        /// <param name="monitors">The points' monitors.</param>
        public BaselineStore(Volume volume, ConditionMonitor[] monitors)
        {
            _monitors = monitors;
            _file = new TwinFile(volume, "baseline", Version, Head, 4);
            byte[] newest = _file.Read();
            Damaged = _file.IsDamaged;
            if (newest != null) { Load(newest); }
        }

        /// <summary>Gets whether a file was damaged: a write was cut off, and the other file, if there was one, counts.</summary>
        public bool Damaged { get; }

        /// <summary>Gets how often the volume refused a file. It is tried again with the next reading.</summary>
        public int WriteFailures { get; private set; }

        /// <summary>Writes a file when a point has learned enough for that. To be called between readings; writing takes a moment.</summary>
        /// <returns>True when a file was written.</returns>
        [SuppressMessage("Sensors", "NANO114", Justification = "Writes at a quarter of a point's learning: four times in its life.")]
        public bool SaveIfNeeded()
        {
            bool needed = false;
            for (int i = 0; i < _monitors.Length; i++) { needed |= _monitors[i].NeedsSaving; }
            if (!needed) { return false; }

            try
            {
                _file.Write(Make());
            }
            catch (VolumeException)
            {
                WriteFailures++;
                return false;
            }

            for (int i = 0; i < _monitors.Length; i++) { _monitors[i].Saved(); }
            return true;
        }

        private static bool IsName(byte[] file, int at, int length, string name)
        {
            if (length != name.Length) { return false; }
            for (int i = 0; i < length; i++)
            {
                if (file[at + i] != name[i]) { return false; }
            }

            return true;
        }

        private void Load(byte[] file)
        {
            int end = file.Length - TwinFile.Check;
            int at = Head;
            for (int i = 0; i < file[1] && end - at > 3; i++)
            {
                int next = at + 2 + (int)LittleEndian.Get(file, at, 2);
                int nameLength = file[at + 2];
                int start = at + 3 + nameLength;
                if (next > end || start > next) { return; }
                ConditionMonitor monitor = Find(file, at + 3, nameLength);
                if (monitor != null)
                {
                    monitor.Load(file, start, next);
                }
                else if (_strangerCount < MostStrangers)
                {
                    byte[] section = new byte[next - at];
                    for (int k = 0; k < section.Length; k++) { section[k] = file[at + k]; }
                    _strangers[_strangerCount++] = section;
                }

                at = next;
            }
        }

        private ConditionMonitor Find(byte[] file, int at, int length)
        {
            for (int i = 0; i < _monitors.Length; i++)
            {
                if (IsName(file, at, length, _monitors[i].Point.Name)) { return _monitors[i]; }
            }

            return null;
        }

        private byte[] Make()
        {
            int length = Head + TwinFile.Check;
            for (int i = 0; i < _monitors.Length; i++) { length += 3 + _monitors[i].Point.Name.Length + _monitors[i].SavedBytes; }
            for (int i = 0; i < _strangerCount; i++) { length += _strangers[i].Length; }

            byte[] file = new byte[length];
            file[1] = (byte)(_monitors.Length + _strangerCount);
            int at = Head;
            for (int i = 0; i < _monitors.Length; i++)
            {
                int start = at;
                string name = _monitors[i].Point.Name;
                file[at + 2] = (byte)name.Length;
                at += 3;
                for (int k = 0; k < name.Length; k++) { file[at++] = (byte)name[k]; }
                at = _monitors[i].Save(file, at);
                LittleEndian.Put(file, start, at - start - 2, 2);
            }

            for (int i = 0; i < _strangerCount; i++)
            {
                for (int k = 0; k < _strangers[i].Length; k++) { file[at++] = _strangers[i][k]; }
            }

            return file;
        }
    }
}
