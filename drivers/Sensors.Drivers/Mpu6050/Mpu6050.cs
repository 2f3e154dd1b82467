// Register map: InvenSense MPU-6000/MPU-6050, RM-MPU-6000A-00 Rev 4.2, and MPU-6500, RM-MPU-6500A-00 Rev 2.1. "§" refers to the first.
using System;

namespace Sensors.Drivers
{
    /// <summary>Accelerometer of the MPU6050 family (MPU6050, MPU6500, MPU9250, MPU6880 and clones), read through its FIFO, over I2C.</summary>
    /// <remarks>
    /// The FIFO is one of bytes: once it runs over, or a read breaks off, bytes no longer belong to the axes they claim. Then it is emptied, and the
    /// samples it held count as lost. Not covered: gyroscope, magnetometer, motion processor, self-test (README), SPI of the MPU6500.
    /// One thread at a time.
    /// </remarks>
    public sealed partial class Mpu6050 : FifoAccelerometer
    {
        /// <summary>I2C address with AD0 low, as boards wire it.</summary>
        public const int I2cAddress = 0x68;

        /// <summary>I2C address with AD0 high.</summary>
        public const int I2cAlternateAddress = 0x69;

        /// <summary>Register that tells the chip from others, WHO_AM_I (§4.32): the same whatever the address.</summary>
        public const byte IdentityRegister = Register.WhoAmI;

        /// <summary>What <see cref="IdentityRegister"/> reads in an MPU6050. See <see cref="Accepts"/> for its relatives.</summary>
        public const byte IdentityValue = 0x68;

        /// <summary>Most samples the FIFO of an MPU6050 can hold: 1024 bytes, 170 whole ones.</summary>
        public const int FifoDepth = 170;

        /// <summary>Most samples taken to fit the FIFO of its relatives: 512 bytes.</summary>
        public const int RelativesFifoDepth = 85;

        private const string Part = "MPU6050";
        private const int BytesPerSample = 2 * Axes;
        private const int StartUpMicroseconds = 100000; // from power or reset until registers can be used
        private const int WakeUpMicroseconds = 30000;   // from sleep until clock and data are good
        private const int Mpu6500Identity = 0x70;
        private const int Mpu9250Identity = 0x71;
        private const int Mpu6880Identity = 0x19;
        private const int CloneIdentity = 0x98;
        private const int OtherCloneIdentity = 0x72;
        private const int UnfilteredFactor = 8;         // §4.2: the divider's input is 8 kHz without the low-pass, 1 kHz with it
        private const float BaseHertz = 1000;
        private const float GPerDigitAt2G = 1f / 16384; // §4.17; twice as much with each range, and nothing to do with the divider

        // §4.3, and ACCEL_CONFIG2 of the MPU-6500, by DLPF code.
        private static readonly short[] Corners = { 260, 184, 94, 44, 21, 10, 5 };
        private static readonly short[] WideCorners = { 460, 184, 92, 41, 20, 10, 5 };

        // What the driver relies on, in the order it is written: sampling into the FIFO last. The first is not an MPU6050's.
        private static readonly byte[] Order =
        {
            Register.AccelConfig2, Register.Power1, Register.Power2, Register.SampleRateDivider, Register.Config, Register.AccelConfig,
            Register.InterruptPin, Register.InterruptEnable, Register.FifoEnable, Register.UserControl,
        };

        private readonly byte[] _settings = new byte[Order.Length];
        private readonly byte[] _burst = new byte[FifoDepth * BytesPerSample];
        private int _depth = FifoDepth; // before a start the largest, so that arrays made by it fit
        private bool _misaligned;

        /// <summary>Makes the driver. Touches no hardware until <see cref="Start"/>.</summary>
        /// <param name="bus">The chip's bus.</param>
        /// <param name="clock">Time, for the waits the data sheet demands.</param>
        public Mpu6050(RegisterBus bus, BusClock clock)
            : base(bus, clock)
        {
        }

        /// <inheritdoc/>
        public override int Depth
        {
            [HotPath]
            get { return _depth; }
        }

        /// <inheritdoc/>
        /// <remarks>False: see the README.</remarks>
        public override bool HasSelfTest => false;

        /// <summary>Gets what the identity register read at the last <see cref="Start"/>; 0 before any.</summary>
        public int Identity { get; private set; }

        /// <summary>Gets whether the identity is that of a clone: it is used as an MPU6050 is, but nobody vouches for its figures.</summary>
        public bool IsClone => Identity == CloneIdentity || Identity == OtherCloneIdentity;

        /// <summary>Gets the -3 dB corner of the present settings, in hertz.</summary>
        public float BandwidthHertz { get; private set; }

        /// <summary>Gets how often the FIFO had to be emptied because its bytes had lost their alignment, since the start.</summary>
        public int Realignments { get; private set; }

        private bool IsWide => Identity == Mpu6500Identity || Identity == Mpu9250Identity || Identity == Mpu6880Identity;

        /// <summary>Tells whether an identity is one the driver can use.</summary>
        /// <param name="identity">What <see cref="IdentityRegister"/> reads.</param>
        /// <returns>True for 68h, 70h (MPU6500), 71h (MPU9250), 19h (MPU6880) and the clones' 98h and 72h.</returns>
        public static bool Accepts(int identity)
        {
            return identity == IdentityValue || identity == Mpu6500Identity || identity == Mpu9250Identity
                || identity == Mpu6880Identity || identity == CloneIdentity || identity == OtherCloneIdentity;
        }

        /// <summary>Checks the identity, resets and wakes the chip, writes and verifies every setting, and samples into an empty FIFO.</summary>
        /// <param name="range">Full scale.</param>
        /// <param name="rate">Output data rate; I2C carries all of them, at 100 kHz as well.</param>
        /// <param name="filter">The chip's low-pass; at most half the rate, or what lies above folds back.</param>
        /// <exception cref="SensorException">Not of this family, or a register did not keep its value.</exception>
        /// <exception cref="BusException">The chip did not answer.</exception>
        public void Start(Mpu6050Range range, Mpu6050Rate rate, Mpu6050Filter filter)
        {
            Clock.Wait(StartUpMicroseconds);
            int id = Bus.Read(Register.WhoAmI);
            if (!Accepts(id))
            {
                throw new SensorException(Part, SensorFault.WrongIdentity, Register.WhoAmI, id, IdentityValue);
            }

            Identity = id;
            _depth = id == IdentityValue ? FifoDepth : RelativesFifoDepth;
            Bus.Write(Register.Power1, Power1.Reset);
            Clock.Wait(StartUpMicroseconds);
            Bus.Write(Register.Power1, Power1.GyroClock); // it wakes asleep (§4.28)
            Clock.Wait(WakeUpMicroseconds);
            Configure(range, rate, filter);
        }

        /// <inheritdoc/>
        public override void Check()
        {
            int id = Bus.Read(Register.WhoAmI);
            if (id != Identity)
            {
                throw new SensorException(Part, SensorFault.WrongIdentity, Register.WhoAmI, id, Identity);
            }

            // An MPU6050 is asleep again after a brown-out; its relatives are awake, but their FIFO is off.
            int power = Bus.Read(Register.Power1);
            if ((power & Power1.Sleep) != 0)
            {
                throw new SensorException(Part, SensorFault.BrownOut, Register.Power1, power, Power1.GyroClock);
            }

            int user = Bus.Read(Register.UserControl);
            if (user == UserControl.ResetValue)
            {
                throw new SensorException(Part, SensorFault.BrownOut, Register.UserControl, user, UserControl.FifoOn);
            }

            Verify();
        }

        /// <inheritdoc/>
        public override void Stop()
        {
            Bus.Write(Register.Power1, Power1.Sleep);
        }

        /// <summary>Reads the temperature of the part, some degrees above that of its surroundings.</summary>
        /// <returns>Degrees Celsius: raw / 340 + 36.53 in an MPU6050 (§4.18), raw / 333.87 + 21 in its relatives.</returns>
        /// <exception cref="BusException">The chip did not answer.</exception>
        [HotPath]
        public float ReadTemperature()
        {
            short raw = (short)Bus.ReadWord(Register.TemperatureHigh);
            return IsWide ? (raw / 333.87f) + 21f : (raw / 340f) + 36.53f;
        }

        /// <inheritdoc/>
        /// <exception cref="InvalidOperationException">Always: <see cref="HasSelfTest"/> is false.</exception>
        public override bool SelfTest(int[] change)
        {
            throw new InvalidOperationException();
        }

        /// <inheritdoc/>
        /// <exception cref="SensorException"><see cref="SensorFault.LostAlignment"/>: a number of bytes that is not of whole samples, without an overrun.</exception>
        [HotPath]
        protected override int ReadLevel()
        {
            int bytes = Bus.ReadWord(Register.FifoCountHigh);
            if (bytes == 0)
            {
                RequireSampling(); // "none yet" is also what a chip says that lost its settings
            }

            int level = bytes / BytesPerSample;
            if (_misaligned || bytes > _depth * BytesPerSample)
            {
                Realign(); // a read broke off, or the FIFO ran over: where a sample begins is not known any more
                return 0;
            }

            if (level * BytesPerSample != bytes)
            {
                Realign();
                throw new SensorException(Part, SensorFault.LostAlignment, Register.FifoCountHigh, bytes, level * BytesPerSample);
            }

            return level;
        }

        /// <inheritdoc/>
        /// <remarks>One transaction. Two more tell whether the chip lost its settings or the FIFO ran over before or while it went on: then nothing of it is believed.</remarks>
        /// <exception cref="SensorException"><see cref="SensorFault.BrownOut"/>.</exception>
        [HotPath]
        protected override int Drain(short[] xyz, int offset, int count)
        {
            byte[] burst = _burst;
            int status;
            try
            {
                Bus.Read(Register.FifoData, burst, count * BytesPerSample);
                RequireSampling(); // an empty FIFO gives bytes as well
                status = Bus.Read(Register.InterruptStatus);
            }
            catch (BusException)
            {
                _misaligned = true; // nobody knows how many bytes went
                throw;
            }

            if ((status & Interrupt.FifoOverflow) != 0)
            {
                Realign();
                return 0;
            }

            for (int i = 0; i < count * BytesPerSample; i += 2)
            {
                xyz[offset] = (short)((burst[i] << 8) | burst[i + 1]);
                offset++;
            }

            return count;
        }

        /// <inheritdoc/>
        [HotPath]
        protected override void Empty()
        {
            _misaligned = true; // until all three have arrived
            Bus.Write(Register.UserControl, UserControl.FifoReset); // §4.27: only while FIFO_EN is 0
            Bus.Write(Register.UserControl, UserControl.FifoOn);
            Bus.Read(Register.InterruptStatus); // an overrun of before is over
            _misaligned = false;
        }

        // Of what the chip loses with its supply, FIFO_EN is what nothing but a start writes, and is not 0 while samples come.
        [HotPath]
        private void RequireSampling()
        {
            int enabled = Bus.Read(Register.FifoEnable);
            if (enabled == FifoEnable.None)
            {
                MarkGap();
                throw new SensorException(Part, SensorFault.BrownOut, Register.FifoEnable, enabled, FifoEnable.Accelerometer);
            }
        }

        [HotPath]
        private void Realign()
        {
            MarkGap();
            Empty();
            Realignments++;
        }

        private void Configure(Mpu6050Range range, Mpu6050Rate rate, Mpu6050Filter filter)
        {
            // Without the low-pass the divider's input is 8 kHz; of the relatives' it then has no effect, so they keep the gyroscope's on.
            bool unfiltered = filter == Mpu6050Filter.Widest && Identity == IdentityValue;
            int code = (int)filter;
            if (filter == Mpu6050Filter.Widest && !unfiltered)
            {
                code = (int)Mpu6050Filter.Hz184;
            }

            _settings[0] = (byte)filter;
            _settings[1] = Power1.GyroClock; // what wakes the other axes and drives the pin, 2 and 6, stays 0
            _settings[3] = (byte)((unfiltered ? (int)rate * UnfilteredFactor : (int)rate) - 1);
            _settings[4] = (byte)code;
            _settings[5] = (byte)range;
            _settings[7] = Interrupt.FifoOverflow;
            _settings[8] = FifoEnable.Accelerometer;
            _settings[9] = UserControl.FifoOn;

            Bus.Write(Register.FifoEnable, FifoEnable.None);
            Bus.Write(Register.UserControl, UserControl.FifoReset);
            for (int i = First; i < Order.Length; i++)
            {
                Bus.Write(Order[i], _settings[i]);
            }

            Verify();
            BandwidthHertz = IsWide ? WideCorners[(int)filter] : Corners[code];
            Realignments = 0;
            _misaligned = false;
            SetScale(BaseHertz / (int)rate, GPerDigitAt2G * (1 << ((int)range >> 3)), short.MinValue, short.MaxValue);
        }

        // ACCEL_CONFIG2 exists from the MPU6500 on; in an MPU6050 1Dh is another's.
        private int First => IsWide ? 0 : 1;

        private void Verify()
        {
            for (int i = First; i < Order.Length; i++)
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
