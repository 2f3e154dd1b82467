using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;
using Sensors.Cli.Tests.Support;

namespace Sensors.Cli.Tests.Identifiers
{
    /// <summary><c>resolver</c>, <c>id register</c> and <c>id resolve</c> together; docs/identifiers.md shows what comes.</summary>
    public partial class IdResolveTests
    {
        [Fact]
        public async Task TheThreeStatesAreToldApart()
        {
            using var registry = new RegistryFile();
            using var store = new StoreFile();
            await using RunningResolver resolver = await RunningResolver.StartAsync(registry.Beside("lab"), "88.118.12345");
            string[] resolve = ["id", "resolve", StoreFile.Id, "--resolver", resolver.Settings, "--json"];

            var before = new TestHost();
            Assert.Equal(1, await before.RunAsync(resolve));
            Assert.Contains("S361", before.Error);
            Assert.False(Is(before, "registered"));

            Assert.Equal(0, await new TestHost().RunAsync("id", "register", StoreFile.Id, "--resolver", resolver.Settings));
            var registered = new TestHost();
            Assert.Equal(0, await registered.RunAsync(resolve));
            Assert.Equal((true, false, 1), (Is(registered, "registered"), Is(registered, "reported"), Count(registered)));

            store.Fill(StoreFile.Reading(1), StoreFile.Alarm(2));
            var reported = new TestHost();
            Assert.Equal(0, await reported.RunAsync([.. resolve, "--store", store.Path]));
            Assert.Equal((true, true, 2), (Is(reported, "registered"), Is(reported, "reported"), Count(reported)));
            Assert.Equal(1763600002000, JsonDocument.Parse(reported.Out).RootElement.GetProperty("reported").GetProperty("last").GetInt64());
        }

        [Theory]
        [InlineData(2, "S107", "id", "resolve", "88.888.888/X")]
        [InlineData(3, "S261", "id", "resolve", "88.888.888/X", "--resolver", "/nowhere/resolver.json")]
        [InlineData(2, "S108", "id", "resolve", "none", "--resolver", "EMPTY")]
        [InlineData(3, "S261", "id", "resolve", "88.888.888/X", "--resolver", "EMPTY")]
        [InlineData(3, "S261", "id", "register", "88.888.888/X", "--resolver", "EMPTY")]
        [InlineData(3, "S262", "id", "resolve", "88.888.888/X", "--resolver", "DEAD")]
        [InlineData(3, "S262", "id", "register", "88.888.888/X", "--resolver", "DEAD")]
        [InlineData(3, "S261", "id", "register", "88.888.888/X", "--resolver", "DEAD", "--via", "enterprise")]
        [InlineData(3, "S241", "id", "resolve", "88.888.888/X", "--resolver", "DEAD", "--store", "/nowhere/x.db")]
        [InlineData(2, "S108", "id", "register", "20.1000/X", "--resolver", "DEAD")]
        [InlineData(2, "S108", "id", "register", "88.888.888/META_X", "--resolver", "DEAD")]
        [InlineData(2, "S163", "id", "register", "88.888.888/X", "--resolver", "DEAD", "--item", "colour=red")]
        [InlineData(2, "S104", "id", "register", "88.888.888/X", "--resolver", "DEAD", "--item", "name")]
        [InlineData(2, "S106", "id", "register", "88.888.888/X", "--resolver", "DEAD", "--item", "name=a", "--item", "name=b")]
        [InlineData(2, "S106", "id", "register", "88.888.888/X", "--resolver", "DEAD", "--update", "--remove")]
        public async Task WrongInputIsToldWithItsCode(int exit, string code, params string[] args)
        {
            using var folder = new RegistryFile(filled: false);
            File.WriteAllText(folder.Beside("empty.json"), "{}");
            File.WriteAllText(folder.Beside("password.txt"), "x");
            File.WriteAllText(folder.Beside("dead.json"), """{"handle":"http://127.0.0.1:1","snms":{"url":"http://127.0.0.1:1","user":"u","password_file":"password.txt","template_version":"1"}}""");
            var host = new TestHost();
            Assert.Equal(exit, await host.RunAsync([.. args.Select(arg => arg switch { "EMPTY" => folder.Beside("empty.json"), "DEAD" => folder.Beside("dead.json"), _ => arg })]));
            Assert.Contains($"error {code}: ", host.Error);
            Assert.Contains("\nHint: ", host.Error);
            Assert.Empty(host.Out);
        }

        [Fact]
        public async Task APortThatIsTakenIsToldAsThat()
        {
            using var folder = new RegistryFile(filled: false);
            await using RunningResolver resolver = await RunningResolver.StartAsync(folder.Beside("lab"), "88.888.888");
            var host = new TestHost();
            Assert.Equal(3, await host.RunAsync("resolver", "--port", resolver.TopPort, "--settings", folder.Beside("other")));
            Assert.Contains("error S203: ", host.Error);
            Assert.Equal(3, await host.RunAsync("resolver", "--port", "0", "--prefix", "88.1", "--settings", folder.Beside("other")));
            Assert.Contains("error S261: '88.1' is no prefix", host.Error);
        }

        /// <summary>Every <c>$ sensorctl</c> line of the document is run, one after the other, and shows what stands below it.</summary>
        [Fact]
        public async Task TheDocumentShowsWhatComes()
        {
            using var registry = new RegistryFile();
            await using RunningResolver resolver = await RunningResolver.StartAsync(registry.Beside("resolver-lab"), "88.888.888");
            string file = Path.Combine(Repository.Root, "docs", "identifiers.md");
            string document = File.ReadAllText(file);
            int examples = 0;
            string shown = await ReplaceAsync(Console(), document, async block =>
            {
                string told = "```console\n";
                foreach (string line in block.Groups[1].Value.Split('\n').Where(line => line.StartsWith("$ sensorctl ", StringComparison.Ordinal)))
                {
                    var host = new TestHost { Clock = new FixedClock(), Environment = { ["SENSORCTL_REGISTRY"] = registry.Path } };
                    string[] args = [.. Word().Matches(line["$ sensorctl ".Length..]).Select(word => word.Value.Replace("'", "", StringComparison.Ordinal))];
                    await host.RunAsync([.. args.Select(arg => arg == "resolver-lab/resolver.json" ? resolver.Settings : arg == "labels" ? registry.Beside("labels") : arg)]);
                    told += line + "\n" + Usual(host.Out + host.Error, registry, resolver);
                    examples++;
                }

                return told + "```";
            });
            Assert.True(examples >= 8, $"{examples} examples");
            if (System.Environment.GetEnvironmentVariable("SENSORS_UPDATE_GOLDEN") == "1")
            {
                File.WriteAllText(file, shown);
                return;
            }

            Assert.Equal(document.ReplaceLineEndings("\n"), shown.ReplaceLineEndings("\n"));
        }

        private static string Usual(string text, RegistryFile registry, RunningResolver resolver) => Milliseconds().Replace(
            resolver.WithUsualPorts(text).Replace(registry.Beside("") + Path.DirectorySeparatorChar, "", StringComparison.Ordinal), "  2 ms");

        private static async Task<string> ReplaceAsync(Regex what, string text, Func<Match, Task<string>> by)
        {
            string result = string.Empty;
            int at = 0;
            foreach (Match match in what.Matches(text))
            {
                result += text[at..match.Index] + await by(match);
                at = match.Index + match.Length;
            }

            return result + text[at..];
        }

        private static bool Is(TestHost host, string state) => JsonDocument.Parse(host.Out).RootElement.GetProperty(state).GetProperty("is").GetBoolean();

        private static long Count(TestHost host) => JsonDocument.Parse(host.Out).RootElement.GetProperty("queried").GetProperty("count").GetInt64();

        [GeneratedRegex("```console\n(.*?)```", RegexOptions.Singleline)]
        private static partial Regex Console();

        [GeneratedRegex("(?:'[^']*'|[^ '])+")]
        private static partial Regex Word();

        [GeneratedRegex("  [0-9]+ ms")]
        private static partial Regex Milliseconds();

        /// <summary><c>sensorctl resolver</c>, running.</summary>
        private sealed class RunningResolver : IAsyncDisposable
        {
            private readonly CancellationTokenSource _stop = new();
            private readonly TestHost _host = new() { Clock = new FixedClock() };
            private Task<int> _run = Task.FromResult(0);
            private string[] _addresses = [];

            public string Settings { get; private set; } = string.Empty;

            public string TopPort => new Uri(_addresses[0]).Port.ToString();

            public static async Task<RunningResolver> StartAsync(string folder, string prefix)
            {
                var resolver = new RunningResolver { Settings = Path.Combine(folder, "resolver.json") };
                resolver._run = resolver._host.RunAsync(resolver._stop.Token, "resolver", "--port", "0", "--prefix", prefix, "--settings", folder, "--json");
                string first = (await TestHost.UntilAsync(() => resolver._host.Out + resolver._host.Error, "\n")).Split('\n')[0];
                JsonElement listening = JsonDocument.Parse(first).RootElement;
                resolver._addresses = [.. new[] { "top", "secondary", "enterprise" }.Select(name => listening.GetProperty(name).GetString()!)];
                return resolver;
            }

            public string WithUsualPorts(string text)
            {
                for (int i = 0; i < _addresses.Length; i++) { text = text.Replace(_addresses[i], FormattableString.Invariant($"http://127.0.0.1:{8100 + i}"), StringComparison.Ordinal); }
                return text;
            }

            public async ValueTask DisposeAsync()
            {
                await _stop.CancelAsync();
                Assert.Equal(130, await _run);
                _stop.Dispose();
            }
        }
    }
}
