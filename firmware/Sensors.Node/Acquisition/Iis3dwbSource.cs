using System;
using Sensors.Drivers;

namespace Sensors.Node
{
    /// <summary>The IIS3DWB at ±16 g: every 8th sample behind its low-pass for velocity from 10 to 1,000 Hz, or all 26,667 a second for bearings.</summary>
    /// <remarks>
    /// A block of 1,024 samples is 0.31 s of every 8th sample, with lines 3.3 Hz apart, and 38 ms of the full rate, with lines 26 Hz apart:
    /// enough for peak, RMS, kurtosis and band energy, not for the orders of a bearing. These take half a second or more of the full rate: with
    /// memory to spare a second of slots, 192,500 bytes, which <see cref="DecodeAxis"/> takes apart; without, one axis per capture, 28,672 bytes
    /// for 14,336 samples.
    /// </remarks>
    public sealed class Iis3dwbSource : AccelerometerSource
    {
        private readonly Iis3dwb _driver;
        private readonly Iis3dwbMode _mode;

        /// <summary>Makes the source on an open bus.</summary>
        /// <param name="bus">Where the chip is; opened with <see cref="Iis3dwb.Spi"/>.</param>
        /// <param name="clock">Times waits and the rate.</param>
        /// <param name="mode">Which samples make a block; the low-pass follows from it.</param>
        /// <exception cref="ArgumentOutOfRangeException">A snapshot: it is shorter than a block.</exception>
        public Iis3dwbSource(RegisterBus bus, BusClock clock, Iis3dwbMode mode)
            : this(bus, new Iis3dwb(bus, clock), mode)
        {
        }

        private Iis3dwbSource(RegisterBus bus, Iis3dwb driver, Iis3dwbMode mode)
            : base("IIS3DWB", bus, driver)
        {
            if (mode == Iis3dwbMode.Snapshot)
            {
                throw new ArgumentOutOfRangeException(nameof(mode));
            }

            _driver = driver;
            _mode = mode;
        }

        /// <inheritdoc/>
        public override void Start()
        {
            _driver.Start(Iis3dwbRange.G16, FilterOf(_mode), _mode);
        }

        /// <inheritdoc/>
        /// <remarks>At the full rate only: every nth sample is slow enough to be taken apart at once.</remarks>
        public override bool HasSlots
        {
            [HotPath]
            get { return _mode == Iis3dwbMode.Continuous; }
        }

        /// <inheritdoc/>
        /// <remarks>33 slots for 32 samples: a window of n samples takes (n + n / 32 + 1) of them.</remarks>
        public override int SlotBytes
        {
            [HotPath]
            get { return HasSlots ? Iis3dwb.SlotBytes : 0; }
        }

        /// <inheritdoc/>
        [HotPath]
        public override int ReadSlots(byte[] slots, int at, int most)
        {
            return HasSlots ? _driver.ReadSlots(slots, at, most) : 0;
        }

        /// <inheritdoc/>
        /// <remarks>A slot out of order ends it: what stands before it is decoded, and <see cref="VibrationSource.Lost"/> is at least 1.</remarks>
        [HotPath]
        public override int DecodeAxis(byte[] slots, int length, int axis, short[] counts)
        {
            return HasSlots ? _driver.DecodeAxis(slots, length, axis, counts) : 0;
        }

        /// <inheritdoc/>
        [HotPath]
        public override int ReadAxis(short[] counts, int at, int most, int axis)
        {
            return HasSlots ? _driver.ReadAxis(counts, at, most, axis) : base.ReadAxis(counts, at, most, axis);
        }

        // The widest corner below half the rate delivered.
        private static Iis3dwbFilter FilterOf(Iis3dwbMode mode)
        {
            switch (mode)
            {
                case Iis3dwbMode.Every4:
                    return Iis3dwbFilter.RateBy10;
                case Iis3dwbMode.Every8:
                    return Iis3dwbFilter.RateBy20;
                case Iis3dwbMode.Every20:
                    return Iis3dwbFilter.RateBy45;
                default:
                    return Iis3dwbFilter.Wide;
            }
        }
    }
}
