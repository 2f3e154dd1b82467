using System.Linq;
using System.Text;

namespace Sensors.Node.Tests.Runtime
{
    /// <summary>The file that pairing writes.</summary>
    public class SettingsTests
    {
        private const string Good = "id=88.118.12345/NODE-0001\nwifi_ssid=Hall\nbroker_host=edge.local\n";

        [Fact]
        public void Every_key_is_taken()
        {
            Settings settings = Parse(
                "# written by pairing\n\n id = 88.118.12345/NODE-0001 \nroot=plant-1/sensors\nwifi_ssid=Hall 3\nwifi_password=a=b #c\n"
                + "broker_host=edge.local\nbroker_port=8883\nbroker_user=node1\nbroker_password=p w\nntp_server=10.0.0.1\n"
                + "points=vib1,temp1\ninterval_ms=2000\nshunt_uohm=100000");
            Assert.Null(settings.Error);
            Assert.Equal("88.118.12345/NODE-0001", settings.Id.Text);
            Assert.Equal("plant-1/sensors", settings.Root);
            Assert.Equal("Hall 3", settings.WifiSsid);
            Assert.Equal("a=b #c", settings.WifiPassword);
            Assert.Equal("edge.local", settings.Link.Host);
            Assert.Equal(8883, settings.Link.Port);
            Assert.Equal("node1", settings.Link.User);
            Assert.Equal("p w", settings.Link.Password);
            Assert.Equal("88.118.12345/NODE-0001", settings.Link.ClientId);
            Assert.Equal("10.0.0.1", settings.NtpServer);
            Assert.Equal(new[] { "vib1", "temp1" }, settings.Points);
            Assert.Equal(2000, settings.IntervalMilliseconds);
            Assert.Equal(100000, settings.ShuntMicroOhms);
        }

        [Fact]
        public void Each_network_has_the_lines_behind_it()
        {
            Settings settings = Parse(
                "wifi_password=first\nwifi_ssid=Hall\nwifi_address=192.168.1.50/24 192.168.1.1\nid=88.118.12345/NODE-0001\nwifi_ssid=Yard\nwifi_password=second\n"
                + "wifi_ssid=Open\nbroker_host=edge\nwifi_address=10.1.2.3/8 10.0.0.1 10.0.0.53\n");
            Assert.Null(settings.Error);
            Assert.Equal(
                new[] { "Hall first 192.168.1.50 255.255.255.0 192.168.1.1 192.168.1.1", "Yard second    ", "Open  10.1.2.3 255.0.0.0 10.0.0.1 10.0.0.53" },
                settings.Networks.Select(n => string.Join(" ", n.Ssid, n.Password, n.Address, n.Mask, n.Gateway, n.Dns)));
            Assert.Equal("Hall first", settings.WifiSsid + " " + settings.WifiPassword);
        }

        [Theory]
        [InlineData("192.168.1.50", "wifi_address must be address/prefix gateway")]
        [InlineData("192.168.1.50/24", "wifi_address must be address/prefix gateway")]
        [InlineData("192.168.1.50/24 192.168.1.1 192.168.1.1 x", "wifi_address must be address/prefix gateway")]
        [InlineData("192.168.1/24 192.168.1.1", "wifi_address must be address/prefix gateway")]
        [InlineData("192.168.1.256/24 192.168.1.1", "wifi_address must be address/prefix gateway")]
        [InlineData("192.168.1.50/31 192.168.1.1", "wifi_address must be address/prefix gateway")]
        [InlineData("192.168.1.50/24 192.168.1.1 dns", "wifi_address must be address/prefix gateway")]
        [InlineData("192.168.1.0/24 192.168.1.1", "wifi_address: 192.168.1.0 is the network's own")]
        [InlineData("192.168.1.255/24 192.168.1.1", "wifi_address: 192.168.1.255 is the network's own")]
        [InlineData("192.168.1.50/24 192.168.2.1", "wifi_address: gateway 192.168.2.1 must be another address of the same network")]
        [InlineData("192.168.1.50/24 192.168.1.50", "wifi_address: gateway 192.168.1.50 must be another address of the same network")]
        public void An_address_that_cannot_work_is_refused(string address, string error)
        {
            Assert.StartsWith("settings.txt line 4: " + error, Parse(Good + "wifi_address=" + address + "\n").Error);
        }

        [Theory]
        [InlineData("wifi_address=10.0.0.2/8 10.0.0.1\n" + Good, "settings.txt line 1: wifi_address goes behind the wifi_ssid it is for")]
        [InlineData(Good + "wifi_ssid=", "settings.txt line 4: wifi_ssid must have 1 to 32 bytes")]
        [InlineData(Good + "wifi_ssid=123456789012345678901234567890123", "settings.txt line 4: wifi_ssid must have 1 to 32 bytes")]
        [InlineData(Good + "wifi_password=12345678901234567890123456789012345678901234567890123456789012345", "settings.txt line 4: wifi_password must have at most 64 letters")]
        [InlineData(Good + "led=49", "settings.txt line 4: led must be a whole number from 0 to 48")]
        [InlineData(Good + "led=5,high", "settings.txt line 4: led must be a pin, or pin,low")]
        public void A_network_or_a_light_that_cannot_be_is_refused(string text, string error)
        {
            Assert.Equal(error, Parse(text).Error);
        }

        [Fact]
        public void A_light_has_a_pin_and_a_level()
        {
            Assert.Equal(-1, Parse(Good).LedPin);
            Assert.Equal((5, true), (Parse(Good + "led=5").LedPin, Parse(Good + "led=5").LedActiveHigh));
            Assert.Equal((2, false), (Parse(Good + "led=2,low").LedPin, Parse(Good + "led=2,low").LedActiveHigh));
        }

        [Theory]
        [InlineData(null, true)]
        [InlineData("", true)]
        [InlineData("interval_ms=2000\npoint=vib1 rpm=1480\n", true)]
        [InlineData(Good, false)]
        [InlineData("interval_ms=1\n", false)]
        public void Unpaired_is_who_lacks_pairings_lines_and_nothing_else(string? text, bool unpaired)
        {
            Settings settings = Settings.Parse(text == null ? null : Encoding.UTF8.GetBytes(text));
            Assert.Equal(unpaired, settings.IsUnpaired);
        }

        [Fact]
        public void What_stays_when_a_node_forgets_where_it_belongs_is_how_it_measures()
        {
            string text = "# the password is hunter2\n" + Good + "wifi_address=10.0.0.2/8 10.0.0.1\nwifi_password=hunter2\nbroker=b\nbroker_user=u\nroot=r\ntls=on\ntls_ca=a\ntime=1\nnonsense\n"
                + "interval_ms=2000\n\npoint=vib1 rpm=1480\nalarm=vib1 vel warning=2\nled=5\nack=broker\n";
            byte[] left = SettingsText.Unpaired(Encoding.UTF8.GetBytes(text));
            Assert.Equal("interval_ms=2000\npoint=vib1 rpm=1480\nalarm=vib1 vel warning=2\nled=5\nack=broker\n", Encoding.UTF8.GetString(left));
            Assert.Equal(left, SettingsText.Unpaired(left));
            Assert.Empty(SettingsText.Unpaired(null));
            Assert.True(Settings.Parse(left).IsUnpaired);
        }

        [Fact]
        public void Several_brokers_are_tried_in_the_order_of_the_file_the_old_keys_first()
        {
            LinkSettings link = Parse(Good + "broker=10.0.0.2:1884\nbroker=backup.local\nbroker_port=1999\n").Link;
            Assert.Equal(3, link.Brokers);
            Assert.Equal(new[] { "edge.local:1999", "10.0.0.2:1884", "backup.local:1883", "edge.local:1999" }, Enumerable.Range(0, 4).Select(i => Use(link, i)));
            link = Parse("id=88.118.12345/NODE-0001\nwifi_ssid=Hall\nbroker=only.local\n").Link;
            Assert.Equal("only.local:1883", link.Host + ":" + link.Port);
            Assert.Equal(1, link.Brokers);
        }

        [Fact]
        public void TLS_has_its_usual_port_and_its_files()
        {
            Settings settings = Parse(Good + "tls_ca=ca.pem\ntls_cert=node.pem\ntls_key=node.key\nbroker=10.0.0.2\nbroker=10.0.0.3:8885\ntls=on\nack=broker\ntime=1763600000123");
            Assert.Null(settings.Error);
            Assert.True(settings.Link.Secure);
            Assert.Equal(new[] { "edge.local:8883", "10.0.0.2:8883", "10.0.0.3:8885" }, Enumerable.Range(0, 3).Select(i => Use(settings.Link, i)));
            Assert.Equal("ca.pem node.pem node.key", settings.CaFile + " " + settings.CertificateFile + " " + settings.KeyFile);
            Assert.Equal(AckMode.Broker, settings.Link.Acknowledgement);
            Assert.Equal(1763600000123, settings.WrittenUtc);
            var volume = new Fakes.MemoryVolume();
            Assert.Equal("no file ca.pem, which the settings name", settings.LoadCertificates(volume));
            volume.Files["ca.pem"] = [1];
            volume.Files["node.pem"] = [2];
            Assert.Equal("no file node.key, which the settings name", settings.LoadCertificates(volume));
            volume.Files["node.key"] = [3];
            Assert.Null(settings.LoadCertificates(volume));
            Assert.Equal(new byte[] { 1, 2, 3 }, settings.Link.CaCertificate.Concat(settings.Link.ClientCertificate).Concat(settings.Link.ClientKey));
        }

        [Theory]
        [InlineData("tls_ca=ca.pem", "tls_ca, tls_cert and tls_key need tls=on")]
        [InlineData("tls=off\ntls_cert=a\ntls_key=b", "tls_ca, tls_cert and tls_key need tls=on")]
        [InlineData("tls=on\ntls_cert=a", "tls_cert and tls_key go together")]
        [InlineData("tls=on\ntls_key=a", "tls_cert and tls_key go together")]
        public void A_lock_that_is_half_closed_is_an_error(string lines, string error)
        {
            Assert.Equal("settings.txt: " + error, Parse(Good + lines).Error);
        }

        [Fact]
        public void What_is_not_said_has_its_default()
        {
            Settings settings = Parse(Good);
            Assert.Null(settings.Error);
            Assert.Equal("sensors/v1", settings.Root);
            Assert.Equal("Hall", settings.WifiSsid);
            Assert.Equal(string.Empty, settings.WifiPassword);
            Assert.Equal(1883, settings.Link.Port);
            Assert.False(settings.Link.Secure);
            Assert.Null(settings.LoadCertificates(new Fakes.MemoryVolume()));
            Assert.Null(settings.Link.CaCertificate);
            Assert.Equal(AckMode.Edge, settings.Link.Acknowledgement);
            Assert.Equal(0, settings.WrittenUtc);
            Assert.Null(settings.Link.User);
            Assert.Null(settings.Link.Password);
            Assert.Equal("pool.ntp.org", settings.NtpServer);
            Assert.Empty(settings.Points);
            Assert.Equal(10000, settings.IntervalMilliseconds);
            Assert.Equal(10000, settings.ShuntMicroOhms);
        }

        [Fact]
        public void Lines_may_end_as_windows_ends_them()
        {
            Settings settings = Parse(Good.Replace("\n", "\r\n") + "wifi_password=secret\r\n");
            Assert.Null(settings.Error);
            Assert.Equal("edge.local", settings.Link.Host);
            Assert.Equal("secret", settings.WifiPassword);
        }

        [Fact]
        public void Names_and_passwords_may_have_any_letters()
        {
            Assert.Equal("车间三", Parse(Good + "wifi_ssid=车间三\n").Networks[1].Ssid);
        }

        [Theory]
        [InlineData("broker_port=0", "broker_port must be a whole number from 1 to 65535")]
        [InlineData("broker_port=65536", "broker_port must be a whole number from 1 to 65535")]
        [InlineData("broker_port=mqtt", "broker_port must be a whole number from 1 to 65535")]
        [InlineData("broker_port=", "broker_port must be a whole number from 1 to 65535")]
        [InlineData("broker=", "broker must be a host, or host:port with a port from 1 to 65535")]
        [InlineData("broker=:1883", "broker must be a host, or host:port with a port from 1 to 65535")]
        [InlineData("broker=edge:", "broker must be a host, or host:port with a port from 1 to 65535")]
        [InlineData("broker=edge:65536", "broker must be a host, or host:port with a port from 1 to 65535")]
        [InlineData("broker=edge:1:2", "broker must be a host, or host:port with a port from 1 to 65535")]
        [InlineData("tls=yes", "tls must be on or off")]
        [InlineData("ack=both", "ack must be edge or broker")]
        [InlineData("tls_ca=", "tls_ca must be the name of a file, without a folder, of at most 32 letters")]
        [InlineData("tls_key=I:\\node.key", "tls_key must be the name of a file, without a folder, of at most 32 letters")]
        [InlineData("tls_cert=a/b", "tls_cert must be the name of a file, without a folder, of at most 32 letters")]
        [InlineData("time=now", "time must be in milliseconds since 1970, UTC")]
        [InlineData("time=-1", "time must be in milliseconds since 1970, UTC")]
        [InlineData("shunt_uohm=99", "shunt_uohm must be a whole number from 100 to 1000000")]
        [InlineData("shunt_uohm=1000001", "shunt_uohm must be a whole number from 100 to 1000000")]
        [InlineData("interval_ms=999", "interval_ms must be a whole number from 1000 to 3600000")]
        [InlineData("interval_ms=3600001", "interval_ms must be a whole number from 1000 to 3600000")]
        [InlineData("interval_ms=99999999999", "interval_ms must be a whole number from 1000 to 3600000")]
        [InlineData("colour=red", "unknown key colour")]
        [InlineData("hunter2", "expected key=value")]
        [InlineData("=hunter2", "expected key=value")]
        [InlineData("root=", "The topic root is empty; it could be sensors/v1.")]
        [InlineData("root=a//b", "The topic root has an empty level: a '/' stands at its start, its end or beside another '/'.")]
        public void An_error_names_its_line(string line, string error)
        {
            Assert.Equal("settings.txt line 5: " + error, Parse(Good + "\n" + line + "\n").Error);
        }

        [Fact]
        public void A_wrong_identifier_is_told_with_its_line()
        {
            Settings settings = Parse("broker_host=edge.local\nid=86.1/x\n");
            Assert.StartsWith("settings.txt line 2: ", settings.Error);
            Assert.EndsWith(Identifier.Check("86.1/x").Message, settings.Error);
            Assert.Null(settings.Id);
        }

        [Fact]
        public void The_first_error_counts()
        {
            Assert.Equal("settings.txt line 4: unknown key a", Parse(Good + "a=1\nb=2\n").Error);
        }

        [Theory]
        [InlineData("wifi_passwort=hunter2")]
        [InlineData("broker_port=hunter2")]
        [InlineData("interval_ms=hunter2")]
        [InlineData("hunter2")]
        [InlineData("=hunter2")]
        [InlineData("root=hunter2 ")]
        public void An_error_never_tells_a_value(string line)
        {
            string error = Parse("wifi_password=hunter2\n" + line).Error;
            Assert.NotNull(error);
            Assert.DoesNotContain("hunter2", error);
        }

        [Theory]
        [InlineData("", "settings.txt: no id")]
        [InlineData("broker_host=edge.local", "settings.txt: no id")]
        [InlineData("id=88.118.12345/NODE-0001\nbroker_host=edge.local", "settings.txt: no wifi_ssid")]
        [InlineData("id=88.118.12345/NODE-0001\nwifi_ssid=hall", "settings.txt: no broker_host")]
        [InlineData("id=88.118.12345/NODE-0001\nwifi_ssid=hall\nbroker_host=", "settings.txt: no broker_host")]
        public void What_a_node_cannot_do_without_is_named(string text, string error)
        {
            Assert.Equal(error, Parse(text).Error);
        }

        [Fact]
        public void No_file_is_a_node_that_is_not_paired()
        {
            Assert.Equal("no settings.txt: the node is not paired", Settings.Parse(null).Error);
            Assert.Equal("settings.txt is not UTF-8", Settings.Parse([.. "id=88.118.12345/NODE-0001\nwifi_ssid="u8, 0xB3, 0xB5, (byte)'\n']).Error); // GBK: a device's string would throw
        }

        private static string Use(LinkSettings link, int broker)
        {
            link.Use(broker);
            return link.Host + ":" + link.Port;
        }

        private static Settings Parse(string text) => Settings.Parse(Encoding.UTF8.GetBytes(text));
    }
}
