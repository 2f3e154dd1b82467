using System;
using System.Linq;
using System.Text;
using Sensors.Node;

namespace Sensors.Commissioning.Tests
{
    public class SettingsWriterTests
    {
        private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeMilliseconds(1795000000000);

        private static readonly NodeSetup Least = new() { Id = "88.118.12345/NODE-0001", Networks = [new WifiSetup("Hall 3", "correct horse")], Brokers = ["10.0.0.5"] };

        [Fact]
        public void Every_setting_is_written_as_the_node_reads_it()
        {
            string text = SettingsWriter.Write(
                Least with
                {
                    Networks = [new WifiSetup("Hall 3", "correct horse"), new WifiSetup("Yard", string.Empty, "192.168.1.50/24 192.168.1.1 192.168.1.1")],
                    Brokers = ["10.0.0.5", "edge.local:8884"],
                    Tls = new TlsSetup { Authority = [1], Certificate = [2], Key = [3] },
                    User = "node1",
                    Password = "swordfish",
                    Root = "plant/v1",
                    Acknowledgement = "broker",
                    IntervalMilliseconds = 2000,
                    NtpServer = "10.0.0.1",
                    Points = ["vib1", "temp1"],
                    Sensors = ["temp2 MAX31865 spi1 wires=3"],
                    Machine = ["vib1 rpm=1480 zones=class1"],
                    Alarms = ["vib1 vel warning=2.8 danger=4.5"],
                    ShuntMicroOhms = 2000,
                    Led = "2,low",
                },
                Now);
            Assert.Equal(
                """
                id=88.118.12345/NODE-0001
                wifi_ssid=Hall 3
                wifi_password=correct horse
                wifi_ssid=Yard
                wifi_address=192.168.1.50/24 192.168.1.1 192.168.1.1
                broker=10.0.0.5
                broker=edge.local:8884
                broker_user=node1
                broker_password=swordfish
                tls=on
                tls_ca=ca
                tls_cert=cert
                tls_key=key
                root=plant/v1
                ack=broker
                interval_ms=2000
                ntp_server=10.0.0.1
                points=vib1,temp1
                shunt_uohm=2000
                led=2,low
                sensor=temp2 MAX31865 spi1 wires=3
                point=vib1 rpm=1480 zones=class1
                alarm=vib1 vel warning=2.8 danger=4.5
                time=1795000000000

                """.ReplaceLineEndings("\n"),
                text);
            var settings = Settings.Parse(Encoding.UTF8.GetBytes(text));
            Assert.Null(settings.Error);
            Assert.Equal(2, settings.Networks.Length);
            Assert.Equal(2, settings.Link.Brokers);
        }

        [Theory]
        [InlineData(Question.Identifier, "id")]
        [InlineData(Question.Network, "ssid")]
        [InlineData(Question.WifiPassword, "password")]
        [InlineData(Question.WifiPassword, "short password")]
        [InlineData(Question.Address, "address")]
        [InlineData(Question.Broker, "broker")]
        [InlineData(Question.Login, "user")]
        [InlineData(Question.Tls, "pair")]
        [InlineData(Question.Tls, "size")]
        [InlineData(Question.None, "interval")]
        [InlineData(Question.None, "too much")]
        public void What_no_node_could_work_with_says_which_answer_is_wrong(Question question, string what)
        {
            NodeSetup wrong = what switch
            {
                "id" => Least with { Id = "88.118/NODE" },
                "ssid" => Least with { Networks = [new WifiSetup(new string('x', 33), string.Empty)] },
                "password" => Least with { Networks = [new WifiSetup("Hall 3", null)] },
                "short password" => Least with { Networks = [new WifiSetup("Hall 3", "hunter2")] },
                "address" => Least with { Networks = [new WifiSetup("Hall 3", string.Empty, "192.168.1.50")] },
                "broker" => Least with { Brokers = ["10.0.0.5:99999"] },
                "user" => Least with { User = "a\nid=88.118.12345/OTHER" }, // nobody smuggles a line in
                "pair" => Least with { Tls = new TlsSetup { Certificate = [1] } },
                "size" => Least with { Tls = new TlsSetup { Authority = new byte[SettingsWriter.MaxFile + 1] } },
                "interval" => Least with { IntervalMilliseconds = 5 },
                _ => Least with { Alarms = [.. Enumerable.Range(0, 200).Select(i => $"vib{i} vel warning=2.8 danger=4.5")] },
            };
            SetupException error = Assert.Throws<SetupException>(() => SettingsWriter.Write(wrong, Now));
            Assert.Equal(question, error.Question);
            Assert.DoesNotContain("hunter2", error.ToString());
        }

        [Fact]
        public void A_password_belongs_to_its_user()
        {
            NodeSetup other = new NodeSetup { User = "somebody" }.Over(Least with { User = "node1", Password = "swordfish" });
            Assert.Null(other.Password);
            Assert.Equal("swordfish", new NodeSetup().Over(Least with { User = "node1", Password = "swordfish" }).Password);
        }
    }
}
