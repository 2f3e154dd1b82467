using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;
using Sensors.Node.Tests.Fakes;

namespace Sensors.Node.Tests.Commands
{
    /// <summary>Settings read and changed by command: validated, durable before the answer, and never a secret told.</summary>
    public class SettingsCommandsTests
    {
        private static readonly string[] Secrets = ["hunter2", "swordfish"];

        private readonly ControlBench _bench = new ControlBench();

        [Fact]
        public void One_key_is_told()
        {
            Assert.Equal(CommandsPage.Json("reply-get"), _bench.Ask(CommandsPage.Json("command-get")));
            Assert.Equal("{\"ok\":true,\"settings\":[]}", _bench.Ask("{\"cmd\":\"get\",\"key\":\"ntp_server\"}")); // not said: the default
            Assert.Equal(
                "{\"ok\":true,\"settings\":[{\"key\":\"point\",\"value\":\"vib1 rpm=1480\"},{\"key\":\"point\",\"value\":\"cur1 rpm=1480\"}]}",
                _bench.Ask("{\"cmd\":\"get\",\"key\":\"point\"}"));
        }

        [Fact]
        public void A_secret_is_told_to_be_there()
        {
            Assert.Equal("{\"ok\":true,\"settings\":[{\"key\":\"wifi_password\",\"secret\":true}]}", _bench.Ask("{\"cmd\":\"get\",\"key\":\"wifi_password\"}"));
        }

        [Fact]
        public void All_keys_are_told_in_as_many_answers_as_it_takes()
        {
            var told = new List<string>();
            int answers = 0;
            for (long? from = 0; from != null; answers++)
            {
                string answer = _bench.Ask("{\"cmd\":\"get\",\"from\":" + from + ",\"req\":\"0123456789abcdef0123456789abcdef\"}");
                using JsonDocument json = JsonDocument.Parse(answer);
                told.AddRange(json.RootElement.GetProperty("settings").EnumerateArray().Select(line =>
                    line.GetProperty("key").GetString() + "=" + (line.TryGetProperty("value", out JsonElement value) ? value.GetString() : "***")));
                from = json.RootElement.TryGetProperty("next", out JsonElement next) ? next.GetInt64() : null;
            }

            string all = ControlBench.Original.Replace("hunter2", "***", StringComparison.Ordinal).Replace("swordfish", "***", StringComparison.Ordinal);
            Assert.Equal(all.Split('\n')[1..^1], told);
            Assert.InRange(answers, 2, 5);
        }

        [Fact]
        public void A_line_too_long_for_an_answer_is_told_to_be_there()
        {
            _bench.Volume.Files[Settings.FileName] = Encoding.ASCII.GetBytes(ControlBench.Original + "points=" + string.Join(',', Enumerable.Repeat("vib1", 90)) + "\n");
            _bench.Parts.Store.Read();
            Assert.Equal("{\"ok\":true,\"settings\":[{\"key\":\"points\",\"long\":true}]}", _bench.Ask("{\"cmd\":\"get\",\"key\":\"points\"}"));
        }

        [Fact]
        public void Unpairing_is_durable_before_it_is_answered_and_only_who_names_the_node_can()
        {
            Assert.Equal("{\"error\":\"\\\"id\\\" is missing\"}", _bench.Ask("{\"cmd\":\"unpair\"}"));
            Assert.Contains("not this node's", _bench.Ask("{\"cmd\":\"unpair\",\"id\":\"88.118.12345/NODE-0002\"}"), StringComparison.Ordinal);
            _bench.Note(CommandsPage.Json("command-unpair"));
            Assert.Equal(string.Empty, _bench.Next()); // the loop has not written yet
            Assert.Equal(ControlBench.Original, _bench.Kept);
            _bench.Step();
            Assert.Equal(CommandsPage.Json("reply-unpair"), _bench.Next());
            Assert.True(Settings.Parse(Encoding.UTF8.GetBytes(_bench.Kept)).IsUnpaired);
            Assert.Contains("alarm=vib1 vel warning=2.8 danger=4.5\n", _bench.Kept, StringComparison.Ordinal);
            Assert.DoesNotContain("hunter2", _bench.Kept, StringComparison.Ordinal);
            Assert.Equal("unpaired by command", _bench.Parts.Restart.Due(_bench.Clock.Milliseconds + RebootCommand.DelayMilliseconds));
            Assert.Equal("{\"req\":\"u1\",\"error\":\"this node's settings cannot be reached by command\"}", new ControlBench(hasStore: false).Ask(CommandsPage.Json("command-unpair")));
        }

        [Fact]
        public void A_change_is_durable_before_it_is_answered_and_counts_after_a_restart()
        {
            _bench.Note(CommandsPage.Json("command-set"));
            Assert.Equal(string.Empty, _bench.Next()); // the loop has not written yet
            Assert.Equal(string.Empty, _bench.Next());
            Assert.Equal(ControlBench.Original, _bench.Kept);
            _bench.Step();
            Assert.Equal(CommandsPage.Json("reply-set"), _bench.Next());
            Assert.Equal(ControlBench.Original.Replace("interval_ms=10000", "interval_ms=2000", StringComparison.Ordinal), _bench.Kept);
            Assert.Equal(2000, Settings.Parse(Encoding.UTF8.GetBytes(_bench.Kept)).IntervalMilliseconds);
            Assert.Null(_bench.Parts.Restart.Due(_bench.Clock.Milliseconds));
            Assert.Equal("settings changed by command", _bench.Parts.Restart.Due(_bench.Clock.Milliseconds + RebootCommand.DelayMilliseconds));
        }

        [Theory]
        [InlineData("\"key\":\"interval_ms\"", "interval_ms=10000\n", "")]
        [InlineData("\"key\":\"interval_ms\",\"value\":null", "interval_ms=10000\n", "")]
        [InlineData("\"key\":\"interval_ms\",\"value\":\"5000\"", "interval_ms=10000", "interval_ms=5000")]
        [InlineData("\"key\":\"point\",\"value\":\"vib1 rpm=2900\"", "point=vib1 rpm=1480", "point=vib1 rpm=2900")]
        [InlineData("\"key\":\"point\",\"of\":\"vib1\",\"value\":\"vib7 rpm=600\"", "point=vib1 rpm=1480", "point=vib7 rpm=600")]
        [InlineData("\"key\":\"point\",\"of\":\"cur1\"", "point=cur1 rpm=1480\n", "")]
        [InlineData("\"key\":\"point\"", "point=vib1 rpm=1480\npoint=cur1 rpm=1480\n", "")]
        [InlineData("\"key\":\"alarm\",\"of\":\"vib1 vel\"", "alarm=vib1 vel warning=2.8 danger=4.5\n", "")]
        [InlineData("\"key\":\"alarm\",\"value\":\"vib1 vel warning=1 danger=2\"", "alarm=vib1 vel warning=2.8 danger=4.5", "alarm=vib1 vel warning=1 danger=2")]
        [InlineData("\"key\":\"ack\",\"value\":\"broker\"", "danger=4.5\n", "danger=4.5\nack=broker\n")]
        [InlineData("\"key\":\"alarm\",\"value\":\"vib1 kurt_pearson warning=5\"", "danger=4.5\n", "danger=4.5\nalarm=vib1 kurt_pearson warning=5\n")]
        public void A_line_is_set_added_or_taken_away_and_the_others_stay(string members, string was, string becomes)
        {
            Assert.Equal("{\"ok\":true,\"restart\":true}", _bench.Ask("{\"cmd\":\"set\"," + members + "}"));
            Assert.Equal(ControlBench.Original.Replace(was, becomes, StringComparison.Ordinal), _bench.Kept);
        }

        [Theory]
        [InlineData("\"key\":\"interval_ms\",\"value\":999", "settings.txt line 8: interval_ms must be a whole number from 1000 to 3600000")]
        [InlineData("\"key\":\"colour\",\"value\":\"red\"", "settings.txt line 13: unknown key colour")]
        [InlineData("\"key\":\"interval_ms\",\"of\":\"x\",\"value\":1", "\\\"of\\\" is for keys that come more than once")]
        [InlineData("\"value\":1", "\\\"key\\\" is missing")]
        [InlineData("\"key\":\"a=b\",\"value\":1", "this is no key")]
        [InlineData("\"key\":\" wifi_password\",\"value\":\"letmein\"", "this is no key")]
        [InlineData("\"key\":\"#\",\"value\":\"x\"", "this is no key")]
        [InlineData("\"key\":\"\"", "this is no key")]
        [InlineData("\"key\":\"id\",\"value\":\"88.118.12345/NODE-0002\"", "this key belongs to pairing")]
        [InlineData("\"key\":\"wifi_password\",\"value\":\"letmein\"", "this key belongs to pairing")]
        [InlineData("\"key\":\"wifi_ssid\"", "this key belongs to pairing")]
        [InlineData("\"key\":\"broker\",\"value\":\"elsewhere\"", "this key belongs to pairing")]
        [InlineData("\"key\":\"broker_host\",\"value\":\"elsewhere\"", "this key belongs to pairing")]
        [InlineData("\"key\":\"broker_password\"", "this key belongs to pairing")]
        [InlineData("\"key\":\"tls\",\"value\":\"off\"", "this key belongs to pairing")]
        [InlineData("\"key\":\"tls_key\",\"value\":\"k\"", "this key belongs to pairing")]
        [InlineData("\"key\":\"root\",\"value\":\"elsewhere\"", "this key belongs to pairing")]
        [InlineData("\"key\":\"time\",\"value\":1", "this key belongs to pairing")]
        public void A_change_the_node_could_not_start_with_is_refused_and_nothing_is_written(string members, string why)
        {
            Assert.Equal("{\"error\":\"" + why + "\"}", _bench.Ask("{\"cmd\":\"set\"," + members + "}"));
            _bench.Step();
            Assert.Equal(ControlBench.Original, _bench.Kept);
            Assert.Equal(0, _bench.Volume.Changes);
            Assert.Null(_bench.Parts.Restart.Due(long.MaxValue));
        }

        [Fact]
        public void Settings_that_grow_too_long_are_refused()
        {
            string last = string.Empty;
            for (int i = 0; i < 90 && last.Length == 0; i++)
            {
                string answer = _bench.Ask("{\"cmd\":\"set\",\"key\":\"alarm\",\"value\":\"vib" + (i + 1) + " vel warning=1 danger=2 delay=30s persistence=3 hysteresis=10% drift=on\"}");
                last = answer.Contains("error", StringComparison.Ordinal) ? answer : last;
            }

            Assert.Equal("{\"error\":\"the settings would have more than 4096 bytes\"}", last);
        }

        [Fact]
        public void A_volume_that_refuses_is_told_and_the_node_does_not_restart()
        {
            _bench.Volume.Plan = _ => Fate.Refused;
            Assert.Equal("{\"req\":\"a\",\"error\":\"not kept: file settings.a: volume full\"}", _bench.Ask("{\"cmd\":\"set\",\"key\":\"interval_ms\",\"value\":2000,\"req\":\"a\"}"));
            Assert.Null(_bench.Parts.Restart.Due(long.MaxValue));
            _bench.Volume.Plan = _ => Fate.Done;
            Assert.Equal("{\"ok\":true,\"restart\":true}", _bench.Ask("{\"cmd\":\"set\",\"key\":\"interval_ms\",\"value\":2000}"));
        }

        [Fact]
        public void A_second_change_adds_to_the_first()
        {
            _bench.Ask("{\"cmd\":\"set\",\"key\":\"interval_ms\",\"value\":2000}");
            _bench.Ask("{\"cmd\":\"set\",\"key\":\"ntp_server\",\"value\":\"10.0.0.1\"}");
            Assert.Contains("interval_ms=2000\n", _bench.Kept);
            Assert.Contains("ntp_server=10.0.0.1\n", _bench.Kept);
        }

        [Fact]
        public void Commands_that_come_while_one_is_carried_out_wait_for_it()
        {
            _bench.Note("{\"cmd\":\"set\",\"key\":\"interval_ms\",\"value\":2000,\"req\":\"1\"}");
            _bench.Note("{\"cmd\":\"get\",\"key\":\"interval_ms\",\"req\":\"2\"}");
            Assert.Equal(string.Empty, _bench.Next());
            _bench.Step();
            Assert.StartsWith("{\"req\":\"1\",\"ok\":true", _bench.Next());
            Assert.Equal("{\"req\":\"2\",\"ok\":true,\"settings\":[{\"key\":\"interval_ms\",\"value\":\"2000\"}]}", _bench.Next());
        }

        [Fact]
        public void A_node_without_a_store_says_so()
        {
            var bench = new ControlBench(hasStore: false);
            Assert.Equal("{\"error\":\"this node's settings cannot be reached by command\"}", bench.Ask("{\"cmd\":\"get\"}"));
            Assert.Equal("{\"error\":\"this node's settings cannot be reached by command\"}", bench.Ask("{\"cmd\":\"set\",\"key\":\"ack\"}"));
        }

        [Fact]
        public void No_answer_to_anything_ever_tells_a_secret()
        {
            var random = new Random(5);
            string[] keys = ["id", "wifi_ssid", "wifi_password", "broker_password", "broker_user", "sensor", "point", "alarm", "interval_ms", "x", "#", "wifi_password=", " broker_password"];
            string[] names = ["get", "set", "identify", "time", "replay", "reboot"];
            for (int i = 0; i < 3000; i++)
            {
                string members = string.Join(',', new[]
                {
                    "\"cmd\":\"" + names[random.Next(names.Length)] + "\"",
                    random.Next(3) > 0 ? "\"key\":\"" + keys[random.Next(keys.Length)] + "\"" : "\"k\":1",
                    random.Next(2) > 0 ? "\"value\":\"" + keys[random.Next(keys.Length)] + "\"" : "\"v\":1",
                    random.Next(3) > 1 ? "\"of\":\"" + keys[random.Next(keys.Length)] + "\"" : "\"o\":1",
                    "\"from\":" + random.Next(14),
                });
                string answer = _bench.Ask("{" + members + "}");
                Assert.All(Secrets, secret => Assert.DoesNotContain(secret, answer));
            }
        }
    }
}
