using System;
using System.IO;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using NanoFramework.Pc;
using Sensors.Firmware;
using Sensors.Mqtt;
using Sensors.Node.Tests.Fakes;
using Sensors.Tests.Shared;

namespace Sensors.Node.Tests.Firmware
{
    /// <summary>TLS to a broker: who is let in, who is not, and what people are told without a secret in it.</summary>
    public sealed class TlsLinkTests : IDisposable
    {
        private const string Password = "hunter2";

        private readonly Certificates _authority = new Certificates();
        private readonly FakeBoard _board = new FakeBoard { UtcNow = DateTime.UtcNow };
        private readonly TestClock _clock = new TestClock();
        private readonly M2MqttLink _link;

        public TlsLinkTests()
        {
            PcBoard.Enter(_board);
            _clock.SetUtc(DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(), ClockState.Synced, 100);
            _link = new M2MqttLink(_clock) { Listener = new Deaf() };
        }

        public void Dispose() => _authority.Dispose();

        [Fact]
        public async Task The_right_authority_and_certificate_and_login_are_let_in()
        {
            MqttConnectRequest? seen = null;
            Certificates.Issued node = _authority.Issue("NODE-0001");
            await using MqttBroker broker = Start(new MqttBrokerOptions { ClientCertificateAuthority = _authority.Authority, OnConnect = request => seen = request });
            LinkSettings settings = Settings(broker.BoundPort);
            settings.ClientCertificate = node.Pem;
            settings.ClientKey = node.KeyPem;
            Assert.Null(_link.Connect(settings, "s/status", "x"));
            Assert.Equal("CN=NODE-0001", seen!.ClientCertificate!.Subject);
            Assert.Equal(Password, Encoding.UTF8.GetString(seen.Packet.Password!.Value.Span));
            Assert.NotEqual(0, _link.Publish("s/x", new byte[10], 10, false));
            _link.Close();
        }

        [Fact]
        public async Task A_certificate_in_DER_does_too()
        {
            await using MqttBroker broker = Start(new MqttBrokerOptions());
            LinkSettings settings = Settings(broker.BoundPort);
            settings.CaCertificate = _authority.Authority.RawData;
            Assert.Null(_link.Connect(settings, "s/status", "x"));
            _link.Close();
        }

        [Fact]
        public async Task Another_authority_is_refused()
        {
            using var other = new Certificates();
            await using MqttBroker broker = Start(new MqttBrokerOptions());
            LinkSettings settings = Settings(broker.BoundPort);
            settings.CaCertificate = other.AuthorityPem;
            AssertTold(settings, "certificate refused: wrong CA, name or date; clock (synced) " + Day(DateTimeOffset.UtcNow), "certificate-untrusted");
        }

        [Fact]
        public async Task The_boards_own_store_does_not_know_ours()
        {
            await using MqttBroker broker = Start(new MqttBrokerOptions());
            LinkSettings settings = Settings(broker.BoundPort);
            settings.CaCertificate = null;
            AssertTold(settings, "certificate refused: wrong CA, name or date; clock (synced) " + Day(DateTimeOffset.UtcNow), "certificate-untrusted");
        }

        [Theory]
        [InlineData(-100, -1)]
        [InlineData(1, 100)]
        public async Task One_that_is_over_or_has_not_begun_is_refused_and_the_clock_is_named(int from, int to)
        {
            DateTimeOffset now = DateTimeOffset.UtcNow;
            await using MqttBroker broker = Start(new MqttBrokerOptions { Certificate = _authority.Issue("edge", now.AddDays(from), now.AddDays(to)).Certificate });
            AssertTold(Settings(broker.BoundPort), "certificate refused: wrong CA, name or date; clock (synced) " + Day(now), "certificate-untrusted");
        }

        [Fact]
        public async Task A_clock_that_is_held_over_and_too_old_is_named_as_such()
        {
            SetClock(DateTimeOffset.UtcNow.AddDays(-850), ClockState.Holdover); // the broker's begins at -800
            await using MqttBroker broker = Start(new MqttBrokerOptions());
            AssertTold(Settings(broker.BoundPort), "certificate refused: wrong CA, name or date; clock (not synced) " + Day(DateTimeOffset.UtcNow.AddDays(-850)), "clock-not-set");

            SetClock(DateTimeOffset.UtcNow.AddDays(-1000), ClockState.Holdover); // the authority's begins at -900
            AssertTold(Settings(broker.BoundPort), "tls_ca not valid before " + Day(DateTimeOffset.UtcNow.AddDays(-900)) + "; clock (not synced) " + Day(DateTimeOffset.UtcNow.AddDays(-1000)), "clock-not-set");

            SetClock(DateTimeOffset.UtcNow.AddDays(901), ClockState.Synced);
            AssertTold(Settings(broker.BoundPort), "tls_ca expired " + Day(DateTimeOffset.UtcNow.AddDays(900)) + "; clock (synced) " + Day(DateTimeOffset.UtcNow.AddDays(901)), "certificate-expired");

            SetClock(DateTimeOffset.UtcNow.AddDays(-700), ClockState.Holdover); // old, and good enough
            Assert.Null(_link.Connect(Settings(broker.BoundPort), "s/status", "x"));
            _link.Close();
        }

        [Fact]
        public async Task A_broker_that_wants_a_certificate_and_gets_none_or_a_strangers_is_told()
        {
            using var other = new Certificates();
            Certificates.Issued stranger = other.Issue("NODE-0001");
            await using MqttBroker broker = Start(new MqttBrokerOptions { ClientCertificateAuthority = _authority.Authority });
            LinkSettings settings = Settings(broker.BoundPort);
            AssertTold(settings, "no answer: the broker may want a certificate (tls_cert)", "certificate-wanted"); // the PC's server ends it after the handshake
            settings.ClientCertificate = stranger.Pem;
            settings.ClientKey = stranger.KeyPem;
            AssertTold(settings, "no answer: the broker may not accept tls_cert", "tls-failed");
        }

        [Theory]
        [InlineData(false)]
        [InlineData(true)]
        public async Task Whether_it_ends_or_breaks_the_connection_after_the_handshake_makes_no_difference(bool breaks)
        {
            using var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            Task broker = Task.Run(async () =>
            {
                using Socket socket = await listener.AcceptSocketAsync(TestContext.Current.CancellationToken);
                using var secured = new SslStream(new NetworkStream(socket));
                await secured.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = _authority.Issue("edge").Certificate }, TestContext.Current.CancellationToken);
                await secured.ReadExactlyAsync(new byte[1], TestContext.Current.CancellationToken); // CONNECT has come
                if (breaks)
                {
                    socket.LingerState = new LingerOption(true, 0);
                }
            }, TestContext.Current.CancellationToken);
            AssertTold(Settings(((IPEndPoint)listener.LocalEndpoint).Port), "no answer: the broker may want a certificate (tls_cert)", "certificate-wanted");
            await broker;
        }

        [Fact]
        public async Task What_speaks_no_TLS_is_no_broker()
        {
            await using var broker = new MqttBroker();
            broker.Start(new IPEndPoint(IPAddress.Loopback, 0));
            LinkSettings settings = Settings(broker.BoundPort);
            Assert.NotNull(_link.Connect(settings, "s/status", "x"));
            Assert.True(_link.Cause is "not-mqtt" or "tls-failed" or "certificate-wanted", _link.Cause); // a broker that takes the hello for rubbish says nothing

            using var web = new TcpListener(IPAddress.Loopback, 0);
            web.Start();
            Task answers = Task.Run(async () =>
            {
                using Socket socket = await web.AcceptSocketAsync(TestContext.Current.CancellationToken);
                await socket.ReceiveAsync(new byte[1024], TestContext.Current.CancellationToken);
                await socket.SendAsync(Encoding.ASCII.GetBytes("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n"), TestContext.Current.CancellationToken);
            }, TestContext.Current.CancellationToken);
            AssertTold(Settings(((IPEndPoint)web.LocalEndpoint).Port), "what answers there speaks no TLS", "not-mqtt");
            await answers;
        }

        [Fact]
        public void Files_that_hold_no_certificate_are_named()
        {
            LinkSettings settings = Settings(1);
            settings.CaCertificate = Encoding.ASCII.GetBytes("hunter2");
            AssertTold(settings, "tls_ca holds no certificate or key that can be read", "certificate-unreadable");
            settings.CaCertificate = Encoding.ASCII.GetBytes("-----BEGIN CERTIFICATE-----\nhunter2\n-----END CERTIFICATE-----\n");
            AssertTold(settings, "tls_ca holds no certificate or key that can be read", "certificate-unreadable");
            settings.CaCertificate = _authority.AuthorityPem;
            settings.ClientCertificate = _authority.Issue("NODE-0001").Pem;
            settings.ClientKey = _authority.Issue("NODE-0001").KeyPem; // of another certificate
            AssertTold(settings, "tls_cert or tls_key holds no certificate or key that can be read", "certificate-unreadable");
        }

        [Fact]
        public async Task A_port_without_TLS_and_one_where_nobody_is_are_told_apart_from_certificates()
        {
            var plain = new MqttBroker(new MqttBrokerOptions { ConnectTimeout = TimeSpan.FromSeconds(1) });
            plain.Start(new IPEndPoint(IPAddress.Loopback, 0));
            int port = plain.BoundPort;
            string told = _link.Connect(Settings(port), "s/status", "x");
            Assert.DoesNotContain("certificate refused", told);
            Assert.DoesNotContain(Password, told);
            await plain.DisposeAsync();
            Assert.Contains("MqttConnectionException Socket exception connecting to the broker: ", _link.Connect(Settings(port), "s/status", "x"));
        }

        [Fact]
        public async Task A_real_mosquitto_lets_in_who_has_certificate_and_login_and_nobody_else()
        {
            string folder = Directory.CreateTempSubdirectory("tls-").FullName;
            try
            {
                Certificates.Issued server = _authority.Issue("edge");
                Certificates.Issued node = _authority.Issue("NODE-0001");
                Write("ca.pem", _authority.AuthorityPem);
                Write("edge.pem", server.Pem);
                Write("edge.key", server.KeyPem);
                Write("users", Encoding.ASCII.GetBytes("node1:" + Hash(Password) + "\n"));
                int port = 0;
                using (var probe = new TcpListener(IPAddress.Loopback, 0))
                {
                    probe.Start();
                    port = ((IPEndPoint)probe.LocalEndpoint).Port;
                }

                await using Mosquitto mosquitto = await Mosquitto.StartAsync(
                    $"listener {port} 127.0.0.1\ncafile {folder}/ca.pem\ncertfile {folder}/edge.pem\nkeyfile {folder}/edge.key\n"
                    + $"require_certificate true\npassword_file {folder}/users\n");
                LinkSettings settings = Settings(port);
                AssertTold(settings, "TLS refused: the broker may want a certificate (tls_cert)", "certificate-wanted");
                settings.ClientCertificate = node.Pem;
                settings.ClientKey = node.KeyPem;
                Assert.Null(_link.Connect(settings, "s/status", "x"));
                _link.Close();
                settings.Password = "swordfish";
                Assert.EndsWith(" refused the connection, code 5", _link.Connect(settings, "s/status", "x"));
                Assert.Equal("login-refused", _link.Cause);
                settings.Password = Password;
                using var other = new Certificates();
                settings.CaCertificate = other.AuthorityPem;
                AssertTold(settings, "certificate refused: wrong CA, name or date; clock (synced) " + Day(DateTimeOffset.UtcNow), "certificate-untrusted");
            }
            finally
            {
                Directory.Delete(folder, recursive: true);
            }

            void Write(string name, byte[] content)
            {
                File.WriteAllBytes(Path.Combine(folder, name), content);
                if (!OperatingSystem.IsWindows())
                {
                    const UnixFileMode Readable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
                    File.SetUnixFileMode(Path.Combine(folder, name), Readable); // mosquitto gives up its rights before it reads them
                    File.SetUnixFileMode(folder, Readable | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
                }
            }
        }

        // As mosquitto_passwd writes it: PBKDF2 with SHA-512.
        private static string Hash(string password)
        {
            byte[] salt = RandomNumberGenerator.GetBytes(12);
            byte[] hash = Rfc2898DeriveBytes.Pbkdf2(password, salt, 101, HashAlgorithmName.SHA512, 64);
            return "$7$101$" + Convert.ToBase64String(salt) + "$" + Convert.ToBase64String(hash);
        }

        private static string Day(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

        private void SetClock(DateTimeOffset utc, ClockState state)
        {
            _board.UtcNow = utc.UtcDateTime;
            _clock.SetUtc(utc.ToUnixTimeMilliseconds(), state);
        }

        private void AssertTold(LinkSettings settings, string why, string cause)
        {
            string told = _link.Connect(settings, "s/status", "x");
            Assert.Equal("broker 127.0.0.1:" + settings.Port + ": " + why, told);
            Assert.Equal(cause, _link.Cause);
            Assert.DoesNotContain(Password, told);
            Assert.False(_link.IsConnected);
        }

        private MqttBroker Start(MqttBrokerOptions options)
        {
            var broker = new MqttBroker(options with { Certificate = options.Certificate ?? _authority.Issue("edge").Certificate });
            broker.Start(new IPEndPoint(IPAddress.Loopback, 0));
            return broker;
        }

        private LinkSettings Settings(int port) => new LinkSettings
        {
            Host = "127.0.0.1",
            Port = port,
            User = "node1",
            Password = Password,
            ClientId = "88.118.12345/NODE-0001",
            Secure = true,
            CaCertificate = _authority.AuthorityPem,
        };

        private sealed class Deaf : MqttLinkListener
        {
            public override void Acknowledged(int number, bool delivered)
            {
            }

            public override void Closed()
            {
            }

            public override void Received(string topic, byte[] payload)
            {
            }
        }
    }
}
