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
        private readonly string _root;

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
