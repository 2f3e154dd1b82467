using System;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Sensors.Node.Tests.Firmware
{
    /// <summary>Certificates made for a test, as PEM.</summary>
    internal sealed class Certificates : IDisposable
    {
        private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

        public Certificates(DateTimeOffset? from = null, DateTimeOffset? to = null)
        {
            var request = new CertificateRequest("CN=Test authority " + Guid.NewGuid(), _key, HashAlgorithmName.SHA256);
            request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
            Authority = request.CreateSelfSigned(from ?? DateTimeOffset.UtcNow.AddDays(-900), to ?? DateTimeOffset.UtcNow.AddDays(900));
        }

        public X509Certificate2 Authority { get; }

        public byte[] AuthorityPem => Encoding.ASCII.GetBytes(Authority.ExportCertificatePem());

        /// <summary>Issues a certificate for 127.0.0.1 and a name.</summary>
        public Issued Issue(string name, DateTimeOffset? from = null, DateTimeOffset? to = null)
        {
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            var request = new CertificateRequest("CN=" + name, key, HashAlgorithmName.SHA256);
            var names = new SubjectAlternativeNameBuilder();
            names.AddDnsName(name);
            names.AddIpAddress(IPAddress.Loopback);
            request.CertificateExtensions.Add(names.Build());
            using X509Certificate2 issued = request.Create(
                Authority, from ?? DateTimeOffset.UtcNow.AddDays(-800), to ?? DateTimeOffset.UtcNow.AddDays(800), Guid.NewGuid().ToByteArray());
            using X509Certificate2 withKey = issued.CopyWithPrivateKey(key);
            return new Issued(
                X509CertificateLoader.LoadPkcs12(withKey.Export(X509ContentType.Pkcs12), null),
                Encoding.ASCII.GetBytes(issued.ExportCertificatePem()),
                Encoding.ASCII.GetBytes(key.ExportPkcs8PrivateKeyPem()));
        }

        public void Dispose()
        {
            Authority.Dispose();
            _key.Dispose();
        }

        internal sealed record Issued(X509Certificate2 Certificate, byte[] Pem, byte[] KeyPem);
    }
}
