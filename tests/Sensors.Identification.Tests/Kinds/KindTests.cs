using System.Linq;

namespace Sensors.Identification.Tests.Kinds
{
    /// <summary>Texts whose kind and worth are known, most of them from the specifications' own examples.</summary>
    public class KindTests
    {
        [Theory]
        [InlineData(IdentifierKind.Node, "88.608.8889/87654321")]
        [InlineData(IdentifierKind.Node, "88.608.24061301/870101.NF01.20251120.0001")]
        [InlineData(IdentifierKind.Handle, "20.1000/5555")]
        [InlineData(IdentifierKind.Handle, "0.NA/88.608")]
        [InlineData(IdentifierKind.Handle, "88.1.2/a/b")]
        [InlineData(IdentifierKind.Handle, "88.101.5/传感器")]
        [InlineData(IdentifierKind.Oid, "1.2.156.3001")]
        [InlineData(IdentifierKind.Oid, "2.16.156.1")]
        [InlineData(IdentifierKind.Oid, "2.999.1")]
        [InlineData(IdentifierKind.Oid, "urn:oid:2.999.1")]
        [InlineData(IdentifierKind.Oid, "0.39")]
        [InlineData(IdentifierKind.Gtin, "6901234567892")]
        [InlineData(IdentifierKind.Gtin, "80614141123458")]
        [InlineData(IdentifierKind.Gtin, "96385074")]
        [InlineData(IdentifierKind.Sgtin, "urn:epc:id:sgtin:0614141.812345.12345")]
        [InlineData(IdentifierKind.Sgtin, "urn:epc:id:sgtin:0614141.812345.a%2Fb")]
        [InlineData(IdentifierKind.Link, "https://example.cn/01/06901234567892/21/7")]
        [InlineData(IdentifierKind.Link, "https://example.cn/some/way/01/06901234567892")]
        [InlineData(IdentifierKind.Did, "did:bid:efnVUgqQFfYeu97ABf6sGm3WFtVXHZB2")]
        [InlineData(IdentifierKind.Did, "did:bid:byol:efnVUgqQFfYeu97ABf6sGm3WFtVXHZB2")]
        [InlineData(IdentifierKind.Did, "did:bid:byol:")]
        [InlineData(IdentifierKind.Did, "did:example:123")]
        [InlineData(IdentifierKind.Uuid, "550e8400-e29b-41d4-a716-446655440000")]
        [InlineData(IdentifierKind.Uuid, "urn:uuid:550E8400-E29B-41D4-A716-446655440000")]
        public void IsValid(IdentifierKind kind, string text) => Assert.Equal(Validity.Valid, IdentifierInspector.Check(text, kind).Validity);

        [Theory]
        [InlineData(IdentifierKind.Node, "88.608.8889/a/b", 13, "second '/'")]
        [InlineData(IdentifierKind.Node, "86.709.612/cc", 0, "86")]
        [InlineData(IdentifierKind.Handle, ".88/x", 0, "segment")]
        [InlineData(IdentifierKind.Handle, "88./x", 2, "segment")]
        [InlineData(IdentifierKind.Handle, "88..1/x", 3, "segment")]
        [InlineData(IdentifierKind.Handle, "20.1000", 7, "no '/'")]
        [InlineData(IdentifierKind.Handle, "20.1000/", 7, "behind the '/'")]
        [InlineData(IdentifierKind.Handle, "20.1000/a b", 9, "blank")]
        [InlineData(IdentifierKind.Oid, "1.40.3", 2, "second arc is 40")]
        [InlineData(IdentifierKind.Oid, "3.1", 0, "root is 3")]
        [InlineData(IdentifierKind.Oid, "1.2.", 4, "empty")]
        [InlineData(IdentifierKind.Oid, "1.2.156.3001.0501.1001.01", 13, "0501 at position 14 has a leading zero")]
        [InlineData(IdentifierKind.Oid, "1", 1, "one arc")]
        [InlineData(IdentifierKind.Oid, "", 0, "empty")]
        [InlineData(IdentifierKind.Vaa, "VAA088.100/x", 6, "'.' stands at position 7")]
        [InlineData(IdentifierKind.Vaa, "vaa088100/x", 0, "vaa")]
        [InlineData(IdentifierKind.Vaa, "VAA088100", 9, "no '/'")]
        [InlineData(IdentifierKind.Ecode, "5|0001|69", 0, "version is 5")]
        [InlineData(IdentifierKind.Ecode, "0|0001", 0, "three parts")]
        [InlineData(IdentifierKind.Gtin, "6901234567893", 12, "others make 2")]
        [InlineData(IdentifierKind.Gtin, "690123456789", 11, "the others make")]
        [InlineData(IdentifierKind.Gtin, "69012", 0, "5 digits")]
        [InlineData(IdentifierKind.Gtin, "690123456789X", 12, "'X'")]
        [InlineData(IdentifierKind.Sgtin, "urn:epc:id:sgtin:0614141.8123456.1", 17, "14 digits")]
        [InlineData(IdentifierKind.Sgtin, "urn:epc:id:sgtin:0614141.812345.", 32, "empty")]
        [InlineData(IdentifierKind.Sgtin, "urn:epc:id:sgtin:06141.81234567.1", 17, "5 digits")]
        [InlineData(IdentifierKind.Sgtin, "urn:epc:id:sgtin:0614141.812345.a/b", 33, "'/'")]
        [InlineData(IdentifierKind.Sgtin, "urn:epc:id:sgtin:0614141.812345.a%2", 33, "escapes nothing")]
        [InlineData(IdentifierKind.Sgtin, "urn:epc:id:sgtin:0614141.812345.123456789012345678901", 32, "21 characters")]
        [InlineData(IdentifierKind.Link, "https://example.cn/01/06901234567893", 35, "others make 2")]
        [InlineData(IdentifierKind.Link, "https://example.cn/x", 19, "no /01/")]
        [InlineData(IdentifierKind.Link, "example.cn/01/06901234567892", 0, "no web address")]
        [InlineData(IdentifierKind.Did, "DID:bid:efnVUgqQFfYeu97ABf6sGm3WFtVXHZB2", 0, "did:")]
        [InlineData(IdentifierKind.Did, "did:bid:efnVUgqQFfYeu97ABf6s", 8, "20 characters")]
        [InlineData(IdentifierKind.Did, "did:bid:by:efnVUgqQFfYeu97ABf6sGm3WFtVXHZB2", 8, "'by'")]
        [InlineData(IdentifierKind.Did, "did:vaa:0OIlabcdefghijkmnopqrstuvwx", 8, "'0'")]
        [InlineData(IdentifierKind.Did, "did:Example:1", 4, "'Example'")]
        [InlineData(IdentifierKind.Uuid, "550e8400e29b41d4a716446655440000", 8, "hyphen")]
        [InlineData(IdentifierKind.Uuid, "550e8400-e29b-41d4-a716-44665544000", 0, "35 characters")]
        [InlineData(IdentifierKind.Uuid, "{50e8400-e29b-41d4-a716-446655440000}", 0, "'{'")]
        public void IsInvalidAndSaysWhereAndWhy(IdentifierKind kind, string text, int at, string what)
        {
            KindVerdict verdict = IdentifierInspector.Check(text, kind);
            Assert.Equal(Validity.Invalid, verdict.Validity);
            Finding finding = verdict.Findings.First(each => each.Weight == FindingWeight.Error);
            Assert.Equal(at, finding.At);
            Assert.Contains(what, finding.What + " " + finding.Why);
            Assert.NotEmpty(finding.Why);
            Assert.Empty(verdict.Parts);
        }

        [Theory]
        [InlineData(IdentifierKind.Vaa, "VAA08810012345678/abc123", "Nothing parts")]
        [InlineData(IdentifierKind.Ecode, "0|0001|6901234567892", "lengths")]
        [InlineData(IdentifierKind.Ecode, "000016901234567892", "Nothing parts")]
        [InlineData(IdentifierKind.Did, "did:bid:byol", "No ':'")]
        [InlineData(IdentifierKind.Did, "did:bid:xxnVUgqQFfYeu97ABf6sGm3WFtVXHZB2", "begins with xx")]
        public void IsDoubtfulWhereARuleCannotBeChecked(IdentifierKind kind, string text, string what)
        {
            KindVerdict verdict = IdentifierInspector.Check(text, kind);
            Assert.Equal(Validity.Doubtful, verdict.Validity);
            Assert.Contains(verdict.Findings, finding => finding.What.Contains(what, System.StringComparison.Ordinal));
        }

        [Fact]
        public void AVaaCodePartsWhereItIsToldTo()
        {
            KindVerdict verdict = IdentifierInspector.Check("VAA08810012345678/abc123", IdentifierKind.Vaa, VaaSplit.Parse("3,3"));
            Assert.Equal(Validity.Valid, verdict.Validity);
            Assert.Equal("VAA 088 100 12345678 abc123", string.Join(' ', verdict.Parts.Select(part => part.Value)));
            Assert.Equal(Validity.Invalid, IdentifierInspector.Check("VAA088100/x", IdentifierKind.Vaa, new VaaSplit(3, 3)).Validity);
            Assert.Equal(Validity.Doubtful, IdentifierInspector.Check("VAA86100123/X", IdentifierKind.Vaa, new VaaSplit(2, 3)).Validity);
        }

        [Theory]
        [InlineData("urn:epc:id:sgtin:0614141.812345.12345", "80614141123458", "SGTIN-96")]
        [InlineData("urn:epc:id:sgtin:0614141.812345.012345", "80614141123458", "SGTIN-198")]
        [InlineData("urn:epc:id:sgtin:0614141.812345.274877906943", "80614141123458", "SGTIN-96")]
        [InlineData("urn:epc:id:sgtin:0614141.812345.274877906944", "80614141123458", "SGTIN-198")]
        public void AnSgtinGivesItsGtinBack(string text, string gtin, string tag)
        {
            KindVerdict verdict = IdentifierInspector.Check(text, IdentifierKind.Sgtin);
            Assert.Equal(gtin, verdict.Parts.Single(part => part.Key == "gtin14").Value);
            Assert.Equal(tag, verdict.Parts.Single(part => part.Key == "tag").Value);
            Assert.Equal(Validity.Valid, IdentifierInspector.Check(gtin, IdentifierKind.Gtin).Validity);
        }

        [Fact]
        public void TheTrapsAreToldOfValidTextsToo()
        {
            Assert.Contains(IdentifierInspector.Check("86.709.612/cc", IdentifierKind.Handle).Findings, finding => finding.Why.Contains("88", System.StringComparison.Ordinal));
            Assert.Contains(IdentifierInspector.Check("20.1000/5555/", IdentifierKind.Handle).Findings, finding => finding.Why.Contains("two Handles", System.StringComparison.Ordinal));
            Assert.Contains(IdentifierInspector.Check("88.608.8889/META_x", IdentifierKind.Node).Findings, finding => finding.At == 12);
            Assert.Contains(IdentifierInspector.Check("http://example.cn/01/06901234567892", IdentifierKind.Link).Findings, finding => finding.Why.Contains("https", System.StringComparison.Ordinal));
        }

        [Theory]
        [InlineData("88.118.12345/NODE-0001", IdentifierKind.Node)]
        [InlineData("86.709.612/cc", IdentifierKind.Handle)]
        [InlineData("VAA08810012345678/abc123", IdentifierKind.Vaa)]
        [InlineData("1.2.156.3001", IdentifierKind.Oid)]
        [InlineData("0|0001|6901234567892", IdentifierKind.Ecode)]
        [InlineData("000016901234567892", IdentifierKind.Ecode)]
        [InlineData("6901234567892", IdentifierKind.Gtin)]
        [InlineData("urn:epc:id:sgtin:0614141.812345.12345", IdentifierKind.Sgtin)]
        [InlineData("https://example.cn/01/06901234567892", IdentifierKind.Link)]
        [InlineData("DID:bid:x", IdentifierKind.Did)]
        [InlineData("550e8400-e29b-41d4-a716-446655440000", IdentifierKind.Uuid)]
        [InlineData("", IdentifierKind.Node)]
        public void AKindIsGuessedByItsLooks(string text, IdentifierKind kind) => Assert.Equal(kind, IdentifierInspector.Guess(text));

        [Fact]
        public void NoTextMakesACheckFail()
        {
            string[] pieces = ["88.", "/", "VAA", "|", "0", "did:", "bid:", "urn:epc:id:sgtin:", "https://a.b/01/", "%", "-", ".", "\u0000", "传", "\ud800", " ", ":", "9", "21", "x"];
            var random = new System.Random(20261121);
            for (int i = 0; i < 5000; i++)
            {
                string text = string.Concat(Enumerable.Range(0, random.Next(8)).Select(_ => pieces[random.Next(pieces.Length)]));
                foreach (KindVerdict verdict in IdentifierInspector.CheckAll(text, new VaaSplit(3, 3)))
                {
                    Assert.All(verdict.Findings, finding => Assert.InRange(finding.At, 0, text.Length));
                }
            }
        }
    }
}
