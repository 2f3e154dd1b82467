using System;
using System.CommandLine;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Sensors.Cli.Errors;
using Sensors.Cli.Parsing;
using Sensors.Cli.VirtualNodes;
using Sensors.Mqtt;

namespace Sensors.Cli.Options
{
    /// <summary>TLS to the broker: <c>--tls-ca</c>, <c>--tls-cert</c>, <c>--tls-key</c>, for virtual nodes and for the command itself.</summary>
    internal sealed class TlsOptions
    {
        private readonly Option<string> _authority;
        private readonly Option<string> _certificate;
        private readonly Option<string> _key;

        public TlsOptions(Command command, ParseContext context)
        {
            _authority = context.Create("--tls-ca", "file", "Connect by TLS, and check the broker's certificate against this one (PEM).", Values.Text);
            _certificate = context.Create("--tls-cert", "file", "Certificate to show to the broker (PEM), with --tls-key.", Values.Text);
            _key = context.Create("--tls-key", "file", "Private key of --tls-cert (PEM).", Values.Text);
            command.Options.Add(_authority);
            command.Options.Add(_certificate);
            command.Options.Add(_key);
        }

        /// <summary>Reads the files.</summary>
        /// <returns>Null for a plain connection.</returns>
        public NodeTls? Read(ParseResult parsed)
        {
            Option<string>[] given = [.. new[] { _authority, _certificate, _key }.Where(option => parsed.GetValue(option) is not null)];
            if (given.Length == 0)
            {
                return null;
            }

            if (!given.Contains(_authority))
            {
                throw ErrorTable.Conflict.Because($"{given[0].Name} is given without --tls-ca.", "add --tls-ca <file>: the broker's certificate is checked against it.", given[0].Name);
            }

            if (given.Contains(_certificate) != given.Contains(_key))
            {
                throw ErrorTable.Conflict.Because("--tls-cert and --tls-key go together.", "give both, or neither.");
            }

            return new NodeTls
            {
                Authority = ReadFile(parsed.GetValue(_authority)!),
                Certificate = parsed.GetValue(_certificate) is { } certificate ? ReadFile(certificate) : null,
                Key = parsed.GetValue(_key) is { } key ? ReadFile(key) : null,
            };
        }

        /// <summary>Makes of it what the command's own connection takes.</summary>
        /// <exception cref="CliException">A file holds no certificate, or no key of it.</exception>
        public static MqttTlsOptions? ForClient(NodeTls? tls)
        {
            if (tls is null)
            {
                return null;
            }

            try
            {
                return new MqttTlsOptions
                {
                    CaCertificate = X509Certificate2.CreateFromPem(Encoding.ASCII.GetString(tls.Authority)),
                    ClientCertificate = tls.Certificate is null ? null : Complete(tls.Certificate, tls.Key!),
                };
            }
            catch (CryptographicException error)
            {
                // Never what is in the file: it may be a key.
                throw ErrorTable.BadCertificate.Because("A certificate or its key cannot be read.", "give PEM files, the key unencrypted and of that certificate.", null, error);
            }
        }

        private static X509Certificate2 Complete(byte[] certificate, byte[] key)
        {
            using var pair = X509Certificate2.CreateFromPem(Encoding.ASCII.GetString(certificate), Encoding.ASCII.GetString(key));
            return X509CertificateLoader.LoadPkcs12(pair.Export(X509ContentType.Pkcs12), null); // a key that only memory has is not taken everywhere
        }

        private static byte[] ReadFile(string file)
        {
            try
            {
                return File.ReadAllBytes(file);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                throw ErrorTable.BadCertificate.Because($"The file {file} cannot be read: {error.Message}", "name a file that exists and that you may read.", file, error);
            }
        }
    }
}
