using System.IO;

namespace Sensors.Campaigns
{
    /// <summary>Where the campaign's processes keep what must outlive them.</summary>
    internal static class KillsFolder
    {
        public static string Volume(string folder) => Path.Combine(folder, "volume");

        public static string Given(string folder) => Path.Combine(folder, "given.txt");

        public static string Store(string folder) => Path.Combine(folder, "readings.db");
    }
}
