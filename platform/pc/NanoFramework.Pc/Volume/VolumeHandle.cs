using System;
using System.Collections.Generic;
using System.Threading;
using NanoFramework.Pc.Device;

namespace NanoFramework.Pc
{
    /// <summary>An open file of a volume: its content as it will be once closed.</summary>
    internal sealed class VolumeHandle
    {
        private readonly PcVolume _volume;
        private readonly HashSet<int> _changed = new(); // block numbers
        private byte[] _bytes;
        private int _length;
        private bool _owned; // the array is a copy of ours, not the volume's
        private bool _dirty;
        private bool _spoilt;

        public VolumeHandle(PcVolume volume, string name, string path, FileAccess access, FileShare share, byte[] content)
        {
            _volume = volume;
            Name = name;
            Path = path;
            Access = access;
            Share = share;
            _bytes = content; // replaced on the first change
            _length = content.Length;
        }

        public Lock Gate { get; } = new();

        public string Name { get; }

        public string Path { get; }

        public FileAccess Access { get; }

        public FileShare Share { get; }

        /// <summary>Gets how many blocks exist twice because of this file.</summary>
        public int ChangedBlocks
        {
            get
            {
                lock (_changed)
                {
                    return _changed.Count;
                }
            }
        }

        public int Length
        {
            get
            {
                using (_volume.Enter(this, 0))
                {
                    return _length;
                }
            }
        }

        public int Read(int position, Span<byte> buffer)
        {
            using (_volume.Enter(this, 0))
            {
                int count = Math.Clamp(_length - position, 0, buffer.Length);
                _bytes.AsSpan(Math.Min(position, _length), count).CopyTo(buffer);
                return count;
            }
        }

        public void Write(int position, ReadOnlySpan<byte> buffer)
        {
            using (_volume.Enter(this, 1))
            {
                Change(Math.Min(position, _length), position + buffer.Length);
                EnsureSize(position + buffer.Length);
                buffer.CopyTo(_bytes.AsSpan(position));
                _length = Math.Max(_length, position + buffer.Length);
            }
        }

        public void SetLength(int length)
        {
            using (_volume.Enter(this, 1))
            {
                if (length > _length)
                {
                    Change(_length, length);
                }

                Truncate(length);
            }
        }

        /// <summary>Sets the length without asking for space; for the volume itself.</summary>
        /// <param name="length">The new length.</param>
        public void Truncate(int length)
        {
            EnsureSize(length);
            if (length < _length)
            {
                _bytes.AsSpan(length, _length - length).Clear();
            }

            _length = length;
            _dirty = true;
            lock (_changed)
            {
                _changed.RemoveWhere(block => block * PcVolume.BlockBytes >= Math.Max(1, length));
            }
        }

        public void Flush()
        {
            using (_volume.Enter(this, 0))
            {
                // Not durable on a board either: the file system commits when the file is closed.
            }
        }

        public void Close() => _volume.Close(this);

        /// <summary>Gets the content to keep.</summary>
        /// <param name="bytes">A copy of it.</param>
        /// <returns>False when nothing was changed, or a write failed: then the old content stays.</returns>
        public bool TryGetChanged(out byte[] bytes)
        {
            bool keep = _dirty && !_spoilt;
            bytes = keep ? _bytes.AsSpan(0, _length).ToArray() : Array.Empty<byte>();
            return keep;
        }

        private void Change(int from, int to)
        {
            int added = 0;
            int first = from / PcVolume.BlockBytes;
            int last = (Math.Max(to, from + 1) - 1) / PcVolume.BlockBytes;
            lock (_changed)
            {
                for (int block = first; block <= last; block++)
                {
                    added += _changed.Contains(block) ? 0 : 1;
                }
            }

            if (added > 0 && !_volume.HasSpace(this, added))
            {
                _spoilt = true;
                throw VolumePath.Error(Path, "no space left", IOException.IOExceptionErrorCode.Others);
            }

            lock (_changed)
            {
                for (int block = first; block <= last; block++)
                {
                    _changed.Add(block);
                }
            }

            _dirty = true;
        }

        private void EnsureSize(int length)
        {
            if (!_owned || length > _bytes.Length)
            {
                byte[] larger = new byte[Math.Max(length, Math.Max(_length, Math.Min(length * 2, PcVolume.BlockBytes)))];
                _bytes.AsSpan(0, _length).CopyTo(larger);
                _bytes = larger;
                _owned = true;
            }
        }
    }
}
