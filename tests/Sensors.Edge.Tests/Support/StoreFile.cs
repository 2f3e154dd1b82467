using System;
using System.IO;

namespace Sensors.Edge.Tests.Support
{
    /// <summary>A place for one store file, gone after the test.</summary>
    internal sealed class StoreFile : IDisposable
    {
        private readonly string _folder = Directory.CreateTempSubdirectory("edge-").FullName;

        public string Path => System.IO.Path.Combine(_folder, "readings.db");

        public SqliteReadingStore Open() => SqliteReadingStore.Open(Path);

        public void Dispose() => Directory.Delete(_folder, recursive: true);
    }
}
