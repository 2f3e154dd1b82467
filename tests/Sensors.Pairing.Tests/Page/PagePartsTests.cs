using System;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Sensors.Pairing.Tests.Page
{
    /// <summary>What the node serves is what Page/ holds, and every word of it is there in both languages.</summary>
    public sealed partial class PagePartsTests
    {
        [Fact]
        public void The_class_carries_the_page()
        {
            string document = PageDocument.Assemble();
            if (Environment.GetEnvironmentVariable("SENSORS_UPDATE_GOLDEN") == "1")
            {
                if (!File.Exists(PageDocument.PartsFile) || Written() != document)
                {
                    File.WriteAllText(PageDocument.PartsFile, PageDocument.Generate(document));
                }

                return; // what was compiled into this run is the old one
            }

            // Compared unpacked: two versions of .NET may compress differently.
            byte[][] parts = Enumerable.Range(0, PageParts.Count).Select(PageParts.Part).ToArray();
            Assert.All(parts, part => Assert.InRange(part.Length, 1, 750));
            Assert.Equal(PageParts.Length, parts.Sum(part => part.Length));
            Assert.Throws<ArgumentOutOfRangeException>(() => PageParts.Part(PageParts.Count));
            Assert.True(
                PageDocument.Unpack(parts.SelectMany(part => part).ToArray()) == document,
                "PageParts.cs is out of date: SENSORS_UPDATE_GOLDEN=1 dotnet test tests/Sensors.Pairing.Tests --filter PagePartsTests");
        }

        [Fact]
        public void It_is_small()
        {
            Assert.InRange(PageDocument.Pack(PageDocument.Assemble()).Length, 1, 20_000);
        }

        [Fact]
        public void Every_text_is_there_in_both_languages()
        {
            string script = PageDocument.Read("page.js");
            string table = Regex.Match(script, @"const TEXTS = \{\n(.*?)\n\};", RegexOptions.Singleline).Groups[1].Value;
            Match[] texts = table.Split('\n').Select(line => TextLine().Match(line)).ToArray();
            Assert.True(texts.Length > 50);
            Assert.All(texts, text => Assert.True(text.Success, text.Value));
            string[] keys = texts.Select(text => text.Groups[1].Value).ToArray();
            Assert.Equal(keys.Distinct(), keys);
            string[] same = ["lang", "wifi"]; // Wi-Fi is Wi-Fi, and the button shows the other language
            Assert.All(texts.Where(t => !same.Contains(t.Groups[1].Value)), t => Assert.Matches(@"\p{IsCJKUnifiedIdeographs}", t.Groups[3].Value));
            Assert.All(texts.Where(t => !same.Contains(t.Groups[1].Value)), t => Assert.DoesNotMatch(@"\p{IsCJKUnifiedIdeographs}", t.Groups[2].Value));
            Assert.All(texts, t => Assert.Equal(Places(t.Groups[2].Value), Places(t.Groups[3].Value)));

            string page = PageDocument.Read("index.html");
            Assert.All(Regex.Matches(page, "data-t=\"(\\w+)\""), m => Assert.Contains(m.Groups[1].Value, keys));
            Assert.All(Regex.Matches(page, "<(input|textarea|select) id=\"(\\w+)\""), m => Assert.Matches($"for=\"{m.Groups[2].Value}\"|class=\"tick\"><input id=\"{m.Groups[2].Value}\"", page));

            static string[] Places(string text) => Regex.Matches(text, @"\{\d\}").Select(m => m.Value).Order().ToArray();
        }

        [Fact]
        public void Every_cause_has_a_hint_in_both_languages_and_leads_to_a_field()
        {
            string page = PageDocument.Read("index.html");
            JsonObject hints = PageDocument.ReadHints();
            string[] causes =
            [
                "settings-invalid", "network-not-found", "wrong-password", "wifi-refused", "wifi-timeout", "no-dhcp", "address-invalid", "name-not-found",
                "broker-unreachable", "not-mqtt", "certificate-untrusted", "certificate-expired", "certificate-wanted", "certificate-unreadable", "clock-not-set",
                "tls-failed", "login-refused", "broker-refused", "identifier-in-use", "birth-not-confirmed", "volume-full", "interrupted",
            ];
            Assert.Equal(causes, hints["causes"]!.AsObject().Select(cause => cause.Key));
            foreach ((string cause, JsonNode? told) in hints["causes"]!.AsObject())
            {
                Assert.True(hints["stages"]!.AsObject().ContainsKey((string)told!["stage"]!), cause);
                Assert.True(cause == "interrupted" || page.Contains($"id=\"{told["field"]}\"", StringComparison.Ordinal), cause);
                Assert.All(["en", "zh"], language => Assert.Equal(2, told[language]!.AsArray().Count(text => ((string)text!).Length > 4)));
                Assert.All(told["zh"]!.AsArray(), text => Assert.Matches(@"\p{IsCJKUnifiedIdeographs}", (string)text!));
            }
        }

        [Fact]
        public void Nothing_is_loaded_from_elsewhere_and_nothing_from_the_air_becomes_markup()
        {
            string document = PageDocument.Assemble();
            Assert.DoesNotMatch(@"(src|href|action)=""(?!data:,)", document);
            Assert.DoesNotMatch(@"url\(|@import|innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|new Function", document);
            Assert.DoesNotMatch(@"localStorage|sessionStorage|indexedDB|document\.cookie|console\.|crypto\.subtle", document);
            Assert.DoesNotContain("`", document); // a string over several lines would lose its indentation
        }

        private static string Written()
        {
            string source = File.ReadAllText(PageDocument.PartsFile);
            string[] literals = Regex.Matches(source, "return \"([A-Za-z0-9+/=]+)\";").Select(m => m.Groups[1].Value).ToArray();
            Assert.All(literals, literal => Assert.InRange(literal.Length, 4, 1000));
            return PageDocument.Unpack(literals.SelectMany(Convert.FromBase64String).ToArray());
        }

        [GeneratedRegex(@"^  (\w+): \[(?:'|"")(.*)(?:'|""), '(.*)'\],?$")]
        private static partial Regex TextLine();
    }
}
