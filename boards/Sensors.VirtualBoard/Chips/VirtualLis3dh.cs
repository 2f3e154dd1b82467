using System;
using System.Device.Spi;

namespace Sensors.VirtualBoard
{
    /// <summary>LIS3DH accelerometer, as its bus sees it. Data sheet: ST LIS3DH, DocID17530 Rev 2; application note AN3308.</summary>
    /// <remarks>
    /// <para>
    /// Wire it to SPI (mode 3 or 0, at most 10 MHz) or to I2C at 0x18 or 0x19. First SPI byte: bit 7 read, bit 6 moves the address on; on I2C
    /// bit 7 of the register pointer does. Without, every byte is the same register. With the FIFO on, OUT_Z_H is followed by OUT_X_L, so that
    /// one burst empties it; a set of which any byte was read is taken. Identity 33h is the LIS2DH12's as well.
    /// </para>
    /// <para>
    /// High resolution: 12 bits, 1, 2, 4 or 12 mg a digit, and a bandwidth of a ninth of the rate; normal: ten bits; low power: eight; both half the
    /// rate. Always left-justified. The FIFO keeps the upper ten bits, whatever the mode (AN3308, "FIFO description"). The element ends at the
    /// range: at ±16 g that is digit 1333, not 2047. FIFO_SRC cannot say 32: full is FSS = 31 with OVRN, which is set once 32 samples are
    /// held and cleared by reading one (AN3308; the data sheet has OVRN for an overwritten one only).
    /// </para>
    /// <para>
    /// Stated response: second-order Butterworth magnitude (<see cref="LowPass"/>) at the corner above; noise 220 µg/√Hz times the root of it
    /// (corners and noise from general knowledge of the data sheet, not verified). The first sample comes after 7 periods in high resolution,
    /// after one otherwise (AN3308, turn-on times). Boot takes 5 ms; a write meanwhile is a violation and lost.
    /// </para>
    /// <para>Not modelled: high-pass filter, temperature and auxiliary ADC, and the click, 6D, free-fall and activity engines;
    /// <see cref="SignalEvent"/> stands in for the event that ends stream-to-FIFO mode.</para>
    /// </remarks>
    public sealed partial class VirtualLis3dh : VirtualAccelerometer, ISpiChip, II2cChip
    {
        private const int BatchSize = 64;

        private static readonly SpiRules Rules = new()
        {
            Mode = SpiMode.Mode3,
            OtherMode = SpiMode.Mode0,
            MaximumClockHz = 10_000_000,
            MinimumGapNanoseconds = 20,
            DirectionBit = 0x80,
            MultipleBit = 0x40,
            AddressMask = Lis3dhMap.SpiAddressMask,
        };

        private readonly byte[] _registers = new byte[Lis3dhMap.Size];
        private readonly Lis3dhOptions _options;

        /// <summary>Makes a chip that is powered now.</summary>
        /// <param name="time">The board's time.</param>
        /// <param name="source">What it feels, along its own axes.</param>
        /// <param name="seed">The board's seed; the chip derives its own from it and its name.</param>
        /// <param name="name">Name in fault plans and messages.</param>
        /// <param name="options">How this specimen differs from the typical one; null for the typical one.</param>
        public VirtualLis3dh(VirtualTime time, IVibrationSource source, ulong seed, string name = "vib1", Lis3dhOptions? options = null)
            : base(time, source, seed, name, options ??= new Lis3dhOptions(), Rules, BatchSize)
        {
            _options = options;
            Reset(time.Nanoseconds);
        }

        /// <summary>Gets a register without the side effects of reading it over the bus.</summary>
        /// <param name="register">0x00 to 0x3F.</param>
        /// <returns>Its content; data registers hold the set read last.</returns>
        public byte Peek(int register) => Content(register, Time.Nanoseconds);

        /// <summary>Tells the level at INT1 now: the sources CTRL_REG3 enables, inverted when INT_POLARITY is set.</summary>
        /// <returns>True for high.</returns>
        public bool InterruptPin()
        {
            CatchUp(Time.Nanoseconds);
            byte enabled = _registers[Lis3dhMap.Ctrl3];
            bool on = ((enabled & Lis3dhMap.I1Zyxda) != 0 && DataReady)
                || ((enabled & Lis3dhMap.I1Wtm) != 0 && AtWatermark)
                || ((enabled & Lis3dhMap.I1Overrun) != 0 && _full);
            return on != ((_registers[Lis3dhMap.Ctrl6] & Lis3dhMap.IntPolarity) != 0);
        }

        /// <summary>Reports an event of an engine that is not modelled: stream-to-FIFO mode stops at a full FIFO from now on.</summary>
        public void SignalEvent()
        {
            CatchUp(Time.Nanoseconds);
            _triggered = true;
        }

        private protected override void Reset(long nanoseconds)
        {
            base.Reset(nanoseconds);
            for (int register = 0; register < _registers.Length; register++)
            {
                _registers[register] = Lis3dhMap.ResetValue(register);
            }

            _fifo.Clear();
            Array.Clear(_output);
            _fresh = false;
            _replaced = false;
            _full = false;
            _triggered = false;
            _taken = false;
            _bootEnd = nanoseconds + BootNanoseconds;
            BeginSampling(nanoseconds, 0);
        }
    }
}
