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
        public void What_is_not_said_has_its_default()
        {
            Settings settings = Parse(Good);
            Assert.Null(settings.Error);
            Assert.Equal("sensors/v1", settings.Root);
            Assert.Equal("Hall", settings.WifiSsid);
            Assert.Equal(string.Empty, settings.WifiPassword);
            Assert.Equal(1883, settings.Link.Port);
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
            Assert.Equal("车间三", Parse(Good + "wifi_ssid=车间三\n").WifiSsid);
        }

        [Theory]
        [InlineData("broker_port=0", "broker_port must be a whole number from 1 to 65535")]
        [InlineData("broker_port=65536", "broker_port must be a whole number from 1 to 65535")]
        [InlineData("broker_port=mqtt", "broker_port must be a whole number from 1 to 65535")]
        [InlineData("broker_port=", "broker_port must be a whole number from 1 to 65535")]
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
        }

        private static Settings Parse(string text) => Settings.Parse(Encoding.UTF8.GetBytes(text));
    }
}
