// Data sheet: Maxim MAX31856, 19-7534, Rev. 0. Section and table names below refer to it.
using System;
using System.Device.Spi;

namespace Sensors.Drivers
{
    /// <summary>MAX31856 converter for thermocouples of types B, E, J, K, N, R, S and T, linearised by the chip, on SPI.</summary>
    /// <remarks>
    /// The chip has no identity and SPI no acknowledge. So every read fetches all registers in one frame and believes the result only
    /// beside the settings that the last write put there, and each conversion is started by a frame that writes them all with another
    /// lowest bit of the upper threshold. Not covered: voltage modes, an external cold junction, the FAULT and DRDY pins. One thread
    /// at a time.
    /// </remarks>
    public sealed partial class Max31856
    {
        /// <summary>Weight of one digit of the thermocouple's temperature, in °C ("Linearized TC Temperature").</summary>
        public const float CelsiusPerDigit = 0.0078125f;

        /// <summary>Weight of one digit of the cold junction's temperature, in °C ("Cold-Junction Temperature").</summary>
        public const float ColdCelsiusPerDigit = 0.015625f;

        private const string Part = "MAX31856";
        private const int MapBytes = 16;                   // all registers, 00h to 0Fh
        private const int WrittenBytes = 10;               // 00h to 09h
        private const int ThresholdsPerDegree = 16;        // thresholds weigh 0.0625 °C
        private const int ThresholdShift = 3;              // and a result's digit an eighth of that
        private const int Marker = 0x01;                   // lowest bit of the upper threshold (06h), another one with each write
        private const byte ResetFaultMask = 0xFF;          // where the driver writes 0, which hides no fault from the pin
        private const sbyte ColdHighest = 125;             // the chip's own range; 127 after reset
        private const sbyte ColdLowest = -55;              // -64 after reset
        private const int AutomaticShift = 1;              // in automatic mode a further sample takes half as long

        // "Electrical Characteristics", temperature conversion time, maximum; each further sample at the same margin of 10 %.
        private const int FirstMicroseconds60 = 155000;
        private const int FirstMicroseconds50 = 185000;
        private const int NextMicroseconds60 = 90000;
        private const int NextMicroseconds50 = 110000;
        private const int SampleMicroseconds60 = 36700;
        private const int SampleMicroseconds50 = 44000;
        private const int OpenTestMicroseconds = 15000;    // table 4, OCFAULT = 01 with the cold junction measured

        /// <summary>How the chip speaks SPI: mode 3 (1 would do), 5 MHz, bit 7 writes ("Serial Interface").</summary>
        public static readonly SpiProfile Spi = SpiProfile.WithWriteFlag(SpiMode.Mode3, 5000000, 0x80, MapBytes);

        // "Supported Thermocouple Types", by type.
        private static readonly short[] Lowest = { 250, -200, -210, -200, -200, -50, -50, -200 };
        private static readonly short[] Highest = { 1820, 1000, 1200, 1372, 1300, 1768, 1768, 400 };

        private readonly RegisterBus _bus;
        private readonly BusClock _clock;
        private readonly byte[] _map = new byte[MapBytes];
        private readonly byte[] _written = new byte[WrittenBytes]; // 0 where Start sets nothing: fault mask, cold-junction offset
        private int _base;      // open-circuit test and filter: what CR0 holds at rest
        private int _expected;  // what it must hold now, the self-clearing bits aside
        private Max31856Mode _mode;
        private bool _converting;
        private long _began;
        private int _takes;

        /// <summary>Makes the driver. Touches no hardware until <see cref="Start"/>.</summary>
        /// <param name="bus">The chip's bus, opened with <see cref="Spi"/>.</param>
        /// <param name="clock">Time, for the waits the data sheet demands.</param>
        public Max31856(RegisterBus bus, BusClock clock)
        {
            _bus = bus ?? throw new ArgumentNullException(nameof(bus));
            _clock = clock ?? throw new ArgumentNullException(nameof(clock));
        }

        /// <summary>Gets what is wrong with the thermocouple, as of the last <see cref="TryRead"/>.</summary>
        /// <value>
        /// <see cref="SensorFault.None"/>, <see cref="SensorFault.SensorOpen"/>, <see cref="SensorFault.OutOfRange"/>,
        /// <see cref="SensorFault.InputVoltage"/> (the chip then stops converting), or <see cref="SensorFault.Corrupt"/> when the result
        /// and the chip's own verdict on it contradict each other. A short to ground is not noticed by the chip.
        /// </value>
        public SensorFault ProbeFault
        {
            [HotPath]
            get;
            private set;
        }

        /// <summary>Gets whether a conversion was begun whose result nobody has taken.</summary>
        public bool IsConverting
        {
            [HotPath]
            get { return _converting; }
        }

        /// <summary>Gets the fault status register (0Fh) as last read.</summary>
        public int LastFaultStatus { get; private set; }

        /// <summary>Gets the cold junction's temperature at the last result, in digits of <see cref="ColdCelsiusPerDigit"/>.</summary>
        /// <remarks>The chip's register holds the sum with its offset register already: nothing is added here.</remarks>
        public int ColdJunction { get; private set; }

        /// <summary>Gets the longest time from the start of a one-shot to its result, in microseconds.</summary>
        public int ConversionMicroseconds { get; private set; }

        /// <summary>Gets the longest time from one result to the next in automatic mode, in microseconds.</summary>
        public int UpdateMicroseconds { get; private set; }

        /// <summary>Gets the lowest temperature of the type given to <see cref="Start"/>, in °C.</summary>
        public int LowestCelsius { get; private set; }

        /// <summary>Gets the highest temperature of the type given to <see cref="Start"/>, in °C.</summary>
        public int HighestCelsius { get; private set; }

        /// <summary>Checks that a chip answers, writes and verifies every setting, and in automatic mode begins to convert.</summary>
        /// <param name="type">The thermocouple.</param>
        /// <param name="averages">Samples in each result.</param>
        /// <param name="filter">The mains.</param>
        /// <param name="mode">When to convert.</param>
        /// <exception cref="SensorException">Nobody answers, or a register did not keep its value.</exception>
        /// <exception cref="BusException">The transfer failed.</exception>
        public void Start(Max31856Type type, Max31856Averages averages, Max31856Filter filter, Max31856Mode mode)
        {
            LowestCelsius = Lowest[(int)type];
            HighestCelsius = Highest[(int)type];
            int high = HighestCelsius * ThresholdsPerDegree;
            int low = LowestCelsius * ThresholdsPerDegree;
            _mode = mode;
            _base = (int)filter | Configuration.OpenTest;
            _written[Register.Configuration1] = (byte)((int)averages | (int)type);
            _written[Register.ColdHigh] = unchecked((byte)ColdHighest);
            _written[Register.ColdLow] = unchecked((byte)ColdLowest);
            _written[Register.HighMsb] = (byte)(high >> 8);
            _written[Register.HighLsb] = (byte)high;
            _written[Register.LowMsb] = (byte)(low >> 8);
            _written[Register.LowLsb] = (byte)low;
            bool at50 = filter == Max31856Filter.Hz50;
            int more = (1 << ((int)averages >> 4)) - 1;
            int sample = at50 ? SampleMicroseconds50 : SampleMicroseconds60;
            ConversionMicroseconds = (at50 ? FirstMicroseconds50 : FirstMicroseconds60) + (more * sample) + OpenTestMicroseconds;
            UpdateMicroseconds = (at50 ? NextMicroseconds50 : NextMicroseconds60) + (more * (sample >> AutomaticShift)) + OpenTestMicroseconds;
            _converting = false;
            ProbeFault = SensorFault.None;

            // The filter bit may change only outside automatic mode, which a node's reset does not end.
            int filterNow = _bus.Read(Register.Configuration0) & Configuration.Filter50;
            _bus.Write(Register.Configuration0, (byte)filterNow);
            _expected = _base;
            WriteAll(_base | Configuration.FaultClear);
            ReadAll();
            if (IsSilent())
            {
                throw new SensorException(Part, SensorFault.NoAnswer, Register.ColdHigh, _map[Register.ColdHigh], _written[Register.ColdHigh]);
            }

            RequireWritten(SensorFault.NotConfigured);
            if (mode == Max31856Mode.Automatic)
            {
                Begin(Configuration.Automatic, ConversionMicroseconds);
                ReadAll();
                RequireWritten(SensorFault.NotConfigured);
            }
        }

        /// <summary>Begins a conversion, an open-circuit test included. The result is there after <see cref="ConversionMicroseconds"/>.</summary>
        /// <exception cref="BusException">The transfer failed.</exception>
        [HotPath]
        public void StartOneShot()
        {
            Begin(Configuration.OneShot, ConversionMicroseconds);
        }

        /// <summary>Takes the newest result if there is one that was not taken yet.</summary>
        /// <param name="digits">Digits of <see cref="CelsiusPerDigit"/>, -262,144 to 262,143; 0 when there is no result.</param>
        /// <returns>1 when <paramref name="digits"/> is a new result, 0 when there is none yet or <see cref="ProbeFault"/> says why not.</returns>
        /// <exception cref="SensorException">
        /// <see cref="SensorFault.BrownOut"/> or <see cref="SensorFault.Corrupt"/>: the settings are not what was written; call
        /// <see cref="Start"/>.
        /// </exception>
        /// <exception cref="BusException">The chip did not answer, or had not heard of the last conversion.</exception>
        [HotPath]
        public int TryRead(out int digits)
        {
            digits = 0;
            long now = _clock.Microseconds;
            if (!_converting || now - _began < _takes)
            {
                return 0;
            }

            ReadAll();
            RequireWritten(SensorFault.BrownOut);
            int status = _map[Register.FaultStatus];
            LastFaultStatus = status;
            if ((status & FaultStatus.OverUnderVoltage) == FaultStatus.OverUnderVoltage)
            {
                ProbeFault = SensorFault.InputVoltage; // no conversion ends while it lasts, so what the registers hold is old
                return 0;
            }

            if ((_map[Register.Configuration0] & Configuration.OneShot) == Configuration.OneShot)
            {
                return 0;
            }

            _converting = _mode == Max31856Mode.Automatic;
            _began = now;
            _takes = UpdateMicroseconds;
            int result = ((_map[Register.ResultHigh] << 24) | (_map[Register.ResultMiddle] << 16) | (_map[Register.ResultLow] << 8)) >> 13;
            ColdJunction = (short)((_map[Register.ColdMsb] << 8) | _map[Register.ColdLsb]) >> 2;
            ProbeFault = Decode(status, result);
            if (ProbeFault == SensorFault.None)
            {
                digits = result;
                return 1;
            }

            return 0;
        }

        /// <summary>Checks that the settings still stand, as they would not after a brown-out. Disturbs no conversion.</summary>
        /// <exception cref="SensorException"><see cref="SensorFault.BrownOut"/> when the chip is back at its reset values.</exception>
        /// <exception cref="BusException">The chip did not answer.</exception>
        [HotPath]
        public void Check()
        {
            ReadAll();
            RequireWritten(SensorFault.BrownOut);
        }

        /// <summary>Ends conversion. <see cref="Start"/> begins anew.</summary>
        /// <exception cref="BusException">The transfer failed.</exception>
        public void Stop()
        {
            _converting = false;
            _expected = _base;
            _bus.Write(Register.Configuration0, (byte)_base);
        }

        // "1-Shot": the conversion begins when chip select rises, here at the end of the frame that writes everything.
        [HotPath]
        private void Begin(int kind, int takes)
        {
            _expected = (_base | kind) & ~Configuration.OneShot;
            _converting = false;
            WriteAll(_base | kind);
            _began = _clock.Microseconds;
            _takes = takes;
            _converting = true;
        }

        [HotPath]
        private SensorFault Decode(int status, int result)
        {
            if ((status & FaultStatus.Open) == FaultStatus.Open)
            {
                return SensorFault.SensorOpen;
            }

            if (status != 0)
            {
                return SensorFault.OutOfRange; // thermocouple or cold junction beyond its range, or beyond the thresholds set to it
            }

            // No bit is set: then the result must lie within the thresholds that the chip compares it with.
            int threshold = result >> ThresholdShift;
            bool beyond = threshold > HighestCelsius * ThresholdsPerDegree || threshold < LowestCelsius * ThresholdsPerDegree;
            return beyond ? SensorFault.Corrupt : SensorFault.None;
        }

        [HotPath]
        private void WriteAll(int configuration)
        {
            _written[Register.Configuration0] = (byte)configuration;
            _written[Register.HighLsb] ^= Marker;
            _bus.Write(Register.Configuration0, _written, WrittenBytes);
        }

        [HotPath]
        private void ReadAll()
        {
            _bus.Read(Register.Configuration0, _map, MapBytes);
        }

        // The settings are never all ones or all zeros, so a frame of nothing else came from no chip.
        [HotPath]
        private bool IsSilent()
        {
            int line = _map[0];
            for (int i = 1; i < MapBytes; i++)
            {
                if (_map[i] != line)
                {
                    return false;
                }
            }

            return line == 0x00 || line == 0xFF;
        }

        [HotPath]
        private void RequireWritten(SensorFault whenReset)
        {
            if (IsSilent())
            {
                throw new BusException(_bus.Name, Register.Configuration0, BusStatus.Silent);
            }

            for (byte register = Register.Configuration1; register < WrittenBytes; register++)
            {
                if (_map[register] != _written[register])
                {
                    Refuse(register, whenReset);
                }
            }

            int found = _map[Register.Configuration0] & ~Configuration.OneShot;
            if (found != _expected)
            {
                throw new SensorException(Part, SensorFault.NotConfigured, Register.Configuration0, found, _expected);
            }
        }

        [HotPath]
        private void Refuse(byte register, SensorFault whenReset)
        {
            int found = _map[register];
            int expected = _written[register];
            if (register == Register.HighLsb && (found ^ expected) == Marker)
            {
                _converting = false; // the frame that began the last conversion got lost: what the chip holds is an older result
                throw new BusException(_bus.Name, register, BusStatus.Silent);
            }

            bool garbled = _map[Register.FaultMask] != ResetFaultMask && whenReset == SensorFault.BrownOut;
            throw new SensorException(Part, garbled ? SensorFault.Corrupt : whenReset, register, found, expected);
        }
    }
}
