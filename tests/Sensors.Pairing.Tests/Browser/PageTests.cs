using System;
using System.Linq;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Sensors.Pairing.Tests.Page;

namespace Sensors.Pairing.Tests.Browser
{
    /// <summary>The page in a real browser, the size of a phone, against a portal that shares no code with the firmware.</summary>
    [Collection(BrowserCollection.Name)]
    public sealed class PageTests(BrowserFixture browser) : IAsyncDisposable
    {
        private const string Code = "k7m2-9qxw"; // as somebody types K7M2-9QXW
        private const string Password = "correct horse 7";

        private readonly StubNode _node = new(PageDocument.Pack(PageDocument.Assemble()));

        /// <inheritdoc/>
        public ValueTask DisposeAsync() => _node.DisposeAsync();

        [Theory]
        [InlineData("en-GB", 360, 740, false, "Code on the label", "The node is set up")]
        [InlineData("zh-CN", 412, 915, true, "标签上的代码", "节点设置完成")]
        public async Task From_the_code_to_a_node_that_works(string language, int width, int height, bool dark, string asks, string verdict)
        {
            PhonePage page = await PhonePage.OpenAsync(browser.DriverOfAll, _node.Address, language, width, height, dark);
            string picture = "success-" + language[..2] + "-";
            await page.ReadsAsync("#door", asks);
            Assert.Equal("sensors-3F2A1C", await page.TextAsync("#node"));
            await page.PictureAsync(picture + "1-code");
            await page.EnterAsync(Code);
            Assert.Equal(string.Empty, await page.ValueAsync("code"));
            await page.ChooseAsync("Hall 3");
            await page.TypeAsync("password", Password);
            await page.TypeAsync("host", "10.0.0.5");
            await page.TypeAsync("id", "88.608.8889/NODE-0001");
            await page.PictureAsync(picture + "2-form", whole: true);
            _node.Judge = _ => new([("wifi", 300), ("address", 90), ("broker", 400), ("login", 60), ("identifier", 60), ("birth", 80)]);
            await page.PressAsync("#try");
            await page.SeesAsync("#stages .past");
            await page.PictureAsync(picture + "3-trial");
            await page.ReadsAsync("#verdict", verdict);
            await page.HoldsAsync("document.getElementById('bye').textContent.includes('sensors-3F2A1C')", "it says that the access point goes away");
            await page.PictureAsync(picture + "4-end");
            string facts = await page.TextAsync("#facts");
            Assert.All(["88.608.8889/NODE-0001", "Hall 3", "192.168.1.77", "10.0.0.5:1883"], fact => Assert.Contains(fact, facts));

            string settings = _node.Messages.Single(m => m.StartsWith("try", StringComparison.Ordinal));
            Assert.Matches(@"^try 1\nid=88\.608\.8889/NODE-0001\nwifi_ssid=Hall 3\nwifi_password=correct horse 7\nbroker_host=10\.0\.0\.5\ntime=\d{13}\n$", settings);
            long told = long.Parse(Regex.Match(settings, @"time=(\d+)").Groups[1].Value);
            Assert.InRange(DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() - told, 0, 60_000);
            Assert.Equal("done 1", _node.Messages[^1]);
            await page.IsQuietAsync();
            string air = Encoding.UTF8.GetString(_node.Air.ToArray());
            Assert.All([Code, "K7M29QXW", Password, "88.608.8889"], secret => Assert.DoesNotContain(secret, air, StringComparison.OrdinalIgnoreCase));
            Assert.Equal(string.Empty, (string)(await page.RunAsync("return JSON.stringify(localStorage).slice(2) + JSON.stringify(sessionStorage).slice(2) + document.cookie + location.search + location.hash"))!);
        }

        [Fact]
        public async Task A_wrong_password_is_named_and_corrected_while_all_else_stays()
        {
            _node.Judge = settings => settings.Contains("wifi_password=" + Password, StringComparison.Ordinal) ? StubTrial.Success : StubTrial.Failure("wifi", "wrong-password", "reason 15");
            PhonePage page = await FilledAsync("en", "wrong password");
            await page.PressAsync("#try");
            await page.SeesAsync("#fail");
            Assert.Equal("Wi-Fi: The Wi-Fi password is wrong.", await page.TextAsync("#what"));
            Assert.Contains("Type it again", await page.TextAsync("#hint"));
            Assert.Equal("password", await page.FocusAsync());
            await page.PictureAsync("wrong-password-en");
            await page.PressAsync("#lang"); // mid-way: texts change, fields stay
            Assert.Equal("Wi-Fi：Wi-Fi 密码错误。", await page.TextAsync("#what"));
            await page.PictureAsync("wrong-password-zh");
            Assert.Equal("Hall 3", await page.ValueAsync("ssid"));
            Assert.Equal("10.0.0.5", await page.ValueAsync("host"));
            Assert.Equal("88.608.8889/NODE-0001", await page.ValueAsync("id"));
            Assert.Equal("wrong password", await page.ValueAsync("password"));
            await page.PressAsync("[data-show=password]");
            Assert.Equal("text", (string?)await page.RunAsync("return document.getElementById('password').type"));
            await page.TypeAsync("password", Password);
            await page.PressAsync("#try");
            await page.ReadsAsync("#verdict", "节点设置完成");
            Assert.Contains("done 1", _node.Messages);
            Assert.Contains(_node.Messages, m => m.StartsWith("try 2\n", StringComparison.Ordinal));
            await page.IsQuietAsync();
        }

        [Fact]
        public async Task Wrong_codes_are_counted_down()
        {
            _node.WaitUnit = 1200;
            PhonePage page = await PhonePage.OpenAsync(browser.DriverOfAll, _node.Address, "en");
            await page.TypeAsync("code", "AAAA-AAAA");
            await page.PressAsync("#enter");
            await page.ReadsAsync("#code-note", "Not the code of this node");
            await page.ReadsAsync("#enter", "Wait 2 s");
            Assert.True((bool)(await page.RunAsync("return document.getElementById('enter').disabled"))!);
            await page.PictureAsync("wrong-code");
            await page.ReadsAsync("#enter", "Wait 1 s");
            await page.ReadsAsync("#enter", "Continue");
            await page.TypeAsync("code", "K7M");
            await page.PressAsync("#enter");
            await page.ReadsAsync("#code-note", "6 to 16 letters");
            await page.EnterAsync("K7M2 9qxw");
            await page.IsQuietAsync();
        }

        [Fact]
        public async Task A_page_that_is_opened_while_the_node_waits_says_so()
        {
            _node.WaitUnit = 1000;
            PhonePage page = await PhonePage.OpenAsync(browser.DriverOfAll, _node.Address, "zh");
            await page.TypeAsync("code", "AAAAAAAA");
            await page.PressAsync("#enter");
            await page.SeesAsync("#code-note");
            page = await PhonePage.OpenAsync(browser.DriverOfAll, _node.Address, "zh");
            await page.ReadsAsync("#enter", "请等待 1 秒");
            await page.ReadsAsync("#enter", "继续");
            await page.EnterAsync(Code);
        }

        [Fact]
        public async Task The_access_point_vanishes_while_settings_are_tried()
        {
            _node.Judge = _ => new([("wifi", 600), ("address", 100), ("broker", 100), ("login", 100), ("identifier", 100), ("birth", 100)]);
            PhonePage page = await FilledAsync("en", Password);
            await page.PressAsync("#try");
            await page.ReadsAsync("#stages", "Wi-Fi");
            _node.Vanish();
            await page.ReadsAsync("#air", "sensors-3F2A1C does not answer");
            await page.PictureAsync("vanished");
            _node.ForgetSession(); // the phone took long, or the node restarted: the page proves the code again by itself
            _node.Return();
            await page.ReadsAsync("#verdict", "The node is set up");
            Assert.False(await page.ShowsAsync("#air"));
            Assert.Single(_node.Messages, m => m.StartsWith("try", StringComparison.Ordinal));
        }

        [Fact]
        public async Task The_access_point_goes_away_with_the_last_answer()
        {
            PhonePage page = await FilledAsync("en", Password);
            _node.Judge = _ => StubTrial.Success;
            Task goes = Task.Run(async () =>
            {
                for (int i = 0; i < 1000 && !_node.Messages.ToArray().Contains("done 1"); i++) { await Task.Delay(10, TestContext.Current.CancellationToken); }
                _node.Vanish();
            }, TestContext.Current.CancellationToken);
            await page.PressAsync("#try");
            await goes;
            await page.ReadsAsync("#bye", "The Wi-Fi sensors-3F2A1C goes away now");
            Assert.False(await page.ShowsAsync("#air"));
        }

        [Fact]
        public async Task Another_node_in_the_same_air_is_not_told_the_settings()
        {
            PhonePage page = await FilledAsync("en", Password);
            _node.Vanish();
            (_node.Name, _node.Code) = ("sensors-0000AB", "7H2K9QWX");
            _node.ForgetSession();
            _node.Return();
            await page.PressAsync("#try");
            await page.ReadsAsync("#code-note", "This is another node now");
            Assert.Equal("sensors-0000AB", await page.TextAsync("#node"));
            await page.EnterAsync("7H2K9QWX");
            Assert.Equal("Hall 3", await page.ValueAsync("ssid"));
            Assert.DoesNotContain(_node.Messages, m => m.StartsWith("try", StringComparison.Ordinal));
            await page.IsQuietAsync();
        }

        [Fact]
        public async Task An_untrusted_certificate_leads_to_the_CA()
        {
            _node.Judge = _ => new([("wifi", 60), ("address", 60), ("broker", 60), ("tls", 60)], "certificate-untrusted", "wrong CA, name or date");
            PhonePage page = await FilledAsync("en", Password);
            await page.PressAsync("#tls");
            await page.PasteAsync("ca", "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n");
            await page.PressAsync("#try");
            await page.ReadsAsync("#what", "TLS: The broker's certificate is not trusted");
            Assert.Equal("ca", await page.FocusAsync());
            await page.PictureAsync("untrusted");
            Assert.Contains("file ca\n-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n", _node.Messages);
            Assert.Contains("\ntls=on\ntls_ca=ca\n", _node.Messages.Single(m => m.StartsWith("try", StringComparison.Ordinal)));
        }

        [Fact]
        public async Task A_certificate_is_read_from_a_file_of_either_form()
        {
            using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            using X509Certificate2 certificate = new CertificateRequest("CN=Sensors", key, HashAlgorithmName.SHA256)
                .CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100));
            PhonePage page = await PhonePage.OpenAsync(browser.DriverOfAll, _node.Address, "en");
            await page.EnterAsync(Code);
            foreach ((string id, byte[] file) in new[] { ("ca", certificate.RawData), ("cert", Encoding.ASCII.GetBytes(certificate.ExportCertificatePem())) })
            {
                await page.RunAsync("read(arguments[0], new File([Uint8Array.from(atob(arguments[1]), c => c.charCodeAt(0))], 'x'))", id, Convert.ToBase64String(file));
                await page.HoldsAsync($"document.getElementById('{id}').value.length > 0", "the file is read");
                Assert.Equal(certificate.ExportCertificatePem(), await page.ValueAsync(id));
            }
        }

        [Fact]
        public async Task Names_from_the_air_are_never_markup()
        {
            const string Evil = "<script>window.evil=1</script><img src=x onerror=window.evil=1>";
            _node.Networks = [(Evil, -40), ("\"><b>x", -50)];
            _node.Judge = _ => StubTrial.Failure("<i>", "<b>", "<img src=x onerror=window.evil=1>");
            PhonePage page = await PhonePage.OpenAsync(browser.DriverOfAll, _node.Address, "en");
            await page.EnterAsync(Code);
            Assert.Contains(Evil, await page.TextAsync("#nets"));
            await page.PictureAsync("evil");
            await page.ChooseAsync("\"><b>x");
            await page.TypeAsync("host", "10.0.0.5");
            await page.TypeAsync("id", "88.608.8889/NODE-0001");
            await page.PressAsync("#try");
            await page.SeesAsync("#fail");
            Assert.Contains("<img", await page.TextAsync("#detail"));
            Assert.Null(await page.RunAsync("return window.evil || null"));
            Assert.Equal(0, (int)(await page.RunAsync("return document.querySelectorAll('main img, main script, #nets b').length"))!);
            await page.IsQuietAsync();
        }

        [Fact]
        public async Task What_is_wrong_is_said_before_it_is_sent()
        {
            PhonePage page = await PhonePage.OpenAsync(browser.DriverOfAll, _node.Address, "en");
            await page.EnterAsync(Code);
            await page.TypeAsync("id", "88.6");
            Assert.Equal("88, secondary node, enterprise, slash, suffix", await page.TextAsync("#id-note"));
            await page.TypeAsync("id", "86.608.8889/A");
            Assert.StartsWith("88.<3 or 4 digits>", await page.TextAsync("#id-note"));
            await page.TypeAsync("id", "88.608.8889/NODE.");
            await page.TypeAsync("password", "short");
            await page.PressAsync("#static");
            await page.TypeAsync("address", "192.168.1.300");
            await page.TypeAsync("port", "70000");
            await page.PressAsync("#tls");
            await page.PasteAsync("cert", "no certificate");
            await page.PasteAsync("interval", "0.5");
            await page.PasteAsync("raw", "what is this");
            await page.PressAsync("#try");
            Assert.Equal("ssid", await page.FocusAsync());
            JsonNode? wrong = await page.RunAsync("return Array.from(document.querySelectorAll('[aria-invalid=true]')).map(e => e.id)");
            Assert.Equal(
                ["ssid", "password", "address", "gateway", "host", "port", "cert", "key", "id", "interval", "raw"],
                wrong!.AsArray().Select(e => (string)e!));
            Assert.DoesNotContain(_node.Messages, m => m.StartsWith("try", StringComparison.Ordinal));
            await page.RunAsync("document.querySelector('details').open = true");
            await page.PictureAsync("invalid-en", whole: true);
            await page.PressAsync("#lang");
            await page.PictureAsync("invalid-zh", whole: true);
        }

        [Fact]
        public async Task Every_setting_has_its_line()
        {
            PhonePage page = await FilledAsync("en", Password);
            await page.PressAsync("#static");
            await page.PasteAsync("address", "192.168.1.50");
            await page.PasteAsync("mask", "255.255.255.0");
            await page.PasteAsync("gateway", "192.168.1.1");
            await page.PasteAsync("port", "8884");
            await page.PressAsync("#tls");
            await page.PasteAsync("ca", "-----BEGIN CERTIFICATE-----\nA\n-----END CERTIFICATE-----");
            await page.PasteAsync("cert", "-----BEGIN CERTIFICATE-----\nB\n-----END CERTIFICATE-----");
            await page.PasteAsync("key", "-----BEGIN PRIVATE KEY-----\nC\n-----END PRIVATE KEY-----");
            await page.PasteAsync("user", "node");
            await page.PasteAsync("secret", "s3cret");
            await page.PressAsync("#replace");
            await page.PressAsync("summary");
            await page.PasteAsync("root", "plant/a");
            await page.PasteAsync("brokers", "10.0.0.6, 10.0.0.7:1884");
            await page.PasteAsync("interval", "2.5");
            await page.PasteAsync("points", "vib1,temp1");
            await page.PasteAsync("sensor", "temp2 MAX31865 spi1\n\nsensor=vib2 ADXL355 spi2");
            await page.PasteAsync("point", "vib1 rpm=1480");
            await page.PasteAsync("alarm", "vib1 vel warning=2.8");
            await page.RunAsync("document.getElementById('ack').value = 'broker'");
            await page.PasteAsync("ntp", "ntp.example.org");
            await page.PasteAsync("raw", "wifi_ssid=Hall 4\nwifi_password=another one\n");
            await page.PictureAsync("all-fields", whole: true);
            await page.PressAsync("#try");
            await page.ReadsAsync("#verdict", "The node is set up");
            Assert.Equal(["file ca", "file cert", "file key"], _node.Messages.Where(m => m.StartsWith("file", StringComparison.Ordinal)).Select(m => m.Split('\n')[0]));
            string settings = Regex.Replace(_node.Messages.Single(m => m.StartsWith("try", StringComparison.Ordinal)), @"time=\d+", "time=T");
            Assert.Equal(
                "try 1 replace\nid=88.608.8889/NODE-0001\nwifi_ssid=Hall 3\nwifi_password=correct horse 7\nwifi_address=192.168.1.50/24 192.168.1.1 192.168.1.1\n" +
                "broker_host=10.0.0.5\nbroker_port=8884\nbroker=10.0.0.6\nbroker=10.0.0.7:1884\ntls=on\ntls_ca=ca\ntls_cert=cert\ntls_key=key\nbroker_user=node\n" +
                "broker_password=s3cret\nroot=plant/a\ninterval_ms=2500\npoints=vib1,temp1\nsensor=temp2 MAX31865 spi1\nsensor=vib2 ADXL355 spi2\npoint=vib1 rpm=1480\n" +
                "alarm=vib1 vel warning=2.8\nack=broker\nntp_server=ntp.example.org\ntime=T\nwifi_ssid=Hall 4\nwifi_password=another one\n",
                settings);
        }

        [Fact]
        public async Task Settings_that_do_not_parse_lead_to_their_field()
        {
            _node.Judge = _ => new([], Refusal: "settings.txt line 5: vib9: no such point");
            PhonePage page = await FilledAsync("en", Password);
            await page.PressAsync("summary");
            await page.PasteAsync("alarm", "vib9 vel warning=2");
            await page.PressAsync("summary"); // folded again: it opens by itself
            await page.PressAsync("#try");
            await page.ReadsAsync("#detail", "vib9: no such point");
            Assert.Equal("alarm", (string?)await page.RunAsync("return document.activeElement.id"));
        }

        [Fact]
        public async Task A_page_that_is_opened_anew_finds_the_result()
        {
            _node.Judge = _ => StubTrial.Failure("identifier", "identifier-in-use");
            PhonePage page = await FilledAsync("en", Password);
            await page.PressAsync("#try");
            await page.ReadsAsync("#stages", "Identifier");
            page = await PhonePage.OpenAsync(browser.DriverOfAll, _node.Address, "zh");
            await page.TypeAsync("code", Code);
            await page.PressAsync("#enter");
            await page.ReadsAsync("#what", "标识：已有其他节点使用该标识。");
            Assert.Equal("id", await page.FocusAsync());
        }

        [Fact]
        public async Task A_paired_node_can_be_left_as_it_is_or_unpaired()
        {
            _node.IsPaired = true;
            _node.HasLight = false;
            PhonePage page = await PhonePage.OpenAsync(browser.DriverOfAll, _node.Address, "en");
            await page.PressAsync("#blink");
            await page.ReadsAsync("#blink", "No light");
            await page.EnterAsync(Code);
            await page.ReadsAsync("#owned", "This node works as 88.608.8889/OLD-0001");
            await page.PictureAsync("paired");
            Assert.Equal("88.608.8889/OLD-0001", await page.ValueAsync("id"));
            await page.PressAsync("summary");
            await page.PressAsync("[data-wipe=unpair]");
            Assert.Equal("Press again to confirm", await page.TextAsync("[data-wipe=unpair]"));
            Assert.DoesNotContain("unpair", _node.Messages);
            await page.PressAsync("[data-wipe=unpair]");
            await page.ReadsAsync("#owned", "waits for new settings");
            Assert.False(await page.ShowsAsync("#close"));
            Assert.Equal(string.Empty, await page.ValueAsync("id"));

            _node.IsPaired = true;

            page = await PhonePage.OpenAsync(browser.DriverOfAll, _node.Address, "en");
            await page.EnterAsync(Code);
            await page.PressAsync("#close");
            await page.ReadsAsync("#verdict", "goes back to its work");
            Assert.Equal("close", _node.Messages[^1]);
        }

        [Fact]
        public async Task Without_random_numbers_it_refuses()
        {
            await browser.DriverOfAll.BecomeAsync(360, 740, "en", false);
            await browser.DriverOfAll.OpenAsync(_node.Address);
            Assert.Contains("no safe random numbers", (string?)await browser.DriverOfAll.RunAsync("crypto.getRandomValues = undefined; start(); return document.getElementById('air').textContent"));
        }

        private async Task<PhonePage> FilledAsync(string language, string password)
        {
            PhonePage page = await PhonePage.OpenAsync(browser.DriverOfAll, _node.Address, language);
            await page.EnterAsync(Code);
            await page.ChooseAsync("Hall 3");
            await page.PasteAsync("password", password);
            await page.PasteAsync("host", "10.0.0.5");
            await page.PasteAsync("id", "88.608.8889/NODE-0001");
            return page;
        }
    }
}
