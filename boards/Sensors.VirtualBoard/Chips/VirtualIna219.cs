using System;

namespace Sensors.VirtualBoard
{
    /// <summary>INA219 current and power monitor, as its I2C bus sees it at 0x40 to 0x4F. Data sheet: Texas Instruments SBOS448G.</summary>
    /// <remarks>
    /// <para>
    /// Shunt 10 µV, bus 4 mV per LSB; PG sets where the shunt voltage ends (40 to 320 mV), BRNG where the bus voltage does (16 or
    /// 32 V). Current = Shunt × CAL / 4096, Power = |Current| × Bus / 5000; with CAL = 0 both stay 0. Bit 0 of CAL is always 0. OVF is set when
    /// one exceeds its register. CNVR is set when a result is complete and clears on reading the power register, or on writing a
    /// converting mode. Writing the configuration begins anew; RST puts every register back. There is no identity.
    /// </para>
    /// <para>The source is averaged over the conversion at 16 points. Not modelled: the 4 µs a register takes above 1 MHz of SCL.</para>
    /// </remarks>
    public sealed class VirtualIna219 : VirtualWordChip
    {
        private const double VoltsPerShuntLsb = 1e-5;
        private const double VoltsPerBusLsb = 4e-3;
        private const int CurrentDivider = 4096;
        private const int PowerDivider = 5000;
        private const int RangeLsb = 4000;
        private const int BusLsb16 = 4000, BusLsb32 = 8000;
        private const int Points = 16;
        private const int ModeShunt = 1, ModeBus = 2, ModeContinuous = 4;
        private const long Never = long.MaxValue;
        private const long NanosecondsPerMicrosecond = 1000;
        private const double SampleMicroseconds = 532;

        private readonly ICurrentSource _source;
        private readonly Ina219Options _options;
        private readonly ulong _seed;
        private ushort _config;
        private ushort _calibration;
        private short _shunt;
        private ushort _bus;
        private ushort _power;
        private short _current;
        private bool _ready;
        private bool _overflow;
        private long _end;
        private long _period;

        /// <summary>Makes a chip that is powered now.</summary>
        /// <param name="time">The board's time.</param>
        /// <param name="source">The current through its shunt, and its bus voltage.</param>
        /// <param name="seed">The board's seed; the chip derives its own from it and its name.</param>
        /// <param name="name">Name in fault plans and messages.</param>
        /// <param name="options">The shunt and how this specimen differs from the ideal one; null for 0.1 Ω and noise only.</param>
        /// <exception cref="ArgumentOutOfRangeException">The shunt's resistance is not more than 0.</exception>
        public VirtualIna219(VirtualTime time, ICurrentSource source, ulong seed, string name = "cur1", Ina219Options? options = null)
            : base(time, name)
        {
            ArgumentNullException.ThrowIfNull(source);
            _source = source;
            _options = options ?? new Ina219Options();
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(_options.ShuntOhms);
            _seed = NoiseDraw.DeriveSeed(seed, name);
            Reset(time.Nanoseconds);
        }

        /// <summary>Gets how many results were completed since the chip had power.</summary>
        public long Conversions
        {
            get
            {
                CatchUp(Time.Nanoseconds);
                return Made;
            }
        }

        private long Made { get; set; }

        private int Mode => _config & 7;

        private int BusTime => (_config >> 7) & 15;

        private int ShuntTime => (_config >> 3) & 15;

        private protected override void Reset(long nanoseconds)
        {
            base.Reset(nanoseconds);
            _config = Ina219Map.ConfigurationReset;
            _calibration = 0;
            _shunt = 0;
            _bus = 0;
            _power = 0;
            _current = 0;
            _ready = false;
            _overflow = false;
            BeginConversion(nanoseconds);
        }

        private protected override ushort ReadWord(int register, long nanoseconds)
        {
            CatchUp(nanoseconds);
            switch (register)
            {
                case Ina219Map.Configuration:
                    return _config;
                case Ina219Map.Shunt:
                    return (ushort)_shunt;
                case Ina219Map.Bus:
                    return (ushort)((_bus << 3) | (_ready ? Ina219Map.Ready : 0) | (_overflow ? Ina219Map.Overflow : 0));
                case Ina219Map.Power:
                    _ready = false;
                    return _power;
                case Ina219Map.Current:
                    return (ushort)_current;
                case Ina219Map.Calibration:
                    return _calibration;
                default:
                    Strays.Add(nanoseconds, $"read of register 0x{register:X2}, which the data sheet does not define");
                    return 0;
            }
        }

        private protected override void WriteWord(int register, ushort value, long nanoseconds)
        {
            CatchUp(nanoseconds);
            switch (register)
            {
                case Ina219Map.Configuration when (value & Ina219Map.ResetBit) != 0:
                    Reset(nanoseconds);
                    break;
                case Ina219Map.Configuration:
                    _config = (ushort)(value & Ina219Map.Settable);
                    if ((Mode & (ModeShunt | ModeBus)) != 0)
                    {
                        _ready = false;
                    }

                    BeginConversion(nanoseconds);
                    break;
                case Ina219Map.Calibration:
                    _calibration = (ushort)(value & Ina219Map.CalibrationMask);
                    break;
                default:
                    Violations.Add(nanoseconds, $"write of 0x{value:X4} to register 0x{register:X2}, which is read-only or not defined");
                    break;
            }
        }

        private void BeginConversion(long nanoseconds)
        {
            int shunt = (Mode & ModeShunt) != 0 ? Ina219Map.ConversionMicroseconds[ShuntTime] : 0;
            int bus = (Mode & ModeBus) != 0 ? Ina219Map.ConversionMicroseconds[BusTime] : 0;
            _period = (long)((shunt + bus) * NanosecondsPerMicrosecond / ClockSpeed(_options.RateErrorPpm));
            _end = _period > 0 ? nanoseconds + _period : Never;
        }

        private void CatchUp(long nanoseconds)
        {
            if (_end > nanoseconds)
            {
                return;
            }

            bool continuous = (Mode & ModeContinuous) != 0;
            long unseen = continuous ? (nanoseconds - _end) / _period : 0;
            Made += unseen;
            _end += unseen * _period;
            Convert();
            Made++;
            if (continuous)
            {
                BeginConversion(_end);
            }
            else
            {
                _end = Never;
            }
        }

        private void Convert()
        {
            Measure(out double amperes, out double volts);
            var noise = new NoiseDraw(_seed, Made);
            if (!Faults.StuckData && (Mode & ModeShunt) != 0)
            {
                double shuntVolts = (amperes * _options.ShuntOhms * (1 + (_options.GainErrorPercent / 100))) + (_options.OffsetMicrovolts * 1e-6);
                int range = RangeLsb << ((_config >> 11) & 3);
                _shunt = (short)Quantise(shuntVolts / VoltsPerShuntLsb, ShuntTime, -range, range, noise.Next());
            }

            if (!Faults.StuckData && (Mode & ModeBus) != 0)
            {
                int range = (_config & Ina219Map.Bus32) != 0 ? BusLsb32 : BusLsb16;
                _bus = (ushort)Quantise(volts / VoltsPerBusLsb, BusTime, 0, range, noise.Next());
            }

            int current = _shunt * _calibration / CurrentDivider;
            long power = Math.Abs((long)current) * _bus / PowerDivider;
            _overflow = current is < short.MinValue or > short.MaxValue || power > ushort.MaxValue;
            _current = (short)Math.Clamp(current, short.MinValue, short.MaxValue);
            _power = (ushort)Math.Min(power, ushort.MaxValue);
            _ready = true;
        }

        private int Quantise(double lsb, int time, int low, int high, double noise)
        {
            double samples = Math.Max(1, Ina219Map.ConversionMicroseconds[time] / SampleMicroseconds);
            int step = time < Ina219Map.MissingBits.Length ? 1 << Ina219Map.MissingBits[time] : 1;
            double value = lsb + (noise * _options.NoiseLsb / Math.Sqrt(samples));
            return (int)Math.Clamp(Math.Round(value / step) * step, low, high);
        }

        private void Measure(out double amperes, out double volts)
        {
            amperes = 0;
            volts = 0;
            for (int i = 0; i < Points; i++)
            {
                double seconds = (_end - (_period * (i + 0.5) / Points)) * 1e-9;
                _source.At(Math.Max(0, seconds), out double a, out double v);
                amperes += a / Points;
                volts += v / Points;
            }
        }
    }
}
