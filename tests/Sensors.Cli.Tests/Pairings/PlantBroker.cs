using System;
using System.Globalization;
using System.IO;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Threading.Tasks;
using Sensors.Mqtt;

namespace Sensors.Cli.Tests.Pairings
{
    /// <summary>The plant's broker, as strict as a test wants it, and a folder for what goes with it.</summary>
    internal sealed class PlantBroker : IAsyncDisposable
    {
        public const string User = "node1";
        public const string Password = "sw0rdfish-secret";

        private readonly MqttBroker _broker;

        private PlantBroker(MqttBrokerOptions options, string folder)
        {
            Folder = folder;
            _broker = new MqttBroker(options);
            _broker.Start(new IPEndPoint(IPAddress.Loopback, 0));
        }

        public string Folder { get; }

        public string Address => "127.0.0.1:" + _broker.BoundPort.ToString(CultureInfo.InvariantCulture);

        public static PlantBroker Open() => new(new MqttBrokerOptions(), NewFolder());

        public static PlantBroker WithLogin() => new(
            new MqttBrokerOptions
            {
                Authenticate = who => who.Packet.UserName == User && who.Packet.Password is { } password && Encoding.UTF8.GetString(password.Span) == Password
                    ? ConnectReturnCode.Accepted
                    : ConnectReturnCode.BadUserNameOrPassword,
            },
            NewFolder());

        /// <summary>A broker with TLS: <c>ca.pem</c> in the folder is its authority, <c>other.pem</c> another one.</summary>
        /// <param name="from">Days from now until its certificates are valid.</param>
        public static PlantBroker WithTls(double from = -2)
        {
            string folder = NewFolder();
            DateTimeOffset begin = DateTimeOffset.UtcNow.AddDays(from);
            using X509Certificate2 authority = Authority("Plant", begin);
            using X509Certificate2 other = Authority("Other", begin);
            File.WriteAllText(Path.Combine(folder, "ca.pem"), authority.ExportCertificatePem());
            File.WriteAllText(Path.Combine(folder, "other.pem"), other.ExportCertificatePem());
            return new PlantBroker(new MqttBrokerOptions { Certificate = Issue(authority, begin) }, folder);
        }

        public string At(string name) => Path.Combine(Folder, name);

        /// <summary>Lets another board be online under an identifier, as the broker has it retained.</summary>
        public void PutOnline(string id) => _broker.Publish(
            $"sensors/v1/{id}/status",
            Encoding.ASCII.GetBytes($$$"""{"id":"{{{id}}}","status":"online","epoch":{{{(4711L << 20) + 3}}},"ts":1763600000000,"clock":"synced","firmware":"0.1.0","uptime":60,"queued":0,"dropped":0,"reconnects":0,"faults":0}"""),
            MqttQos.AtLeastOnce,
            retain: true);

        public async ValueTask DisposeAsync()
        {
            await _broker.DisposeAsync();
            Directory.Delete(Folder, recursive: true);
        }

        private static string NewFolder() => Directory.CreateTempSubdirectory("sensorctl-pair-").FullName;

        private static X509Certificate2 Authority(string name, DateTimeOffset begin)
        {
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            var request = new CertificateRequest("CN=" + name, key, HashAlgorithmName.SHA256);
            request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
            return request.CreateSelfSigned(begin, begin.AddDays(10));
        }

        private static X509Certificate2 Issue(X509Certificate2 authority, DateTimeOffset begin)
        {
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            var request = new CertificateRequest("CN=broker", key, HashAlgorithmName.SHA256);
            var names = new SubjectAlternativeNameBuilder();
            names.AddIpAddress(IPAddress.Loopback);
            request.CertificateExtensions.Add(names.Build());
            using X509Certificate2 issued = request.Create(authority, begin.AddHours(1), begin.AddDays(5), Guid.NewGuid().ToByteArray());
            using X509Certificate2 withKey = issued.CopyWithPrivateKey(key);
            return X509CertificateLoader.LoadPkcs12(withKey.Export(X509ContentType.Pkcs12), null);
        }
    }
}
