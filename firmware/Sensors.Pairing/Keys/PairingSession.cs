using System;
using Sensors.Node;

namespace Sensors.Pairing
{
    /// <summary>One side of a session: seals what it says and opens what the other side said, each message once and in order. One thread at a time.</summary>
    public sealed class PairingSession
    {
        private readonly byte[] _ownCipher;
        private readonly byte[] _ownMac;
        private readonly byte[] _otherCipher;
        private readonly byte[] _otherMac;
        private readonly RandomSource _random;
        private uint _sent;
        private uint _accepted;

        private PairingSession(byte[] ownCipher, byte[] ownMac, byte[] otherCipher, byte[] otherMac, RandomSource random)
        {
            _ownCipher = ownCipher;
            _ownMac = ownMac;
            _otherCipher = otherCipher;
            _otherMac = otherMac;
            _random = random;
        }

        /// <summary>Makes the node's side.</summary>
        /// <param name="keys">The session's keys.</param>
        /// <param name="random">Draws IVs, see <see cref="DeviceSecret"/>.</param>
        /// <returns>The session.</returns>
        public static PairingSession OfNode(PairingKeys keys, RandomSource random)
        {
            return new PairingSession(keys.NodeCipher, keys.NodeMac, keys.ToolCipher, keys.ToolMac, random);
        }

        /// <summary>Makes the side of who pairs.</summary>
        /// <param name="keys">The session's keys.</param>
        /// <param name="random">Draws IVs: a generator fit for keys.</param>
        /// <returns>The session.</returns>
        public static PairingSession OfTool(PairingKeys keys, RandomSource random)
        {
            return new PairingSession(keys.ToolCipher, keys.ToolMac, keys.NodeCipher, keys.NodeMac, random);
        }

        /// <summary>Makes the frame of a message.</summary>
        /// <param name="text">Holds the message from index 0.</param>
        /// <param name="count">Bytes of the message, 1 to <see cref="PairingFrame.MostText"/>.</param>
        /// <returns>The frame.</returns>
        /// <exception cref="ArgumentException">The message is empty or too long.</exception>
        public byte[] Seal(byte[] text, int count)
        {
            if (count < 1 || count > PairingFrame.MostText)
            {
                throw new ArgumentException("a message has 1 to " + PairingFrame.MostText.ToString() + " bytes");
            }

            byte[] iv = new byte[BlockCipher.Block];
            _random.Fill(iv);
            return PairingFrame.Seal(_ownCipher, _ownMac, ++_sent, iv, text, count);
        }

        /// <summary>Opens a frame of the other side.</summary>
        /// <param name="frame">Holds the frame from index 0.</param>
        /// <param name="count">Bytes of the frame.</param>
        /// <returns>The message; null when it is none, altered, or was taken before: then nothing has changed.</returns>
        public byte[] Open(byte[] frame, int count)
        {
            byte[] text = PairingFrame.Open(_otherCipher, _otherMac, _accepted, frame, count);
            if (text != null)
            {
                _accepted = BigEndian.Get(frame, 0);
            }

            return text;
        }
    }
}
