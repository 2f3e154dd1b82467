using System;
using System.Collections.Generic;
using System.Device.Gpio;
using System.Device.I2c;
using System.Device.Spi;
using System.Device.Wifi;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Threading;
using nanoFramework.Hardware.Esp32;

namespace NanoFramework.Pc
{
    /// <summary>What stands behind the packages on a PC: one board's wires, pins, radio, volume, time and power.</summary>
    /// <remarks>
    /// Many nodes run in one process. A stand-in finds its board through an ambient context that follows a node's threads:
    /// whoever starts a node calls <see cref="Enter"/> first, and every thread started from there belongs to that board.
    /// </remarks>
    public abstract class PcBoard
    {
        private static readonly AsyncLocal<PcBoard?> Ambient = new();

        /// <summary>Makes a board without power-on state: nothing is opened, no pin is assigned but the defaults of the target.</summary>
        protected PcBoard()
        {
            Packages = new PackageState(this);
        }

        /// <summary>Gets the board of the running thread.</summary>
        /// <exception cref="InvalidOperationException">The thread belongs to no board.</exception>
        public static PcBoard Current => CurrentOrNone
            ?? throw new InvalidOperationException("No virtual board here: call PcBoard.Enter on the thread that starts the node.");

        /// <summary>Gets the board of the running thread; null when it belongs to none.</summary>
        internal static PcBoard? CurrentOrNone => Ambient.Value;

        /// <summary>Gets the files of the board's internal volume, <c>I:</c>.</summary>
        public abstract PcVolume Volume { get; }

        /// <summary>Gets the target name the board reports, such as <c>ESP32_REV3</c>.</summary>
        public abstract string TargetName { get; }

        /// <summary>Gets or sets the board's wall clock, UTC.</summary>
        public abstract DateTime UtcNow { get; set; }

        /// <summary>Gets whether the station interface is associated and has an address.</summary>
        public abstract bool NetworkUp { get; }

        /// <summary>Gets a token that is cancelled when the present association ends (range lost, access point off, power cut).</summary>
        public abstract CancellationToken NetworkLost { get; }

        /// <summary>Gets the bytes free on the managed heap, as <c>GC.Run</c> reports them. Default: what a plain ESP32 leaves.</summary>
        public virtual uint FreeHeapBytes => 100 * 1024;

        /// <summary>Gets the clock that timers, retries and keep-alives run on. Default: the PC's.</summary>
        public virtual TimeProvider TimeProvider => TimeProvider.System;

        /// <summary>Gets what the packages keep in static fields on a board.</summary>
        internal PackageState Packages { get; private set; }

        /// <summary>Gets what the image keeps of the network in flash.</summary>
        internal StoredNetwork Stored { get; } = new();

        /// <summary>Makes a board the running thread's own, and that of every thread started from it.</summary>
        /// <param name="board">The board.</param>
        public static void Enter(PcBoard board) => Ambient.Value = board;

        /// <summary>Reads the microsecond timer. Each call costs the board a little time, so that a spinning wait ends.</summary>
        /// <returns>Microseconds since the board was powered.</returns>
        public abstract long ReadMicroseconds();

        /// <summary>Lets the board's time pass while a managed thread sleeps.</summary>
        /// <param name="milliseconds">0 or more.</param>
        public abstract void Sleep(int milliseconds);

        /// <summary>Makes something for a managed thread to wait for. Default: it waits in the PC's time.</summary>
        /// <returns>A signal that is not set.</returns>
        public virtual BoardSignal MakeSignal() => new();

        /// <summary>Says that the PC has something on the way for the board, such as a message to be answered: fast motion may wait for it.</summary>
        /// <returns>Ends it when disposed; null where nothing waits.</returns>
        public virtual IDisposable? BeginErrand() => null;

        /// <summary>Moves one I2C transaction: bytes written, then a repeated start and bytes read.</summary>
        /// <param name="busId">1-based controller number.</param>
        /// <param name="address">7-bit address.</param>
        /// <param name="clockHz">The speed of the bus as a whole.</param>
        /// <param name="write">Bytes to write; may be empty.</param>
        /// <param name="read">Receives the bytes read; may be empty.</param>
        /// <returns>What the controller reports; <see cref="I2cTransferStatus.FullTransfer"/> when all went well.</returns>
        public abstract I2cTransferStatus TransferI2c(int busId, int address, int clockHz, ReadOnlySpan<byte> write, Span<byte> read);

        /// <summary>Moves one SPI frame with the chip select active from first to last bit.</summary>
        /// <param name="busId">1-based controller number.</param>
        /// <param name="chipSelect">Pin of the chip select, -1 for none.</param>
        /// <param name="mode">Clock polarity and phase of the bus.</param>
        /// <param name="clockHz">Clock of the bus.</param>
        /// <param name="write">Bytes on MOSI, as long as <paramref name="read"/>.</param>
        /// <param name="read">Receives the bytes on MISO.</param>
        public abstract void TransferSpi(int busId, int chipSelect, SpiMode mode, int clockHz, ReadOnlySpan<byte> write, Span<byte> read);

        /// <summary>Sets how a pin is driven.</summary>
        /// <param name="pin">GPIO number.</param>
        /// <param name="mode">Direction and pull.</param>
        public abstract void SetPinMode(int pin, PinMode mode);

        /// <summary>Drives an output pin.</summary>
        /// <param name="pin">GPIO number.</param>
        /// <param name="high">The level.</param>
        public abstract void WritePin(int pin, bool high);

        /// <summary>Reads the level at a pin.</summary>
        /// <param name="pin">GPIO number.</param>
        /// <returns>True for high.</returns>
        public abstract bool ReadPin(int pin);

        /// <summary>Gives a pin to a peripheral.</summary>
        /// <param name="pin">GPIO number.</param>
        /// <param name="function">Value of the package's <c>DeviceFunction</c>.</param>
        public abstract void SetPinFunction(int pin, int function);

        /// <summary>Associates with an access point and waits for an address.</summary>
        /// <param name="ssid">Name of the network.</param>
        /// <param name="password">Its password.</param>
        /// <param name="cancel">Ends the wait.</param>
        /// <returns>True when the interface is up with an address.</returns>
        public abstract bool JoinWifi(string ssid, string password, CancellationToken cancel);

        /// <summary>As the other, and says what becomes of a lost association. Default: as the other, whatever is said.</summary>
        /// <param name="ssid">Name of the network.</param>
        /// <param name="password">Its password.</param>
        /// <param name="reconnectionKind"><see cref="WifiReconnectionKind.Automatic"/>: once made, a lost association comes back
        /// by itself when the access point does, until it is left.</param>
        /// <param name="cancel">Ends the wait.</param>
        /// <returns>True when the interface is up with an address.</returns>
        public virtual bool JoinWifi(string ssid, string password, WifiReconnectionKind reconnectionKind, CancellationToken cancel) =>
            JoinWifi(ssid, password, cancel);

        /// <summary>Associates with an access point, without waiting for an address, and names what became of it. Default: by the join that waits.</summary>
        /// <param name="ssid">Name of the network.</param>
        /// <param name="password">Its password.</param>
        /// <param name="reconnectionKind">What becomes of a lost association.</param>
        /// <returns>What the radio's driver makes of the outcome.</returns>
        public virtual WifiConnectionStatus ConnectWifi(string ssid, string password, WifiReconnectionKind reconnectionKind) =>
            JoinWifi(ssid, password, reconnectionKind, CancellationToken.None) ? WifiConnectionStatus.Success : WifiConnectionStatus.NetworkNotAvailable;

        /// <summary>Gets the address the station has, or has from the network; null for none. Default: one while the network is up.</summary>
        public virtual string? StationAddress => NetworkUp ? "192.168.1.77" : null;

        /// <summary>Gets the station's own address as the firmware set it; null where the network gives one.</summary>
        public StaticAddress? OwnAddress => Stored.Address;

        /// <summary>Gets whether the station is associated, with an address or without, or the access point is up. Default: as the network.</summary>
        public virtual bool HasLink => NetworkUp;

        /// <summary>Gets whether anybody can connect to a port of the board. Default: as the network.</summary>
        public virtual bool IsReachable => NetworkUp;

        /// <summary>Gets the six bytes of the station's MAC address.</summary>
        public virtual byte[] MacAddress { get; } = { 0x24, 0x0A, 0xC4, 0x3F, 0x2A, 0x1C };

        /// <summary>Finds the way to an address. Default: the PC's.</summary>
        /// <param name="target">What the firmware wants to reach.</param>
        /// <returns>Where on the PC it is.</returns>
        /// <exception cref="SocketException">The board's network does not lead there.</exception>
        public virtual IPEndPoint Route(IPEndPoint target) => NetworkUp ? target : throw new SocketException((int)SocketError.NetworkUnreachable);

        /// <summary>Tells where the PC finds a port on which the board's firmware listens.</summary>
        /// <param name="port">The board's number of it.</param>
        /// <returns>An address of the loopback; null while nothing listens there, or the board is out of reach.</returns>
        public IPEndPoint? PortEndpoint(int port) => Packages.Sockets.Find(port);

        /// <summary>Leaves the network.</summary>
        public abstract void LeaveWifi();

        /// <summary>Asks the network for the time.</summary>
        /// <param name="server">Name of the time server.</param>
        /// <param name="utc">The time it told.</param>
        /// <returns>False when nobody answered.</returns>
        public abstract bool AskTime(string server, out DateTime utc);

        /// <summary>Finds the IPv4 address of a host. Default: ask the PC.</summary>
        /// <param name="host">Host name, or an address in dotted form.</param>
        /// <returns>An IPv4 address.</returns>
        /// <exception cref="SocketException">Nobody knows the name, or it has no IPv4 address.</exception>
        public virtual IPAddress Resolve(string host)
        {
            if (IPAddress.TryParse(host, out IPAddress? literal) && literal.AddressFamily == AddressFamily.InterNetwork)
            {
                return literal;
            }

            foreach (IPAddress address in Dns.GetHostAddresses(host, AddressFamily.InterNetwork))
            {
                return address;
            }

            throw new SocketException((int)SocketError.HostNotFound);
        }

        /// <summary>Lists the names of the networks in range. Default: none.</summary>
        /// <returns>Names, strongest first.</returns>
        public virtual IReadOnlyList<string> ScanWifi() => Array.Empty<string>();

        /// <summary>Lists the networks in range with how strong they are, in dBm. Default: those of <see cref="ScanWifi"/>, at -60.</summary>
        /// <returns>Strongest first.</returns>
        public virtual IReadOnlyList<(string Ssid, int Rssi)> ScanNetworks()
        {
            var networks = new List<(string Ssid, int Rssi)>();
            foreach (string name in ScanWifi())
            {
                networks.Add((name, -60));
            }

            return networks;
        }

        /// <summary>Calls back after a time of the board. Default: by <see cref="TimeProvider"/>.</summary>
        /// <param name="dueMicroseconds">Time until the first call, 0 or more.</param>
        /// <param name="periodMicroseconds">Time between later calls; 0 for a single call.</param>
        /// <param name="callback">What to call, on any thread; it enters the board itself.</param>
        /// <returns>Ends the calls when disposed.</returns>
        public virtual IDisposable StartTimer(long dueMicroseconds, long periodMicroseconds, Action callback)
        {
            TimeSpan due = TimeSpan.FromMicroseconds(dueMicroseconds);
            TimeSpan period = periodMicroseconds > 0 ? TimeSpan.FromMicroseconds(periodMicroseconds) : Timeout.InfiniteTimeSpan;
            return TimeProvider.CreateTimer(_ => callback(), null, due, period);
        }

        /// <summary>Tells the memory outside the managed heap. Default: a plain ESP32 with Wi-Fi up, no external RAM.</summary>
        /// <param name="external">True for external RAM, false for internal.</param>
        /// <param name="total">Bytes in all.</param>
        /// <param name="free">Bytes free.</param>
        /// <param name="largest">Bytes of the largest free block.</param>
        public virtual void GetNativeMemory(bool external, out uint total, out uint free, out uint largest)
        {
            total = external ? 0u : 280u * 1024;
            free = external ? 0u : 60u * 1024;
            largest = external ? 0u : 30u * 1024;
        }

        /// <summary>Tells that a managed thread ended by an exception. On a board nobody sees it; default: nothing.</summary>
        /// <param name="thread">Name of the thread.</param>
        /// <param name="cause">What it did not catch.</param>
        public virtual void OnThreadDied(string thread, Exception cause)
        {
        }

        /// <summary>Tells whether the board's firmware wants to hear of changes at a pin.</summary>
        /// <remarks>Asked when the pin's mode is set, it stays right: the packages set it anew when a listener comes or goes.</remarks>
        /// <param name="pin">GPIO number.</param>
        /// <returns>True when <see cref="PinChanged"/> would reach a listener.</returns>
        protected bool HasListener(int pin) => Packages.Gpio.HasListener(pin);

        /// <summary>Tells the board's firmware that the level at a pin changed. For whoever drives the wire from outside.</summary>
        /// <param name="pin">GPIO number.</param>
        /// <param name="high">The new level.</param>
        public void PinChanged(int pin, bool high) => Packages.Gpio.PostFromWire(pin, high);

        /// <summary>Gets or sets what the packages are to name as the cause of the restart to come.</summary>
        internal Sleep.WakeupCause NextWakeupCause { get; set; }

        /// <summary>Forgets what firmware opened and assigned, as a restart does. Call it when the board restarts, before <see cref="NetworkLost"/> is cancelled.</summary>
        protected void ResetPackages()
        {
            PackageState ended = Packages;
            Packages = new PackageState(this) { WakeupCause = NextWakeupCause };
            NextWakeupCause = default;
            ended.Sockets.End();
        }

        /// <summary>Gets whether the firmware's image is to open the access point at this start: what was stored says so, and under which name.</summary>
        /// <param name="ssid">Its name.</param>
        /// <param name="password">Its password; empty for an open one.</param>
        /// <param name="channel">Its channel.</param>
        /// <returns>True when it is.</returns>
        protected bool WantsAccessPoint(out string ssid, out string password, out int channel)
        {
            WirelessAPConfiguration stored = Stored.AccessPoint;
            bool open = stored.Authentication is AuthenticationType.Open or AuthenticationType.None;
            (ssid, password, channel) = (stored.Ssid ?? "", open ? "" : stored.Password ?? "", stored.Channel);
            return stored.Options.HasFlag(WirelessAPConfiguration.ConfigurationOptions.Enable);
        }

        /// <summary>Tells that <see cref="IsReachable"/> has changed: ports open, or close and cut what is connected.</summary>
        protected void ReachableChanged() => Packages.Sockets.SetReachable(IsReachable);

        /// <summary>Restarts the board: the caller's thread ends with a <see cref="BoardOffException"/>, then the firmware starts again.</summary>
        public abstract void Reboot();

        /// <summary>Throws when the board has no power. Every stand-in calls it first, so that a dead board's threads end.</summary>
        /// <exception cref="BoardOffException">The board was switched off or restarted.</exception>
        public abstract void ThrowIfOff();
    }

    /// <summary>The board a thread belongs to lost its power; the thread has nothing left to do but end.</summary>
    public sealed class BoardOffException : Exception
    {
        /// <summary>Makes the exception.</summary>
        public BoardOffException()
            : base("The virtual board is off.")
        {
        }
    }
}
