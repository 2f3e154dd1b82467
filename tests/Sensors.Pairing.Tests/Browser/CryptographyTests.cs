using System;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using Sensors.Node.Tests.Fakes;
using Sensors.Pairing.Tests.Keys;
using Sensors.Pairing.Tests.Page;

namespace Sensors.Pairing.Tests.Browser
{
    /// <summary>The page's own cryptography, where it will run: what the standards publish, what Python computed, and what the firmware's makes and takes.</summary>
    [Collection(BrowserCollection.Name)]
    public sealed class CryptographyTests(BrowserFixture browser) : IAsyncLifetime
    {
        private readonly StubNode _node = new(PageDocument.Pack(PageDocument.Assemble()));

        /// <inheritdoc/>
        public async ValueTask InitializeAsync() => await browser.Driver.OpenAsync(_node.Address);

        /// <inheritdoc/>
        public ValueTask DisposeAsync() => _node.DisposeAsync();

        [Fact]
        public async Task Sha256_of_every_length_around_its_blocks()
        {
            JsonNode? hashes = await browser.Driver.RunAsync("return Array.from({ length: 200 }, (_, n) => hex(sha256(new Uint8Array(n).map((_, i) => i * 7 + n))))");
            string[] expected = Enumerable.Range(0, 200).Select(n => Convert.ToHexStringLower(SHA256.HashData(Enumerable.Range(0, n).Select(i => (byte)((i * 7) + n)).ToArray()))).ToArray();
            Assert.Equal(expected, hashes!.AsArray().Select(h => (string)h!));
            Assert.Equal("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", await TextAsync("hex(sha256(utf8('abc')))")); // FIPS 180-4's example
        }

        [Theory] // RFC 4231, 4.2 to 4.4 and 4.7
        [InlineData("'0b'.repeat(20)", "'4869205468657265'", "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7")]
        [InlineData("'4a656665'", "'7768617420646f2079612077616e7420666f72206e6f7468696e673f'", "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")]
        [InlineData("'aa'.repeat(20)", "'dd'.repeat(50)", "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe")]
        [InlineData("'aa'.repeat(131)", "hex(utf8('Test Using Larger Than Block-Size Key - Hash Key First'))", "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54")]
        public async Task Hmac_of_RFC_4231(string key, string message, string code) => Assert.Equal(code, await TextAsync($"hex(hmac(unhex({key}), unhex({message})))"));

        [Theory] // RFC 5869, A.1 and A.3
        [InlineData(
            "'000102030405060708090a0b0c'", "'f0f1f2f3f4f5f6f7f8f9'",
            "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865")]
        [InlineData("'00'.repeat(32)", "''", "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8")]
        public async Task Hkdf_of_RFC_5869(string salt, string purpose, string keys) =>
            Assert.Equal(keys, await TextAsync($"hex(expand(hmac(unhex({salt}), unhex('0b'.repeat(22))), unhex({purpose}), 42))"));

        [Theory] // RFC 7914, 11; the page needs the first 32 bytes only
        [InlineData("passwd", "salt", 1, "55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc")]
        [InlineData("Password", "NaCl", 80000, "4ddcd8f60b98be21830cee5ef22701f9641a4418d04c0414aeff08876b34ab56")]
        public async Task Pbkdf2_of_RFC_7914(string password, string salt, int iterations, string key) =>
            Assert.Equal(key, await TextAsync($"hex(pbkdf2(utf8('{password}'), utf8('{salt}'), {iterations}))"));

        [Fact]
        public async Task Aes_of_SP_800_38A()
        {
            const string Setting = "const key = unhex('2b7e151628aed2a6abf7158809cf4f3c'), iv = unhex('000102030405060708090a0b0c0d0e0f');";
            const string Text = "6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e5130c81c46a35ce411e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c3710";
            const string Cipher = "7649abac8119b246cee98e9b12e9197d5086cb9b507219ee95db113a917678b273bed6b8e3c1743b7116e69e222295163ff1caa1681fac09120eca307586e1a7";
            string made = (string)(await browser.Driver.RunAsync(Setting + $"return hex(encrypt(key, iv, unhex('{Text}')))"))!;
            Assert.Equal(Cipher, made[..128]); // F.2.1; a block of padding follows
            Assert.Equal(160, made.Length);
            Assert.Equal(Text, (string?)await browser.Driver.RunAsync(Setting + $"return hex(decrypt(key, iv, unhex('{made}')))"));
            Assert.Null(await browser.Driver.RunAsync(Setting + $"return decrypt(key, iv, unhex('{Cipher}'))")); // F.2.2 ends in no padding
        }

        [Fact]
        public async Task A_session_is_that_of_the_vector()
        {
            const string Begin = "const v = arguments[0], k = pbkdf2(utf8(v.code), utf8(v.name), v.iterations), theirs = unhex(v.node_nonce), own = unhex(v.tool_nonce), s = derive(k, theirs, own);";
            JsonNode vector = JsonNode.Parse(System.IO.File.ReadAllText(System.IO.Path.Combine(AppContext.BaseDirectory, "Vectors", "session.json")))!;
            JsonNode? made = await browser.Driver.RunAsync(
                Begin + "return [hex(k), hex(join(s.out, s.outMac, s.in, s.inMac)), hex(hmac(k, utf8('sensors-pairing 1 tool'), theirs, own)), " +
                "hex(hmac(k, utf8('sensors-pairing 1 node'), theirs, own)), hex(seal(s, v.request, unhex(v.request_iv))), unseal(s, unhex(v.answer_frame)), unseal(s, unhex(v.answer_frame))]",
                vector);
            string[] members = ["key", "keys", "tool_proof", "node_proof", "request_frame", "answer"];
            Assert.Equal([.. members.Select(SessionVector.Text), null], made!.AsArray().Select(m => (string?)m)); // and what came before is taken no second time
        }

        [Fact]
        public async Task The_firmware_takes_what_the_page_makes_and_the_page_what_the_firmware_makes()
        {
            byte[] secret = PairingKeys.OfCode(SessionVector.Code, SessionVector.Name, PairingKeys.Iterations);
            byte[] theirs = SessionVector.Bytes("node_nonce"), own = SessionVector.Bytes("tool_nonce");
            PairingSession node = PairingSession.OfNode(PairingKeys.Derive(secret, theirs, own), new SeededRandom(5));
            await browser.Driver.RunAsync(
                $"window.s = derive(pbkdf2(utf8('{SessionVector.Code}'), utf8('{SessionVector.Name}'), 1000), unhex('{SessionVector.Text("node_nonce")}'), unhex('{SessionVector.Text("tool_nonce")}'))");
            foreach (int length in (int[])[1, 15, 16, 17, 31, 32, 33, 1000, 6144])
            {
                string text = new string('é', length / 2) + new string('x', length % 2);
                byte[] asked = Convert.FromHexString((string)(await browser.Driver.RunAsync("return hex(seal(s, arguments[0], chance(16)))", text))!);
                Assert.Equal(text, Encoding.UTF8.GetString(node.Open(asked, asked.Length)));
                byte[] bytes = Encoding.UTF8.GetBytes(text);
                string told = Convert.ToHexStringLower(node.Seal(bytes, bytes.Length));
                Assert.Equal(text, (string?)await browser.Driver.RunAsync("return unseal(s, unhex(arguments[0]))", told));
            }
        }

        [Fact]
        public async Task An_altered_byte_in_any_place_is_refused()
        {
            JsonNode? taken = await browser.Driver.RunAsync(
                "const v = arguments[0], s = derive(unhex(v.key), unhex(v.node_nonce), unhex(v.tool_nonce)), frame = unhex(v.answer_frame), taken = [];" +
                "for (let i = 0; i < frame.length; i++) for (let bit = 1; bit < 256; bit *= 2) { const altered = frame.slice(); altered[i] ^= bit; if (unseal(s, altered) !== null) taken.push(i); }" +
                "for (let n = 0; n < frame.length; n++) if (unseal(s, frame.slice(0, n)) !== null) taken.push(-n); return [taken, unseal(s, frame)]",
                JsonNode.Parse(System.IO.File.ReadAllText(System.IO.Path.Combine(AppContext.BaseDirectory, "Vectors", "session.json")))!);
            Assert.Empty(taken!.AsArray()[0]!.AsArray());
            Assert.Equal(SessionVector.Text("answer"), (string?)taken.AsArray()[1]);
        }

        private async Task<string> TextAsync(string expression) => (string)(await browser.Driver.RunAsync("return " + expression))!;
    }
}
