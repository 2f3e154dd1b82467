using System;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Sensors.Node;
using Sensors.Pairing.Tests.Fakes;
using Sensors.Pairing.Tests.Keys;

namespace Sensors.Pairing.Tests
{
    /// <summary>docs/pairing.md is what the node does, byte for byte; its figures are computed here.</summary>
    public class PairingPageTests
    {
        private readonly PortalBench _bench = new PortalBench();

        [Fact]
        public void The_label_is_the_pages()
        {
            string file = PairingPage.Golden("label") + "\n";
            Assert.Equal(file, Encoding.ASCII.GetString(PairingLabel.Parse(Encoding.ASCII.GetBytes(file))!.ToBytes()));
            Assert.Contains("`" + PairingLabel.Alphabet + "`", PairingPage.Text, StringComparison.Ordinal);
        }

        [Fact]
        public void Answers_of_HTTP_are_the_pages()
        {
            Assert.Equal(PairingPage.Golden("node"), Unchanced(_bench.Get("/api/v1/node").Text));
            Assert.Equal(PairingPage.Golden("error-code"), _bench.Begin("000000").Text);
        }

        [Fact]
        public void The_session_is_the_pages()
        {
            JsonElement request = JsonDocument.Parse(PairingPage.Golden("session-request")).RootElement;
            byte[] of = Convert.FromHexString(request.GetProperty("of").GetString()!);
            byte[] nonce = Convert.FromHexString(request.GetProperty("nonce").GetString()!);
            byte[] key = PairingKeys.OfCode(PairingLabel.Parse(Encoding.ASCII.GetBytes(PairingPage.Golden("label") + "\n"))!.Code, PortalBench.Name, PairingKeys.Iterations);
            Assert.Equal(HexText.Of(PairingKeys.ToolProof(key, of, nonce)), request.GetProperty("proof").GetString());
            Assert.Equal("{\"proof\":\"" + HexText.Of(PairingKeys.NodeProof(key, of, nonce)) + "\"}", PairingPage.Golden("session-answer"));
            string frame = SessionVector.Text("request_frame");
            Assert.Equal(
                $"K            {SessionVector.Text("key")}\nOKM          {SessionVector.Text("keys")}\ncounter      {frame[..8]}\nIV           {frame[8..40]}\n"
                    + $"ciphertext   {frame[40..^64]}\nHMAC         {frame[^64..]}",
                PairingPage.Golden("vector"));
            Assert.Equal(SessionVector.Text("request"), PairingPage.Golden("vector-text") + "\n");
        }

        [Fact]
        public void Messages_and_answers_are_the_pages()
        {
            Assert.Equal(PairingPage.Golden("answer-settings"), _bench.Say("try 1\nid=88.118.12345/NODE-0001\nwifi_ssid=Hall 3\ncolour=red\n"));
            _bench.Network.Sightings = [new WifiSighting("Hall 3", -61), new WifiSighting("Guests", -80)];
            Assert.Equal(PairingPage.Golden("answer-scan"), _bench.Say("scan"));
            Assert.Equal(PairingPage.Golden("answer-try"), _bench.Say(PairingPage.Golden("message-try") + "\n"));
            _bench.Portal.RunTrial();
            Assert.Equal(PairingPage.Golden("outcome-committed"), _bench.Say("outcome 1"));
            Assert.Equal(PairingPage.Golden("answer-info"), _bench.Say("info"));
            Assert.Equal(PairingPage.Golden("birth"), Unchanced(Assert.Single(_bench.Link.Published).Text));
            _bench.Say("done 1");
            Assert.Equal(PairingPage.Golden("outcome-none"), _bench.Say("outcome 1"));
        }

        [Fact]
        public void Outcomes_are_the_pages()
        {
            _bench.Link.Causes["edge:8883"] = "certificate-untrusted";
            Assert.Equal(PairingPage.Golden("outcome-rolled-back"), _bench.Try(1, PortalBench.Good + "tls=on\n").GetRawText());
            var other = new PortalBench();
            other.Say("try 1\n" + PortalBench.Good);
            other.Start();
            Assert.Equal(PairingPage.Golden("outcome-interrupted"), other.Say("outcome 1"));
        }

        [Fact]
        public void The_page_lists_every_cause_with_the_hint_that_people_see()
        {
            JsonElement hints = JsonDocument.Parse(System.IO.File.ReadAllText(PairingPage.Find("firmware/Sensors.Pairing/Page/hints.json"))).RootElement;
            foreach (JsonProperty cause in hints.GetProperty("causes").EnumerateObject())
            {
                JsonElement text = cause.Value.GetProperty("en");
                Assert.Contains($"| `{Causes.StageOf(cause.Name)}` | `{cause.Name}` | {text[0].GetString()} | {text[1].GetString()} |\n", PairingPage.Text, StringComparison.Ordinal);
            }

            Assert.Equal(hints.GetProperty("causes").EnumerateObject().Count(), Regex.Count(PairingPage.Text, "(?m)^\\| `[a-z]+` \\| `[a-z-]+` \\| [^|]+ \\| [^|]+ \\|$"));
        }

        [Theory]
        [InlineData(6)]
        [InlineData(8)]
        [InlineData(12)]
        public void Guessing_takes_as_long_as_the_page_says(int letters)
        {
            const double OfflineGuesses = 1e7; // a second
            Assert.Equal(32, PairingLabel.Alphabet.Length);
            double half = Math.Pow(32, letters) / 2;
            double portal = Enumerable.Range(0, 7).Sum(AttemptLimiter.SecondsAfter) + ((half - 7) * AttemptLimiter.SecondsAfter(7));
            Assert.Contains($"| {letters} | 2^{5 * letters} | {Span(portal)} | {Span(half / OfflineGuesses)} |\n", PairingPage.Text, StringComparison.Ordinal);
        }

        [Fact]
        public void A_day_at_the_portal_gives_as_many_guesses_as_the_page_says()
        {
            int guesses = 1;
            for (int seconds = AttemptLimiter.SecondsAfter(1); seconds <= 86400; seconds += AttemptLimiter.SecondsAfter(guesses))
            {
                guesses++;
            }

            string six = (Math.Pow(2, 30) / guesses / 1000).ToString("N0", CultureInfo.InvariantCulture);
            string eight = (Math.Pow(2, 40) / guesses / 1e6).ToString("N0", CultureInfo.InvariantCulture);
            Assert.Contains(
                $"A day at the portal is {guesses.ToString("N0", CultureInfo.InvariantCulture)} codes: a chance of 1 in {six},000 against 6 letters, 1 in {eight} million against 8.",
                PairingPage.Text,
                StringComparison.Ordinal);
        }

        private static string Span(double seconds)
        {
            (double unit, string name) = seconds < 120 ? (1, "s") : seconds < 48 * 3600 ? (3600.0, "hours") : (86400 * 365.25, "years");
            double count = seconds / unit;
            double digits = Math.Pow(10, Math.Max(0, Math.Floor(Math.Log10(count)) - 3));
            return count < 1e9
                ? (Math.Round(count / digits) * digits).ToString("N0", CultureInfo.InvariantCulture) + " " + name
                : (count / 1e9).ToString("N0", CultureInfo.InvariantCulture) + " thousand million " + name;
        }

        // What is drawn at each run stands there as a word.
        private static string Unchanced(string json) => Regex.Replace(json, "\"nonce\":\"[0-9a-f]+\"", "\"nonce\":\"NONCE\"");
    }
}
