using System;
using System.Security.Cryptography;
using Complete = System.Security.Cryptography.Aes;

namespace NanoFramework.Pc.Device
{
    /// <summary>The device's AES: a key of 128 bits, no padding, whole blocks only; a class one makes, where the PC's is abstract.</summary>
    /// <remarks>The native library takes other keys' lengths for an error and never pads: whoever calls it does both.</remarks>
    public class Aes
    {
        private const int Block = 16;

        public Aes(CipherMode mode)
        {
            Mode = mode;
            if (mode == CipherMode.CBC)
            {
                IV = new byte[Block];
                GenerateIV();
            }
        }

        public CipherMode Mode { get; set; }

        public byte[]? Key { get; set; }

        public byte[]? IV { get; set; }

        public void GenerateIV() => RandomNumberGenerator.Fill(IV!);

        public byte[] Encrypt(byte[] data) => Crypt(data, true);

        public byte[] Decrypt(byte[] data) => Crypt(data, false);

        private byte[] Crypt(byte[] data, bool encrypts)
        {
            if (Key == null)
            {
                throw new InvalidOperationException();
            }

            if (data.Length % Block != 0 || Key.Length != Block)
            {
                throw new ArgumentException();
            }

            using Complete aes = Complete.Create();
            aes.Key = Key;
            switch (Mode)
            {
                case CipherMode.CBC:
                    return encrypts ? aes.EncryptCbc(data, IV!, PaddingMode.None) : aes.DecryptCbc(data, IV!, PaddingMode.None);
                case CipherMode.ECB:
                    return encrypts ? aes.EncryptEcb(data, PaddingMode.None) : aes.DecryptEcb(data, PaddingMode.None);
                default:
                    throw new NotSupportedException();
            }
        }
    }
}
