// Data sheet: Analog Devices ADXL359, Rev. 0, the sister of ADXL355 and ADXL357 with the same registers; sections and tables below are its own.
// What differs between the sisters is in Adxl355.cs and Adxl357.cs.
using System.Device.Spi;

namespace Sensors.Drivers
{
    /// <summary>What ADXL355 and ADXL357 have in common, which is all but range, sensitivity and the thermometer's offset.</summary>
    /// <remarks>
    /// <para>
    /// The FIFO holds single-axis words, not samples. Each word carries a marker for X and a flag for "empty"; both are looked at in every
    /// word, so that a word is never taken for another axis. A sample that was cut is thrown away and marked as a gap.
    /// </para>
    /// <para>
    /// <see cref="FifoAccelerometer.ReadFifo"/> gives the upper 16 of the 20 bits, <see cref="ReadFifo(int[], int, int)"/> gives all.
    /// Not covered: activity engine, offsets, high-pass filter, external clock and synchronisation, interrupt pins. One thread at a time.
    /// </para>
    /// </remarks>
    public abstract partial class Adxl35x : FifoAccelerometer
    {
        /// <summary>I2C address with ASEL low, as boards wire it.</summary>
        public const int I2cAddress = 0x1D;

        /// <summary>I2C address with ASEL high.</summary>
        public const int I2cAlternateAddress = 0x53;

        /// <summary>Register that tells the chip from others ("Device ID Register", PARTID).</summary>
        /// <remarks>ADXL355 and ADXL357 read the same here and everywhere: which of them is wired must be said.</remarks>
        public const byte IdentityRegister = 0x02;

        /// <summary>What <see cref="IdentityRegister"/> reads (355 octal); an ADXL359 reads E9h.</summary>
        public const byte IdentityValue = 0xED;

        /// <summary>Most samples the chip can hold: 96 words ("FIFO").</summary>
        public const int FifoDepth = 32;

        /// <summary>Highest 20-bit digit.</summary>
        public const int FineClipHigh = 524287;

        /// <summary>Lowest 20-bit digit.</summary>
        public const int FineClipLow = -524288;

        private const byte AnalogDevicesIdValue = 0xAD;  // "Analog Devices ID Register"
        private const byte MemsIdValue = 0x1D;           // "Analog Devices MEMS ID Register"
        private const byte ResetCode = 0x52;             // "Reset Register"
        private const int PowerUpMicroseconds = 10000;   // "Turn-On Time", power off to standby
        private const int TurnOnMicroseconds = 10000;    // "Turn-On Time", standby to within 1 mg of the final value
        private const float SettlePeriods = 5000000f;    // microseconds x 5: Table 8, group delay up to 2.52 periods, and as long again
        private const int BusyMicroseconds = 1000;       // between two looks at NVM_BUSY; the data sheet gives no time
        private const int BusyLooks = 100;
        private const int ResetTries = 5;                // the race of "Reset Register" is unlikely; five times running it is a defect
        private const int ShadowLength = 5;              // 50h to 54h
        private const int BytesPerWord = 3;
        private const int FifoWords = Axes * FifoDepth;
        private const int EmptyRounds = 4;               // what comes while the FIFO is emptied is emptied, too; a bus that is too slow ends here
        private const int TemperatureTries = 4;
        private const float HighestHertz = 4000f;
        private const int NarrowBits = 4;                // a 20-bit digit less these fits a short

        /// <summary>How the chips speak SPI: mode 0, 10 MHz, address in bits 7:1, bit 0 reads; a burst moves a full FIFO ("SPI Protocol").</summary>
        public static readonly SpiProfile Spi = new SpiProfile(SpiMode.Mode0, 10000000, 0x01, 0x00, 1, FifoWords * BytesPerWord);

        private readonly string _part;
        private readonly int _lsbPerG; // in the smallest range; each range halves it
        private readonly int _temperatureIntercept;
        private readonly byte[] _look = new byte[Look.Length];
        private readonly byte[] _settings = new byte[Setting.Length];
        private readonly byte[] _found = new byte[Setting.Length];
        private readonly byte[] _shadow = new byte[ShadowLength];

        /// <summary>Makes the shared part. Touches no hardware.</summary>
        /// <param name="bus">The chip's bus; with SPI opened with <see cref="Spi"/>.</param>
        /// <param name="clock">Time, for the waits the data sheet demands.</param>
        /// <param name="part">The chip's name in messages.</param>
        /// <param name="lsbPerG">20-bit digits per g in the smallest range.</param>
        /// <param name="temperatureIntercept">Digits of the thermometer at 25 °C.</param>
        protected Adxl35x(RegisterBus bus, BusClock clock, string part, int lsbPerG, int temperatureIntercept)
            : base(bus, clock)
        {
            _part = part;
            _lsbPerG = lsbPerG;
            _temperatureIntercept = temperatureIntercept;
        }

        /// <inheritdoc/>
        public override int Depth
        {
            [HotPath]
            get { return FifoDepth; }
        }

        /// <summary>Gets the weight of one 20-bit digit in g, see <see cref="ReadFifo(int[], int, int)"/>; a sixteenth of the 16-bit digit's.</summary>
        public float FineGPerDigit { get; private set; }

        /// <summary>Gets the mask revision ("Product Revision ID Register"); known after a start.</summary>
        public int Revision { get; private set; }

        /// <summary>Turns digits of the thermometer into thousandths of a degree ("Temperature Data Registers": -9.05 digits per °C).</summary>
        /// <param name="raw">Digits, 0 to 4095.</param>
        /// <returns>m°C, rounded towards 25 °C. The chip is not calibrated: some degrees off, and warmer than its board.</returns>
        [HotPath]
        public int ToMilliCelsius(int raw)
        {
            return 25000 - ((raw - _temperatureIntercept) * 20000 / 181); // 1000 / 9.05 = 20000 / 181
        }

        /// <summary>Reads the thermometer.</summary>
        /// <remarks>The two bytes are not taken together: they are read until two readings agree ("Temperature Data Registers").</remarks>
        /// <param name="raw">Digits for <see cref="ToMilliCelsius"/>; 0 when there is no result.</param>
        /// <returns>1 when <paramref name="raw"/> is a result, 0 when there is none yet.</returns>
        /// <exception cref="SensorException"><see cref="SensorFault.Corrupt"/>: no two readings agreed.</exception>
        /// <exception cref="BusException">The chip did not answer.</exception>
        public int TryReadTemperature(out int raw)
        {
            int last = ReadTemperature();
            int before;
            int tries = TemperatureTries;
            do
            {
                before = last;
                last = ReadTemperature();
                if (last == before)
                {
                    raw = last;
                    if (last != 0)
                    {
                        return 1;
                    }

                    RequireAlive(); // zeros are the reset value, which would be 230 °C, and a line shorted low
                    return 0;
                }

                tries--;
            }
            while (tries > 0);

            throw new SensorException(_part, SensorFault.Corrupt, Register.Temperature, last, before);
        }

        /// <inheritdoc/>
        public override void Check()
        {
            CheckIdentity();
            Verify(SensorFault.BrownOut);
        }

        /// <inheritdoc/>
        public override void Stop()
        {
            Bus.Write(Register.PowerControl, PowerControl.Standby);
        }

        /// <summary>Checks the identity, resets the chip, writes and verifies every setting, and samples into an empty FIFO.</summary>
        /// <param name="range">RANGE field, 1 to 3.</param>
        /// <param name="rate">Output data rate.</param>
        protected void StartAt(int range, Adxl35xRate rate)
        {
            Prepare();
            Configure(range, rate, 0);
        }

        // A reset in every start, because nothing else is known to bring back a chip that got lost.
        private void Prepare()
        {
            Clock.Wait(PowerUpMicroseconds);
            CheckIdentity();
            Revision = _look[Look.Revision];
            Bus.Read(Register.Shadow, _shadow, ShadowLength);
            for (int i = 0; i < ResetTries; i++)
            {
                Bus.Write(Register.Reset, ResetCode);
                AwaitMemory();
                if (Bus.Read(Register.PowerControl) == PowerControl.Standby && ShadowStands()) // a chip that missed the reset still measures
                {
                    return;
                }
            }

            throw new SensorException(_part, SensorFault.NotConfigured, Register.Shadow, _found[0], _shadow[0]);
        }

        // While the chip loads its memory it does not answer: SPI reads all ones, which has NVM_BUSY set, and I2C finds nobody.
        private void AwaitMemory()
        {
            int status;
            int looks = BusyLooks;
            do
            {
                Clock.Wait(BusyMicroseconds);
                try
                {
                    status = Bus.Read(Register.Status);
                    if ((status & Status.NvmBusy) == 0)
                    {
                        return;
                    }
                }
                catch (BusException)
                {
                    status = 0xFF;
                }

                looks--;
            }
            while (looks > 0);

            throw new SensorException(_part, SensorFault.NoAnswer, Register.Status, status, 0);
        }

        // "Reset Register": up to REVID 01h a reset, unlike power-on, may load the trim wrongly. What stood before was right.
        private bool ShadowStands()
        {
            Bus.Read(Register.Shadow, _found, ShadowLength);
            for (int i = 0; i < ShadowLength; i++)
            {
                if (_found[i] != _shadow[i])
                {
                    return false;
                }
            }

            return true;
        }

        private void Configure(int range, Adxl35xRate rate, byte selfTest)
        {
            _settings[Setting.ActivityCount] = 1; // offsets, activity, interrupts, synchronisation and standby stay 0
            _settings[Setting.Filter] = (byte)rate;
            _settings[Setting.FifoSamples] = FifoWords;
            _settings[Setting.Range] = (byte)(Range.I2cHighSpeed | range); // whole: to OR into 81h turns ±20 g into ±40 g
            _settings[Setting.SelfTest] = selfTest;

            // "Register Map": settings in standby only. Measuring and the self-test come last.
            Bus.Write(Register.PowerControl, PowerControl.Standby);
            for (int i = 0; i < Setting.PowerControl; i++)
            {
                Bus.Write((byte)(Register.OffsetX + i), _settings[i]);
            }

            Bus.Write(Register.SelfTest, selfTest);
            Bus.Write(Register.PowerControl, PowerControl.Measure);
            Verify(SensorFault.NotConfigured);

            float hertz = HighestHertz / (1 << (int)rate); // Table 42: each code halves the rate
            int settle = (int)(SettlePeriods / hertz);
            Clock.Wait(settle > TurnOnMicroseconds ? settle : TurnOnMicroseconds);
            FineGPerDigit = 1f / (_lsbPerG >> (range - 1));
            Empty();
            SetScale(hertz, (1 << NarrowBits) * FineGPerDigit, FineClipLow >> NarrowBits, FineClipHigh >> NarrowBits);
        }

        private void CheckIdentity()
        {
            Bus.Read(Register.AnalogDevicesId, _look, Look.Identity);
            CheckIdentity(Look.AnalogDevicesId, AnalogDevicesIdValue);
            CheckIdentity(Look.MemsId, MemsIdValue);
            CheckIdentity(Look.PartId, IdentityValue);
        }

        private void CheckIdentity(int register, int expected)
        {
            int id = _look[register];
            if (id != expected)
            {
                // SPI has no acknowledge: a line that nobody drives reads all zeros or all ones.
                SensorFault fault = id == 0x00 || id == 0xFF ? SensorFault.NoAnswer : SensorFault.WrongIdentity;
                throw new SensorException(_part, fault, (byte)register, id, expected);
            }
        }

        private void Verify(SensorFault atStandby)
        {
            Bus.Read(Register.OffsetX, _found, Setting.Length);
            int power = _found[Setting.PowerControl];
            if (power == PowerControl.Standby) // the reset value
            {
                throw new SensorException(_part, atStandby, Register.PowerControl, power, PowerControl.Measure);
            }

            for (int i = 0; i < Setting.Length; i++)
            {
                if (_found[i] != _settings[i])
                {
                    throw new SensorException(_part, SensorFault.NotConfigured, (byte)(Register.OffsetX + i), _found[i], _settings[i]);
                }
            }
        }

        private void RequireAlive()
        {
            if (Bus.Read(Register.AnalogDevicesId) != AnalogDevicesIdValue)
            {
                throw new BusException(Bus.Name, Register.Temperature, BusStatus.Silent);
            }
        }

        private int ReadTemperature()
        {
            int word = Bus.ReadWord(Register.Temperature);
            if (word == 0xFFFF)
            {
                throw new BusException(Bus.Name, Register.Temperature, BusStatus.Silent);
            }

            return word & 0x0FFF; // the upper four bits are reserved
        }
    }
}
