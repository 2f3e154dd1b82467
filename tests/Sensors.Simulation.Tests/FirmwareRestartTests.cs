using System;
using System.Linq;
using System.Text.Json;
using Sensors.Firmware;
using Sensors.VirtualBoard;

namespace Sensors.Simulation.Tests;

/// <summary>The firmware restarts the board by itself, says why, and keeps the time. Apart from the other tests so that they run side by side.</summary>
public sealed class FirmwareRestartTests : FirmwareBench
{
    [Fact]
    public void A_start_that_fails_restarts_the_board_and_the_next_start_says_why_once()
    {
        WriteSettings(Settings());
        Board.WireI2c(2, 0x4A, new ThrowingChip());
        Board.PowerOn(Program.Main);
        Until(() => Count("temp1") > 0);
        Assert.Equal(2, Board.Starts);
        Assert.Equal("InvalidOperationException: short circuit", Last("status").GetProperty("restart").GetString());
        Assert.Equal(1, Last("status").GetProperty("epoch").GetInt64() & 0xFFFFF); // the start that failed gave no number out

        Board.CutPower();
        Until(() => Says("status", "status", "offline"));
        Forget();
        Board.PowerOn();
        Until(() => Count("temp1") > 0);
        Assert.False(Last("status").TryGetProperty("restart", out _));
    }

    [Fact]
    public void A_loop_that_hangs_is_restarted_with_its_last_words_and_its_time_is_holdover_until_a_server_answers()
    {
        WriteSettings(Settings());
        Board.PowerOn(Program.Main);
        Until(() => Count("temp1") > 1 && Says("temp1", "clock", "synced"));

        Board.Radio.TimeServerBlocked = true;
        Hang();
        Until(() => Says("status", "restart", "loop stalled"));
        Assert.Equal(2, Board.Starts);
        Board.Time.Pace = Pace;
        Forget();
        Until(() => Count("status") > 0 && Count("temp1") > 2);
        Assert.Equal("holdover", Last("status").GetProperty("clock").GetString());
        long epoch = Last("status").GetProperty("epoch").GetInt64(); // those of the start before may still come, as what they were
        Assert.All(
            Readings().Where(reading => reading.GetProperty("epoch").GetInt64() == epoch),
            reading => Assert.Equal("holdover", reading.GetProperty("clock").GetString()));
        AssertTime();
        Assert.DoesNotContain(WifiPassword, Last("status").GetRawText());

        // A second restart still knows the time: the mark of the first was taken back.
        Hang();
        Until(() => Board.Starts == 3 && Says("status", "restart", "loop stalled"));
        Board.Time.Pace = Pace;
        Forget();
        Until(() => Count("temp1") > 1);
        Assert.Equal("holdover", Last("temp1").GetProperty("clock").GetString());
        AssertTime();

        Board.Radio.TimeServerBlocked = false;
        Hall.InRange = false;
        Hall.InRange = true;
        Until(() => Says("temp1", "clock", "synced"));
        AssertTime();
        Assert.True(Last("status").TryGetProperty("error", out _));
    }

    // The loop hangs in a look-up for longer than the supervisor's patience; nothing else happens meanwhile, so it may pass fast.
    private void Hang() => Source.Mood = () =>
    {
        Source.Mood = null;
        Board.Time.Pace = 10 * Pace;
        Board.Time.Sleep(1000L * 1_000_000_000);
    };

    // A wrong mark would cost 30 s.
    private void AssertTime()
    {
        int before = Count("temp1");
        Until(() => Count("temp1") > before + 1);
        Assert.InRange(AgeOfLast("temp1").TotalSeconds, -1, 20);
    }

    /// <summary>A chip that breaks whatever asks it, the first time.</summary>
    private sealed class ThrowingChip : II2cChip
    {
        private bool _threw;

        public bool HoldsBus => false;

        public bool Start(bool read, long nanoseconds)
        {
            if (!_threw)
            {
                _threw = true;
                throw new InvalidOperationException("short circuit");
            }

            return false;
        }

        public bool Write(byte value, long nanoseconds) => false;

        public byte Read(long nanoseconds) => 0xFF;

        public void Stop(long nanoseconds)
        {
        }
    }
}
