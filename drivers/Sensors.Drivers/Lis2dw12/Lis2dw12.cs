// Data sheet: ST LIS2DW12, DocID029682 Rev 3; application note AN5038 Rev 5. Section and register names below refer to them.
using System.Device.Spi;

namespace Sensors.Drivers
{
    /// <summary>LIS2DW12 three-axis accelerometer, 14 bits in high-performance mode, read through its 32-level FIFO, over SPI or I2C.</summary>
    /// <remarks>
    /// Whatever the rate, nothing above 400 Hz comes through. Not covered: low-power and on-demand modes, high-pass filter, user offsets,
    /// temperature, tap, activity and free-fall engines, interrupt pins. One thread at a time.
    /// </remarks>
    public sealed partial class Lis2dw12 : BurstFifoAccelerometer
    {
        /// <summary>I2C address with SA0 low.</summary>
        public const int I2cAddress = 0x18;

        /// <summary>I2C address with SA0 high, as left open: the pin has a pull-up.</summary>
        public const int I2cAlternateAddress = 0x19;

        /// <summary>Register that tells the chip from others, WHO_AM_I.</summary>
        public const byte IdentityRegister = Register.WhoAmI;

        /// <summary>What <see cref="IdentityRegister"/> reads.</summary>
        public const byte IdentityValue = 0x44;

        /// <summary>Most samples the chip can hold ("FIFO").</summary>
        public const int FifoDepth = 32;

        /// <summary>The -3 dB corner no setting reaches beyond, in hertz ("Bandwidth" of CTRL6).</summary>
        public const float LargestBandwidthHertz = 400;

        private const string Part = "LIS2DW12";
        private const int BootMicroseconds = 20000;              // "Power-up": the trimming is loaded
        private const int ResetMicroseconds = 100;               // "Soft reset" takes some microseconds
        private const int ResetLooks = 10;
        private const float MilliGPerDigitAt2G = 0.244f;         // "Mechanical characteristics", So; twice as much with each range
        private const float RateUnit = 3.125f;                   // hertz; times 2 to the rate's code
        private const int Bits = 14;
        private const int Highest = 8191;

        /// <summary>How the chip speaks SPI: mode 3, 10 MHz, bit 7 reads; the address moves on by itself ("SPI bus interface").</summary>
        public static readonly SpiProfile Spi = new SpiProfile(SpiMode.Mode3, 10000000, 0x80, 0, 0, FifoDepth * BytesPerSample);

        // What the driver relies on, in the order it is written: the rate, which starts the sampling, last.
        private static readonly byte[] Order =
        {
            Register.Control2, Register.Control3, Register.Control4, Register.Control5,
            Register.Control6, Register.Control7, Register.FifoControl, Register.Control1,
        };

        private readonly byte[] _settings = new byte[Order.Length];

        /// <summary>Makes the driver. Touches no hardware until <see cref="Start"/>.</summary>
        /// <param name="bus">The chip's bus; with SPI opened with <see cref="Spi"/>.</param>
        /// <param name="clock">Time, for the waits the data sheet demands.</param>
        public Lis2dw12(RegisterBus bus, BusClock clock)
            : base(bus, clock, Part, IdentityRegister, IdentityValue, Register.OutXLow, Register.FifoControl, FifoControl.Continuous, FifoDepth, Bits)
        {
        }

        /// <inheritdoc/>
        public override int Depth
        {
            [HotPath]
            get { return FifoDepth; }
        }

        /// <summary>Gets the -3 dB corner of the present settings, in hertz: never more than <see cref="LargestBandwidthHertz"/>.</summary>
        public float BandwidthHertz { get; private set; }

        /// <summary>Checks the identity, resets the chip, writes and verifies every setting, and samples into an empty FIFO.</summary>
        /// <param name="range">Full scale.</param>
        /// <param name="rate">Output data rate: all on SPI and on I2C at 400 kHz, up to 800 Hz on I2C at 100 kHz.</param>
        /// <param name="filter">The chip's low-pass.</param>
        /// <exception cref="SensorException">Not a LIS2DW12, or a register did not keep its value.</exception>
        /// <exception cref="BusException">The chip did not answer.</exception>
        public void Start(Lis2dw12Range range, Lis2dw12Rate rate, Lis2dw12Filter filter)
        {
            Reset();
            Configure(range, rate, filter, Control3.NoSelfTest);
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
        [HotPath]
        protected override int ReadLevel()
        {
            int samples = ReadFifoStatus();
            int level = samples & FifoSamples.LevelMask;
            if (level > FifoDepth)
            {
                throw new BusException(Bus.Name, Register.FifoSamples, BusStatus.Silent);
            }

            if ((samples & FifoSamples.Overrun) != 0)
            {
                MarkGap();
            }

            return level;
        }

        private void Reset()
        {
            Clock.Wait(BootMicroseconds);
            CheckIdentity();
            Bus.Write(Register.Control2, Control2.SoftReset | Control2.AddressMovesOn);
            int control;
            int looks = 0;
            do
            {
                Clock.Wait(ResetMicroseconds);
                control = Bus.Read(Register.Control2);
                looks++;
            }
            while (control != Control2.ResetValue && looks < ResetLooks);

            if (control != Control2.ResetValue)
            {
                throw new SensorException(Part, SensorFault.NotConfigured, Register.Control2, control, Control2.ResetValue);
            }
        }

        private void Configure(Lis2dw12Range range, Lis2dw12Rate rate, Lis2dw12Filter filter, int selfTest)
        {
            _settings[0] = Control2.BlockDataUpdate | Control2.AddressMovesOn;
            _settings[1] = (byte)selfTest; // interrupts and offsets, 2, 3 and 5, stay 0
            _settings[4] = (byte)((int)filter | (int)range | Control6.LowNoise);
            _settings[6] = FifoControl.Continuous;
            _settings[7] = (byte)((int)rate | Control1.HighPerformance);

            Bus.Write(Register.Control1, Control1.PowerDown);
            StopFifo();
            for (int i = 0; i < Order.Length; i++)
            {
                Bus.Write(Order[i], _settings[i]);
            }

            Verify(Order, _settings);
            float hertz = RateUnit * (1 << ((int)rate >> 4)); // CTRL1: each code doubles the rate
            BandwidthHertz = rate == Lis2dw12Rate.Hz1600 && filter == Lis2dw12Filter.Half ? LargestBandwidthHertz : hertz / PartOf(filter);
            SetScale(hertz, MilliGPerDigitAt2G * (1 << ((int)range >> 4)) / 1000f, -1 - Highest, Highest);
        }

        // BW_FILT of CTRL6: a part of the rate; of a half it says "up to ODR = 800 Hz, 400 Hz when ODR = 1600 Hz".
        private static int PartOf(Lis2dw12Filter filter)
        {
            return filter == Lis2dw12Filter.Half ? 2 : filter == Lis2dw12Filter.Quarter ? 4 : filter == Lis2dw12Filter.Tenth ? 10 : 20;
        }
    }
}
