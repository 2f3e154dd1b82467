using System;
using NanoFramework.Pc.Device;

namespace NanoFramework.Pc
{
    /// <summary>Paths of the internal volume: <c>I:\folder\name</c> outside, <c>folder/name</c> inside.</summary>
    internal static class VolumePath
    {
        /// <summary>Characters a path must stay below.</summary>
        public const int MaxLength = 246;

        private const string Drive = "I:";
        private const string Forbidden = "<>:\"|?*";

        /// <summary>Turns a path of the device into the volume's own form; the root is empty.</summary>
        /// <param name="path">Absolute path.</param>
        /// <returns>Names joined by a slash.</returns>
        /// <exception cref="ArgumentException">The path is empty or holds a character or a name that is not allowed.</exception>
        /// <exception cref="IOException">The path is too long, or names another volume.</exception>
        public static string Normalize(string path)
        {
            if (string.IsNullOrEmpty(path))
            {
                throw new ArgumentException("The path is empty.");
            }

            if (path.Length >= MaxLength)
            {
                throw Error(path, "the path is too long", IOException.IOExceptionErrorCode.PathTooLong);
            }

            if (!path.StartsWith(Drive, StringComparison.OrdinalIgnoreCase))
            {
                throw Error(path, "there is no such volume, only " + Drive, IOException.IOExceptionErrorCode.VolumeNotFound);
            }

            string[] names = path.Substring(Drive.Length).Split(new[] { '\\', '/' }, StringSplitOptions.RemoveEmptyEntries);
            foreach (string name in names)
            {
                if (name == "." || name == ".." || name.AsSpan().IndexOfAny(Forbidden) >= 0 || name.AsSpan().ContainsAnyInRange('\0', '\x1F'))
                {
                    throw new ArgumentException("Not a file name: " + name);
                }
            }

            return string.Join('/', names);
        }

        /// <summary>Turns the volume's own form into a path of the device.</summary>
        /// <param name="normal">What <see cref="Normalize"/> made.</param>
        /// <returns>A path such as <c>I:\journal.001</c>.</returns>
        public static string ToDevice(string normal) => Drive + "\\" + normal.Replace('/', '\\');

        /// <summary>Gets the folder a name is in; empty for the root.</summary>
        /// <param name="normal">What <see cref="Normalize"/> made.</param>
        /// <returns>The folder in the same form.</returns>
        public static string ParentOf(string normal)
        {
            int slash = normal.LastIndexOf('/');
            return slash < 0 ? "" : normal.Substring(0, slash);
        }

        /// <summary>Makes the exception of a failed operation.</summary>
        /// <param name="path">What it was about.</param>
        /// <param name="reason">What is wrong.</param>
        /// <param name="code">The device's number for it.</param>
        /// <returns>The exception, not thrown.</returns>
        public static IOException Error(string path, string reason, IOException.IOExceptionErrorCode code) =>
            new(path + ": " + reason + ".", (int)code);
    }
}
