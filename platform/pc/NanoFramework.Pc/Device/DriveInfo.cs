namespace NanoFramework.Pc.Device
{
    /// <summary>The device's <c>System.IO.DriveInfo</c>: there is one volume, <c>I:</c>. (The device does not tell free space.)</summary>
    public sealed class DriveInfo
    {
        private const string Internal = "I:\\";

        public DriveInfo(string driveName)
        {
            VolumePath.Normalize(driveName);
            Name = Internal;
            Refresh();
        }

        public DriveType DriveType { get; set; }

        public string Name { get; set; }

        public long TotalSize { get; set; }

        public static DriveInfo[] GetDrives() => new[] { new DriveInfo(Internal) };

        public static string[] GetFileSystems() => new[] { "LITTLEFS" };

        public static void MountRemovableVolumes()
        {
        }

        public void Format(string fileSystem, uint parameter)
        {
            PcBoard board = PcBoard.Current;
            board.ThrowIfOff();
            board.Volume.Format();
        }

        public void Refresh()
        {
            PcBoard board = PcBoard.Current;
            board.ThrowIfOff();
            DriveType = DriveType.Fixed;
            TotalSize = board.Volume.CapacityBytes;
        }
    }
}
