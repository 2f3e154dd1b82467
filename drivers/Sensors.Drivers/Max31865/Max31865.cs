// Data sheet: Maxim MAX31865, 19-6478, Rev. 3. Section and table names below refer to it. The probe: IEC 60751.
using System;
using System.Device.Spi;

namespace Sensors.Drivers
{
    /// <summary>MAX31865 converter for platinum thermometers (PT100, PT1000) in two, three or four wires, on SPI.</summary>
    /// <remarks>
    /// The chip has no identity and SPI no acknowledge. So the two fault thresholds do double duty: every read fetches all registers
    /// in one frame and believes the result only beside the thresholds that the last write put there, and each conversion is
    /// started by a frame that writes them with another lowest bit. A lost frame, a dead line or a brown-out shows before a number is
    /// believed. Not covered: fault cycles with manual timing, the DRDY pin. One thread at a time.
    /// </remarks>
    public sealed partial class Max31865
    {
        private const string Part = "MAX31865";
        private const int MapBytes = 8;                    // all registers, 00h to 07h
        private const int WrittenBytes = 7;                // 00h to 06h; a write to 01h and 02h changes nothing ("Serial Interface")
        private const int LargestFactor = 10;              // a reference of more than ten times R0 is a mix-up
        private const int HighestThousandths = 3910;       // R / R0 at 852 °C; IEC 60751 ends at 850
        private const int LowestThousandths = 180;         // R / R0 at -201 °C; IEC 60751 ends at -200
        private const int FullScale = 0x7FFF;
        private const int HighestThreshold = 0x7FFE;       // below full scale, which is the reset value
        private const int Marker = 0x02;                   // lowest bit of the low threshold (06h), another one with each write
        private const byte ResetHigh = 0xFF;               // table 1: thresholds are FFFFh and 0000h after power
        private const byte ResetLow = 0x00;

        // "Bias (D7)": 10.5 time constants of the input filter and 1 ms. Enough for 100 nF behind 8 kΩ; a PT100 board needs 2 ms.
        private const int SettleMicroseconds = 10000;
        private const int FaultCycleMicroseconds = 600;    // "Electrical Characteristics": automatic fault-detection cycle, maximum
        private const int OneShotMicroseconds60 = 55000;   // "Electrical Characteristics": single conversion, maximum
        private const int OneShotMicroseconds50 = 66000;
        private const int PeriodMicroseconds60 = 17600;    // continuous conversion, maximum
        private const int PeriodMicroseconds50 = 21000;

        /// <summary>How the chip speaks SPI: mode 3 (1 would do), 5 MHz, bit 7 writes ("Serial Interface").</summary>
        public static readonly SpiProfile Spi = SpiProfile.WithWriteFlag(SpiMode.Mode3, 5000000, 0x80, MapBytes);

        private readonly RegisterBus _bus;
        private readonly BusClock _clock;
        private readonly byte[] _map = new byte[MapBytes];
        private readonly byte[] _written = new byte[WrittenBytes];
        private int _reference;
        private Max31865Probe _probe;
        private Max31865Wires _wires;
        private Max31865Mode _mode;
        private int _base;      // wires and filter: what the configuration holds at rest
        private int _expected;  // what it must hold now, the self-clearing bits aside
        private int _highCode;
        private int _lowCode;
        private bool _converting;
        private long _began;
        private int _takes;

        /// <summary>Makes the driver. Touches no hardware until <see cref="Start"/>.</summary>
        /// <param name="bus">The chip's bus, opened with <see cref="Spi"/>.</param>
        /// <param name="clock">Time, for the waits the data sheet demands.</param>
        public Max31865(RegisterBus bus, BusClock clock)
        {
            _bus = bus ?? throw new ArgumentNullException(nameof(bus));
            _clock = clock ?? throw new ArgumentNullException(nameof(clock));
        }

        /// <summary>Gets what is wrong with the probe or its wires, as of the last <see cref="TryRead"/>.</summary>
        /// <value>
        /// <see cref="SensorFault.None"/>, <see cref="SensorFault.SensorOpen"/>, <see cref="SensorFault.SensorShort"/>,
        /// <see cref="SensorFault.OutOfRange"/>, <see cref="SensorFault.InputVoltage"/>, or <see cref="SensorFault.Corrupt"/> when the
        /// result and the chip's own verdict on it contradict each other.
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

        /// <summary>Gets the fault status register (07h) as last read: which of the data sheet's six checks failed.</summary>
        public int LastFaultStatus { get; private set; }

        /// <summary>Gets the longest time from the start of a conversion to its result, in microseconds.</summary>
        public int ConversionMicroseconds { get; private set; }

        /// <summary>Checks that a chip answers, writes and verifies every setting, and in automatic mode begins to convert.</summary>
        /// <param name="probe">The element.</param>
        /// <param name="wires">How it is wired; the board's jumpers must agree.</param>
        /// <param name="referenceMilliOhms">
        /// The board's reference resistor: 430,000 on most PT100 boards, 4,300,000 on PT1000 boards; the data sheet's own are 400 and
        /// 4000 Ω. Above R0 and at most ten times R0.
        /// </param>
        /// <param name="filter">The mains.</param>
        /// <param name="mode">When to convert.</param>
        /// <exception cref="ArgumentOutOfRangeException">No such wiring, or the reference does not fit the probe.</exception>
        /// <exception cref="SensorException">Nobody answers, or a register did not keep its value.</exception>
        /// <exception cref="BusException">The transfer failed.</exception>
        public void Start(Max31865Probe probe, Max31865Wires wires, int referenceMilliOhms, Max31865Filter filter, Max31865Mode mode)
        {
            if (wires < Max31865Wires.Two || wires > Max31865Wires.Four)
            {
                throw new ArgumentOutOfRangeException(nameof(wires));
            }

            if (referenceMilliOhms <= (int)probe || referenceMilliOhms > LargestFactor * (int)probe)
            {
                throw new ArgumentOutOfRangeException(nameof(referenceMilliOhms));
            }

            _probe = probe;
            _wires = wires;
            _reference = referenceMilliOhms;
            _mode = mode;
            _base = (int)filter | (wires == Max31865Wires.Three ? Configuration.ThreeWire : 0);
            ConversionMicroseconds = filter == Max31865Filter.Hz50 ? OneShotMicroseconds50 : OneShotMicroseconds60;
            _highCode = CodeOf(HighestThousandths, referenceMilliOhms, probe);
            if (_highCode > HighestThreshold)
            {
                _highCode = HighestThreshold;
            }

            _lowCode = CodeOf(LowestThousandths, referenceMilliOhms, probe);
            int high = _highCode << 1;
            int low = (_lowCode << 1) & ~Marker;
            _written[Register.HighThresholdMsb] = (byte)(high >> 8);
            _written[Register.HighThresholdLsb] = (byte)high;
            _written[Register.LowThresholdMsb] = (byte)(low >> 8);
            _written[Register.LowThresholdLsb] = (byte)low;
            _converting = false;
            ProbeFault = SensorFault.None;

            // The filter bit may change only outside automatic mode, which a node's reset does not end.
            int filterNow = _bus.Read(Register.Configuration) & Configuration.Filter50;
            _bus.Write(Register.Configuration, (byte)filterNow);
            WriteAll(_base | Configuration.FaultClear);
            _expected = _base;
            ReadAll();
            RequireAnswer();
            RequireWritten(SensorFault.NotConfigured);
            if (mode == Max31865Mode.Automatic)
            {
                BeginAutomatic();
            }
        }

        /// <summary>Sends current through the probe, checks its wires, and begins a conversion. Takes 11 ms; other threads may run.</summary>
        /// <remarks>
        /// The result is there after <see cref="ConversionMicroseconds"/>; <see cref="TryRead"/> fetches it and ends the current. The
        /// fault cycle runs every time, for a wire that touches ground leaves a result that looks valid (tables 10 to 12).
        /// </remarks>
        /// <exception cref="BusException">The chip did not answer.</exception>
        [HotPath]
        public void StartOneShot()
        {
            _converting = false;
            Bias(true); // a voltage fault comes back the moment it is cleared, so once more after it has gone
            RunCycle();
            Begin(Configuration.OneShot, ConversionMicroseconds);
        }

        /// <summary>Takes the newest result if there is one that was not taken yet.</summary>
        /// <param name="code">15-bit share of the reference, see <see cref="Celsius"/>; 0 when there is no result.</param>
        /// <returns>1 when <paramref name="code"/> is a new result, 0 when there is none yet or <see cref="ProbeFault"/> says why not.</returns>
        /// <exception cref="SensorException">
        /// <see cref="SensorFault.BrownOut"/> or <see cref="SensorFault.Corrupt"/>: the settings are not what was written; call
        /// <see cref="Start"/>.
        /// </exception>
        /// <exception cref="BusException">The chip did not answer, or had not heard of the last conversion.</exception>
        [HotPath]
        public int TryRead(out int code)
        {
            code = 0;
            long now = _clock.Microseconds;
            if (!_converting || now - _began < _takes)
            {
                return 0;
            }

            ReadAll();
            RequireWritten(SensorFault.BrownOut);
            if ((_map[Register.Configuration] & Configuration.OneShot) == Configuration.OneShot)
            {
                return 0; // later than the data sheet's maximum; the node's patience with a chip without data ends this
            }

            int result = (_map[Register.RtdMsb] << 8) | _map[Register.RtdLsb];
            Judge(result);
            bool good = ProbeFault == SensorFault.None;
            if (_mode == Max31865Mode.OneShot)
            {
                _converting = false;
                Rest();
            }
            else
            {
                _began = now;
                _takes = (_base & Configuration.Filter50) == Configuration.Filter50 ? PeriodMicroseconds50 : PeriodMicroseconds60;
                if (!good)
                {
                    FindCause(result);
                }
            }

            if (!good)
            {
                return 0;
            }

            code = result >> 1;
            return 1;
        }

        /// <summary>Turns a result into a temperature, for the probe and the reference given to <see cref="Start"/>.</summary>
        /// <param name="code">From <see cref="TryRead"/>.</param>
        /// <returns>Degrees Celsius.</returns>
        [HotPath]
        public float Celsius(int code)
        {
            return ToCelsius(code, _reference, _probe);
        }

        /// <summary>In automatic mode, looks for wires that touch ground, which conversions do not notice. Takes 11 ms.</summary>
        /// <remarks>Conversion begins anew afterwards. In one-shot mode every conversion does this.</remarks>
        /// <returns>What was found; also in <see cref="ProbeFault"/>.</returns>
        /// <exception cref="BusException">The chip did not answer.</exception>
        public SensorFault CheckWires()
        {
            ReadAll();
            RequireWritten(SensorFault.BrownOut);
            FindCause((_map[Register.RtdMsb] << 8) | _map[Register.RtdLsb]);
            return ProbeFault;
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

        /// <summary>Ends conversion and current. <see cref="Start"/> begins anew.</summary>
        /// <exception cref="BusException">The transfer failed.</exception>
        public void Stop()
        {
            _converting = false;
            Rest();
        }

        private void BeginAutomatic()
        {
            Bias(true);
            RunCycle();
            Begin(Configuration.Automatic, ConversionMicroseconds);
            ReadAll();
            RequireWritten(SensorFault.NotConfigured);
        }

        // Without current in the probe a conversion gives any number, so it must be seen to be on.
        [HotPath]
        private void Bias(bool clearFaults)
        {
            int on = _base | Configuration.Bias;
            _bus.Write(Register.Configuration, (byte)(clearFaults ? on | Configuration.FaultClear : on));
            _clock.Wait(SettleMicroseconds);
            if (_bus.Read(Register.Configuration) != on)
            {
                throw new BusException(_bus.Name, Register.Configuration, BusStatus.Silent);
            }
        }

        // "Fault Detection Cycle": 100X010Xb; the bits clear themselves. Sets D5 to D3 of the fault status.
        [HotPath]
        private void RunCycle()
        {
            _bus.Write(Register.Configuration, (byte)(_base | Configuration.Bias | Configuration.AutomaticCycle));
            _clock.Wait(FaultCycleMicroseconds);
        }

        // "1-Shot (D5)": after a multibyte write the conversion begins at its end, when chip select rises.
        [HotPath]
        private void Begin(int kind, int takes)
        {
            int configuration = _base | Configuration.Bias | kind;
            _expected = configuration & ~Configuration.OneShot;
            WriteAll(configuration);
            _began = _clock.Microseconds;
            _takes = takes;
            _converting = true;
        }

        // Current off and, in the same write, faults cleared: D1 set with D5, D3 and D2 clear ("Fault Status Clear (D1)").
        [HotPath]
        private void Rest()
        {
            _expected = _base;
            _bus.Write(Register.Configuration, (byte)(_base | Configuration.FaultClear));
        }

        // In automatic mode the cycle has not run: it tells a broken wire from a short, then conversion begins anew.
        [HotPath]
        private void FindCause(int result)
        {
            Bias(false); // and automatic mode off; the faults found stay
            RunCycle();
            _expected = _base | Configuration.Bias;
            ReadAll();
            RequireWritten(SensorFault.BrownOut);
            Judge(result);
            _bus.Write(Register.Configuration, (byte)(_base | Configuration.Bias | Configuration.FaultClear));
            Begin(Configuration.Automatic, ConversionMicroseconds);
        }

        [HotPath]
        private void Judge(int result)
        {
            int status = _map[Register.FaultStatus];
            LastFaultStatus = status;
            ProbeFault = Decode(status, result >> 1, (result & 1) == 1);
        }

        // Tables 10 to 12, the most certain cause first.
        [HotPath]
        private SensorFault Decode(int status, int code, bool faulty)
        {
            if ((status & FaultStatus.OverUnderVoltage) == FaultStatus.OverUnderVoltage)
            {
                return SensorFault.InputVoltage;
            }

            bool high = (status & FaultStatus.RtdHigh) == FaultStatus.RtdHigh;
            if ((status & FaultStatus.ReferenceHigh) == FaultStatus.ReferenceHigh)
            {
                // Two wires that are not open at full scale touch the supply (table 10); else the current's path is broken.
                return _wires == Max31865Wires.Two && !high ? SensorFault.SensorShort : SensorFault.SensorOpen;
            }

            if ((status & (FaultStatus.ReferenceLow | FaultStatus.InputLow | FaultStatus.RtdLow)) != 0)
            {
                return SensorFault.SensorShort;
            }

            if (high)
            {
                return code == FullScale ? SensorFault.SensorOpen : SensorFault.OutOfRange;
            }

            // No bit says why: then there must be no fault, and the result within the thresholds that the chip compares it with.
            return faulty || code < _lowCode || code >= _highCode ? SensorFault.Corrupt : SensorFault.None;
        }

        [HotPath]
        private void WriteAll(int configuration)
        {
            _written[Register.Configuration] = (byte)configuration;
            _written[Register.LowThresholdLsb] ^= Marker;
            _bus.Write(Register.Configuration, _written, WrittenBytes);
        }

        [HotPath]
        private void ReadAll()
        {
            _bus.Read(Register.Configuration, _map, MapBytes);
        }

        private void RequireAnswer()
        {
            if (IsSilent())
            {
                throw new SensorException(Part, SensorFault.NoAnswer, Register.Configuration, _map[Register.Configuration], _base);
            }
        }

        // The thresholds are never all ones or all zeros, so a frame of nothing else came from no chip.
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
                throw new BusException(_bus.Name, Register.Configuration, BusStatus.Silent);
            }

            for (byte register = Register.HighThresholdMsb; register <= Register.LowThresholdLsb; register++)
            {
                if (_map[register] != _written[register])
                {
                    Refuse(register, whenReset);
                }
            }

            int found = _map[Register.Configuration] & ~Configuration.OneShot;
            if (found != _expected)
            {
                throw new SensorException(Part, SensorFault.NotConfigured, Register.Configuration, found, _expected);
            }
        }

        [HotPath]
        private void Refuse(byte register, SensorFault whenReset)
        {
            int found = _map[register];
            int expected = _written[register];
            if (register == Register.LowThresholdLsb && (found ^ expected) == Marker)
            {
                _converting = false; // the frame that began the last conversion got lost: what the chip holds is an older result
                throw new BusException(_bus.Name, register, BusStatus.Silent);
            }

            bool reset = _map[Register.HighThresholdMsb] == ResetHigh && _map[Register.LowThresholdMsb] == ResetLow;
            bool garbled = !reset && whenReset == SensorFault.BrownOut;
            throw new SensorException(Part, garbled ? SensorFault.Corrupt : whenReset, register, found, expected);
        }
    }
}
