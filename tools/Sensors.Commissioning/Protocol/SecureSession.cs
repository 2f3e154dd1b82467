using System;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Sensors.Node;
using Sensors.Pairing;

namespace Sensors.Commissioning
{
    /// <summary>The tool's side of one session: its proof, the node's, and the frames. The cryptography is the firmware's own.</summary>
    internal sealed class SecureSession
    {
        private static readonly RandomSource Chance = new SystemRandom();

        private readonly byte[] _key;
        private readonly byte[] _nodeNonce;
        private readonly byte[] _ownNonce = RandomNumberGenerator.GetBytes(PairingKeys.NonceLength);
        private PairingSession? _session;

        /// <summary>Makes an offer for a session.</summary>
        /// <param name="state">What the node told.</param>
        /// <param name="code">The code, as <see cref="Canonical"/> gave it.</param>
        public SecureSession(NodeState state, string code)
        {
            _nodeNonce = HexText.Read(state.Nonce, PairingKeys.NonceLength) ?? throw new PairingException("malformed", "The node's nonce is none.");
            _key = PairingKeys.OfCode(code, state.Node, state.Iterations);
            Request = new JsonObject
            {
                ["of"] = state.Nonce,
                ["nonce"] = HexText.Of(_ownNonce),
                ["proof"] = HexText.Of(PairingKeys.ToolProof(_key, _nodeNonce, _ownNonce)),
            }.ToJsonString();
        }

        /// <summary>Gets the body of the request that asks for the session.</summary>
        public string Request { get; }

        /// <summary>Gets what <see cref="Open"/> opened last.</summary>
        public byte[]? Opened { get; private set; }

        /// <summary>Gives a code as keys are derived from it.</summary>
        /// <param name="code">As somebody typed it.</param>
        /// <returns>Null when it is no code.</returns>
        public static string? Canonical(string code) => PairingLabel.Canonical(code);

        /// <summary>Takes the node's answer.</summary>
        /// <param name="proof">Its proof, hex.</param>
        /// <returns>False when it does not know the code.</returns>
        public bool Accept(string proof)
        {
            byte[]? told = HexText.Read(proof, Hmac.Length);
            if (told is null || !Hmac.AreSame(PairingKeys.NodeProof(_key, _nodeNonce, _ownNonce), told))
            {
                return false;
            }

            _session = PairingSession.OfTool(PairingKeys.Derive(_key, _nodeNonce, _ownNonce), Chance);
            return true;
        }

        public byte[] Seal(byte[] message) => Session.Seal(message, message.Length);

        public byte[]? Open(byte[] frame) => Opened = Session.Open(frame, frame.Length);

        private PairingSession Session => _session ?? throw new InvalidOperationException("There is no session yet.");

        private sealed class SystemRandom : RandomSource
        {
            public override int Next(int limit) => RandomNumberGenerator.GetInt32(limit);

            public override void Fill(byte[] buffer) => RandomNumberGenerator.Fill(buffer);
        }
    }
}
