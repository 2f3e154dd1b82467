using System;
using System.Collections.Generic;
using Code = NanoFramework.Pc.Device.IOException.IOExceptionErrorCode;

namespace NanoFramework.Pc
{
    /// <content>Folders: making, listing, removing.</content>
    public sealed partial class PcVolume
    {
        /// <summary>Tells whether there is a folder of that name.</summary>
        /// <param name="path">Its path; the root always exists.</param>
        /// <returns>False for a file, too.</returns>
        internal bool FolderExists(string path)
        {
            string name = VolumePath.Normalize(path);
            lock (_gate)
            {
                ThrowIfOff();
                return name.Length == 0 || _folders.Contains(name);
            }
        }

        /// <summary>Makes a folder; nothing happens when it exists.</summary>
        /// <param name="path">Its path; the folder above must exist.</param>
        internal void CreateFolder(string path)
        {
            string name = VolumePath.Normalize(path);
            lock (_gate)
            {
                ThrowIfOff();
                if (name.Length == 0 || _folders.Contains(name))
                {
                    return;
                }

                if (_files.ContainsKey(name))
                {
                    throw VolumePath.Error(path, "a file has this name", Code.PathAlreadyExists);
                }

                ThrowUnlessFolder(VolumePath.ParentOf(name), path);
                Count();
                ThrowUnlessFree(FolderBlocks, path);
                _folders.Add(name);
                _backing?.CreateFolder(name);
            }
        }

        /// <summary>Removes a folder.</summary>
        /// <param name="path">Its path.</param>
        /// <param name="recursive">Whether what is in it goes, too.</param>
        internal void DeleteFolder(string path, bool recursive)
        {
            string name = VolumePath.Normalize(path);
            lock (_gate)
            {
                ThrowIfOff();
                if (!_folders.Contains(name))
                {
                    throw VolumePath.Error(path, "there is no such folder", Code.DirectoryNotFound);
                }

                var inside = new List<string>();
                foreach (string file in _files.Keys)
                {
                    if (file.StartsWith(name + "/", StringComparison.Ordinal))
                    {
                        inside.Add(file);
                    }
                }

                var below = new List<string>();
                foreach (string folder in _folders)
                {
                    if (folder.StartsWith(name + "/", StringComparison.Ordinal))
                    {
                        below.Add(folder);
                    }
                }

                if (!recursive && inside.Count + below.Count > 0)
                {
                    throw VolumePath.Error(path, "the folder is not empty", Code.DirectoryNotEmpty);
                }

                foreach (string file in inside)
                {
                    ThrowIfOpen(file, path);
                    Count();
                    _files.Remove(file);
                    _backing?.Delete(file);
                }

                below.Sort((a, b) => b.Length - a.Length); // the deepest first
                below.Add(name);
                foreach (string folder in below)
                {
                    Count();
                    _folders.Remove(folder);
                    _backing?.DeleteFolder(folder);
                }
            }
        }

        /// <summary>Lists what is in a folder.</summary>
        /// <param name="path">The folder.</param>
        /// <param name="folders">True for folders, false for files.</param>
        /// <returns>Full paths, in the order of their names.</returns>
        internal string[] List(string path, bool folders)
        {
            string parent = VolumePath.Normalize(path);
            lock (_gate)
            {
                ThrowIfOff();
                ThrowUnlessFolder(parent, path);
                var found = new List<string>();
                foreach (string name in folders ? (IEnumerable<string>)_folders : _files.Keys)
                {
                    if (VolumePath.ParentOf(name) == parent)
                    {
                        found.Add(VolumePath.ToDevice(name));
                    }
                }

                found.Sort(StringComparer.Ordinal); // LittleFS keeps the names of a folder in order
                return found.ToArray();
            }
        }

        private void ThrowUnlessFolder(string name, string path)
        {
            if (name.Length > 0 && !_folders.Contains(name))
            {
                throw VolumePath.Error(path, "there is no such folder", Code.DirectoryNotFound);
            }
        }
    }
}
