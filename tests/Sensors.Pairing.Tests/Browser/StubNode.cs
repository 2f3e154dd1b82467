using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;

namespace Sensors.Pairing.Tests.Browser
{
    /// <summary>
    /// A node's portal made a second time, from docs/pairing.md and with .NET's own cryptography: a witness for the page that shares no code with
    /// the firmware, and plays what a real node does seldom.
    /// </summary>
    internal sealed class StubNode : IAsyncDisposable
    {
        private readonly byte[] _page;
        private readonly Lock _gate = new();
        private readonly List<TcpClient> _open = [];
        private readonly CancellationTokenSource _end = new();
        private TcpListener _listener = new(IPAddress.Loopback, 0);
        private byte[] _nonce = RandomNumberGenerator.GetBytes(16);
        private byte[]? _keys;
        private uint _got;
        private uint _sent;
        private int _failures;
        private DateTime _closedUntil;
        private DateTime _begun;
        private StubTrial? _trial;

        /// <summary>Initializes a new instance of the <see cref="StubNode"/> class that serves a page.</summary>
        /// <param name="page">The page, compressed with gzip.</param>
        public StubNode(byte[] page)
        {
            _page = page;
            _listener.Start();
            Address = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");
            _ = AcceptAsync(_listener);
        }

        public Uri Address { get; }

        public string Name { get; set; } = "sensors-3F2A1C";

        public string Code { get; set; } = "K7M29QXW";

        public bool IsPaired { get; set; }

        public bool HasLight { get; set; } = true;

        /// <summary>Gets or sets how often a wrong code is waited for, in milliseconds.</summary>
        public int WaitUnit { get; set; } = 300;

        public (string Ssid, int Rssi)[] Networks { get; set; } = [("Hall 3", -51), ("车间二", -66), ("Office", -82)];

        /// <summary>Gets or sets what comes of settings.</summary>
        public Func<string, StubTrial> Judge { get; set; } = _ => StubTrial.Success;

        /// <summary>Gets the messages that came in sound frames.</summary>
        public List<string> Messages { get; } = [];

        /// <summary>Gets every byte of every request, as it came over the air.</summary>
        public MemoryStream Air { get; } = new();

        public int Attempt { get; set; }

        /// <summary>The access point is away: connections are cut, new ones refused.</summary>
        public void Vanish()
        {
            lock (_gate)
            {
                _listener.Stop();
                foreach (TcpClient client in _open) { client.Close(); }
                _open.Clear();
            }
        }

        /// <summary>The access point is back, at the same place.</summary>
        public void Return()
        {
            _listener = new TcpListener(IPAddress.Loopback, Address.Port);
            _listener.Server.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
            _listener.Start();
            _ = AcceptAsync(_listener);
        }

        /// <summary>Forgets the session, as a restart does.</summary>
        public void ForgetSession()
        {
            lock (_gate) { _keys = null; }
        }

        /// <inheritdoc/>
        public ValueTask DisposeAsync()
        {
            _end.Cancel();
            Vanish();
            return ValueTask.CompletedTask;
        }

        private async Task AcceptAsync(TcpListener listener)
        {
            try
            {
                for (; ; )
                {
                    TcpClient client = await listener.AcceptTcpClientAsync(_end.Token);
                    lock (_gate) { _open.Add(client); }
                    _ = ServeAsync(client);
                }
            }
            catch (Exception e) when (e is SocketException or OperationCanceledException or InvalidOperationException)
            {
                // away
            }
        }

        private async Task ServeAsync(TcpClient client)
        {
            try
            {
                using NetworkStream stream = client.GetStream();
                (string line, byte[] body) = await ReadAsync(stream);
                (int status, string type, byte[] answer) = Answer(line, body);
                string more = type == "text/html" ? "Content-Encoding: gzip\r\n" : status == 302 ? "Location: /\r\n" : string.Empty;
                string head = $"HTTP/1.1 {status} x\r\nContent-Type: {type}\r\n{more}Cache-Control: no-store\r\nContent-Length: {answer.Length}\r\nConnection: close\r\n\r\n";
                await stream.WriteAsync(Encoding.ASCII.GetBytes(head).Concat(answer).ToArray());
                client.Client.Shutdown(SocketShutdown.Send);
            }
            catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException)
            {
                // cut
            }
            finally
            {
                lock (_gate) { _open.Remove(client); }
                client.Dispose();
            }
        }

        private async Task<(string Line, byte[] Body)> ReadAsync(NetworkStream stream)
        {
            List<byte> all = [];
            byte[] buffer = new byte[4096];
            int head = -1, length = 0;
            while (head < 0 || all.Count < head + length)
            {
                int count = await stream.ReadAsync(buffer, _end.Token);
                if (count == 0) { throw new IOException("cut"); }
                all.AddRange(buffer[..count]);
                string text = Encoding.ASCII.GetString(all.ToArray());
                head = text.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4;
                if (head < 4) { head = -1; continue; }
                string? said = text[..head].Split("\r\n").FirstOrDefault(l => l.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase));
                length = said is null ? 0 : int.Parse(said[15..]);
            }

            lock (_gate) { Air.Write(all.ToArray()); }
            return (Encoding.ASCII.GetString(all.ToArray()).Split("\r\n")[0], all.Skip(head).ToArray());
        }

        private (int Status, string Type, byte[] Answer) Answer(string line, byte[] body)
        {
            lock (_gate)
            {
                return line.Split(' ')[..2] switch
                {
                    ["GET", "/"] => (200, "text/html", _page),
                    ["GET", "/api/v1/node"] => Json(200, Node()),
                    ["POST", "/api/v1/identify"] => HasLight ? Json(200, new() { ["ok"] = true }) : Json(409, Error("no-light", "no light")),
                    ["POST", "/api/v1/session"] => Session(JsonNode.Parse(body)!.AsObject()),
                    ["POST", "/api/v1/message"] => Message(body),
                    _ => (302, "text/plain", []),
                };
            }
        }

        private JsonObject Node() => new()
        {
            ["api"] = 1,
            ["node"] = Name,
            ["board"] = "ESP32-DevKitC",
            ["firmware"] = "0.1.0",
            ["state"] = State(),
            ["paired"] = IsPaired,
            ["attempt"] = Attempt,
            ["nonce"] = Convert.ToHexStringLower(_nonce),
            ["iterations"] = 1000,
            ["wait_ms"] = Wait(),
        };

        private string State() => _trial is null ? "waiting" : (string)Outcome()["state"]!;

        private int Wait() => (int)Math.Max(0, (_closedUntil - DateTime.UtcNow).TotalMilliseconds);

        private (int Status, string Type, byte[] Answer) Session(JsonObject body)
        {
            if (Wait() > 0) { return Json(429, Error("wait", "wait", Wait())); }
            if ((string?)body["of"] != Convert.ToHexStringLower(_nonce)) { return Json(403, Error("nonce", "nonce")); }
            byte[] own = Convert.FromHexString((string)body["nonce"]!);
            byte[] secret = Rfc2898DeriveBytes.Pbkdf2(Code, Encoding.ASCII.GetBytes(Name), 1000, HashAlgorithmName.SHA256, 32);
            byte[] nonces = [.. _nonce, .. own];
            byte[] Proof(string who) => HMACSHA256.HashData(secret, Encoding.ASCII.GetBytes("sensors-pairing 1 " + who).Concat(nonces).ToArray());
            byte[] expected = Proof("tool"), proof = Proof("node"), prk = HMACSHA256.HashData(nonces, secret);
            _nonce = RandomNumberGenerator.GetBytes(16);
            if ((string?)body["proof"] != Convert.ToHexStringLower(expected))
            {
                int wait = WaitUnit << _failures++;
                _closedUntil = DateTime.UtcNow.AddMilliseconds(wait);
                return Json(403, Error("code", "wrong code", wait));
            }

            _failures = 0;
            _keys = HKDF.Expand(HashAlgorithmName.SHA256, prk, 96, Encoding.ASCII.GetBytes("sensors-pairing 1 keys"));
            _got = _sent = 0;
            return Json(200, new() { ["proof"] = Convert.ToHexStringLower(proof) });
        }

        private (int Status, string Type, byte[] Answer) Message(byte[] frame)
        {
            if (_keys is null || Open(frame) is not string message) { return Json(401, Error("session", "no session")); }
            Messages.Add(message);
            byte[] plain = Encoding.UTF8.GetBytes(Do(message).ToJsonString());
            byte[] iv = RandomNumberGenerator.GetBytes(16), counter = new byte[4];
            BinaryPrimitives.WriteUInt32BigEndian(counter, ++_sent);
            using Aes aes = Aes.Create();
            aes.Key = _keys[48..64];
            byte[] sealedBytes = [.. counter, .. iv, .. aes.EncryptCbc(plain, iv)];
            return (200, "application/octet-stream", [.. sealedBytes, .. HMACSHA256.HashData(_keys[64..96], sealedBytes)]);
        }

        private string? Open(byte[] frame)
        {
            if (frame.Length < 68 || !HMACSHA256.HashData(_keys![16..48], frame[..^32]).SequenceEqual(frame[^32..])) { return null; }
            uint counter = BinaryPrimitives.ReadUInt32BigEndian(frame);
            if (counter <= _got) { return null; }
            _got = counter;
            using Aes aes = Aes.Create();
            aes.Key = _keys![..16];
            return Encoding.UTF8.GetString(aes.DecryptCbc(frame[20..^32], frame[4..20]));
        }

        private JsonObject Do(string message)
        {
            string[] verb = message.Split('\n')[0].Split(' ');
            switch (verb[0])
            {
                case "info":
                    JsonObject info = new() { ["ok"] = true, ["node"] = Name, ["board"] = "ESP32-DevKitC", ["paired"] = IsPaired, ["attempt"] = Attempt, ["light"] = HasLight };
                    if (IsPaired) { info["id"] = "88.608.8889/OLD-0001"; }
                    return info;
                case "scan":
                    return new() { ["ok"] = true, ["networks"] = new JsonArray(Networks.Select(n => (JsonNode)new JsonObject { ["ssid"] = n.Ssid, ["rssi"] = n.Rssi }).ToArray()) };
                case "try":
                    int number = int.Parse(verb[1]);
                    if (number == Attempt && _trial is not null) { return new() { ["ok"] = true }; }
                    StubTrial trial = Judge(message);
                    if (trial.Refusal is not null) { return Error("settings", trial.Refusal); }
                    Attempt = number;
                    _trial = trial;
                    _begun = DateTime.UtcNow;
                    return new() { ["ok"] = true };
                case "unpair":
                    IsPaired = false;
                    return new() { ["ok"] = true };
                case "outcome":
                    return Outcome();
                case "done":
                    _trial = null;
                    return new() { ["ok"] = true };
                default:
                    return new() { ["ok"] = true };
            }
        }

        private JsonObject Outcome()
        {
            if (_trial is null) { return new() { ["ok"] = true, ["attempt"] = Attempt, ["state"] = "none" }; }
            int ms = (int)(DateTime.UtcNow - _begun).TotalMilliseconds, end = 0;
            JsonArray stages = [];
            foreach ((string stage, int length) in _trial.Stages)
            {
                end += length;
                JsonObject outcome = new() { ["ok"] = true, ["attempt"] = Attempt, ["state"] = "trying", ["stage"] = stage, ["ms"] = ms, ["stages"] = stages.DeepClone() };
                if (ms < end) { return outcome; }
                stages.Add(new JsonObject { ["stage"] = stage, ["ms"] = length });
            }

            JsonObject final = new() { ["ok"] = true, ["attempt"] = Attempt, ["state"] = _trial.Cause is null ? "committed" : "rolled-back", ["ms"] = end, ["stages"] = stages };
            if (_trial.Cause is not null)
            {
                final["stage"] = _trial.Stages[^1].Stage;
                final["cause"] = _trial.Cause;
                final["text"] = _trial.Text;
            }
            else
            {
                final["ssid"] = "Hall 3";
                final["address"] = "192.168.1.77";
                final["broker"] = "10.0.0.5:1883";
            }

            return final;
        }

        private static JsonObject Error(string word, string text, int? wait = null)
        {
            JsonObject error = new() { ["error"] = word, ["text"] = text };
            if (wait is not null) { error["wait_ms"] = wait; }
            return error;
        }

        private static (int Status, string Type, byte[] Answer) Json(int status, JsonObject json) => (status, "application/json", Encoding.UTF8.GetBytes(json.ToJsonString()));
    }
}
