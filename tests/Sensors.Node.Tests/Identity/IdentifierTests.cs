using System;
using Sensors.Node;

namespace Sensors.Node.Tests.Identity
{
    /// <summary>The strict profile: what it takes, what it refuses, and with which reason.</summary>
    public class IdentifierTests
    {
        [Theory]
        [InlineData("88.608.8889/87654321", "88.608.8889", "87654321")]
        [InlineData("88.1021.150/xx002", "88.1021.150", "xx002")]
        [InlineData("88.101.0042/001", "88.101.0042", "001")]
        [InlineData("88.608.24061301/870101.NF01.20251120.0001", "88.608.24061301", "870101.NF01.20251120.0001")]
        [InlineData("88.118.12345/NODE-0001", "88.118.12345", "NODE-0001")]
        [InlineData("88.888.888/a", "88.888.888", "a")]
        [InlineData("88.888.888/a_", "88.888.888", "a_")]
        [InlineData("88.888.888/a-", "88.888.888", "a-")]
        [InlineData("88.888.888/a..b", "88.888.888", "a..b")]
        [InlineData("88.000.A1b2C3d4E5f6G7h8I9j0/0", "88.000.A1b2C3d4E5f6G7h8I9j0", "0")]
        public void Valid(string text, string prefix, string suffix)
        {
            IdentifierCheck check = Identifier.Check(text);
            Assert.Equal(IdentifierError.None, check.Error);
            Assert.Null(check.Message);
            Assert.Null(check.Hint);
            Assert.Equal(-1, check.At);
            Assert.Equal(text, check.Identifier.Text);
            Assert.Equal(text, check.Identifier.ToString());
            Assert.Equal(prefix, check.Identifier.Prefix);
            Assert.Equal(suffix, check.Identifier.Suffix);
            Assert.Matches("^88\\.[0-9]{3,4}\\.[0-9A-Za-z]{1,20}/[A-Za-z0-9]([A-Za-z0-9_.-]*[A-Za-z0-9_-])?$", text);
        }

        [Theory]
        [InlineData(null, IdentifierError.Empty, 0, "is empty")]
        [InlineData("", IdentifierError.Empty, 0, "is empty")]
        [InlineData(" ", IdentifierError.Whitespace, 0, "position 1")]
        [InlineData(" 88.608.8889/1", IdentifierError.Whitespace, 0, "position 1")]
        [InlineData("88.608.8889/1\n", IdentifierError.Whitespace, 13, "position 14")]
        [InlineData("88.608.8889/1\u00A0", IdentifierError.Whitespace, 13, "position 14")]
        [InlineData("\uFEFF88.608.8889/1", IdentifierError.Whitespace, 0, "position 1")]
        [InlineData("88.608.8889/1\u007F", IdentifierError.Whitespace, 13, "position 14")]
        [InlineData("88.101.5/传感器", IdentifierError.NotAscii, 9, "position 10")]
        [InlineData("８８.608.8889/1", IdentifierError.NotAscii, 0, "position 1")]
        [InlineData("88.608.8889", IdentifierError.NoSuffix, 11, "no suffix")]
        [InlineData("88.608.8889/", IdentifierError.NoSuffix, 12, "Nothing stands behind")]
        [InlineData("88.608.8889/a/b", IdentifierError.SecondSlash, 13, "position 14")]
        [InlineData("88.608.8889//b", IdentifierError.SecondSlash, 12, "position 13")]
        [InlineData("88.608/1", IdentifierError.PrefixParts, 6, "the enterprise code is missing")]
        [InlineData("88/1", IdentifierError.PrefixParts, 2, "has 1 part,")]
        [InlineData("88.608.8889.7/1", IdentifierError.PrefixParts, 13, "has 4 parts")]
        [InlineData("88.608.8889./1", IdentifierError.PrefixParts, 12, "has 4 parts")]
        [InlineData("88..1/x", IdentifierError.SecondaryCode, 3, "position 4, is empty")]
        [InlineData("88.60.8889/1", IdentifierError.SecondaryCode, 3, "has 2 digits, not 3 or 4")]
        [InlineData("88.6.8889/1", IdentifierError.SecondaryCode, 3, "has 1 digit, not 3 or 4")]
        [InlineData("88.60800.8889/1", IdentifierError.SecondaryCode, 3, "has 5 digits, not 3 or 4")]
        [InlineData("88.6a8.8889/1", IdentifierError.SecondaryCode, 4, "'a' stands at position 5")]
        [InlineData("88.608./1", IdentifierError.EnterpriseCode, 7, "position 8, is empty")]
        [InlineData("88.608.88-9/1", IdentifierError.EnterpriseCode, 9, "'-' stands at position 10")]
        [InlineData("88.608.123456789012345678901/1", IdentifierError.EnterpriseCode, 7, "has 21 characters, more than 20")]
        [InlineData("86.709.612/cc", IdentifierError.NotCountry88, 0, "a Handle of China's 86 prefix, not 88")]
        [InlineData("86.100.1234/abcdfe.123", IdentifierError.NotCountry88, 0, "a Handle of China's 86 prefix, not 88")]
        [InlineData("VAA08810012345678/abc123", IdentifierError.NotCountry88, 0, "ISO/IEC 15459")]
        [InlineData("088.100.12345678/abc123", IdentifierError.NotCountry88, 0, "begins with 088")]
        [InlineData("8.608.8889/1", IdentifierError.NotCountry88, 0, "begins with 8,")]
        [InlineData(".88/x", IdentifierError.NotCountry88, 0, "before the first '.' is empty")]
        [InlineData("/x", IdentifierError.NotCountry88, 0, "is empty")]
        [InlineData("20.1000/5555", IdentifierError.NotCountry88, 0, "begins with 20")]
        [InlineData("1.2.156.3001", IdentifierError.NotCountry88, 0, "begins with 1,")]
        [InlineData("did:bid:efnVUgqQFfYeu97ABf6sGm3WFtVXHZB2", IdentifierError.NotCountry88, 0, "not with the country code 88")]
        [InlineData("88.608.8889/.a", IdentifierError.SuffixStart, 12, "'.' stands at position 13")]
        [InlineData("88.608.8889/_a", IdentifierError.SuffixStart, 12, "'_' stands at position 13")]
        [InlineData("88.608.8889/-a", IdentifierError.SuffixStart, 12, "'-' stands at position 13")]
        [InlineData("88.608.8889/.", IdentifierError.SuffixStart, 12, "'.' stands at position 13")]
        [InlineData("88.608.8889/a.", IdentifierError.SuffixEnd, 13, "position 14")]
        [InlineData("88.608.8889/a,b", IdentifierError.SuffixCharacter, 13, "',' stands at position 14")]
        [InlineData("88.608.8889/a+b", IdentifierError.SuffixCharacter, 13, "'+' stands at position 14")]
        [InlineData("88.608.8889/+", IdentifierError.SuffixCharacter, 12, "'+' stands at position 13")]
        [InlineData("88.608.8889/#", IdentifierError.SuffixCharacter, 12, "'#' stands at position 13")]
        [InlineData("88.608.8889/$SYS", IdentifierError.SuffixCharacter, 12, "'$' stands at position 13")]
        [InlineData("88.608.+/1", IdentifierError.EnterpriseCode, 7, "'+' stands at position 8")]
        [InlineData("88.#.8889/1", IdentifierError.SecondaryCode, 3, "'#' stands at position 4")]
        public void Invalid(string? text, IdentifierError error, int at, string message)
        {
            IdentifierCheck check = Identifier.Check(text);
            Assert.Null(check.Identifier);
            Assert.Equal(error, check.Error);
            Assert.Equal(at, check.At);
            Assert.Contains(message, check.Message, StringComparison.Ordinal);
            Assert.EndsWith(".", check.Message, StringComparison.Ordinal);
            Assert.EndsWith(".", check.Hint, StringComparison.Ordinal);
        }

        [Fact]
        public void LengthIsLimited()
        {
            string longest = "88.608.8889/" + new string('a', Identifier.MaxLength - 12);
            Assert.Equal(128, longest.Length);
            Assert.NotNull(Identifier.Check(longest).Identifier);

            IdentifierCheck check = Identifier.Check(longest + "a");
            Assert.Equal(IdentifierError.TooLong, check.Error);
            Assert.Contains("129 characters", check.Message, StringComparison.Ordinal);
        }

        [Fact]
        public void TwentyCharactersOfEnterprisePass()
        {
            Assert.NotNull(Identifier.Check("88.608.12345678901234567890/1").Identifier);
        }

        [Fact]
        public void EveryAsciiCharacterIsJudgedAsTheProfileSays()
        {
            for (int c = 0; c < 128; c++)
            {
                char ch = (char)c;
                bool letterOrDigit = char.IsAsciiLetterOrDigit(ch);
                Assert.Equal(letterOrDigit || ch is '.' or '-' or '_', Identifier.Check("88.608.8889/a" + ch + "b").Identifier != null);
                Assert.Equal(letterOrDigit, Identifier.Check("88.608.8889/" + ch + "b").Identifier != null);
                Assert.Equal(letterOrDigit || ch is '-' or '_', Identifier.Check("88.608.8889/a" + ch).Identifier != null);
                Assert.Equal(letterOrDigit, Identifier.Check("88.608.88" + ch + "9/b").Identifier != null);
                Assert.Equal(char.IsAsciiDigit(ch), Identifier.Check("88.6" + ch + "8.8889/b").Identifier != null);
            }
        }

        [Fact]
        public void EqualityIsTextWithoutCase()
        {
            Identifier a = Identifier.Parse("88.608.aB1/Node-0001");
            Identifier b = Identifier.Parse("88.608.Ab1/NODE-0001");
            Assert.True(a.Equals(b));
            Assert.Equal(a.GetHashCode(), b.GetHashCode());
            Assert.NotEqual(a.Text, b.Text);
        }

        [Theory]
        [InlineData("88.101.0042/001", "88.101.42/001")]
        [InlineData("88.101.0042/001", "88.101.0042/1")]
        [InlineData("88.101.0042/001", "88.0101.0042/001")]
        [InlineData("88.101.0042/a_b", "88.101.0042/a-b")]
        public void LeadingZerosAndSignsCount(string one, string other)
        {
            Assert.False(Identifier.Parse(one).Equals(Identifier.Parse(other)));
        }

        [Fact]
        public void EqualsNothingElse()
        {
            Identifier identifier = Identifier.Parse("88.608.8889/1");
            Assert.False(identifier.Equals(null));
            Assert.False(identifier.Equals((object)"88.608.8889/1"));
        }

        [Fact]
        public void HashIsTheSameEverywhere()
        {
            // FNV-1a, 32 bits, over "88.608.8889/1".
            uint hash = 2166136261;
            foreach (char c in "88.608.8889/1") { hash = (hash ^ c) * 16777619; }
            Assert.Equal((int)hash, Identifier.Parse("88.608.8889/1").GetHashCode());
        }

        [Fact]
        public void ParseSaysWhatIsWrong()
        {
            var e = Assert.Throws<ArgumentException>(() => Identifier.Parse("88.608/1"));
            Assert.Contains("the enterprise code is missing", e.Message, StringComparison.Ordinal);
        }
    }
}
