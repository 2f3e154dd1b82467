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
public abstract class FirmwareBench : IAsyncDisposable
{
    protected const string Id = "88.118.12345/NODE-0001";
    protected const string WifiPassword = "hunter2";
    protected const double Pace = 100;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly List<(string Topic, JsonElement Body, DateTime At)> _messages = [];
    private readonly MqttBroker _broker;

    protected FirmwareBench()
    {
        _broker = new MqttBroker(new MqttBrokerOptions { Authenticate = request => Authenticate(request) });
        _broker.Start(new IPEndPoint(IPAddress.Loopback, 0));
        _broker.Subscribe("sensors/v1/#", message =>
        {
            lock (_messages)
            {
                _messages.Add((message.Topic, JsonDocument.Parse(message.Payload.ToArray()).RootElement, Board.WorldUtc));
            }
        });
        Board.Radio.Add(Hall);
        ConstantSource machine = new() { Celsius = 25, Amperes = 2, Volts = 24 };
        Accelerometer = new VirtualAdxl345(Board.Time, machine, 1);
        Board.WireSpi(1, Esp32DevKitC.Slot0ChipSelectPin, Accelerometer);
        Board.WireI2c(1, 0x48, new VirtualTmp117(Board.Time, Source, 2));
    }

    protected AccessPoint Hall { get; } = new("Hall 3", WifiPassword);

    protected MoodySource Source { get; } = new();

    protected VirtualEsp32 Board { get; } = new(new VirtualEsp32Options
    {
        Name = Id,
        Pace = Pace,
        StartUtc = DateTime.UtcNow.AddDays(30), // a world older than the firmware there is not
    });

    protected VirtualAdxl345 Accelerometer { get; }

    public async ValueTask DisposeAsync()
    {
        Source.Mood = null;
        Board.Dispose();
        await _broker.StopAsync();
    }

    /// <summary>Gets or sets who may log in.</summary>
    protected Func<MqttConnectRequest, ConnectReturnCode> Authenticate { get; set; } = _ => ConnectReturnCode.Accepted;

    protected int BrokerPort => _broker.BoundPort;

    protected string Settings() =>
        $"id={Id}\nwifi_ssid=Hall 3\nwifi_password={WifiPassword}\nbroker_host=127.0.0.1\nbroker_port={_broker.BoundPort}\ninterval_ms=2000\nack=broker\n"; // nobody collects

    protected void WriteSettings(string text) => WriteFile(Sensors.Node.Settings.FileName, Encoding.UTF8.GetBytes(text));

    protected void Command(string json) => _broker.Publish("sensors/v1/" + Id + "/cmd", Encoding.UTF8.GetBytes(json), MqttQos.AtLeastOnce);

    protected void WriteFile(string name, byte[] content)
    {
        var writer = new Thread(() =>
        {
            PcBoard.Enter(Board);
            new FlashVolume(@"I:\").Write(name, content);
        });
        writer.UnsafeStart();
        writer.Join();
    }

    protected byte[]? ReadFile(string name)
    {
        byte[]? content = null;
        var reader = new Thread(() =>
        {
            PcBoard.Enter(Board);
            content = new FlashVolume(@"I:\").Read(name);
        });
        reader.UnsafeStart();
        reader.Join();
        return content;
    }

    protected string[] FileNames()
    {
        string[] names = [];
        var reader = new Thread(() =>
        {
            PcBoard.Enter(Board);
            names = new FlashVolume(@"I:\").List();
        });
        reader.UnsafeStart();
        reader.Join();
        return names;
    }

    /// <summary>Gets every message so far, topic and text, for a search.</summary>
    protected string AllMessages()
    {
        lock (_messages)
        {
            return string.Join("\n", _messages.Select(message => message.Topic + " " + message.Body.GetRawText()));
        }
    }

    protected void Until(Func<bool> reached)
    {
        Stopwatch watch = Stopwatch.StartNew();
        while (!reached())
        {
            Assert.False(Board.Hangs, "the firmware ended: " + Board.FirmwareFailure);
            Assert.True(watch.Elapsed < Patience, "not reached; last of " + Readings().Count + " readings and " + Count("status") + " statuses: "
                + (Count("status") > 0 ? Last("status").GetRawText() : "none"));
            Thread.Sleep(20);
        }
    }

    protected int Count(string leaf)
    {
        lock (_messages)
        {
            return _messages.Count(message => message.Topic.EndsWith("/" + leaf, StringComparison.Ordinal));
        }
    }

    protected JsonElement Last(string leaf)
    {
        lock (_messages)
        {
            return _messages.Last(message => message.Topic.EndsWith("/" + leaf, StringComparison.Ordinal)).Body;
        }
    }

    /// <summary>Tells whether the last message of a kind says this; false while there is none, or it has no such member (a will has few).</summary>
    protected bool Says(string leaf, string member, string value)
    {
        lock (_messages)
        {
            JsonElement last = _messages.LastOrDefault(message => message.Topic.EndsWith("/" + leaf, StringComparison.Ordinal)).Body;
            return last.ValueKind == JsonValueKind.Object && last.TryGetProperty(member, out JsonElement said) && said.ToString() == value;
        }
    }

    /// <summary>Gets how long ago the last reading of a point was taken when it arrived, by its own stamp and the world's time.</summary>
    protected TimeSpan AgeOfLast(string point)
    {
        lock (_messages)
        {
            (_, JsonElement body, DateTime at) = _messages.Last(message => message.Topic.EndsWith("/" + point, StringComparison.Ordinal));
            return new DateTimeOffset(at) - DateTimeOffset.FromUnixTimeMilliseconds(body.GetProperty("ts").GetInt64());
        }
    }

    protected List<JsonElement> Readings()
    {
        lock (_messages)
        {
            return [.. _messages.Where(message => message.Topic.Contains("/reading/", StringComparison.Ordinal)).Select(message => message.Body)];
        }
    }

    protected void Forget()
    {
        lock (_messages)
        {
            _messages.Clear();
        }
    }

    /// <summary>A temperature whose look-up can do anything.</summary>
    protected sealed class MoodySource : ITemperatureSource
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
}
