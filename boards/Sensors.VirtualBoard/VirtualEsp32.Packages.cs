using System;
using System.Collections.Generic;
using System.Device.Gpio;
using System.Device.I2c;
using System.Device.Spi;
using System.Device.Wifi;
using System.Net;
using System.Threading;
using NanoFramework.Pc;

namespace Sensors.VirtualBoard
{
    /// <content>What the packages ask of the board. No power, no answer: every call throws then.</content>
    public sealed partial class VirtualEsp32
    {
        private const long ClockReadNanoseconds = 10_000; // a native call from the interpreter: some passes of a loop, 3 µs each
        private const long ShortestSleepNanoseconds = 10_000;
        private const int AddressPollMilliseconds = 200;

        /// <inheritdoc/>
        public override PcVolume Volume { get; }

        /// <inheritdoc/>
        public override string TargetName => _options.TargetName;

        /// <inheritdoc/>
        /// <remarks>Begins at 1970 with the power, goes on through a restart, drifts by <see cref="VirtualEsp32Options.CrystalErrorPpm"/>.</remarks>
        public override DateTime UtcNow
        {
            get => _clock.UtcNow;
            set => _clock.UtcNow = value;
        }

        /// <inheritdoc/>
        public override bool NetworkUp => _hasPower && Radio.Joined is not null && StationAddress is not null;

        /// <inheritdoc/>
        public override string? StationAddress => Radio.Joined is AccessPoint joined ? OwnAddress?.Address ?? joined.Lease(MacAddress) : null;

        /// <inheritdoc/>
        public override bool HasLink => _hasPower && (Radio.Joined is not null || Radio.SoftAccessPoint.IsWanted);

        /// <inheritdoc/>
        /// <remarks>Over its own access point, while it is to have one; who pairs it is nowhere else.</remarks>
        public override bool IsReachable => _hasPower && (Radio.SoftAccessPoint.IsWanted ? Radio.SoftAccessPoint.IsUp : Radio.Joined is not null);

        /// <inheritdoc/>
        /// <remarks>The last three bytes come from <see cref="Seed"/>.</remarks>
        public override byte[] MacAddress { get; }

        /// <inheritdoc/>
        public override IPEndPoint Route(IPEndPoint target)
        {
            ThrowIfOff();
            return Radio.Route(target, OwnAddress?.Address);
        }

        /// <inheritdoc/>
        public override IPAddress Resolve(string host)
        {
            ThrowIfOff();
            return IPAddress.TryParse(host, out IPAddress? literal) ? literal : Radio.Resolve(host, OwnAddress?.Address, base.Resolve);
        }

        /// <inheritdoc/>
        public override CancellationToken NetworkLost => Radio.Lost;

        /// <inheritdoc/>
        public override long ReadMicroseconds()
        {
            ThrowIfOff();
            return _clock.MicrosecondsAt(Time.Advance(ClockReadNanoseconds));
        }

        /// <inheritdoc/>
        public override void Sleep(int milliseconds)
        {
            ThrowIfOff();
            ArgumentOutOfRangeException.ThrowIfNegative(milliseconds);
            Time.Sleep(Math.Max(milliseconds * NanosecondsPerMillisecond, ShortestSleepNanoseconds));
            ThrowIfOff();
        }

        /// <inheritdoc/>
        public override BoardSignal MakeSignal() => new TimeSignal(this);

        /// <inheritdoc/>
        public override IDisposable BeginErrand() => Time.BeginErrand();

        /// <inheritdoc/>
        public override I2cTransferStatus TransferI2c(int busId, int address, int clockHz, ReadOnlySpan<byte> write, Span<byte> read)
        {
            ThrowIfOff();
            I2cTransferStatus status = _buses.TransferI2c(busId, address, clockHz, write, read);
            Time.Settle();
            _watch.Look();
            return status;
        }

        /// <inheritdoc/>
        public override void TransferSpi(int busId, int chipSelect, SpiMode mode, int clockHz, ReadOnlySpan<byte> write, Span<byte> read)
        {
            ThrowIfOff();
            _buses.TransferSpi(busId, chipSelect, mode, clockHz, write, read);
            Time.Settle();
            _watch.Look();
        }

        /// <inheritdoc/>
        public override void SetPinMode(int pin, PinMode mode)
        {
            ThrowIfOff();
            Pins.SetMode(pin, mode);
            _watch.Set(pin, mode < PinMode.Output && HasListener(pin)); // the packages set the mode anew when a listener comes or goes
        }

        /// <inheritdoc/>
        public override void WritePin(int pin, bool high)
        {
            ThrowIfOff();
            Pins.Write(pin, high);
        }

        /// <inheritdoc/>
        public override bool ReadPin(int pin)
        {
            ThrowIfOff();
            return LevelAt(pin);
        }

        /// <inheritdoc/>
        public override void SetPinFunction(int pin, int function)
        {
            ThrowIfOff();
            Pins.SetFunction(pin, function);
        }

        /// <inheritdoc/>
        public override bool JoinWifi(string ssid, string password, CancellationToken cancel) =>
            JoinWifi(ssid, password, WifiReconnectionKind.Manual, cancel);

        /// <inheritdoc/>
        public override bool JoinWifi(string ssid, string password, WifiReconnectionKind reconnectionKind, CancellationToken cancel)
        {
            ThrowIfOff();
            if (Radio.Connect(ssid, password, reconnectionKind == WifiReconnectionKind.Automatic, cancel) != WifiConnectionStatus.Success)
            {
                return false;
            }

            while (StationAddress is null && !cancel.IsCancellationRequested && Radio.Joined is not null)
            {
                Sleep(AddressPollMilliseconds);
            }

            return StationAddress is not null && Radio.Joined is not null;
        }

        /// <inheritdoc/>
        public override WifiConnectionStatus ConnectWifi(string ssid, string password, WifiReconnectionKind reconnectionKind)
        {
            ThrowIfOff();
            WifiConnectionStatus status = Radio.Connect(ssid, password, reconnectionKind == WifiReconnectionKind.Automatic, CancellationToken.None);
            ThrowIfOff();
            return status;
        }

        /// <inheritdoc/>
        public override void LeaveWifi()
        {
            ThrowIfOff();
            Radio.Leave();
        }

        /// <inheritdoc/>
        public override bool AskTime(string server, out DateTime utc)
        {
            ThrowIfOff();
            bool answered = Radio.AskTime();
            utc = answered ? WorldUtc : default;
            return answered;
        }

        /// <inheritdoc/>
        public override IReadOnlyList<string> ScanWifi()
        {
            ThrowIfOff();
            return Radio.Scan().ConvertAll(heard => heard.Ssid);
        }

        /// <inheritdoc/>
        public override IReadOnlyList<(string Ssid, int Rssi)> ScanNetworks()
        {
            ThrowIfOff();
            return Radio.Scan();
        }

        /// <inheritdoc/>
        /// <remarks>In the board's time; the call comes from a thread of its own, and not after a restart.</remarks>
        public override IDisposable StartTimer(long dueMicroseconds, long periodMicroseconds, Action callback)
        {
            ThrowIfOff();
            return new BoardTimer(this, dueMicroseconds, periodMicroseconds, callback);
        }

        /// <inheritdoc/>
        public override void OnThreadDied(string thread, Exception cause) =>
            Tell(BoardEventKind.ThreadDied, $"thread {thread} ended by {cause.GetType().Name}: {cause.Message}");

        /// <summary>Gets the level at a pin, power or not.</summary>
        internal bool LevelAt(int pin)
        {
            lock (_buses.Gate)
            {
                return Pins.Read(pin); // a chip's interrupt line may be behind it
            }
        }

        private void LookAtPins()
        {
            if (_hasPower)
            {
                _watch.Look();
            }
        }
    }
}
