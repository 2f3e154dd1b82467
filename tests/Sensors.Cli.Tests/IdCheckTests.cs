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
        public async Task ShowsControlCharactersInsteadOfSendingThemToTheTerminal()
        {
            var host = new TestHost();
            Assert.Equal(1, await host.RunAsync("id", "check", "88.1\u001b[31m"));
            Assert.DoesNotContain('\u001b', host.Out);
            Assert.Contains("<U+001B>", host.Out);
        }
    }
}
