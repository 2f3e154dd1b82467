using System;
using System.Collections.Generic;
using NanoFramework.Pc;

namespace Sensors.VirtualBoard
{
    /// <summary>The virtual board: an ESP32 on a PC with what is around it - wires, chips, pins, radio, volume, clock and power - behind the packages' API.</summary>
    /// <remarks>
    /// <para>
    /// Wire chips to it, add access points, then either hand it a firmware's Main with <see cref="PowerOn(Action)"/>, or let a test thread
    /// call <see cref="PcBoard.Enter"/> and use drivers on it directly: the board has power from the start.
    /// </para>
    /// <para>
    /// A transaction costs <see cref="VirtualEsp32Options.TransactionOverheadMicroseconds"/> plus its time on the wire (8 clocks a byte
    /// on SPI, 9 on I2C, address included), a clock read 10 µs, a sleep what was asked for, but at least 10 µs.
    /// </para>
    /// </remarks>
    public sealed partial class VirtualEsp32 : PcBoard, IDisposable
    {
        private const long NanosecondsPerMillisecond = 1_000_000;

        private readonly VirtualEsp32Options _options;
        private readonly BoardBuses _buses;
        private readonly BoardClock _clock;
        private readonly PinWatch _watch;

        /// <summary>Makes a board that has power, runs no firmware, and has nothing wired to it.</summary>
        /// <param name="options">How it is set up; null for the defaults.</param>
        public VirtualEsp32(VirtualEsp32Options? options = null)
        {
            _options = options ?? new VirtualEsp32Options();
            Time = new VirtualTime(_options.Pace, _options.RealTime);
            _buses = new BoardBuses(Time, _options);
            _clock = new BoardClock(Time, _options.CrystalErrorPpm);
            _watch = new PinWatch(this);
            Pins = new BoardPins(LookAtPins);
            Volume = new PcVolume(_options.VolumeBytes, _options.VolumeFolder);
            Volume.PowerCut += CutPower;
            MacAddress = MakeMac(_options.Seed);
            Radio = new VirtualRadio(Time, up =>
            {
                Tell(up ? BoardEventKind.WifiUp : BoardEventKind.WifiLost, up ? "Wi-Fi is up" : "Wi-Fi association ended");
                ReachableChanged();
            });
            Radio.SoftAccessPointChanged = ReachableChanged;
        }

        /// <summary>Happens when something happened to the board; in the thread that caused it.</summary>
        public event Action<BoardEvent>? Happened;

        /// <summary>Gets the board's name.</summary>
        public string Name => _options.Name;

        /// <summary>Gets the number everything random on the board comes from.</summary>
        public ulong Seed => _options.Seed;

        /// <summary>Gets the board's time; chips and machine live in it.</summary>
        public VirtualTime Time { get; }

        /// <summary>Gets the access points around the board.</summary>
        public VirtualRadio Radio { get; }

        /// <summary>Gets the pins.</summary>
        public BoardPins Pins { get; }

        /// <summary>Gets the virtual chips wired to the board, in the order of wiring.</summary>
        public IReadOnlyList<VirtualChip> Chips => _buses.Chips;

        /// <summary>Gets the true time of day, UTC, as the world outside the board knows it.</summary>
        public DateTime WorldUtc => _options.StartUtc.AddTicks(Time.Nanoseconds / 100);

        /// <summary>Wires a chip to an I2C bus.</summary>
        /// <param name="i2cBus">1-based controller number.</param>
        /// <param name="address">7-bit address, 0x08 to 0x77.</param>
        /// <param name="chip">The chip.</param>
        /// <exception cref="ArgumentException">The address is taken or out of range.</exception>
        public void WireI2c(int i2cBus, int address, II2cChip chip) => _buses.WireI2c(i2cBus, address, chip);

        /// <summary>Wires a chip to an SPI bus.</summary>
        /// <param name="spiBus">1-based controller number.</param>
        /// <param name="chipSelectPin">GPIO number of its chip select.</param>
        /// <param name="chip">The chip.</param>
        /// <exception cref="ArgumentException">The pin selects another chip.</exception>
        public void WireSpi(int spiBus, int chipSelectPin, ISpiChip chip) => _buses.WireSpi(spiBus, chipSelectPin, chip);

        /// <summary>Carries out a plan's faults of chips, radio, time server and power as their times come; call it once all chips are wired.</summary>
        /// <remarks>Faults of the machine are the machine's (<see cref="VirtualMachine.Apply"/>), those of the broker its owner's; both are told as events.</remarks>
        /// <param name="plan">The plan.</param>
        /// <exception cref="FormatException">A fault names a chip that is not wired.</exception>
        public void Run(FaultPlan plan)
        {
            ArgumentNullException.ThrowIfNull(plan);
            FaultRunner.Schedule(this, plan);
        }

        // Espressif's prefix, and three bytes of the seed's own: neighbouring seeds are to have names that differ visibly.
        private static byte[] MakeMac(ulong seed)
        {
            ulong mixed = (seed + 1) * 0x9E3779B97F4A7C15;
            return [0x24, 0x0A, 0xC4, (byte)(mixed >> 56), (byte)(mixed >> 48), (byte)((mixed >> 40) & 0xFE)];
        }

        internal void Tell(BoardEventKind kind, string text) => Happened?.Invoke(new BoardEvent(kind, Time.Seconds, text));

        /// <summary>Runs something that changes chips while no transaction is under way.</summary>
        internal void BetweenTransactions(Action action)
        {
            lock (_buses.Gate)
            {
                action();
            }
        }
    }
}
