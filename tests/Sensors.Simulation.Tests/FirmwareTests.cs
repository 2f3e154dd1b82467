using System;
using System.Linq;
using System.Text.Json;
using Sensors.Boards;
using Sensors.Firmware;
using Sensors.Node;
using Sensors.VirtualBoard;

namespace Sensors.Simulation.Tests;

/// <summary>The whole firmware: starts, power cuts, dead sensors, what a task throws.</summary>
public sealed class FirmwareTests : FirmwareBench
{
    [Fact]
    public void Unpaired_it_waits_and_starts_when_the_settings_appear()
    {
        Board.PowerOn(Program.Main);
        Until(() => Board.Time.Seconds > 12);
        WriteSettings("id=nonsense\n");
        Until(() => Board.Time.Seconds > 24);
        Assert.False(Board.Hangs);
        Assert.Equal(0, Count("status"));
        Assert.Null(Board.Radio.Joined);

        WriteSettings(Settings());
        Until(() => Count("temp1") > 1 && Count("vib1") > 1);
        Assert.Equal(3, Board.Starts); // one to open the access point, one to close it
        Assert.Null(Board.Radio.SoftAccessPoint.Ssid);
        JsonElement status = Last("status");
        Assert.Equal("online", status.GetProperty("status").GetString());
        Assert.Equal(NodeFirmware.Version, status.GetProperty("firmware").GetString());
        Assert.Equal(0, status.GetProperty("faults").GetInt32());
        Assert.Equal("settings written", status.GetProperty("restart").GetString());
        Assert.False(status.TryGetProperty("error", out _));
        Assert.InRange(status.GetProperty("uptime").GetInt32(), 0, Board.Time.Seconds - 24);
    }

    [Fact]
    public void A_power_cut_and_a_start_continue_with_the_next_boot_and_the_first_number()
    {
        WriteSettings(Settings());
        Board.PowerOn(Program.Main);
        Until(() => Count("temp1") > 3);
        long epoch = Last("status").GetProperty("epoch").GetInt64();
        Board.CutPower();
        Until(() => Says("status", "status", "offline")); // the will
        Assert.Equal(epoch, Last("status").GetProperty("epoch").GetInt64());
        Forget();

        Board.PowerOn();
        Until(() => Numbers(epoch + 1).Length > 7 && IsUnbroken(Numbers(epoch + 1))); // on a busy PC the link may break and the live ones come before those that wait
        Assert.All(Readings(), reading => Assert.InRange(reading.GetProperty("epoch").GetInt64(), epoch, epoch + 1)); // what the broker had not acknowledged comes again
        Assert.InRange(Numbers(epoch + 1)[0], 1, 2); // 2 when the power went before it was safe that the volume is new: the first number says so again
        Assert.Equal("online", Last("status").GetProperty("status").GetString());
        Assert.False(Last("status").TryGetProperty("restart", out _)); // nobody was there to say why
    }

    [Fact]
    public void A_point_keeps_its_place_on_the_board_when_the_first_sensor_is_dead_at_a_start()
    {
        Board.WireSpi(1, Esp32DevKitC.Slot1ChipSelectPin, new VirtualAdxl345(Board.Time, new ConstantSource(), 4, "vib2"));
        WriteSettings(Settings());
        Board.PowerOn(Program.Main);
        Until(() => Count("vib1") > 1 && Count("vib2") > 1);
        Board.CutPower();
        Until(() => Says("status", "status", "offline"));
        Forget();

        Accelerometer.Faults.StuckMiso = 0xFF;
        Board.PowerOn();
        Until(() => Count("vib1") > 1 && Count("vib2") > 1);
        Assert.Equal("no-answer", Last("vib1").GetProperty("quality").GetProperty("fault").GetString());
        Assert.Empty(Last("vib1").GetProperty("values").EnumerateObject());
        Assert.False(Last("vib2").GetProperty("quality").TryGetProperty("fault", out _));

        Accelerometer.Faults.Clear();
        Until(() => !Last("vib1").GetProperty("quality").TryGetProperty("fault", out _));
        Assert.False(Last("vib2").GetProperty("quality").TryGetProperty("fault", out _));
        Assert.Equal(0, Count("vib3"));
    }

    [Fact]
    public void What_a_task_throws_is_counted_and_stops_nothing()
    {
        WriteSettings(Settings());
        Board.PowerOn(Program.Main);
        Until(() => Count("temp1") > 1);
        Source.Mood = () =>
        {
            Source.Mood = null;
            throw new InvalidOperationException("no such thing");
        };
        Until(() => Says("status", "faults", "1"));
        int readings = Count("temp1");
        Until(() => Count("temp1") > readings + 1);
        Assert.Equal(1, Board.Starts);
    }

    [Fact]
    public void The_watchdog_pin_changes_at_least_once_a_second_while_the_loop_lives()
    {
        double last = 0;
        double longest = 0;
        int changes = 0;
        Board.Pins.Driven += (pin, _) =>
        {
            if (pin == Esp32DevKitC.WatchdogPin)
            {
                longest = changes++ > 0 ? Math.Max(longest, Board.Time.Seconds - last) : 0;
                last = Board.Time.Seconds;
            }
        };
        WriteSettings(Settings());
        Board.PowerOn(Program.Main);
        Until(() => Board.Time.Seconds > 30);
        Board.CutPower();
        Assert.InRange(changes, 30, 100000);
        Assert.InRange(longest, 0, 2);
    }

    /// <summary>The numbers of an epoch's readings, each once, in order.</summary>
    private long[] Numbers(long epoch) =>
        [.. Readings().Where(reading => reading.GetProperty("epoch").GetInt64() == epoch).Select(reading => reading.GetProperty("seq").GetInt64()).Distinct().Order()];

    private static bool IsUnbroken(long[] numbers) => numbers.Length > 0 && numbers[^1] - numbers[0] == numbers.Length - 1;
}
