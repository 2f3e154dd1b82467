using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;
using Sensors.Node;
using Sensors.Node.Tests.Fakes;

namespace Sensors.Pairing.Tests.Fakes
{
    /// <summary>A board in its portal on fakes, and who pairs it: whole requests in, whole answers out.</summary>
    internal sealed class PortalBench
    {
        public const string Name = "sensors-3F2A1C";
        public const string Good = "id=88.118.12345/NODE-0001\nwifi_ssid=Hall 3\nwifi_password=correct horse\nbroker_host=edge\nbroker_user=node1\nbroker_password=swordfish\n"
            + "interval_ms=2000\ntime=1794999000000\n";

        private PairingSession? _session;

        public PortalBench(MemoryVolume? volume = null, string code = "K7M29QXW")
        {
            Volume = volume ?? new MemoryVolume();
            Volume.Files.TryAdd(PairingLabel.FileName, PairingLabel.Make("3F2A1C", "7H2K9QWX4M3T", code).ToBytes());
            Network = new AirNetwork(Clock);
            Link = new BrokerLink(Clock);
            Clock.Passed = Link.Deliver;
            Start();
        }

        public TestTime Clock { get; } = new TestTime();

        public MemoryVolume Volume { get; }

        public AirNetwork Network { get; }

        public BrokerLink Link { get; }

        public Light Lamp { get; } = new Light();

        public bool HasLight { get; set; } = true;

        public Portal Portal { get; private set; } = null!;

        public PairingRecord Record { get; private set; } = null!;

        public SettingsStore Store { get; private set; } = null!;

        public string Code { get; set; } = "K7M29QXW";

        public string? Settings => Store.Text == null ? null : Encoding.UTF8.GetString(Store.Text);

        /// <summary>Gets the session of who pairs.</summary>
        public PairingSession Session => _session!;

        /// <summary>Starts the board: what <c>Sensors.Firmware</c> does before it opens the portal.</summary>
        public void Start()
        {
            Store = new SettingsStore(Volume);
            Record = new PairingRecord(Volume);
            PairingStart.Recover(Volume, Store, Record, Network);
            var secret = new DeviceSecret(Volume, new SeededRandom(1));
            Portal = new Portal(
                new PortalParts
                {
                    Board = "ESP32-DevKitC",
                    Target = "ESP32_REV3",
                    Version = "0.1.0",
                    Clock = Clock,
                    Volume = Volume,
                    Store = Store,
                    Network = Network,
                    Link = Link,
                    Random = secret,
                    Indicator = HasLight ? Lamp : null!,
                },
                PairingLabel.Open(Volume, "3F2A1C", secret),
                Record);
            _session = null;
        }

        /// <summary>Sends raw bytes and gives the whole answer.</summary>
        public Reply Send(byte[] request, int piece = int.MaxValue)
        {
            HttpExchange exchange = Portal.Open();
            for (int at = 0; at < request.Length; at += Math.Min(piece, request.Length - at))
            {
                byte[] part = request[at..(at + Math.Min(piece, request.Length - at))];
                exchange.Take(part, part.Length);
            }

            if (!exchange.IsComplete && !exchange.IsRefused)
            {
                exchange.Close();
                return new Reply(0, "", []);
            }

            Portal.Handle(exchange);
            var answer = new List<byte>();
            for (byte[] next = exchange.NextPiece(); next != null; next = exchange.NextPiece())
            {
                answer.AddRange(next);
            }

            exchange.Close();
            byte[] all = answer.ToArray();
            int end = all.AsSpan().IndexOf("\r\n\r\n"u8);
            string head = Encoding.ASCII.GetString(all, 0, end);
            byte[] body = all[(end + 4)..];
            Assert.Contains("\r\nConnection: close", head, StringComparison.Ordinal);
            Assert.Contains("\r\nContent-Length: " + body.Length, head, StringComparison.Ordinal);
            return new Reply(int.Parse(head.Split(' ')[1]), head, body);
        }

        public Reply Get(string path) => Send(Encoding.ASCII.GetBytes("GET " + path + " HTTP/1.1\r\nHost: 192.168.4.1\r\n\r\n"));

        public Reply Post(string path, byte[] body) =>
            Send([.. Encoding.ASCII.GetBytes("POST " + path + " HTTP/1.1\r\nHost: 192.168.4.1\r\nContent-Length: " + body.Length + "\r\n\r\n"), .. body]);

        /// <summary>Begins a session.</summary>
        public Reply Begin(string? code = null)
        {
            JsonElement node = Get("/api/v1/node").Json;
            byte[] nonce = Convert.FromHexString(node.GetProperty("nonce").GetString()!);
            byte[] own = new byte[16];
            new SeededRandom((int)Clock.Milliseconds).Fill(own);
            byte[] key = PairingKeys.OfCode(code ?? Code, Name, node.GetProperty("iterations").GetInt32());
            Reply reply = Post("/api/v1/session", Encoding.ASCII.GetBytes(
                $"{{\"of\":\"{Convert.ToHexStringLower(nonce)}\",\"nonce\":\"{Convert.ToHexStringLower(own)}\",\"proof\":\"{HexText.Of(PairingKeys.ToolProof(key, nonce, own))}\"}}"));
            if (reply.Status == 200)
            {
                Assert.Equal(HexText.Of(PairingKeys.NodeProof(key, nonce, own)), reply.Json.GetProperty("proof").GetString());
                _session = PairingSession.OfTool(PairingKeys.Derive(key, nonce, own), new SeededRandom(99));
            }

            return reply;
        }

        /// <summary>Says something in the session, which is begun where there is none.</summary>
        public string Say(string text)
        {
            if (_session == null)
            {
                Assert.Equal(200, Begin().Status);
            }

            byte[] bytes = Encoding.UTF8.GetBytes(text);
            Reply reply = Post("/api/v1/message", _session!.Seal(bytes, bytes.Length));
            Assert.Equal(200, reply.Status);
            return Encoding.UTF8.GetString(_session.Open(reply.Body, reply.Body.Length));
        }

        public JsonElement Ask(string text) => JsonDocument.Parse(Say(text)).RootElement;

        /// <summary>Tries settings and gives the outcome.</summary>
        public JsonElement Try(int attempt, string settings = Good, string more = "")
        {
            Assert.Equal($"{{\"ok\":true,\"attempt\":{attempt}}}", Say($"try {attempt}{more}\n{settings}"));
            if (Portal.HasTrial)
            {
                Portal.RunTrial();
            }

            return Ask("outcome " + attempt);
        }

        /// <summary>Lets time go by, a step of the portal at a time.</summary>
        public void Pass(int milliseconds)
        {
            for (long end = Clock.Milliseconds + milliseconds; Clock.Milliseconds < end;)
            {
                Clock.Sleep((int)Math.Min(Portal.Step(), end - Clock.Milliseconds));
            }

            Portal.Step();
        }

        internal sealed record Reply(int Status, string Head, byte[] Body)
        {
            public string Text => Encoding.UTF8.GetString(Body);

            public JsonElement Json => JsonDocument.Parse(Body).RootElement;

            public string? Word => Json.TryGetProperty("error", out JsonElement word) ? word.GetString() : null;
        }

        internal sealed class Light : Indicator
        {
            public List<bool> Told { get; } = [];

            public override void Set(bool on) => Told.Add(on);
        }
    }
}
