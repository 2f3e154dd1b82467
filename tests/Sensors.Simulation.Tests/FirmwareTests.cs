using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using NanoFramework.Pc;
using Sensors.Boards;
using Sensors.Firmware;
using Sensors.Mqtt;
using Sensors.Node;
using Sensors.VirtualBoard;

namespace Sensors.Simulation.Tests;

/// <summary>What a board runs, <see cref="Program.Main"/>, from power to the broker: a real broker on loopback, virtual wiring, time in fast motion.</summary>
public sealed class FirmwareTests : IAsyncDisposable
{
    private const string Id = "88.118.12345/NODE-0001";
    private const string WifiPassword = "hunter2";
    private const double Pace = 20;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly List<(string Topic, JsonElement Body)> _messages = [];
    private readonly MqttBroker _broker = new();
    private readonly AccessPoint _hall = new("Hall 3", WifiPassword);
    private readonly MoodySource _source = new();
    private readonly VirtualEsp32 _board = new(new VirtualEsp32Options { Name = Id, Pace = Pace });

    private readonly VirtualAdxl345 _accelerometer;

    public FirmwareTests()
    {
        _broker.Start(new IPEndPoint(IPAddress.Loopback, 0));
        _broker.Subscribe("sensors/v1/#", message =>
        {
            lock (_messages)
            {
                _messages.Add((message.Topic, JsonDocument.Parse(message.Payload.ToArray()).RootElement));
            }
        });
        _board.Radio.Add(_hall);
        ConstantSource machine = new() { Celsius = 25, Amperes = 2, Volts = 24 };
        _accelerometer = new VirtualAdxl345(_board.Time, machine, 1);
        _board.WireSpi(1, Esp32DevKitC.Slot0ChipSelectPin, _accelerometer);
        _board.WireI2c(1, 0x48, new VirtualTmp117(_board.Time, _source, 2));
    }

    public async ValueTask DisposeAsync()
    {
        _source.Mood = null;
        _board.Dispose();
        await _broker.StopAsync();
    }

    [Fact]
    public void Unpaired_it_waits_and_starts_when_the_settings_appear()
    {
        _board.PowerOn(Program.Main);
        Until(() => _board.Time.Seconds > 12);
        WriteSettings("id=nonsense\n");
        Until(() => _board.Time.Seconds > 24);
        Assert.False(_board.Hangs);
        Assert.Equal(0, Count("status"));
        Assert.Null(_board.Radio.Joined);

        WriteSettings(Settings());
        Until(() => Count("temp1") > 1 && Count("vib1") > 1);
        Assert.Equal(1, _board.Starts);
        JsonElement status = Last("status");
        Assert.Equal("online", status.GetProperty("status").GetString());
        Assert.Equal(NodeFirmware.Version, status.GetProperty("firmware").GetString());
        Assert.Equal(0, status.GetProperty("faults").GetInt32());
        Assert.False(status.TryGetProperty("restart", out _));
        Assert.False(status.TryGetProperty("error", out _));
        Assert.InRange(status.GetProperty("uptime").GetInt32(), 24, 1000);
    }

    [Fact]
    public void A_power_cut_and_a_start_continue_with_the_next_boot_and_the_first_number()
    {
        WriteSettings(Settings());
        _board.PowerOn(Program.Main);
        Until(() => Count("temp1") > 3);
        long epoch = Last("status").GetProperty("epoch").GetInt64();
        _board.CutPower();
        Until(() => Last("status").GetProperty("status").GetString() == "offline"); // the will
        Assert.Equal(epoch, Last("status").GetProperty("epoch").GetInt64());
        Forget();

        _board.PowerOn();
        Until(() => Count("temp1") > 3);
        Assert.All(Readings(), reading => Assert.Equal(epoch + 1, reading.GetProperty("epoch").GetInt64()));
        long[] sequences = [.. Readings().Select(reading => reading.GetProperty("seq").GetInt64())];
        Assert.Equal(Enumerable.Range(1, sequences.Length).Select(number => (long)number), sequences);
        Assert.Equal("online", Last("status").GetProperty("status").GetString());
        Assert.False(Last("status").TryGetProperty("restart", out _)); // nobody was there to say why
    }

    [Fact]
    public void A_point_keeps_its_place_on_the_board_when_the_first_sensor_is_dead_at_a_start()
    {
        _board.WireSpi(1, Esp32DevKitC.Slot1ChipSelectPin, new VirtualAdxl345(_board.Time, new ConstantSource(), 4, "vib2"));
        WriteSettings(Settings());
        _board.PowerOn(Program.Main);
        Until(() => Count("vib1") > 1 && Count("vib2") > 1);
        _board.CutPower();
        Until(() => Last("status").GetProperty("status").GetString() == "offline");
        Forget();

        _accelerometer.Faults.StuckMiso = 0xFF;
        _board.PowerOn();
        Until(() => Count("vib1") > 1 && Count("vib2") > 1);
        Assert.Equal("no-answer", Last("vib1").GetProperty("quality").GetProperty("fault").GetString());
        Assert.Empty(Last("vib1").GetProperty("values").EnumerateObject());
        Assert.False(Last("vib2").GetProperty("quality").TryGetProperty("fault", out _));

        _accelerometer.Faults.Clear();
        Until(() => !Last("vib1").GetProperty("quality").TryGetProperty("fault", out _));
        Assert.False(Last("vib2").GetProperty("quality").TryGetProperty("fault", out _));
        Assert.Equal(0, Count("vib3"));
    }

    [Fact]
    public void What_a_task_throws_is_counted_and_stops_nothing()
    {
        WriteSettings(Settings());
        _board.PowerOn(Program.Main);
        Until(() => Count("temp1") > 1);
        _source.Mood = () =>
        {
            _source.Mood = null;
            throw new InvalidOperationException("no such thing");
        };
        Until(() => Last("status").GetProperty("faults").GetInt32() == 1);
        int readings = Count("temp1");
        Until(() => Count("temp1") > readings + 1);
        Assert.Equal(1, _board.Starts);
    }

    [Fact]
    public void The_watchdog_pin_changes_at_least_once_a_second_while_the_loop_lives()
    {
        double last = 0;
        double longest = 0;
        int changes = 0;
        _board.Pins.Driven += (pin, _) =>
        {
            if (pin == Esp32DevKitC.WatchdogPin)
            {
                longest = changes++ > 0 ? Math.Max(longest, _board.Time.Seconds - last) : 0;
                last = _board.Time.Seconds;
            }
        };
        WriteSettings(Settings());
        _board.PowerOn(Program.Main);
        Until(() => _board.Time.Seconds > 30);
        Assert.InRange(changes, 30, 100000);
        Assert.InRange(longest, 0, 2);
    }

    [Fact]
    public void A_start_that_fails_restarts_the_board_and_the_next_start_says_why_once()
    {
        WriteSettings(Settings());
        _board.WireI2c(2, 0x4A, new ThrowingChip());
        _board.PowerOn(Program.Main);
        Until(() => Count("temp1") > 0);
        Assert.Equal(2, _board.Starts);
        Assert.Equal("InvalidOperationException: short circuit", Last("status").GetProperty("restart").GetString());
        Assert.Equal(2, Last("status").GetProperty("epoch").GetInt64() & 0xFFFFF);

        _board.CutPower();
        Until(() => Last("status").GetProperty("status").GetString() == "offline");
        Forget();
        _board.PowerOn();
        Until(() => Count("temp1") > 0);
        Assert.False(Last("status").TryGetProperty("restart", out _));
    }

    [Fact]
    public void A_loop_that_hangs_is_restarted_with_its_last_words_and_its_time_is_holdover_until_a_server_answers()
    {
        WriteSettings(Settings());
        _board.PowerOn(Program.Main);
        Until(() => Count("temp1") > 1 && Last("temp1").GetProperty("clock").GetString() == "synced");

        _board.Radio.TimeServerBlocked = true;
        Hang();
        Until(() => _board.Starts == 2);
        _board.Time.Pace = Pace;
        Forget();
        Until(() => Count("temp1") > 2);
        Assert.Equal("loop stalled", Last("status").GetProperty("restart").GetString());
        Assert.Equal("holdover", Last("status").GetProperty("clock").GetString());
        Assert.All(Readings(), reading => Assert.Equal("holdover", reading.GetProperty("clock").GetString()));
        AssertTime();
        Assert.DoesNotContain(WifiPassword, Last("status").GetRawText());

        // A second restart still knows the time: the mark of the first was taken back.
        Hang();
        Until(() => _board.Starts == 3);
        _board.Time.Pace = Pace;
        Forget();
        Until(() => Count("temp1") > 1);
        Assert.Equal("holdover", Last("temp1").GetProperty("clock").GetString());
        AssertTime();

        _board.Radio.TimeServerBlocked = false;
        _hall.InRange = false;
        _hall.InRange = true;
        Until(() => Last("temp1").GetProperty("clock").GetString() == "synced");
        AssertTime();
        Assert.True(Last("status").TryGetProperty("error", out _));
    }

    // The loop hangs in a look-up for longer than the supervisor's patience; nothing else happens meanwhile, so it may pass fast.
    private void Hang() => _source.Mood = () =>
    {
        _source.Mood = null;
        _board.Time.Pace = 10 * Pace;
        _board.Time.Sleep(1000L * 1_000_000_000);
    };

    // Slower, so that a busy PC's delay between taking and looking counts little beside the 30 s a wrong mark would cost.
    private void AssertTime()
    {
        _board.Time.Pace = Pace / 5;
        int before = Count("temp1");
        Until(() => Count("temp1") > before + 1);
        DateTimeOffset taken = DateTimeOffset.FromUnixTimeMilliseconds(Last("temp1").GetProperty("ts").GetInt64());
        Assert.InRange((new DateTimeOffset(_board.WorldUtc, TimeSpan.Zero) - taken).TotalSeconds, -1, 20);
        _board.Time.Pace = Pace;
    }

    private string Settings() =>
        $"id={Id}\nwifi_ssid=Hall 3\nwifi_password={WifiPassword}\nbroker_host=127.0.0.1\nbroker_port={_broker.BoundPort}\ninterval_ms=2000\n";

    private void WriteSettings(string text)
    {
        var writer = new Thread(() =>
        {
            PcBoard.Enter(_board);
            new FlashVolume(@"I:\").Write(Sensors.Node.Settings.FileName, Encoding.UTF8.GetBytes(text));
        });
        writer.UnsafeStart();
        writer.Join();
    }

    private void Until(Func<bool> reached)
    {
        Stopwatch watch = Stopwatch.StartNew();
        while (!reached())
        {
            Assert.False(_board.Hangs, "the firmware ended: " + _board.FirmwareFailure);
            Assert.True(watch.Elapsed < Patience, "not reached; last of " + Readings().Count + " readings and " + Count("status") + " statuses: "
                + (Count("status") > 0 ? Last("status").GetRawText() : "none"));
            Thread.Sleep(20);
        }
    }

    private int Count(string leaf)
    {
        lock (_messages)
        {
            return _messages.Count(message => message.Topic.EndsWith("/" + leaf, StringComparison.Ordinal));
        }
    }

    private JsonElement Last(string leaf)
    {
        lock (_messages)
        {
            return _messages.Last(message => message.Topic.EndsWith("/" + leaf, StringComparison.Ordinal)).Body;
        }
    }

    private List<JsonElement> Readings()
    {
        lock (_messages)
        {
            return [.. _messages.Where(message => message.Topic.Contains("/reading/", StringComparison.Ordinal)).Select(message => message.Body)];
        }
    }

    private void Forget()
    {
        lock (_messages)
        {
            _messages.Clear();
        }
    }

    /// <summary>A temperature whose look-up can do anything.</summary>
    private sealed class MoodySource : ITemperatureSource
    {
        private volatile Action? _mood;

        public Action? Mood
        {
            get => _mood;
            set => _mood = value;
        }

        public double CelsiusAt(double seconds)
        {
            Mood?.Invoke();
            return 25;
        }
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
