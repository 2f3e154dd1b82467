using System;

namespace Sensors.Node
{
    /// <summary>The node's files: small, flat, each written whole and durable once its write has returned.</summary>
    /// <remarks>A flush is not durable on the device's file system, a close is; so there is no half-open file here.</remarks>
    public abstract class Volume
    {
        /// <summary>Reads a file.</summary>
        /// <param name="name">File name without a path, at most 32 characters.</param>
        /// <returns>Its bytes, or null when there is no such file.</returns>
        public abstract byte[] Read(string name);

        /// <summary>Writes a new file, durable on return. An older file of that name is deleted first: keep two generations where that matters.</summary>
        /// <param name="name">File name without a path, at most 32 characters.</param>
        /// <param name="bytes">Its content.</param>
        /// <exception cref="VolumeException">The file could not be written; the old one may be gone.</exception>
        public abstract void Write(string name, byte[] bytes);

        /// <summary>Reads a file into memory that is there already.</summary>
        /// <param name="name">File name without a path.</param>
        /// <param name="buffer">Receives its first bytes; what does not fit is left out.</param>
        /// <returns>The file's length in bytes, which may be more than the buffer's; -1 when there is no such file or it cannot be read.</returns>
        public abstract int Read(string name, byte[] buffer);

        /// <summary>Adds to the end of a file, which is made where there is none; durable on return. A power cut leaves the old content, or all of it.</summary>
        /// <param name="name">File name without a path, at most 32 characters.</param>
        /// <param name="bytes">Holds what is added.</param>
        /// <param name="start">Index of its first byte.</param>
        /// <param name="count">How many bytes.</param>
        /// <exception cref="VolumeException">The file could not be written; its old content stands, or a part of what was added behind it.</exception>
        public abstract void Append(string name, byte[] bytes, int start, int count);

        /// <summary>Gets the size of the volume in bytes, in blocks of <see cref="BlockBytes"/>; every file takes one at least.</summary>
        public abstract int CapacityBytes { get; }

        /// <summary>Bytes of a block, the least a file takes: LittleFS on an ESP32's flash.</summary>
        public const int BlockBytes = 4096;

        /// <summary>Deletes a file; nothing happens when there is none.</summary>
        /// <param name="name">File name without a path.</param>
        /// <exception cref="VolumeException">The file could not be deleted.</exception>
        public abstract void Delete(string name);

        /// <summary>Lists the names of all files.</summary>
        /// <returns>Names without a path, in no order.</returns>
        public abstract string[] List();
    }

    /// <summary>The volume refused a change: full, worn or gone.</summary>
    public sealed class VolumeException : Exception
    {
        /// <summary>Makes the error of one file.</summary>
        /// <param name="name">The file.</param>
        /// <param name="cause">What the file system threw.</param>
        public VolumeException(string name, Exception cause)
            : base("file " + name + ": " + cause.Message, cause)
        {
        }
    }
}
