using System;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Complete = System.Security.Cryptography.X509Certificates.X509Certificate2;

namespace NanoFramework.Pc.Device
{
    /// <summary>The device's certificate: DER, or PEM with a zero byte behind it as mbedTLS wants it, and the key beside it.</summary>
    public class X509Certificate2 : Complete
    {
        private const byte PemBegin = (byte)'-';

        private readonly byte[] _rawData;
        private readonly byte[]? _key;

#pragma warning disable SYSLIB0057 // The loader that takes the constructors' place makes no derived object.
        public X509Certificate2(byte[] rawData)
            : base(ToDer(rawData))
        {
            _rawData = rawData;
        }

        public X509Certificate2(byte[] rawData, byte[] key, string? password)
            : base(WithKey(rawData, key, password), (string?)null)
        {
            _rawData = rawData;
            _key = key;
        }
#pragma warning restore SYSLIB0057

        public X509Certificate2(string certificate)
            : this(Terminated(certificate))
        {
        }

        public X509Certificate2(byte[] rawData, string key, string? password)
            : this(rawData, Terminated(key), password)
        {
        }

        public X509Certificate2(string rawData, string key, string? password)
            : this(Terminated(rawData), Terminated(key), password)
        {
        }

        public new bool HasPrivateKey => _key != null;

        public new byte[]? PrivateKey => _key;

        public new byte[] PublicKey => _rawData;

        public new byte[] RawData => _rawData;

        /// <summary>Gets the first moment, UTC: the device knows no other time.</summary>
        public new System.DateTime NotBefore => base.NotBefore.ToUniversalTime();

        /// <summary>Gets the last moment, UTC.</summary>
        public new System.DateTime NotAfter => base.NotAfter.ToUniversalTime();

        private static byte[] Terminated(string text) => Encoding.UTF8.GetBytes(text + '\0');

        private static byte[] ToDer(byte[] data)
        {
            if (data.Length == 0 || data[0] != PemBegin)
            {
                return data;
            }

            string pem = Text(data);
            return PemEncoding.TryFind(pem, out PemFields fields)
                ? Convert.FromBase64String(pem[fields.Base64Data])
                : throw new ArgumentException("This is no certificate.");
        }

        private static byte[] WithKey(byte[] certificate, byte[] key, string? password)
        {
            string pem = new(PemEncoding.Write("CERTIFICATE", ToDer(certificate)));
            using Complete complete = string.IsNullOrEmpty(password)
                ? CreateFromPem(pem, Text(key))
                : CreateFromEncryptedPem(pem, Text(key), password);
            return complete.Export(X509ContentType.Pkcs12);
        }

        private static string Text(byte[] pem) => pem.Length > 0 && pem[^1] == 0
            ? Encoding.UTF8.GetString(pem, 0, pem.Length - 1)
            : throw new ArgumentException("PEM without its terminator: the device's library takes it for DER.");
    }
}
