using System;
using System.Linq;
using System.Text;
using Device = NanoFramework.Pc.Device;

namespace Sensors.Pairing.Tests.Keys
{
    /// <summary>The primitives give what their standards publish.</summary>
    public class PublishedVectorTests
    {
        // RFC 4231, 4.2 to 4.4, 4.7, 4.8
        [Theory]
        [InlineData("0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b", "4869205468657265", "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7")]
        [InlineData("4a656665", "7768617420646f2079612077616e7420666f72206e6f7468696e673f", "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")]
        [InlineData(
            "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
            "dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd",
            "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe")]
        [InlineData(
            "0102030405060708090a0b0c0d0e0f10111213141516171819",
            "cdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcd",
            "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b")]
        public void Hmac_of_RFC_4231(string key, string message, string code) => Assert.Equal(code, Hex(Hmac.Compute(Bytes(key), Bytes(message))));

        [Fact]
        public void Hmac_of_RFC_4231_with_a_key_longer_than_a_block()
        {
            byte[] key = Enumerable.Repeat((byte)0xaa, 131).ToArray();
            Assert.Equal(
                "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54",
                Hex(Hmac.Compute(key, Encoding.ASCII.GetBytes("Test Using Larger Than Block-Size Key - Hash Key First"))));
        }

        // RFC 5869, A.1 to A.3; the last has no salt, which stands for a block of zeros
        [Theory]
        [InlineData(
            "0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b",
            "000102030405060708090a0b0c",
            "f0f1f2f3f4f5f6f7f8f9",
            "077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5",
            "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865")]
        [InlineData(
            "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f202122232425262728292a2b2c2d2e2f303132333435363738393a3b3c3d3e3f404142434445464748494a4b4c4d4e4f",
            "606162636465666768696a6b6c6d6e6f707172737475767778797a7b7c7d7e7f808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9fa0a1a2a3a4a5a6a7a8a9aaabacadaeaf",
            "b0b1b2b3b4b5b6b7b8b9babbbcbdbebfc0c1c2c3c4c5c6c7c8c9cacbcccdcecfd0d1d2d3d4d5d6d7d8d9dadbdcdddedfe0e1e2e3e4e5e6e7e8e9eaebecedeeeff0f1f2f3f4f5f6f7f8f9fafbfcfdfeff",
            "06a6b88c5853361a06104c9ceb35b45cef760014904671014a193f40c15fc244",
            "b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c59045a99cac7827271cb41c65e590e09da3275600c2f09b8367793a9aca3db71cc30c58179ec3e87c14c01d5c1f3434f1d87")]
        [InlineData(
            "0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b",
            "0000000000000000000000000000000000000000000000000000000000000000",
            "",
            "19ef24a32c717b167f33a91d6f648bdf96596776afdb6377ac434c1c293ccb04",
            "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8")]
        public void Hkdf_of_RFC_5869(string secret, string salt, string purpose, string key, string keys)
        {
            byte[] extracted = Hmac.Extract(Bytes(salt), Bytes(secret));
            Assert.Equal(key, Hex(extracted));
            Assert.Equal(keys, Hex(Hmac.Expand(extracted, Bytes(purpose), keys.Length / 2)));
        }

        // RFC 7914, 11
        [Theory]
        [InlineData("passwd", "salt", 1, "55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc49ca9cccf179b645991664b39d77ef317c71b845b1e30bd509112041d3a19783")]
        [InlineData("Password", "NaCl", 80000, "4ddcd8f60b98be21830cee5ef22701f9641a4418d04c0414aeff08876b34ab56a1d425a1225833549adb841b51c9b3176a272bdebba1d078478f62b397f33c8d")]
        public void Pbkdf2_of_RFC_7914(string password, string salt, int iterations, string key)
        {
            Assert.Equal(key, Hex(Hmac.Stretch(Encoding.ASCII.GetBytes(password), Encoding.ASCII.GetBytes(salt), iterations, 64)));
        }

        // NIST SP 800-38A, F.2.1 and F.2.2
        [Fact]
        public void Aes_of_SP_800_38A()
        {
            byte[] key = Bytes("2b7e151628aed2a6abf7158809cf4f3c");
            byte[] iv = Bytes("000102030405060708090a0b0c0d0e0f");
            byte[] text = Bytes("6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e5130c81c46a35ce411e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c3710");
            const string Cipher = "7649abac8119b246cee98e9b12e9197d5086cb9b507219ee95db113a917678b273bed6b8e3c1743b7116e69e222295163ff1caa1681fac09120eca307586e1a7";
            Assert.Equal(Cipher, Hex(BlockCipher.Encrypt(key, iv, text)));
            Assert.Equal(Hex(text), Hex(BlockCipher.Decrypt(key, iv, Bytes(Cipher))));
        }

        // As nf-interpreter's library: whole blocks, no padding, 128 bits.
        [Fact]
        public void The_stand_in_for_the_devices_AES_refuses_what_the_device_refuses()
        {
            var aes = new Device.Aes(System.Security.Cryptography.CipherMode.CBC);
            Assert.Equal(16, aes.IV!.Length);
            Assert.Throws<InvalidOperationException>(() => aes.Encrypt(new byte[16]));
            aes.Key = new byte[16];
            Assert.Equal(32, aes.Encrypt(new byte[32]).Length);
            Assert.Throws<ArgumentException>(() => aes.Encrypt(new byte[17]));
            aes.Key = new byte[32];
            Assert.Throws<ArgumentException>(() => aes.Encrypt(new byte[16]));
            aes = new Device.Aes(System.Security.Cryptography.CipherMode.ECB) { Key = Bytes("2b7e151628aed2a6abf7158809cf4f3c") };
            byte[] block = aes.Encrypt(Bytes("6bc1bee22e409f96e93d7e117393172a"));
            Assert.Equal("3ad77bb40d7a3660a89ecaf32466ef97", Hex(block)); // SP 800-38A, F.1.1
            Assert.Equal("6bc1bee22e409f96e93d7e117393172a", Hex(aes.Decrypt(block)));
            Assert.Throws<NotSupportedException>(() => new Device.Aes(System.Security.Cryptography.CipherMode.CFB) { Key = new byte[16] }.Encrypt(new byte[16]));
        }

        private static byte[] Bytes(string hex) => Convert.FromHexString(hex);

        private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);
    }
}
