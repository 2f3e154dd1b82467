// Data sheet: Analog Devices ADXL345, Rev. E; the FIFO timing from Rev. G. Section and table names below refer to it.
using System;
using System.Device.Spi;

namespace Sensors.Drivers
{
    /// <summary>ADXL345 three-axis accelerometer, read through its 32-level FIFO in full resolution, over SPI or I2C.</summary>
    /// <remarks>Not covered: tap, activity and free-fall engines, trigger mode, low power, interrupt pins. One thread at a time.</remarks>
    public sealed partial class Adxl345 : FifoAccelerometer
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
        public const float FullResolutionGPerDigit = 1f / 256f;

        private const string Part = "ADXL345";
        private const int BytesPerSample = 2 * Axes;
        private const int FifoFull = 32;                   // the FIFO proper; only from here on can a sample have been dropped
        private const int PopMicroseconds = 5;             // "Retrieving Data from the FIFO": end of one read to the next look
        private const int PowerUpMicroseconds = 1100;      // "Power Sequencing": supply to first command

        /// <summary>How the chip speaks SPI: mode 3, 5 MHz, bit 7 reads, bit 6 (MB) moves the address on ("Serial Communications").</summary>
        public static readonly SpiProfile Spi = new SpiProfile(SpiMode.Mode3, 5000000, 0x80, 0x40, 0, BytesPerSample);

        /// <summary>How to ask for the identity in a slot where any chip may be: the same, with MB set.</summary>
        /// <remarks>
        /// 80h, the plain read of DEVID, is a write of the configuration to a MAX31865; C0h addresses nothing there. To this chip
        /// MB makes no difference in a frame of one byte.
        /// </remarks>
        public static readonly SpiProfile Probe = new SpiProfile(SpiMode.Mode3, 5000000, 0xC0, 0x00, 0);

        // What the driver relies on, in the order it is written: standby and an emptied FIFO first, measuring last.
        private static readonly byte[] Order =
        {
            Register.OffsetX, Register.OffsetY, Register.OffsetZ, Register.BandwidthRate, Register.InterruptEnable,
            Register.DataFormat, Register.FifoControl, Register.PowerControl,
        };

        private readonly int _popWait;
        private readonly byte[] _settings = new byte[Order.Length];
        private readonly byte[] _sample = new byte[BytesPerSample];

        /// <summary>Makes the driver. Touches no hardware until <see cref="Start"/>.</summary>
        /// <param name="bus">The chip's bus; with SPI opened with <see cref="Spi"/>.</param>
        /// <param name="clock">Time, for the waits the data sheet demands.</param>
        public Adxl345(RegisterBus bus, BusClock clock)
            : base(bus, clock)
        {
            _popWait = PopMicroseconds - bus.LeadInMicroseconds; // addressing time counts; a slow wire needs no wait at all
        }

        /// <inheritdoc/>
        public override int Depth
        {
            [HotPath]
            get { return FifoDepth; }
        }

        /// <summary>Checks the identity, writes and verifies every setting, and samples into an empty FIFO.</summary>
        /// <param name="range">Full scale; the weight of a digit stays the same.</param>
        /// <param name="rate">Output data rate; 1600 and 3200 Hz need SPI.</param>
        /// <exception cref="SensorException">Not an ADXL345, or a register did not keep its value.</exception>
        /// <exception cref="BusException">The chip did not answer.</exception>
        public void Start(Adxl345Range range, Adxl345Rate rate)
        {
            Clock.Wait(PowerUpMicroseconds);
            CheckIdentity();
            Configure(range, rate, false);
        }

        /// <inheritdoc/>
        public override void Check()
        {
            CheckIdentity();
            int power = Bus.Read(Register.PowerControl);
            if (power == PowerControl.Standby) // the reset value; a running chip has MEASURE set
            {
                throw new SensorException(Part, SensorFault.BrownOut, Register.PowerControl, power, PowerControl.Measure);
            }

            Verify();
        }

        /// <inheritdoc/>
        public override void Stop()
        {
            Bus.Write(Register.PowerControl, PowerControl.Standby);
        }

        /// <inheritdoc/>
        [HotPath]
        protected override int ReadLevel()
        {
            int level = Bus.Read(Register.FifoStatus) & FifoStatus.EntriesMask;
            if (level == 0)
            {
                // "None yet" is also what a line shorted low reads, and a chip that lost its settings: asked again once neither is.
                RequireMeasuring();
                level = Bus.Read(Register.FifoStatus) & FifoStatus.EntriesMask;
            }

            if (level > FifoDepth)
            {
                throw new BusException(Bus.Name, Register.FifoStatus, BusStatus.Silent);
            }

            // At 33 there was no room left: what came since has pushed the oldest out.
            if (level == FifoDepth
                || (level == FifoFull && (Bus.Read(Register.InterruptSource) & Interrupt.Overrun) != 0))
            {
                MarkGap();
            }

            return level;
        }

        /// <inheritdoc/>
        /// <remarks>A transaction per sample: the chip pops one entry per read and does not wrap.</remarks>
        [HotPath]
        protected override int Drain(short[] xyz, int offset, int count)
        {
            int moved = 0;
            byte[] sample = _sample;
            while (moved < count)
            {
                try
                {
                    Bus.Read(Register.DataX0, sample, BytesPerSample); // exactly one entry: a partial read loses it
                    RequireAlive(sample);
                }
                catch (BusException)
                {
                    if (moved == 0)
                    {
                        throw;
                    }

                    MarkGap(); // the entry under way may be gone
                    return moved;
                }

                if (_popWait > 0)
                {
                    Clock.Wait(_popWait);
                }

                xyz[offset] = (short)(sample[0] | (sample[1] << 8));
                xyz[offset + 1] = (short)(sample[2] | (sample[3] << 8));
                xyz[offset + 2] = (short)(sample[4] | (sample[5] << 8));
                offset += Axes;

                // Reading data clears the chip's overrun flag, so only the time tells of one while draining.
                if (MayHaveOverflowed(moved))
                {
                    MarkGap();
                }

                moved++;
            }

            return moved;
        }

        /// <inheritdoc/>
        [HotPath]
        protected override void Empty()
        {
            Bypass();
            Bus.Write(Register.FifoControl, FifoControl.Stream); // without it no data comes, which its user notices
        }

        // SPI has no acknowledge. All ones on three axes is what a floating line reads there, and no machine's; all zeros is
        // what a line shorted low reads, and a chip that lost its settings since the level was read, but free fall as well: then
        // a register decides that is neither all zeros nor all ones while the chip measures.
        [HotPath]
        private void RequireAlive(byte[] sample)
        {
            int all = sample[0];
            for (int i = 1; i < BytesPerSample; i++)
            {
                if (sample[i] != all)
                {
                    return;
                }
            }

            bool dead = all == 0xFF ? !Bus.TellsSilence : all == 0x00 && Bus.Read(Register.PowerControl) != PowerControl.Measure;
            if (dead)
            {
                throw new BusException(Bus.Name, Register.DataX0, BusStatus.Silent);
            }
        }

        // Empties the FIFO ("Bypass Mode"). A write that the chip missed shows on no SPI line, and old samples would pass as new ones.
        [HotPath]
        private void Bypass()
        {
            Bus.Write(Register.FifoControl, FifoControl.Bypass);
            if ((Bus.Read(Register.FifoStatus) & FifoStatus.EntriesMask) != 0)
            {
                throw new BusException(Bus.Name, Register.FifoControl, BusStatus.Silent);
            }
        }

        [HotPath]
        private void RequireMeasuring()
        {
            int power = Bus.Read(Register.PowerControl);
            if (power == PowerControl.Measure)
            {
                return;
            }

            if (power == PowerControl.Standby && Bus.Read(Register.DeviceId) == IdentityValue)
            {
                throw new SensorException(Part, SensorFault.BrownOut, Register.PowerControl, power, PowerControl.Measure);
            }

            throw new BusException(Bus.Name, Register.FifoStatus, BusStatus.Silent);
        }

        private void CheckIdentity()
        {
            int id = Bus.Read(Register.DeviceId);
            if (id != IdentityValue)
            {
                // SPI has no acknowledge: a line that nobody drives reads all zeros or all ones.
                SensorFault fault = id == 0x00 || id == 0xFF ? SensorFault.NoAnswer : SensorFault.WrongIdentity;
                throw new SensorException(Part, fault, Register.DeviceId, id, IdentityValue);
            }
        }

        private void Configure(Adxl345Range range, Adxl345Rate rate, bool selfTest)
        {
            int format = DataFormat.FullResolution | (int)range;
            if (selfTest)
            {
                format |= DataFormat.SelfTest;
            }

            _settings[3] = (byte)rate; // offsets and interrupts, 0 to 2 and 4, stay 0
            _settings[5] = (byte)format;
            _settings[6] = FifoControl.Stream;
            _settings[7] = PowerControl.Measure;

            Bus.Write(Register.PowerControl, PowerControl.Standby);
            Bypass();
            for (int i = 0; i < Order.Length; i++)
            {
                Bus.Write(Order[i], _settings[i]);
            }

            Verify();
            int slower = Adxl345Rate.Hz3200 - rate; // "Register 0x2C": each code halves the rate
            int lowest = -512 << (int)range;        // 10 bits at ±2 g, one more with each range
            int highest = -1 - lowest;
            if (rate >= Adxl345Rate.Hz1600)
            {
                highest--; // "Data Formatting at Output Data Rates of 3200 Hz and 1600 Hz": the lowest bit is always 0
            }

            SetScale(3200f / (1 << slower), FullResolutionGPerDigit, lowest, highest);
        }

        private void Verify()
        {
            for (int i = 0; i < Order.Length; i++)
            {
                int found = Bus.Read(Order[i]);
                if (found != _settings[i])
                {
                    throw new SensorException(Part, SensorFault.NotConfigured, Order[i], found, _settings[i]);
                }
            }
        }
    }
}
