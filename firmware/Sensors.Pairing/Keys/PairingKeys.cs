using System;
using System.Text;

namespace Sensors.Pairing
{
    /// <summary>The keys of one session, and the proofs that both sides know the code without telling it. Specified in <c>docs/pairing.md</c>.</summary>
    /// <remarks>Whoever holds the code and hears both nonces can compute all of it: there is no key exchange here. The page on pairing says what follows from that.</remarks>
    public sealed class PairingKeys
    {
        /// <summary>Bytes of a nonce.</summary>
        public const int NonceLength = 16;

        /// <summary>How dear a guess at the code is, in HMACs: about a second of an ESP32.</summary>
        public const int Iterations = 1000;

        internal const int CipherLength = 16; // AES-128
        private const string Tool = "sensors-pairing 1 tool";
        private const string Node = "sensors-pairing 1 node";
        private const string Keys = "sensors-pairing 1 keys";

        private PairingKeys(byte[] all)
        {
            ToolCipher = Part(all, 0, CipherLength);
            ToolMac = Part(all, CipherLength, Hmac.Length);
            NodeCipher = Part(all, CipherLength + Hmac.Length, CipherLength);
            NodeMac = Part(all, (2 * CipherLength) + Hmac.Length, Hmac.Length);
        }

        internal byte[] ToolCipher { get; }

        internal byte[] ToolMac { get; }

        internal byte[] NodeCipher { get; }

        internal byte[] NodeMac { get; }

        /// <summary>Derives the key of a label.</summary>
        /// <param name="code">The code in its canonical form, see <see cref="PairingLabel.Canonical"/>.</param>
        /// <param name="name">The node's name, such as <c>sensors-3F2A1C</c>.</param>
        /// <param name="iterations">As the node tells: <see cref="Iterations"/>.</param>
        /// <returns>32 bytes.</returns>
        public static byte[] OfCode(string code, string name, int iterations)
        {
            return Hmac.Stretch(Encoding.UTF8.GetBytes(code), Encoding.UTF8.GetBytes(name), iterations, Hmac.Length);
        }

        /// <summary>Computes the proof of who pairs.</summary>
        /// <param name="key">What <see cref="OfCode"/> gave.</param>
        /// <param name="nodeNonce">The node's nonce.</param>
        /// <param name="toolNonce">The nonce of who pairs.</param>
        /// <returns>32 bytes.</returns>
        public static byte[] ToolProof(byte[] key, byte[] nodeNonce, byte[] toolNonce)
        {
            return Hmac.Compute(key, Join(Encoding.UTF8.GetBytes(Tool), nodeNonce, toolNonce));
        }

        /// <summary>Computes the node's proof, by which who pairs knows that it speaks to the node of the label.</summary>
        /// <param name="key">What <see cref="OfCode"/> gave.</param>
        /// <param name="nodeNonce">The node's nonce.</param>
        /// <param name="toolNonce">The nonce of who pairs.</param>
        /// <returns>32 bytes.</returns>
        public static byte[] NodeProof(byte[] key, byte[] nodeNonce, byte[] toolNonce)
        {
            return Hmac.Compute(key, Join(Encoding.UTF8.GetBytes(Node), nodeNonce, toolNonce));
        }

        /// <summary>Derives the keys of a session.</summary>
        /// <param name="key">What <see cref="OfCode"/> gave.</param>
        /// <param name="nodeNonce">The node's nonce.</param>
        /// <param name="toolNonce">The nonce of who pairs.</param>
        /// <returns>The keys.</returns>
        public static PairingKeys Derive(byte[] key, byte[] nodeNonce, byte[] toolNonce)
        {
            byte[] seed = Hmac.Extract(Join(nodeNonce, toolNonce, new byte[0]), key);
            return new PairingKeys(Hmac.Expand(seed, Encoding.UTF8.GetBytes(Keys), 2 * (CipherLength + Hmac.Length)));
        }

        private static byte[] Join(byte[] first, byte[] second, byte[] third)
        {
            byte[] all = new byte[first.Length + second.Length + third.Length];
            Array.Copy(first, 0, all, 0, first.Length);
            Array.Copy(second, 0, all, first.Length, second.Length);
            Array.Copy(third, 0, all, first.Length + second.Length, third.Length);
            return all;
        }

        private static byte[] Part(byte[] all, int at, int count)
        {
            byte[] part = new byte[count];
            Array.Copy(all, at, part, 0, count);
            return part;
        }
    }
}
