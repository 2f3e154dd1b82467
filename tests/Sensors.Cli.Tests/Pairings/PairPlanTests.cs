using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using Sensors.Cli.Tests.Support;
using Sensors.Identification;
using Sensors.Node;

namespace Sensors.Cli.Tests.Pairings
{
    /// <summary><c>pair</c> where nobody can be asked: plans, options, batches, and what is missing.</summary>
    public class PairPlanTests
    {
        private const double Pace = 10; // a broker has ten seconds of the board to answer: one of a busy PC

        [Fact]
        public async Task A_plan_pairs_without_a_question_and_leaves_report_label_and_registry()
        {
            await using PlantBroker broker = PlantBroker.WithLogin();
            string plan = broker.At("plan.json");
            await File.WriteAllTextAsync(plan, Plan(broker, """{ "id": "88.118.12345/PUMP-0001", "name": "Feed pump", "machine": ["vib1 rpm=1480 zones=class1"] }"""), TestContext.Current.CancellationToken);
            TestHost host = Host();
            int exit = await host.RunAsync(TestContext.Current.CancellationToken, "pair", "--plan", plan, "--virtual", "1", "--wifi", "Hall 3=correct horse", "--out", broker.At("out"), "--registry", broker.At("nodes.db"), "--by", "A technician", "--json");
            Assert.True(exit == 0, host.Error);
            JsonElement report = JsonDocument.Parse(Assert.Single(host.OutLines)).RootElement;
            Assert.Equal("accepted", report.GetProperty("verdict").GetString());
            Assert.Equal(["cur1", "temp1", "vib1"], report.GetProperty("points").EnumerateArray().Select(point => point.GetProperty("point").GetString()).Order());
            Assert.InRange(report.GetProperty("first_reading_seconds").GetDouble(), 1, 60);
            Assert.Contains("\"event\":\"away\"", host.Error); // another channel takes the access point away, and nobody minds

            string files = broker.At(Path.Combine("out", "88.118.12345_PUMP-0001"));
            Assert.StartsWith("<!DOCTYPE html>", await File.ReadAllTextAsync(files + ".report.html", TestContext.Current.CancellationToken));
            Assert.Contains("<svg", await File.ReadAllTextAsync(files + ".label.svg", TestContext.Current.CancellationToken));
            Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], (await File.ReadAllBytesAsync(files + ".label.png", TestContext.Current.CancellationToken))[..4]);
            using (var registry = NodeRegistry.OpenForReading(broker.At("nodes.db")))
            {
                NodeEntry? entry = registry.Find(Identifier.Check("88.118.12345/PUMP-0001").Identifier);
                Assert.Equal(("Feed pump", report.GetProperty("node").GetString()), (entry!.Name, entry.Hardware!.Node));
            }

            File.Delete(plan); // the secrets' own place
            Secrets.Absent(host, broker.Folder, "correct horse", PlantBroker.Password);
        }

        [Theory]
        [InlineData("wrong-password", "wifi", "--wifi", "Hall 3=another word")]
        [InlineData("network-not-found", "wifi", "--wifi", "Yard=correct horse")]
        [InlineData("not-mqtt", "broker", "--wifi", "Hall 3=correct horse", "--air", "captive")]
        public async Task A_failed_trial_is_an_error_with_its_cause(string cause, string stage, params string[] air)
        {
            await using PlantBroker broker = PlantBroker.WithLogin();
            await File.WriteAllTextAsync(broker.At("plan.json"), Plan(broker, """{ "id": "88.118.12345/PUMP-0001" }"""), TestContext.Current.CancellationToken);
            TestHost host = Host();
            Assert.Equal(1, await host.RunAsync(TestContext.Current.CancellationToken, ["pair", "--plan", broker.At("plan.json"), "--virtual", "1", "--out", broker.At("out"), "--registry", broker.At("nodes.db"), "--json", .. air]));
            JsonElement error = JsonDocument.Parse(host.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1]).RootElement.GetProperty("error");
            Assert.Equal(("S351", cause), (error.GetProperty("code").GetString(), error.GetProperty("found").GetString()));
            JsonElement trial = JsonDocument.Parse(Assert.Single(host.OutLines)).RootElement.GetProperty("trials")[0];
            Assert.Equal((stage, cause), (trial.GetProperty("stage").GetString(), trial.GetProperty("cause").GetString()));
            Assert.InRange(trial.GetProperty("seconds").GetDouble(), 0.1, 30);
        }

        /// <summary>Their times one after the other are less than ten minutes, so side by side they are, too.</summary>
        [Fact]
        public async Task Twenty_nodes_of_a_plan_take_less_than_ten_minutes_of_node_time()
        {
            const int Count = 20;
            await using PlantBroker broker = PlantBroker.WithLogin();
            string nodes = string.Join(",\n", Enumerable.Range(1, Count).Select(i => "{}"));
            await File.WriteAllTextAsync(broker.At("plan.json"), Plan(broker, nodes, """, "template": "88.118.12345/PUMP-{serial:4}" """), TestContext.Current.CancellationToken);
            TestHost host = Host(pace: 5);
            int exit = await host.RunAsync(TestContext.Current.CancellationToken, "pair", "--plan", broker.At("plan.json"), "--virtual", "20", "--wifi", "Hall 3=correct horse", "--out", broker.At("out"), "--registry", broker.At("nodes.db"), "--json");
            Assert.True(exit == 0, host.Error);
            JsonElement[] reports = [.. host.OutLines.Select(line => JsonDocument.Parse(line).RootElement)];
            Assert.Equal(Count, reports.Select(report => report.GetProperty("id").GetString()).Distinct().Count());
            Assert.All(reports, report => Assert.Equal("accepted", report.GetProperty("verdict").GetString()));
            Assert.All(reports, report => Assert.InRange(report.GetProperty("first_reading_seconds").GetDouble(), 1, 60));
            Assert.InRange(reports.Sum(report => report.GetProperty("seconds").GetDouble()), 20, 600);
        }

        [Theory]
        [InlineData(2, "S106", "about virtual boards", "--air", "no-dhcp")]
        [InlineData(2, "S154", "no fault of the air", "--virtual", "1", "--air", "earthquake")]
        [InlineData(2, "S154", "there is none", "--virtual", "1", "--air", "Nowhere:no-dhcp")]
        [InlineData(2, "S106", "without a network", "--wifi-password", "correct horse")]
        [InlineData(2, "S106", "about a label", "--virtual", "1", "--code", "K7M2-9QXW")]
        [InlineData(2, "S104", "no name of a node", "--node", "3F2A")]
        [InlineData(2, "S151", "cannot be read", "--plan", "no-such-plan.json")]
        [InlineData(2, "S151", "line 1: this is not JSON", "--plan", "-")]
        [InlineData(2, "S106", "--id and --template", "--id", "88.118.12345/A", "--template", "88.118.12345/A-{serial}")]
        [InlineData(3, "S251", "No node waits", "--wait", "0")]
        public async Task What_is_missing_or_wrong_is_told(int exit, string code, string message, params string[] options)
        {
            string folder = Directory.CreateTempSubdirectory("pair").FullName;
            var host = new TestHost { Input = "K7M2" };
            Assert.Equal(exit, await host.RunAsync(TestContext.Current.CancellationToken, ["pair", "--out", folder, "--registry", Path.Combine(folder, "nodes.db"), .. options]));
            Assert.Contains($"error {code}: ", host.Error);
            Assert.Contains(message, host.Error);
            Assert.DoesNotContain("correct horse", host.Error);
            Directory.Delete(folder, recursive: true);
        }

        [Fact]
        public async Task A_plan_that_no_node_could_work_with_is_refused_before_the_first_node_is_begun_with()
        {
            await using PlantBroker broker = PlantBroker.Open();
            const string Nodes = """
                { "id": "88.118.12345/A" },
                { "id": "88.118.12345/B", "alarms": "vib1 vel warning=x" }
                """;
            await File.WriteAllTextAsync(broker.At("plan.json"), Plan(broker, Nodes), TestContext.Current.CancellationToken);
            TestHost host = Host();
            Assert.Equal(2, await host.RunAsync(TestContext.Current.CancellationToken, "pair", "--plan", broker.At("plan.json"), "--virtual", "2", "--out", broker.At("out"), "--registry", broker.At("nodes.db")));
            Assert.Contains("error S151: The node in line 10 of the plan: alarm: ", host.Error);
            Assert.DoesNotContain("boards", host.Error);
        }

        [Fact]
        public async Task Nodes_of_a_series_get_its_identifiers_in_their_order_and_a_table_says_how_it_went()
        {
            await using PlantBroker broker = PlantBroker.Open();
            TestHost host = Host();
            int exit = await host.RunAsync(TestContext.Current.CancellationToken, "pair", "--virtual", "3", "--id", "88.118.12345/FAN-0009", "--broker", broker.Address, "--interval", "1", "--out", broker.At("out"), "--registry", broker.At("nodes.db"));
            Assert.True(exit == 0, host.Error);
            string[] lines = [.. host.OutLines];
            Assert.Equal(4, lines.Length);
            Assert.Equal(["IDENTIFIER", "88.118.12345/FAN-0009", "88.118.12345/FAN-0010", "88.118.12345/FAN-0011"], lines.Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]));
            Assert.All(lines[1..], line => Assert.EndsWith("3 of 3 good", line));
        }

        [Fact]
        public async Task What_is_not_known_and_cannot_be_asked_is_named_with_its_option()
        {
            await using PlantBroker broker = PlantBroker.Open();
            TestHost host = Host();
            Assert.Equal(2, await host.RunAsync(TestContext.Current.CancellationToken, "pair", "--virtual", "1", "--id", "88.118.12345/A", "--out", broker.At("out"), "--registry", broker.At("nodes.db")));
            Assert.Contains("error S152: A node must be told more: the broker is not said.", host.Error);
            Assert.Contains("--broker", host.Error);
        }

        private static TestHost Host(double pace = Pace) => new()
        {
            Nodes = node => node with { Pace = pace },
            Environment = { ["WIFI_PASSWORD"] = "correct horse" },
        };

        private static string Plan(PlantBroker broker, string nodes, string more = "") => string.Create(CultureInfo.InvariantCulture, $$"""
            {
              "version": 1,
              "defaults": {
                "networks": [ { "ssid": "Hall 3", "password": { "env": "WIFI_PASSWORD" } } ],
                "brokers": "{{broker.Address}}",
                "login": { "user": "{{PlantBroker.User}}", "password": "{{PlantBroker.Password}}" },
                "interval_ms": 2000{{more}}
              },
              "nodes": [ {{nodes}} ]
            }
            """);
    }
}
