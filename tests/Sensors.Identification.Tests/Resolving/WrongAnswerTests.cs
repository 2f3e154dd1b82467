using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Threading.Tasks;

namespace Sensors.Identification.Tests.Resolving
{
    /// <summary>Services that fail, lie, or are not there: each is told by its name.</summary>
    public sealed class WrongAnswerTests : IDisposable
    {
        private const string Id = "88.888.888/X";

        private readonly string _folder = Directory.CreateTempSubdirectory("wrong").FullName;

        [Theory]
        [InlineData("not json", 200, ResolverFault.NotUnderstood)]
        [InlineData("", 502, ResolverFault.Server)]
        [InlineData("<html>502</html>", 502, ResolverFault.Server)]
        [InlineData("[]", 200, ResolverFault.NotUnderstood)]
        [InlineData("{}", 200, ResolverFault.NotUnderstood)]
        [InlineData("""{"responseCode":"1"}""", 200, ResolverFault.NotUnderstood)]
        [InlineData("""{"responseCode":1,"values":[{"index":"1"}]}""", 200, ResolverFault.NotUnderstood)]
        [InlineData("""{"responseCode":1,"values":[5]}""", 200, ResolverFault.NotUnderstood)]
        [InlineData("""{"responseCode":2}""", 500, ResolverFault.Server)]
        [InlineData("""{"responseCode":3}""", 200, ResolverFault.Server)]
        [InlineData("""{"responseCode":102}""", 400, ResolverFault.Refused)]
        [InlineData("""{"responseCode":401,"message":"no"}""", 403, ResolverFault.Denied)]
        [InlineData("""{"responseCode":402}""", 401, ResolverFault.Denied)]
        [InlineData("""{"responseCode":77}""", 200, ResolverFault.Refused)]
        [InlineData("""{"responseCode":303,"values":[]}""", 200, ResolverFault.Lost)]
        [InlineData("""{"responseCode":303,"values":[{"index":1,"type":"HS_SITE","data":{"format":"site","value":{"servers":[{"address":"127.0.0.1","interfaces":[{"protocol":"TCP","port":2641}]}]}}}]}""", 200, ResolverFault.Lost)]
        [InlineData("""{"responseCode":303,"values":[{"index":1,"type":"HS_SITE","data":"x"}]}""", 200, ResolverFault.Lost)]
        [InlineData("""{"responseCode":303,"values":[{"index":1,"type":"HS_SITE","data":{"format":"site","value":{"servers":[{"address":"127.0.0.1","interfaces":[{"protocol":"HTTP","port":99999}]}]}}}]}""", 200, ResolverFault.Lost)]
        public async Task OfHandlesAreNamed(string body, int status, ResolverFault fault)
        {
            await using RawServer server = RawServer.Start(RawServer.Json(body, status));
            ResolverException error = await Assert.ThrowsAsync<ResolverException>(() => ResolveAsync(server.Address));
            Assert.Equal(fault, error.Fault);
            Assert.Contains(server.Address.GetLeftPart(UriPartial.Authority), error.Message);
            Assert.NotEmpty(error.Hint);
        }

        [Fact]
        public async Task BareTextsAreValuesToo()
        {
            await using RawServer server = RawServer.Start(RawServer.Json("""{"responseCode":1,"handle":"21.T1/x","values":[{"index":2,"type":"EMAIL","data":"a@b"},{"index":1,"type":"URL","data":{"format":"string","value":"https://x"},"ttl":86400,"timestamp":"2026-01-07T18:47:40Z"},{"index":100,"type":"HS_ADMIN","data":{"format":"admin","value":{"handle":"21.T1/y","index":301}}}]}"""));
            Resolution found = await ResolveAsync(server.Address);
            Assert.Equal(["https://x", "a@b"], found.Record.Values.Take(2).Select(value => value.Text));
            Assert.Equal("admin", found.Record.Values[2].Format);
            Assert.Equal(new DateTimeOffset(2026, 1, 7, 18, 47, 40, TimeSpan.Zero), found.Record.Values[0].Timestamp);
        }

        [Fact]
        public async Task SignsOfAnIdentifierAreEscapedInTheAddress()
        {
            await using RawServer server = RawServer.Start(RawServer.Json("""{"responseCode":100}""", 404));
            await ResolveAsync(server.Address, "20.1000/a/b?c#d%传");
            Assert.StartsWith("GET /api/handles/20.1000/a%2Fb%3Fc%23d%25%E4%BC%A0 HTTP/1.1", server.Requests[0]);
        }

        [Fact]
        public async Task AWayInACircleEnds()
        {
            int port = FreePort();
            string referral = """{"responseCode":303,"values":[{"index":1,"type":"HS_SITE.PREFIX","data":{"format":"site","value":{"servers":[{"address":"127.0.0.1","interfaces":[{"protocol":"HTTP","port":PORT}]}]}}}]}""".Replace("PORT", port.ToString(System.Globalization.CultureInfo.InvariantCulture));
            LabReply reply = new(200, System.Text.Json.Nodes.JsonNode.Parse(referral)!.AsObject());
            await using LabServer server = LabServer.Start(port, _ => reply);
            ResolverException error = await Assert.ThrowsAsync<ResolverException>(() => ResolveAsync(server.Address));
            Assert.Equal(ResolverFault.Lost, error.Fault);
            Assert.Contains("again", error.Message);
        }

        [Fact]
        public async Task NobodyThereIsToldWithinTheTime()
        {
            ResolverException error = await Assert.ThrowsAsync<ResolverException>(() => ResolveAsync(new Uri(FormattableString.Invariant($"http://127.0.0.1:{FreePort()}/"))));
            Assert.Equal(ResolverFault.Unreachable, error.Fault);
        }

        [Fact]
        public async Task SilenceIsToldWithinTheTime()
        {
            await using RawServer server = RawServer.Start("");
            var clock = System.Diagnostics.Stopwatch.StartNew();
            ResolverException error = await Assert.ThrowsAsync<ResolverException>(() => ResolveAsync(server.Address, settings: new ResolverSettings { Timeout = TimeSpan.FromMilliseconds(200) }));
            Assert.Equal(ResolverFault.Unreachable, error.Fault);
            Assert.Contains("within 0.2 s", error.Message);
            Assert.True(clock.ElapsedMilliseconds < 10000);
        }

        [Theory]
        [InlineData("SSH-2.0-OpenSSH_9.2\r\n")]
        [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{")]
        public async Task WhatIsNoWebServiceIsNotUnderstood(string bytes)
        {
            await using RawServer server = RawServer.Start(bytes);
            Assert.Equal(ResolverFault.NotUnderstood, (await Assert.ThrowsAsync<ResolverException>(() => ResolveAsync(server.Address))).Fault);
        }

        [Fact]
        public async Task MoreThanASensibleAnswerIsNotRead()
        {
            await using RawServer server = RawServer.Start(RawServer.Json("\"" + new string('x', 1100000) + "\""));
            Assert.Equal(ResolverFault.NotUnderstood, (await Assert.ThrowsAsync<ResolverException>(() => ResolveAsync(server.Address))).Fault);
        }

        [Fact]
        public async Task ACertificateIsTrustedWhenItsAuthorityIsNamed()
        {
            using X509Certificate2 certificate = RawServer.Certificate();
            await using RawServer server = RawServer.StartTls(certificate, RawServer.Json("""{"responseCode":100}""", 404));
            Assert.Equal(ResolverFault.Untrusted, (await Assert.ThrowsAsync<ResolverException>(() => ResolveAsync(server.Address))).Fault);

            string ca = Path.Combine(_folder, "ca.pem");
            File.WriteAllText(ca, certificate.ExportCertificatePem());
            Assert.Equal(100, (await ResolveAsync(server.Address, settings: new ResolverSettings { CertificateAuthority = ca })).Record.Code);

            using X509Certificate2 other = RawServer.Certificate();
            File.WriteAllText(ca, other.ExportCertificatePem());
            Assert.Equal(ResolverFault.Untrusted, (await Assert.ThrowsAsync<ResolverException>(() => ResolveAsync(server.Address, settings: new ResolverSettings { CertificateAuthority = ca }))).Fault);
        }

        [Fact]
        public async Task HttpWhereHttpsIsWantedIsToldAsThat()
        {
            await using RawServer server = RawServer.Start("HTTP/1.1 400 Bad\r\n\r\n");
            Uri secure = new UriBuilder(server.Address) { Scheme = "https" }.Uri;
            ResolverException error = await Assert.ThrowsAsync<ResolverException>(() => ResolveAsync(secure, settings: new ResolverSettings { Timeout = TimeSpan.FromMilliseconds(300) }));
            Assert.True(error.Fault is ResolverFault.Untrusted or ResolverFault.Unreachable, error.ToString()); // a server may close, or go on listening for a greeting
        }

        [Fact]
        public async Task AWayFromHttpsToHttpIsNotGone()
        {
            using X509Certificate2 certificate = RawServer.Certificate();
            await using RawServer server = RawServer.StartTls(certificate, RawServer.Json(
                """{"responseCode":303,"values":[{"index":1,"type":"HS_SITE.PREFIX","data":{"format":"site","value":{"servers":[{"address":"127.0.0.1","interfaces":[{"protocol":"HTTP","port":1}]}]}}}]}"""));
            string ca = Path.Combine(_folder, "ca.pem");
            File.WriteAllText(ca, certificate.ExportCertificatePem());
            ResolverException error = await Assert.ThrowsAsync<ResolverException>(() => ResolveAsync(server.Address, settings: new ResolverSettings { CertificateAuthority = ca }));
            Assert.Contains("from https to http", error.Message);
        }

        [Fact]
        public async Task AnUnknownOutcomeIsTriedAgainAndThenExistsMeansDone()
        {
            string login = RawServer.Json("""{"status":1,"message":"success","data":{"token":"t"}}""");
            string late = RawServer.Json("<html>504</html>", 504);
            await using RawServer server = RawServer.Start(login, late, late, RawServer.Json("""{"status":-2,"message":"标识已存在","data":null}"""));
            using SnmsClient client = Snms(server);
            await client.CreateAsync(Id, Lab.Items("name=x"));
            Assert.Equal(4, server.Requests.Count);
            Assert.Single(server.Requests.Skip(1).Distinct());
            Assert.Contains("\"index\":2000", server.Requests[1]);
        }

        [Fact]
        public async Task ExistsAtOnceIsNotDone()
        {
            string login = RawServer.Json("""{"status":1,"message":"success","data":{"token":"t"}}""");
            await using RawServer server = RawServer.Start(login, RawServer.Json("""{"status":-2,"message":"标识已存在","data":null}"""));
            using SnmsClient client = Snms(server);
            Assert.Equal(ResolverFault.Exists, (await Assert.ThrowsAsync<ResolverException>(() => client.CreateAsync(Id, Lab.Items("name=x")))).Fault);
        }

        [Fact]
        public async Task AnOutcomeThatStaysUnknownIsToldAsThat()
        {
            string login = RawServer.Json("""{"status":1,"message":"success","data":{"token":"t"}}""");
            await using RawServer server = RawServer.Start(login, RawServer.Json("", 504));
            using SnmsClient client = Snms(server);
            ResolverException error = await Assert.ThrowsAsync<ResolverException>(() => client.CreateAsync(Id, Lab.Items("name=x")));
            Assert.Equal((ResolverFault.Server, 504), (error.Fault, error.Code));
            Assert.Contains("not known", error.Message);
            Assert.Equal(5, server.Requests.Count);
        }

        [Fact]
        public async Task ThePasswordIsNeverSent()
        {
            await using RawServer server = RawServer.Start(RawServer.Json("""{"status":-2,"message":"用户名/密码错误！","data":null}"""));
            using SnmsClient client = Snms(server);
            Assert.Equal(ResolverFault.Denied, (await Assert.ThrowsAsync<ResolverException>(() => client.CreateAsync(Id, Lab.Items("name=x")))).Fault);

            // The documented example: sha256(sha256("12345") + "2019-08-15").
            Assert.DoesNotContain("12345\"", server.Requests[0]);
            Assert.Contains(SnmsClient.Hash(SnmsClient.Hash("12345") + "2019-08-15"), server.Requests[0]);
            Assert.Equal("5994471abb01112afcc18159f6cc74b4f511b99806da59b3caf5a9c173cacfc5", SnmsClient.Hash("12345"));
        }

        [Theory]
        [InlineData(101, ResolverFault.Refused)]
        [InlineData(102, ResolverFault.Denied)]
        [InlineData(103, ResolverFault.Denied)]
        [InlineData(104, ResolverFault.NotFound)]
        [InlineData(105, ResolverFault.Exists)]
        [InlineData(106, ResolverFault.Refused)]
        [InlineData(403, ResolverFault.Denied)]
        [InlineData(500, ResolverFault.Server)]
        [InlineData(600, ResolverFault.Refused)]
        [InlineData(601, ResolverFault.Refused)]
        [InlineData(604, ResolverFault.Refused)]
        [InlineData(701, ResolverFault.Refused)]
        [InlineData(40508, ResolverFault.Refused)]
        [InlineData(4711, ResolverFault.Refused)]
        public async Task EveryDocumentedCodeOfAnEnterpriseNodeIsNamed(int code, ResolverFault fault)
        {
            await using RawServer server = RawServer.Start(RawServer.Json(FormattableString.Invariant($$"""{"code":{{code}},"message":"消息"}""")));
            using var client = new EnterpriseNodeClient(new EnterpriseEnd(server.Address, "88.888.888/App_x", Path.Combine(_folder, "none.pem"), "88.888.888/META_x"), new ResolverSettings());
            ResolverException error = await Assert.ThrowsAsync<ResolverException>(() => code == 102 ? client.CreateAsync(Id, Lab.Items("name=x")) : client.RetrieveAsync(Id));
            Assert.Equal((fault, code), (error.Fault, error.Code));
            Assert.Contains("消息", error.Message);
        }

        [Theory]
        [InlineData(1)]
        [InlineData(10000)]
        public async Task BothCodesOfSuccessAreSuccess(int code)
        {
            await using RawServer server = RawServer.Start(RawServer.Json("""{"code":CODE,"message":"成功","data":{"id":"x","type":"t","attributes":{"content":{"name":"a","n":5}}}}""".Replace("CODE", code.ToString(System.Globalization.CultureInfo.InvariantCulture))));
            using var client = new EnterpriseNodeClient(new EnterpriseEnd(server.Address, "88.888.888/App_x", Path.Combine(_folder, "none.pem"), "88.888.888/META_x"), new ResolverSettings());
            Assert.Equal("a t 5", string.Join(' ', new[] { "name", "type", "n" }.Select((await client.RetrieveAsync(Id)).GetValueOrDefault)));
        }

        [Theory]
        [InlineData("x", "no JSON")]
        [InlineData("[]", "no object")]
        [InlineData("""{"handel":"http://x"}""", "no member handel")]
        [InlineData("""{"handle":"x:1"}""", "no address")]
        [InlineData("""{"handle":"ftp://x"}""", "no address")]
        [InlineData("""{"handle":"http://u:p@x"}""", "no address")]
        [InlineData("""{"handle":5}""", "handle is no text")]
        [InlineData("""{"enterprise":{"url":"http://x"}}""", "enterprise.application is missing")]
        [InlineData("""{"enterprise":5}""", "enterprise is no object")]
        [InlineData("""{"snms":{"url":"http://x","user":"u","password":"p"}}""", "no member snms.password")]
        [InlineData("""{"timeout_seconds":0}""", "timeout_seconds")]
        public void WrongSettingsSayWhichMember(string text, string reason)
        {
            string file = Path.Combine(_folder, "resolver.json");
            File.WriteAllText(file, text);
            Assert.Contains(reason, Assert.Throws<FormatException>(() => ResolverSettings.Read(file)).Message);
        }

        [Fact]
        public void SettingsHaveNoAddressThatNobodyWrote()
        {
            string file = Path.Combine(_folder, "resolver.json");
            File.WriteAllText(file, "{ /* nothing */ }");
            ResolverSettings settings = ResolverSettings.Read(file);
            Assert.Equal((null, null, null), (settings.Handle, settings.Enterprise, settings.Snms));
            Assert.Equal(10, settings.Timeout.TotalSeconds);
        }

        public void Dispose() => Directory.Delete(_folder, recursive: true);

        private static async Task<Resolution> ResolveAsync(Uri server, string id = Id, ResolverSettings? settings = null)
        {
            using var client = new HandleClient(settings ?? new ResolverSettings());
            return await new ChainResolver(client, server).ResolveAsync(id);
        }

        private SnmsClient Snms(RawServer server)
        {
            string password = Path.Combine(_folder, "password.txt");
            File.WriteAllText(password, "12345\n");
            var clock = new Lab.TestClock { Now = new DateTimeOffset(2019, 8, 15, 9, 0, 0, TimeSpan.Zero) };
            return new SnmsClient(new SnmsEnd(server.Address, "admin", password, "node-1"), new ResolverSettings(), clock) { Pause = TimeSpan.Zero };
        }

        private static int FreePort()
        {
            using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            probe.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            return ((IPEndPoint)probe.LocalEndPoint!).Port;
        }
    }
}
