using System;
using System.Collections.Generic;
using System.Text;
using System.Text.Json;
using Sensors.Node;
using Sensors.Node.Tests.Fakes;
using Sensors.Pairing.Tests.Fakes;

namespace Sensors.Pairing.Tests.TrialTests
{
    /// <summary>The power is cut at every write of a pairing, in every way: the node has the old settings or the new, whole, and says which.</summary>
    public class PowerCutTests
    {
        private const string Old = "id=88.118.12345/NODE-0007\nwifi_ssid=Hall 3\nbroker_host=edge\ntls=on\ntls_ca=tls-a.ca\ntls_cert=tls-a.cert\ntls_key=tls-a.key\n";

        [Theory]
        [InlineData(false)]
        [InlineData(true)]
        public void The_settings_are_the_old_or_the_new_and_never_between(bool wasPaired)
        {
            foreach (Fate fate in new[] { Fate.CutBefore, Fate.CutBetween, Fate.CutTorn, Fate.CutAfter })
            {
                var ends = new HashSet<string>();
                for (int cut = 0; ; cut++)
                {
                    PortalBench bench = Begun(wasPaired);
                    string? before = bench.Settings;
                    int at = bench.Volume.Changes + cut;
                    bench.Volume.Plan = change => change == at ? fate : Fate.Done;
                    bool wasCut = false;
                    try
                    {
                        bench.Try(2, TrialTests.Secure);
                        bench.Say("done 2");
                    }
                    catch (PowerCutException)
                    {
                        wasCut = true;
                    }

                    bench.Volume.Plan = _ => Fate.Done;
                    bench.Start();
                    ends.Add(Judged(bench, before));
                    bench.Link.Retained.Clear();

                    // Whatever it was, the next attempt works.
                    foreach (string kind in new[] { "ca", "cert", "key" })
                    {
                        bench.Say("file " + kind + "\nthird " + kind);
                    }

                    Assert.Equal("committed", bench.Try(3, TrialTests.Secure).GetProperty("state").GetString());
                    bench.Start();
                    AssertWhole(bench, "third");
                    if (!wasCut)
                    {
                        break;
                    }
                }

                Assert.Superset(new HashSet<string> { "old, interrupted", "new, committed" }, ends);
            }
        }

        [Fact]
        public void A_restart_in_the_middle_of_a_trial_is_told_as_such()
        {
            PortalBench bench = Begun(true);
            string? before = bench.Settings;
            bench.Say("try 2\n" + PortalBench.Good);
            bench.Start();
            Assert.Equal("old, interrupted", Judged(bench, before));
            JsonElement outcome = bench.Ask("outcome 2");
            Assert.Equal("power", outcome.GetProperty("stage").GetString());
            Assert.Equal("rolled-back", bench.Get("/api/v1/node").Json.GetProperty("state").GetString());
            Assert.False(bench.Portal.HasTrial);
        }

        private static string Judged(PortalBench bench, string? before)
        {
            JsonElement outcome = bench.Ask("outcome 2");
            string state = outcome.GetProperty("state").GetString()!;
            if (bench.Settings == before)
            {
                Assert.Contains(state, new[] { "none", "rolled-back" });
                if (before != null)
                {
                    AssertWhole(bench, "old");
                }

                return state == "none" ? "old, not begun" : "old, " + outcome.GetProperty("cause").GetString();
            }

            Assert.Contains(state, new[] { "none", "committed" }); // none: it was fetched
            AssertWhole(bench, "new");
            Assert.False(bench.Record.PortalWanted);
            return state == "none" ? "new, fetched" : "new, committed";
        }

        // The files the settings name are there, whole, and no others.
        private static void AssertWhole(PortalBench bench, string generation)
        {
            Settings settings = Settings.Parse(bench.Store.Text);
            Assert.Null(settings.Error);
            Assert.Null(settings.LoadCertificates(bench.Volume));
            Assert.Equal(generation + " ca", Encoding.ASCII.GetString(settings.Link.CaCertificate));
            Assert.Equal(generation + " cert", Encoding.ASCII.GetString(settings.Link.ClientCertificate));
            Assert.Equal(generation + " key", Encoding.ASCII.GetString(settings.Link.ClientKey));
            int files = 0;
            foreach (string name in bench.Volume.Files.Keys)
            {
                files += name.StartsWith("tls-", StringComparison.Ordinal) ? 1 : 0;
            }

            Assert.Equal(3, files);
        }

        private static PortalBench Begun(bool wasPaired)
        {
            var bench = new PortalBench();
            if (wasPaired)
            {
                foreach (string kind in new[] { "ca", "cert", "key" })
                {
                    bench.Volume.Files["tls-a." + kind] = Encoding.ASCII.GetBytes("old " + kind);
                }

                bench.Store.Write(Encoding.ASCII.GetBytes(Old));
                bench.Record.PortalWanted = true;
                bench.Start();
            }

            foreach (string kind in new[] { "ca", "cert", "key" })
            {
                bench.Say("file " + kind + "\nnew " + kind);
            }

            return bench;
        }
    }
}
