using System;

namespace Sensors.Pairing
{
    /// <summary>One message, encrypted and authenticated: counter u32 big-endian, IV 16, AES-128-CBC of the padded text, HMAC-SHA256 over all before it 32.</summary>
    public static class PairingFrame
    {
        /// <summary>The most bytes of a message.</summary>
        public const int MostText = 6144;

        /// <summary>The least bytes of a frame: a message of one block.</summary>
        public const int Shortest = Head + BlockCipher.Block + Hmac.Length;

        /// <summary>The most bytes of a frame.</summary>
        public const int Longest = Head + MostText + BlockCipher.Block + Hmac.Length;

        internal const int CounterLength = 4;
        internal const int Head = CounterLength + BlockCipher.Block;

        /// <summary>Makes a frame.</summary>
        /// <param name="cipherKey">The sender's key for AES.</param>
        /// <param name="macKey">The sender's key for the HMAC.</param>
        /// <param name="counter">Its number, higher than any before in this direction.</param>
        /// <param name="iv">16 bytes that nobody can foretell.</param>
        /// <param name="text">Holds the message from index 0.</param>
        /// <param name="count">Bytes of the message, 1 to <see cref="MostText"/>.</param>
        /// <returns>The frame.</returns>
        internal static byte[] Seal(byte[] cipherKey, byte[] macKey, uint counter, byte[] iv, byte[] text, int count)
        {
            int pad = BlockCipher.Block - (count % BlockCipher.Block); // PKCS#7: 1 to 16 bytes, each their number
            byte[] padded = new byte[count + pad];
            Array.Copy(text, 0, padded, 0, count);
            for (int i = count; i < padded.Length; i++)
            {
                padded[i] = (byte)pad;
            }

            padded = BlockCipher.Encrypt(cipherKey, iv, padded);
            byte[] told = new byte[Head + padded.Length];
            BigEndian.Put(told, 0, counter);
            Array.Copy(iv, 0, told, CounterLength, iv.Length);
            Array.Copy(padded, 0, told, Head, padded.Length);
            byte[] mac = Hmac.Compute(macKey, told);
            byte[] frame = new byte[told.Length + Hmac.Length];
            Array.Copy(told, 0, frame, 0, told.Length);
            Array.Copy(mac, 0, frame, told.Length, mac.Length);
            return frame;
        }

        /// <summary>Opens a frame. Nothing of it is looked at before it is known to be the sender's, but its length.</summary>
        /// <param name="cipherKey">The sender's key for AES.</param>
        /// <param name="macKey">The sender's key for the HMAC.</param>
        /// <param name="last">The highest number accepted in this direction.</param>
        /// <param name="frame">Holds the frame from index 0.</param>
        /// <param name="count">Bytes of the frame.</param>
        /// <returns>The message; null when it is none, altered, or not newer.</returns>
        internal static byte[] Open(byte[] cipherKey, byte[] macKey, uint last, byte[] frame, int count)
        {
            if (count < Shortest || count > Longest || (count - Head - Hmac.Length) % BlockCipher.Block != 0)
            {
                return null;
            }

            byte[] part = Part(frame, 0, count - Hmac.Length);
            bool good = Hmac.AreSame(Hmac.Compute(macKey, part), frame, count - Hmac.Length, Hmac.Length);
            if (!good || BigEndian.Get(frame, 0) <= last)
            {
                return null;
            }

            part = Part(frame, Head, count - Head - Hmac.Length);
            return Unpadded(BlockCipher.Decrypt(cipherKey, Part(frame, CounterLength, BlockCipher.Block), part));
        }

        private static byte[] Unpadded(byte[] padded)
        {
            int pad = padded[padded.Length - 1];
            bool good = pad > 0 && pad <= BlockCipher.Block && pad < padded.Length;
            for (int i = padded.Length - pad; good && i < padded.Length; i++)
            {
                good = padded[i] == pad;
            }

            return good ? Part(padded, 0, padded.Length - pad) : null;
        }

        private static byte[] Part(byte[] all, int at, int count)
        {
            byte[] part = new byte[count];
            Array.Copy(all, at, part, 0, count);
            return part;
        }
    }
}
