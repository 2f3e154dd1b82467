using System;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Text;
using System.Threading.Tasks;

namespace Sensors.Identification.Tests.Resolving
{
    /// <summary>The clients against the lab's resolver: from the first question to the record.</summary>
    public class LabResolverTests
    {
        [Fact]
        public async Task TheWayLeadsFromTheTopToTheEnterprise()
        {
            await using var lab = new Lab();
            using (EnterpriseNodeClient client = lab.Enterprise()) { await client.CreateAsync(Lab.Id, Lab.Items("name=Press 2", "place=3号车间")); }
            Resolution found = await lab.ResolveAsync(Lab.Id.ToLowerInvariant());
            Assert.True(found.IsRegistered);
            Assert.Equal([303, 302, 1], found.Steps.Select(step => step.Code));
            Assert.Equal([Name(lab.Resolver.Top), Name(lab.Resolver.Secondary), Name(lab.Resolver.Enterprise)], found.Steps.Select(step => step.Server));
            Assert.Equal([Name(lab.Resolver.Secondary), Name(lab.Resolver.Enterprise), null], found.Steps.Select(step => step.Next));
            Assert.Equal(("Press 2", 2000), (found.Record.Find("name")!.Text, found.Record.Find("name")!.Index));
            Assert.Equal(("3号车间", 2004), (found.Record.Find("place")!.Text, found.Record.Find("place")!.Index));
            Assert.Equal(Lab.Id, found.Record.Handle);
        }

        [Fact]
        public async Task RegisteredAndQueriedAreTwoStates()
        {
            await using var lab = new Lab();
            Assert.False((await lab.ResolveAsync()).IsRegistered);
            using EnterpriseNodeClient client = lab.Enterprise();
            await client.CreateAsync(Lab.Id, Lab.Items("name=Press 2"));
            Assert.Equal((0L, null), (lab.Resolver.Records[0].Queries, lab.Resolver.Records[0].Queried));
            lab.Clock.Now += TimeSpan.FromMinutes(1);
            Assert.Equal("1", (await lab.ResolveAsync()).Record.Find("LAB_QUERIES")!.Text);
            lab.Clock.Now += TimeSpan.FromMinutes(1);
            HandleRecord second = (await lab.ResolveAsync()).Record;
            Assert.Equal(("2", "2026-11-21T12:02:00Z", "2026-11-21T12:00:00Z"), (second.Find("LAB_QUERIES")!.Text, second.Find("LAB_LAST_QUERY")!.Text, second.Find("LAB_REGISTERED")!.Text));
        }

        [Theory]
        [InlineData("88.888.889/X", 2)] // the secondary node has no such enterprise
        [InlineData("88.777.1/X", 1)] // the top node has no such secondary node
        [InlineData("88.888.888/传感器", 3)]
        [InlineData("20.1000/a/b c", 1)]
        public async Task WhatNobodyKnowsIsNotFoundWhereTheWayEnds(string id, int steps)
        {
            await using var lab = new Lab();
            Resolution found = await lab.ResolveAsync(id);
            Assert.False(found.IsRegistered);
            Assert.Equal(steps, found.Steps.Count);
            Assert.Equal(100, found.Steps[^1].Code);
        }

        [Theory]
        [InlineData(true)]
        [InlineData(false)]
        public async Task BothInterfacesRegisterChangeAndTakeBack(bool enterprise)
        {
            await using var lab = new Lab();
            using IRegistrar registrar = enterprise ? lab.Enterprise() : lab.Snms();
            await registrar.CreateAsync(Lab.Id, Lab.Items("name=Press 2", "board=ESP32"));
            await registrar.UpdateAsync(Lab.Id, Lab.Items("name=Press 3"));
            LabRecord record = Assert.Single(lab.Resolver.Records);
            Assert.Equal(("Press 3", "ESP32"), (record.Values["name"], record.Values["board"]));
            Assert.Equal(ResolverFault.Exists, await FaultOf(registrar.CreateAsync(Lab.Id.ToLowerInvariant(), Lab.Items("name=x"))));
            await registrar.DeleteAsync(Lab.Id);
            Assert.Empty(lab.Resolver.Records);
            Assert.Equal(ResolverFault.NotFound, await FaultOf(registrar.DeleteAsync(Lab.Id)));
            Assert.Equal(ResolverFault.NotFound, await FaultOf(registrar.UpdateAsync(Lab.Id, Lab.Items("name=x"))));
        }

        [Fact]
        public async Task EachInterfaceReadsWhatAnotherWrote()
        {
            await using var lab = new Lab();
            using EnterpriseNodeClient enterprise = lab.Enterprise();
            using SnmsClient snms = lab.Snms();
            await snms.CreateAsync(Lab.Id, Lab.Items("name=Press 2"));
            Assert.Equal("Press 2", (await enterprise.RetrieveAsync(Lab.Id))["name"]);
            Assert.Equal([1001, 2000], (await snms.DetailAsync(Lab.Id)).Select(item => item.Index));
            Assert.Equal("0.TYPE/DO.DOIPMETA", (await enterprise.RetrieveAsync("88.888.888/META_node"))["type"]);
            Assert.Equal(ResolverFault.NotFound, await FaultOf(enterprise.RetrieveAsync("88.888.888/x")));
            Assert.Equal(ResolverFault.NotFound, await FaultOf(snms.DetailAsync("88.888.888/x")));
        }

        [Theory]
        [InlineData(true, "88.777.1/X", "name=x", ResolverFault.Refused, 701)]
        [InlineData(false, "88.777.1/X", "name=x", ResolverFault.Denied, -3)]
        [InlineData(true, "none", "name=x", ResolverFault.Refused, 40508)]
        [InlineData(true, Lab.Id, "place=x", ResolverFault.Refused, 601)]
        [InlineData(false, Lab.Id, "place=x", ResolverFault.Refused, -2)]
        public async Task RefusalsKeepTheServicesCode(bool enterprise, string id, string item, ResolverFault fault, int code)
        {
            await using var lab = new Lab();
            using IRegistrar registrar = enterprise ? lab.Enterprise() : lab.Snms();
            ResolverException error = await Assert.ThrowsAsync<ResolverException>(() => registrar.CreateAsync(id, Lab.Items(item)));
            Assert.Equal((fault, code), (error.Fault, error.Code));
            Assert.NotEmpty(error.Hint);
        }

        [Fact]
        public async Task AnItemOrTemplateThatIsNotThereIsRefused()
        {
            await using var lab = new Lab();
            using EnterpriseNodeClient enterprise = lab.Enterprise();
            using SnmsClient snms = lab.Snms();
            RecordItem[] odd = [new(2000, "name", "x"), new(1000, "other", "x")];
            Assert.Equal(601, (await Assert.ThrowsAsync<ResolverException>(() => enterprise.CreateAsync(Lab.Id, odd))).Code);
            Assert.Contains("1000", (await Assert.ThrowsAsync<ResolverException>(() => snms.CreateAsync(Lab.Id, odd))).Message);
            using var lost = new EnterpriseNodeClient(lab.Settings.Enterprise! with { Template = "88.888.888/META_none" }, lab.Settings);
            Assert.Equal(604, (await Assert.ThrowsAsync<ResolverException>(() => lost.CreateAsync(Lab.Id, Lab.Items("name=x")))).Code);
            Assert.Empty(lab.Resolver.Records);
        }

        [Fact]
        public async Task WithoutTheKeyNothingIsWritten()
        {
            await using var lab = new Lab();
            await using var other = new Lab(ownKey: true);
            using var stranger = new EnterpriseNodeClient(lab.Settings.Enterprise! with { KeyFile = other.Settings.Enterprise!.KeyFile }, lab.Settings);
            Assert.Equal(ResolverFault.Denied, await FaultOf(stranger.CreateAsync(Lab.Id, Lab.Items("name=x"))));
            using var unknown = new EnterpriseNodeClient(lab.Settings.Enterprise! with { Application = "88.888.888/App_other" }, lab.Settings);
            Assert.Equal(ResolverFault.Denied, await FaultOf(unknown.CreateAsync(Lab.Id, Lab.Items("name=x"))));
            using var user = new SnmsClient(lab.Settings.Snms! with { PasswordFile = other.Settings.Snms!.PasswordFile }, lab.Settings, lab.Clock);
            Assert.Equal(ResolverFault.Denied, await FaultOf(user.CreateAsync(Lab.Id, Lab.Items("name=x"))));
            Assert.Empty(lab.Resolver.Records);
        }

        [Theory]
        [InlineData(true)]
        [InlineData(false)]
        public async Task ATokenThatIsNoLongerTakenIsFetchedAgain(bool enterprise)
        {
            await using var lab = new Lab();
            using IRegistrar registrar = enterprise ? lab.Enterprise() : lab.Snms();
            await registrar.CreateAsync(Lab.Id, Lab.Items("name=x"));
            lab.Clock.Now += TimeSpan.FromHours(25);
            await registrar.UpdateAsync(Lab.Id, Lab.Items("name=y"));
            Assert.Equal(2, lab.Seen.Count(seen => seen.Action == "login" && seen.Code == 1));
        }

        [Fact]
        public async Task AChallengeServesOnce()
        {
            await using var lab = new Lab();
            using (EnterpriseNodeClient client = lab.Enterprise()) { await client.CreateAsync(Lab.Id, Lab.Items("name=x")); }
            using var key = System.Security.Cryptography.RSA.Create();
            key.ImportFromPem(File.ReadAllText(lab.Settings.Enterprise!.KeyFile));
            using var http = new HttpClient { BaseAddress = lab.Resolver.Enterprise };
            string challenge = System.Text.Json.JsonDocument.Parse(await http.GetStringAsync("api/v1/doip/public/challenge?handle=88.888.888/App_sensors")).RootElement.GetProperty("data").GetString()!;
            string signature = Convert.ToBase64String(key.SignData(Encoding.UTF8.GetBytes(challenge), System.Security.Cryptography.HashAlgorithmName.SHA256, System.Security.Cryptography.RSASignaturePadding.Pkcs1));
            string body = $$"""{"handle":"88.888.888/App_sensors","signature":"{{signature}}"}""";
            Assert.Contains("token", await Post(http, "api/v1/doip/public/verify-response", body));
            Assert.Contains("102", await Post(http, "api/v1/doip/public/verify-response", body));
        }

        [Fact]
        public async Task RecordsOutliveTheResolverInItsFile()
        {
            await using var lab = new Lab();
            using (EnterpriseNodeClient client = lab.Enterprise()) { await client.CreateAsync(Lab.Id, Lab.Items("name=Press 2")); }
            await lab.ResolveAsync();
            await lab.RestartAsync();
            Assert.Equal("2", (await lab.ResolveAsync()).Record.Find("LAB_QUERIES")!.Text);
            using EnterpriseNodeClient again = lab.Enterprise(); // the same key is still known
            await again.DeleteAsync(Lab.Id);
        }

        [Fact]
        public async Task SeveralAtOnceLoseNoRecord()
        {
            await using var lab = new Lab();
            using EnterpriseNodeClient client = lab.Enterprise();
            await client.CreateAsync(Lab.Id, Lab.Items("name=x"));
            await Task.WhenAll(Enumerable.Range(0, 20).Select(i => client.CreateAsync(FormattableString.Invariant($"88.888.888/N-{i:00}"), Lab.Items("name=x"))));
            Assert.Equal(21, lab.Resolver.Records.Count);
        }

        [Theory]
        [InlineData("POST", "api/v1/doip?targetId=88.888.888/x&operationId=0.DOIP/Op.Create", "{")]
        [InlineData("POST", "api/v1/doip?targetId=88.888.888/x&operationId=0.DOIP/Op.Create", "[]")]
        [InlineData("POST", "identityv2/data", """{"handle":5}""")]
        [InlineData("GET", "identityv2/data/detail", null)]
        [InlineData("GET", "%zz?&&==", null)]
        [InlineData("PUT", "nowhere", """{"a":1}""")]
        public async Task NothingSentMakesItFail(string method, string path, string? body)
        {
            await using var lab = new Lab();
            using var http = new HttpClient();
            using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(lab.Resolver.Enterprise, path)) { Content = body is null ? null : new StringContent(body) };
            using HttpResponseMessage answer = await http.SendAsync(request);
            Assert.NotEqual(500, (int)answer.StatusCode);
            Assert.StartsWith("{", await answer.Content.ReadAsStringAsync());
            Assert.Empty(lab.Resolver.Records);
            Assert.False((await lab.ResolveAsync()).IsRegistered); // and it goes on
        }

        [Fact]
        public void AFileOfSomethingElseIsNoStore()
        {
            string file = Path.GetTempFileName();
            try
            {
                File.WriteAllText(file, "{]");
                Assert.Contains("no store", Assert.Throws<FormatException>(() => new LabStore(file)).Message);
            }
            finally
            {
                File.Delete(file);
            }
        }

        private static async Task<string> Post(HttpClient http, string path, string body)
        {
            using HttpResponseMessage answer = await http.PostAsync(new Uri(path, UriKind.Relative), new StringContent(body));
            return await answer.Content.ReadAsStringAsync();
        }

        private static async Task<ResolverFault> FaultOf(Task task) => (await Assert.ThrowsAsync<ResolverException>(() => task)).Fault;

        private static string Name(Uri uri) => uri.GetLeftPart(UriPartial.Authority);
    }
}
