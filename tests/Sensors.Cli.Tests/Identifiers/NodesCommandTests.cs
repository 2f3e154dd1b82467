using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using Sensors.Cli.Tests.Support;

namespace Sensors.Cli.Tests.Identifiers
{
    /// <summary><c>nodes</c>: the registry as people and programs see it.</summary>
    public class NodesCommandTests
    {
        [Fact]
        public async Task ListShowsThoseThatWork()
        {
            using var registry = new RegistryFile();
            var host = new TestHost();
            Assert.Equal(0, await host.RunAsync("nodes", "list", "--registry", registry.Path));
            Assert.Equal(2, host.OutLines.Count());
            Assert.DoesNotContain("PUMP", host.Out);
            var all = new TestHost();
            Assert.Equal(0, await all.RunAsync("nodes", "list", "--all", "--registry", registry.Path));
            GoldenFile.Check("nodes-list.txt", all.Out);
        }

        [Theory]
        [InlineData("88.888.888/press-01")]
        [InlineData("sensors-3f2a1c")]
        [InlineData("3F2A1C")]
        public async Task ShowFindsByIdentifierAndByBoard(string node)
        {
            using var registry = new RegistryFile();
            var host = new TestHost();
            Assert.Equal(0, await host.RunAsync("nodes", "show", node, "--registry", registry.Path));
            GoldenFile.Check("nodes-show.txt", host.Out);
        }

        [Fact]
        public async Task ABoardIsReplacedAndTheIdentifierStays()
        {
            using var registry = new RegistryFile();
            var host = new TestHost { Clock = new FixedClock() };
            Assert.Equal(0, await host.RunAsync("nodes", "replace", "88.888.888/PRESS-01", "77b0e2", "--firmware", "0.2.0", "--registry", registry.Path, "--json"));
            JsonElement node = JsonDocument.Parse(host.Out).RootElement;
            Assert.Equal("88.888.888/PRESS-01", node.GetProperty("id").GetString());
            JsonElement[] boards = [.. node.GetProperty("boards").EnumerateArray()];
            Assert.Equal(["sensors-3F2A1C", "sensors-77B0E2"], boards.Select(board => board.GetProperty("node").GetString()));
            Assert.Equal(JsonValueKind.Null, boards[1].GetProperty("until").ValueKind);
            Assert.Equal("replaced", node.GetProperty("events")[1].GetProperty("kind").GetString());
        }

        [Fact]
        public async Task NodesAreRenamedAndRetired()
        {
            using var registry = new RegistryFile();
            var host = new TestHost { Clock = new FixedClock() };
            Assert.Equal(0, await host.RunAsync("nodes", "rename", "3F2A1C", "--name", "Press 3", "--registry", registry.Path));
            Assert.Equal(0, await host.RunAsync("nodes", "retire", "88.888.888/PRESS-01", "--registry", registry.Path));
            GoldenFile.Check("nodes-retired.txt", host.Out);
            Assert.Equal(1, await host.RunAsync("nodes", "retire", "88.888.888/PRESS-01", "--registry", registry.Path));
            Assert.Contains("error S366: 88.888.888/PRESS-01 is retired", host.Error);
        }

        [Fact]
        public async Task ExportWritesATableAndLines()
        {
            using var registry = new RegistryFile();
            var host = new TestHost();
            Assert.Equal(0, await host.RunAsync("nodes", "export", "--registry", registry.Path));
            GoldenFile.Check("nodes.csv", host.Out);
            Assert.Equal(0, await new TestHost().RunAsync("nodes", "export", "--json", "--out", registry.Beside("nodes.jsonl"), "--registry", registry.Path));
            Assert.All(File.ReadAllLines(registry.Beside("nodes.jsonl")), line => Assert.Equal(1, JsonDocument.Parse(line).RootElement.GetProperty("version").GetInt32()));
        }

        [Theory]
        [InlineData(1, "S365", "nodes", "show", "88.888.888/NONE")]
        [InlineData(1, "S365", "nodes", "show", "FFFFFF")]
        [InlineData(2, "S104", "nodes", "show", "nobody")]
        [InlineData(2, "S108", "nodes", "show", "88.1/x")]
        [InlineData(2, "S107", "nodes", "rename", "88.888.888/PRESS-01")]
        [InlineData(2, "S104", "nodes", "replace", "88.888.888/PRESS-01", "xyz")]
        [InlineData(1, "S366", "nodes", "replace", "88.888.888/PRESS-01", "3F2A1C")]
        [InlineData(1, "S366", "nodes", "replace", "88.888.888/PUMP-01", "77B0E2")]
        [InlineData(2, "S103", "nodes", "show")]
        [InlineData(2, "S102", "nodes")]
        [InlineData(3, "S245", "nodes", "export", "--out", "/nowhere/at/all.csv")]
        public async Task WrongInputIsToldWithItsCode(int exit, string code, params string[] args)
        {
            using var registry = new RegistryFile();
            var host = new TestHost { Environment = { ["SENSORCTL_REGISTRY"] = registry.Path } };
            Assert.Equal(exit, await host.RunAsync(args));
            Assert.Contains($"error {code}: ", host.Error);
            Assert.Contains("\nHint: ", host.Error);
            Assert.Empty(host.Out);
        }

        [Fact]
        public async Task AFileThatIsNoRegistryIsLeftAlone()
        {
            using var registry = new RegistryFile(filled: false);
            using var store = new StoreFile();
            store.Fill(StoreFile.Reading(1));
            foreach ((string file, string code) in new[] { (registry.Path, "S266"), (store.Path, "S267") })
            {
                foreach (string[] command in new[] { new[] { "nodes", "list" }, ["nodes", "retire", "88.888.888/PRESS-01"] })
                {
                    var host = new TestHost();
                    Assert.Equal(3, await host.RunAsync([.. command, "--registry", file]));
                    Assert.Contains($"error {code}: ", host.Error);
                }
            }

            Assert.False(File.Exists(registry.Path));
        }
    }
}
