using System;
using System.IO;

namespace Sensors.Cli.Tests.Support
{
    /// <summary>Compares output with a file of golden/. With SENSORS_UPDATE_GOLDEN=1 the file is written instead: read the difference before committing.</summary>
    internal static class GoldenFile
    {
        public static void Check(string name, string actual)
        {
            string path = Path.Combine(Repository.Root, "tests", "Sensors.Cli.Tests", "golden", name);
            if (Environment.GetEnvironmentVariable("SENSORS_UPDATE_GOLDEN") == "1")
            {
                File.WriteAllText(path, actual);
                return;
            }

            Assert.Equal(File.ReadAllText(path).ReplaceLineEndings("\n"), actual.ReplaceLineEndings("\n"));
        }
    }
}
