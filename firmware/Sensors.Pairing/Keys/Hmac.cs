using System;
using System.Security.Cryptography;

namespace Sensors.Pairing
{
    /// <summary>HMAC-SHA256 (RFC 2104, FIPS 180-4), and what is made of nothing else: PBKDF2 (RFC 8018, 5.2) and HKDF (RFC 5869).</summary>
    /// <remarks>The one primitive is the device's own, in native code. It takes whole arrays, so what is authenticated lies in an array of its own.</remarks>
    public static class Hmac
    {
        /// <summary>Bytes of a code.</summary>
        public const int Length = 32;

        /// <summary>Computes the code of a message.</summary>
        /// <param name="key">The key, 1 byte or more.</param>
        /// <param name="message">The message.</param>
        /// <returns><see cref="Length"/> bytes.</returns>
        public static byte[] Compute(byte[] key, byte[] message)
        {
            return HMACSHA256.HashData(key, message);
        }

        /// <summary>Compares in a time that tells nothing of where two arrays differ.</summary>
        /// <param name="one">An array.</param>
        /// <param name="other">Another, whose length is no secret.</param>
        /// <returns>True when both hold the same bytes.</returns>
        public static bool AreSame(byte[] one, byte[] other)
        {
            return AreSame(one, other, 0, other.Length);
        }

        /// <summary>Compares with a part of an array, in a time that tells nothing of where they differ.</summary>
        /// <param name="one">An array.</param>
        /// <param name="other">Holds what it is compared with.</param>
        /// <param name="at">Index of the first byte.</param>
        /// <param name="count">How many bytes.</param>
        /// <returns>True when they are the same.</returns>
        public static bool AreSame(byte[] one, byte[] other, int at, int count)
        {
            if (one.Length != count)
            {
                return false;
            }

            int different = 0;
            for (int i = 0; i < count; i++)
            {
                different |= one[i] ^ other[at + i];
            }

            return different == 0;
        }

        /// <summary>Derives a key from a word that people type: PBKDF2-HMAC-SHA256.</summary>
        /// <param name="password">The word, 1 byte or more.</param>
        /// <param name="salt">What makes the same word another key elsewhere.</param>
        /// <param name="iterations">How dear a guess is, in HMACs: 1 or more.</param>
        /// <param name="length">Bytes of the key.</param>
        /// <returns>The key.</returns>
        public static byte[] Stretch(byte[] password, byte[] salt, int iterations, int length)
        {
            byte[] key = new byte[length];
            byte[] first = new byte[salt.Length + 4];
            Array.Copy(salt, 0, first, 0, salt.Length);
            for (int at = 0, block = 1; at < length; at += Length, block++)
            {
                BigEndian.Put(first, salt.Length, (uint)block);
                byte[] next = Compute(password, first);
                byte[] sum = next;
                for (int i = 1; i < iterations; i++)
                {
                    next = Compute(password, next);
                    sum = i == 1 ? Sum(sum, next) : AddTo(sum, next);
                }

                Array.Copy(sum, 0, key, at, length - at < Length ? length - at : Length);
            }

            return key;
        }

        /// <summary>Concentrates what is secret into a key: HKDF-Extract.</summary>
        /// <param name="salt">Known to anybody, 1 byte or more.</param>
        /// <param name="secret">What is secret.</param>
        /// <returns>A key of <see cref="Length"/> bytes.</returns>
        public static byte[] Extract(byte[] salt, byte[] secret)
        {
            return Compute(salt, secret);
        }

        /// <summary>Makes keys of a key: HKDF-Expand.</summary>
        /// <param name="key">What <see cref="Extract"/> gave.</param>
        /// <param name="purpose">What they are for.</param>
        /// <param name="length">Bytes of all of them, 1 to 8,160.</param>
        /// <returns>The keys, one behind the other.</returns>
        public static byte[] Expand(byte[] key, byte[] purpose, int length)
        {
            byte[] keys = new byte[length];
            byte[] before = new byte[0];
            for (int at = 0, block = 1; at < length; at += Length, block++)
            {
                byte[] message = new byte[before.Length + purpose.Length + 1];
                Array.Copy(before, 0, message, 0, before.Length);
                Array.Copy(purpose, 0, message, before.Length, purpose.Length);
                message[message.Length - 1] = (byte)block;
                before = Compute(key, message);
                Array.Copy(before, 0, keys, at, length - at < Length ? length - at : Length);
            }

            return keys;
        }

        private static byte[] Sum(byte[] one, byte[] other)
        {
            byte[] sum = new byte[Length];
            Array.Copy(one, 0, sum, 0, Length);
            return AddTo(sum, other);
        }

        private static byte[] AddTo(byte[] sum, byte[] other)
        {
            for (int i = 0; i < Length; i++)
            {
                sum[i] ^= other[i];
            }

            return sum;
        }
    }
}
