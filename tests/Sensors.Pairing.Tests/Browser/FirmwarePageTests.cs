using System;
using System.Text.Json;
using System.Threading.Tasks;
using Sensors.Firmware;
using Sensors.Simulation.Tests.Pairing;
using Sensors.VirtualBoard;

namespace Sensors.Pairing.Tests.Browser
{
    /// <summary>From a flashed board to readings at the broker, by the page alone: the whole firmware on a virtual board, a real browser, a real broker on loopback.</summary>
    [Collection(BrowserCollection.Name)]
    public sealed class FirmwarePageTests(BrowserFixture browser) : PairingBench
    {
        private const string Password = "correct horse 7";
        private const double LoadPace = 3; // a browser lives in the PC's time, and a node waits no longer than 10 s for a request
        private const double PagePace = 12; // once the page is there it asks again by itself
        private const double WorkPace = 25;

        private readonly AccessPoint _workshop = new("Workshop", Password) { Rssi = -50 };

        [Fact]
        public async Task A_technician_pairs_a_fresh_board()
        {
            PhonePage page = await OpenAsync("en");
            await FillAsync(page, "Workshop", Password);
            await page.PressAsync("#try");
            await page.ReadsAsync("#bye", "The Wi-Fi sensors-3F2A1C goes away now");
            string facts = await page.TextAsync("#facts");
            Assert.All([Id, "Workshop", "192.168.1.", "127.0.0.1:" + BrokerPort], fact => Assert.Contains(fact, facts));
            await page.PictureAsync("firmware-paired");
            await page.IsQuietAsync();
            Work();
            Assert.Equal(Id, Last("temp1").GetProperty("id").GetString());
            Assert.Equal("paired", Last("status").GetProperty("restart").GetString());
        }

        [Fact]
        public async Task A_wrong_password_and_another_channel_in_Chinese()
        {
            const string Evil = "<script>alert(1)</script> 车间";
            Board.Radio.Add(new AccessPoint(Evil, "long enough") { Channel = 11, Rssi = -70 });
            Board.Radio.ChannelChangeMilliseconds = 20_000;
            PhonePage page = await OpenAsync("zh-CN");
            await FillAsync(page, "Workshop", "hunter33");
            await page.PressAsync("#try");
            await page.ReadsAsync("#what", "Wi-Fi：Wi-Fi 密码错误。");
            Assert.Equal("password", await page.FocusAsync());
            Assert.Equal(Id, await page.ValueAsync("id"));
            await page.PressAsync("#lang"); // the colleague reads English
            await page.ChooseAsync(Evil);
            await page.TypeAsync("password", "long enough");
            await page.PressAsync("#try");
            await page.ReadsAsync("#air", "sensors-3F2A1C does not answer");
            await page.ReadsAsync("#verdict", "The node is set up");
            await page.ReadsAsync("#bye", "goes away now");
            Work();
            Assert.Equal(Id, Last("temp1").GetProperty("id").GetString());
        }

        [Fact]
        public async Task A_wrong_code_waits_and_an_unknown_broker_is_corrected()
        {
            PhonePage page = await OpenAsync("en");
            await page.TypeAsync("code", "AAAA-AAAA");
            await page.PressAsync("#enter");
            await page.ReadsAsync("#code-note", "Not the code of this node");
            await page.ReadsAsync("#enter", "Continue");
            _workshop.FailingNames.Add("broker.example");
            await FillAsync(page, "Workshop", Password, "broker.example");
            await page.PressAsync("#try");
            await page.ReadsAsync("#what", "Name: The broker's name was not found.");
            Assert.Equal("host", await page.FocusAsync());
            await page.TypeAsync("host", "127.0.0.1");
            await page.PressAsync("#try");
            await page.ReadsAsync("#bye", "goes away now");
            Work();
        }

        private async Task<PhonePage> OpenAsync(string language)
        {
            WebDriver driver = browser.Driver;
            Board.Radio.Add(_workshop);
            Board.PowerOn(Program.Main);
            UntilOpen();
            Board.Time.Pace = LoadPace;
            PhonePage page = await PhonePage.OpenAsync(driver, new Uri($"http://{Board.PortEndpoint(80)}/"), language);
            Board.Time.Pace = PagePace;
            return page;
        }

        private void Work()
        {
            Board.Time.Pace = WorkPace;
            UntilItWorks();
        }

        private async Task FillAsync(PhonePage page, string ssid, string password, string host = "127.0.0.1")
        {
            await page.EnterAsync(Code);
            await page.ChooseAsync(ssid);
            await page.PasteAsync("password", password);
            await page.PasteAsync("host", host);
            await page.PasteAsync("port", BrokerPort.ToString());
            await page.PasteAsync("id", Id);
            await page.PasteAsync("interval", "2");
            await page.RunAsync("document.getElementById('ack').value = 'broker'");
        }
    }
}
