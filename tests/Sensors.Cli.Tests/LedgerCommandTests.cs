using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using Sensors.Cli.Tests.Support;
using Sensors.Edge;

namespace Sensors.Cli.Tests
{
    /// <summary><c>ledger</c> on stores whose content is known.</summary>
    public sealed class LedgerCommandTests
    {
        [Fact]
        public async Task EveryNumberIsAccountedFor()
        {
            using StoreFile store = Whole();
            var host = new TestHost();
            Assert.Equal(0, await host.RunAsync("ledger", "--store", store.Path, "--gaps"));
            GoldenFile.Check("ledger.txt", host.Out);
            Assert.Empty(host.Error);
        }

        [Fact]
        public async Task WithJsonAnObjectPerEpochAndPerGap()
        {
            using StoreFile store = Whole();
            var host = new TestHost();
            Assert.Equal(0, await host.RunAsync("ledger", "--store", store.Path, "--gaps", "--json"));
            JsonElement[] lines = [.. host.OutLines.Select(line => JsonDocument.Parse(line).RootElement)];
            Assert.Equal(3, lines.Length);
            JsonElement epoch = lines[0];
            Assert.Equal(1, epoch.GetProperty("version").GetInt32());
            Assert.Equal(StoreFile.Id, epoch.GetProperty("id").GetString());
            Assert.Equal(StoreFile.Epoch, epoch.GetProperty("epoch").GetInt64());
            Assert.Equal((3, 4, 1, 1, 1), (Int(epoch, "boot"), Int(epoch, "readings"), Int(epoch, "alarms"), Int(epoch, "duplicates"), Int(epoch, "late")));
            Assert.Equal(3, Int(epoch.GetProperty("lost"), "thinned"));
            Assert.Equal(0, Int(epoch, "missing"));
            Assert.Equal("thinned", lines[2].GetProperty("gap").GetString());
            Assert.Equal("[[5,7]]", lines[2].GetProperty("ranges").GetRawText());
        }

        [Fact]
        public async Task ANumberWithoutAReasonIsAFinding()
        {
            using var store = new StoreFile();
            store.Fill(StoreFile.Reading(1), StoreFile.Reading(4), StoreFile.Reading(6));
            var host = new TestHost();
            Assert.Equal(1, await host.RunAsync("ledger", StoreFile.Id.ToLowerInvariant(), "--store", store.Path, "--gaps"));
            GoldenFile.Check("ledger-missing.txt", host.Out);
            Assert.Contains("error S341: 3 numbers are missing, and no gap record says why.", host.Error);

            var json = new TestHost();
            Assert.Equal(1, await json.RunAsync("ledger", "--store", store.Path, "--json"));
            JsonElement epoch = JsonDocument.Parse(Assert.Single(json.OutLines)).RootElement;
            Assert.Equal("[[2,3],[5,5]]", epoch.GetProperty("missing_ranges").GetRawText());
        }

        [Fact]
        public async Task ANodeThatTheStoreDoesNotKnowIsAFinding()
        {
            using StoreFile store = Whole();
            var host = new TestHost();
            Assert.Equal(1, await host.RunAsync("ledger", "88.118.12345/NODE-9999", "--store", store.Path));
            Assert.Contains("error S342: ", host.Error);
            Assert.Empty(host.Out);
        }

        [Fact]
        public async Task AFileOfSomethingElseIsNoStore()
        {
            using var store = new StoreFile();
            File.WriteAllText(store.Path, new string('x', 5000));
            foreach (string command in new[] { "ledger", "export", "collect" })
            {
                var host = new TestHost();
                Assert.Equal(3, await host.RunAsync(command, "--store", store.Path));
                Assert.Contains("error S242: ", host.Error);
                Assert.Empty(host.Out);
            }

            Assert.Equal(new string('x', 5000), File.ReadAllText(store.Path));
        }

        // 1 and 8 readings, 2 an alarm, 3 late, 4 twice, 5 to 7 thinned.
        private static StoreFile Whole()
        {
            var store = new StoreFile();
            store.Fill(StoreFile.Gap("new-volume", 1, 1, 0), StoreFile.Alarm(2), StoreFile.Reading(4), StoreFile.Reading(3));
            store.Fill(StoreFile.Reading(4), StoreFile.Gap("thinned", 5, 7, 3), StoreFile.Reading(8), StoreFile.Reading(9));
            return store;
        }

        private static int Int(JsonElement element, string name) => element.GetProperty(name).GetInt32();
    }
}
