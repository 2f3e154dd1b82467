using System;

namespace Sensors.VirtualBoard
{
    /// <summary>INA226 current and power monitor, as its I2C bus sees it at 0x40 to 0x4F. Data sheet: Texas Instruments SBOS547B.</summary>
    /// <remarks>
    /// <para>
    /// Shunt 2.5 µV, bus 1.25 mV per LSB. A result is there after AVG × (VSHCT + VBUSCT), then Current = Shunt × CAL / 2048 and
    /// Power = |Current| × Bus / 20000, both truncated; with CAL = 0 both stay 0. OVF is set when one exceeds its register.
    /// Writing 00h aborts the conversion and begins a new one, or in a triggered mode the one conversion; results stay readable.
    /// </para>
    /// <para>
    /// CVRF is set when all averages are done and clears on reading 06h or on writing 00h with a converting mode. One alert function
    /// works, the highest bit set; without LEN the flag follows the comparison, with LEN it stays until 06h is read.
    /// The source is averaged over the conversion at 16 points.
    /// </para>
    /// </remarks>
    public sealed partial class VirtualIna226 : VirtualWordChip
    {
        private const int UsualWrongIdentity = 0; // a die that tells nothing

        private readonly ICurrentSource _source;
        private readonly Ina226Options _options;
        private readonly ulong _seed;
        private ushort _config;
        private short _shunt;
        private ushort _bus;
        private ushort _power;
        private short _current;
        private ushort _calibration;
        private ushort _mask;
        private ushort _limit;
        private ushort _flags;

        /// <summary>Makes a chip that is powered now.</summary>
        /// <param name="time">The board's time.</param>
        /// <param name="source">The current through its shunt, and its bus voltage.</param>
        /// <param name="seed">The board's seed; the chip derives its own from it and its name.</param>
        /// <param name="name">Name in fault plans and messages.</param>
        /// <param name="options">The shunt and how this specimen differs from the ideal one; null for 10 mΩ and noise only.</param>
        /// <exception cref="ArgumentOutOfRangeException">The shunt's resistance is not more than 0.</exception>
        public VirtualIna226(VirtualTime time, ICurrentSource source, ulong seed, string name = "cur1", Ina226Options? options = null)
            : base(time, name)
        {
            ArgumentNullException.ThrowIfNull(source);
            _source = source;
            _options = options ?? new Ina226Options();
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(_options.ShuntOhms);
            _seed = NoiseDraw.DeriveSeed(seed, name);
            Reset(time.Nanoseconds);
        }

        /// <summary>Tells the level at the open-drain ALERT pin now, with its pull-up.</summary>
        /// <returns>True for high.</returns>
        public bool AlertPin()
        {
            CatchUp(Time.Nanoseconds);
            bool ready = (_mask & Ina226Map.ReadyAlert) != 0 && (_flags & Ina226Map.ReadyFlag) != 0;
            bool active = ready || (_flags & Ina226Map.AlertFlag) != 0;
            return active == ((_mask & Ina226Map.ActiveHigh) != 0);
        }

        private protected override void Reset(long nanoseconds)
        {
            base.Reset(nanoseconds);
            _config = Ina226Map.ConfigurationReset;
            _shunt = 0;
            _bus = 0;
            _power = 0;
            _current = 0;
            _calibration = 0;
            _mask = 0;
            _limit = 0;
            _flags = 0;
            BeginConversion(nanoseconds);
        }

        private protected override ushort ReadWord(int register, long nanoseconds)
        {
            CatchUp(nanoseconds);
            switch (register)
            {
                case Ina226Map.Configuration:
                    return _config;
                case Ina226Map.Shunt:
                    return (ushort)_shunt;
                case Ina226Map.Bus:
                    return _bus;
                case Ina226Map.Power:
                    return _power;
                case Ina226Map.Current:
                    return (ushort)_current;
                case Ina226Map.Calibration:
                    return _calibration;
                case Ina226Map.MaskEnable:
                    return ReadMask();
                case Ina226Map.AlertLimit:
                    return _limit;
                case Ina226Map.ManufacturerId:
                    return Ina226Map.ManufacturerIdValue;
                case Ina226Map.DieId:
                    return (ushort)Faults.Identity(Ina226Map.DieIdValue, UsualWrongIdentity);
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
                case Ina226Map.Configuration when (value & Ina226Map.Reset) != 0:
                    Reset(nanoseconds);
                    break;
                case Ina226Map.Configuration:
                    _config = (ushort)(Ina226Map.FixedBits | (value & Ina226Map.SettableBits));
                    if (Converts)
                    {
                        _flags &= unchecked((ushort)~Ina226Map.ReadyFlag);
                    }

                    BeginConversion(nanoseconds);
                    break;
                case Ina226Map.Calibration:
                    _calibration = (ushort)(value & Ina226Map.CalibrationMask);
                    break;
                case Ina226Map.MaskEnable:
                    _mask = (ushort)(value & Ina226Map.MaskWritable);
                    break;
                case Ina226Map.AlertLimit:
                    _limit = value;
                    break;
                default:
                    Violations.Add(nanoseconds, $"write of 0x{value:X4} to register 0x{register:X2}, which is read-only or not defined");
                    break;
            }
        }

        private ushort ReadMask()
        {
            int value = _mask | _flags;
            _flags &= unchecked((ushort)~Ina226Map.ReadyFlag);
            if ((_mask & Ina226Map.Latch) != 0)
            {
                _flags &= unchecked((ushort)~Ina226Map.AlertFlag);
            }

            return (ushort)value;
        }
    }
}
