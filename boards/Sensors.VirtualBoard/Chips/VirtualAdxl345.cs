using System;
using System.Device.Spi;

namespace Sensors.VirtualBoard
{
    /// <summary>ADXL345 accelerometer, as its bus sees it. Data sheet: Analog Devices ADXL345 Rev. E; names in quotes are its headings.</summary>
    /// <remarks>
    /// <para>
    /// Wire it to SPI (mode 3, at most 5 MHz: "SPI") or to I2C at 0x53 or 0x1D ("I2C"). First SPI byte: bit 7 read, bit 6 multiple
    /// bytes, bits 5:0 address; without bit 6 every byte is the same register.
    /// </para>
    /// <para>
    /// Stated response ("the data sheet gives the bandwidth, half the output rate, but no shape"): second-order Butterworth magnitude
    /// at half the actual output rate without delay, see <see cref="LowPass"/>; then sampling, so what is above half the rate folds
    /// back; noise of 290 (X, Y) and 430 µg/√Hz (Z) times the square root of half the output rate, not less than at 100 Hz,
    /// low power 1.8 and 2.6 LSB ("Noise performance"); rounding to 1/256 g (full resolution) or to a 1024th of the range, bit 0
    /// cleared at 1600 and 3200 Hz where an LSB is 3.9 mg; clipping at the range.
    /// </para>
    /// <para>
    /// The FIFO holds 32 entries and one in the output stage. Reading any data register takes one entry; the address does not wrap.
    /// OVERRUN means that a sample was lost. A read of FIFO or FIFO_STATUS less than 5 µs after the end of a data read is counted
    /// as a violation and gives the previous entry again, or the previous count.
    /// </para>
    /// <para>Not modelled: tap, activity, inactivity, free-fall, sleep and link; <see cref="SignalEvent"/> stands in for their events.</para>
    /// </remarks>
    public sealed partial class VirtualAdxl345 : VirtualAccelerometer, ISpiChip, II2cChip
    {
        private const double HighestRateHertz = 3200;
        private const int BatchSize = 64;

        // "SPI": mode 3, 5 MHz, chip select high for 150 ns; bit 7 reads, bit 6 moves on.
        private static readonly SpiRules Rules = new()
        {
            Mode = SpiMode.Mode3,
            MaximumClockHz = 5_000_000,
            MinimumGapNanoseconds = 150,
            DirectionBit = 0x80,
            MultipleBit = 0x40,
            AddressMask = AddressMask,
        };

        private readonly byte[] _registers = new byte[Adxl345Map.Size];
        private readonly Adxl345Options _options;
        private readonly double[] _selfTestLsb = new double[3];

        /// <summary>Makes a chip that is powered now.</summary>
        /// <param name="time">The board's time.</param>
        /// <param name="source">What it feels, along its own axes.</param>
        /// <param name="seed">The board's seed; the chip derives its own from it and its name.</param>
        /// <param name="name">Name in fault plans and messages.</param>
        /// <param name="options">How this specimen differs from the typical one; null for the typical one.</param>
        public VirtualAdxl345(VirtualTime time, IVibrationSource source, ulong seed, string name = "vib1", Adxl345Options? options = null)
            : base(time, source, seed, name, options ??= new Adxl345Options(), Rules, BatchSize)
        {
            _options = options;
            SetSelfTestForce();
            Reset(time.Nanoseconds);
        }

        /// <summary>Gets a register without the side effects of reading it over the bus.</summary>
        /// <param name="register">0x00 to 0x39.</param>
        /// <returns>Its content; data registers hold the entry read last.</returns>
        public byte Peek(int register) => Content(register);

        /// <summary>Tells the level at an interrupt pin now ("Interrupts"): the pin's enabled sources, inverted when INT_INVERT is set.</summary>
        /// <param name="pin">1 or 2.</param>
        /// <returns>True for high.</returns>
        public bool InterruptPin(int pin)
        {
            CatchUp(Time.Nanoseconds);
            byte mapped = _registers[Adxl345Map.IntMap];
            int sources = InterruptSources() & _registers[Adxl345Map.IntEnable] & (pin == 1 ? ~mapped : mapped);
            bool inverted = (_registers[Adxl345Map.DataFormat] & Adxl345Map.IntInvert) != 0;
            return (sources != 0) != inverted;
        }

        /// <summary>Reports a tap, activity or free-fall event, which the model does not detect itself; it also triggers the FIFO.</summary>
        /// <param name="bits">Bits 6 to 2 of INT_SOURCE.</param>
        public void SignalEvent(byte bits)
        {
            const byte EventBits = 0x7C;
            CatchUp(Time.Nanoseconds);
            _events |= (byte)(bits & EventBits);
            if (FifoMode == Adxl345Map.ModeTrigger && !_triggered)
            {
                // "Trigger mode": the last SAMPLES entries stay, then the FIFO fills up.
                int kept = Math.Max(1, _registers[Adxl345Map.FifoCtl] & Adxl345Map.SamplesMask);
                while (_fifo.Count > kept)
                {
                    _fifo.DropOldest();
                }

                _triggered = true;
            }
        }

        private protected override void Reset(long nanoseconds)
        {
            base.Reset(nanoseconds);
            for (int register = 0; register < _registers.Length; register++)
            {
                _registers[register] = Adxl345Map.ResetValue(register);
            }

            _fifo.Clear();
            Array.Clear(_output);
            _fresh = false;
            _overrun = false;
            _triggered = false;
            _events = 0;
            _dataTaken = false;
            _lastDataEnd = LongAgo;
            BeginSampling(nanoseconds, WakeUpNanoseconds);
        }
    }
}
