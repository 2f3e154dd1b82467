using System;
using System.IO;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;
using Sensors.Cli.Tests.Support;

namespace Sensors.Cli.Tests.Pairings
{
    /// <summary>The trainee's way, over two terminals: <c>run --unpaired</c> in one, <c>pair</c>, <c>identify</c> and <c>unpair</c> in the other, then <c>run --volume</c>.</summary>
    public partial class UnpairedBoardTests
    {
        private const double Pace = 10;
        private const string Id = "88.118.12345/PUMP-0001";

        [Fact]
        public async Task A_board_is_found_paired_with_its_labels_code_works_and_survives()
        {
            await using PlantBroker broker = PlantBroker.Open();
            string volume = broker.At("volume");
            string folder = broker.At("virtual");
            using var stop = new CancellationTokenSource();
            TestHost board = Host(folder);
            Task<int> running = board.RunAsync(stop.Token, "run", "--unpaired", "--volume", volume, "--wifi", "Hall 3=correct horse");
            string told = await TestHost.UntilAsync(() => board.Error, "waits to be paired");
            string node = Label().Match(told).Groups[1].Value, code = Label().Match(told).Groups[2].Value;

            ScriptedDialog script = new ScriptedDialog().Answer($"Code on the label of {node}", "AAAA-AAAA").Answer("Code on the label", code.ToLowerInvariant())
                .Answer("Identifier", Id).Answer("What people call it", "").Answer("Wi-Fi network", "1").Secret("Password of 'Hall 3'", "correct horse")
                .Answer("Broker", broker.Address).Answer("By TLS", "n").Answer("User", "-");
            TestHost pair = Host(folder, script);
            int exit = await pair.RunAsync(TestContext.Current.CancellationToken, "pair", "--out", broker.At("out"), "--registry", broker.At("nodes.db"), "--profile", broker.At("profile.json"), "--interval", "2");
            Assert.True(exit == 0, pair.Error + board.Error);
            Assert.Contains($"Found {node}", pair.Error);
            Assert.Contains("The node refuses this code", pair.Error);
            Assert.Contains("Accepted", pair.Out);
            Assert.DoesNotContain(code, pair.Error.Replace(code.ToLowerInvariant(), string.Empty, StringComparison.Ordinal));
            Secrets.Absent(pair, broker.At("out"), code, code.Replace("-", string.Empty, StringComparison.Ordinal), "correct horse");
            Assert.DoesNotContain("correct horse", await File.ReadAllTextAsync(broker.At("profile.json"), TestContext.Current.CancellationToken));

            await TestHost.UntilAsync(() => board.Out, "vib1");
            await stop.CancelAsync();
            await running;
            Assert.False(Directory.Exists(folder) && Directory.GetFiles(folder).Length > 0, "The notice of the portal is still there.");

            // The same volume works again, by itself.
            TestHost twice = Host(folder);
            Assert.Equal(2, await twice.RunAsync("run", "--volume", volume, "--unpaired"));
            Assert.Contains("holds a node that is paired", twice.Error);
            using var stopAgain = new CancellationTokenSource();
            TestHost again = Host(folder);
            running = again.RunAsync(stopAgain.Token, "run", "--volume", volume);
            await TestHost.UntilAsync(() => again.Out, "vib1");
            Assert.Contains($"{Id} publishes at {broker.Address}", again.Error);

            // Unpaired through the broker, it opens its portal, under the same label.
            TestHost unpair = Host(folder);
            Assert.Equal(0, await unpair.RunAsync("unpair", Id, "--broker", broker.Address, "--yes"));
            await TestHost.UntilAsync(() => again.Error, $"{node} waits to be paired");
            Assert.Contains(code, again.Error);
            await stopAgain.CancelAsync();
            await running;
        }

        [Fact]
        public async Task A_waiting_board_blinks_or_says_that_it_cannot_and_is_reset_with_its_code()
        {
            string folder = Directory.CreateTempSubdirectory("virtual").FullName;
            using var stop = new CancellationTokenSource();
            TestHost board = Host(folder);
            Task<int> running = board.RunAsync(stop.Token, "run", "--unpaired");
            string told = await TestHost.UntilAsync(() => board.Error, "waits to be paired");
            string node = Label().Match(told).Groups[1].Value, code = Label().Match(told).Groups[2].Value;

            TestHost identify = Host(folder);
            Assert.Equal(1, await identify.RunAsync("identify", node));
            Assert.Contains("S354", identify.Error); // a DevKitC has no light of its own
            Assert.Contains("no light", identify.Error);

            TestHost unasked = Host(folder);
            Assert.Equal(2, await unasked.RunAsync("unpair", node, "--code", code));
            Assert.Contains("add --yes", unasked.Error);
            TestHost wrong = Host(folder);
            Assert.Equal(1, await wrong.RunAsync("unpair", node, "--code", "AAAAAAAA", "--yes"));
            Assert.Contains("S353", wrong.Error);
            TestHost reset = Host(folder, new ScriptedDialog().Answer("Reset", "y").Answer("Code on the label", code));
            Assert.Equal(0, await reset.RunAsync("unpair", node, "--factory-reset"));
            Assert.Contains("as flashed", reset.Out);
            await stop.CancelAsync();
            Assert.Equal(130, await running);
            Directory.Delete(folder, recursive: true);
        }

        private static TestHost Host(string folder, ScriptedDialog? script = null) => new() { Nodes = node => node with { Pace = Pace }, VirtualFolder = folder, Dialog = script };

        [GeneratedRegex("(sensors-[0-9A-F]{6}) waits .* code ([0-9A-Z-]+)\\.")]
        private static partial Regex Label();
    }
}
