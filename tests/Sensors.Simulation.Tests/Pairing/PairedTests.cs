using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Text;
using System.Text.Json;
using Sensors.Boards;
using Sensors.Firmware;
using Sensors.Node;
using Sensors.Pairing;
using Sensors.VirtualBoard;

namespace Sensors.Simulation.Tests.Pairing;

/// <summary>A node that is paired: its button, its light, how it is unpaired, what a power cut leaves, and that nothing secret gets out.</summary>
public sealed class PairedTests : PairingBench
{
    private const int Light = 5;

    [Fact]
    public void Holding_the_button_opens_the_portal_and_closing_it_goes_back_to_work()
    {
        bool pressed = false;
        Board.Pins.Wire(Esp32DevKitC.ButtonPin, () => !pressed);
        WriteSettings(Settings());
        Board.PowerOn(Program.Main);
        Until(() => Count("temp1") > 0);
        pressed = true;
        double since = Board.Time.Seconds;
        Until(() => Board.Time.Seconds > since + 3);
        pressed = false; // too short
        Until(() => Board.Time.Seconds > since + 12);
        Assert.Equal(1, Board.Starts);

        pressed = true;
        UntilOpen();
        pressed = false;
        Assert.Equal(3, Board.Starts);
        Assert.True(Client.Look().GetProperty("paired").GetBoolean());
        Assert.Equal(Id, Client.Ask("info").GetProperty("id").GetString());
        Forget();
        Client.Ask("close");
        UntilItWorks();
        Assert.Equal(4, Board.Starts);
        Assert.Equal(Id, Last("temp1").GetProperty("id").GetString());
    }

    [Fact]
    public void A_failed_try_of_a_paired_node_leaves_it_paired_as_it_was()
    {
        WriteSettings(Settings());
        Board.PowerOn(Program.Main);
        Until(() => Count("temp1") > 0);
        Board.CutPower();
        Open();
        AssertFailed(Client.Try(1, Settings().Replace(WifiPassword, "hunter3", StringComparison.Ordinal)), "wifi", "wrong-password");
        Client.Ask("done 1");
        Forget();
        Client.Ask("close");
        UntilItWorks();
        Assert.Equal(Id, Last("temp1").GetProperty("id").GetString());
    }

    [Fact]
    public void Unpaired_by_command_it_forgets_where_it_belongs_keeps_how_it_measures_and_waits()
    {
        Pair(Settings() + "broker_user=pump\nbroker_password=swordfish\n");
        Command("{\"cmd\":\"unpair\",\"req\":\"none\"}");
        Until(() => Count("reply") == 1);
        Assert.Equal("\"id\" is missing", Last("reply").GetProperty("error").GetString());
        Command("{\"cmd\":\"unpair\",\"id\":\"88.118.12345/NODE-0002\",\"req\":\"other\"}");
        Until(() => Count("reply") == 2);
        Assert.Contains("not this node's", Last("reply").GetProperty("error").GetString(), StringComparison.Ordinal);
        Command("{\"cmd\":\"unpair\",\"id\":\"88.118.12345/node-0001\",\"req\":\"mine\"}");
        Until(() => Count("reply") == 3);
        Assert.True(Last("reply").GetProperty("ok").GetBoolean());
        UntilOpen();
        JsonElement info = Client.Ask("info");
        Assert.False(info.GetProperty("paired").GetBoolean());
        Assert.False(info.TryGetProperty("id", out _));
        string left = string.Concat(FileNames().Where(name => name.StartsWith("settings", StringComparison.Ordinal))
            .Select(name => Encoding.UTF8.GetString(ReadFile(name)!)));
        Assert.Contains("interval_ms=2000", left, StringComparison.Ordinal);
        Assert.DoesNotContain(WifiPassword, left, StringComparison.Ordinal);
        Assert.DoesNotContain("swordfish", left, StringComparison.Ordinal);
        Assert.DoesNotContain(Id, left, StringComparison.Ordinal);

        Forget();
        AssertCommitted(Client.Try(2, Settings()));
        Client.Ask("done 2");
        UntilItWorks();
    }

    [Fact]
    public void A_light_that_the_settings_name_flashes_while_it_waits_and_blinks_when_it_is_looked_for()
    {
        List<double> lit = [];
        Board.Pins.Driven += (pin, high) =>
        {
            if (pin == Light && high)
            {
                lock (lit)
                {
                    lit.Add(Board.Time.Seconds);
                }
            }
        };
        WriteSettings("led=" + Light + "\n");
        Board.PowerOn(Program.Main);
        UntilOpen();
        Assert.InRange(MedianOfNext(lit), 1.5, 2.5);
        Assert.True(Client.Ask("info").GetProperty("light").GetBoolean());
        Assert.True(Client.Ask("identify 600").GetProperty("ok").GetBoolean());
        Assert.InRange(MedianOfNext(lit), 0.4, 0.9);
    }

    [Fact]
    public void A_light_on_a_pin_of_the_flash_is_none()
    {
        WriteSettings(Settings() + "led=8\n");
        Board.PowerOn(Program.Main);
        Until(() => Count("temp1") > 0);
        Command("{\"cmd\":\"identify\"}");
        Until(() => Count("reply") == 1);
        Assert.Equal("this board has no light", Last("reply").GetProperty("error").GetString());
    }

    [Theory]
    [InlineData(0.2)]
    [InlineData(1.0)]
    [InlineData(1.9)]
    [InlineData(2.4)]
    [InlineData(2.9)]
    [InlineData(3.6)]
    public void Power_cut_within_a_try_leaves_it_paired_or_not_and_never_stuck(double seconds)
    {
        Board.PowerOn(Program.Main);
        UntilOpen();
        Client.Ask("try 1\n" + Settings());
        double begun = Board.Time.Seconds;
        Until(() => Board.Time.Seconds > begun + seconds);
        Board.CutPower();
        Board.PowerOn();
        Until(() => Board.PortEndpoint(80) is not null || Count("temp1") > 0);
        if (Count("temp1") == 0)
        {
            string state = Client.Look().GetProperty("state").GetString()!;
            Assert.True(state is "waiting" or "rolled-back", state);
            AssertCommitted(Client.Try(2, Settings()));
            Client.Ask("done 2");
        }

        UntilItWorks();
        Assert.Equal(Id, Last("temp1").GetProperty("id").GetString());
    }

    [Fact]
    public void Of_several_networks_the_one_in_range_is_taken_and_kept()
    {
        var other = new AccessPoint("Hall 5", "another one") { InRange = false };
        Board.Radio.Add(other);
        WriteSettings("wifi_ssid=Hall 5\nwifi_password=another one\n" + Settings());
        Board.PowerOn(Program.Main);
        Until(() => Count("temp1") > 0);
        Assert.Equal("Hall 3", Board.Radio.Joined!.Ssid);
        other.InRange = true;
        Hall.InRange = false;
        int before = Count("temp1");
        Until(() => Count("temp1") > before + 1 && Board.Radio.Joined?.Ssid == "Hall 5");
        Assert.Equal(1, Board.Starts);
    }

    [Fact]
    public void Nothing_secret_is_in_any_message_answer_log_or_other_file()
    {
        var log = new Log();
        Trace.Listeners.Add(log);
        try
        {
            string settings = Settings() + "broker_user=pump\nbroker_password=swordfish\n";
            Board.PowerOn(Program.Main);
            UntilOpen();
            Assert.Equal(403, Client.Prove("AAAA-AAAA"));
            Until(() => Client.Prove(Code) == 200);
            AssertFailed(Client.Try(1, settings.Replace("Hall 3", "Hall 9", StringComparison.Ordinal)), "wifi", "network-not-found");
            AssertCommitted(Client.Try(2, settings));
            Client.Ask("done 2");
            UntilItWorks();
            Command("{\"cmd\":\"get\"}");
            Until(() => Count("reply") > 0);
            Until(() => Count("meta") > 0 && Count("status") > 0);
        }
        finally
        {
            Trace.Listeners.Remove(log);
        }

        List<string> found = [];
        foreach (string secret in new[] { WifiPassword, "swordfish", AccessPointPassword, Code, Label.Code })
        {
            Note(found, secret, "messages", AllMessages());
            Note(found, secret, "answers", Client.Heard);
            Note(found, secret, "log", log.Text);
            foreach (string name in FileNames().Where(name => !name.StartsWith("settings.", StringComparison.Ordinal) && name != PairingLabel.FileName))
            {
                Note(found, secret, name, Encoding.Latin1.GetString(ReadFile(name)!));
            }
        }

        Assert.Empty(found);
        Assert.Contains("pairing.a", FileNames()); // there was something to be searched
        Assert.Contains("interval_ms", AllMessages(), StringComparison.Ordinal);
        Assert.True(log.Text.Length == 0 || log.Text.Contains("not paired", StringComparison.Ordinal)); // a release build logs nothing
    }

    /// <summary>Gets the usual time from one flash to the next, of those to come.</summary>
    private double MedianOfNext(List<double> lit)
    {
        int from = Count() + 1; // the first may still be of what was before
        Until(() => Count() > from + 7);
        lock (lit)
        {
            double[] gaps = [.. Enumerable.Range(from, 7).Select(i => lit[i + 1] - lit[i]).Order()];
            return gaps[gaps.Length / 2];
        }

        int Count()
        {
            lock (lit)
            {
                return lit.Count;
            }
        }
    }

    private static void Note(List<string> found, string secret, string where, string text)
    {
        if (text.Contains(secret, StringComparison.OrdinalIgnoreCase))
        {
            found.Add(secret + " in " + where);
        }
    }

    /// <summary>Starts a paired node with its portal open, as its button does.</summary>
    private void Open()
    {
        bool pressed = true;
        Board.Pins.Wire(Esp32DevKitC.ButtonPin, () => !pressed);
        Board.PowerOn();
        UntilOpen();
        pressed = false;
    }

    /// <summary>What the firmware tells a debugger.</summary>
    private sealed class Log : TraceListener
    {
        private readonly StringBuilder _text = new();

        public string Text
        {
            get
            {
                lock (_text)
                {
                    return _text.ToString();
                }
            }
        }

        public override void Write(string? message)
        {
            lock (_text)
            {
                _text.Append(message);
            }
        }

        public override void WriteLine(string? message) => Write(message + "\n");
    }
}
