// Data sheet: Analog Devices ADXL345, Rev. E; the FIFO timing from Rev. G. Section and table names below refer to it.
using System;
using System.Device.Spi;

namespace Sensors.Drivers
{
    /// <summary>ADXL345 three-axis accelerometer, read through its 32-level FIFO in full resolution, over SPI or I2C.</summary>
    /// <remarks>Not covered: tap, activity and free-fall engines, trigger mode, low power, interrupt pins. One thread at a time.</remarks>
    public sealed partial class Adxl345
    {
        /// <summary>I2C address with SDO/ALT ADDRESS low, as boards wire it.</summary>
        public const int I2cAddress = 0x53;

        /// <summary>I2C address with SDO/ALT ADDRESS high.</summary>
        public const int I2cAlternateAddress = 0x1D;

        /// <summary>Register that tells the chip from others ("Register 0x00—DEVID").</summary>
        public const byte IdentityRegister = Register.DeviceId;

        /// <summary>What <see cref="IdentityRegister"/> reads.</summary>
        public const byte IdentityValue = 0xE5;

        /// <summary>Most samples the chip can hold: 32 in the FIFO and one behind it in the output registers ("FIFO").</summary>
        public const int FifoDepth = 33;

        /// <summary>Weight of one digit in g: full resolution keeps 256 digits per g in every range ("Specifications", typical).</summary>
        public const float GPerDigit = 1f / 256f;

        private const string Part = "ADXL345";
        private const int Axes = 3;
        private const int BytesPerSample = 2 * Axes;
        private const int FifoFull = 32;                   // the FIFO proper; only from here on can a sample have been dropped
        private const int PopMicroseconds = 5;             // "Retrieving Data from the FIFO": end of one read to the next look
        private const int PowerUpMicroseconds = 1100;      // "Power Sequencing": supply to first command
        private const float FastSecond = 950000f;          // microseconds for one second's samples: parts run some percent fast

        /// <summary>How the chip speaks SPI: mode 3, 5 MHz, bit 7 reads, bit 6 (MB) moves the address on ("Serial Communications").</summary>
        public static readonly SpiProfile Spi = new SpiProfile(SpiMode.Mode3, 5000000, 0x80, 0x40, 0, BytesPerSample);

        // What the driver relies on, in the order it is written: standby and an emptied FIFO first, measuring last.
        private static readonly byte[] Order =
        {
            Register.OffsetX, Register.OffsetY, Register.OffsetZ, Register.BandwidthRate, Register.InterruptEnable,
            Register.DataFormat, Register.FifoControl, Register.PowerControl,
        };

        private readonly RegisterBus _bus;
        private readonly BusClock _clock;
        private readonly int _popWait;
        private readonly byte[] _settings = new byte[Order.Length];
        private readonly byte[] _sample = new byte[BytesPerSample];
        private int _fastestPeriod; // microseconds, rounded down

        /// <summary>Makes the driver. Touches no hardware until <see cref="Start"/>.</summary>
        /// <param name="bus">The chip's bus; with SPI opened with <see cref="Spi"/>.</param>
        /// <param name="clock">Time, for the waits the data sheet demands.</param>
        public Adxl345(RegisterBus bus, BusClock clock)
        {
            _bus = bus ?? throw new ArgumentNullException(nameof(bus));
            _clock = clock ?? throw new ArgumentNullException(nameof(clock));
            _popWait = PopMicroseconds - bus.LeadInMicroseconds; // addressing time counts; a slow wire needs no wait at all
        }

        /// <summary>Gets the nominal output data rate in hertz. The real one is some percent off: measure it.</summary>
        public float NominalHertz { get; private set; }

        /// <summary>Gets the highest digit of the range: a sample there may have been larger.</summary>
        public int ClipHigh { get; private set; }

        /// <summary>Gets the lowest digit of the range: a sample there may have been smaller.</summary>
        public int ClipLow { get; private set; }

        /// <summary>Gets how often samples may be missing in front of, or among, those delivered since <see cref="Start"/>.</summary>
        public int Overruns { get; private set; }

        /// <summary>Gets the samples the chip held at the last look, those delivered since included.</summary>
        /// <value>0 to <see cref="FifoDepth"/>.</value>
        public int Level { get; private set; }

        /// <summary>Gets when the last look was: with the running count, a pair for a <see cref="RateMeter"/>.</summary>
        /// <value>Microseconds of the clock.</value>
        public long LevelMicroseconds { get; private set; }

        /// <summary>Checks the identity, writes and verifies every setting, and samples into an empty FIFO.</summary>
        /// <param name="range">Full scale; the weight of a digit stays the same.</param>
        /// <param name="rate">Output data rate; 1600 and 3200 Hz need SPI.</param>
        /// <exception cref="SensorException">Not an ADXL345, or a register did not keep its value.</exception>
        /// <exception cref="BusException">The chip did not answer.</exception>
        public void Start(Adxl345Range range, Adxl345Rate rate)
        {
            _clock.Wait(PowerUpMicroseconds);
            CheckIdentity();
            Configure(range, rate, false);
        }

        /// <summary>Moves what the FIFO holds into the caller's array, oldest first: X, Y, Z, X, Y, Z ...</summary>
        /// <remarks>A transaction for the level and one per sample: the chip pops one entry per read and does not wrap.</remarks>
        /// <param name="xyz">Receives signed digits; times <see cref="GPerDigit"/> gives g.</param>
        /// <param name="offset">Index of the first number written.</param>
        /// <param name="maxSamples">Most samples to move; the array takes three numbers for each. What is left waits in the FIFO.</param>
        /// <returns>Whole samples moved, 0 when there is none yet.</returns>
        /// <exception cref="BusException">
        /// The chip did not answer. If it falls silent after samples were moved, these are returned, <see cref="Overruns"/> counts,
        /// and the next call tells.
        /// </exception>
        [HotPath]
        public int ReadFifo(short[] xyz, int offset, int maxSamples)
        {
            int level = _bus.Read(Register.FifoStatus) & FifoStatus.EntriesMask;
            long start = _clock.Microseconds;
            Level = level;
            LevelMicroseconds = start;
            // At 33 there was no room left: what came since has pushed the oldest out.
            bool lost = level >= FifoDepth
                || (level == FifoFull && (_bus.Read(Register.InterruptSource) & Interrupt.Overrun) != 0);
            int count = level < maxSamples ? level : maxSamples;
            int room = FifoDepth - level;
            int moved = 0;
            byte[] sample = _sample;
            try
            {
                while (moved < count)
                {
                    _bus.Read(Register.DataX0, sample, BytesPerSample); // exactly one entry: a partial read loses it
                    if (_popWait > 0)
                    {
                        _clock.Wait(_popWait);
                    }

                    xyz[offset] = (short)(sample[0] | (sample[1] << 8));
                    xyz[offset + 1] = (short)(sample[2] | (sample[3] << 8));
                    xyz[offset + 2] = (short)(sample[4] | (sample[5] << 8));
                    offset += Axes;

                    // A pause of this program, such as a garbage collection, can fill the FIFO while it is being emptied;
                    // reading data clears the chip's overrun flag, so the time tells.
                    lost |= _clock.Microseconds - start > (room + moved) * _fastestPeriod;
                    moved++;
                }
            }
            catch (BusException)
            {
                lost = true; // the entry under way may be gone
                if (moved == 0)
                {
                    Overruns++;
                    throw;
                }
            }

            if (lost)
            {
                Overruns++;
            }

            return moved;
        }

        /// <summary>Checks that identity and settings still stand, as they would not after a brown-out.</summary>
        /// <exception cref="SensorException"><see cref="SensorFault.BrownOut"/> when the chip is back at its reset values.</exception>
        /// <exception cref="BusException">The chip did not answer.</exception>
        public void Check()
        {
            CheckIdentity();
            int power = _bus.Read(Register.PowerControl);
            if (power == PowerControl.Standby) // the reset value; a running chip has MEASURE set
            {
                throw new SensorException(Part, SensorFault.BrownOut, Register.PowerControl, power, PowerControl.Measure);
            }

            Verify();
        }

        /// <summary>Stops sampling. <see cref="Start"/> begins anew.</summary>
        /// <exception cref="BusException">The chip did not answer.</exception>
        public void Stop()
        {
            _bus.Write(Register.PowerControl, PowerControl.Standby);
        }

        private void CheckIdentity()
        {
            int id = _bus.Read(Register.DeviceId);
            if (id != IdentityValue)
            {
                // SPI has no acknowledge: a line that nobody drives reads all zeros or all ones.
                SensorFault fault = id == 0x00 || id == 0xFF ? SensorFault.NoAnswer : SensorFault.WrongIdentity;
                throw new SensorException(Part, fault, Register.DeviceId, id, IdentityValue);
            }
        }

        private void Configure(Adxl345Range range, Adxl345Rate rate, bool selfTest)
        {
            int slower = Adxl345Rate.Hz3200 - rate; // "Register 0x2C": each code halves the rate
            NominalHertz = 3200f / (1 << slower);
            _fastestPeriod = (int)(FastSecond / NominalHertz);
            ClipLow = -512 << (int)range; // 10 bits at ±2 g, one more with each range
            ClipHigh = -1 - ClipLow;
            if (rate >= Adxl345Rate.Hz1600)
            {
                ClipHigh--; // "Data Formatting at Output Data Rates of 3200 Hz and 1600 Hz": the lowest bit is always 0
            }

            int format = DataFormat.FullResolution | (int)range;
            if (selfTest)
            {
                format |= DataFormat.SelfTest;
            }

            _settings[3] = (byte)rate; // offsets and interrupts, 0 to 2 and 4, stay 0
            _settings[5] = (byte)format;
            _settings[6] = FifoControl.Stream;
            _settings[7] = PowerControl.Measure;
            Overruns = 0;
            Level = 0;

            _bus.Write(Register.PowerControl, PowerControl.Standby);
            _bus.Write(Register.FifoControl, FifoControl.Bypass); // empties the FIFO
            for (int i = 0; i < Order.Length; i++)
            {
                _bus.Write(Order[i], _settings[i]);
            }

            Verify();
        }

        private void Verify()
        {
            for (int i = 0; i < Order.Length; i++)
            {
                int found = _bus.Read(Order[i]);
                if (found != _settings[i])
                {
                    throw new SensorException(Part, SensorFault.NotConfigured, Order[i], found, _settings[i]);
                }
            }
        }
    }
}
