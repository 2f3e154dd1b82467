using System;
using System.IO;
using System.Linq;
using System.Text.Json;

namespace Sensors.Commissioning.Tests
{
    public class CauseTableTests
    {
        /// <summary>The page and the tool say each its own words, about the same causes of the same stages.</summary>
        [Fact]
        public void The_page_knows_the_same_causes_and_stages()
        {
            using JsonDocument hints = JsonDocument.Parse(File.ReadAllText(Path.Combine(Root(), "firmware", "Sensors.Pairing", "Page", "hints.json")));
            string[] page = [.. hints.RootElement.GetProperty("causes").EnumerateObject().Select(cause => $"{cause.Value.GetProperty("stage").GetString()} {cause.Name}").Order(StringComparer.Ordinal)];
            Assert.Equal(page, CauseTable.All.Select(cause => $"{cause.Stage} {cause.Word}").Order(StringComparer.Ordinal));
        }

        [Fact]
        public void Every_cause_has_its_hint_in_both_languages()
        {
            Assert.All(CauseTable.All, cause =>
            {
                Assert.False(cause.Title.EndsWith('.') || cause.ChineseTitle.EndsWith('。'), cause.Word);
                Assert.True(cause.Hint.EndsWith('.') || cause.Hint.EndsWith('?'), cause.Word);
                Assert.EndsWith("。", cause.ChineseHint);
                Assert.Contains(cause.ChineseTitle, c => c > 0x3000);
            });
            Assert.Equal(CauseTable.All.Count, CauseTable.All.Select(cause => cause.Word).Distinct().Count());
        }

        [Fact]
        public void A_word_of_a_newer_firmware_is_told_as_it_is()
        {
            Cause unknown = CauseTable.Find("moon-phase");
            Assert.Equal(("moon-phase", Question.None), (unknown.Word, unknown.Ask));
            Assert.Contains("moon-phase", unknown.Title);
            Assert.Equal("unknown", CauseTable.Find(null).Word);
        }

        private static string Root()
        {
            for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
            {
                if (File.Exists(Path.Combine(at.FullName, "Sensors.sln")))
                {
                    return at.FullName;
                }
            }

            throw new DirectoryNotFoundException("Sensors.sln");
        }
    }
}
