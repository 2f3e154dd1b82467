using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Threading.Tasks;

namespace Sensors.Pairing.Tests.Browser
{
    /// <summary>A headless Chromium, driven by the WebDriver protocol (W3C) through Debian's chromedriver.</summary>
    internal sealed class WebDriver : IAsyncDisposable
    {
        private readonly Process _driver;
        private readonly HttpClient _http;
        private readonly string _profile;
        private string _session = string.Empty;

        private WebDriver(Process driver, int port, string profile)
        {
            _driver = driver;
            _profile = profile;
            _http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}/"), Timeout = TimeSpan.FromSeconds(30) };
        }

        /// <summary>Says why there is no browser to test with; null when there is one.</summary>
        public static string? WhyNot()
        {
            string[] missing = new[] { "chromium", "chromedriver" }.Where(program => Find(program) is null).ToArray();
            return missing.Length == 0 ? null : string.Join(" and ", missing) + " not installed: apt-get install chromium chromium-driver";
        }

        /// <summary>Starts the browser.</summary>
        public static async Task<WebDriver> StartAsync()
        {
            Process driver = Process.Start(new ProcessStartInfo(Find("chromedriver")!, ["--port=0"]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            Match ready = Match.Empty;
            while (!ready.Success && await driver.StandardOutput.ReadLineAsync() is string line)
            {
                ready = Regex.Match(line, @"started successfully on port (\d+)");
            }

            Assert.True(ready.Success, "chromedriver did not start");
            _ = driver.StandardOutput.ReadToEndAsync(); // so that it never waits for a reader
            _ = driver.StandardError.ReadToEndAsync();
            string profile = Directory.CreateTempSubdirectory("sensors-browser-").FullName;
            WebDriver browser = new(driver, int.Parse(ready.Groups[1].Value), profile);
            JsonNode? begun = await browser.SendAsync(HttpMethod.Post, "session", new JsonObject
            {
                ["capabilities"] = new JsonObject
                {
                    ["alwaysMatch"] = new JsonObject
                    {
                        ["browserName"] = "chrome",
                        ["goog:loggingPrefs"] = new JsonObject { ["browser"] = "ALL" },
                        ["goog:chromeOptions"] = new JsonObject
                        {
                            ["binary"] = Find("chromium"),
                            ["args"] = new JsonArray(
                                "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-extensions", "--no-proxy-server",
                                "--disable-background-networking", "--disable-component-update", "--user-data-dir=" + profile),
                            ["mobileEmulation"] = new JsonObject { ["deviceMetrics"] = Metrics(360, 740) },
                        },
                    },
                },
            });
            browser._session = "session/" + (string)begun!["sessionId"]! + "/";
            return browser;
        }

        /// <summary>Makes the screen that of a phone, and the browser's language that of its owner.</summary>
        public async Task BecomeAsync(int width, int height, string language, bool dark)
        {
            JsonObject metrics = Metrics(width, height);
            metrics["deviceScaleFactor"] = 2;
            await DevToolsAsync("Emulation.setDeviceMetricsOverride", metrics);
            string agent = (string)(await RunAsync("return navigator.userAgent"))!;
            await DevToolsAsync("Emulation.setUserAgentOverride", new JsonObject { ["userAgent"] = agent, ["acceptLanguage"] = language });
            JsonObject scheme = new() { ["name"] = "prefers-color-scheme", ["value"] = dark ? "dark" : "light" };
            await DevToolsAsync("Emulation.setEmulatedMedia", new JsonObject { ["features"] = new JsonArray(scheme) });
        }

        /// <summary>Opens an address.</summary>
        public Task OpenAsync(Uri address) => SendAsync(HttpMethod.Post, _session + "url", new JsonObject { ["url"] = address.ToString() });

        /// <summary>Runs a script in the page.</summary>
        /// <returns>What it returns.</returns>
        public Task<JsonNode?> RunAsync(string script, params JsonNode[] arguments) =>
            SendAsync(HttpMethod.Post, _session + "execute/sync", new JsonObject { ["script"] = script, ["args"] = new JsonArray(arguments) });

        /// <summary>Presses an element as a finger does: it must be there, visible, and nothing above it.</summary>
        public async Task ClickAsync(string selector)
        {
            await RunAsync("document.querySelector(arguments[0]).scrollIntoView({ block: 'center' })", selector); // away from what is fixed at the lower edge
            await SendAsync(HttpMethod.Post, _session + $"element/{await FindElementAsync(selector)}/click", []);
        }

        /// <summary>Types into a field what a keyboard would, in place of what is in it.</summary>
        public async Task TypeAsync(string selector, string text)
        {
            string element = await FindElementAsync(selector);
            await SendAsync(HttpMethod.Post, _session + $"element/{element}/clear", []);
            await SendAsync(HttpMethod.Post, _session + $"element/{element}/value", new JsonObject { ["text"] = text });
        }

        /// <summary>Takes a picture of the whole page, beyond the screen's lower edge, too.</summary>
        public async Task<byte[]> PictureAsync(bool whole)
        {
            JsonNode? taken = await DevToolsAsync("Page.captureScreenshot", new JsonObject { ["format"] = "png", ["captureBeyondViewport"] = whole });
            return Convert.FromBase64String((string)taken!["data"]!);
        }

        /// <summary>Gives the errors and warnings that came on the browser's console since the last call.</summary>
        public async Task<string[]> ConsoleAsync()
        {
            JsonNode? log = await SendAsync(HttpMethod.Post, _session + "se/log", new JsonObject { ["type"] = "browser" });
            return log!.AsArray().Where(entry => (string?)entry!["level"] is "SEVERE" or "WARNING").Select(entry => (string?)entry!["source"] + ": " + (string?)entry["message"]).ToArray();
        }

        /// <inheritdoc/>
        public async ValueTask DisposeAsync()
        {
            try
            {
                if (_session.Length > 0) { await SendAsync(HttpMethod.Delete, _session.TrimEnd('/'), null); }
            }
            finally
            {
                _driver.Kill(entireProcessTree: true);
                await _driver.WaitForExitAsync();
                _driver.Dispose();
                _http.Dispose();
                try { Directory.Delete(_profile, recursive: true); }
                catch (IOException) { /* the browser's last process still writes */ }
            }
        }

        private static JsonObject Metrics(int width, int height) =>
            new() { ["width"] = width, ["height"] = height, ["pixelRatio"] = 2, ["deviceScaleFactor"] = 2, ["mobile"] = true, ["touch"] = true };

        private async Task<string> FindElementAsync(string selector)
        {
            JsonNode? found = await SendAsync(HttpMethod.Post, _session + "element", new JsonObject { ["using"] = "css selector", ["value"] = selector });
            return (string)found!.AsObject().First().Value!;
        }

        private Task<JsonNode?> DevToolsAsync(string command, JsonObject parameters) =>
            SendAsync(HttpMethod.Post, _session + "goog/cdp/execute", new JsonObject { ["cmd"] = command, ["params"] = parameters });

        private async Task<JsonNode?> SendAsync(HttpMethod method, string path, JsonObject? body)
        {
            using HttpRequestMessage request = new(method, path);
            if (body is not null) { request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json"); }
            using HttpResponseMessage answer = await _http.SendAsync(request);
            JsonNode? value = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["value"];
            if (!answer.IsSuccessStatusCode) { Assert.Fail($"{path.Split('/')[^1]}: {(string?)value!["error"]}: {(string?)value["message"]}"); }
            return value;
        }

        private static string? Find(string program) =>
            (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator)
                .Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);
    }
}
