using System;
using System.IO;
using Sensors.Identification;
using Sensors.Node;

namespace Sensors.Cli.Tests.Identifiers
{
    /// <summary>A registry in a folder of its own, with a press that works and a pump that was given up.</summary>
    internal sealed class RegistryFile : IDisposable
    {
        public static readonly Identifier Press = Identifier.Parse("88.888.888/PRESS-01");
        public static readonly Identifier Pump = Identifier.Parse("88.888.888/PUMP-01");
        public static readonly DateTimeOffset Noon = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

        private readonly string _folder = Directory.CreateTempSubdirectory("nodes").FullName;

        public RegistryFile(bool filled = true)
        {
            if (!filled) { return; }
            using NodeRegistry registry = NodeRegistry.Open(Path);
            registry.AddPaired(new PairedNode
            {
                Identifier = Press,
                Hardware = new NodeHardware("sensors-3F2A1C", "ESP32-DevKitC", "24:0A:C4:3F:2A:1C", "0.1.0"),
                PairedAt = Noon,
                Name = "Press 2",
                Place = "Hall 3, east",
                Broker = "10.0.0.5:8883",
                Root = "sensors/v1",
                Points = ["vib1", "temp1"],
            });
            registry.AddPaired(new PairedNode { Identifier = Pump, Hardware = new NodeHardware("sensors-000001"), PairedAt = Noon, Name = "=1+1" });
            registry.Retire(Pump, Noon.AddDays(1));
        }

        public string Path => Beside("nodes.db");

        public string Beside(string name) => System.IO.Path.Combine(_folder, name);

        public void Dispose() => Directory.Delete(_folder, recursive: true);
    }
}
