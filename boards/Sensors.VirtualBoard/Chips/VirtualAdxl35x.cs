using System;
using System.Device.Spi;

namespace Sensors.VirtualBoard
{
    /// <summary>What ADXL355 and ADXL357 have in common. Data sheet: Analog Devices ADXL359 Rev. 0, their sister; names in quotes are its headings.</summary>
    /// <remarks>
    /// <para>
    /// Wire it to SPI (mode 0, at most 10 MHz: "SPI protocol") or to I2C at 0x1D or 0x53. First SPI byte: address in bits 7:1, bit 0 read. The
    /// address counts up, but for a burst that begins at FIFO_DATA, which stays there. One that comes there from below reads zeros and goes on
    /// (table 31; the text of the section says otherwise, so it is counted as a violation).
    /// </para>
    /// <para>
    /// The FIFO holds 96 words of one axis. The words of a sample enter one after the other, so the count is not always a multiple of three; a
    /// full FIFO drops its oldest word for each new one and sets FIFO_OVR, which reading Status clears. The first of every three bytes of a
    /// burst takes a word. Bit 0 of its last byte marks X, bit 1 that there was none. A burst that ends inside a word is a violation. Standby
    /// empties the FIFO ("Power control register").
    /// </para>
    /// <para>
    /// For 10 ms after standby the output is off by up to 20 mg, falling to 1 mg ("Turn-on time" gives the end, the course is a choice). After
    /// power-on and reset the chip loads its memory: SPI reads all ones, I2C is not acknowledged, writes are lost and counted.
    /// </para>
    /// <para>
    /// Stated response: second-order Butterworth magnitude at a quarter of the actual output rate without delay, see <see cref="LowPass"/> (the
    /// data sheet gives -3.6 dB there at 4 kHz and -1.8 to -2.3 dB at lower rates, and no shape); the high-pass is of first order, recursive, on
    /// the samples, those left out that came and went unseen; noise of the typical density, flat up to half the output rate; then offset registers, rounding to 20 bits, clipping.
    /// </para>
    /// <para>
    /// Not modelled: activity (<see cref="SignalActivity"/> stands in), external clock and synchronisation, DRDY pin, over-range protection, the
    /// rejection of outer acceleration in self-test, the lowest SPI clock of 100 kHz, and that on I2C the chip also acknowledges its address
    /// byte inside other chips' data, for which it needs a bus of its own.
    /// </para>
    /// </remarks>
    public abstract partial class VirtualAdxl35x : VirtualAccelerometer, ISpiChip, II2cChip
    {
        // "SPI protocol" and table 2: mode 0, 10 MHz, chip select high for 40 ns; address << 1, bit 0 reads.
        private static readonly SpiRules Rules = new()
        {
            Mode = SpiMode.Mode0,
            MaximumClockHz = 10_000_000,
            MinimumGapNanoseconds = 40,
            DirectionBit = 0x01,
            AddressShift = 1,
            AddressMask = 0x7F,
        };

        private readonly byte[] _registers = new byte[Adxl35xMap.Size];
        private readonly byte[] _shadow = new byte[Adxl35xMap.ShadowEnd - Adxl35xMap.Shadow + 1];
        private readonly Adxl35xOptions _options;
        private long _loadedAt;
        private bool _busyFlag;
        private int _spoiledResets;
        private bool _spoiled;

        private protected VirtualAdxl35x(
            VirtualTime time,
            IVibrationSource source,
            ulong seed,
            string name,
            Adxl35xOptions options,
            double lsbPerG,
            double densityMicroG,
            int digitsAt25C)
            : base(time, source, seed, name, options, Rules, Adxl35xMap.FifoWords / Axes)
        {
            _options = options;
            _lsbPerG = lsbPerG;
            _densityMicroG = densityMicroG;
            _digitsAt25C = digitsAt25C;
            ulong trim = NoiseDraw.DeriveSeed(seed, name + " trim");
            for (int i = 0; i < _shadow.Length; i++)
            {
                _shadow[i] = (byte)(trim >> (8 * i)); // each specimen has its own
            }

            Reset(time.Nanoseconds);
        }

        /// <summary>Gets or sets whether X words come without their marker: a FIFO out of order.</summary>
        public bool LosesMarkers { get; set; }

        /// <summary>Lets the next resets load the trim wrongly ("Reset register"), which the shadow registers show, and 0.5 g on X.</summary>
        /// <param name="resets">How many, 0 or more.</param>
        public void SpoilResets(int resets) => _spoiledResets = resets;

        /// <summary>Takes words out of the FIFO behind its reader's back, as a read does that nobody receives.</summary>
        /// <param name="words">How many; no more than there are.</param>
        public void LoseWords(int words)
        {
            Advance(Time.Nanoseconds);
            for (int i = 0; i < words && _count > 0; i++)
            {
                DropOldest();
            }
        }

        /// <summary>Reports activity, which the model does not detect itself.</summary>
        public void SignalActivity() => _activity = true;

        /// <summary>Gets a register without the side effects of reading it over the bus.</summary>
        /// <param name="register">0x00 to 0x7F.</param>
        /// <returns>Its content.</returns>
        public byte Peek(int register) => Content(register);

        /// <summary>Tells the level at an interrupt pin now ("Interrupts"): the pin's mapped sources, high for true when INT_POL is set, else low.</summary>
        /// <param name="pin">1 or 2.</param>
        /// <returns>True for high.</returns>
        public bool InterruptPin(int pin)
        {
            Advance(Time.Nanoseconds);
            int mapped = (_registers[Adxl35xMap.IntMap] >> (pin == 1 ? 0 : 4)) & 0x0F;
            bool activeHigh = (_registers[Adxl35xMap.Range] & Adxl35xMap.IntPol) != 0;
            return ((StatusBits() & mapped) != 0) == activeHigh;
        }

        private protected override void Reset(long nanoseconds)
        {
            base.Reset(nanoseconds);
            _spoiled = false; // "does not occur from a power-on"
            Restart(nanoseconds);
        }

        private void Restart(long nanoseconds)
        {
            for (int register = 0; register < _registers.Length; register++)
            {
                _registers[register] = Adxl35xMap.ResetValue(register);
            }

            _registers[Adxl35xMap.RevId] = _options.Revision;
            _temperature = 0;
            Array.Clear(_latest);
            ClearFifo();
            _loadedAt = nanoseconds + (long)(_options.LoadingMicroseconds * 1000);
            _busyFlag = true;
        }
    }
}
