using System;
using System.IO;

namespace Sensors.VirtualBoard.Tests
{
    /// <summary>Where real records are: the folder named by SENSORS_REFERENCE_DATA, else shared/reference-data beside the repository.</summary>
    internal static class ReferenceData
    {
        public static string Record(string name)
        {
            string? folder = Environment.GetEnvironmentVariable("SENSORS_REFERENCE_DATA") ?? Beside();
            string path = Path.Combine(folder ?? string.Empty, "records", name);
            Assert.SkipUnless(File.Exists(path), "Reference data not found: name its folder with SENSORS_REFERENCE_DATA.");
            return path;
        }

        private static string? Beside()
        {
            for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
            {
                if (File.Exists(Path.Combine(at.FullName, "Sensors.sln")))
                {
                    return Path.Combine(at.Parent?.FullName ?? at.FullName, "shared", "reference-data");
                }
            }

            return null;
        }
    }
}
