using System.IO;
using System.Text.Json;
using System.Threading.Tasks;
using Sensors.Cli.Tests.Support;

namespace Sensors.Cli.Tests
{
    /// <summary>What is wrong with a command line, its code, and the hint that comes with it.</summary>
    public class UsageErrorTests
    {
        [Theory]
        [InlineData("S101", "has no option '--secnds'", "the nearest option is --seconds", "demo", "--secnds", "5")]
        [InlineData("S101", "has no option '--frobnicate'", "--help lists all options", "demo", "--frobnicate")]
        [InlineData("S101", "has no option '--jsn'", "the nearest option is --json", "id", "check", "--jsn", "x")]
        [InlineData("S102", "no command 'dmeo'", "the nearest command is 'demo'", "dmeo")]
        [InlineData("S102", "no command 'xyzzy'", "--help lists all commands", "xyzzy")]
        [InlineData("S102", "needs a command: demo, run, pair, identify, unpair, broker, watch, collect, ledger, export, cmd, capture, features, simulate, chips, id, resolver, nodes, label", "--help")]
        [InlineData("S102", "sensorctl id needs a command: check, new, resolve, register", "--help", "id")]
        [InlineData("S103", "--seconds stands without a value", "write --seconds <n>", "demo", "--seconds")]
        [InlineData("S103", "nothing to check", "--file", "id", "check")]
        [InlineData("S104", "--kind: 'isbn' is none of node, handle", "--help", "id", "check", "--kind", "isbn", "x")]
        [InlineData("S104", "--vaa-split: '3' is no split", "--help", "id", "check", "--vaa-split", "3", "x")]
        [InlineData("S104", "--seconds: 'soon' is not a number", "says what --seconds takes", "demo", "--seconds", "soon")]
        [InlineData("S104", "--nodes: '0' is not a whole number from 1", "--help", "demo", "--nodes", "0")]
        [InlineData("S104", "--broker: 'x' is not a port", "--help", "watch", "--broker", "127.0.0.1:x")]
        [InlineData("S104", "is a URL; write host:port", "--help", "watch", "--broker", "mqtt://127.0.0.1")]
        [InlineData("S104", "is not an MQTT topic filter", "--help", "watch", "--topic", "a#")]
        [InlineData("S104", "--root:", "--help", "demo", "--root", "a//b")]
        [InlineData("S104", "--load:", "--help", "demo", "--load", "x")]
        [InlineData("S105", "takes no argument 'now'", "--help", "demo", "now")]
        [InlineData("S106", "--seconds was given 2 times", "once", "demo", "--seconds", "1", "--seconds", "2")]
        [InlineData("S106", "--rate tells of a record", "--replay", "demo", "--rate", "12000")]
        [InlineData("S106", "--port is the embedded broker's", "--broker host:port", "demo", "--broker", "127.0.0.1", "--port", "1")]
        [InlineData("S106", "stops the embedded broker", "leave out", "demo", "--broker", "127.0.0.1", "--fault", "broker@1s+1s")]
        [InlineData("S106", "without a user", "--user", "watch", "--password", "p")]
        [InlineData("S106", "--topic says it all", "--topic alone", "watch", "--topic", "a/b", "--id", "88.118.12345/A")]
        [InlineData("S104", "--ack: 'me' is none of edge, broker", "--help", "demo", "--ack", "me")]
        [InlineData("S104", "'blink' is no command of a node", "identify, get, set, replay, time, reboot", "cmd", "88.118.12345/A", "blink")]
        [InlineData("S104", "set: what to set is missing", "set KEY=VALUE", "cmd", "88.118.12345/A", "set")]
        [InlineData("S104", "set: '=x' is not KEY=VALUE", "set KEY=VALUE", "cmd", "88.118.12345/A", "set", "=x")]
        [InlineData("S104", "set: 'b=2' is one word too many", "set KEY=VALUE", "cmd", "88.118.12345/A", "set", "a=1", "b=2")]
        [InlineData("S104", "replay: it takes an epoch", "replay EPOCH FROM TO", "cmd", "88.118.12345/A", "replay", "1")]
        [InlineData("S104", "identify: 'long' is not seconds", "identify [SECONDS]", "cmd", "88.118.12345/A", "identify", "long")]
        [InlineData("S104", "--from: 'yesterday' is no time", "--help", "export", "--from", "yesterday")]
        [InlineData("S104", "--format: 'xml' is none of csv", "--help", "export", "--format", "xml")]
        [InlineData("S103", "The command is missing", "identify, get", "cmd", "88.118.12345/A")]
        [InlineData("S106", "gaps have no such form", "jsonl with --what gaps", "export", "--what", "gaps", "--format", "senml-cbor")]
        [InlineData("S106", "--embedded runs a broker of its own", "leave out", "collect", "--embedded", "--broker", "127.0.0.1")]
        [InlineData("S106", "--host and --port say where the embedded broker listens", "--embedded", "collect", "--port", "1884")]
        [InlineData("S108", "'nobody'", "", "ledger", "nobody")]
        [InlineData("S107", "needs --broker", "SENSORCTL_BROKER", "run")]
        [InlineData("S108", "--id: '88..1/x'", "", "demo", "--id", "88..1/x")]
        [InlineData("S109", "--speed:", "1500:3000@10s", "demo", "--speed", "fast")]
        [InlineData("S110", "--fault:", "kinds of faults", "demo", "--fault", "gremlins@1s")]
        [InlineData("S110", "there is no chip 'vib9'", "kinds of faults", "demo", "--fault", "nack:vib9@1s")]
        [InlineData("S112", "TMP118 is no chip the node knows", "point, chip, place", "demo", "--sensor", "temp1 TMP118 i2c1:0x48")]
        [InlineData("S112", "slots spi0 to spi3", "point, chip, place", "demo", "--sensor", "vib1 ADXL345 spi4")]
        [InlineData("S112", "at one point or place", "its own", "demo", "--sensor", "temp1 TMP117 i2c1:0x49", "--sensor", "temp2 TMP117 i2c1:0x49")]
        [InlineData("S113", "--point: a point needs a name", "point, options", "demo", "--point", " ")]
        [InlineData("S113", "rpm must be from 1 to 60000", "point, options", "demo", "--point", "vib1 rpm=fast")]
        [InlineData("S113", "a point of vibration has no option speed", "docs/settings.md", "run", "--broker", "127.0.0.1", "--point", "vib1 speed=1500")]
        [InlineData("S113", "vib1 is declared twice", "in one --point", "demo", "--point", "vib1 rpm=1500", "--point", "vib1 axial=x")]
        [InlineData("S114", "--alarm: an alarm needs a point and a channel", "point, channel, options", "demo", "--alarm", "vib1")]
        [InlineData("S114", "danger must be beyond warning", "docs/settings.md", "run", "--broker", "127.0.0.1", "--alarm", "vib1 vel warning=4.5 danger=2.8")]
        [InlineData("S114", "vib1 vel has two rules", "in one --alarm", "demo", "--alarm", "vib1 vel warning=2.8", "--alarm", "vib1 vel danger=4.5")]
        [InlineData("S114", "temp1 has no channel vel", "point, channel, options", "demo", "--alarm", "temp1 vel warning=2.8")]
        [InlineData("S114", "need a zone table", "point, channel, options", "demo", "--point", "vib1 rpm=1500", "--alarm", "vib1 vel warning=zone")]
        public async Task IsToldWithItsCode(string code, string message, string hint, params string[] args)
        {
            var host = new TestHost();
            Assert.Equal(2, await host.RunAsync(args));
            Assert.Empty(host.Out);
            Assert.Contains($"error {code}: ", host.Error);
            Assert.Contains(message, host.Error);
            Assert.Contains("\nHint: ", host.Error);
            Assert.Contains(hint, host.Error);
        }

        [Fact]
        public async Task IsOneObjectWithJson()
        {
            var host = new TestHost();
            Assert.Equal(2, await host.RunAsync("demo", "--json", "--nodes", "many"));
            JsonElement error = JsonDocument.Parse(host.Error).RootElement.GetProperty("error");
            Assert.Equal("S104", error.GetProperty("code").GetString());
            Assert.Equal("many", error.GetProperty("found").GetString());
            Assert.Equal(2, error.GetProperty("exit").GetInt32());
            Assert.NotEmpty(error.GetProperty("hint").GetString()!);
        }

        [Fact]
        public async Task NamesTheVariableAValueCameFrom()
        {
            var host = new TestHost { Environment = { ["SENSORCTL_BROKER"] = "127.0.0.1:x" } };
            Assert.Equal(2, await host.RunAsync("watch"));
            Assert.Contains("error S104: SENSORCTL_BROKER: 'x' is not a port", host.Error);
        }

        [Fact]
        public async Task WhatIsTypedWinsOverAVariable()
        {
            var host = new TestHost { Environment = { ["SENSORCTL_JSON"] = "1", ["SENSORCTL_BROKER"] = "127.0.0.1:x" } };
            Assert.Equal(3, await host.RunAsync("watch", "--broker", "127.0.0.1:1"));
            Assert.Equal("S201", JsonDocument.Parse(host.Error).RootElement.GetProperty("error").GetProperty("code").GetString());
        }

        [Theory]
        [InlineData("S201", "127.0.0.1:1", "sensorctl broker", "watch", "--broker", "127.0.0.1:1")]
        [InlineData("S201", "127.0.0.1:1", "sensorctl broker", "run", "--broker", "127.0.0.1:1")]
        [InlineData("S203", "Cannot listen", "--host 127.0.0.1 is", "broker", "--host", "192.0.2.1", "--port", "0")]
        [InlineData("S201", "127.0.0.1:1", "sensorctl broker", "cmd", "88.118.12345/A", "get", "--broker", "127.0.0.1:1")]
        [InlineData("S241", "There is no file no-such.db", "--store names", "ledger", "--store", "no-such.db")]
        [InlineData("S241", "There is no file no-such.db", "--store names", "export", "--store", "no-such.db")]
        [InlineData("S241", "no-such-folder", "--store names", "collect", "--store", "no-such-folder/readings.db")]
        [InlineData("S205", "no such file", "--replay", "demo", "--replay", "no-such-file.csv", "--rate", "1000")]
        [InlineData("S207", "no-such-file", "name a file", "watch", "--user", "u", "--password-file", "no-such-file")]
        public async Task TheWorldOutsideHasCodesToo(string code, string message, string hint, params string[] args)
        {
            var host = new TestHost();
            Assert.Equal(3, await host.RunAsync(args));
            Assert.Contains($"error {code}: ", host.Error);
            Assert.Contains(message, host.Error);
            Assert.Contains(hint, host.Error[host.Error.IndexOf("\nHint: ", System.StringComparison.Ordinal)..]);
        }

        [Fact]
        public async Task AVolumeThatIsAFileIsRefused()
        {
            string file = Path.GetTempFileName();
            try
            {
                var host = new TestHost();
                Assert.Equal(3, await host.RunAsync("run", "--broker", "127.0.0.1:1", "--volume", file));
                Assert.Contains("error S206: ", host.Error);
            }
            finally
            {
                File.Delete(file);
            }
        }
    }
}
