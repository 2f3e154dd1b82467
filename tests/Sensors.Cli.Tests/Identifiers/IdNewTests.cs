using System.IO;
using System.Threading.Tasks;
using Sensors.Cli.Tests.Support;

namespace Sensors.Cli.Tests.Identifiers
{
    /// <summary><c>id new</c>: identifiers, none twice.</summary>
    public class IdNewTests
    {
        [Fact]
        public async Task GivesOnAndOnAndNoneTwice()
        {
            using var registry = new RegistryFile();
            var host = new TestHost { Clock = new FixedClock(), Environment = { ["SENSORCTL_REGISTRY"] = registry.Path, ["SENSORCTL_PREFIX"] = "88.888.888" } };
            string[] press = ["id", "new", "--template", "press-{serial:2}"];
            Assert.Equal(0, await host.RunAsync([.. press, "--count", "2", "--preview"]));
            Assert.Equal(0, await host.RunAsync([.. press, "--count", "2"]));
            Assert.Equal(0, await host.RunAsync([.. press, "--json"]));
            Assert.Equal(0, await host.RunAsync("id", "new", "--class", "870101", "--model", "NF01"));

            // PRESS-01 is borne: whatever the case, it is not given.
            Assert.Equal(
                "88.888.888/press-02\n88.888.888/press-03\n88.888.888/press-02\n88.888.888/press-03\n"
                + "{\"version\":1,\"id\":\"88.888.888/press-04\",\"given\":true}\n88.888.888/870101.NF01.20261123.0001\n",
                host.Out);
        }

        [Fact]
        public async Task APreviewMakesNoFile()
        {
            using var registry = new RegistryFile(filled: false);
            string cwd = Path.GetFullPath("nodes.db");
            var host = new TestHost();
            Assert.Equal(0, await host.RunAsync("id", "new", "--prefix", "88.888.888", "--template", "A{serial}", "--preview"));
            Assert.Equal("88.888.888/A0001\n", host.Out);
            Assert.False(File.Exists(cwd));
            Assert.Equal(3, await host.RunAsync("id", "new", "--prefix", "88.888.888", "--template", "A{serial}", "--preview", "--registry", registry.Path));
            Assert.Contains("error S266: There is no file", host.Error);
        }

        [Theory]
        [InlineData(2, "S107", "id", "new")]
        [InlineData(2, "S161", "id", "new", "--prefix", "88.888.888")]
        [InlineData(2, "S161", "id", "new", "--prefix", "88.888.888", "--template", "META_{serial}")]
        [InlineData(2, "S161", "id", "new", "--prefix", "88.888", "--template", "{serial}")]
        [InlineData(2, "S104", "id", "new", "--prefix", "88.888.888", "--count", "0")]
        [InlineData(1, "S366", "id", "new", "--prefix", "88.888.888", "--template", "{serial:1}", "--count", "10")]
        public async Task WrongInputIsToldWithItsCode(int exit, string code, params string[] args)
        {
            using var registry = new RegistryFile();
            var host = new TestHost { Environment = { ["SENSORCTL_REGISTRY"] = registry.Path } };
            Assert.Equal(exit, await host.RunAsync(args));
            Assert.Contains($"error {code}: ", host.Error);
            Assert.Empty(host.Out);
        }
    }
}
