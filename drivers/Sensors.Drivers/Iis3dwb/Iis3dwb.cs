// Data sheet: STMicroelectronics DS12569 (IIS3DWB), Rev. 6; FIFO from application note AN5444, Rev. 1. Names in quotes are their headings.
using System.Device.Spi;

namespace Sensors.Drivers
{
    /// <summary>IIS3DWB three-axis vibration sensor, 26.667 kHz, read through its FIFO of 512 tagged slots over SPI.</summary>
    /// <remarks>
    /// <para>
    /// The chip has one rate. <see cref="Iis3dwbMode"/> says what of it leaves the driver: a snapshot of one full FIFO, every sample, or every
    /// nth one behind the chip's own low-pass. Level, depth and lost samples are always in samples as delivered.
    /// </para>
    /// <para>
    /// Each slot says what it holds, counts, and carries a parity bit: what does not fit is never a sample. A slot in 33 is a time stamp,
    /// which makes the number of lost samples exact, see <see cref="FifoAccelerometer.Lost"/>.
    /// </para>
    /// <para>Not covered: single-axis mode, high-pass filters, wake-up and activity, interrupt pins, watermark, temperature. One thread at a time.</para>
    /// </remarks>
    public sealed partial class Iis3dwb : FifoAccelerometer
    {
        /// <summary>Register that tells the chip from others ("WHO_AM_I (0Fh)").</summary>
        public const byte IdentityRegister = Register.WhoAmI;

        /// <summary>What <see cref="IdentityRegister"/> reads.</summary>
        public const byte IdentityValue = 0x7B;

        /// <summary>Slots of the FIFO ("FIFO": 3 kB of 6 bytes; the tag is not counted).</summary>
        public const int FifoSlots = 512;

        /// <summary>Bytes of a slot as it is read: a tag and three words.</summary>
        public const int SlotBytes = 7;

        /// <summary>Output data rate in hertz, nominal; there is no other ("Mechanical characteristics").</summary>
        public const float OutputHertz = 26667f;

        private const string Part = "IIS3DWB";
        private const int ChunkSlots = 128;                 // slots of one transaction
        private const int StampSpacing = 32;                // samples from one time stamp to the next
        private const int BootMicroseconds = 10000;         // supply, or a reset, to the first command
        private const int ResetPollMicroseconds = 1000;
        private const int ResetPolls = 100;                 // 0.1 s
        private const int SettleMicroseconds = 40000;       // turned on after 10 ms, and the slowest filter settled after 30 ms more
        private const float TrimPerDigit = 0.0015f;         // "INTERNAL_FREQ_FINE (63h)": 0.15 % a digit, typical
        private const float FastSecond = 950000f;           // microseconds for one second's samples: 5 % faster than the trim says
        private const float GPerDigit2G = 0.000061f;        // "Mechanical characteristics": 0.061 mg at ±2 g, and twice that with each range

        /// <summary>How the chip speaks SPI: mode 3, 10 MHz, bit 7 reads, the address moves on by itself ("SPI bus interface").</summary>
        /// <remarks>A burst of 128 slots: the bus makes two buffers of 897 bytes for it, the driver one of 896.</remarks>
        public static readonly SpiProfile Spi = new SpiProfile(SpiMode.Mode3, 10000000, 0x80, 0x00, 0, ChunkSlots * SlotBytes);

        // What the driver relies on, in the order it is written: how registers are read first, the FIFO's mode and sampling last.
        private static readonly byte[] Order =
        {
            Register.Control3, Register.PinControl, Register.FifoControl1, Register.FifoControl2, Register.FifoControl3,
            Register.CounterBatch1, Register.CounterBatch2, Register.Interrupt1, Register.Interrupt2, Register.Control4,
            Register.Control5, Register.Control6, Register.Control8, Register.Control10, Register.OffsetX, Register.OffsetY,
            Register.OffsetZ, Register.FifoControl4, Register.Control1,
        };

        private readonly byte[] _settings = new byte[Order.Length];
        private readonly byte[] _status = new byte[2];
        private bool _snapshot;
        private int _every;
        private int _depth = FifoSlots;
        private int _fastest;                               // shortest time between two of the chip's samples, in microseconds

        /// <summary>Makes the driver. Touches no hardware until <see cref="Start"/>.</summary>
        /// <param name="bus">The chip's bus, opened with <see cref="Spi"/>.</param>
        /// <param name="clock">Time, for waits and for the rate.</param>
        public Iis3dwb(RegisterBus bus, BusClock clock)
            : base(bus, clock)
        {
        }

        /// <inheritdoc/>
        /// <remarks>512 for a snapshot; else 496, for 16 slots hold time stamps, divided by what the mode leaves out.</remarks>
        public override int Depth
        {
            [HotPath]
            get { return _depth; }
        }

        /// <summary>Gets the rate the chip's factory trim promises, in hertz as delivered: a first estimate, right to some 0.1 %. The measured rate rules.</summary>
        public float TrimmedHertz { get; private set; }

        /// <summary>Checks the identity, resets the chip, writes and verifies every setting, and samples into an empty FIFO.</summary>
        /// <param name="range">Full scale.</param>
        /// <param name="filter">Low-pass in the chip. Below half the delivered rate, or what is above folds back.</param>
        /// <param name="mode">Which samples are delivered.</param>
        /// <exception cref="SensorException">Not an IIS3DWB, it does not come out of its reset, or a register did not keep its value.</exception>
        /// <exception cref="BusException">The chip did not answer.</exception>
        public void Start(Iis3dwbRange range, Iis3dwbFilter filter, Iis3dwbMode mode)
        {
            Boot();
            Configure(range, filter, mode);
        }

        /// <inheritdoc/>
        public override void Check()
        {
            CheckIdentity();
            int power = Bus.Read(Register.Control1);
            if (power == Control1.PowerDown) // the reset value; a running chip has XL_EN set
            {
                throw new SensorException(Part, SensorFault.BrownOut, Register.Control1, power, Control1.Enabled);
            }

            Verify();
        }

        /// <inheritdoc/>
        public override void Stop()
        {
            Bus.Write(Register.Control1, Control1.PowerDown);
        }

        private void CheckIdentity()
        {
            int id = Bus.Read(Register.WhoAmI);
            if (id != IdentityValue)
            {
                // SPI has no acknowledge: a line that nobody drives reads all zeros or all ones.
                SensorFault fault = id == 0x00 || id == 0xFF ? SensorFault.NoAnswer : SensorFault.WrongIdentity;
                throw new SensorException(Part, fault, Register.WhoAmI, id, IdentityValue);
            }
        }

        private void Boot()
        {
            Clock.Wait(BootMicroseconds);
            CheckIdentity();
            Bus.Write(Register.Control3, Control3.Reset);
            int polls = ResetPolls;
            int found;
            do
            {
                Clock.Wait(ResetPollMicroseconds);
                found = Bus.Read(Register.Control3);
                if ((found & (Control3.Reset | Control3.BlockDataUpdate)) == 0) // the latter: a chip this driver had set, and that missed the write
                {
                    return;
                }

                polls--;
            }
            while (polls > 0);

            throw new SensorException(Part, SensorFault.NotConfigured, Register.Control3, found, Control3.AddressMovesOn);
        }

        private void Configure(Iis3dwbRange range, Iis3dwbFilter filter, Iis3dwbMode mode)
        {
            _snapshot = mode == Iis3dwbMode.Snapshot;
            _every = _snapshot ? 1 : (int)mode;
            _depth = (_snapshot ? FifoSlots : FifoSlots - (FifoSlots / StampSpacing)) / _every;
            int fifo = _snapshot ? FifoControl4.StopWhenFull : FifoControl4.StampEvery32 | FifoControl4.Continuous;

            // PIN_CTRL as well: opening the port on an ESP32 clocks zeros into registers 00h to 02h. What is not named stays 0.
            _settings[0] = Control3.BlockDataUpdate | Control3.AddressMovesOn;
            _settings[1] = PinControl.NoPullUp;
            _settings[4] = FifoControl3.BatchEverySample;
            _settings[9] = Control4.NoI2c;
            _settings[12] = (byte)((int)filter & Control8.CornerMask);
            _settings[13] = Control10.StampOn;
            _settings[17] = (byte)fifo;
            _settings[18] = (byte)(Control1.Enabled | (int)range | ((int)filter & Control1.SecondFilter));
            for (int i = 0; i < Order.Length; i++)
            {
                Bus.Write(Order[i], _settings[i]);
            }

            Verify();
            Clock.Wait(SettleMicroseconds);
            Empty();
            TrimmedHertz = OutputHertz * (1 + (TrimPerDigit * ReadTrim())) / _every;
            _fastest = (int)(FastSecond / (TrimmedHertz * _every));
            _countsLearnt = 0;
            _samplesLearnt = 0;
            SkippedSlots = 0;
            SetScale(OutputHertz / _every, GPerDigit2G * DigitFactor(range), short.MinValue, short.MaxValue);
            Flow.Reset(TrimmedHertz, Clock.Microseconds); // better than nominal, until a run is measured
        }

        private int ReadTrim()
        {
            int trim = Bus.Read(Register.InternalFrequencyFine);
            if (trim == 0x00 || trim == 0xFF)
            {
                RequireFifo(_settings[17]); // a dead line reads so as well: asked again once it is none
                trim = Bus.Read(Register.InternalFrequencyFine);
            }

            return (sbyte)trim;
        }

        private static int DigitFactor(Iis3dwbRange range)
        {
            switch (range)
            {
                case Iis3dwbRange.G2:
                    return 1;
                case Iis3dwbRange.G4:
                    return 2;
                case Iis3dwbRange.G8:
                    return 4;
                default:
                    return 8;
            }
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
