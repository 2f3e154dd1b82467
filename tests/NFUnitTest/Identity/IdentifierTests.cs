using System;
using nanoFramework.TestFramework;
using Sensors.Node;

namespace NFUnitTest.Identity
{
    [TestClass]
    public class IdentifierTests
    {
        [TestMethod]
        public static void The_strict_profile_is_taken()
        {
            Valid("88.608.8889/87654321", "88.608.8889", "87654321");
            Valid("88.1021.150/xx002", "88.1021.150", "xx002");
            Valid("88.101.0042/001", "88.101.0042", "001");
            Valid("88.608.24061301/870101.NF01.20251120.0001", "88.608.24061301", "870101.NF01.20251120.0001");
            Valid("88.118.12345/NODE-0001", "88.118.12345", "NODE-0001");
            Valid("88.608.12345678901234567890/1", "88.608.12345678901234567890", "1");
        }

        [TestMethod]
        public static void Everything_else_is_refused_with_its_reason()
        {
            Invalid(null, IdentifierError.Empty, 0);
            Invalid("", IdentifierError.Empty, 0);
            Invalid(" 88.608.8889/1", IdentifierError.Whitespace, 0);
            Invalid("88.608.8889/1\n", IdentifierError.Whitespace, 13);
            Invalid("88.101.5/\u4f20\u611f\u5668", IdentifierError.NotAscii, 9);
            Invalid("88.608.8889", IdentifierError.NoSuffix, 11);
            Invalid("88.608.8889/", IdentifierError.NoSuffix, 12);
            Invalid("88.608.8889/a/b", IdentifierError.SecondSlash, 13);
            Invalid("88.608/1", IdentifierError.PrefixParts, 6);
            Invalid("88..1/x", IdentifierError.SecondaryCode, 3);
            Invalid("88.60.8889/1", IdentifierError.SecondaryCode, 3);
            Invalid("88.60800.8889/1", IdentifierError.SecondaryCode, 3);
            Invalid("88.608./1", IdentifierError.EnterpriseCode, 7);
            Invalid("88.608.123456789012345678901/1", IdentifierError.EnterpriseCode, 7);
            Invalid("86.709.612/cc", IdentifierError.NotCountry88, 0);
            Invalid("88.608.8889/.a", IdentifierError.SuffixStart, 12);
            Invalid("88.608.8889/a.", IdentifierError.SuffixEnd, 13);
            Invalid("88.608.8889/a+", IdentifierError.SuffixCharacter, 13);
            Invalid("88.608.8889/#", IdentifierError.SuffixCharacter, 12);
            Invalid("88.608.8889/" + new string('a', 117), IdentifierError.TooLong, 128);
        }

        [TestMethod]
        public static void The_reason_says_what_was_found_and_where()
        {
            IdentifierCheck check = Identifier.Check("88.60.8889/1");
            Assert.AreEqual("The secondary node's code 60, at position 4, has 2 digits, not 3 or 4.", check.Message);
            Assert.AreEqual("Codes keep their leading zeros; take the prefix over as it was given.", check.Hint);
            check = Identifier.Check("86.709.612/cc");
            Assert.AreEqual("It begins with 86: a Handle of China's 86 prefix, not 88.", check.Message);
            Assert.ThrowsException(typeof(ArgumentException), () => Identifier.Parse("88.608/1"));
        }

        [TestMethod]
        public static void Case_does_not_count_but_zeros_do()
        {
            Identifier a = Identifier.Parse("88.608.aB1/Node-0001");
            Assert.IsTrue(a.Equals(Identifier.Parse("88.608.Ab1/NODE-0001")));
            Assert.AreEqual(a.GetHashCode(), Identifier.Parse("88.608.Ab1/NODE-0001").GetHashCode());
            Assert.IsFalse(Identifier.Parse("88.101.0042/001").Equals(Identifier.Parse("88.101.42/001")));
        }

        [TestMethod]
        public static void Topics_bear_the_identifier()
        {
            var topics = new Topics(Topics.DefaultRoot, Identifier.Parse("88.118.12345/NODE-0001"), new[] { "vib1" });
            Assert.AreEqual("sensors/v1/88.118.12345/NODE-0001/reading/vib1", topics.Reading("vib1"));
            Assert.AreEqual("sensors/v1/88.118.12345/NODE-0001/reading/cur7", topics.Reading("cur7"));
            Assert.AreEqual("sensors/v1/88.118.12345/NODE-0001/meta", topics.Meta);
            Assert.AreEqual("sensors/v1/88.118.12345/NODE-0001/status", topics.Status);
            Assert.IsNull(Topics.CheckRoot("plant-2/hall_3"));
            Assert.IsNotNull(Topics.CheckRoot("sensors//v1"));
            Assert.IsNotNull(Topics.CheckRoot("sensors/+"));
        }

        private static void Valid(string text, string prefix, string suffix)
        {
            IdentifierCheck check = Identifier.Check(text);
            Assert.AreEqual((int)IdentifierError.None, (int)check.Error, text);
            Assert.AreEqual(text, check.Identifier.Text);
            Assert.AreEqual(prefix, check.Identifier.Prefix);
            Assert.AreEqual(suffix, check.Identifier.Suffix);
        }

        private static void Invalid(string text, IdentifierError error, int at)
        {
            IdentifierCheck check = Identifier.Check(text);
            Assert.IsNull(check.Identifier);
            Assert.AreEqual((int)error, (int)check.Error, check.Message);
            Assert.AreEqual(at, check.At, check.Message);
        }
    }
}
