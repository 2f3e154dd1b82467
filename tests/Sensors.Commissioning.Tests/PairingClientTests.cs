using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Sensors.Commissioning.Tests.Support;
using Sensors.Node;
using Sensors.Pairing.Tests.Fakes;

namespace Sensors.Commissioning.Tests
{
    /// <summary>The client against the firmware's own portal, over a real port whose answers get lost.</summary>
    public sealed class PairingClientTests : IAsyncDisposable
    {
        private const string Code = "k7m2-9qxw"; // as people type it

        private static readonly NodeSetup Setup = new()
        {
            Id = "88.118.12345/NODE-0001",
            Networks = [new WifiSetup("Hall 3", "correct horse")],
            Brokers = ["edge:1883"],
            User = "node1",
            Password = "swordfish",
        };

        private readonly PortalServer _server = new();
        private readonly List<CommissioningEvent> _told = [];

        private static CancellationToken Stop => TestContext.Current.CancellationToken;

        public ValueTask DisposeAsync() => _server.DisposeAsync();

        [Fact]
        public async Task A_node_is_asked_authenticated_and_paired()
        {
            using PairingClient client = _server.Client();
            Commissioning work = Begin(client);
            NodeInfo info = await work.OpenAsync(Code, Stop);
            Assert.Equal((PortalBench.Name, "ESP32-DevKitC", false), (info.Node, info.Board, info.Paired));
            TrialOutcome outcome = await work.TryAsync(Setup, Stop);
            Assert.True(outcome.IsCommitted, outcome.Text);
            Assert.Equal(["wifi", "broker", "identifier", "birth"], outcome.Stages.Select(stage => stage.Stage).Intersect(["wifi", "broker", "identifier", "birth"]));
            Assert.Equal("Hall 3", outcome.Ssid);
            Assert.Equal("edge:1883", outcome.Broker);
            Assert.Contains("wifi_password=correct horse", _server.Locked(bench => bench.Settings));
            Assert.Equal(1, _told.Count(each => each.Step == CommissioningStep.Committed));
        }

        [Fact]
        public async Task A_wrong_password_is_told_and_mended_without_a_restart()
        {
            _server.Locked(bench => bench.Network.Causes["Hall 3"] = "wrong-password");
            using PairingClient client = _server.Client();
            Commissioning work = Begin(client);
            await work.OpenAsync(Code, Stop);
            TrialOutcome failed = await work.TryAsync(Setup, Stop);
            Assert.Equal(("wifi", "wrong-password", true), (failed.Stage, failed.Cause, failed.IsRolledBack));
            Assert.DoesNotContain(_told, each => each.Step == CommissioningStep.StagePassed); // it did not pass
            Assert.InRange(failed.Took, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30));
            _server.Locked(bench => bench.Network.Causes.Remove("Hall 3"));
            Assert.True((await work.TryAsync(Setup, Stop)).IsCommitted);
            Assert.Equal(2, work.Trials.Count);
        }

        /// <summary>Whatever request's answer gets lost, the pairing comes to the same end, and nothing is tried twice.</summary>
        [Fact]
        public async Task Lost_answers_change_nothing()
        {
            for (int lost = 1; lost <= 6; lost++)
            {
                await using var server = new PortalServer();
                int gone = lost;
                server.Answers = number => number != gone;
                using PairingClient client = server.Client();
                var work = new Commissioning(client, server.Clock, _told.Add);
                await work.OpenAsync(Code, Stop);
                Assert.True((await work.TryAsync(Setup, Stop)).IsCommitted);
                Assert.Equal(1, server.Locked(bench => bench.Network.Asked.Count(asked => asked == "join Hall 3")));
                Assert.True(server.Requests > lost);
            }
        }

        [Fact]
        public async Task A_restart_in_the_trial_is_told_and_the_next_trial_needs_no_new_code()
        {
            _server.RunsTrials = false;
            bool restarted = false;
            using PairingClient client = _server.Client();
            var work = new Commissioning(client, _server.Clock, happened =>
            {
                if (happened.Step == CommissioningStep.Trying && !restarted)
                {
                    restarted = true;
                    _server.Restart(); // the power went, and came back
                    _server.RunsTrials = true;
                }
            });
            await work.OpenAsync(Code, Stop);
            TrialOutcome cut = await work.TryAsync(Setup, Stop);
            Assert.Equal(("interrupted", true), (cut.Cause, cut.IsRolledBack));
            Assert.True((await work.TryAsync(Setup, Stop)).IsCommitted);
        }

        [Fact]
        public async Task An_access_point_that_is_away_for_seconds_is_waited_for()
        {
            using var client = new PairingClient(() => _server.Clock.Now < TimeSpan.FromSeconds(9) ? null : _server.Endpoint, PortalBench.Name, _server.Clock);
            Commissioning work = Begin(client);
            await work.OpenAsync(Code, Stop);
            Assert.Equal([CommissioningStep.Away, CommissioningStep.Back, CommissioningStep.Authenticated], _told.Select(each => each.Step));
        }

        [Fact]
        public async Task A_node_that_stays_away_is_an_error_in_its_own_time()
        {
            using var client = new PairingClient(() => null, PortalBench.Name, _server.Clock);
            TimeSpan begun = _server.Clock.Now;
            PairingException away = await Assert.ThrowsAsync<PairingException>(() => client.AskAsync(Stop));
            Assert.Equal(PairingException.Away, away.Word);
            Assert.InRange(_server.Clock.Now - begun, client.AwayLimit, client.AwayLimit + TimeSpan.FromSeconds(1));
        }

        /// <summary>Wrong codes make the node wait; the client waits with it, in the node's time, and says so.</summary>
        [Fact]
        public async Task Wrong_codes_are_told_and_the_delay_is_kept()
        {
            using PairingClient client = _server.Client();
            Commissioning work = Begin(client);
            for (int i = 0; i < 3; i++)
            {
                PairingException wrong = await Assert.ThrowsAsync<PairingException>(() => work.OpenAsync("AAAA-AAAA", Stop));
                Assert.Equal(PairingException.WrongCode, wrong.Word);
                Assert.Equal(1 << i, wrong.Wait.TotalSeconds, 0.5);
            }

            await work.OpenAsync(Code, Stop);
            Assert.Equal([1, 2, 4], _told.Where(each => each.Step == CommissioningStep.MustWait).Select(each => (int)Math.Round(each.Took.TotalSeconds)));
            await Assert.ThrowsAsync<PairingException>(() => work.OpenAsync("not a code at all!", Stop));
        }

        [Fact]
        public async Task Another_node_is_refused_before_the_code_is_used()
        {
            using PairingClient client = _server.Client("sensors-000001");
            PairingException other = await Assert.ThrowsAsync<PairingException>(() => client.AuthenticateAsync(Code, Stop));
            Assert.Equal(PairingException.OtherNode, other.Word);
            Assert.Equal(1, _server.Requests);
        }

        [Fact]
        public async Task Scan_identify_and_unpair_go_through_the_session()
        {
            _server.Locked(bench => bench.Network.Sightings = [new WifiSighting("Hall 3", -61), new WifiSighting("Guest", -88)]);
            using PairingClient client = _server.Client();
            await client.AuthenticateAsync(Code, Stop);
            Assert.Equal([new SeenNetwork("Hall 3", -61), new SeenNetwork("Guest", -88)], await client.ScanAsync(Stop));
            await client.IdentifyAsync(5, Stop);
            await client.BlinkAsync(Stop);
            await client.UnpairAsync(Stop);
            await client.ResetAsync(Stop);
            Assert.Equal(1, _server.Locked(bench => bench.Network.Forgotten) > 0 ? 1 : 0);
        }

        [Fact]
        public async Task Settings_no_node_could_work_with_are_never_sent()
        {
            using PairingClient client = _server.Client();
            Commissioning work = Begin(client);
            await work.OpenAsync(Code, Stop);
            int before = _server.Requests;
            SetupException wrong = await Assert.ThrowsAsync<SetupException>(() => work.TryAsync(Setup with { IntervalMilliseconds = 5 }, Stop));
            Assert.Equal("interval_ms", wrong.Key);
            Assert.Equal(before, _server.Requests);
        }

        [Fact]
        public async Task Certificates_go_before_the_trial()
        {
            using PairingClient client = _server.Client();
            Commissioning work = Begin(client);
            await work.OpenAsync(Code, Stop);
            byte[] authority = Encoding.ASCII.GetBytes("-----BEGIN CERTIFICATE-----\nMA==\n-----END CERTIFICATE-----\n");
            TrialOutcome outcome = await work.TryAsync(Setup with { Tls = new TlsSetup { Authority = authority }, Brokers = ["edge"] }, Stop);
            Assert.True(outcome.IsCommitted, outcome.Text);
            Assert.Contains(_server.Locked(bench => bench.Volume.Files.Values.ToArray()), file => file.AsSpan().SequenceEqual(authority));
        }

        private Commissioning Begin(PairingClient client) => new(client, _server.Clock, _told.Add);
    }
}
