using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using Sensors.Cli.Tests.Support;

namespace Sensors.Cli.Tests
{
    public class SimulateTests
    {
        [Fact]
        public async Task SaysWhatCameOfTheSeeds()
        {
            var host = new TestHost();
            Assert.Equal(0, await host.RunAsync("simulate", "--seeds", "2", "--days", "0.05"));
            string line = Assert.Single(host.OutLines);
            Assert.Matches("^2 seeds, [0-9]+ faults, [0-9]+ starts: [0-9]+ readings, [0-9]+ stored, .*; 0 seeds with violations$", line);
            Assert.Matches("^2 seeds in [0-9.]+ s\n$", host.Error);
        }

        [Fact]
        public async Task JsonIsAnObjectPerSeedAndTheSameEveryTime()
        {
            string[] arguments = ["--json", "simulate", "--seed", "5", "--seeds", "3", "--days", "0.05", "--nodes", "2", "--faults", "power-cut,half-open"];
            var host = new TestHost();
            Assert.Equal(0, await host.RunAsync(arguments));
            JsonElement[] seeds = [.. host.OutLines.Select(line => JsonDocument.Parse(line).RootElement)];
            Assert.Equal([5, 6, 7], seeds.Select(seed => seed.GetProperty("seed").GetInt32()));
            Assert.All(seeds, seed => Assert.Equal(0, seed.GetProperty("violations").GetArrayLength()));
            Assert.All(seeds, seed => Assert.InRange(seed.GetProperty("stored").GetInt64(), 1, seed.GetProperty("readings").GetInt64()));
            Assert.Equal("sensorctl simulate --seed 6 --days 0.05 --nodes 2 --faults power-cut,half-open", seeds[1].GetProperty("command").GetString());
            var again = new TestHost();
            await again.RunAsync(arguments);
            Assert.Equal(host.Out, again.Out);
        }

        [Fact]
        public async Task ATraceTellsOfOneSeed()
        {
            var host = new TestHost();
            Assert.Equal(0, await host.RunAsync("simulate", "--seed", "3", "--days", "0.02", "--faults", "none", "--trace"));
            Assert.Contains(host.OutLines, line => line.Contains("board 1 starts as 88.118.12345/NODE-0001"));
            Assert.Contains(host.OutLines, line => line.Contains("hears sensors/v1/88.118.12345/NODE-0001/ack"));
            var two = new TestHost();
            Assert.Equal(2, await two.RunAsync("simulate", "--seeds", "2", "--trace"));
            Assert.Contains("S106", two.Error);
        }

        [Fact]
        public async Task AnUnknownFaultIsNamed()
        {
            var host = new TestHost();
            Assert.Equal(2, await host.RunAsync("simulate", "--faults", "outage,flood"));
            Assert.Contains("'flood' is no fault", host.Error);
        }

        [Fact]
        public async Task PairingIsHeldToPowerCuts()
        {
            var host = new TestHost();
            Assert.Equal(0, await host.RunAsync("simulate", "--pairing", "--seed", "3", "--seeds", "2"));
            Assert.Matches("^2 seeds, [0-9]+ power cuts, [0-9]+ starts, [0-9]+ times paired; 0 seeds with violations$", Assert.Single(host.OutLines));
            var json = new TestHost();
            Assert.Equal(0, await json.RunAsync("--json", "simulate", "--pairing", "--seed", "3"));
            Assert.Equal("sensorctl simulate --pairing --seed 3", JsonDocument.Parse(Assert.Single(json.OutLines)).RootElement.GetProperty("command").GetString());
            var days = new TestHost();
            Assert.Equal(2, await days.RunAsync("simulate", "--pairing", "--days", "2"));
            Assert.Contains("S106", days.Error);
        }
    }
}
