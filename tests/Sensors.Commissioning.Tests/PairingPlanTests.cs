using System;
using System.IO;
using System.Linq;
using System.Text;

namespace Sensors.Commissioning.Tests
{
    public sealed class PairingPlanTests : IDisposable
    {
        private readonly string _folder = Directory.CreateTempSubdirectory("plan").FullName;

        public void Dispose() => Directory.Delete(_folder, recursive: true);

        [Fact]
        public void The_plan_of_the_readme_is_read_whole()
        {
            string readme = File.ReadAllText(Path.Combine(Root(), "tools", "Sensors.Commissioning", "README.md"));
            const string Fence = "```json\n";
            int from = readme.IndexOf(Fence, StringComparison.Ordinal) + Fence.Length;
            File.WriteAllText(Path.Combine(_folder, "ca.pem"), "CA");
            File.WriteAllText(Path.Combine(_folder, "pump7.pem"), "CERT");
            File.WriteAllText(Path.Combine(_folder, "pump7.key"), "KEY");
            File.WriteAllText(Path.Combine(_folder, "broker.txt"), "swordfish\nand more\n");
            PairingPlan plan = Read(readme[from..readme.IndexOf("```", from, StringComparison.Ordinal)], ("WIFI_PASSWORD", "correct horse"), ("CODE_2", "ABCD-EFGH"));
            Assert.Equal(2, plan.Nodes.Count);
            PlanNode first = plan.Nodes[0];
            Assert.Equal(("sensors-3F2A1C", "K7M2-9QXW", "88.118.12345/PUMP-0001", "Feed pump 1"), (first.Node, first.Code, first.Setup.Id, first.Setup.Name));
            Assert.Equal(new WifiSetup("Hall 3", "correct horse"), first.Setup.Networks![0]);
            Assert.Equal("swordfish", first.Setup.Password);
            Assert.Equal("CA", Encoding.ASCII.GetString(first.Setup.Tls!.Authority!));
            _ = SettingsWriter.Write(first.Setup, DateTimeOffset.UtcNow);
            _ = SettingsWriter.Write(plan.Nodes[1].Setup with { Id = "88.118.12345/PUMP-0002" }, DateTimeOffset.UtcNow);
            Assert.Equal("192.168.1.51/24 192.168.1.1 192.168.1.1", plan.Nodes[1].Setup.Networks![0].Address);
            Assert.NotNull(plan.Nodes[1].Template);
            Assert.True(plan.Nodes[1].Setup.Replace);
        }

        [Theory]
        [InlineData(1, "not JSON", "nonsense")]
        [InlineData(1, "\"version\": 1 is missing", """{"nodes":[{}]}""")]
        [InlineData(1, "version: a whole number from 1 to 1", """{"version":2,"nodes":[{}]}""")]
        [InlineData(1, "no node", """{"version":1,"nodes":[]}""")]
        [InlineData(3, "no member 'brokr'", "{\"version\":1,\n\"nodes\":[{\n\"brokr\":\"x\"}]}")]
        [InlineData(2, "no member 'id'", "{\"version\":1,\n\"defaults\":{\"id\":\"88.118.12345/X\"},\"nodes\":[{}]}")]
        [InlineData(3, "'ssid' stands there twice", "{\"version\":1,\"nodes\":[{\"networks\":[{\"ssid\":\"a\",\n\n\"ssid\":\"b\"}]}]}")]
        [InlineData(2, "in line 1 already", "{\"version\":1,\"nodes\":[{\"node\":\"3F2A1C\"},\n{\"node\":\"sensors-3f2a1c\"}]}")]
        [InlineData(2, "in line 1 already", "{\"version\":1,\"nodes\":[{\"id\":\"88.118.12345/A\"},\n{\"id\":\"88.118.12345/a\"}]}")]
        [InlineData(1, "no variable NOWHERE", """{"version":1,"nodes":[{"code":{"env":"NOWHERE"}}]}""")]
        [InlineData(1, "one of \"env\" and \"file\"", """{"version":1,"nodes":[{"code":{"env":"A","file":"b"}}]}""")]
        [InlineData(2, "cannot be read", "{\"version\":1,\"nodes\":[{\"tls\":\n{\"ca\":\"missing.pem\"}}]}")]
        [InlineData(1, "\"ssid\" is missing", """{"version":1,"nodes":[{"networks":[{"password":"hunter22"}]}]}""")]
        [InlineData(1, "true or false", """{"version":1,"nodes":[{"replace":"yes"}]}""")]
        [InlineData(1, "a list is expected", """{"version":1,"nodes":[{"networks":"Hall 3"}]}""")]
        [InlineData(1, "near column", """{"version":1,"nodes":[{"code":hunter22}]}""")]
        public void What_is_wrong_is_told_with_its_line_and_without_a_secret(int line, string message, string text)
        {
            PlanException error = Assert.Throws<PlanException>(() => Read(text));
            Assert.Equal(line, error.Line);
            Assert.Contains(message, error.Message);
            Assert.DoesNotContain("hunter22", error.ToString());
        }

        [Fact]
        public void A_node_takes_what_it_does_not_say_from_the_defaults()
        {
            PairingPlan plan = Read("""
                { // comments are allowed
                  "version": 1,
                  "defaults": { "brokers": "10.0.0.5", "login": { "user": "all", "password": "swordfish" }, "tls": true, "interval_ms": 2000 },
                  "nodes": [ { }, { "login": { "user": "own" }, "tls": false, "interval_ms": 5000, } ],
                }
                """);
            Assert.Equal(["all", "own"], plan.Nodes.Select(node => node.Setup.User));
            Assert.Equal(["swordfish", ""], plan.Nodes.Select(node => node.Setup.Password));
            Assert.Equal([2000, 5000], plan.Nodes.Select(node => node.Setup.IntervalMilliseconds));
            Assert.Equal([true, false], plan.Nodes.Select(node => node.Setup.Secure is not null));
        }

        private PairingPlan Read(string text, params (string Name, string Value)[] environment) => PairingPlan.Read(
            Encoding.UTF8.GetBytes(text), _folder, name => environment.FirstOrDefault(each => each.Name == name).Value);

        private static string Root()
        {
            for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
            {
                if (File.Exists(Path.Combine(at.FullName, "Sensors.sln")))
                {
                    return at.FullName;
                }
            }

            throw new DirectoryNotFoundException("Sensors.sln");
        }
    }
}
