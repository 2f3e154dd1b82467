using System;
using NanoFramework.Pc.Device;
using Code = NanoFramework.Pc.Device.IOException.IOExceptionErrorCode;

namespace NanoFramework.Pc
{
    /// <content>Files: by name, and while they are open.</content>
    public sealed partial class PcVolume
    {
        /// <summary>Opens a file.</summary>
        /// <param name="path">Its path.</param>
        /// <param name="mode">What is expected of the name.</param>
        /// <param name="access">What is going to be done.</param>
        /// <param name="share">What others may do meanwhile.</param>
        /// <returns>The open file.</returns>
        internal VolumeHandle Open(string path, FileMode mode, FileAccess access, FileShare share)
        {
            string name = VolumePath.Normalize(path);
            lock (_gate)
            {
                ThrowIfOff();
                if (name.Length == 0 || _folders.Contains(name))
                {
                    throw VolumePath.Error(path, "a folder", Code.UnauthorizedAccess);
                }

                ThrowUnlessFolder(VolumePath.ParentOf(name), path);
                foreach (VolumeHandle other in _open)
                {
                    if (other.Name == name && ((other.Share & (FileShare)access) != (FileShare)access || (share & (FileShare)other.Access) != (FileShare)other.Access))
                    {
                        throw VolumePath.Error(path, "the file is open", Code.UnauthorizedAccess);
                    }
                }

                bool exists = _files.ContainsKey(name);
                if (!exists && (mode == FileMode.Open || mode == FileMode.Truncate))
                {
                    throw VolumePath.Error(path, "there is no such file", Code.FileNotFound);
                }

                if (exists && mode == FileMode.CreateNew)
                {
                    throw VolumePath.Error(path, "the file exists", Code.PathAlreadyExists);
                }

                if (!exists)
                {
                    Count();
                    ThrowUnlessFree(1, path);
                    Store(name, Array.Empty<byte>()); // the name is committed at once, the content when the file is closed
                }

                var handle = new VolumeHandle(this, name, path, access, share, _files[name]);
                if (exists && (mode == FileMode.Create || mode == FileMode.Truncate))
                {
                    Count();
                    handle.Truncate(0);
                }

                _open.Add(handle);
                return handle;
            }
        }

        /// <summary>Tells whether there is a file of that name.</summary>
        /// <param name="path">Its path.</param>
        /// <returns>False for a folder, too.</returns>
        internal bool FileExists(string path)
        {
            string name = VolumePath.Normalize(path);
            lock (_gate)
            {
                ThrowIfOff();
                return _files.ContainsKey(name);
            }
        }

        /// <summary>Removes a file; nothing happens when there is none.</summary>
        /// <param name="path">Its path.</param>
        internal void Delete(string path)
        {
            string name = VolumePath.Normalize(path);
            lock (_gate)
            {
                ThrowIfOff();
                ThrowUnlessFolder(VolumePath.ParentOf(name), path);
                if (_folders.Contains(name))
                {
                    throw VolumePath.Error(path, "a folder", Code.UnauthorizedAccess);
                }

                ThrowIfOpen(name, path);
                if (!_files.ContainsKey(name))
                {
                    return;
                }

                Count();
                _files.Remove(name);
                _backing?.Delete(name);
            }
        }

        /// <summary>Renames a file. There is no replacing: the new name must be free.</summary>
        /// <param name="from">Present path.</param>
        /// <param name="to">New path.</param>
        internal void Move(string from, string to)
        {
            string source = VolumePath.Normalize(from);
            string target = VolumePath.Normalize(to);
            lock (_gate)
            {
                ThrowIfOff();
                ThrowIfOpen(source, from);
                byte[] bytes = Content(source, from);
                if (_files.ContainsKey(target) || _folders.Contains(target))
                {
                    throw VolumePath.Error(to, "the name is taken", Code.PathAlreadyExists);
                }

                ThrowUnlessFolder(VolumePath.ParentOf(target), to);
                Count();
                _files.Remove(source);
                _files[target] = bytes;
                _backing?.Move(source, target);
            }
        }

        /// <summary>Lets an open file do something, with the power on and nobody else at it.</summary>
        /// <param name="handle">The open file.</param>
        /// <param name="change">1 for a write, 0 for a read.</param>
        /// <returns>Hold it while working.</returns>
        internal System.Threading.Lock.Scope Enter(VolumeHandle handle, int change)
        {
            System.Threading.Lock.Scope scope = handle.Gate.EnterScope();
            try
            {
                lock (_gate)
                {
                    ThrowIfOff();
                    if (!_open.Contains(handle))
                    {
                        throw new BoardOffException(); // opened before the power went
                    }

                    if (change != 0)
                    {
                        Writes++;
                        Count();
                    }
                }

                return scope;
            }
            catch
            {
                scope.Dispose();
                throw;
            }
        }

        /// <summary>Tells whether an open file may hold more changed blocks.</summary>
        /// <param name="handle">The open file.</param>
        /// <param name="more">Blocks it needs beyond those it has.</param>
        /// <returns>False when the volume is full.</returns>
        internal bool HasSpace(VolumeHandle handle, int more)
        {
            lock (_gate)
            {
                return UsedBlocks() + more <= CapacityBytes / BlockBytes;
            }
        }

        /// <summary>Closes a file. This is the moment its content changes.</summary>
        /// <param name="handle">The open file.</param>
        internal void Close(VolumeHandle handle)
        {
            lock (_gate)
            {
                if (_off)
                {
                    return; // disposing on the way out of a dead board
                }

                if (!_open.Contains(handle))
                {
                    return;
                }

                if (handle.TryGetChanged(out byte[] bytes))
                {
                    Count();
                    Closes++;
                    Store(handle.Name, bytes);
                }

                _open.Remove(handle);
            }
        }

        private byte[] Content(string name, string path) => _files.TryGetValue(name, out byte[]? bytes)
            ? bytes
            : throw VolumePath.Error(path, "there is no such file", Code.FileNotFound);

        private void ThrowIfOpen(string name, string path)
        {
            foreach (VolumeHandle handle in _open)
            {
                if (handle.Name == name)
                {
                    throw VolumePath.Error(path, "the file is open", Code.UnauthorizedAccess);
                }
            }
        }
    }
}
