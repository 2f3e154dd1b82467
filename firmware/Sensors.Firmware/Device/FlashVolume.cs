using System;
using Sensors.Node;
#if NETNANO1_0
using System.IO;
#else
using NanoFramework.Pc.Device; // the PC's own library would silently win over a stand-in in System.IO
#endif

namespace Sensors.Firmware
{
    /// <summary>The node's files on the board's internal volume.</summary>
    /// <remarks>
    /// What is durable here is a closed file: a flush is not (the file system commits on close), and a rename never replaces.
    /// </remarks>
    public sealed class FlashVolume : Volume
    {
        private const int DefaultCapacity = 256 * 1024;

        private readonly string _root;
        private int _capacity; // 0 until it was asked for

        /// <summary>Makes the volume.</summary>
        /// <param name="root">Drive with its backslash, such as <c>I:\</c>.</param>
        public FlashVolume(string root)
        {
            _root = root;
        }

        /// <inheritdoc/>
        public override byte[] Read(string name)
        {
            string path = _root + name;
            if (!File.Exists(path))
            {
                return null;
            }

            using (FileStream stream = new FileStream(path, FileMode.Open, FileAccess.Read))
            {
                byte[] bytes = new byte[(int)stream.Length];
                int have = 0;
                while (have < bytes.Length)
                {
                    int got = stream.Read(bytes, have, bytes.Length - have);
                    if (got <= 0)
                    {
                        return null; // shorter than its length says: as good as none
                    }

                    have += got;
                }

                return bytes;
            }
        }

        /// <inheritdoc/>
        public override void Write(string name, byte[] bytes)
        {
            try
            {
                using (FileStream stream = new FileStream(_root + name, FileMode.Create, FileAccess.Write))
                {
                    stream.Write(bytes, 0, bytes.Length);
                }
            }
            catch (Exception exception)
            {
                throw new VolumeException(name, exception);
            }
        }

        /// <inheritdoc/>
        public override int Read(string name, byte[] buffer)
        {
            string path = _root + name;
            if (!File.Exists(path))
            {
                return -1;
            }

            using (FileStream stream = new FileStream(path, FileMode.Open, FileAccess.Read))
            {
                int length = (int)stream.Length;
                int wanted = length < buffer.Length ? length : buffer.Length;
                int have = 0;
                while (have < wanted)
                {
                    int got = stream.Read(buffer, have, wanted - have);
                    if (got <= 0)
                    {
                        return -1;
                    }

                    have += got;
                }

                return length;
            }
        }

        /// <inheritdoc/>
        public override void Append(string name, byte[] bytes, int start, int count)
        {
            try
            {
                using (FileStream stream = new FileStream(_root + name, FileMode.Append, FileAccess.Write))
                {
                    stream.Write(bytes, start, count);
                }
            }
            catch (Exception exception)
            {
                throw new VolumeException(name, exception);
            }
        }

        /// <inheritdoc/>
        /// <remarks>A board that does not tell has the volume of 4 MB of flash, the smallest there is.</remarks>
        public override int CapacityBytes
        {
            get
            {
                if (_capacity == 0)
                {
                    _capacity = AskCapacity();
                }

                return _capacity;
            }
        }

        private int AskCapacity()
        {
            try
            {
                long size = new DriveInfo(_root).TotalSize;
                return size >= BlockBytes && size <= int.MaxValue ? (int)size : DefaultCapacity;
            }
            catch (Exception)
            {
                return DefaultCapacity; // a node that cannot learn the size still runs
            }
        }

        /// <inheritdoc/>
        public override void Delete(string name)
        {
            try
            {
                File.Delete(_root + name);
            }
            catch (Exception exception)
            {
                throw new VolumeException(name, exception);
            }
        }

        /// <inheritdoc/>
        public override string[] List()
        {
            string[] paths = Directory.GetFiles(_root);
            for (int i = 0; i < paths.Length; i++)
            {
                paths[i] = paths[i].Substring(paths[i].LastIndexOf('\\') + 1);
            }

            return paths;
        }
    }
}
