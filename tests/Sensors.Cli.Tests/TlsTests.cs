using System;
using System.IO;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Threading.Tasks;
using Sensors.Cli.Tests.Support;
using Sensors.Mqtt;

namespace Sensors.Cli.Tests
{
    /// <summary>A virtual node, and the command that shows what it sends, at a broker that takes nobody without a certificate.</summary>
    public sealed class TlsTests : IDisposable
    {
        private readonly string _folder = Directory.CreateTempSubdirectory("sensorctl-tls-").FullName;

        public void Dispose() => Directory.Delete(_folder, recursive: true);

        [Fact]
        public async Task A_node_with_certificates_delivers_to_a_broker_that_demands_them()
        {
            using X509Certificate2 authority = MakeAuthority();
            Issue(authority, "node");
            await using var broker = new MqttBroker(new MqttBrokerOptions { Certificate = Issue(authority, "edge"), ClientCertificateAuthority = authority });
            broker.Start(new IPEndPoint(IPAddress.Loopback, 0));
            var host = new TestHost { Nodes = node => node with { Pace = 5 } };
            await host.RunUntilAsync(
                () => host.Out.Contains("\"point\":\"vib1\"", StringComparison.Ordinal),
                "run", "--broker", "127.0.0.1:" + broker.BoundPort, "--interval", "1", "--json",
                "--tls-ca", File("ca.pem"), "--tls-cert", File("node.pem"), "--tls-key", File("node.key"));
            Assert.Contains("\"status\":\"online\"", host.Error);
            Assert.Contains("\"point\":\"vib1\"", host.Out);
        }

        [Theory]
        [InlineData("S106", "--tls-cert", "x", "--tls-key", "y")]
        [InlineData("S106", "--tls-ca", "x", "--tls-key", "y")]
        [InlineData("S208", "--tls-ca", "no-such-file")]
        public async Task What_does_not_go_together_is_told(string code, params string[] options)
        {
            var host = new TestHost();
            Assert.NotEqual(0, await host.RunAsync(["run", "--broker", "127.0.0.1:1", .. options]));
            Assert.Contains(code, host.Error);
        }

        [Fact]
        public async Task A_file_that_holds_no_certificate_is_told_and_not_shown()
        {
            await System.IO.File.WriteAllTextAsync(File("ca.pem"), "hunter2", TestContext.Current.CancellationToken);
            var host = new TestHost();
            Assert.NotEqual(0, await host.RunAsync("run", "--broker", "127.0.0.1:1", "--tls-ca", File("ca.pem")));
            Assert.Contains("S208", host.Error);
            Assert.DoesNotContain("hunter2", host.Error);
        }

        private string File(string name) => Path.Combine(_folder, name);

        private X509Certificate2 MakeAuthority()
        {
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            var request = new CertificateRequest("CN=Test authority", key, HashAlgorithmName.SHA256);
            request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
            X509Certificate2 authority = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-2), DateTimeOffset.UtcNow.AddDays(2));
            System.IO.File.WriteAllText(File("ca.pem"), authority.ExportCertificatePem());
            return authority;
        }

        private X509Certificate2 Issue(X509Certificate2 authority, string name)
        {
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            var request = new CertificateRequest("CN=" + name, key, HashAlgorithmName.SHA256);
            var names = new SubjectAlternativeNameBuilder();
            names.AddIpAddress(IPAddress.Loopback);
            request.CertificateExtensions.Add(names.Build());
            using X509Certificate2 issued = request.Create(authority, DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1), Guid.NewGuid().ToByteArray());
            System.IO.File.WriteAllText(File(name + ".pem"), issued.ExportCertificatePem());
            System.IO.File.WriteAllText(File(name + ".key"), key.ExportPkcs8PrivateKeyPem());
            using X509Certificate2 withKey = issued.CopyWithPrivateKey(key);
            return X509CertificateLoader.LoadPkcs12(withKey.Export(X509ContentType.Pkcs12), null);
        }
    }
}
