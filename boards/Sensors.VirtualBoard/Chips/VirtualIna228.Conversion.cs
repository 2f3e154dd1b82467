using System;

namespace Sensors.VirtualBoard
{
    /// <content>Conversions, made up lazily to the time asked for: measuring, calculating, adding up, comparing.</content>
    public sealed partial class VirtualIna228
    {
        private const int RelativeDevice = 0x2381; // INA238, the 16-bit cousin
        private const double ShuntLsbMicrovolts = 0.3125, SmallShuntLsbMicrovolts = 0.078125;
        private const double BusLsbVolts = 195.3125e-6;
        private const double CelsiusPerLsb = 0.0078125;
        private const double CalibrationOfOne = 4096;   // SHUNT_CAL with which CURRENT equals VSHUNT: 163.84 mV / 2^19 x 13107.2e6
        private const double PowerFactor = 3.2;
        private const double EnergyFactor = 16;
        private const int High = 524287, Low = -524288; // 20 bits
        private const double HighestPower = 16777215;   // 24 bits
        private const double Accumulator = 1099511627776; // 40 bits
        private const int EvaluatedAtMost = 64;
        private const int Points = 16;
        private const double NoiseReferenceMicroseconds = 1052;
        private const int ModeBus = 1, ModeShunt = 2, ModeTemperature = 4, ModeContinuous = 8;
        private const long Never = long.MaxValue;
        private const long NanosecondsPerMicrosecond = 1000;
        private const long FlagNanoseconds = 10_000; // CNVRF without ALATCH: how long it shows is not in the data sheet

        private long _end;
        private long _period;
        private long _readyAt;

        private long Made { get; set; }

        private int Mode => _adc >> 12;

        private bool Converts => (Mode & (ModeBus | ModeShunt | ModeTemperature)) != 0;

        private double ShuntLsb => (_config & Ina228Map.SmallRange) != 0 ? SmallShuntLsbMicrovolts : ShuntLsbMicrovolts;

        private int BusMicroseconds => Ina228Map.ConversionMicroseconds[(_adc >> 9) & 7];

        private int ShuntMicroseconds => Ina228Map.ConversionMicroseconds[(_adc >> 6) & 7];

        private int Averages => Ina228Map.Averages[_adc & 7];

        private void BeginConversion(long nanoseconds)
        {
            int microseconds = ((Mode & ModeShunt) != 0 ? ShuntMicroseconds : 0) + ((Mode & ModeBus) != 0 ? BusMicroseconds : 0)
                + ((Mode & ModeTemperature) != 0 ? Ina228Map.ConversionMicroseconds[(_adc >> 3) & 7] : 0);
            _period = (long)(microseconds * NanosecondsPerMicrosecond * Averages / ClockSpeed(_options.RateErrorPpm));
            _end = Converts ? nanoseconds + _period : Never;
        }

        private void CatchUp(long nanoseconds)
        {
            if ((_settings & Ina228Map.Latch) == 0 && nanoseconds > _readyAt + FlagNanoseconds)
            {
                _flags &= unchecked((ushort)~Ina228Map.ReadyFlag);
            }

            if (_end > nanoseconds)
            {
                return;
            }

            bool continuous = (Mode & ModeContinuous) != 0;
            long skipped = continuous ? Math.Max(0, ((nanoseconds - _end) / _period) + 1 - EvaluatedAtMost) : 0;
            if (skipped > 0)
            {
                Accumulate(skipped * _period * 1e-9);
                Made += skipped;
                _end += skipped * _period;
            }

            while (_end <= nanoseconds)
            {
                Convert();
                if (!continuous)
                {
                    _end = Never;
                    break;
                }

                BeginConversion(_end);
            }

            if ((_settings & Ina228Map.Latch) == 0 && nanoseconds > _readyAt + FlagNanoseconds)
            {
                _flags &= unchecked((ushort)~Ina228Map.ReadyFlag);
            }
        }

        private void Convert()
        {
            Measure(out double amperes, out double volts);
            var noise = new NoiseDraw(_seed, Made);
            if (!Faults.StuckData)
            {
                if ((Mode & ModeShunt) != 0)
                {
                    double microvolts = (amperes * _options.ShuntOhms * 1e6 * (1 + (_options.GainErrorPercent / 100))) + _options.OffsetMicrovolts;
                    microvolts += noise.Next() * NoiseOf(ShuntMicroseconds);
                    _shunt = (int)Math.Clamp(Math.Round(microvolts / ShuntLsb), Low, High);
                }

                if ((Mode & ModeBus) != 0)
                {
                    double lsb = (volts / BusLsbVolts) + (noise.Next() * NoiseOf(BusMicroseconds));
                    _bus = (int)Math.Clamp(Math.Round(lsb), 0, High);
                }
            }

            if ((Mode & ModeTemperature) != 0)
            {
                _temperature = (short)Math.Round(_options.DieCelsius / CelsiusPerLsb);
            }

            Calculate();
            Accumulate(_period * 1e-9);
            Made++;
            _readyAt = _end;
            _flags |= Ina228Map.ReadyFlag;
            CompareLimits();
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

        private double NoiseOf(int microseconds) =>
            _options.NoiseMicrovolts * Math.Sqrt(NoiseReferenceMicroseconds / microseconds / Averages);

        private void Calculate()
        {
            _flags &= unchecked((ushort)~Ina228Map.MathOverflow);
            double current = _shuntCal == 0 ? 0 : Math.Truncate(_shunt * CalibrationOfOne / _shuntCal);
            if (current is < Low or > High)
            {
                _flags |= Ina228Map.MathOverflow;
            }

            _current = (int)Math.Clamp(current, Low, High);

            // Watts / (3.2 x Current_LSB): Current_LSB cancels, and the bus voltage counts in units of 3.2 V.
            double power = Math.Truncate(Math.Abs((double)_current) * _bus * BusLsbVolts / PowerFactor);
            if (power > HighestPower)
            {
                _flags |= Ina228Map.MathOverflow;
            }

            _power = (uint)Math.Min(power, HighestPower);
        }

        private void Accumulate(double seconds)
        {
            _energy += _power * seconds / EnergyFactor;
            if (_energy >= Accumulator)
            {
                _energy -= Accumulator;
                _flags |= Ina228Map.EnergyOverflow;
            }

            _charge += _current * seconds;
            if (_charge >= Accumulator / 2)
            {
                _charge -= Accumulator;
                _flags |= Ina228Map.ChargeOverflow;
            }
            else if (_charge < -Accumulator / 2)
            {
                _charge += Accumulator;
                _flags |= Ina228Map.ChargeOverflow;
            }
        }

        private void CompareLimits()
        {
            // The limits compare with the upper 16 of 20 bits (power: of 24), the temperature as it is.
            int found = 0;
            found |= _shunt >> 4 > (short)_limits[0] ? Ina228Map.ShuntOverFlag : 0;
            found |= _shunt >> 4 < (short)_limits[1] ? Ina228Map.ShuntUnderFlag : 0;
            found |= _bus >> 4 > _limits[2] ? Ina228Map.BusOverFlag : 0;
            found |= _bus >> 4 < _limits[3] ? Ina228Map.BusUnderFlag : 0;
            found |= _temperature > (short)_limits[4] ? Ina228Map.TemperatureOverFlag : 0;
            found |= _power >> 8 > _limits[5] ? Ina228Map.PowerOverFlag : 0;
            const int All = Ina228Map.ShuntOverFlag | Ina228Map.ShuntUnderFlag | Ina228Map.BusOverFlag | Ina228Map.BusUnderFlag
                | Ina228Map.TemperatureOverFlag | Ina228Map.PowerOverFlag;
            int kept = (_settings & Ina228Map.Latch) != 0 ? _flags : _flags & ~All;
            _flags = (ushort)(kept | found);
        }
    }
}
