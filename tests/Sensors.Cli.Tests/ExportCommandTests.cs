using System;
using System.IO;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;
using Sensors.Cli.Tests.Support;

namespace Sensors.Cli.Tests
{
    /// <summary><c>export</c>: each form, filters, and that nothing else reaches standard output.</summary>
    public sealed class ExportCommandTests : IDisposable
    {
        private readonly StoreFile _store = new();

        public ExportCommandTests() => _store.Fill(
            StoreFile.Gap("new-volume", 1, 1, 0), StoreFile.Reading(2), StoreFile.Alarm(3), StoreFile.Reading(4, 22.25), StoreFile.Gap("thinned", 5, 5, 1), StoreFile.Reading(6, 23));

        public void Dispose() => _store.Dispose();

        [Theory]
        [InlineData("export.csv", 3)]
        [InlineData("export-long.csv", 3, "--format", "csv-long")]
        [InlineData("export-alarms.csv", 1, "--what", "alarms")]
        [InlineData("export-gaps.csv", 2, "--what", "gaps")]
        [InlineData("export.jsonl", 3, "--format", "jsonl")]
        [InlineData("export-gaps.jsonl", 2, "--format", "jsonl", "--what", "gaps")]
        [InlineData("export-senml.json", 3, "--format", "senml-json")]
        public async Task EachFormIsAsInTheGoldenFile(string golden, int count, params string[] options)
        {
            var host = new TestHost();
            Assert.Equal(0, await host.RunAsync(["export", "--store", _store.Path, .. options]));
            Assert.Empty(host.Out);
            GoldenFile.Check(golden, Encoding.UTF8.GetString(host.Bytes.ToArray()));
            Assert.StartsWith($"{count} ", host.Error);
        }

        [Theory]
        [InlineData(3)]
        [InlineData(0, "--id", "88.118.12345/NODE-9999")]
        [InlineData(3, "--id", "88.118.12345/node-0001", "--point", "temp1")]
        [InlineData(0, "--point", "vib1")]
        [InlineData(2, "--from", "2025-11-20T00:53:24Z")]
        [InlineData(1, "--to", "2025-11-20 00:53:24")]
        [InlineData(0, "--to", "2025-11-20")]
        public async Task FiltersAreObeyed(int count, params string[] options)
        {
            var host = new TestHost();
            Assert.Equal(0, await host.RunAsync(["export", "--format", "jsonl", "--store", _store.Path, "--json", .. options]));
            string[] lines = Encoding.UTF8.GetString(host.Bytes.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
            Assert.Equal(count, lines.Length);
            Assert.Equal(count, JsonDocument.Parse(host.Error).RootElement.GetProperty("count").GetInt32());
        }

        [Fact]
        public async Task CborGoesToAFileAsOnePack()
        {
            string file = _store.Beside("readings.cbor");
            var host = new TestHost();
            Assert.Equal(0, await host.RunAsync("export", "--store", _store.Path, "--format", "senml-cbor", "--out", file));
            Assert.Empty(host.Out);
            Assert.Equal(0, host.Bytes.Length);
            Assert.Equal($"3 readings of {_store.Path} to {file}\n", host.Error);
            byte[] pack = File.ReadAllBytes(file);
            Assert.Equal(0x9F, pack[0]); // an array without a length
            Assert.Equal(0xFF, pack[^1]);
        }

        [Fact]
        public async Task AFileThatCannotBeWrittenIsTold()
        {
            var host = new TestHost();
            Assert.Equal(3, await host.RunAsync("export", "--store", _store.Path, "--out", _store.Beside("no-folder/readings.csv")));
            Assert.Contains("error S245: ", host.Error);
        }
    }
}
