using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Threading;
using Sensors.Node;
using Sensors.Pairing;
using Sensors.VirtualBoard;

namespace Sensors.Simulation.Tests.Pairing;

/// <summary>Somebody with the label in hand, at a virtual board's portal. Keeps all it got in the clear.</summary>
internal sealed class PortalClient(VirtualEsp32 board, PairingLabel label)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly StringBuilder _heard = new();
    private readonly Chance _chance = new();
    private PairingSession? _session;

    /// <summary>Gets all that came back outside a frame.</summary>
    public string Heard => _heard.ToString();

    /// <summary>Gets one answer: status and body; waits while the board is out of reach.</summary>
    public (int Status, byte[] Body) Send(string method, string path, byte[]? body = null)
    {
        Stopwatch watch = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                if (board.PortEndpoint(80) is IPEndPoint port)
                {
                    return Exchange(port, method, path, body ?? []);
                }
            }
            catch (Exception ex) when (ex is SocketException or IOException)
            {
                // Cut off by a change of channel, or a restart: as a phone would, once more.
            }

            Assert.True(watch.Elapsed < Patience, "the portal does not answer " + method + " " + path);
            Thread.Sleep(10);
        }
    }

    public JsonElement Look()
    {
        (int status, byte[] body) = Send("GET", "/api/v1/node");
        Assert.Equal(200, status);
        return JsonDocument.Parse(body).RootElement;
    }

    /// <summary>Proves the code; the answer's status.</summary>
    public int Prove(string code)
    {
        for (int i = 0; i < 20; i++)
        {
            byte[] nodeNonce = Convert.FromHexString(Look().GetProperty("nonce").GetString()!);
            byte[] key = PairingKeys.OfCode(PairingLabel.Canonical(code), label.Name, PairingKeys.Iterations);
            byte[] toolNonce = new byte[PairingKeys.NonceLength];
            _chance.Fill(toolNonce);
            string request = JsonSerializer.Serialize(new
            {
                of = Convert.ToHexStringLower(nodeNonce),
                nonce = Convert.ToHexStringLower(toolNonce),
                proof = Convert.ToHexStringLower(PairingKeys.ToolProof(key, nodeNonce, toolNonce)),
            });
            (int status, byte[] body) = Send("POST", "/api/v1/session", Encoding.ASCII.GetBytes(request));
            JsonElement answer = JsonDocument.Parse(body).RootElement;
            if (status == 200)
            {
                Assert.Equal(Convert.ToHexStringLower(PairingKeys.NodeProof(key, nodeNonce, toolNonce)), answer.GetProperty("proof").GetString());
                _session = PairingSession.OfTool(PairingKeys.Derive(key, nodeNonce, toolNonce), _chance);
                return status;
            }

            if (answer.GetProperty("error").GetString() != "nonce")
            {
                return status;
            }
        }

        throw new InvalidOperationException("the nonce was never the present one");
    }

    /// <summary>Asks in a frame, in a session that is begun where there is none any more.</summary>
    public JsonElement Ask(string message)
    {
        byte[] text = Encoding.UTF8.GetBytes(message);
        for (int i = 0; i < 20; i++)
        {
            if (_session is null)
            {
                Assert.Equal(200, Prove(label.Code));
            }

            (int status, byte[] body) = Send("POST", "/api/v1/message", _session!.Seal(text, text.Length));
            if (status == 200 && _session.Open(body, body.Length) is byte[] answer)
            {
                return JsonDocument.Parse(answer).RootElement;
            }

            _session = null;
        }

        throw new InvalidOperationException("no session lasts");
    }

    /// <summary>Tries settings, and waits until it is known how that went.</summary>
    public JsonElement Try(int attempt, string settings)
    {
        JsonElement begun = Ask("try " + attempt + "\n" + settings);
        Assert.True(begun.TryGetProperty("ok", out _), begun.GetRawText());
        Stopwatch watch = Stopwatch.StartNew();
        while (true)
        {
            JsonElement outcome = Ask("outcome " + attempt);
            if (outcome.GetProperty("state").GetString() != "trying")
            {
                return outcome;
            }

            Assert.True(watch.Elapsed < Patience, "the trial does not end: " + outcome.GetRawText());
            Thread.Sleep(10);
        }
    }

    private (int Status, byte[] Body) Exchange(IPEndPoint port, string method, string path, byte[] body)
    {
        using var client = new TcpClient();
        client.Connect(port);
        NetworkStream stream = client.GetStream();
        stream.ReadTimeout = (int)Patience.TotalMilliseconds;
        string length = body.Length > 0 ? "Content-Length: " + body.Length + "\r\n" : "";
        stream.Write(Encoding.ASCII.GetBytes(method + " " + path + " HTTP/1.1\r\nHost: 192.168.4.1\r\n" + length + "\r\n"));
        stream.Write(body);
        var all = new List<byte>();
        byte[] buffer = new byte[4096];
        while (!IsWhole(all))
        {
            int got = stream.Read(buffer);
            if (got == 0)
            {
                throw new IOException("cut off");
            }

            all.AddRange(buffer.AsSpan(0, got));
        }

        byte[] answer = [.. all];
        int head = HeadLength(answer);
        string text = Encoding.ASCII.GetString(answer, 0, head);
        _heard.Append(path.EndsWith("message", StringComparison.Ordinal) ? text : Encoding.Latin1.GetString(answer));
        return (int.Parse(text.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture), answer[head..]);
    }

    private static int HeadLength(byte[] answer) => answer.AsSpan().IndexOf("\r\n\r\n"u8) + 4;

    private static bool IsWhole(List<byte> all)
    {
        byte[] answer = [.. all];
        int head = HeadLength(answer);
        if (head < 4)
        {
            return false;
        }

        foreach (string line in Encoding.ASCII.GetString(answer, 0, head).Split("\r\n"))
        {
            if (line.StartsWith("Content-Length: ", StringComparison.OrdinalIgnoreCase))
            {
                return answer.Length - head >= int.Parse(line.AsSpan(16), System.Globalization.CultureInfo.InvariantCulture);
            }
        }

        return false;
    }

    /// <summary>The PC's chance.</summary>
    private sealed class Chance : RandomSource
    {
        public override int Next(int limit) => Random.Shared.Next(limit);

        public override void Fill(byte[] buffer) => Random.Shared.NextBytes(buffer);
    }
}
