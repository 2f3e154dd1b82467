using System;
using System.Collections.Generic;
using System.Text;
using System.Text.Json;
using Sensors.Pairing;

namespace Sensors.Simulation
{
    /// <summary>A technician's tool at a portal, over its HTTP: begins sessions by itself, asks, and tells wrong codes when it shall.</summary>
    internal sealed class PairingTool(SimRandom random)
    {
        private const int Good = 200;
        private const int NoSession = 401;

        private readonly SimChance _chance = new(random);
        private Portal? _portal; // whose session it is
        private PairingSession? _session;

        /// <summary>Asks in a session.</summary>
        /// <param name="portal">The node's portal.</param>
        /// <param name="label">The node's label.</param>
        /// <param name="message">Verb, arguments, and what follows behind a line feed.</param>
        /// <returns>The answer; null when there was no session to be had just now.</returns>
        public JsonElement? Ask(Portal portal, PairingLabel label, string message)
        {
            for (int tries = 0; tries < 2; tries++)
            {
                if ((_session is null || _portal != portal) && Begin(portal, label, label.Code) != Good)
                {
                    return null;
                }

                byte[] text = Encoding.UTF8.GetBytes(message);
                (int status, byte[] body) = Send(portal, "POST", "/api/v1/message", _session!.Seal(text, text.Length));
                if (status == Good)
                {
                    return JsonDocument.Parse(_session.Open(body, body.Length) ?? throw new InvalidOperationException("an answer that is not the node's")).RootElement;
                }

                _session = status == NoSession ? null : throw new InvalidOperationException("status " + status);
            }

            return null;
        }

        /// <summary>Begins a session.</summary>
        /// <returns>Status of the answer: 200, 403, or 429 while there is a wait.</returns>
        public int Begin(Portal portal, PairingLabel label, string code)
        {
            _session = null;
            _portal = portal;
            JsonElement node = JsonDocument.Parse(Send(portal, "GET", "/api/v1/node", []).Body).RootElement;
            byte[] key = PairingKeys.OfCode(code, label.Name, node.GetProperty("iterations").GetInt32());
            string of = node.GetProperty("nonce").GetString()!;
            byte[] nonce = new byte[PairingKeys.NonceLength];
            _chance.Fill(nonce);
            byte[] proof = PairingKeys.ToolProof(key, Convert.FromHexString(of), nonce);
            string body = $$"""{"of":"{{of}}","nonce":"{{Convert.ToHexStringLower(nonce)}}","proof":"{{Convert.ToHexStringLower(proof)}}"}""";
            (int status, _) = Send(portal, "POST", "/api/v1/session", Encoding.ASCII.GetBytes(body));
            if (status == Good)
            {
                _session = PairingSession.OfTool(PairingKeys.Derive(key, Convert.FromHexString(of), nonce), _chance);
            }

            return status;
        }

        private (int Status, byte[] Body) Send(Portal portal, string method, string path, byte[] body)
        {
            byte[] request = [.. Encoding.ASCII.GetBytes($"{method} {path} HTTP/1.1\r\nHost: 192.168.4.1\r\n{(body.Length > 0 ? $"Content-Length: {body.Length}\r\n" : string.Empty)}\r\n"), .. body];
            HttpExchange exchange = portal.Open();
            try
            {
                for (int at = 0; at < request.Length;)
                {
                    byte[] part = request.AsSpan(at, Math.Min(random.Next(700) + 1, request.Length - at)).ToArray();
                    exchange.Take(part, part.Length);
                    at += part.Length;
                }

                if (exchange.IsComplete)
                {
                    portal.Handle(exchange);
                }

                var answer = new List<byte>();
                while (exchange.NextPiece() is { } piece)
                {
                    answer.AddRange(piece);
                }

                byte[] all = [.. answer];
                int end = all.AsSpan().IndexOf("\r\n\r\n"u8);
                return (int.Parse(Encoding.ASCII.GetString(all, 9, 3), System.Globalization.CultureInfo.InvariantCulture), all[(end + 4)..]);
            }
            finally
            {
                exchange.Close();
            }
        }
    }
}
