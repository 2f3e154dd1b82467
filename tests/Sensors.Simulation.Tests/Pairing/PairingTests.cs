using System;
using System.Linq;
using System.Text;
using System.Text.Json;
using Sensors.Firmware;
using Sensors.Mqtt;
using Sensors.Pairing;
using Sensors.VirtualBoard;

namespace Sensors.Simulation.Tests.Pairing;

/// <summary>The whole firmware from an empty volume to readings under the right identifier, and what can be wrong on the way.</summary>
public sealed class PairingTests : PairingBench
{
    [Fact]
    public void A_fresh_board_opens_its_access_point_is_paired_and_works()
    {
        Board.PowerOn(Program.Main);
        UntilOpen();
        Assert.Equal(2, Board.Starts); // opening takes one restart
        Assert.Equal(("sensors-3F2A1C", AccessPointPassword), (Board.Radio.SoftAccessPoint.Ssid, Board.Radio.SoftAccessPoint.Password));
        JsonElement node = Client.Look();
        Assert.Equal("waiting", node.GetProperty("state").GetString());
        Assert.False(node.GetProperty("paired").GetBoolean());
        Assert.Equal("sensors-3F2A1C", node.GetProperty("node").GetString());
        (int status, byte[] page) = Client.Send("GET", "/");
        Assert.Equal(200, status);
        Assert.True(page.Length > 1000);
        Assert.Equal(302, Client.Send("GET", "/generate_204").Status);

        JsonElement heard = Client.Ask("scan");
        Assert.Equal("Hall 3", heard.GetProperty("networks")[0].GetProperty("ssid").GetString());
        Assert.Equal(-60, heard.GetProperty("networks")[0].GetProperty("rssi").GetInt32());

        JsonElement outcome = Client.Try(1, Settings());
        AssertCommitted(outcome);
        Assert.Equal("Hall 3", outcome.GetProperty("ssid").GetString());
        Assert.StartsWith("192.168.1.", outcome.GetProperty("address").GetString(), StringComparison.Ordinal);
        Assert.Equal(2, Board.Starts); // trying takes none
        Client.Ask("done 1");
        UntilItWorks();
        Assert.Equal(3, Board.Starts); // into work, and no further for the access point
        Assert.Equal(Id, Last("temp1").GetProperty("id").GetString());
        Assert.Equal("paired", Last("status").GetProperty("restart").GetString());
        Assert.Null(Board.PortEndpoint(80));
    }

    [Fact]
    public void A_board_without_a_label_draws_one_that_bears_its_address_and_keeps_it()
    {
        WriteFile(PairingLabel.FileName, Encoding.ASCII.GetBytes("node=3F2A1C\nap_pass")); // torn
        Board.PowerOn(Program.Main);
        UntilOpen();
        PairingLabel drawn = PairingLabel.Parse(ReadFile(PairingLabel.FileName));
        Assert.Equal(Convert.ToHexString(Board.MacAddress.AsSpan(3)), drawn.Node);
        Assert.Equal(drawn.Name, Board.Radio.SoftAccessPoint.Ssid);
        Assert.Equal(12, drawn.AccessPointPassword.Length);
        Board.CutPower();
        Board.PowerOn();
        UntilOpen();
        Assert.Equal(drawn.ToBytes(), ReadFile(PairingLabel.FileName));
        Assert.Equal(3, Board.Starts); // it was open already
        Assert.Equal(200, new PortalClient(Board, drawn).Prove(drawn.Code));
    }

    [Fact]
    public void A_wrong_password_is_named_and_the_next_try_needs_no_restart()
    {
        Board.PowerOn(Program.Main);
        UntilOpen();
        AssertFailed(Client.Try(1, Settings().Replace(WifiPassword, "hunter3", StringComparison.Ordinal)), "wifi", "wrong-password");
        AssertCommitted(Client.Try(2, Settings()));
        Assert.Equal(2, Board.Starts);
    }

    [Theory]
    [InlineData("absent", "wifi", "network-not-found")]
    [InlineData("encryption", "wifi", "wifi-refused")]
    [InlineData("dhcp", "address", "no-dhcp")]
    [InlineData("name", "name", "name-not-found")]
    [InlineData("port", "broker", "broker-unreachable")]
    [InlineData("subnet", "broker", "broker-unreachable")]
    [InlineData("captive", "broker", "not-mqtt")]
    [InlineData("login", "login", "login-refused")]
    [InlineData("full", "login", "broker-refused")]
    public void Every_fault_of_the_network_is_named_and_leaves_the_node_as_it_was(string fault, string stage, string cause)
    {
        string settings = Settings();
        Board.Radio.Add(new AccessPoint("Hall 4", WifiPassword) { HasUnknownEncryption = true });
        switch (fault)
        {
            case "absent":
                Hall.InRange = false;
                break;
            case "encryption":
                settings = settings.Replace("Hall 3", "Hall 4", StringComparison.Ordinal);
                break;
            case "dhcp":
                Hall.HasDhcp = false;
                break;
            case "name":
                Hall.FailingNames.Add("broker.example");
                settings = settings.Replace("127.0.0.1", "broker.example", StringComparison.Ordinal);
                break;
            case "port":
                settings = settings.Replace("broker_port=" + BrokerPort, "broker_port=1", StringComparison.Ordinal);
                break;
            case "subnet":
                settings = settings.Replace("broker_host", "wifi_address=10.1.2.3/24 10.1.2.1\nbroker_host", StringComparison.Ordinal);
                break;
            case "captive":
                Hall.IsCaptive = true;
                break;
            case "login":
                Authenticate = _ => ConnectReturnCode.NotAuthorized;
                break;
            case "full":
                Authenticate = _ => ConnectReturnCode.ServerUnavailable;
                break;
        }

        Board.PowerOn(Program.Main);
        UntilOpen();
        AssertFailed(Client.Try(1, settings), stage, cause);
        Assert.Null(Board.Radio.Joined); // the access point has the radio again
        Assert.False(Client.Look().GetProperty("paired").GetBoolean());

        Hall.InRange = true;
        Hall.HasDhcp = true;
        Hall.IsCaptive = false;
        Authenticate = _ => ConnectReturnCode.Accepted;
        AssertCommitted(Client.Try(2, Settings()));
        Assert.Equal(2, Board.Starts);
    }

    [Fact]
    public void An_address_of_its_own_and_a_slow_network_are_as_good()
    {
        Hall.HasDhcp = false;
        Hall.DelayMilliseconds = 700;
        Pair(Settings().Replace("broker_host", "wifi_address=192.168.1.50/24 192.168.1.1 192.168.1.2\nbroker_host", StringComparison.Ordinal));
        Assert.Equal("192.168.1.50", Board.StationAddress);
    }

    [Fact]
    public void The_access_point_vanishes_while_the_node_tries_another_channel_and_the_outcome_waits()
    {
        var far = new AccessPoint("Yard", "long enough") { Channel = 11, Rssi = -80 };
        Board.Radio.Add(far);
        Board.Radio.ChannelChangeMilliseconds = 8000;
        Board.PowerOn(Program.Main);
        UntilOpen();
        System.Net.IPEndPoint before = Board.PortEndpoint(80)!;
        Client.Ask("try 1\n" + Settings().Replace("Hall 3", "Yard", StringComparison.Ordinal).Replace(WifiPassword, "long enough", StringComparison.Ordinal));
        Until(() => !Board.Radio.SoftAccessPoint.IsUp);
        Assert.Null(Board.PortEndpoint(80));
        Until(() => Board.Radio.SoftAccessPoint.IsUp);
        Assert.Equal(11, Board.Radio.SoftAccessPoint.Channel);
        Assert.Equal(before, Board.PortEndpoint(80));
        JsonElement outcome = default;
        Until(() => (outcome = Client.Ask("outcome 1")).GetProperty("state").GetString() != "trying");
        Assert.Equal("committed", outcome.GetProperty("state").GetString());
    }

    [Fact]
    public void Wrong_codes_wait_longer_and_longer_also_after_a_power_cut()
    {
        Board.PowerOn(Program.Main);
        UntilOpen();
        Board.Time.Pace = 4; // 4 s are to be longer than the PC takes for two requests
        for (int i = 0; i < 3; i++)
        {
            Until(() => Client.Prove("AAAA-AAAA") == 403);
        }

        Assert.Equal(429, Client.Prove(Code));
        Board.CutPower();
        Board.PowerOn();
        UntilOpen();
        Assert.Equal(429, Client.Prove(Code));
        Until(() => Client.Prove(Code) == 200);
    }

    [Fact]
    public void A_file_written_by_hand_is_taken_while_the_portal_is_open()
    {
        Board.PowerOn(Program.Main);
        UntilOpen();
        WriteSettings(Settings());
        UntilItWorks();
        Assert.Equal("settings written", Last("status").GetProperty("restart").GetString());
    }
}
