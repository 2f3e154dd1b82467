// Data sheet: ST LIS3DH, DocID17530 Rev 2; application note AN3308. Section and register names below refer to them.
using System;
using System.Device.Spi;

namespace Sensors.Drivers
{
    /// <summary>LIS3DH three-axis accelerometer, read through its 32-level FIFO, over SPI or I2C. The LIS2DH12 is the same to this driver.</summary>
    /// <remarks>
    /// <para>Digits are those of high resolution, 12 bits, in every mode; the FIFO keeps only the upper ten, so that they come in steps of four.</para>
    /// <para>On I2C open the bus with <see cref="I2cBurstFlag"/>: without it every byte of a burst is the same register, and no sample is found.</para>
    /// <para>Not covered: high-pass filter, temperature and ADC, click, 6D and free-fall engines, interrupt pins. One thread at a time.</para>
    /// </remarks>
    public sealed partial class Lis3dh : BurstFifoAccelerometer
    {
        /// <summary>I2C address with SA0 low.</summary>
        public const int I2cAddress = 0x18;

        /// <summary>I2C address with SA0 high, as left open: the pin has a pull-up.</summary>
        public const int I2cAlternateAddress = 0x19;

        /// <summary>Bit of the I2C register pointer that lets it move on within a transaction ("I2C operation", SUB).</summary>
        public const byte I2cBurstFlag = 0x80;

        /// <summary>Register that tells the chip from others, WHO_AM_I.</summary>
        public const byte IdentityRegister = Register.WhoAmI;

        /// <summary>What <see cref="IdentityRegister"/> reads; the LIS2DH12 tells the same.</summary>
        public const byte IdentityValue = 0x33;

        /// <summary>Most samples the chip can hold ("FIFO").</summary>
        public const int FifoDepth = 32;

        private const string Part = "LIS3DH";
        private const int BootMicroseconds = 5000; // "Boot": the trimming is loaded
        private const int Bits = 12;
        private const int FifoHighest = 2044;      // 12 bits of which the FIFO keeps ten (AN3308, "FIFO description")
        private const int LowPowerHighest = 2032;  // eight
        private const int Lowest = -2048;
        private const int HighestAt16G = 1332;     // 16 g at 12 mg a digit, in steps of four: the digits go on to 24 g, the range does not
        private const int LowPowerHighestAt16G = 1328;
        private const float HighResolutionPart = 9; // "bandwidth": a ninth of the rate in high resolution, a half otherwise
        private const float OtherPart = 2;
        private const float LowPowerFastest = 5376;

        /// <summary>How the chip speaks SPI: mode 3, 10 MHz, bit 7 reads, bit 6 (MS) moves the address on ("SPI bus interface").</summary>
        public static readonly SpiProfile Spi = new SpiProfile(SpiMode.Mode3, 10000000, 0x80, 0x40, 0, FifoDepth * BytesPerSample);

        // What the driver relies on, in the order it is written: the rate, which starts the sampling, last.
        private static readonly byte[] Order =
        {
            Register.Control2, Register.Control3, Register.Control4, Register.Control5,
            Register.Control6, Register.FifoControl, Register.Control1,
        };

        private static readonly float[] Hertz = { 1, 10, 25, 50, 100, 200, 400, 1600, 1344 }; // "CTRL_REG1", from code 1 on
        private static readonly float[] MilliGPerDigit = { 1, 2, 4, 12 };                        // "Mechanical characteristics", So: 12, not 8

        private readonly byte[] _settings = new byte[Order.Length];

        /// <summary>Makes the driver. Touches no hardware until <see cref="Start"/>.</summary>
        /// <param name="bus">The chip's bus; with SPI opened with <see cref="Spi"/>, with I2C opened with <see cref="I2cBurstFlag"/>.</param>
        /// <param name="clock">Time, for the waits the data sheet demands.</param>
        public Lis3dh(RegisterBus bus, BusClock clock)
            : base(bus, clock, Part, IdentityRegister, IdentityValue, Register.OutXLow, Register.FifoControl, FifoControl.Stream, FifoDepth, Bits)
        {
        }

        /// <inheritdoc/>
        public override int Depth
        {
            [HotPath]
            get { return FifoDepth; }
        }

        /// <summary>Gets the -3 dB corner of the present settings, in hertz: a ninth of the rate in high resolution, else half of it.</summary>
        public float BandwidthHertz { get; private set; }

        /// <summary>Checks the identity, loads the trimming, writes and verifies every setting, and samples into an empty FIFO.</summary>
        /// <param name="range">Full scale.</param>
        /// <param name="rate">Output data rate; <see cref="Lis3dhRate.Hz1600"/> is of low power only.</param>
        /// <param name="mode">How precise, and how wide.</param>
        /// <exception cref="ArgumentOutOfRangeException">The mode does not have the rate.</exception>
        /// <exception cref="SensorException">Not a LIS3DH, or a register did not keep its value.</exception>
        /// <exception cref="BusException">The chip did not answer.</exception>
        public void Start(Lis3dhRange range, Lis3dhRate rate, Lis3dhMode mode)
        {
            if (rate == Lis3dhRate.Hz1600 && mode != Lis3dhMode.LowPower)
            {
                throw new ArgumentOutOfRangeException(nameof(rate));
            }

            Boot();
            Configure(range, rate, mode, Control4.NoSelfTest);
        }

        /// <inheritdoc/>
        public override void Check()
        {
            CheckIdentity();
            int control = Bus.Read(Register.Control1);
            if (control == Control1.PowerDown) // the reset value; a running chip has a rate
            {
                throw new SensorException(Part, SensorFault.BrownOut, Register.Control1, control, _settings[Order.Length - 1]);
            }

            Verify(Order, _settings);
        }

        /// <inheritdoc/>
        public override void Stop()
        {
            Bus.Write(Register.Control1, Control1.PowerDown);
        }

        /// <inheritdoc/>
        /// <remarks>
        /// Five bits cannot say 32: a full FIFO shows 31 and OVRN. AN3308 sets OVRN at 32 samples, the data sheet when one was overwritten; so
        /// that none is lost in silence, both count.
        /// </remarks>
        [HotPath]
        protected override int ReadLevel()
        {
            int source = ReadFifoStatus();
            if ((source & FifoSource.Overrun) != 0)
            {
                MarkGap();
                return FifoDepth;
            }

            return source & FifoSource.LevelMask;
        }

        // There is no reset. Loading the trimming anew undoes what a wire's first clocks may have written below 20h.
        private void Boot()
        {
            Clock.Wait(BootMicroseconds);
            CheckIdentity();
            Bus.Write(Register.Control5, Control5.Boot);
            Clock.Wait(BootMicroseconds);
        }

        private void Configure(Lis3dhRange range, Lis3dhRate rate, Lis3dhMode mode, int selfTest)
        {
            bool low = mode == Lis3dhMode.LowPower;
            int control4 = Control4.BlockDataUpdate | (int)range | selfTest;
            if (mode == Lis3dhMode.HighResolution)
            {
                control4 |= Control4.HighResolution;
            }

            _settings[2] = (byte)control4; // filters and interrupts, 0, 1 and 4, stay 0
            _settings[3] = Control5.FifoEnable;
            _settings[5] = FifoControl.Stream;
            _settings[6] = (byte)((int)rate | Control1.AllAxes);
            if (low)
            {
                _settings[6] |= Control1.LowPower;
            }

            Bus.Write(Register.Control1, Control1.PowerDown);
            StopFifo();
            for (int i = 0; i < Order.Length; i++)
            {
                Bus.Write(Order[i], _settings[i]);
            }

            Verify(Order, _settings);
            float hertz = low && rate == Lis3dhRate.Fastest ? LowPowerFastest : Hertz[((int)rate >> 4) - 1];
            BandwidthHertz = hertz / (mode == Lis3dhMode.HighResolution ? HighResolutionPart : OtherPart);
            bool widest = range == Lis3dhRange.G16;
            int highest = widest ? (low ? LowPowerHighestAt16G : HighestAt16G) : (low ? LowPowerHighest : FifoHighest);
            SetScale(hertz, MilliGPerDigit[(int)range >> 4] / 1000f, widest ? -highest : Lowest, highest);
        }
    }
}
