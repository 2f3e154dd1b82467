using System;
using System.IO;

namespace Sensors.Cli.Tests.Support
{
    /// <summary>Where things are in the repository.</summary>
    internal static class Repository
    {
        public static string Root { get; } = Find();

        private static string Find()
        {
            for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
            {
                if (File.Exists(Path.Combine(at.FullName, "Sensors.sln")))
                {
                    return at.FullName;
                }
            }

            throw new DirectoryNotFoundException("Sensors.sln");
        }
    }
}
