using System;
using System.Device.Spi;

namespace Sensors.VirtualBoard
{
    /// <summary>IIS3DWB vibration sensor, as its SPI bus sees it. Data sheet: STMicroelectronics DS12569 Rev. 6, application note AN5444 Rev. 1.</summary>
    /// <remarks>
    /// <para>
    /// SPI only, mode 3, at most 10 MHz; first byte: bit 7 read, bits 6:0 address; the address moves on while IF_INC is set, and from 7Eh back to
    /// 78h, so that one frame reads as many slots as it is long. Reading the tag takes the slot out of the FIFO; a frame that ends before its
    /// last byte has lost it, which counts as a violation, as does reading an empty FIFO.
    /// </para>
    /// <para>
    /// The FIFO holds 512 slots. A time slot writes temperature (every 256th sample, 104 Hz), timestamp (each 1st, 8th or 32nd sample since
    /// power, whatever the FIFO does) and acceleration, in this order. The tag is kind, count modulo 4 and a bit that makes the ones even; a byte
    /// 11h seen in the field for acceleration says so. FIFO_OVR_IA: completely filled; FIFO_FULL_IA: will be with the next sample;
    /// FIFO_OVR_LATCHED: was since the last read of FIFO_STATUS2 (as in the maker's other parts, unverified for this one). FIFO mode stays
    /// stopped once it was full, until bypass. STOP_ON_WTM makes the watermark the depth.
    /// </para>
    /// <para>
    /// Timestamps count on the oscillator that makes the samples, so that their quotient does not depend on its error. Stated response:
    /// second-order Butterworth magnitude at 6.3 kHz, or at the second filter's corner where that is lower, without delay, see
    /// <see cref="LowPass"/>; noise of 75 µg/√Hz over the band that lets as much noise through, white from sample to sample.
    /// </para>
    /// <para>
    /// After power or BOOT the chip neither answers nor listens for 10 ms; SW_RESET takes 50 µs. First sample 10 ms after XL_EN. Self-test moves
    /// every axis by 1.6 g, up or down, over 19 ms. User offsets are subtracted where USR_OFF_ON_OUT is set. Unverified: these times, that sign,
    /// the resets of the timestamp by AAh, and what <see cref="Iis3dwbMap"/> names.
    /// </para>
    /// <para>
    /// Not modelled, and a violation when asked for: high-pass and slope path, single-axis mode. Not modelled and ignored: wake-up, activity,
    /// batch counter, rounding; <see cref="SignalEvent"/> stands in for the events that trigger the FIFO.
    /// </para>
    /// </remarks>
    public sealed partial class VirtualIis3dwb : VirtualAccelerometer, ISpiChip
    {
        private const int BatchSize = 512;
        private const int AddressMask = 0x7F;

        // "SPI bus interface": mode 3, 10 MHz; bit 7 reads. No gap between two frames is asked for.
        private static readonly SpiRules Rules = new()
        {
            Mode = SpiMode.Mode3,
            MaximumClockHz = 10_000_000,
            MinimumGapNanoseconds = 0,
            DirectionBit = 0x80,
            AddressMask = AddressMask,
        };

        private readonly byte[] _registers = new byte[Iis3dwbMap.Size];
        private readonly Iis3dwbOptions _options;

        /// <summary>Makes a chip that is powered now.</summary>
        /// <param name="time">The board's time.</param>
        /// <param name="source">What it feels, along its own axes.</param>
        /// <param name="seed">The board's seed; the chip derives its own from it and its name.</param>
        /// <param name="name">Name in fault plans and messages.</param>
        /// <param name="options">How this specimen differs from the typical one; null for the typical one.</param>
        public VirtualIis3dwb(VirtualTime time, IVibrationSource source, ulong seed, string name = "vib1", Iis3dwbOptions? options = null)
            : base(time, source, seed, name, options ??= new Iis3dwbOptions(), Rules, BatchSize)
        {
            _options = options;
            Reset(time.Nanoseconds);
        }

        /// <summary>Gets the slots the FIFO holds now.</summary>
        public int FifoLevel
        {
            get
            {
                CatchUp(Time.Nanoseconds);
                return _level;
            }
        }

        private int FifoMode => _registers[Iis3dwbMap.FifoCtrl4] & Iis3dwbMap.ModeMask;

        private int Watermark =>
            _registers[Iis3dwbMap.FifoCtrl1] | ((_registers[Iis3dwbMap.FifoCtrl2] & Iis3dwbMap.Watermark8) << 8);

        /// <summary>Gets a register without the side effects of reading it over the bus.</summary>
        /// <param name="register">0x00 to 0x7F.</param>
        /// <returns>Its content.</returns>
        public byte Peek(int register)
        {
            CatchUp(Time.Nanoseconds);
            return Content(register, Time.Nanoseconds);
        }

        /// <summary>Tells the level at an interrupt pin now: watermark, full, overrun and data ready as INT1_CTRL or INT2_CTRL route them.</summary>
        /// <param name="pin">1 or 2.</param>
        /// <returns>True for high.</returns>
        public bool InterruptPin(int pin)
        {
            CatchUp(Time.Nanoseconds);
            byte enabled = _registers[pin == 1 ? Iis3dwbMap.Int1Ctrl : Iis3dwbMap.Int2Ctrl];
            byte status = FifoStatus2();
            bool on = (enabled & Iis3dwbMap.IntWatermark) != 0 && (status & Iis3dwbMap.StatusWatermark) != 0;
            on |= (enabled & Iis3dwbMap.IntFull) != 0 && (status & Iis3dwbMap.StatusFull) != 0;
            on |= (enabled & Iis3dwbMap.IntOverrun) != 0 && (status & Iis3dwbMap.StatusOverrun) != 0;
            on |= (enabled & Iis3dwbMap.IntDataReady) != 0 && _fresh;
            return on != ((_registers[Iis3dwbMap.Ctrl3] & Iis3dwbMap.ActiveLow) != 0);
        }

        /// <summary>Reports a wake-up or activity event, which the model does not detect itself; modes 3, 4 and 7 of the FIFO wait for one.</summary>
        public void SignalEvent()
        {
            CatchUp(Time.Nanoseconds);
            _triggered = true;
        }

        /// <summary>Lets bits of one byte flip on the wire.</summary>
        /// <param name="slots">How many slots are read well before.</param>
        /// <param name="index">Byte of the slot, 0 (the tag) to 6.</param>
        /// <param name="mask">The bits.</param>
        public void Garble(int slots, int index, byte mask)
        {
            _garbleAfter = slots;
            _garbleIndex = index;
            _garbleMask = mask;
        }

        /// <summary>Lets the chip lose its place: from the next slot on, the output is late by so many bytes until the FIFO is emptied.</summary>
        /// <param name="bytes">1 to 6.</param>
        public void Slip(int bytes) => _slip = bytes;

        /// <summary>Lets slots vanish out of the middle of the FIFO, without a flag: what no data sheet allows, and no driver may miss.</summary>
        /// <param name="slots">How many of the oldest.</param>
        public void Swallow(int slots)
        {
            CatchUp(Time.Nanoseconds);
            for (int i = 0; i < slots && _level > 0; i++)
            {
                DropOldest();
            }
        }

        private protected override void Reset(long nanoseconds)
        {
            base.Reset(nanoseconds);
            _sample = 0;
            _counts = 0;
            _countsSince = nanoseconds;
            _slotTag = 0;
            _readyAt = nanoseconds + BootNanoseconds;
            _resetUntil = LongAgo;
            Array.Clear(_output);
            ResetRegisters(nanoseconds);
        }

        private void ResetRegisters(long nanoseconds)
        {
            for (int register = 0; register < _registers.Length; register++)
            {
                _registers[register] = Iis3dwbMap.ResetValue(register);
            }

            _registers[Iis3dwbMap.FreqFine] = unchecked((byte)_options.FrequencyTrim);
            _fresh = false;
            _latched = false;
            Element.SetSelfTest(false);
            ClearFifo();
            BeginSampling(nanoseconds, TurnOnNanoseconds);
        }
    }
}
