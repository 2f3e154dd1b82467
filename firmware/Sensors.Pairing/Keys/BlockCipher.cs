using System.Security.Cryptography;
#if NETNANO1_0
using Aes = System.Security.Cryptography.Aes;
#else
using Aes = NanoFramework.Pc.Device.Aes; // the PC's own is abstract, and pads
#endif

namespace Sensors.Pairing
{
    /// <summary>AES-128 in CBC mode (FIPS 197, NIST SP 800-38A) over whole blocks. The device's library does not pad: the caller does.</summary>
    internal static class BlockCipher
    {
        internal const int Block = 16;

        internal static byte[] Encrypt(byte[] key, byte[] iv, byte[] blocks)
        {
            return Make(key, iv).Encrypt(blocks);
        }

        internal static byte[] Decrypt(byte[] key, byte[] iv, byte[] blocks)
        {
            return Make(key, iv).Decrypt(blocks);
        }

        private static Aes Make(byte[] key, byte[] iv)
        {
            Aes aes = new Aes(CipherMode.CBC);
            aes.Key = key;
            aes.IV = iv;
            return aes;
        }
    }
}
