using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using Sensors.Cli.Tests.Support;

namespace Sensors.Cli.Tests
{
    public class IdCheckTests
    {
        [Theory]
        [InlineData("88.608.8889/87654321")]
        [InlineData("88.1021.150/xx002")]
        [InlineData("88.101.0042/001")]
        [InlineData("88.608.24061301/870101.NF01.20251120.0001")]
        public async Task AcceptsTheProfilesExamples(string id)
        {
            var host = new TestHost();
            Assert.Equal(0, await host.RunAsync("id", "check", id));
            Assert.Equal($"valid    {id}\n", host.Out);
            Assert.Empty(host.Error);
        }

        [Theory]
        [InlineData("88.608.8889")]
        [InlineData("88.608/1")]
        [InlineData("88.608.8889/a/b")]
        [InlineData("88.608.8889/.a")]
        [InlineData("88..1/x")]
        [InlineData("88.101.5/传感器")]
        [InlineData("86.709.612/cc")]
        public async Task RefusesTheInvalidExamplesWithAReason(string id)
        {
            var host = new TestHost();
            Assert.Equal(1, await host.RunAsync("--json", "id", "check", id));
            JsonElement line = JsonDocument.Parse(host.Out).RootElement;
            Assert.Equal(id, line.GetProperty("text").GetString());
            Assert.False(line.GetProperty("valid").GetBoolean());
            Assert.NotEmpty(line.GetProperty("message").GetString()!);
            Assert.NotEmpty(line.GetProperty("hint").GetString()!);
        }

        [Fact]
        public async Task ReadsLinesFromStandardInput()
        {
            var host = new TestHost { Input = "88.118.12345/NODE-0001\n\n88.1/x\n" };
            Assert.Equal(1, await host.RunAsync("id", "check", "-"));
            Assert.Equal(2, host.OutLines.Count());
            GoldenFile.Check("id-check.txt", host.Out);
        }

        [Fact]
        public async Task OtherKindsAreToldWithReasonsAndParts()
        {
            string[] texts =
            [
                "88.118.12345/NODE-0001", "1.2.156.3001.0501", "86.709.612/cc", "VAA08810012345678/abc123", "0|0001|6901234567892", "6901234567892", "6901234567893",
                "urn:epc:id:sgtin:0614141.812345.12345", "https://example.cn/01/06901234567892/21/7", "did:bid:efnVUgqQFfYeu97ABf6sGm3WFtVXHZB2", "did:bid:byol",
                "550e8400-e29b-41d4-a716-446655440000", "hello",
            ];
            var any = new TestHost();
            Assert.Equal(1, await any.RunAsync(["id", "check", "--kind", "any", .. texts]));
            GoldenFile.Check("id-check-any.txt", any.Out);
            var strict = new TestHost();
            Assert.Equal(1, await strict.RunAsync(["id", "check", .. texts]));
            GoldenFile.Check("id-check-likely.txt", strict.Out);
            var all = new TestHost();
            Assert.Equal(0, await all.RunAsync("id", "check", "--kind", "all", texts[0], texts[3], "--vaa-split", "3,3"));
            GoldenFile.Check("id-check-all.txt", all.Out);
            var json = new TestHost();
            Assert.Equal(1, await json.RunAsync(["id", "check", "--json", "--kind", "any", .. texts]));
            GoldenFile.Check("id-check-any.jsonl", json.Out);
        }

        [Fact]
        public async Task ReadsLinesFromAFile()
        {
            string file = System.IO.Path.GetTempFileName();
            System.IO.File.WriteAllText(file, "1.2.156.3001\n\n2.999.1\n");
            var host = new TestHost();
            Assert.Equal(0, await host.RunAsync("id", "check", "--kind", "oid", "--file", file));
            Assert.Equal(2, host.OutLines.Count());
            System.IO.File.Delete(file);
            Assert.Equal(2, await host.RunAsync("id", "check", "--file", file));
            Assert.Contains("error S104: --file: ", host.Error);
        }

        [Fact]
        public async Task ShowsControlCharactersInsteadOfSendingThemToTheTerminal()
        {
            var host = new TestHost();
            Assert.Equal(1, await host.RunAsync("id", "check", "88.1\u001b[31m"));
            Assert.DoesNotContain('\u001b', host.Out);
            Assert.Contains("<U+001B>", host.Out);
        }
    }
}
