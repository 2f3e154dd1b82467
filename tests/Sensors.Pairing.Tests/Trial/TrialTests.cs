using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;
using Sensors.Node;
using Sensors.Node.Tests;
using Sensors.Node.Tests.Fakes;
using Sensors.Pairing.Tests.Fakes;

namespace Sensors.Pairing.Tests.TrialTests
{
    /// <summary>Every stage a trial can end at, with its cause; and what a trial that failed leaves: nothing.</summary>
    public class TrialTests
    {
        private const string Status = "sensors/v1/88.118.12345/NODE-0001/status";

        private readonly PortalBench _bench = new PortalBench();

        [Theory]
        [InlineData("network-not-found", "wifi")]
        [InlineData("wrong-password", "wifi")]
        [InlineData("wifi-refused", "wifi")]
        [InlineData("wifi-timeout", "wifi")]
        [InlineData("no-dhcp", "address")]
        [InlineData("address-invalid", "address")]
        [InlineData(null, "wifi")]
        public void What_the_network_says_is_told_with_its_stage(string? cause, string stage)
        {
            _bench.Network.Causes["Hall 3"] = cause;
            Failed(_bench.Try(1), stage, cause ?? "wifi-timeout");
            Assert.Empty(_bench.Link.Asked);
        }

        [Theory]
        [InlineData("name-not-found", "name")]
        [InlineData("broker-unreachable", "broker")]
        [InlineData("not-mqtt", "broker")]
        [InlineData("certificate-untrusted", "tls")]
        [InlineData("certificate-expired", "tls")]
        [InlineData("certificate-wanted", "tls")]
        [InlineData("certificate-unreadable", "tls")]
        [InlineData("clock-not-set", "tls")]
        [InlineData("tls-failed", "tls")]
        [InlineData("login-refused", "login")]
        [InlineData("broker-refused", "login")]
        [InlineData(null, "broker")]
        [InlineData("a word of later firmware", "broker")]
        public void What_the_link_says_is_told_with_its_stage(string? cause, string stage)
        {
            _bench.Link.Causes["edge:1883"] = cause;
            JsonElement outcome = _bench.Try(1);
            Failed(outcome, stage, Causes.StageOf(cause) == null ? "broker-unreachable" : cause!);
            Assert.Equal(["wifi", stage], Stages(outcome));
            Assert.Equal("edge:1883", outcome.GetProperty("broker").GetString());
        }

        [Fact]
        public void Every_cause_has_a_stage_and_the_page_has_a_hint_for_it()
        {
            JsonElement hints = JsonDocument.Parse(System.IO.File.ReadAllText(PairingPage.Find("firmware/Sensors.Pairing/Page/hints.json"))).RootElement;
            JsonProperty[] causes = hints.GetProperty("causes").EnumerateObject().ToArray();
            Assert.Equal(22, causes.Length);
            Assert.All(causes, cause => Assert.Equal(cause.Value.GetProperty("stage").GetString(), Causes.StageOf(cause.Name)));
            Assert.Null(Causes.StageOf("none"));
            Assert.Null(Causes.StageOf(null));
        }

        [Theory]
        [InlineData(123L << 20 | 5, 0L, false, true)]
        [InlineData(123L << 20 | 5, 123L << 20 | 4, false, false)] // this board itself, before it restarted
        [InlineData(123L << 20 | 5, 124L << 20 | 4, false, true)]
        [InlineData(123L << 20 | 5, 0L, true, false)]
        public void An_identifier_under_which_another_board_is_online_is_refused_unless_it_is_replaced(long epoch, long own, bool replaces, bool refused)
        {
            if (own != 0)
            {
                OwnEpoch(own);
            }

            _bench.Link.Retained[Status] = "{\"id\":\"88.118.12345/NODE-0001\",\"status\":\"online\",\"epoch\":" + epoch + ",\"error\":\"a \\\"status\\\":\\\"offline\\\" b\",\"x\":{\"status\":\"offline\"}}";
            JsonElement outcome = _bench.Try(1, more: replaces ? " replace" : "");
            if (refused)
            {
                Failed(outcome, "identifier", "identifier-in-use");
                Assert.Empty(_bench.Link.Published);
            }
            else
            {
                Assert.Equal("committed", outcome.GetProperty("state").GetString());
            }
        }

        [Theory]
        [InlineData("{\"status\":\"offline\",\"epoch\":129}")]
        [InlineData("{}")]
        [InlineData("")]
        [InlineData("{\"status\":")]
        [InlineData("{\"status\":\"onlin")]
        [InlineData("[\"status\",\"online\"]")]
        [InlineData("{\"a\":{\"status\":\"online\"}}")]
        [InlineData("{\"status\":\"onlin\u00e9\"}")]
        public void A_status_that_says_nobody_is_online_or_nothing_is_no_hindrance(string status)
        {
            _bench.Link.Retained[Status] = status;
            Assert.Equal("committed", _bench.Try(1).GetProperty("state").GetString());
        }

        [Fact]
        public void A_broker_that_delivers_nothing_does_not_confirm_the_birth()
        {
            _bench.Link.Delivers = false;
            JsonElement outcome = _bench.Try(1);
            Failed(outcome, "birth", "birth-not-confirmed");
            Assert.Equal(["wifi", "broker", "identifier", "birth"], Stages(outcome));
            Assert.Single(_bench.Link.Published);
        }

        [Fact]
        public void A_broker_that_ends_the_session_is_told_at_once()
        {
            _bench.Link.Drops = true;
            JsonElement outcome = _bench.Try(1);
            Failed(outcome, "birth", "birth-not-confirmed");
            Assert.Equal("the broker ended the session", outcome.GetProperty("text").GetString());
            Assert.InRange(outcome.GetProperty("ms").GetInt64(), 0, 4000);
        }

        [Fact]
        public void A_link_that_is_full_for_a_while_is_asked_again()
        {
            _bench.Link.Full = 20;
            Assert.Equal("committed", _bench.Try(1).GetProperty("state").GetString());
        }

        [Fact]
        public void A_birth_of_another_attempt_is_not_taken_for_this_one()
        {
            _bench.Link.Retained["sensors/v1/88.118.12345/NODE-0001/birth"] = "{\"nonce\":\"0000000000000000\"}";
            _bench.Link.Full = int.MaxValue;
            Failed(_bench.Try(1), "birth", "birth-not-confirmed");
        }

        [Fact]
        public void The_first_way_that_works_counts()
        {
            _bench.Network.Causes["Hall 1"] = "network-not-found";
            _bench.Link.Causes["first:1883"] = "broker-unreachable";
            JsonElement outcome = _bench.Try(1, "id=88.118.12345/NODE-0001\nwifi_ssid=Hall 1\nwifi_ssid=Hall 2\nwifi_ssid=Hall 3\nbroker=first\nbroker=second:2883\nbroker=third\n");
            Assert.Equal("committed", outcome.GetProperty("state").GetString());
            Assert.Equal("Hall 2", outcome.GetProperty("ssid").GetString());
            Assert.Equal("second:2883", outcome.GetProperty("broker").GetString());
            Assert.Equal(["join Hall 1", "join Hall 2"], _bench.Network.Asked.Where(a => a.StartsWith("join", StringComparison.Ordinal)));
            Assert.Equal(["connect first:1883", "connect second:2883"], _bench.Link.Asked);
        }

        [Fact]
        public void Of_several_failures_the_one_that_got_furthest_is_told()
        {
            _bench.Network.Causes["Hall 2"] = "wrong-password";
            _bench.Link.Causes["first:1883"] = "login-refused";
            _bench.Link.Causes["second:1883"] = "broker-unreachable";
            JsonElement outcome = _bench.Try(1, "id=88.118.12345/NODE-0001\nwifi_ssid=Hall 1\nwifi_ssid=Hall 2\nbroker=first\nbroker=second\n");
            Failed(outcome, "login", "login-refused");
            Assert.Equal("Hall 1", outcome.GetProperty("ssid").GetString());
            Assert.Equal("first:1883", outcome.GetProperty("broker").GetString());
        }

        [Fact]
        public void No_further_way_is_begun_once_half_a_minute_has_gone()
        {
            string[] halls = Enumerable.Range(1, 8).Select(i => "Hall " + i).ToArray();
            Array.ForEach(halls, hall => _bench.Network.Causes[hall] = "wifi-timeout");
            _bench.Network.JoinMilliseconds = 12000;
            JsonElement outcome = _bench.Try(1, "id=88.118.12345/NODE-0001\nbroker_host=edge\n" + string.Concat(halls.Select(h => "wifi_ssid=" + h + "\n")));
            Failed(outcome, "wifi", "wifi-timeout");
            Assert.Equal(36000, outcome.GetProperty("ms").GetInt64());
            Assert.Equal("Hall 1", outcome.GetProperty("ssid").GetString());
        }

        [Fact]
        public void One_network_and_one_broker_are_judged_within_half_a_minute_at_any_stage()
        {
            _bench.Network.JoinMilliseconds = 12000;
            _bench.Network.Utc = 0;
            _bench.Link.Delivers = false;
            JsonElement outcome = _bench.Try(1, PortalBench.Good + "tls=on\n");
            Failed(outcome, "birth", "birth-not-confirmed");
            Assert.InRange(outcome.GetProperty("ms").GetInt64(), 12000 + 3000 + 400 + 500 + 5000, 22000);
        }

        [Fact]
        public void Time_is_waited_for_only_where_certificates_are_judged_and_a_blocked_server_costs_three_seconds()
        {
            _bench.Network.Utc = 0;
            JsonElement plain = _bench.Try(1);
            Assert.InRange(plain.GetProperty("ms").GetInt64(), 2500, 3200);
            Assert.Equal("holdover", plain.GetProperty("clock").GetString()); // time= of the settings
            JsonElement secure = _bench.Try(2, PortalBench.Good + "tls=on\n");
            Assert.Equal("committed", secure.GetProperty("state").GetString());
            Assert.InRange(secure.GetProperty("ms").GetInt64(), 5500, 6200);
            _bench.Network.Utc = 1_795_000_000_000;
            Assert.Equal("synced", _bench.Try(3, PortalBench.Good + "tls=on\n").GetProperty("clock").GetString());
        }

        [Fact]
        public void A_trial_that_fails_leaves_no_trace_and_the_next_one_starts_from_there()
        {
            _bench.Network.Causes["Hall 3"] = "wrong-password";
            _bench.Say("info");
            string[] before = Others();
            Failed(_bench.Try(1), "wifi", "wrong-password");
            Assert.Equal(before, Others());
            Assert.Null(_bench.Settings);
            Assert.Contains("leave", _bench.Network.Asked);
            Assert.Equal("rolled-back", _bench.Get("/api/v1/node").Json.GetProperty("state").GetString());
            Assert.Equal("{\"ok\":true}", _bench.Say("done 1"));
            Assert.Equal("waiting", _bench.Get("/api/v1/node").Json.GetProperty("state").GetString());
            _bench.Pass(2000);
            Assert.Null(_bench.Portal.RestartCause);
            _bench.Network.Causes.Clear();
            Assert.Equal("committed", _bench.Try(2).GetProperty("state").GetString());
        }

        [Fact]
        public void Old_settings_stay_in_force_when_new_ones_do_not_work()
        {
            Assert.Equal("committed", _bench.Try(1).GetProperty("state").GetString());
            _bench.Link.Causes["other:1883"] = "broker-unreachable";
            Failed(_bench.Try(2, PortalBench.Good.Replace("edge", "other", StringComparison.Ordinal)), "broker", "broker-unreachable");
            Assert.Equal(PortalBench.Good, _bench.Settings);
            Assert.True(_bench.Ask("info").GetProperty("paired").GetBoolean());
            _bench.Start();
            Assert.Equal(PortalBench.Good, _bench.Settings);
        }

        [Fact]
        public void While_a_trial_runs_its_stage_is_told_and_others_wait()
        {
            _bench.Say("try 1\n" + PortalBench.Good);
            Assert.True(_bench.Portal.HasTrial);
            var seen = new List<string>();
            Action deliver = _bench.Clock.Passed;
            _bench.Clock.Passed = () =>
            {
                deliver();
                JsonElement outcome = _bench.Ask("outcome 1");
                Assert.Equal("trying", outcome.GetProperty("state").GetString());
                seen.Add(outcome.GetProperty("stage").GetString()!);
                Assert.Equal("trying", _bench.Get("/api/v1/node").Json.GetProperty("state").GetString());
                Assert.False(_bench.Portal.HasTrial);
                foreach (string message in new[] { "try 2\n" + PortalBench.Good, "scan", "done 1", "close", "unpair", "factory-reset" })
                {
                    Assert.Equal("busy", _bench.Ask(message).GetProperty("error").GetString());
                }

                Assert.Equal("{\"ok\":true,\"attempt\":1}", _bench.Say("try 1\nwhatever"));
            };
            _bench.Portal.RunTrial();
            _bench.Clock.Passed = deliver;
            Assert.Equal(["wifi", "broker", "identifier", "birth"], seen.Distinct());
            Assert.Equal("committed", _bench.Ask("outcome 1").GetProperty("state").GetString());
        }

        [Fact]
        public void Asking_again_changes_nothing()
        {
            JsonElement first = _bench.Try(7);
            int changes = _bench.Volume.Changes;
            Assert.Equal("{\"ok\":true,\"attempt\":7}", _bench.Say("try 7\nid=nonsense\n"));
            Assert.False(_bench.Portal.HasTrial);
            Assert.Equal(first.GetRawText(), _bench.Ask("outcome 7").GetRawText());
            Assert.Equal(changes, _bench.Volume.Changes);
            Assert.Equal("attempt", _bench.Ask("try 6\n" + PortalBench.Good).GetProperty("error").GetString());
            Assert.Equal("{\"ok\":true}", _bench.Say("done 6"));
            Assert.Equal("{\"ok\":true,\"attempt\":6,\"state\":\"none\"}", _bench.Say("outcome 6"));
            Assert.Equal("{\"ok\":true}", _bench.Say("done 7"));
            Assert.Equal("{\"ok\":true}", _bench.Say("done 7"));
            Assert.Equal("{\"ok\":true,\"attempt\":7,\"state\":\"none\"}", _bench.Say("outcome 7"));
        }

        [Fact]
        public void An_outcome_is_kept_over_restarts_until_it_was_fetched()
        {
            _bench.Network.Causes["Hall 3"] = "no-dhcp";
            string told = _bench.Try(1).GetRawText();
            _bench.Start();
            Assert.Equal(told, _bench.Say("outcome 1"));
            Assert.Equal("{\"ok\":true,\"attempt\":1}", _bench.Say("try 1\n" + PortalBench.Good));
            Assert.False(_bench.Portal.HasTrial);
            _bench.Say("done 1");
            _bench.Start();
            Assert.Equal("{\"ok\":true,\"attempt\":1,\"state\":\"none\"}", _bench.Say("outcome 1"));
        }

        [Fact]
        public void Settings_that_are_wrong_are_refused_at_once_and_use_no_number_up()
        {
            (string Text, string Says)[] wrong =
            [
                ("id=88.118.12345/NODE-0001\nwifi_ssid=Hall 3\ncolour=red\n", "line 3: unknown key colour"),
                ("wifi_ssid=Hall 3\nbroker_host=edge\n", "no id"),
                ("id=88.118.12345/NODE-0001\nbroker_host=edge\n", "no wifi_ssid"),
                ("id=88.118.12345/NODE-0001\nwifi_ssid=Hall 3\n", "no broker_host"),
                ("", "there are no settings"),
                ("\n", "no id"),
                ("id=88.118.12345/NODE-0001\0\n", "the settings are no UTF-8"),
                (PortalBench.Good + "tls=on\ntls_ca=ca\n", "tls_ca must be ca, and the file sent before; or the file that is in force"),
                (PortalBench.Good + "tls=on\ntls_ca=label.txt\n", "tls_ca must be ca, and the file sent before; or the file that is in force"),
                (new string('#', 4097), "the settings have more than 4096 bytes"),
                ("\u0001\u0002=" + new string('x', 4000) + "\n", "line 1: unknown key \u0001\u0002"),
            ];
            foreach ((string text, string says) in wrong)
            {
                JsonElement answer = _bench.Ask("try 1\n" + text);
                Assert.Equal("settings", answer.GetProperty("error").GetString());
                Assert.Equal(says, answer.GetProperty("text").GetString());
            }

            Assert.Equal("settings", _bench.Ask("try 1\n" + new string('k', 4000) + "=1\n").GetProperty("error").GetString());
            Assert.Equal(0, _bench.Record.Attempt);
            Assert.Equal("committed", _bench.Try(1).GetProperty("state").GetString());
        }

        [Theory]
        [InlineData(0)]
        [InlineData(1)]
        [InlineData(2)]
        [InlineData(3)]
        [InlineData(4)]
        public void A_volume_that_is_full_is_told_and_leaves_what_there_was(int refused)
        {
            SendFiles();
            _bench.Say("info");
            string[] before = Others();
            int from = _bench.Volume.Changes + (refused == 0 ? 0 : 1); // the attempt itself is written first
            int end = from + (refused == 0 ? 1 : refused);
            _bench.Volume.Plan = change => change == end - 1 ? Fate.Refused : Fate.Done;
            JsonElement outcome = _bench.Try(1, Secure);
            Failed(outcome, "volume", "volume-full");
            Assert.Equal(before, Others());
            _bench.Volume.Plan = _ => Fate.Done;
            Assert.Equal("committed", _bench.Try(2, Secure).GetProperty("state").GetString());
        }

        [Fact]
        public void Certificates_are_kept_in_two_generations_under_names_of_the_nodes_own()
        {
            SendFiles();
            Assert.Equal("committed", _bench.Try(1, Secure).GetProperty("state").GetString());
            Assert.Equal(Secure.Replace("=ca", "=tls-a.ca", StringComparison.Ordinal).Replace("=cert", "=tls-a.cert", StringComparison.Ordinal)
                .Replace("=key", "=tls-a.key", StringComparison.Ordinal), _bench.Settings);
            Assert.Equal("PEM of ca", Encoding.ASCII.GetString(_bench.Volume.Files["tls-a.ca"]));
            Assert.Equal("PEM of key", Encoding.ASCII.GetString(_bench.Link.Used!.ClientKey));
            Assert.Null(Settings.Parse(_bench.Store.Text).LoadCertificates(_bench.Volume));

            Assert.Equal("{\"ok\":true}", _bench.Say("file ca\nanother"));
            Assert.Equal("committed", _bench.Try(2, Secure.Replace("=cert", "=tls-a.cert", StringComparison.Ordinal).Replace("=key", "=tls-a.key", StringComparison.Ordinal))
                .GetProperty("state").GetString());
            Assert.Equal("another", Encoding.ASCII.GetString(_bench.Volume.Files["tls-b.ca"]));
            Assert.Equal("PEM of cert", Encoding.ASCII.GetString(_bench.Link.Used.ClientCertificate));
            _bench.Start();
            Assert.Equal(["tls-a.cert", "tls-a.key", "tls-b.ca"], _bench.Volume.Files.Keys.Where(n => n.StartsWith("tls-", StringComparison.Ordinal)).Order());
            Assert.Null(Settings.Parse(_bench.Store.Text).LoadCertificates(_bench.Volume));
        }

        [Fact]
        public void A_node_that_was_paired_goes_to_work_after_five_minutes_without_being_asked_and_tells_later()
        {
            _bench.Try(1);
            _bench.Pass(299_000);
            Assert.Null(_bench.Portal.RestartCause);
            _bench.Pass(2_000);
            Assert.Equal("paired", _bench.Portal.RestartCause);
            _bench.Start();
            Assert.Equal("committed", _bench.Ask("outcome 1").GetProperty("state").GetString());
        }

        internal const string Secure = PortalBench.Good + "tls=on\ntls_ca=ca\ntls_cert=cert\ntls_key=key\n";

        private void SendFiles()
        {
            foreach (string kind in new[] { "ca", "cert", "key" })
            {
                Assert.Equal("{\"ok\":true}", _bench.Say("file " + kind + "\nPEM of " + kind));
            }
        }

        private void OwnEpoch(long epoch)
        {
            byte[] record = new byte[80];
            record[2] = 4;
            LittleEndian.Put(record, 4, epoch >> 20, 4);
            LittleEndian.Put(record, 8, epoch & 0xFFFFF, 4);
            new TwinFile(_bench.Volume, "epoch", 2, 40, 12).Write(record);
        }

        // All files but what pairing itself keeps.
        private string[] Others() => _bench.Volume.Files.Where(f => !f.Key.StartsWith("pairing", StringComparison.Ordinal))
            .Select(f => f.Key + " " + Convert.ToHexString(f.Value)).Order().ToArray();

        private static IEnumerable<string> Stages(JsonElement outcome) => outcome.GetProperty("stages").EnumerateArray().Select(s => s.GetProperty("stage").GetString()!);

        private void Failed(JsonElement outcome, string stage, string cause)
        {
            Assert.Equal("rolled-back", outcome.GetProperty("state").GetString());
            Assert.Equal(stage, outcome.GetProperty("stage").GetString());
            Assert.Equal(cause, outcome.GetProperty("cause").GetString());
            Assert.Equal(stage, Stages(outcome).Last());
            Assert.NotEmpty(outcome.GetProperty("text").GetString()!);
            Assert.Equal(0, _bench.Link.Open);
        }
    }
}
