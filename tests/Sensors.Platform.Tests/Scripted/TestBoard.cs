using System;
using System.Collections.Generic;
using System.Device.Gpio;
using System.Device.I2c;
using System.Device.Spi;
using System.Device.Wifi;
using System.Net;
using System.Threading;
using NanoFramework.Pc;

namespace Sensors.Platform.Tests.Scripted
{
    /// <summary>A board that does what the test says and notes what it was asked.</summary>
    internal sealed class TestBoard : PcBoard
    {
        private CancellationTokenSource _association = new();
        private volatile bool _off;

        private TestBoard(string target, PcVolume volume)
        {
            TargetName = target;
            Volume = volume;
        }

        public delegate I2cTransferStatus I2cAnswer(int bus, int address, ReadOnlySpan<byte> write, Span<byte> read);

        public override PcVolume Volume { get; }

        public override string TargetName { get; }

        public override DateTime UtcNow { get; set; } = DateTime.UnixEpoch;

        public override bool NetworkUp => Up;

        public override CancellationToken NetworkLost => _association.Token;

        public override TimeProvider TimeProvider => Time ?? TimeProvider.System;

        public bool Up { get; set; } = true;

        public TimeProvider? Time { get; set; }

        public long Microseconds { get; set; }

        public List<int> Sleeps { get; } = new();

        public I2cAnswer? OnI2c { get; set; }

        public int LastI2cClock { get; private set; }

        public int I2cTransfers { get; private set; }

        public List<SpiFrame> Frames { get; } = new();

        /// <summary>Gets or sets what MISO carries; by default the complement of MOSI.</summary>
        public Action<byte[], byte[]>? OnSpi { get; set; }

        public bool NotesFrames { get; set; } = true;

        public Dictionary<int, PinMode> Modes { get; } = new();

        public Dictionary<int, bool> Levels { get; } = new();

        public List<string> Wire { get; } = new();

        public List<(int Pin, int Function)> Functions { get; } = new();

        public List<(string Thread, Exception Cause)> Deaths { get; } = new();

        public Func<string, string, bool>? OnJoin { get; set; }

        public Func<string, DateTime?>? OnAskTime { get; set; }

        public Func<string, IPAddress>? OnResolve { get; set; }

        public List<WifiReconnectionKind> ReconnectionKinds { get; } = new();

        public List<string> Asked { get; } = new();

        public int Reboots { get; private set; }

        public static TestBoard Start(string target = "ESP32_REV3", PcVolume? volume = null)
        {
            var board = new TestBoard(target, volume ?? new PcVolume());
            Enter(board);
            return board;
        }

        public void PowerOff()
        {
            _off = true;
            _association.Cancel();
        }

        public void LoseNetwork()
        {
            Up = false;
            CancellationTokenSource old = _association;
            _association = new CancellationTokenSource();
            old.Cancel();
        }

        public override long ReadMicroseconds() => ++Microseconds;

        public override void Sleep(int milliseconds)
        {
            Sleeps.Add(milliseconds);
            Microseconds += milliseconds * 1000L;
        }

        public override I2cTransferStatus TransferI2c(int busId, int address, int clockHz, ReadOnlySpan<byte> write, Span<byte> read)
        {
            LastI2cClock = clockHz;
            I2cTransfers++;
            return OnI2c?.Invoke(busId, address, write, read) ?? I2cTransferStatus.FullTransfer;
        }

        public override void TransferSpi(int busId, int chipSelect, SpiMode mode, int clockHz, ReadOnlySpan<byte> write, Span<byte> read)
        {
            if (!NotesFrames)
            {
                read.Fill(0x5A);
                return;
            }

            byte[] sent = write.ToArray();
            byte[] answer = new byte[read.Length];
            for (int i = 0; i < answer.Length; i++)
            {
                answer[i] = (byte)~sent[i];
            }

            OnSpi?.Invoke(sent, answer);
            answer.CopyTo(read);
            Frames.Add(new SpiFrame(busId, chipSelect, mode, clockHz, sent));
            Wire.Add("spi");
        }

        public override void SetPinMode(int pin, PinMode mode) => Modes[pin] = mode;

        public override void WritePin(int pin, bool high)
        {
            Levels[pin] = high;
            Wire.Add("pin " + pin + (high ? " high" : " low"));
        }

        public override bool ReadPin(int pin) => Levels.TryGetValue(pin, out bool high) && high;

        public override void SetPinFunction(int pin, int function) => Functions.Add((pin, function));

        public override bool JoinWifi(string ssid, string password, CancellationToken cancel) => Up = OnJoin?.Invoke(ssid, password) ?? true;

        public override bool JoinWifi(string ssid, string password, WifiReconnectionKind reconnectionKind, CancellationToken cancel)
        {
            ReconnectionKinds.Add(reconnectionKind);
            return base.JoinWifi(ssid, password, reconnectionKind, cancel);
        }

        public override void LeaveWifi() => LoseNetwork();

        public override bool AskTime(string server, out DateTime utc)
        {
            Asked.Add(server);
            DateTime? answer = OnAskTime?.Invoke(server);
            utc = answer ?? default;
            return answer.HasValue;
        }

        public override IPAddress Resolve(string host) => OnResolve?.Invoke(host) ?? base.Resolve(host);

        public override void OnThreadDied(string thread, Exception cause)
        {
            lock (Deaths)
            {
                Deaths.Add((thread, cause));
            }
        }

        public override void Reboot()
        {
            Reboots++;
            ResetPackages(); // first: what ran before must not hear of the network it loses
            LoseNetwork();
            throw new BoardOffException();
        }

        public override void ThrowIfOff()
        {
            if (_off)
            {
                throw new BoardOffException();
            }
        }
    }

    /// <summary>What an SPI transfer carried.</summary>
    internal sealed record SpiFrame(int Bus, int ChipSelect, SpiMode Mode, int ClockHz, byte[] Sent);
}
