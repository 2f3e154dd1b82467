using System;
using System.Collections.Generic;
using System.IO;

namespace NanoFramework.Pc
{
    /// <summary>A folder of the PC that keeps a volume. Every change is whole: written beside, made durable, then renamed.</summary>
    internal sealed class VolumeFolder
    {
        private const string Unfinished = ".unfinished"; // a name no firmware uses; what bears it is left of a crash

        private readonly string _root;

        public VolumeFolder(string root)
        {
            _root = Path.GetFullPath(root);
            Directory.CreateDirectory(_root);
        }

        public void Load(Dictionary<string, byte[]> files, HashSet<string> folders)
        {
            foreach (string folder in Directory.GetDirectories(_root, "*", SearchOption.AllDirectories))
            {
                folders.Add(NameOf(folder));
            }

            foreach (string file in Directory.GetFiles(_root, "*", SearchOption.AllDirectories))
            {
                if (file.EndsWith(Unfinished, StringComparison.Ordinal))
                {
                    File.Delete(file);
                }
                else
                {
                    files[NameOf(file)] = File.ReadAllBytes(file);
                }
            }
        }

        public void Write(string name, byte[] bytes)
        {
            string target = PathOf(name);
            string temporary = target + Unfinished;
            using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None))
            {
                stream.Write(bytes);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, target, overwrite: true);
        }

        public void Delete(string name) => File.Delete(PathOf(name));

        public void Move(string from, string to) => File.Move(PathOf(from), PathOf(to));

        public void CreateFolder(string name) => Directory.CreateDirectory(PathOf(name));

        public void DeleteFolder(string name) => Directory.Delete(PathOf(name));

        public void Clear()
        {
            foreach (string file in Directory.GetFiles(_root))
            {
                File.Delete(file);
            }

            foreach (string folder in Directory.GetDirectories(_root))
            {
                Directory.Delete(folder, recursive: true);
            }
        }

        private string PathOf(string name) => Path.Combine(_root, name.Replace('/', Path.DirectorySeparatorChar));

        private string NameOf(string path) => Path.GetRelativePath(_root, path).Replace(Path.DirectorySeparatorChar, '/');
    }
}
