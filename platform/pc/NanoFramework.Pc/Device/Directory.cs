namespace NanoFramework.Pc.Device
{
    /// <summary>The device's <c>System.IO.Directory</c>, on the board's volume.</summary>
    public static class Directory
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

        /// <summary>Makes a folder; nothing happens when it exists.</summary>
        /// <param name="path">Its path; the folder above must exist.</param>
        /// <returns>The folder.</returns>
        public static DirectoryInfo CreateDirectory(string path)
        {
            Volume.CreateFolder(path);
            return new DirectoryInfo(path);
        }

        public static void Delete(string path) => Delete(path, false);

        public static void Delete(string path, bool recursive) => Volume.DeleteFolder(path, recursive);

        public static bool Exists(string path) => Volume.FolderExists(path);

        public static string[] GetFiles(string path) => Volume.List(path, folders: false);

        public static string[] GetDirectories(string path) => Volume.List(path, folders: true);
    }

    /// <summary>A folder of the board's volume; as much of the device's class as <see cref="Directory.CreateDirectory"/> needs.</summary>
    public sealed class DirectoryInfo
    {
        public DirectoryInfo(string path)
        {
            FullName = VolumePath.ToDevice(VolumePath.Normalize(path));
        }

        public string FullName { get; }

        public string Name => FullName.Substring(FullName.LastIndexOf('\\') + 1);

        public bool Exists => Directory.Exists(FullName);
    }
}
