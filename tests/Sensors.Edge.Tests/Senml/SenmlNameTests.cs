using Xunit;

namespace Sensors.Edge.Tests.Senml;

public sealed class SenmlNameTests
{
    [Theory]
    [InlineData("x_rms", "x_rms")]
    [InlineData("Cel/min", "Cel_x2Fmin")]
    [InlineData("%RH/min", "_x25RH_x2Fmin")]
    [InlineData("a b", "a_x20b")]
    [InlineData("gr\u00fcn", "gr_xC3_xBCn")]
    [InlineData("\U0001f600", "_xF0_x9F_x98_x80")]
    [InlineData("a_x2Fb", "a_x5Fx2Fb")] // would read as an escape
    [InlineData("a_x2fb", "a_x2fb")] // would not: capitals only
    [InlineData("_x", "_x")]
    [InlineData("__x41", "__x5Fx41")]
    [InlineData("", "")]
    public void A_text_is_escaped_and_comes_back(string text, string level)
    {
        Assert.Equal(level, SenmlName.Escape(text));
        Assert.Equal(text, SenmlName.Unescape(level));
    }

    [Fact]
    public void No_two_short_texts_have_one_name()
    {
        const string Letters = "_x5F/";
        var names = new System.Collections.Generic.Dictionary<string, string>();
        for (int i = 0; i < 5 * 5 * 5 * 5 * 5 * 5; i++)
        {
            var text = new char[6];
            for (int at = 0, rest = i; at < 6; at++, rest /= 5) { text[at] = Letters[rest % 5]; }
            var original = new string(text);
            string name = SenmlName.Escape(original);
            Assert.True(names.TryAdd(name, original), original + " and " + names[name] + " are both " + name);
            Assert.Equal(original, SenmlName.Unescape(name));
        }
    }

    [Fact]
    public void An_escape_that_is_no_text_is_refused() => Assert.Throws<SenmlException>(() => SenmlName.Unescape("a_xFF"));

    [Theory]
    [InlineData("88.118.12345/NODE-0001/temp1/mean", true)]
    [InlineData("urn:dev:ow:10e2073a01080063", true)]
    [InlineData("", false)]
    [InlineData("_a", false)]
    [InlineData("/a", false)]
    [InlineData("a%", false)]
    [InlineData("a b", false)]
    [InlineData("gr\u00fcn", false)]
    [InlineData("a@b", false)]
    public void A_name_begins_with_a_letter_or_digit(string name, bool isValid) => Assert.Equal(isValid, SenmlName.IsValid(name));
}
