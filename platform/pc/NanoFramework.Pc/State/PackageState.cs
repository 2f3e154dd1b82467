using System;
using System.Device.Gpio;
using System.Device.I2c;
using System.Device.Spi;
using System.Device.Wifi;
using System.Threading;
using nanoFramework.Hardware.Esp32;
using nanoFramework.Networking;
using nanoFramework.Runtime.Native;

namespace NanoFramework.Pc
{
    /// <summary>What the packages keep in static fields on a board; here it hangs off the board, since many share a process.</summary>
    internal sealed class PackageState
    {
        /// <summary>Timers the chip has.</summary>
        public const int MaxHighResTimers = 10;

        private readonly PcBoard _board;
        private readonly Lazy<TargetTraits> _traits;
        private readonly Lazy<PinMap> _pinMap;
        private readonly Lazy<PinReservations> _pins;
        private readonly Lazy<GpioEvents> _gpio;
        private readonly I2cBus?[] _i2c = new I2cBus?[2];
        private readonly SpiBus?[] _spi = new SpiBus?[2];
        private int _highResTimers;

        public PackageState(PcBoard board)
        {
            _board = board;
            _traits = new Lazy<TargetTraits>(() => TargetTraits.Of(board.TargetName));
            _pinMap = new Lazy<PinMap>(() => new PinMap(_traits.Value));
            _pins = new Lazy<PinReservations>(() => new PinReservations(_traits.Value));
            _gpio = new Lazy<GpioEvents>(() => new GpioEvents(board));
        }

        public TargetTraits Traits => _traits.Value;

        public PinMap PinMap => _pinMap.Value;

        public PinReservations Pins => _pins.Value;

        public GpioEvents Gpio => _gpio.Value;

        public RebootEventHandler? OnReboot { get; set; }

        public WifiState Wifi { get; } = new();

        public SntpState Sntp { get; } = new();

        public BoardSockets Sockets { get; } = new();

        public TimeSpan? WakeupTimer { get; set; }

        public Sleep.WakeupCause WakeupCause { get; set; }

        public I2cBus GetI2cBus(int busId)
        {
            if (busId < 1 || busId > Traits.I2cBuses)
            {
                throw new ArgumentException("There is no I2C" + busId + " on " + _board.TargetName + ".");
            }

            return _i2c[busId - 1] ?? Interlocked.CompareExchange(ref _i2c[busId - 1], new I2cBus(_board, busId), null) ?? _i2c[busId - 1]!;
        }

        public SpiBus GetSpiBus(int busId)
        {
            if (busId < 1 || busId > Traits.SpiBuses)
            {
                throw new ArgumentException("There is no SPI" + busId + " on " + _board.TargetName + ".");
            }

            return _spi[busId - 1] ?? Interlocked.CompareExchange(ref _spi[busId - 1], new SpiBus(_board, busId), null) ?? _spi[busId - 1]!;
        }

        public bool TakeHighResTimer()
        {
            if (Interlocked.Increment(ref _highResTimers) <= MaxHighResTimers)
            {
                return true;
            }

            Interlocked.Decrement(ref _highResTimers);
            return false;
        }

        public void ReturnHighResTimer() => Interlocked.Decrement(ref _highResTimers);
    }

    /// <summary>What the Wi-Fi helper remembers.</summary>
    internal sealed class WifiState
    {
        public ManualResetEvent Ready { get; set; } = new(false);

        public NetworkHelperStatus Status { get; set; }

        public Exception? Exception { get; set; }

        public string Ssid { get; private set; } = "";

        public string Password { get; private set; } = "";

        public WifiReconnectionKind ReconnectionKind { get; private set; } = WifiReconnectionKind.Automatic;

        public bool HasCredentials { get; private set; }

        /// <summary>Remembers how to join.</summary>
        public void Store(string ssid, string password, WifiReconnectionKind reconnectionKind)
        {
            Ssid = ssid;
            Password = password;
            ReconnectionKind = reconnectionKind;
            HasCredentials = true;
        }
    }

    /// <summary>What the SNTP client remembers.</summary>
    internal sealed class SntpState
    {
        public bool Started { get; set; } = true; // the native client starts with the network

        public bool TimeKnown { get; set; }

        public string Server1 { get; set; } = "0.pool.ntp.org";

        public string Server2 { get; set; } = "1.pool.ntp.org";
    }
}
