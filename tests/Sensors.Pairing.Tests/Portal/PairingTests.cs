using System.Linq;
using System.Text;
using System.Text.Json;
using Sensors.Pairing.Tests.Fakes;

namespace Sensors.Pairing.Tests.PortalTests
{
    /// <summary>From a fresh board to a node that is paired, and what each step leaves behind.</summary>
    public class PairingTests
    {
        private readonly PortalBench _bench = new PortalBench();

        [Fact]
        public void A_fresh_board_is_paired_and_restarts_into_work()
        {
            JsonElement node = _bench.Get("/api/v1/node").Json;
            Assert.Equal("waiting", node.GetProperty("state").GetString());
            Assert.False(node.GetProperty("paired").GetBoolean());
            JsonElement outcome = _bench.Try(1);
            Assert.Equal("committed", outcome.GetProperty("state").GetString());
            Assert.False(outcome.TryGetProperty("cause", out _));
            Assert.Equal(["wifi", "broker", "identifier", "birth"], outcome.GetProperty("stages").EnumerateArray().Select(s => s.GetProperty("stage").GetString()!));
            Assert.Equal("Hall 3", outcome.GetProperty("ssid").GetString());
            Assert.Equal("192.168.1.77", outcome.GetProperty("address").GetString());
            Assert.Equal("edge:1883", outcome.GetProperty("broker").GetString());
            Assert.Equal("synced", outcome.GetProperty("clock").GetString());
            Assert.Equal(PortalBench.Good, _bench.Settings);
            Assert.Null(_bench.Portal.RestartCause);
            Assert.Equal("committed", _bench.Get("/api/v1/node").Json.GetProperty("state").GetString());
            Assert.Equal("{\"ok\":true}", _bench.Say("done 1"));
            Assert.Null(_bench.Portal.RestartCause); // the answer goes first
            _bench.Pass(1000);
            Assert.Equal("paired", _bench.Portal.RestartCause);
            _bench.Start();
            Assert.True(_bench.Ask("info").GetProperty("paired").GetBoolean());
            Assert.Equal("88.118.12345/NODE-0001", _bench.Ask("info").GetProperty("id").GetString());
            Assert.Equal("none", _bench.Ask("outcome 1").GetProperty("state").GetString());
        }

        [Fact]
        public void The_birth_says_what_the_page_says_under_another_client_id_and_with_no_will_that_stays()
        {
            _bench.Try(3);
            (string topic, string text) = Assert.Single(_bench.Link.Published);
            Assert.Equal("sensors/v1/88.118.12345/NODE-0001/birth", topic);
            Assert.Matches("^\\{\"id\":\"88\\.118\\.12345/NODE-0001\",\"node\":\"sensors-3F2A1C\",\"firmware\":\"0\\.1\\.0\",\"attempt\":3,\"nonce\":\"[0-9a-f]{16}\"\\}$", text);
            Assert.Equal(PortalBench.Name, _bench.Link.Used!.ClientId);
            Assert.True(_bench.Link.Used.IsTrial);
            Assert.Equal(topic, _bench.Link.WillTopic);
            Assert.Equal(0, _bench.Link.Open);
        }
    }
}
