using System;
using System.Linq;
using System.Text;
using System.Text.Json;
using Sensors.Node;
using Sensors.Node.Tests.Fakes;
using Sensors.Pairing.Tests.Fakes;

namespace Sensors.Pairing.Tests.PortalTests
{
    /// <summary>The messages of a session beside the trial: what they tell, refuse and forget.</summary>
    public class MessageTests
    {
        private readonly PortalBench _bench = new PortalBench();

        [Fact]
        public void Networks_are_told_as_they_are_heard_sixteen_at_most_whatever_their_names()
        {
            _bench.Network.Sightings = Enumerable.Range(0, 20).Select(i => new WifiSighting(i == 0 ? "Hall \"3\"" : new string('\u0001', 32), -40 - i)).ToArray();
            JsonElement[] networks = _bench.Ask("scan").GetProperty("networks").EnumerateArray().ToArray();
            Assert.Equal(16, networks.Length);
            Assert.Equal("Hall \"3\"", networks[0].GetProperty("ssid").GetString());
            Assert.Equal(-40, networks[0].GetProperty("rssi").GetInt32());
            Assert.Equal(new string('\u0001', 32), networks[15].GetProperty("ssid").GetString());
        }

        [Fact]
        public void Bytes_that_are_no_text_are_refused_and_never_made_a_string()
        {
            Assert.Equal("malformed", Raw([.. "inf"u8, 0xFF]));
            Assert.Equal("malformed", Raw([.. "info"u8, 0]));
            Assert.Equal("malformed", Raw([.. "\ninfo"u8]));
            Assert.Equal("settings", Raw([.. "try 1\nid="u8, 0xC3]));
            Assert.Equal("settings", Raw([.. "try 1\nid="u8, 0, (byte)'\n']));
            Assert.Equal(0, _bench.Record.Attempt);
        }

        // RFC 3629, 4: the table of well-formed sequences, and one beside each end of it.
        [Theory]
        [InlineData("417E7F01", true)]
        [InlineData("C280DFBF", true)]
        [InlineData("E0A080EFBFBFED9FBFEE8080", true)]
        [InlineData("F0908080F48FBFBF", true)]
        [InlineData("00", false)]
        [InlineData("80", false)]
        [InlineData("C1BF", false)]
        [InlineData("C2", false)]
        [InlineData("C27F", false)]
        [InlineData("C2C0", false)]
        [InlineData("E09FBF", false)]
        [InlineData("EDA080", false)]
        [InlineData("E280", false)]
        [InlineData("E28041", false)]
        [InlineData("F08FBFBF", false)]
        [InlineData("F4908080", false)]
        [InlineData("F5808080", false)]
        [InlineData("FF", false)]
        public void Text_is_told_from_what_is_none(string hex, bool sound)
        {
            Assert.Equal(sound, Utf8Text.IsSound(Convert.FromHexString(hex), 0));
            Assert.Equal(sound, Utf8Text.IsSound(Convert.FromHexString("FF41" + hex), 1));
        }

        [Theory]
        [InlineData(" ")]
        [InlineData("\n")]
        [InlineData("infos")]
        [InlineData("INFO")]
        [InlineData("try")]
        [InlineData("try x\n")]
        [InlineData("try 0\n")]
        [InlineData("try -1\n")]
        [InlineData("try 1 2\n")]
        [InlineData("try 1 replace now\n")]
        [InlineData("try 99999999999\n")]
        [InlineData("outcome")]
        [InlineData("outcome 1 2")]
        [InlineData("done")]
        [InlineData("identify")]
        [InlineData("identify -1")]
        [InlineData("identify 3601")]
        [InlineData("identify x")]
        public void What_is_no_message_is_refused(string text)
        {
            Assert.Equal("malformed", _bench.Ask(text).GetProperty("error").GetString());
            Assert.Equal("malformed", _bench.Ask(text + new string('x', 6000)).GetProperty("error").GetString());
            Assert.Equal(0, _bench.Record.Attempt);
        }

        [Theory]
        [InlineData("file")]
        [InlineData("file ca")]
        [InlineData("file other\nPEM")]
        [InlineData("file ca cert\nPEM")]
        public void What_is_no_file_is_refused(string text) => Assert.Equal("file", _bench.Ask(text).GetProperty("error").GetString());

        [Fact]
        public void A_file_has_its_limit()
        {
            Assert.Equal("{\"ok\":true}", _bench.Say("file key\n" + new string('k', 4096)));
            Assert.Equal("file", _bench.Ask("file key\n" + new string('k', 4097)).GetProperty("error").GetString());
        }

        [Fact]
        public void The_light_blinks_for_who_is_near_and_for_who_has_the_code()
        {
            Assert.Equal("{\"ok\":true}", _bench.Post("/api/v1/identify", []).Text);
            _bench.Pass(12_000);
            Assert.InRange(_bench.Lamp.Told.Count, 38, 42); // 10 s, on and off twice a second
            Assert.False(_bench.Lamp.Told[^1]);
            _bench.Lamp.Told.Clear();
            Assert.Equal("{\"ok\":true}", _bench.Say("identify 3600"));
            _bench.Pass(1_000);
            Assert.Equal("{\"ok\":true}", _bench.Say("identify 0"));
            _bench.Pass(1_000);
            Assert.InRange(_bench.Lamp.Told.Count, 4, 6);
            Assert.False(_bench.Lamp.Told[^1]);
        }

        [Fact]
        public void A_board_without_a_light_says_so()
        {
            _bench.HasLight = false;
            _bench.Start();
            PortalBench.Reply reply = _bench.Post("/api/v1/identify", []);
            Assert.Equal(409, reply.Status);
            Assert.Equal("no-light", reply.Word);
            Assert.Equal("no-light", _bench.Ask("identify 5").GetProperty("error").GetString());
            Assert.False(_bench.Ask("info").GetProperty("light").GetBoolean());
            Assert.Equal(1000, _bench.Portal.Step());
        }

        [Fact]
        public void Only_a_paired_node_leaves_its_portal_by_itself_or_when_told()
        {
            Assert.Equal("{\"ok\":true}", _bench.Say("close"));
            _bench.Pass(3_600_000);
            Assert.Null(_bench.Portal.RestartCause);
            _bench.Begin(); // the session has ended meanwhile
            _bench.Try(1);
            _bench.Say("done 1");
            _bench.Record.PortalWanted = true;
            _bench.Start();
            Assert.True(_bench.Record.PortalWanted);
            _bench.Pass(599_000);
            Assert.Null(_bench.Portal.RestartCause);
            _bench.Say("info");
            _bench.Pass(599_000);
            Assert.Null(_bench.Portal.RestartCause);
            _bench.Pass(1_000);
            Assert.Equal("portal closed: nobody paired for 10 minutes", _bench.Portal.RestartCause);
            _bench.Start();
            Assert.False(_bench.Record.PortalWanted);
            _bench.Say("close");
            _bench.Pass(1_000);
            Assert.Equal("portal closed", _bench.Portal.RestartCause);
        }

        [Fact]
        public void A_node_that_is_being_tried_does_not_leave_its_portal()
        {
            _bench.Try(1);
            _bench.Say("done 1");
            _bench.Start();
            _bench.Say("try 2\n" + PortalBench.Good);
            _bench.Pass(1_200_000);
            Assert.Null(_bench.Portal.RestartCause);
            Assert.True(_bench.Portal.HasTrial);
        }

        // Secrets, told in every way, are in no answer of any kind.
        [Fact]
        public void No_answer_tells_a_secret()
        {
            string[] secrets = ["K7M29QXW", "K7M2-9QXW", "7H2K9QWX4M3T", "correct horse", "swordfish", "PRIVATE"];
            string heard = _bench.Get("/api/v1/node").Text;
            heard += _bench.Begin("000000").Text;
            _bench.Clock.Sleep(1000);
            heard += _bench.Say("file key\nPRIVATE");
            heard += _bench.Say("try 1\nid=88.118.12345/NODE-0001\nwifi_ssid=Hall\nwifi_password=correct horse\nbroker_password=swordfish\n");
            heard += _bench.Say("try 1\nwifi_password correct horse\n");
            _bench.Network.Causes["Hall 3"] = "wrong-password";
            heard += _bench.Try(1).GetRawText();
            _bench.Network.Causes.Clear();
            _bench.Link.Causes["edge:1883"] = "login-refused";
            heard += _bench.Try(2).GetRawText();
            _bench.Link.Causes.Clear();
            heard += _bench.Try(3).GetRawText() + _bench.Say("info") + _bench.Say("scan") + _bench.Get("/api/v1/node").Text + _bench.Portal.RestartCause;
            heard += string.Concat(_bench.Link.Published.Select(p => p.Topic + p.Text));
            Assert.All(secrets, secret => Assert.DoesNotContain(secret, heard, StringComparison.OrdinalIgnoreCase));
            string kept = string.Concat(_bench.Volume.Files.Where(f => f.Key.StartsWith("pairing", StringComparison.Ordinal)).Select(f => Encoding.Latin1.GetString(f.Value)));
            Assert.All(secrets, secret => Assert.DoesNotContain(secret, kept, StringComparison.OrdinalIgnoreCase));
        }

        private string? Raw(byte[] text)
        {
            _bench.Say("info");
            byte[] answer = _bench.Post("/api/v1/message", _bench.Session.Seal(text, text.Length)).Body;
            return JsonDocument.Parse(_bench.Session.Open(answer, answer.Length)).RootElement.GetProperty("error").GetString();
        }
    }

    /// <summary>What unpairing and a factory reset forget, also where the power is cut.</summary>
    public class UnpairingTests
    {
        private const string Measures = "interval_ms=2000\n";
        private const string Written = "id=88.118.12345/OLD\nwifi_ssid=Hall\nwifi_password=oldsecret\nbroker_host=old\ntls=on\ntls_ca=ca.pem\ntls_cert=n.pem\ntls_key=n.key\ninterval_ms=2000\n";

        [Fact]
        public void Unpairing_forgets_where_the_node_belongs_and_keeps_how_it_measures()
        {
            PortalBench bench = Paired();
            Assert.Equal("{\"ok\":true}", bench.Say("unpair"));
            Forgotten(bench);
            Assert.Equal("waiting", bench.Get("/api/v1/node").Json.GetProperty("state").GetString());
            Assert.False(bench.Ask("info").GetProperty("paired").GetBoolean());
            Assert.False(bench.Ask("info").TryGetProperty("id", out _));
            int changes = bench.Volume.Changes;
            bench.Start();
            Assert.Equal(changes + 1, bench.Volume.Changes); // the device secret counts the start
            Assert.Equal(1, bench.Network.Forgotten);
            Forgotten(bench);
            Assert.Equal("committed", bench.Try(2).GetProperty("state").GetString());
        }

        [Fact]
        public void A_node_that_a_file_alone_paired_forgets_it_and_the_files_it_named()
        {
            var bench = new PortalBench();
            bench.Volume.Files[Settings.FileName] = Encoding.ASCII.GetBytes(Written);
            bench.Volume.Files["ca.pem"] = bench.Volume.Files["n.pem"] = bench.Volume.Files["n.key"] = Encoding.ASCII.GetBytes("oldsecret");
            bench.Volume.Files["baseline.a"] = bench.Volume.Files["pairing.a"] = bench.Volume.Files["pairing.b"] = [1];
            bench.Start();
            Assert.True(bench.Ask("info").GetProperty("paired").GetBoolean());
            bench.Say("unpair");
            Forgotten(bench);
        }

        [Fact]
        public void What_was_begun_over_MQTT_the_next_start_finishes()
        {
            PortalBench bench = Paired();
            bench.Store.Write(SettingsText.Unpaired(bench.Store.Text));
            bench.Start();
            Forgotten(bench);
        }

        [Fact]
        public void A_file_that_somebody_writes_for_an_unpaired_node_is_left_alone()
        {
            PortalBench bench = Paired();
            bench.Say("unpair");
            bench.Volume.Files[Settings.FileName] = Encoding.ASCII.GetBytes("interval_ms=5000\n");
            bench.Start();
            Assert.Equal("interval_ms=5000\n", bench.Settings);
            Assert.True(bench.Volume.Files.ContainsKey(Settings.FileName));
        }

        [Fact]
        public void A_factory_reset_leaves_the_label_and_the_device_secret()
        {
            PortalBench bench = Paired();
            bench.Volume.Files["j0-1.2"] = [1];
            bench.Volume.Files["con_1"] = [2];
            string label = Encoding.ASCII.GetString(bench.Volume.Files[PairingLabel.FileName]);
            Assert.Equal("{\"ok\":true}", bench.Say("factory-reset"));
            Reset(bench);
            Assert.Equal(label, Encoding.ASCII.GetString(bench.Volume.Files[PairingLabel.FileName]));
            Assert.Equal("committed", bench.Try(1).GetProperty("state").GetString());
        }

        [Fact]
        public void A_power_cut_at_any_write_leaves_the_node_paired_or_forgetting_to_the_end()
        {
            foreach (string message in new[] { "unpair", "factory-reset" })
            {
                foreach (Fate fate in new[] { Fate.CutBefore, Fate.CutBetween, Fate.CutTorn, Fate.CutAfter })
                {
                    int outcomes = 0;
                    for (int cut = 0; ; cut++)
                    {
                        PortalBench bench = Paired();
                        string before = bench.Settings!;
                        bench.Say("info");
                        int at = bench.Volume.Changes + cut;
                        bench.Volume.Plan = change => change == at ? fate : Fate.Done;
                        bool wasCut = false;
                        try
                        {
                            bench.Say(message);
                        }
                        catch (PowerCutException)
                        {
                            wasCut = true;
                        }

                        bench.Volume.Plan = _ => Fate.Done;
                        bench.Start();
                        if (bench.Settings == before)
                        {
                            Assert.True(wasCut);
                            Assert.Equal(0, cut); // only the first write may have been in vain
                            Assert.Null(Settings.Parse(bench.Store.Text).LoadCertificates(bench.Volume));
                            outcomes |= 1;
                        }
                        else if (message == "unpair")
                        {
                            Forgotten(bench);
                            outcomes |= 2;
                        }
                        else
                        {
                            Reset(bench);
                            outcomes |= 2;
                        }

                        if (!wasCut)
                        {
                            break;
                        }
                    }

                    Assert.Equal(fate == Fate.CutAfter ? 2 : 3, outcomes);
                }
            }
        }

        [Fact]
        public void A_volume_that_refuses_is_told_and_the_next_start_goes_on()
        {
            PortalBench bench = Paired();
            bench.Say("info");
            int at = bench.Volume.Changes + 2;
            bench.Volume.Plan = change => change >= at ? Fate.Refused : Fate.Done;
            Assert.Equal("volume", bench.Ask("unpair").GetProperty("error").GetString());
            bench.Start();
            bench.Volume.Plan = _ => Fate.Done;
            bench.Start();
            Forgotten(bench);
        }

        // By a file first, by the portal over it.
        private static PortalBench Paired()
        {
            var bench = new PortalBench();
            bench.Volume.Files[Settings.FileName] = Encoding.ASCII.GetBytes(Written);
            bench.Volume.Files["ca.pem"] = bench.Volume.Files["n.pem"] = bench.Volume.Files["n.key"] = Encoding.ASCII.GetBytes("oldsecret");
            bench.Volume.Files["baseline.a"] = [1];
            bench.Start();
            foreach (string kind in new[] { "ca", "cert", "key" })
            {
                bench.Say("file " + kind + "\nPEM");
            }

            Assert.Equal("committed", bench.Try(1, TrialTests.TrialTests.Secure).GetProperty("state").GetString());
            bench.Say("done 1");
            bench.Start();
            return bench;
        }

        private static void Forgotten(PortalBench bench)
        {
            Assert.Equal(Measures, bench.Settings);
            Assert.Equal(["baseline.a", "label.txt", "pairing.a", "pairing.b", "secret.a", "secret.b", "settings.a", "settings.b"], bench.Volume.Files.Keys.Order());
            Assert.True(bench.Network.Forgotten > 0);
            string settings = string.Concat(bench.Volume.Files.Where(f => f.Key.StartsWith("settings", StringComparison.Ordinal)).Select(f => Encoding.Latin1.GetString(f.Value)));
            Assert.All(new[] { "oldsecret", "correct horse", "swordfish", "12345" }, secret => Assert.DoesNotContain(secret, settings, StringComparison.Ordinal));
        }

        private static void Reset(PortalBench bench)
        {
            Assert.Null(bench.Settings);
            Assert.Empty(bench.Volume.Files.Keys.Except(["con_1", "label.txt", "pairing.a", "pairing.b", "secret.a", "secret.b"]));
            Assert.Equal(0, bench.Record.Attempt);
            Assert.True(bench.Network.Forgotten > 0);
        }
    }
}
