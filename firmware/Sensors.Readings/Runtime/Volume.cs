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
