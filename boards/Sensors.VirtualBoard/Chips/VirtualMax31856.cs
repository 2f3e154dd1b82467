using System;
using System.Device.Spi;

namespace Sensors.VirtualBoard
{
    /// <summary>MAX31856 thermocouple converter, as its SPI bus sees it. Data sheet: Maxim 19-7534 Rev. 0; names in quotes are its headings.</summary>
    /// <remarks>
    /// <para>
    /// SPI modes 1 and 3, at most 5 MHz, 400 ns between frames; bit 7 of the command byte writes, the address moves on; what is not
    /// defined reads FFh. CR0 acts when chip select rises, so a one-shot begins there; its bit reads 1 until the conversion ends.
    /// </para>
    /// <para>
    /// A one-shot, and the first conversion in automatic mode, takes 143 ms (60 Hz) or 169 ms (50 Hz) and 33.3 or 40 ms for each
    /// further sample averaged; the next in automatic mode 82 or 98 ms and 16.7 or 20 ms (typical). With OCFAULT set, an open-circuit
    /// test (table 4) comes with each one-shot, and with the first and then every 16th automatic conversion. A voltage beyond the
    /// supply suspends conversions: nothing ends until it is gone.
    /// </para>
    /// <para>
    /// The cold-junction registers hold what the sensor says plus the offset register; with CR0 bit 3 set they are the user's. Faults
    /// follow the last conversion (CR0 bit 2 clear) or stay until cleared (set); the mask register does not hide them here, only from
    /// the FAULT pin.
    /// </para>
    /// <para>
    /// Stated response: an ideal thermocouple of the type set; an error of the cold-junction value is carried over one to one. While
    /// open, and not yet tested, it shows the cold junction. Counted as violations: a change of the filter bit or the type, in
    /// automatic mode. Assumed, for the data sheet was not seen there: an open-circuit test with every one-shot. Not modelled: the
    /// voltage modes of CR1, the hysteresis of the thresholds, and a short to ground, which the chip does not notice.
    /// </para>
    /// </remarks>
    public sealed class VirtualMax31856 : VirtualByteChip, ISpiChip
    {
        private const int LastAddress = 0x7F;
        private const double CelsiusPerLsb = 0.0078125;
        private const double ColdCelsiusPerLsb = 0.015625;
        private const double OffsetCelsiusPerLsb = 0.0625;
        private const double ThresholdCelsiusPerLsb = 0.0625;
        private const int Highest = 0x3FFFF, Lowest = -0x40000, ColdHighest = 0x1FFF, ColdLowest = -0x2000;
        private const double ColdLowestCelsius = -55, ColdHighestCelsius = 125;
        private const double First60 = 143, First50 = 169, Next60 = 82, Next50 = 98;
        private const double PerSampleFirst60 = 1000 / 30.0, PerSampleFirst50 = 40, PerSampleNext60 = 1000 / 60.0, PerSampleNext50 = 20;
        private const int ConversionsPerOpenTest = 16;
        private const double NanosecondsPerMillisecond = 1e6;
        private const int EvaluatedAtMost = 64;
        private const long Never = long.MaxValue;

        private static readonly SpiRules Rules = new()
        {
            Mode = SpiMode.Mode3,
            OtherMode = SpiMode.Mode1,
            MaximumClockHz = 5_000_000,
            MinimumGapNanoseconds = 400,
            DirectionBit = 0x80,
            DirectionBitReads = false,
            AddressMask = LastAddress,
        };

        private readonly ITemperatureSource _source;
        private readonly ITemperatureSource _ambient;
        private readonly Max31856Options _options;
        private readonly ulong _seed;
        private readonly byte[] _registers = new byte[Max31856Map.Size];
        private byte? _written;     // CR0 that acts when chip select rises
        private bool _moved;        // the address has moved on in this frame
        private bool _oneShot;
        private bool _fresh;
        private bool _foundOpen;
        private long _conversionEnd;
        private long _span;
        private long _untested;     // conversions since the last open-circuit test
        private long _conversions;

        /// <summary>Makes a chip that is powered now.</summary>
        /// <param name="time">The board's time.</param>
        /// <param name="source">What the thermocouple's hot end touches.</param>
        /// <param name="ambient">What the chip, and with it the cold end, touches.</param>
        /// <param name="seed">The board's seed; the chip derives its own from it and its name.</param>
        /// <param name="name">Name in fault plans and messages.</param>
        /// <param name="options">How this specimen differs from the ideal one; null for the ideal one with noise.</param>
        public VirtualMax31856(
            VirtualTime time, ITemperatureSource source, ITemperatureSource ambient, ulong seed, string name = "temp1", Max31856Options? options = null)
            : base(time, name, Rules)
        {
            ArgumentNullException.ThrowIfNull(source);
            ArgumentNullException.ThrowIfNull(ambient);
            _source = source;
            _ambient = ambient;
            _options = options ?? new Max31856Options();
            _seed = NoiseDraw.DeriveSeed(seed, name);
            Reset(time.Nanoseconds);
        }

        /// <summary>Gets or sets what is wrong with the thermocouple.</summary>
        public ThermocoupleFault ProbeFault { get; set; }

        /// <summary>Gets the conversions that ended.</summary>
        public long Conversions => _conversions;

        /// <summary>Tells the level of the DRDY pin now: low while there is a result that nobody has read.</summary>
        /// <returns>True for high.</returns>
        public bool DataReadyPin()
        {
            CatchUp(Time.Nanoseconds);
            return !_fresh;
        }

        /// <summary>Tells the level of the FAULT pin now: low while a fault is set that the mask register lets through.</summary>
        /// <returns>True for high.</returns>
        public bool FaultPin()
        {
            CatchUp(Time.Nanoseconds);
            return (_registers[Max31856Map.Status] & ~_registers[Max31856Map.Mask]) == 0;
        }

        private byte Cr0 => _registers[Max31856Map.Cr0];

        private bool Automatic => (Cr0 & Max31856Map.Auto) != 0;

        private bool At50Hertz => (Cr0 & Max31856Map.Filter50) != 0;

        private int Samples => 1 << Math.Min(4, (_registers[Max31856Map.Cr1] & Max31856Map.AveragingMask) >> 4);

        private int Type => Math.Min(Max31856Map.LastType, _registers[Max31856Map.Cr1] & Max31856Map.TypeMask);

        private protected override void Reset(long nanoseconds)
        {
            base.Reset(nanoseconds);
            Max31856Map.ResetValues.CopyTo(_registers, 0);
            _written = null;
            _moved = false;
            _oneShot = false;
            _fresh = false;
            _foundOpen = false;
            _conversionEnd = Never;
            _untested = 0;
        }

        private protected override int NextRegister(int register) => (register + 1) & LastAddress;

        private protected override byte ReadRegister(int register, long nanoseconds)
        {
            CatchUp(nanoseconds);
            if (register >= Max31856Map.Size)
            {
                RefuseRead(register, nanoseconds);
                return Max31856Map.Undefined;
            }

            _fresh &= register is < Max31856Map.ResultHigh or > Max31856Map.ResultLow;
            return register == Max31856Map.Cr0 && _oneShot ? (byte)(Cr0 | Max31856Map.OneShot) : _registers[register];
        }

        private protected override void WriteRegister(int register, byte value, long nanoseconds)
        {
            CatchUp(nanoseconds);
            bool meant = !_moved;
            _moved = true;
            bool cold = register is Max31856Map.ColdMsb or Max31856Map.ColdLsb;
            if (register == Max31856Map.Cr0)
            {
                _written = value;
            }
            else if (register <= Max31856Map.ColdOffset || (cold && (Cr0 & Max31856Map.ColdDisabled) != 0))
            {
                bool typeChanges = register == Max31856Map.Cr1 && value != _registers[register];
                if (typeChanges && Automatic)
                {
                    Violations.Add(nanoseconds, "type or averaging changed in automatic mode");
                }

                _registers[register] = value;
            }
            else if (meant || register >= Max31856Map.Size)
            {
                RefuseWrite(register, value, nanoseconds);
            }
        }

        private protected override void EndTransaction(long nanoseconds)
        {
            _moved = false;
            if (_written is byte value)
            {
                _written = null;
                Configure(value, nanoseconds);
            }
        }

        private void Configure(byte value, long now)
        {
            byte old = Cr0;
            if (((old ^ value) & Max31856Map.Filter50) != 0 && Automatic)
            {
                Violations.Add(now, "filter bit changed in automatic mode");
            }

            bool wasAutomatic = Automatic;
            _registers[Max31856Map.Cr0] = (byte)(value & ~(Max31856Map.OneShot | Max31856Map.FaultClear));
            if ((value & Max31856Map.OpenTest) == 0)
            {
                _foundOpen = false;
            }

            if ((value & Max31856Map.FaultClear) != 0)
            {
                _registers[Max31856Map.Status] = 0;
                _foundOpen = false;
            }

            if (Automatic && !wasAutomatic)
            {
                _untested = ConversionsPerOpenTest; // the first conversion is tested
                Begin(now, first: true);
            }
            else if (!Automatic && (value & Max31856Map.OneShot) != 0)
            {
                _oneShot = true;
                _untested = ConversionsPerOpenTest;
                Begin(now, first: true);
            }
            else if (wasAutomatic && !Automatic)
            {
                _conversionEnd = Never;
            }
        }

        private void Begin(long now, bool first)
        {
            double milliseconds = first
                ? (At50Hertz ? First50 : First60) + ((Samples - 1) * (At50Hertz ? PerSampleFirst50 : PerSampleFirst60))
                : (At50Hertz ? Next50 : Next60) + ((Samples - 1) * (At50Hertz ? PerSampleNext50 : PerSampleNext60));
            if (_untested >= ConversionsPerOpenTest)
            {
                milliseconds += Max31856Map.OpenTestMilliseconds[(Cr0 & Max31856Map.OpenTest) >> 4];
            }

            _span = (long)(milliseconds * NanosecondsPerMillisecond / ClockSpeed(_options.RateErrorPpm));
            _conversionEnd = now + _span;
        }

        private void CatchUp(long now)
        {
            if (ProbeFault == ThermocoupleFault.ShortToSupply)
            {
                _registers[Max31856Map.Status] |= Max31856Map.OverUnderVoltage;
                if (_conversionEnd != Never)
                {
                    _conversionEnd = Math.Max(_conversionEnd, now + _span); // begins anew once the voltage is gone
                }

                return;
            }

            if ((Cr0 & Max31856Map.Latching) == 0)
            {
                _registers[Max31856Map.Status] &= unchecked((byte)~Max31856Map.OverUnderVoltage);
            }

            if (_conversionEnd <= now && !Automatic)
            {
                Convert();
                _oneShot = false;
                _conversionEnd = Never;
            }
            else if (_conversionEnd <= now)
            {
                while (_conversionEnd <= now)
                {
                    Convert();
                    Begin(_conversionEnd, first: false);
                    long skipped = Math.Max(0, (now - _conversionEnd - (EvaluatedAtMost * _span)) / _span);
                    _conversionEnd += skipped * _span;
                    _conversions += skipped;
                }
            }
        }

        private void Convert()
        {
            double seconds = Math.Max(0, (_conversionEnd - (_span / 2)) * 1e-9);
            bool open = ProbeFault == ThermocoupleFault.Open;
            if (_untested++ >= ConversionsPerOpenTest)
            {
                _untested = 1;
                _foundOpen = open && (Cr0 & Max31856Map.OpenTest) != 0;
            }

            var noise = new NoiseDraw(_seed, _conversions++);
            double cold = _ambient.CelsiusAt(seconds);
            double shown = MeasureCold(cold);
            double hot = (open ? cold : _source.CelsiusAt(seconds)) + shown - cold + (noise.Next() * _options.NoiseCelsius / Math.Sqrt(Samples));
            if (!Faults.StuckData)
            {
                int result = (int)Math.Clamp(Math.Round(hot / CelsiusPerLsb), Lowest, Highest) << 5;
                _registers[Max31856Map.ResultHigh] = (byte)(result >> 16);
                _registers[Max31856Map.ResultHigh + 1] = (byte)(result >> 8);
                _registers[Max31856Map.ResultLow] = (byte)result;
            }

            _fresh = true;
            int status = (Cr0 & Max31856Map.Latching) != 0 ? _registers[Max31856Map.Status] : 0;
            _registers[Max31856Map.Status] = (byte)(status | FaultsOf(hot, shown));
        }

        // "Cold-Junction Temperature": the registers hold the sum with the offset register, 14 bits on the left.
        private double MeasureCold(double cold)
        {
            if ((Cr0 & Max31856Map.ColdDisabled) == 0)
            {
                double celsius = cold + _options.ColdJunctionErrorCelsius
                    + ((sbyte)_registers[Max31856Map.ColdOffset] * OffsetCelsiusPerLsb);
                int value = (int)Math.Clamp(Math.Round(celsius / ColdCelsiusPerLsb), ColdLowest, ColdHighest) << 2;
                _registers[Max31856Map.ColdMsb] = (byte)(value >> 8);
                _registers[Max31856Map.ColdLsb] = (byte)value;
            }

            return (Word(Max31856Map.ColdMsb) >> 2) * ColdCelsiusPerLsb;
        }

        private int FaultsOf(double hot, double cold)
        {
            int found = _foundOpen ? Max31856Map.OpenCircuit : 0;
            found |= cold is < ColdLowestCelsius or > ColdHighestCelsius ? Max31856Map.ColdRange : 0;
            found |= hot < Max31856Map.LowestCelsius[Type] || hot > Max31856Map.HighestCelsius[Type] ? Max31856Map.Range : 0;
            found |= cold > (sbyte)_registers[Max31856Map.ColdHigh] ? Max31856Map.AboveColdHigh : 0;
            found |= cold < (sbyte)_registers[Max31856Map.ColdLow] ? Max31856Map.BelowColdLow : 0;
            found |= hot > Word(Max31856Map.High) * ThresholdCelsiusPerLsb ? Max31856Map.AboveHigh : 0;
            found |= hot < Word(Max31856Map.Low) * ThresholdCelsiusPerLsb ? Max31856Map.BelowLow : 0;
            return found;
        }

        private short Word(int register) => (short)((_registers[register] << 8) | _registers[register + 1]);
    }
}
