using System;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Threading.Tasks;

namespace Sensors.Mqtt.Tests.Broker
{
    /// <summary>TLS both ways, with certificates made for the test.</summary>
    public class TlsTests
    {
        private static readonly X509Certificate2 Authority = MakeAuthority("CN=Test authority");
        private static readonly X509Certificate2 Server = Issue("localhost");
        private static readonly X509Certificate2 Client = Issue("node-1");

        [Fact]
        public async Task A_server_of_the_trusted_authority_is_accepted()
        {
            await using var broker = new TestBroker(new MqttBrokerOptions { Certificate = Server });
            int seen = 0;
            await using MqttClient client = Make(broker, new MqttTlsOptions { CaCertificate = Authority });
            client.MessageReceived = _ => seen++;
            await client.ConnectAsync(TestContext.Current.CancellationToken);
            await client.SubscribeAsync("a", MqttQos.ExactlyOnce, TestContext.Current.CancellationToken);
            await client.PublishAsync("a", new byte[200_000], MqttQos.ExactlyOnce, cancellation: TestContext.Current.CancellationToken);
            await TestBroker.Until(() => seen == 1);
        }

        [Fact]
        public async Task Another_authority_or_name_is_refused()
        {
            await using var broker = new TestBroker(new MqttBrokerOptions { Certificate = Server });
            foreach (MqttTlsOptions tls in new[]
            {
                new MqttTlsOptions { CaCertificate = MakeAuthority("CN=Somebody else") },
                new MqttTlsOptions { CaCertificate = Authority, ServerName = "other.example" },
                new MqttTlsOptions(), // the operating system's authorities do not know ours
            })
            {
                await using MqttClient client = Make(broker, tls);
                await Assert.ThrowsAsync<MqttConnectionException>(() => client.ConnectAsync(TestContext.Current.CancellationToken));
            }

            await using MqttClient careless = Make(broker, new MqttTlsOptions { ValidateServer = false });
            await careless.ConnectAsync(TestContext.Current.CancellationToken);
        }

        [Fact]
        public async Task A_client_certificate_can_be_demanded()
        {
            string? subject = null;
            await using var broker = new TestBroker(new MqttBrokerOptions
            {
                Certificate = Server,
                ClientCertificateAuthority = Authority,
                OnConnect = r => subject = r.ClientCertificate?.Subject,
            });
            await using MqttClient known = Make(broker, new MqttTlsOptions { CaCertificate = Authority, ClientCertificate = Client });
            await known.ConnectAsync(TestContext.Current.CancellationToken);
            Assert.Equal("CN=node-1", subject);
            await using MqttClient unknown = Make(broker, new MqttTlsOptions { CaCertificate = Authority });
            await Assert.ThrowsAsync<MqttConnectionException>(() => unknown.ConnectAsync(TestContext.Current.CancellationToken));
        }

        [Fact]
        public async Task A_client_without_TLS_is_closed()
        {
            await using var broker = new TestBroker(new MqttBrokerOptions { Certificate = Server });
            using var client = new RawClient(broker.Port);
            client.Send(RawClient.ConnectBytes("plain"));
            try
            {
                while (true)
                {
                    client.Read(1); // an alert may come before the end
                }
            }
            catch (Exception e) when (e is System.IO.EndOfStreamException or System.Net.Sockets.SocketException)
            {
                await TestBroker.Until(() => broker.Broker.Counters.Connections == 0);
            }
        }

        private static MqttClient Make(TestBroker broker, MqttTlsOptions tls) =>
            new(new MqttClientOptions { Host = "localhost", Port = broker.Port, Tls = tls, ClientId = "tls" });

        private static X509Certificate2 MakeAuthority(string name)
        {
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256);
            request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
            return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        }

        private static X509Certificate2 Issue(string name)
        {
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            var request = new CertificateRequest("CN=" + name, key, HashAlgorithmName.SHA256);
            var names = new SubjectAlternativeNameBuilder();
            names.AddDnsName(name);
            names.AddIpAddress(IPAddress.Loopback);
            request.CertificateExtensions.Add(names.Build());
            using X509Certificate2 issued = request.Create(
                Authority, DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddHours(1), Guid.NewGuid().ToByteArray());
            using X509Certificate2 withKey = issued.CopyWithPrivateKey(key);
            return X509CertificateLoader.LoadPkcs12(withKey.Export(X509ContentType.Pkcs12), null);
        }
    }
}
