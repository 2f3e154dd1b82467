using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;

namespace Sensors.Pairing.Tests.Browser
{
    /// <summary>The portal's page on a phone, as a technician sees and uses it.</summary>
    internal sealed class PhonePage
    {
        private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
        private readonly WebDriver _driver;

        private PhonePage(WebDriver driver)
        {
            _driver = driver;
        }

        /// <summary>Opens the page as a phone would that has just joined the access point, and waits until the node's name is shown.</summary>
        public static async Task<PhonePage> OpenAsync(WebDriver driver, Uri portal, string language, int width = 360, int height = 740, bool dark = false)
        {
            await driver.BecomeAsync(width, height, language, dark);
            await driver.ConsoleAsync(); // what was before is not this page's
            await driver.OpenAsync(portal);
            PhonePage page = new(driver);
            await page.RunAsync("poll = 100"); // a test has less patience than a node's processor
            await page.SeesAsync("#door");
            return page;
        }

        public Task<JsonNode?> RunAsync(string script, params JsonNode[] arguments) => _driver.RunAsync(script, arguments);

        public Task TypeAsync(string id, string text) => _driver.TypeAsync("#" + id, text);

        public Task PressAsync(string selector) => _driver.ClickAsync(selector);

        /// <summary>Types many lines, which a keyboard would be slow at.</summary>
        public Task PasteAsync(string id, string text) =>
            RunAsync("const e = document.getElementById(arguments[0]); e.value = arguments[1]; e.dispatchEvent(new Event('input', { bubbles: true }))", id, text);

        /// <summary>Proves the code and waits for the form.</summary>
        public async Task EnterAsync(string code)
        {
            await TypeAsync("code", code);
            await PressAsync("#enter");
            await SeesAsync("#plan");
            await HoldsAsync("!document.getElementById('scan').disabled", "the search for networks ends");
        }

        /// <summary>Chooses a network of the list.</summary>
        public async Task ChooseAsync(string ssid)
        {
            await RunAsync("Array.from(document.querySelectorAll('#nets button')).find(b => b.textContent === arguments[0]).click()", ssid);
            Assert.Equal(ssid, await ValueAsync("ssid"));
        }

        public async Task<string> TextAsync(string selector) =>
            (string)(await RunAsync("const e = document.querySelector(arguments[0]); return e && e.offsetParent !== null ? e.innerText : ''", selector))!;

        public async Task<string> ValueAsync(string id) => (string)(await RunAsync("return document.getElementById(arguments[0]).value", id))!;

        public async Task<string> FocusAsync() => (string)(await RunAsync("return document.activeElement.id"))!;

        public async Task<bool> ShowsAsync(string selector) =>
            (bool)(await RunAsync("const e = document.querySelector(arguments[0]); return !!e && e.offsetParent !== null", selector))!;

        /// <summary>Waits until an element is shown.</summary>
        public Task SeesAsync(string selector) =>
            HoldsAsync($"(e => e && e.offsetParent !== null)(document.querySelector('{selector}'))", selector + " is shown");

        /// <summary>Waits until an element shows a text.</summary>
        public Task ReadsAsync(string selector, string text) =>
            HoldsAsync($"(e => e && e.offsetParent !== null && e.innerText.includes({JsonValue.Create(text).ToJsonString()}))(document.querySelector('{selector}'))", $"{selector} reads '{text}'");

        /// <summary>Waits until something holds in the page.</summary>
        public async Task HoldsAsync(string condition, string words)
        {
            long begin = Stopwatch.GetTimestamp();
            while ((await RunAsync($"return typeof node === 'undefined' ? false : !!({condition})"))!.GetValue<bool>() is false)
            {
                if (Stopwatch.GetElapsedTime(begin) > Patience)
                {
                    string console = string.Join('\n', await _driver.ConsoleAsync());
                    Assert.Fail($"Not so in {Patience.TotalSeconds} s: {words}. The page shows:\n{await RunAsync("return document.body.innerText")}\n{console}");
                }

                await Task.Delay(20);
            }
        }

        /// <summary>Holds the page to what a phone wants: nothing wider than the screen, targets a finger can hit, a name for every field.</summary>
        public async Task IsUsableAsync()
        {
            Assert.Equal(0, (int)(await RunAsync("return Math.max(0, document.documentElement.scrollWidth - innerWidth)"))!);
            JsonNode? small = await RunAsync(
                "return Array.from(document.querySelectorAll('button, input:not([type=checkbox]), select, textarea, summary, .tick, .file')).filter(e => e.offsetParent !== null)" +
                ".filter(e => e.getBoundingClientRect().height < 43.9).map(e => e.id || e.textContent)");
            Assert.Empty(small!.AsArray().Select(e => (string?)e));
            JsonNode? nameless = await RunAsync(
                "return Array.from(document.querySelectorAll('input, select, textarea')).filter(e => e.offsetParent !== null && !(e.labels.length && e.labels[0].textContent)).map(e => e.id)");
            Assert.Empty(nameless!.AsArray().Select(e => (string?)e));
            JsonNode? silent = await RunAsync("return Array.from(document.querySelectorAll('button')).filter(e => e.offsetParent !== null && !e.textContent.trim()).map(e => e.id)");
            Assert.Empty(silent!.AsArray().Select(e => (string?)e));
        }

        /// <summary>Nothing was complained about on the console but answers that are no success, which browsers name there.</summary>
        public async Task IsQuietAsync()
        {
            string[] console = await _driver.ConsoleAsync();
            Assert.All(console, line => Assert.Matches("^network: .*/api/v1/", line));
        }

        /// <summary>Takes a picture for people to look at, where SENSORS_SCREENSHOTS names a folder.</summary>
        public async Task PictureAsync(string name, bool whole = false)
        {
            await IsUsableAsync();
            if (Environment.GetEnvironmentVariable("SENSORS_SCREENSHOTS") is { Length: > 0 } folder)
            {
                Directory.CreateDirectory(folder);
                await File.WriteAllBytesAsync(Path.Combine(folder, name + ".png"), await _driver.PictureAsync(whole));
            }
        }
    }
}
