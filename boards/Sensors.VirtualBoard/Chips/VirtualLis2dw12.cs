using System;
using System.Device.Spi;

namespace Sensors.VirtualBoard
{
    /// <summary>LIS2DW12 accelerometer, as its bus sees it. Data sheet: ST LIS2DW12, DocID029682 Rev 3; application note AN5038 Rev 5.</summary>
    /// <remarks>
    /// <para>
    /// Wire it to SPI (mode 3 or 0, at most 10 MHz) or to I2C at 0x18 or 0x19. First SPI byte: bit 7 read, bits 6:0 address; there is no
    /// multiple-byte bit, on both wires the address moves on while IF_ADD_INC is set. With the FIFO on, OUT_Z_H is followed by OUT_X_L, so
    /// that one burst empties it; a set of which any byte was read is taken.
    /// </para>
    /// <para>
    /// Stated response: second-order Butterworth magnitude (<see cref="LowPass"/>) at the corner that BW_FILT asks for, 400 Hz at most in
    /// high-performance mode ("up to ODR = 800 Hz, 400 Hz when ODR = 1600 Hz"); noise of 90 µg/√Hz with LOW_NOISE and 110 without, times the
    /// root of the corner; low power 4.5, 2.4, 1.8 and 1.3 mg RMS for modes 1 to 4 (noise figures from general knowledge of the data sheet,
    /// not verified). 14 bits, 12 in low-power mode 1, left-justified. The self-test moves all axes by the same, down for ST = 10.
    /// </para>
    /// <para>
    /// Start-up: 20 ms from power or BOOT; a soft reset takes 200 µs (a choice; "some microseconds"). A write meanwhile is a violation and lost.
    /// </para>
    /// <para>
    /// Not modelled: single conversion on demand, high-pass filter and its reference, user offsets, and the tap, 6D, free-fall and activity
    /// engines; <see cref="SignalEvent"/> stands in for their events where the FIFO waits for one.
    /// </para>
    /// </remarks>
    public sealed partial class VirtualLis2dw12 : VirtualAccelerometer, ISpiChip, II2cChip
    {
        private const int BatchSize = 64;

        private static readonly SpiRules Rules = new()
        {
            Mode = SpiMode.Mode3,
            OtherMode = SpiMode.Mode0,
            MaximumClockHz = 10_000_000,
            MinimumGapNanoseconds = 20,
            DirectionBit = 0x80,
            AddressMask = Lis2dw12Map.AddressMask,
        };

        private readonly byte[] _registers = new byte[Lis2dw12Map.Size];
        private readonly Lis2dw12Options _options;

        /// <summary>Makes a chip that is powered now.</summary>
        /// <param name="time">The board's time.</param>
        /// <param name="source">What it feels, along its own axes.</param>
        /// <param name="seed">The board's seed; the chip derives its own from it and its name.</param>
        /// <param name="name">Name in fault plans and messages.</param>
        /// <param name="options">How this specimen differs from the typical one; null for the typical one.</param>
        public VirtualLis2dw12(VirtualTime time, IVibrationSource source, ulong seed, string name = "vib1", Lis2dw12Options? options = null)
            : base(time, source, seed, name, options ??= new Lis2dw12Options(), Rules, BatchSize)
        {
            _options = options;
            Reset(time.Nanoseconds);
        }

        /// <summary>Gets a register without the side effects of reading it over the bus.</summary>
        /// <param name="register">0x00 to 0x3F.</param>
        /// <returns>Its content; data registers hold the set read last.</returns>
        public byte Peek(int register) => Content(register, Time.Nanoseconds);

        /// <summary>Tells the level at an interrupt pin now: the pin's enabled sources, inverted when H_LACTIVE is set.</summary>
        /// <param name="pin">1 or 2.</param>
        /// <returns>True for high.</returns>
        public bool InterruptPin(int pin)
        {
            CatchUp(Time.Nanoseconds);
            byte enabled = _registers[pin == 1 ? Lis2dw12Map.Ctrl4Int1 : Lis2dw12Map.Ctrl5Int2];
            bool on = ((enabled & Lis2dw12Map.IntDrdy) != 0 && DataReady)
                || ((enabled & Lis2dw12Map.IntFth) != 0 && AtThreshold)
                || ((enabled & Lis2dw12Map.IntDiff5) != 0 && _fifo.Count == _fifo.Capacity)
                || (pin == 2 && (enabled & Lis2dw12Map.Int2Ovr) != 0 && _overrun);
            return on != ((_registers[Lis2dw12Map.Ctrl3] & Lis2dw12Map.HLactive) != 0);
        }

        /// <summary>Reports an event of an engine that is not modelled; continuous-to-FIFO and bypass-to-continuous modes wait for one.</summary>
        public void SignalEvent()
        {
            CatchUp(Time.Nanoseconds);
            _triggered = true;
        }

        private protected override void Reset(long nanoseconds)
        {
            base.Reset(nanoseconds);
            LoadResetValues(nanoseconds);
            _busyUntil = nanoseconds + BootNanoseconds;
            _busyBit = Lis2dw12Map.Boot;
        }
    }
}
