using System.Threading.Tasks;
using Sensors.Cli.Tests.Support;

namespace Sensors.Cli.Tests
{
    public class HelpTests
    {
        [Theory]
        [InlineData("help.txt", "--help")]
        [InlineData("help-demo.txt", "demo", "--help")]
        [InlineData("help-run.txt", "run", "--help")]
        [InlineData("help-pair.txt", "pair", "--help")]
        [InlineData("help-identify.txt", "identify", "--help")]
        [InlineData("help-unpair.txt", "unpair", "--help")]
        [InlineData("help-broker.txt", "broker", "--help")]
        [InlineData("help-watch.txt", "watch", "--help")]
        [InlineData("help-collect.txt", "collect", "--help")]
        [InlineData("help-ledger.txt", "ledger", "--help")]
        [InlineData("help-export.txt", "export", "--help")]
        [InlineData("help-cmd.txt", "cmd", "--help")]
        [InlineData("help-capture.txt", "capture", "--help")]
        [InlineData("help-chips.txt", "chips", "--help")]
        [InlineData("help-features.txt", "features", "--help")]
        [InlineData("help-simulate.txt", "simulate", "--help")]
        [InlineData("help-id-check.txt", "id", "check", "--help")]
        [InlineData("help-id-new.txt", "id", "new", "--help")]
        [InlineData("help-id-resolve.txt", "id", "resolve", "--help")]
        [InlineData("help-id-register.txt", "id", "register", "--help")]
        [InlineData("help-resolver.txt", "resolver", "--help")]
        [InlineData("help-nodes.txt", "nodes", "--help")]
        [InlineData("help-nodes-list.txt", "nodes", "list", "--help")]
        [InlineData("help-nodes-show.txt", "nodes", "show", "--help")]
        [InlineData("help-nodes-rename.txt", "nodes", "rename", "--help")]
        [InlineData("help-nodes-replace.txt", "nodes", "replace", "--help")]
        [InlineData("help-nodes-retire.txt", "nodes", "retire", "--help")]
        [InlineData("help-nodes-export.txt", "nodes", "export", "--help")]
        [InlineData("help-label-new.txt", "label", "new", "--help")]
        [InlineData("help-label-machine.txt", "label", "machine", "--help")]
        public async Task IsAsInTheGoldenFile(string golden, params string[] args)
        {
            var host = new TestHost();
            Assert.Equal(0, await host.RunAsync(args));
            Assert.Empty(host.Error);
            GoldenFile.Check(golden, host.Out.Replace("Sensors.Cli.Tests", "sensorctl")); // the process is named differently here
        }

        [Fact]
        public async Task HelpIsGivenWhateverElseIsWrong()
        {
            var host = new TestHost();
            Assert.Equal(0, await host.RunAsync("run", "--help"));
            Assert.Contains("--broker <host:port>", host.Out);
        }

        [Fact]
        public async Task TheVersionIsOneLine()
        {
            var host = new TestHost();
            Assert.Equal(0, await host.RunAsync("--version"));
            Assert.Matches(@"^sensorctl [0-9]+\.[0-9]+\.[0-9]+\n$", host.Out);
        }
    }
}
