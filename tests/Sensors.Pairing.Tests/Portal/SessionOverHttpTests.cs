using System;
using System.Linq;
using System.Text;
using System.Text.Json;
using Sensors.Node.Tests.Fakes;
using Sensors.Pairing.Tests.Fakes;

namespace Sensors.Pairing.Tests.PortalTests
{
    /// <summary>Who may speak to the node: the right code, a session that lives, a message that is new and whole.</summary>
    public class SessionOverHttpTests
    {
        private readonly PortalBench _bench = new PortalBench();

        [Fact]
        public void A_wrong_code_is_told_and_counts_and_the_nonce_is_used_up()
        {
            string nonce = Nonce();
            PortalBench.Reply reply = _bench.Begin("K7M29QXV");
            Assert.Equal(403, reply.Status);
            Assert.Equal("code", reply.Word);
            Assert.Equal(1000, reply.Json.GetProperty("wait_ms").GetInt64());
            Assert.Equal(1, _bench.Record.Failures);
            Assert.NotEqual(nonce, Nonce());
            _bench.Clock.Sleep(999);
            reply = _bench.Begin();
            Assert.Equal(429, reply.Status);
            Assert.Equal("wait", reply.Word);
            Assert.Equal(1, reply.Json.GetProperty("wait_ms").GetInt64());
            _bench.Clock.Sleep(1);
            Assert.Equal(200, _bench.Begin().Status);
            Assert.Equal(0, _bench.Record.Failures);
            Assert.Equal(0, _bench.Get("/api/v1/node").Json.GetProperty("wait_ms").GetInt64());
        }

        [Fact]
        public void The_wait_doubles_to_a_minute_and_outlives_restarts_and_power_cuts()
        {
            int[] waits = [1, 2, 4, 8, 16, 32, 60, 60];
            for (int i = 0; i < waits.Length; i++)
            {
                PortalBench.Reply reply = _bench.Begin("000000");
                Assert.Equal(waits[i] * 1000, reply.Json.GetProperty("wait_ms").GetInt64());
                Assert.Equal(waits[i], AttemptLimiter.SecondsAfter(i + 1));
                _bench.Start(); // the wait begins anew
                Assert.Equal(waits[i] * 1000, _bench.Get("/api/v1/node").Json.GetProperty("wait_ms").GetInt64());
                Assert.Equal(429, _bench.Begin().Status);
                _bench.Clock.Sleep(waits[i] * 1000);
            }

            Assert.Equal(0, AttemptLimiter.SecondsAfter(0));
            Assert.Equal(60, AttemptLimiter.SecondsAfter(65535));
            Assert.Equal(200, _bench.Begin().Status);
            _bench.Start();
            Assert.Equal(200, _bench.Begin().Status);
        }

        [Fact]
        public void The_count_is_kept_before_anybody_is_told()
        {
            _bench.Begin("000000");
            _bench.Volume.Plan = _ => Fate.CutAfter;
            _bench.Clock.Sleep(1000);
            Assert.Throws<PowerCutException>(() => _bench.Begin("000000"));
            _bench.Volume.Plan = _ => Fate.Done;
            _bench.Start();
            Assert.Equal(2, _bench.Record.Failures);
        }

        [Fact]
        public void A_nonce_lasts_a_minute_and_what_does_not_fit_it_is_no_attempt()
        {
            string nonce = Nonce();
            _bench.Clock.Sleep(59_999);
            Assert.Equal(nonce, Nonce());
            _bench.Clock.Sleep(1);
            PortalBench.Reply reply = _bench.Post("/api/v1/session", Encoding.ASCII.GetBytes(
                $"{{\"of\":\"{nonce}\",\"nonce\":\"{new string('0', 32)}\",\"proof\":\"{new string('0', 64)}\"}}"));
            Assert.Equal(403, reply.Status);
            Assert.Equal("nonce", reply.Word);
            Assert.Equal(0, _bench.Record.Failures);
        }

        [Theory]
        [InlineData("")]
        [InlineData("{}")]
        [InlineData("[]")]
        [InlineData("{\"of\":1,\"nonce\":2,\"proof\":3}")]
        [InlineData("{\"of\":\"00\",\"nonce\":\"00\",\"proof\":\"00\"}")]
        [InlineData("{\"of\":\"zz0102030405060708090a0b0c0d0e0f\",\"nonce\":\"000102030405060708090a0b0c0d0e0f\",\"proof\":\"000102030405060708090a0b0c0d0e0f000102030405060708090a0b0c0d0e0f\"}")]
        public void A_body_that_is_no_proof_is_no_attempt(string body)
        {
            PortalBench.Reply reply = _bench.Post("/api/v1/session", Encoding.ASCII.GetBytes(body + " "));
            Assert.Equal(400, reply.Status);
            Assert.Equal("malformed", reply.Word);
            Assert.Equal(0, _bench.Record.Failures);
            Assert.Equal(400, _bench.Post("/api/v1/session", new byte[8192]).Status);
        }

        [Fact]
        public void A_message_that_is_altered_or_comes_again_gets_one_and_the_same_answer_and_does_nothing()
        {
            _bench.Say("info");
            byte[] text = Encoding.ASCII.GetBytes("try 1\n" + PortalBench.Good);
            byte[] frame = _bench.Session.Seal(text, text.Length);
            string? answer = null;
            for (int i = 0; i < frame.Length; i++)
            {
                byte[] altered = (byte[])frame.Clone();
                altered[i] ^= 0x10;
                PortalBench.Reply reply = _bench.Post("/api/v1/message", altered);
                Assert.Equal(401, reply.Status);
                answer ??= reply.Head + reply.Text;
                Assert.Equal(answer, reply.Head + reply.Text);
            }

            Assert.False(_bench.Portal.HasTrial);
            Assert.Equal(200, _bench.Post("/api/v1/message", frame).Status);
            Assert.True(_bench.Portal.HasTrial);
            PortalBench.Reply again = _bench.Post("/api/v1/message", frame);
            Assert.Equal(answer, again.Head + again.Text);
            Assert.Equal(answer, Refused([]));
            Assert.Equal(answer, Refused(frame[..67]));
            Assert.Equal(answer, Refused([.. frame, 0]));
            Assert.Equal(answer, Refused(new byte[8192]));
            _bench.Start();
            Assert.Equal(answer, Refused(frame));
        }

        [Fact]
        public void A_session_ends_when_nothing_good_came_for_ten_minutes_and_when_another_begins()
        {
            _bench.Say("info");
            PairingSession first = _bench.Session;
            _bench.Pass(599_000);
            Assert.Contains("\"ok\":true", _bench.Say("info"), StringComparison.Ordinal);
            _bench.Clock.Sleep(599_999);
            byte[] late = first.Seal([(byte)'x'], 1);
            Assert.Equal(200, _bench.Post("/api/v1/message", late).Status);
            _bench.Clock.Sleep(600_000);
            late = first.Seal([(byte)'x'], 1);
            Assert.Equal(401, _bench.Post("/api/v1/message", late).Status);
            Assert.Equal(200, _bench.Begin().Status);
            PairingSession second = _bench.Session;
            Assert.Equal(200, _bench.Begin().Status);
            Assert.Equal(401, _bench.Post("/api/v1/message", second.Seal([(byte)'x'], 1)).Status);
            Assert.Contains("\"ok\":true", _bench.Say("info"), StringComparison.Ordinal);
        }

        [Fact]
        public void A_wrong_code_does_not_end_the_session_of_who_has_the_right_one()
        {
            _bench.Say("info");
            Assert.Equal(403, _bench.Begin("000000").Status);
            Assert.Contains("\"ok\":true", _bench.Say("info"), StringComparison.Ordinal);
        }

        private string Refused(byte[] frame)
        {
            PortalBench.Reply reply = _bench.Post("/api/v1/message", frame.Length == 0 ? [0] : frame);
            return reply.Head + reply.Text;
        }

        private string Nonce() => _bench.Get("/api/v1/node").Json.GetProperty("nonce").GetString()!;
    }
}
