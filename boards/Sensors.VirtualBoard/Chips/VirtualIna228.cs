using System;

namespace Sensors.VirtualBoard
{
    /// <summary>INA228 current, energy and charge monitor, as its I2C bus sees it at 0x40 to 0x4F. Data sheet: Texas Instruments SLYS021A.</summary>
    /// <remarks>
    /// <para>
    /// Registers of 16, 24 and 40 bits behind one pointer; VSHUNT, VBUS and CURRENT carry 20 bits in the upper part of 24. Shunt 312.5 nV
    /// (ADCRANGE = 0) or 78.125 nV, bus 195.3125 µV, temperature 7.8125 m°C per LSB. CURRENT = VSHUNT x 4096 / SHUNT_CAL, 0 with
    /// SHUNT_CAL = 0; POWER = |CURRENT| x VBUS in units of 3.2 x Current_LSB; ENERGY adds POWER x seconds / 16, CHARGE adds CURRENT x seconds.
    /// Both wrap past 40 bits and set their flag, which clears when the register is read. MATHOF is set by what exceeds its register.
    /// </para>
    /// <para>
    /// CNVRF is set by a complete result. With ALATCH it stays until 0Bh is read; without, it clears by itself, here when the next
    /// conversion begins, so that a poll nearly always misses it. Limit flags follow the comparison, with ALATCH they stay until 0Bh
    /// is read. Not modelled: the shunt's temperature compensation (TEMPCOMP is a violation), CONVDLY, SLOWALERT, the pin.
    /// </para>
    /// <para>The source is averaged over the conversion at 16 points; unseen results of a long pause are made up to the last 64, the rest is added to energy and charge as they were.</para>
    /// </remarks>
    public sealed partial class VirtualIna228 : VirtualWordChip
    {
        private readonly ICurrentSource _source;
        private readonly Ina228Options _options;
        private readonly ulong _seed;
        private readonly ushort[] _limits = new ushort[6];
        private ushort _config;
        private ushort _adc;
        private ushort _shuntCal;
        private ushort _tempco;
        private ushort _settings; // of DIAG_ALRT
        private ushort _flags;
        private int _shunt;
        private int _bus;
        private short _temperature;
        private int _current;
        private uint _power;
        private double _energy;
        private double _charge;

        /// <summary>Makes a chip that is powered now.</summary>
        /// <param name="time">The board's time.</param>
        /// <param name="source">The current through its shunt, and its bus voltage.</param>
        /// <param name="seed">The board's seed; the chip derives its own from it and its name.</param>
        /// <param name="name">Name in fault plans and messages.</param>
        /// <param name="options">The shunt and how this specimen differs from the ideal one; null for 15 mΩ and noise only.</param>
        /// <exception cref="ArgumentOutOfRangeException">The shunt's resistance is not more than 0.</exception>
        public VirtualIna228(VirtualTime time, ICurrentSource source, ulong seed, string name = "cur1", Ina228Options? options = null)
            : base(time, name)
        {
            ArgumentNullException.ThrowIfNull(source);
            _source = source;
            _options = options ?? new Ina228Options();
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

        /// <summary>Sets the energy register, as hours of load would: to see it overflow.</summary>
        /// <param name="digits">40 bits.</param>
        public void PresetEnergy(long digits) => _energy = digits;

        /// <summary>Sets the charge register, as hours of load would: to see it overflow.</summary>
        /// <param name="digits">40 bits with sign.</param>
        public void PresetCharge(long digits) => _charge = digits;

        private protected override void Reset(long nanoseconds)
        {
            base.Reset(nanoseconds);
            _config = 0;
            _adc = Ina228Map.AdcConfigReset;
            _shuntCal = Ina228Map.ShuntCalReset;
            _tempco = 0;
            _settings = Ina228Map.DiagnosisReset;
            _flags = 0;
            _limits[0] = Ina228Map.ShuntOverReset;
            _limits[1] = Ina228Map.ShuntUnderReset;
            _limits[2] = Ina228Map.BusOverReset;
            _limits[3] = Ina228Map.BusUnderReset;
            _limits[4] = Ina228Map.TemperatureLimitReset;
            _limits[5] = Ina228Map.PowerLimitReset;
            _shunt = 0;
            _bus = 0;
            _temperature = 0;
            _current = 0;
            _power = 0;
            _energy = 0;
            _charge = 0;
            BeginConversion(nanoseconds);
        }

        private protected override int BytesOf(int register) => register switch
        {
            Ina228Map.Shunt or Ina228Map.Bus or Ina228Map.Current or Ina228Map.Power => 3,
            Ina228Map.Energy or Ina228Map.Charge => 5,
            _ => 2,
        };

        private protected override ulong ReadWide(int register, long nanoseconds)
        {
            CatchUp(nanoseconds);
            switch (register)
            {
                case Ina228Map.Shunt:
                    return (ulong)(_shunt << 4);
                case Ina228Map.Bus:
                    return (ulong)(_bus << 4);
                case Ina228Map.Current:
                    return (ulong)(_current << 4);
                case Ina228Map.Power:
                    return _power;
                case Ina228Map.Energy:
                    _flags &= unchecked((ushort)~Ina228Map.EnergyOverflow);
                    return (ulong)_energy;
                case Ina228Map.Charge:
                    _flags &= unchecked((ushort)~Ina228Map.ChargeOverflow);
                    return (ulong)(long)Math.Floor(_charge);
                default:
                    return ReadWord(register, nanoseconds);
            }
        }

        private protected override ushort ReadWord(int register, long nanoseconds)
        {
            switch (register)
            {
                case Ina228Map.Config:
                    return _config;
                case Ina228Map.AdcConfig:
                    return _adc;
                case Ina228Map.ShuntCal:
                    return _shuntCal;
                case Ina228Map.ShuntTempco:
                    return _tempco;
                case Ina228Map.Temperature:
                    return (ushort)_temperature;
                case Ina228Map.Diagnosis:
                    return ReadDiagnosis();
                case >= Ina228Map.ShuntOver and <= Ina228Map.PowerLimit:
                    return _limits[register - Ina228Map.ShuntOver];
                case Ina228Map.ManufacturerId:
                    return Ina228Map.ManufacturerIdValue;
                case Ina228Map.DeviceId:
                    int own = (Ina228Map.DeviceIdValue & 0xFFF0) | _options.Revision;
                    return (ushort)Faults.Identity(own, RelativeDevice);
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
                case Ina228Map.Config when (value & Ina228Map.ResetBit) != 0:
                    Reset(nanoseconds);
                    break;
                case Ina228Map.Config:
                    WriteConfig(value, nanoseconds);
                    break;
                case Ina228Map.AdcConfig:
                    _adc = value;
                    if (Converts)
                    {
                        _flags &= unchecked((ushort)~(Ina228Map.ReadyFlag | Ina228Map.MathOverflow));
                    }

                    BeginConversion(nanoseconds);
                    break;
                case Ina228Map.ShuntCal:
                    _shuntCal = (ushort)(value & Ina228Map.ShuntCalMask);
                    break;
                case Ina228Map.ShuntTempco:
                    _tempco = (ushort)(value & Ina228Map.TempcoMask);
                    break;
                case Ina228Map.Diagnosis:
                    _settings = (ushort)(value & Ina228Map.DiagnosisWritable | Ina228Map.DiagnosisReset);
                    break;
                case >= Ina228Map.ShuntOver and <= Ina228Map.PowerLimit:
                    _limits[register - Ina228Map.ShuntOver] = value;
                    break;
                default:
                    Violations.Add(nanoseconds, $"write of 0x{value:X4} to register 0x{register:X2}, which is read-only or not defined");
                    break;
            }
        }

        private void WriteConfig(ushort value, long nanoseconds)
        {
            if ((value & Ina228Map.ResetAccumulators) != 0)
            {
                _energy = 0;
                _charge = 0;
                _flags &= unchecked((ushort)~(Ina228Map.EnergyOverflow | Ina228Map.ChargeOverflow | Ina228Map.MathOverflow));
            }

            if ((value & Ina228Map.Compensation) != 0)
            {
                Violations.Add(nanoseconds, "TEMPCOMP is set, which this model does not know");
            }

            _config = (ushort)(value & Ina228Map.ConfigKept);
        }

        private ushort ReadDiagnosis()
        {
            int value = _settings | _flags;
            if ((_settings & Ina228Map.Latch) != 0)
            {
                _flags &= Ina228Map.EnergyOverflow | Ina228Map.ChargeOverflow | Ina228Map.MathOverflow;
            }

            return (ushort)value;
        }
    }
}
