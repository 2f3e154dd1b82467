using System;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using NanoFramework.Pc;
using Sensors.Cli.Tests.Support;
using Sensors.Commissioning;
using Sensors.VirtualBoard;

namespace Sensors.Cli.Tests.Pairings
{
    /// <summary>A technician at a terminal pairs a virtual board that runs the real firmware: every failure is named in time, and mended in the same run.</summary>
    public partial class PairAtTerminalTests
    {
        private const string Id = "88.118.12345/PUMP-0001";
        private const string Hall = "Hall 3=correct horse";
        private const string WifiPassword = "correct horse";
        private const double Pace = 10; // a broker has ten seconds of the board to answer: one of a busy PC

        private VirtualEsp32? _board;

        [Fact]
        public async Task A_wrong_wifi_password_is_named_and_asked_again()
        {
            await using PlantBroker broker = PlantBroker.Open();
            ScriptedDialog script = Begin().Secret("Password of 'Hall 3'", "wrong horse").Answer("Broker", broker.Address).Answer("By TLS", "n").Answer("User", "-")
                .Secret("Password of 'Hall 3'", WifiPassword);
            await MendsAsync(broker, script, "wrong-password", "--wifi", Hall);
        }

        [Fact]
        public async Task A_network_nobody_hears_is_named_and_asked_again()
        {
            await using PlantBroker broker = PlantBroker.Open();
            ScriptedDialog script = new ScriptedDialog().Answer("Identifier", Id).Answer("What people call it", "Feed pump").Answer("Wi-Fi network", "Hal 3")
                .Secret("Password of 'Hal 3'", WifiPassword).Answer("Broker", broker.Address).Answer("By TLS", "").Answer("User", "")
                .Answer("Wi-Fi network", "1").Secret("Password of 'Hall 3'", WifiPassword);
            await MendsAsync(broker, script, "network-not-found", "--wifi", Hall, "--wifi", "Yard=another word");
        }

        [Fact]
        public async Task A_network_without_dhcp_is_named_and_a_fixed_address_helps()
        {
            await using PlantBroker broker = PlantBroker.Open();
            ScriptedDialog script = Begin().Secret("Password of 'Hall 3'", WifiPassword).Answer("Broker", broker.Address).Answer("By TLS", "n").Answer("User", "-")
                .Answer("Fixed address", "192.168.1.50").Answer("Fixed address", "192.168.1.50/24 192.168.1.1 192.168.1.1");
            await MendsAsync(broker, script, "no-dhcp", "--wifi", Hall, "--air", "no-dhcp");
        }

        [Fact]
        public async Task A_broker_that_is_not_there_is_named_and_asked_again()
        {
            await using PlantBroker broker = PlantBroker.Open();
            ScriptedDialog script = Begin().Secret("Password of 'Hall 3'", WifiPassword).Answer("Broker", "127.0.0.1:9").Answer("By TLS", "n").Answer("User", "-")
                .Answer("Broker", broker.Address).Answer("By TLS", "n");
            await MendsAsync(broker, script, "broker-unreachable", "--wifi", Hall);
        }

        [Fact]
        public async Task A_refused_login_is_named_and_asked_again()
        {
            await using PlantBroker broker = PlantBroker.WithLogin();
            ScriptedDialog script = Begin().Secret("Password of 'Hall 3'", WifiPassword).Answer("Broker", broker.Address).Answer("By TLS", "n")
                .Answer("User", PlantBroker.User).Secret("Password of node1", "not that").Answer("User", "").Secret("Password of node1", PlantBroker.Password);
            await MendsAsync(broker, script, "login-refused", "--wifi", Hall);
        }

        [Fact]
        public async Task A_certificate_of_another_authority_is_named_and_the_file_asked_again()
        {
            await using PlantBroker broker = PlantBroker.WithTls();
            ScriptedDialog script = Begin().Secret("Password of 'Hall 3'", WifiPassword).Answer("Broker", broker.Address).Answer("By TLS", "y")
                .Answer("File with the certificate", broker.At("other.pem")).Answer("User", "-")
                .Answer("File with the certificate", broker.At("missing.pem")).Answer("File with the certificate", broker.At("ca.pem"));
            await MendsAsync(broker, script, "certificate-untrusted", "--wifi", Hall);
        }

        /// <summary>This PC's clock, which the node is given, is days behind, and no time server answers: so the certificates are not valid yet.</summary>
        [Fact]
        public async Task A_clock_behind_the_certificates_is_named_and_a_time_server_helps()
        {
            await using PlantBroker broker = PlantBroker.WithTls(from: 1);
            ScriptedDialog script = Begin().Secret("Password of 'Hall 3'", WifiPassword).Answer("Broker", broker.Address).Answer("By TLS", "y")
                .Answer("File with the certificate", broker.At("ca.pem")).Answer("User", "-")
                .Answer("Time server", "10.0.0.1", () => _board!.Radio.TimeServerBlocked = false);
            await MendsAsync(broker, script, "clock-not-set", "--wifi", Hall, "--air", "no-time", "--no-readings");
        }

        [Fact]
        public async Task An_identifier_in_use_is_named_and_another_one_asked_for()
        {
            await using PlantBroker broker = PlantBroker.Open();
            broker.PutOnline(Id);
            ScriptedDialog script = Begin().Secret("Password of 'Hall 3'", WifiPassword).Answer("Broker", broker.Address).Answer("By TLS", "n").Answer("User", "-")
                .Answer("take the place of the other one", "n").Answer("Identifier", "88.118/PUMP").Answer("Identifier", "88.118.12345/PUMP-0002");
            await MendsAsync(broker, script, "identifier-in-use", "--wifi", Hall);
        }

        [Fact]
        public async Task A_board_that_takes_anothers_place_keeps_the_identifier()
        {
            await using PlantBroker broker = PlantBroker.Open();
            broker.PutOnline(Id);
            ScriptedDialog script = Begin().Secret("Password of 'Hall 3'", WifiPassword).Answer("Broker", broker.Address).Answer("By TLS", "n").Answer("User", "-")
                .Answer("take the place of the other one", "y");
            TestHost host = await MendsAsync(broker, script, "identifier-in-use", "--wifi", Hall);
            Assert.Contains($"is {Id}. Accepted", host.Out);
        }

        /// <summary>Behind the identifier and its name, the network that is heard is offered: Enter takes it.</summary>
        private static ScriptedDialog Begin() => new ScriptedDialog().Answer("Identifier of the place", Id).Answer("What people call it", "Feed pump").Answer("Wi-Fi network, its number or name [Hall 3]", "");

        /// <summary>Pairs; the first trial fails for the cause, the next one does not.</summary>
        private async Task<TestHost> MendsAsync(PlantBroker broker, ScriptedDialog script, string cause, params string[] options)
        {
            var host = new TestHost
            {
                Dialog = script,
                Nodes = node => node with
                {
                    Pace = Pace,
                    StartUtc = cause == "clock-not-set" ? DateTime.UtcNow.AddDays(3) : null,
                    Firmware = () =>
                    {
                        _board = (VirtualEsp32)PcBoard.Current;
                        Firmware.Program.Main();
                    },
                },
            };
            int exit = await host.RunAsync(TestContext.Current.CancellationToken, [
                "pair", "--virtual", "1", "--out", broker.At("out"), "--registry", broker.At("nodes.db"), "--profile", broker.At("profile.json"), "--interval", "2", .. options]);
            Assert.True(exit == 0, host.Error + host.Out);
            Assert.Equal(0, script.Left);
            Cause known = CauseTable.Find(cause);
            Match failure = Failure().Match(host.Error);
            Assert.True(failure.Success, host.Error);
            Assert.Equal((known.Stage, known.Title, cause), (failure.Groups[1].Value, failure.Groups[3].Value, failure.Groups[4].Value));
            Assert.InRange(double.Parse(failure.Groups[2].Value, CultureInfo.InvariantCulture), 0.1, 30);
            Assert.Contains("\nHint: " + known.Hint + "\n", host.Error);
            Assert.Contains(options.Contains("--no-readings") ? "nobody listened" : "Accepted: a good reading of every point", host.Out);
            Assert.InRange(_board!.Starts, options.Contains("--no-readings") ? 2 : 3, 3); // twice until the portal is open, once into work: none of them between two trials
            Match first = FirstReading().Match(host.Out);
            Assert.True(first.Success ? double.Parse(first.Groups[1].Value, CultureInfo.InvariantCulture) < 120 : options.Contains("--no-readings"), host.Out);
            Secrets.Absent(host, broker.Folder, WifiPassword, "wrong horse", PlantBroker.Password, "not that");
            return host;
        }

        [GeneratedRegex(@"s  ([a-z]+) failed after ([0-9.]+) s: (.+) \(([a-z-]+)\)\n")]
        private static partial Regex Failure();

        [GeneratedRegex(@"First reading ([0-9.]+) s after")]
        private static partial Regex FirstReading();
    }
}
