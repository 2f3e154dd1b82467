using System;
using System.Text;

namespace NanoFramework.Pc.Device
{
    /// <summary>The device's <c>System.IO.File</c>, on the board's volume.</summary>
    public static class File
    {
        private static PcVolume Volume
        {
            get
            {
                PcBoard board = PcBoard.Current;
                board.ThrowIfOff();
                return board.Volume;
            }
        }

        public static void AppendAllText(string path, string contents)
        {
            using var stream = new FileStream(path, FileMode.Append, FileAccess.Write);
            byte[] bytes = Encoding.UTF8.GetBytes(contents);
            stream.Write(bytes, 0, bytes.Length);
        }

        public static void Copy(string sourceFileName, string destFileName) => Copy(sourceFileName, destFileName, false);

        public static void Copy(string sourceFileName, string destFileName, bool overwrite)
        {
            byte[] bytes = ReadAllBytes(sourceFileName);
            using var stream = new FileStream(destFileName, overwrite ? FileMode.Create : FileMode.CreateNew, FileAccess.Write, FileShare.None);
            stream.Write(bytes, 0, bytes.Length);
        }

        public static FileStream Create(string path) => Create(path, 0);

        public static FileStream Create(string path, int bufferSize) =>
            new(path, FileMode.Create, FileAccess.ReadWrite, FileShare.None, bufferSize);

        public static void Delete(string path) => Volume.Delete(path);

        public static bool Exists(string path)
        {
            PcVolume volume = Volume;
            try
            {
                return volume.FileExists(path);
            }
            catch (Exception ex) when (ex is not BoardOffException)
            {
                return false; // also for a path that could never be one
            }
        }

        /// <summary>Renames a file.</summary>
        /// <param name="sourceFileName">Present path.</param>
        /// <param name="destFileName">New path.</param>
        /// <exception cref="IOException">The new name is taken: there is no replacing.</exception>
        public static void Move(string sourceFileName, string destFileName) => Volume.Move(sourceFileName, destFileName);

        public static FileStream Open(string path, FileMode mode) =>
            Open(path, mode, mode == FileMode.Append ? FileAccess.Write : FileAccess.ReadWrite);

        public static FileStream Open(string path, FileMode mode, FileAccess access) => Open(path, mode, access, FileShare.None);

        public static FileStream Open(string path, FileMode mode, FileAccess access, FileShare share) => new(path, mode, access, share);

        public static FileStream OpenRead(string path) => Open(path, FileMode.Open, FileAccess.Read);

        public static FileStream OpenWrite(string path) => Open(path, FileMode.OpenOrCreate, FileAccess.Write);

        public static byte[] ReadAllBytes(string path)
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            byte[] bytes = new byte[stream.Length];
            int read = stream.Read(bytes, 0, bytes.Length);
            return read == bytes.Length ? bytes : throw new IOException();
        }

        public static string ReadAllText(string path) => Encoding.UTF8.GetString(ReadAllBytes(path));

        public static void WriteAllBytes(string path, byte[] bytes)
        {
            ArgumentNullException.ThrowIfNull(bytes);
            using var stream = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read);
            stream.Write(bytes, 0, bytes.Length);
        }

        public static void WriteAllText(string path, string contents) => WriteAllBytes(path, Encoding.UTF8.GetBytes(contents ?? ""));
    }
}
