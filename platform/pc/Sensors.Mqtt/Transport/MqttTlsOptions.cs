using System;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Sensors.Mqtt
{
    /// <summary>How a client secures its connection.</summary>
    public sealed record MqttTlsOptions
    {
        /// <summary>Gets the certificate authority to trust; null trusts those of the operating system.</summary>
        public X509Certificate2? CaCertificate { get; init; }

        /// <summary>Gets the client's own certificate with its private key; null sends none.</summary>
        public X509Certificate2? ClientCertificate { get; init; }

        /// <summary>Gets the name the server's certificate must bear; null means the host connected to.</summary>
        public string? ServerName { get; init; }

        /// <summary>Gets a value indicating whether the server's certificate is checked. False is for laboratories.</summary>
        public bool ValidateServer { get; init; } = true;

        /// <summary>Gets the versions of TLS offered; none leaves it to the operating system.</summary>
        public SslProtocols Protocols { get; init; } = SslProtocols.None;

        /// <summary>Gets the time certificates are judged by, UTC, for a client whose clock is its own; null for now.</summary>
        public DateTime? Now { get; init; }

        internal SslClientAuthenticationOptions ToSslOptions(string host)
        {
            var options = new SslClientAuthenticationOptions
            {
                TargetHost = ServerName ?? host,
                EnabledSslProtocols = Protocols,
                CertificateRevocationCheckMode = X509RevocationMode.NoCheck, // an edge network reaches no revocation server
            };
            if (ClientCertificate is not null)
            {
                options.ClientCertificates = [ClientCertificate];
            }

            if (!ValidateServer)
            {
                options.RemoteCertificateValidationCallback = static (_, _, _, _) => true;
            }
            else if (CaCertificate is not null || Now is not null)
            {
                options.CertificateChainPolicy = new X509ChainPolicy { RevocationMode = X509RevocationMode.NoCheck };
                if (CaCertificate is not null)
                {
                    options.CertificateChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
                    options.CertificateChainPolicy.CustomTrustStore.Add(CaCertificate);
                }

                if (Now is { } now)
                {
                    options.CertificateChainPolicy.VerificationTime = now;
                }
            }

            return options;
        }
    }
}
