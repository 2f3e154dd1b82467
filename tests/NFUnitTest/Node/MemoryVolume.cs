using Sensors.Node;

namespace NFUnitTest.Node
{
    /// <summary>Four files in memory.</summary>
    internal sealed class MemoryVolume : Volume
    {
        private readonly string[] _names = new string[4];
        private readonly byte[][] _files = new byte[4][];

        /// <summary>Gets or sets whether writes are refused.</summary>
        public bool Refuses { get; set; }

        /// <inheritdoc/>
        public override byte[] Read(string name)
        {
            int at = Find(name);
            return at < 0 ? null : Copy(_files[at]);
        }

        /// <inheritdoc/>
        public override void Write(string name, byte[] bytes)
        {
            if (Refuses)
            {
                throw new VolumeException(name, new System.InvalidOperationException("full"));
            }

            int at = Find(name);
            if (at < 0)
            {
                at = Find(null);
            }

            _names[at] = name;
            _files[at] = Copy(bytes);
        }

        /// <inheritdoc/>
        public override int Read(string name, byte[] buffer)
        {
            int at = Find(name);
            if (at < 0)
            {
                return -1;
            }

            int length = _files[at].Length;
            System.Array.Copy(_files[at], 0, buffer, 0, length < buffer.Length ? length : buffer.Length);
            return length;
        }

        /// <inheritdoc/>
        public override void Append(string name, byte[] bytes, int start, int count)
        {
            int at = Find(name);
            byte[] old = at < 0 ? new byte[0] : _files[at];
            byte[] grown = new byte[old.Length + count];
            System.Array.Copy(old, 0, grown, 0, old.Length);
            System.Array.Copy(bytes, start, grown, old.Length, count);
            Write(name, grown);
        }

        /// <inheritdoc/>
        public override int CapacityBytes
        {
            get { return 64 * BlockBytes; }
        }

        /// <inheritdoc/>
        public override void Delete(string name)
        {
            int at = Find(name);
            if (at >= 0)
            {
                _names[at] = null;
                _files[at] = null;
            }
        }

        /// <inheritdoc/>
        public override string[] List()
        {
            return _names;
        }

        /// <summary>Inverts one byte of a file.</summary>
        public void Damage(string name, int offset)
        {
            _files[Find(name)][offset] ^= 0xFF;
        }

        private static byte[] Copy(byte[] bytes)
        {
            byte[] copy = new byte[bytes.Length];
            System.Array.Copy(bytes, 0, copy, 0, bytes.Length);
            return copy;
        }

        private int Find(string name)
        {
            for (int i = 0; i < _names.Length; i++)
            {
                if (_names[i] == name)
                {
                    return i;
                }
            }

            return -1;
        }
    }
}
