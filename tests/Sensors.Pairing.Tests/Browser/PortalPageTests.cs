using System;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using Sensors.Node;

namespace Sensors.Pairing.Tests.Browser
{
    /// <summary>The page in a real browser, served by the firmware's portal.</summary>
    [Collection(BrowserCollection.Name)]
    public sealed class PortalPageTests(BrowserFixture browser) : IAsyncDisposable
    {
        private readonly LoopbackPortal _portal = new();

        /// <inheritdoc/>
        public ValueTask DisposeAsync() => _portal.DisposeAsync();

        [Fact]
        public async Task A_wrong_password_then_the_right_one_and_the_node_restarts_into_work()
        {
            _portal.Bench.Network.Sightings = [Sighting("Hall 3", -55), Sighting("\"<b>\\ 车间\u0007", -70)];
            _portal.Bench.Network.Causes["Hall 3"] = "wrong-password";
            PhonePage page = await PhonePage.OpenAsync(browser.DriverOfAll, _portal.Address, "en");
            await page.PressAsync("#blink");
            await page.ReadsAsync("#blink", "Blinking");
            await FillAsync(page);
            Assert.Contains("\"<b>\\ 车间", await page.TextAsync("#nets"));
            await page.PressAsync("#try");
            await page.ReadsAsync("#what", "Wi-Fi: The Wi-Fi password is wrong.");
            Assert.Equal("password", await page.FocusAsync());
            Assert.Null(_portal.Bench.Settings);
            _portal.Bench.Network.Causes.Clear();
            await page.TypeAsync("password", "correct horse");
            await page.PressAsync("#try");
            await page.ReadsAsync("#verdict", "The node is set up");
            string facts = await page.TextAsync("#facts");
            Assert.All(["88.608.8889/NODE-0001", "Hall 3", "192.168.1.77", "edge:1883"], fact => Assert.Contains(fact, facts));
            await page.ReadsAsync("#bye", "goes away now");
            Assert.StartsWith("id=88.608.8889/NODE-0001\nwifi_ssid=Hall 3\nwifi_password=correct horse\nbroker_host=edge\ntime=", _portal.Bench.Settings);
            for (int i = 0; i < 200 && _portal.Bench.Portal.RestartCause is null; i++) { await Task.Delay(10, TestContext.Current.CancellationToken); }
            Assert.Equal("paired", _portal.Bench.Portal.RestartCause);
            await page.IsQuietAsync();
        }

        [Fact]
        public async Task The_same_in_Chinese_with_certificates()
        {
            const string Pem = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----";
            _portal.Bench.Network.Sightings = [Sighting("Hall 3", -55)];
            _portal.Bench.Link.Causes["edge:8883"] = "certificate-untrusted";
            PhonePage page = await PhonePage.OpenAsync(browser.DriverOfAll, _portal.Address, "zh-CN", 412, 915);
            await FillAsync(page);
            await page.PressAsync("#tls");
            await page.PasteAsync("ca", Pem);
            await page.PressAsync("#try");
            await page.ReadsAsync("#what", "TLS：服务器证书不受信任。");
            Assert.Equal("ca", await page.FocusAsync());
            _portal.Bench.Link.Causes.Clear();
            await page.PressAsync("#try");
            await page.ReadsAsync("#verdict", "节点设置完成");
            Assert.Contains("\ntls_ca=tls-a.ca\n", _portal.Bench.Settings);
            Assert.Equal(Pem + "\n", Encoding.UTF8.GetString(_portal.Bench.Volume.Files["tls-a.ca"]));
            await page.IsQuietAsync();
        }

        [Fact]
        public async Task Wrong_codes_are_counted_down_as_the_node_counts()
        {
            PhonePage page = await PhonePage.OpenAsync(browser.DriverOfAll, _portal.Address, "en");
            await page.TypeAsync("code", "AAAA-AAAA");
            await page.PressAsync("#enter");
            await page.ReadsAsync("#code-note", "Not the code of this node");
            await page.ReadsAsync("#enter", "Wait 1 s");
            await page.ReadsAsync("#enter", "Continue");
            await page.EnterAsync("k7m2 9qxw");
        }

        [Theory]
        [InlineData("alarm", "vib1 vel warning=much")]
        [InlineData("raw", "nonsense=1")]
        public async Task What_only_the_node_can_judge_leads_to_its_field(string field, string text)
        {
            _portal.Bench.Network.Sightings = [Sighting("Hall 3", -55)];
            PhonePage page = await PhonePage.OpenAsync(browser.DriverOfAll, _portal.Address, "en");
            await FillAsync(page);
            await page.PasteAsync(field, text);
            await page.PressAsync("#try");
            await page.ReadsAsync("#what", "Settings: A setting is not right.");
            Assert.Equal(field, await page.FocusAsync());
            Assert.Contains("line", await page.TextAsync("#detail"));
            Assert.Empty(_portal.Bench.Link.Asked);
        }

        [Fact]
        public async Task Another_node_online_under_the_identifier_is_replaced_only_when_that_is_said()
        {
            _portal.Bench.Network.Sightings = [Sighting("Hall 3", -55)];
            _portal.Bench.Link.Retained["sensors/v1/88.608.8889/NODE-0001/status"] = "{\"status\":\"online\",\"epoch\":987654321012345}";
            PhonePage page = await PhonePage.OpenAsync(browser.DriverOfAll, _portal.Address, "en");
            await FillAsync(page);
            await page.PressAsync("#try");
            await page.ReadsAsync("#what", "Identifier: Another node reports under this identifier.");
            Assert.Equal("id", await page.FocusAsync());
            await page.PressAsync("#replace");
            await page.PressAsync("#try");
            await page.ReadsAsync("#verdict", "The node is set up");
        }

        private static async Task FillAsync(PhonePage page)
        {
            await page.EnterAsync("K7M2-9QXW");
            await page.ChooseAsync("Hall 3");
            await page.PasteAsync("password", "wrong password");
            await page.PasteAsync("host", "edge");
            await page.PasteAsync("id", "88.608.8889/NODE-0001");
        }

        private static WifiSighting Sighting(string ssid, int rssi) => new(ssid, rssi);
    }
}
