using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Sensors.Edge;
using Sensors.Node;

namespace Sensors.Identification.Tests.Registry
{
    /// <summary>The registry: who bears which identifier, and who did.</summary>
    public sealed class NodeRegistryTests : IDisposable
    {
        private static readonly Identifier Press = Identifier.Parse("88.608.8889/PRESS-01");
        private static readonly Identifier Pump = Identifier.Parse("88.608.8889/PUMP-01");
        private static readonly DateTimeOffset Noon = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

        private readonly string _folder = Directory.CreateTempSubdirectory("registry").FullName;

        private string File => Path.Combine(_folder, "nodes.db");

        [Fact]
        public void WhatWasPairedIsThereWhenTheFileIsOpenedAgain()
        {
            using (NodeRegistry registry = NodeRegistry.Open(File))
            {
                registry.AddPaired(Paired(Press) with { Name = "Press 2", Place = "3号车间", Broker = "10.0.0.5:8883", Root = "sensors/v1", Points = ["vib1", "temp1"] });
            }

            using NodeRegistry again = NodeRegistry.OpenForReading(File);
            NodeEntry node = Assert.Single(again.All());
            Assert.Equal(("Press 2", "3号车间", "10.0.0.5:8883", "sensors/v1"), (node.Name, node.Place, node.Broker, node.Root));
            Assert.Equal(["vib1", "temp1"], node.Points);
            Assert.Equal(new NodeHardware("sensors-3F2A1C", "ESP32-DevKitC", "24:0A:C4:3F:2A:1C", "0.1.0"), node.Hardware);
            Assert.Equal((Noon, NodeState.Active), (node.PairedAt, node.State));
            Assert.Equal(new NodeEvent(Noon, "paired", "sensors-3F2A1C"), Assert.Single(node.Events));
        }

        [Fact]
        public void IdentifiersAndBoardsAreFoundWhateverTheCase()
        {
            using NodeRegistry registry = NodeRegistry.InMemory();
            registry.AddPaired(Paired(Press));
            Assert.Equal(Press, registry.Find(Identifier.Parse("88.608.8889/press-01"))!.Identifier);
            Assert.Equal(Press, registry.FindBoard("SENSORS-3f2a1c")!.Identifier);
            Assert.True(registry.IsInUse(Identifier.Parse("88.608.8889/press-01")));
            Assert.False(registry.IsInUse(Pump));
            Assert.Null(registry.Find(Pump));
            Assert.Null(registry.FindBoard("sensors-000000"));
        }

        [Fact]
        public void TheSameBoardAgainRenewsWhatIsKnown()
        {
            using NodeRegistry registry = NodeRegistry.InMemory();
            registry.AddPaired(Paired(Press) with { Name = "Press 2" });
            registry.AddPaired(Paired(Press) with { PairedAt = Noon.AddHours(1), Hardware = new NodeHardware("sensors-3f2a1c", Firmware: "0.2.0"), Broker = "b:1883" });
            NodeEntry node = registry.Find(Press)!;
            Assert.Equal(("Press 2", "b:1883", Noon.AddHours(1)), (node.Name, node.Broker, node.PairedAt));
            HardwarePeriod only = Assert.Single(node.History);
            Assert.Equal(("0.2.0", "ESP32-DevKitC", Noon), (only.Hardware.Firmware, only.Hardware.Board, only.Since));
            Assert.Equal(["paired", "paired-again"], node.Events.Select(each => each.Kind));
        }

        [Fact]
        public void AnotherBoardMustBeAReplacement()
        {
            using NodeRegistry registry = NodeRegistry.InMemory();
            registry.AddPaired(Paired(Press));
            RegistryException refused = Assert.Throws<RegistryException>(() => registry.AddPaired(Paired(Press, "sensors-77B0E2")));
            Assert.Equal(RegistryRefusal.InUse, refused.Refusal);
            Assert.Contains("sensors-3F2A1C", refused.Message);
            Assert.Single(registry.Find(Press)!.History);

            registry.Replace(Press, new NodeHardware("sensors-77B0E2"), Noon.AddDays(1));
            NodeEntry node = registry.Find(Press)!;
            Assert.Equal([(Noon, Noon.AddDays(1)), (Noon.AddDays(1), (DateTimeOffset?)null)], node.History.Select(period => (period.Since, period.Until)));
            Assert.Equal("sensors-77B0E2", node.Hardware!.Node);
            Assert.Equal("sensors-3F2A1C by sensors-77B0E2", node.Events[^1].Text);
            Assert.Null(registry.FindBoard("sensors-3F2A1C"));
        }

        [Fact]
        public void ABoardIsAtOnePlace()
        {
            using NodeRegistry registry = NodeRegistry.InMemory();
            registry.AddPaired(Paired(Press));
            registry.AddPaired(Paired(Pump, "sensors-77B0E2"));
            Assert.Equal(RegistryRefusal.BoardInUse, Refusal(() => registry.Replace(Press, new NodeHardware("sensors-77B0E2"), Noon)));
            Assert.Equal(RegistryRefusal.BoardInUse, Refusal(() => registry.Replace(Press, new NodeHardware("sensors-3F2A1C"), Noon)));

            // Pairing proves that the board is here now; so it has left the other place.
            registry.Retire(Pump, Noon);
            registry.AddPaired(Paired(Identifier.Parse("88.608.8889/FAN-01")) with { PairedAt = Noon.AddHours(2) });
            NodeEntry left = registry.Find(Press)!;
            Assert.Null(left.Hardware);
            Assert.Equal("moved", left.Events[^1].Kind);
            Assert.Equal(NodeState.Active, left.State);
            registry.AddPaired(Paired(Press, "sensors-0000AA"));
            Assert.Equal(2, registry.Find(Press)!.History.Count);
        }

        [Fact]
        public void ARetiredIdentifierStaysItsHistorysOwn()
        {
            using NodeRegistry registry = NodeRegistry.InMemory();
            registry.AddPaired(Paired(Press));
            registry.Retire(Press, Noon.AddDays(1));
            Assert.Equal(NodeState.Retired, registry.Find(Press)!.State);
            Assert.True(registry.IsInUse(Press));
            Assert.Empty(registry.All(retired: false));
            Assert.Single(registry.All());
            Assert.Null(registry.FindBoard("sensors-3F2A1C"));
            Assert.Equal(RegistryRefusal.Retired, Refusal(() => registry.AddPaired(Paired(Press))));
            Assert.Equal(RegistryRefusal.Retired, Refusal(() => registry.Replace(Press, new NodeHardware("sensors-77B0E2"), Noon)));
            Assert.Equal(RegistryRefusal.Retired, Refusal(() => registry.Retire(Press, Noon)));
        }

        [Fact]
        public void NamesChangeAndIdentifiersDoNot()
        {
            using NodeRegistry registry = NodeRegistry.InMemory();
            registry.AddPaired(Paired(Press) with { Name = "Press 2", Place = "Hall 3" });
            registry.Rename(Press, "Press 3", null, Noon);
            Assert.Equal(("Press 3", "Hall 3"), (registry.Find(Press)!.Name, registry.Find(Press)!.Place));
            Assert.Equal(RegistryRefusal.Unknown, Refusal(() => registry.Rename(Pump, "x", null, Noon)));
            Assert.Equal(RegistryRefusal.Unknown, Refusal(() => registry.Replace(Pump, new NodeHardware("sensors-77B0E2"), Noon)));
        }

        [Fact]
        public void NoIdentifierIsGivenTwice()
        {
            using NodeRegistry registry = NodeRegistry.Open(File);
            registry.AddPaired(Paired(Identifier.Parse("88.608.8889/node-02")));
            Assert.Equal(["NODE-01", "NODE-03"], Give(registry, 2, keep: false)); // 02 is taken, whatever the case
            Assert.Equal(["NODE-01", "NODE-03"], Give(registry, 2));
            Assert.Equal(["NODE-04"], Give(registry, 1));
            Assert.True(registry.IsInUse(Identifier.Parse("88.608.8889/node-04")));
            Assert.Equal(RegistryRefusal.Exhausted, Refusal(() => Give(registry, 96)));
            Assert.Equal(95, Give(registry, 95).Length);
            Assert.Equal(RegistryRefusal.Exhausted, Refusal(() => Give(registry, 1)));
        }

        [Fact]
        public async Task SeveralAtOnceGetDifferentOnes()
        {
            NodeRegistry.Open(File).Dispose();
            string[][] given = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(() =>
            {
                using NodeRegistry registry = NodeRegistry.Open(File);
                return Enumerable.Range(0, 5).SelectMany(_ => Give(registry, 3)).ToArray();
            })));
            Assert.Equal(30, given.SelectMany(each => each).Distinct().Count());
        }

        [Fact]
        public void OtherFilesAreLeftAlone()
        {
            using (SqliteReadingStore.Open(File)) { }
            Assert.Equal(StoreTrouble.Foreign, Assert.Throws<StoreException>(() => NodeRegistry.Open(File)).Trouble);
            string text = Path.Combine(_folder, "text");
            System.IO.File.WriteAllText(text, new string('x', 5000));
            Assert.Equal(StoreTrouble.Foreign, Assert.Throws<StoreException>(() => NodeRegistry.Open(text)).Trouble);
            Assert.Equal(new string('x', 5000), System.IO.File.ReadAllText(text));
            Assert.Contains("There is no file", Assert.Throws<StoreException>(() => NodeRegistry.OpenForReading(Path.Combine(_folder, "none"))).Message);
        }

        [Fact]
        public void AReaderSeesTheRegistryWhileAnotherHasItOpen()
        {
            using NodeRegistry writer = NodeRegistry.Open(File);
            writer.AddPaired(Paired(Press));
            using NodeRegistry reader = NodeRegistry.OpenForReading(File);
            Assert.Single(reader.All());
            Assert.Throws<StoreException>(() => reader.Retire(Press, Noon));
            Assert.Equal(NodeState.Active, writer.Find(Press)!.State);
        }

        public void Dispose() => Directory.Delete(_folder, recursive: true);

        private static PairedNode Paired(Identifier identifier, string node = "sensors-3F2A1C") => new()
        {
            Identifier = identifier,
            Hardware = new NodeHardware(node, "ESP32-DevKitC", "24:0A:C4:3F:2A:1C", "0.1.0"),
            PairedAt = Noon,
        };

        private static string[] Give(INodeRegistry registry, int count, bool keep = true) =>
            [.. registry.Give("88.608.8889/NODE-{serial}", number => number > 99 ? null : Identifier.Parse($"88.608.8889/NODE-{number:00}"), count, keep, Noon).Select(each => each.Suffix)];

        private static RegistryRefusal Refusal(Action act) => Assert.Throws<RegistryException>(act).Refusal;
    }
}
