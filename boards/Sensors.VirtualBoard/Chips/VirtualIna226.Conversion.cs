using System;

namespace Sensors.VirtualBoard
{
    /// <content>Conversions, made up lazily to the time asked for: measuring, calculating, comparing with the limit.</content>
    public sealed partial class VirtualIna226
    {
        private const double VoltsPerShuntLsb = 2.5e-6;
        private const double VoltsPerBusLsb = 1.25e-3;
        private const int CurrentDivider = 2048;
        private const int PowerDivider = 20000;
        private const int Points = 16;
        private const int EvaluatedAtMost = 64;
        private const double NoiseReferenceMicroseconds = 1100;
        private const long Never = long.MaxValue;
        private const int ModeShunt = 1, ModeBus = 2, ModeContinuous = 4;

        private long _nextEnd;
        private long _period;
        private long _conversions;
        private double _rateErrorPercent;

        private int Mode => _config & 7;

        private bool Converts => (Mode & (ModeShunt | ModeBus)) != 0;

        private int ConversionMicroseconds()
        {
            int shunt = (Mode & ModeShunt) != 0 ? Ina226Map.ConversionMicroseconds[(_config >> 3) & 7] : 0;
            int bus = (Mode & ModeBus) != 0 ? Ina226Map.ConversionMicroseconds[(_config >> 6) & 7] : 0;
            return shunt + bus;
        }

        private void BeginConversion(long nanoseconds)
        {
            const long NanosecondsPerMicrosecond = 1000;
            _rateErrorPercent = Faults.RateErrorPercent;
            long nominal = ConversionMicroseconds() * NanosecondsPerMicrosecond * Ina226Map.Averages[(_config >> 9) & 7];
            _period = (long)(nominal / ClockSpeed(_options.RateErrorPpm));
            _nextEnd = Converts ? nanoseconds + _period : Never;
        }

        private void CatchUp(long nanoseconds)
        {
            if (_nextEnd > nanoseconds)
            {
                return;
            }

            if ((Mode & ModeContinuous) == 0)
            {
                Convert(_nextEnd);
                _nextEnd = Never;
                return;
            }

            // Without an alert function nothing but the last result can be seen.
            long due = ((nanoseconds - _nextEnd) / _period) + 1;
            int evaluated = (_mask & Ina226Map.AlertFunctions) != 0 ? EvaluatedAtMost : 1;
            long skipped = Math.Max(0, due - evaluated);
            _nextEnd += skipped * _period;
            _conversions += skipped;
            for (; _nextEnd <= nanoseconds; _nextEnd += _period)
            {
                Convert(_nextEnd);
            }

            if (_rateErrorPercent != Faults.RateErrorPercent)
            {
                BeginConversion(_nextEnd - _period);
            }
        }

        private void Convert(long end)
        {
            Measure(end, out double amperes, out double volts);
            var noise = new NoiseDraw(_seed, _conversions++);
            int averages = Ina226Map.Averages[(_config >> 9) & 7];
            if (!Faults.StuckData && (Mode & ModeShunt) != 0)
            {
                double shuntVolts = (amperes * _options.ShuntOhms * (1 + (_options.GainErrorPercent / 100))) + (_options.OffsetMicrovolts * 1e-6);
                double lsb = (shuntVolts / VoltsPerShuntLsb) + (noise.Next() * NoiseOf(Ina226Map.ConversionMicroseconds[(_config >> 3) & 7], averages));
                _shunt = (short)Math.Clamp(Math.Round(lsb), short.MinValue, short.MaxValue);
            }

            if (!Faults.StuckData && (Mode & ModeBus) != 0)
            {
                double lsb = (volts / VoltsPerBusLsb) + (noise.Next() * NoiseOf(Ina226Map.ConversionMicroseconds[(_config >> 6) & 7], averages));
                _bus = (ushort)Math.Clamp(Math.Round(lsb), 0, short.MaxValue);
            }

            Calculate();
            _flags |= Ina226Map.ReadyFlag;
            CompareLimit();
        }

        private void Measure(long end, out double amperes, out double volts)
        {
            amperes = 0;
            volts = 0;
            for (int i = 0; i < Points; i++)
            {
                double seconds = (end - (_period * (i + 0.5) / Points)) * 1e-9;
                _source.At(Math.Max(0, seconds), out double a, out double v);
                amperes += a / Points;
                volts += v / Points;
            }
        }

        private double NoiseOf(int microseconds, int averages) =>
            _options.NoiseLsb * Math.Sqrt(NoiseReferenceMicroseconds / microseconds / averages);

        private void Calculate()
        {
            _flags &= unchecked((ushort)~Ina226Map.Overflow);
            int current = _shunt * _calibration / CurrentDivider;
            if (current is < short.MinValue or > short.MaxValue)
            {
                _flags |= Ina226Map.Overflow;
                current = Math.Clamp(current, short.MinValue, short.MaxValue);
            }

            long power = Math.Abs((long)current) * _bus / PowerDivider;
            if (power > ushort.MaxValue)
            {
                _flags |= Ina226Map.Overflow;
                power = ushort.MaxValue;
            }

            _current = (short)current;
            _power = (ushort)power;
        }

        private void CompareLimit()
        {
            // "Only one alert function works": of several enabled the highest bit has priority.
            bool alert;
            if ((_mask & Ina226Map.ShuntOver) != 0)
            {
                alert = _shunt > (short)_limit;
            }
            else if ((_mask & Ina226Map.ShuntUnder) != 0)
            {
                alert = _shunt < (short)_limit;
            }
            else if ((_mask & Ina226Map.BusOver) != 0)
            {
                alert = _bus > _limit;
            }
            else if ((_mask & Ina226Map.BusUnder) != 0)
            {
                alert = _bus < _limit;
            }
            else
            {
                alert = (_mask & Ina226Map.PowerOver) != 0 && _power > _limit;
            }

            if (alert)
            {
                _flags |= Ina226Map.AlertFlag;
            }
            else if ((_mask & Ina226Map.Latch) == 0)
            {
                _flags &= unchecked((ushort)~Ina226Map.AlertFlag);
            }
        }
    }
}
