using System;

namespace Sensors.VirtualBoard
{
    /// <summary>TMP117 thermometer, as its I2C bus sees it at 0x48 to 0x4B. Data sheet: Texas Instruments SNOSD82D; names in quotes are its headings.</summary>
    /// <remarks>
    /// <para>
    /// 7.8125 m°C per LSB; 8000h (-256 °C) until the first conversion ends. The first begins 1.5 ms after power; a conversion takes
    /// 15.5 ms times the averages, a cycle what CONV and AVG say ("Configuration Register"). A one-shot leaves the chip shut down.
    /// A write that changes MOD, CONV or AVG begins a new cycle.
    /// </para>
    /// <para>
    /// Reading 01h clears Data_Ready and, in alert mode, both alerts; reading 00h clears Data_Ready. In therm mode HIGH_Alert holds from above
    /// the high to below the low limit. Soft reset: deaf for 2 ms, then as after power. EEPROM words are written only while unlocked, 7 ms
    /// each; locked, 05h, 06h and 08h refuse (counted as a violation) and the others keep what is written until reset.
    /// </para>
    /// </remarks>
    public sealed class VirtualTmp117 : VirtualWordChip
    {
        private const double CelsiusPerLsb = 0.0078125;
        private const long NanosecondsPerMicrosecond = 1000;
        private const long PowerUpNanoseconds = 1_500_000;
        private const long SoftResetNanoseconds = 2_000_000;
        private const long ProgrammingNanoseconds = 7_000_000;
        private const long ConversionNanoseconds = 15_500_000;
        private const int EvaluatedAtMost = 64;
        private const int UsualWrongIdentity = 0x2117; // a TMP119
        private const long Never = long.MaxValue;

        private readonly ITemperatureSource _source;
        private readonly Tmp117Options _options;
        private readonly ulong _seed;
        private readonly ushort[] _eeprom = (ushort[])Tmp117Map.Delivered.Clone();
        private readonly ushort[] _words = new ushort[Tmp117Map.Delivered.Length];
        private ushort _flags;
        private ushort _result;
        private bool _unlocked;
        private long _programmedAt;
        private long _deafUntil;
        private long _nextEnd;
        private long _cycle;
        private long _conversions;
        private double _rateErrorPercent;

        /// <summary>Makes a chip that is powered now.</summary>
        /// <param name="time">The board's time.</param>
        /// <param name="source">What it touches.</param>
        /// <param name="seed">The board's seed; the chip derives its own from it and its name.</param>
        /// <param name="name">Name in fault plans and messages.</param>
        /// <param name="options">How this specimen differs from the ideal one; null for the ideal one with noise.</param>
        public VirtualTmp117(VirtualTime time, ITemperatureSource source, ulong seed, string name = "temp1", Tmp117Options? options = null)
            : base(time, name)
        {
            ArgumentNullException.ThrowIfNull(source);
            _source = source;
            _options = options ?? new Tmp117Options();
            _seed = NoiseDraw.DeriveSeed(seed, name);
            Reset(time.Nanoseconds);
        }

        /// <summary>Gets how many EEPROM words were programmed; firmware should leave this at 0.</summary>
        public int EepromWrites { get; private set; }

        /// <summary>Tells whether the ALERT pin is active now, in limit mode (DR/Alert = 0) or as data ready (1).</summary>
        /// <returns>True when active; POL says which level that is.</returns>
        public bool AlertActive()
        {
            const ushort AlertShowsDataReady = 0x0004;
            CatchUp(Time.Nanoseconds);
            int mask = (Config & AlertShowsDataReady) != 0 ? Tmp117Map.DataReady : Tmp117Map.HighAlert | Tmp117Map.LowAlert;
            return (_flags & mask) != 0;
        }

        private ushort Config => _words[Tmp117Map.Configuration];

        private protected override void Reset(long nanoseconds)
        {
            base.Reset(nanoseconds);
            _eeprom.CopyTo(_words, 0);
            _flags = 0;
            _result = Tmp117Map.NoResult;
            _unlocked = false;
            _programmedAt = 0;
            _deafUntil = nanoseconds;
            BeginCycle(nanoseconds + PowerUpNanoseconds);
        }

        private protected override bool IsDeaf(long nanoseconds) => nanoseconds < _deafUntil;

        private protected override ushort ReadWord(int register, long nanoseconds)
        {
            CatchUp(nanoseconds);
            switch (register)
            {
                case Tmp117Map.Temperature:
                    _flags &= unchecked((ushort)~Tmp117Map.DataReady);
                    return _result;
                case Tmp117Map.Configuration:
                    return ReadConfiguration(nanoseconds);
                case Tmp117Map.EepromUnlock:
                    return (ushort)((_unlocked ? Tmp117Map.Unlocked : 0) | (nanoseconds < _programmedAt ? Tmp117Map.UnlockBusy : 0));
                case Tmp117Map.DeviceId:
                    return (ushort)Faults.Identity(Tmp117Map.DeviceIdValue, UsualWrongIdentity);
                case > 0 and < Tmp117Map.DeviceId when register < _words.Length:
                    return _words[register];
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
                case Tmp117Map.Configuration:
                    WriteConfiguration(value, nanoseconds);
                    break;
                case Tmp117Map.HighLimit:
                case Tmp117Map.LowLimit:
                case Tmp117Map.Offset:
                    _words[register] = value;
                    Program(register, nanoseconds);
                    break;
                case Tmp117Map.EepromUnlock:
                    _unlocked = (value & Tmp117Map.Unlocked) != 0;
                    break;
                case Tmp117Map.Eeprom1:
                case Tmp117Map.Eeprom2:
                case Tmp117Map.Eeprom3:
                    if (_unlocked)
                    {
                        _words[register] = value;
                        Program(register, nanoseconds);
                    }
                    else
                    {
                        Violations.Add(nanoseconds, $"write of 0x{value:X4} to EEPROM register 0x{register:X2} while it is locked");
                    }

                    break;
                default:
                    Violations.Add(nanoseconds, $"write of 0x{value:X4} to register 0x{register:X2}, which is read-only or not defined");
                    break;
            }
        }

        private ushort ReadConfiguration(long nanoseconds)
        {
            int value = Config | _flags | (nanoseconds < _programmedAt ? Tmp117Map.EepromBusy : 0);
            bool therm = (Config & Tmp117Map.Therm) != 0;
            _flags &= (ushort)(therm ? Tmp117Map.HighAlert : 0);
            return (ushort)value;
        }

        private void WriteConfiguration(ushort value, long nanoseconds)
        {
            if ((value & Tmp117Map.SoftReset) != 0)
            {
                Reset(nanoseconds);
                _deafUntil = nanoseconds + SoftResetNanoseconds;
                return;
            }

            ushort old = Config;
            _words[Tmp117Map.Configuration] = (ushort)(value & Tmp117Map.WritableMask);
            Program(Tmp117Map.Configuration, nanoseconds);
            bool oneShot = (value & Tmp117Map.ModeMask) == Tmp117Map.ModeOneShot;
            if (oneShot || ((old ^ value) & Tmp117Map.TimingMask) != 0)
            {
                BeginCycle(nanoseconds);
            }
        }

        private void Program(int register, long nanoseconds)
        {
            if (!_unlocked)
            {
                return;
            }

            if (nanoseconds < _programmedAt)
            {
                Violations.Add(nanoseconds, "EEPROM written while the last word is being programmed");
                return;
            }

            _eeprom[register] = _words[register];
            _programmedAt = nanoseconds + ProgrammingNanoseconds;
            EepromWrites++;
        }

        private void BeginCycle(long nanoseconds)
        {
            _rateErrorPercent = Faults.RateErrorPercent;
            int average = (Config >> 5) & 3;
            int cycle = (Config >> 7) & 7;
            double slower = 1 / ClockSpeed(_options.RateErrorPpm);
            long microseconds = Math.Max(Tmp117Map.CycleMicroseconds[cycle], Tmp117Map.ShortestCycleMicroseconds[average]);
            _cycle = (long)(microseconds * NanosecondsPerMicrosecond * slower);
            bool shutdown = (Config & Tmp117Map.ModeMask) == Tmp117Map.ModeShutdown;
            _nextEnd = shutdown ? Never : nanoseconds + (long)(ConversionNanoseconds * Tmp117Map.Averages[average] * slower);
        }

        private void CatchUp(long nanoseconds)
        {
            if (_nextEnd > nanoseconds)
            {
                return;
            }

            if ((Config & Tmp117Map.ModeMask) == Tmp117Map.ModeOneShot)
            {
                Convert(_nextEnd);
                _words[Tmp117Map.Configuration] = (ushort)((Config & ~Tmp117Map.ModeMask) | Tmp117Map.ModeShutdown);
                _nextEnd = Never;
                return;
            }

            long due = ((nanoseconds - _nextEnd) / _cycle) + 1;
            long skipped = Math.Max(0, due - EvaluatedAtMost); // far more than an alert needs to be noticed
            _nextEnd += skipped * _cycle;
            _conversions += skipped;
            for (; _nextEnd <= nanoseconds; _nextEnd += _cycle)
            {
                Convert(_nextEnd);
            }

            if (_rateErrorPercent != Faults.RateErrorPercent)
            {
                BeginCycle(_nextEnd - _cycle);
            }
        }

        private void Convert(long end)
        {
            int averages = Tmp117Map.Averages[(Config >> 5) & 3];
            double middle = (end - (ConversionNanoseconds * averages / 2)) * 1e-9;
            double celsius = _source.CelsiusAt(Math.Max(0, middle)) + _options.ErrorCelsius;
            var noise = new NoiseDraw(_seed, _conversions++);
            celsius += noise.Next() * _options.NoiseCelsius / Math.Sqrt(averages);
            if (!Faults.StuckData || _result == Tmp117Map.NoResult)
            {
                double lsb = Math.Round(celsius / CelsiusPerLsb) + (short)_words[Tmp117Map.Offset];
                _result = (ushort)(short)Math.Clamp(lsb, short.MinValue, short.MaxValue);
            }

            _flags |= Tmp117Map.DataReady;
            CompareLimits((short)_result);
        }

        private void CompareLimits(short result)
        {
            bool above = result > (short)_words[Tmp117Map.HighLimit];
            bool below = result < (short)_words[Tmp117Map.LowLimit];
            if (above)
            {
                _flags |= Tmp117Map.HighAlert;
            }

            if ((Config & Tmp117Map.Therm) == 0)
            {
                _flags |= below ? Tmp117Map.LowAlert : (ushort)0;
            }
            else if (below)
            {
                _flags &= unchecked((ushort)~Tmp117Map.HighAlert);
            }
        }
    }
}
