using System;
using System.Collections.Generic;
using NanoFramework.Pc.Device;
using Code = NanoFramework.Pc.Device.IOException.IOExceptionErrorCode;

namespace NanoFramework.Pc
{
    /// <summary>The internal volume of a board, <c>I:</c>, with the rules of LittleFS as the firmware image mounts it.</summary>
    /// <remarks>
    /// A file's content changes when it is closed, whole and at once; what was not closed is lost with the power, and the old
    /// content stays. A flush changes nothing of that. Creating a file does leave an empty one behind. A name that exists is
    /// never replaced by a rename. Space is counted in blocks of 4 KiB, at least one per file, and what an open file has
    /// changed is held twice until it is closed (copy on write): a little stricter than LittleFS, which keeps tiny files
    /// in their folder's blocks. A write that finds no space spoils its file: closing it then keeps the old content.
    /// With a folder of the PC behind it the content outlives the process; each close is written there safely.
    /// </remarks>
    public sealed partial class PcVolume
    {
        /// <summary>Bytes of the volume on a board with 4 MB of flash.</summary>
        public const int DefaultCapacity = 256 * 1024;

        /// <summary>Bytes of one block.</summary>
        public const int BlockBytes = 4096;

        private const int FolderBlocks = 2; // a metadata pair

        private readonly object _gate = new();
        private readonly Dictionary<string, byte[]> _files = new(StringComparer.Ordinal);
        private readonly HashSet<string> _folders = new(StringComparer.Ordinal);
        private readonly List<VolumeHandle> _open = new();
        private readonly VolumeFolder? _backing;
        private long _cutAt;
        private bool _off;
        private bool _corrupt;

        /// <summary>Makes a volume and mounts it.</summary>
        /// <param name="capacityBytes">Size in bytes, a multiple of <see cref="BlockBytes"/>, 4 blocks or more.</param>
        /// <param name="folder">A folder of the PC that keeps the content, created where missing; null for memory alone.</param>
        public PcVolume(int capacityBytes = DefaultCapacity, string? folder = null)
        {
            if (capacityBytes < 4 * BlockBytes || capacityBytes % BlockBytes != 0)
            {
                throw new ArgumentOutOfRangeException(nameof(capacityBytes), "A multiple of " + BlockBytes + ", 4 blocks or more.");
            }

            CapacityBytes = capacityBytes;
            _backing = folder == null ? null : new VolumeFolder(folder);
            _backing?.Load(_files, _folders);
        }

        /// <summary>Raised when the power is cut by <see cref="CutPowerAtOperation"/>, on the thread that was writing.</summary>
        public event Action? PowerCut;

        /// <summary>Gets the size in bytes.</summary>
        public int CapacityBytes { get; }

        /// <summary>Gets the bytes taken, in whole blocks, with what open files hold twice.</summary>
        public int UsedBytes
        {
            get
            {
                lock (_gate)
                {
                    return UsedBlocks() * BlockBytes;
                }
            }
        }

        /// <summary>Gets how many operations changed the volume or an open file since it was made: create, write, set length, close of a changed file, delete, move, folder.</summary>
        public long Operations { get; private set; }

        /// <summary>Gets how many writes there were.</summary>
        public long Writes { get; private set; }

        /// <summary>Gets how many closes there were that changed a file: each is a round of erasing and writing flash.</summary>
        public long Closes { get; private set; }

        /// <summary>Cuts the power just before an operation takes effect.</summary>
        /// <param name="operation">1 for the next operation, 2 for the one after; 0 for none.</param>
        public void CutPowerAtOperation(long operation)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(operation);
            lock (_gate)
            {
                _cutAt = operation == 0 ? 0 : Operations + operation;
            }
        }

        /// <summary>Takes the power away: open files are lost, every later use throws <see cref="BoardOffException"/> until <see cref="Mount"/>.</summary>
        public void CutPower()
        {
            lock (_gate)
            {
                _off = true;
                _open.Clear();
            }
        }

        /// <summary>Mounts the volume, as the firmware image does at its start: a volume that cannot be mounted is formatted.</summary>
        /// <returns>False when it was formatted and everything on it is gone.</returns>
        public bool Mount()
        {
            lock (_gate)
            {
                _off = false;
                _open.Clear();
                if (!_corrupt)
                {
                    return true;
                }

                Format();
                return false;
            }
        }

        /// <summary>Empties the volume, open files included.</summary>
        public void Format()
        {
            lock (_gate)
            {
                _open.Clear();
                _files.Clear();
                _folders.Clear();
                _corrupt = false;
                _backing?.Clear();
            }
        }

        /// <summary>Damages the volume as a whole, so that the next <see cref="Mount"/> formats it.</summary>
        public void CorruptVolume()
        {
            lock (_gate)
            {
                _corrupt = true;
            }
        }

        /// <summary>Reads a file from outside, as somebody with a programmer would: what a power cut now would leave. The firmware does not notice.</summary>
        /// <param name="path">The file.</param>
        /// <returns>A copy of its content; null when there is no such file.</returns>
        public byte[]? Peek(string path)
        {
            string name = VolumePath.Normalize(path);
            lock (_gate)
            {
                return _files.TryGetValue(name, out byte[]? bytes) ? (byte[])bytes.Clone() : null;
            }
        }

        /// <summary>Inverts one byte of a closed file.</summary>
        /// <param name="path">The file.</param>
        /// <param name="offset">Which byte; -1 for the one in the middle.</param>
        /// <exception cref="IOException">There is no such file, or no such byte.</exception>
        public void CorruptFile(string path, int offset = -1)
        {
            string name = VolumePath.Normalize(path);
            lock (_gate)
            {
                byte[] bytes = (byte[])Content(name, path).Clone();
                int at = offset < 0 ? bytes.Length / 2 : offset;
                if (at >= bytes.Length)
                {
                    throw VolumePath.Error(path, "there is no byte " + at, Code.Others);
                }

                bytes[at] ^= 0xFF;
                Store(name, bytes);
            }
        }

        private static int BlocksOf(int length) => Math.Max(1, (length + BlockBytes - 1) / BlockBytes);

        private int UsedBlocks()
        {
            int blocks = FolderBlocks * (1 + _folders.Count);
            foreach (byte[] bytes in _files.Values)
            {
                blocks += BlocksOf(bytes.Length);
            }

            foreach (VolumeHandle handle in _open)
            {
                blocks += handle.ChangedBlocks;
            }

            return blocks;
        }

        private void Store(string name, byte[] bytes)
        {
            _files[name] = bytes;
            _backing?.Write(name, bytes);
        }

        private void Count()
        {
            Operations++;
            if (_cutAt != 0 && Operations >= _cutAt)
            {
                _cutAt = 0;
                CutPower();
                PowerCut?.Invoke();
                throw new BoardOffException();
            }
        }

        private void ThrowIfOff()
        {
            if (_off)
            {
                throw new BoardOffException();
            }
        }

        private void ThrowUnlessFree(int blocks, string path)
        {
            if (UsedBlocks() + blocks > CapacityBytes / BlockBytes)
            {
                throw VolumePath.Error(path, "no space left", Code.Others);
            }
        }
    }
}
