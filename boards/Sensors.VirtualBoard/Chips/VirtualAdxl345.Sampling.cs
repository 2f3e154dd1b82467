using System;

namespace Sensors.VirtualBoard
{
    /// <content>Sampling, made up lazily to the time asked for, and the samples' way out: FIFO, output registers, overrun.</content>
    public sealed partial class VirtualAdxl345
    {
        private const long FifoSettlingNanoseconds = 5_000;
        private const long WakeUpNanoseconds = 1_100_000;

        private readonly Adxl345Fifo _fifo = new();
        private readonly short[] _batch = new short[3 * Adxl345Element.BatchSize];
        private readonly short[] _output = new short[3];
        private readonly short[] _stuck = new short[3];

        private bool _fresh;
        private bool _overrun;
        private bool _triggered;
        private byte _events;
        private double _originNanoseconds;
        private double _periodNanoseconds;
        private long _next;
        private long _samples;
        private double _rateErrorPercent;
        private long _lastDataEnd = LongAgo;
        private bool _dataTaken;

        private int FifoMode => _registers[Adxl345Map.FifoCtl] >> 6;

        private bool Measuring => (_registers[Adxl345Map.PowerCtl] & Adxl345Map.Measure) != 0;

        /// <summary>Starts sampling anew: 1.1 ms and one period until the first sample ("Power sequencing").</summary>
        private void Configure(long nanoseconds)
        {
            _rateErrorPercent = Faults.RateErrorPercent;
            _periodNanoseconds = 1e9 / ActualRateHertz;
            _originNanoseconds = nanoseconds + WakeUpNanoseconds + _periodNanoseconds;
            _next = 0;
            _element.Configure(_registers, ActualRateHertz);
        }

        private void CatchUp(long nanoseconds)
        {
            if (!Measuring)
            {
                return;
            }

            if (_rateErrorPercent != Faults.RateErrorPercent)
            {
                // The clock changed its rate: go on from the last sample's time.
                _rateErrorPercent = Faults.RateErrorPercent;
                _originNanoseconds += (_next - 1) * _periodNanoseconds;
                _periodNanoseconds = 1e9 / ActualRateHertz;
                _originNanoseconds += _periodNanoseconds;
                _next = 0;
                _element.Configure(_registers, ActualRateHertz);
            }

            long due = (long)Math.Floor((nanoseconds - _originNanoseconds) / _periodNanoseconds) + 1 - _next;
            if (due > 2 * Adxl345Element.BatchSize)
            {
                // Nobody looked for long: the first batch fills what stops when full, the last one what goes round.
                Make(Adxl345Element.BatchSize);
                Skip(due - (2 * Adxl345Element.BatchSize));
                due = Adxl345Element.BatchSize;
            }

            while (due > 0)
            {
                int count = (int)Math.Min(due, Adxl345Element.BatchSize);
                Make(count);
                due -= count;
            }
        }

        private void Skip(long count)
        {
            _next += count;
            _samples += count;
            if (FifoMode != Adxl345Map.ModeBypass)
            {
                SamplesLost += count;
            }
        }

        private void Make(int count)
        {
            double first = (_originNanoseconds + (_next * _periodNanoseconds)) * 1e-9;
            _element.Sample(first, _periodNanoseconds * 1e-9, count, _samples, Faults.FailedSelfTestAxes, _batch);
            _next += count;
            _samples += count;
            for (int i = 0; i < count; i++)
            {
                if (Faults.StuckData)
                {
                    _stuck.CopyTo(_batch.AsSpan(3 * i));
                }

                Deliver(_batch[3 * i], _batch[(3 * i) + 1], _batch[(3 * i) + 2]);
            }

            _batch.AsSpan(3 * (count - 1), 3).CopyTo(_stuck);
        }

        private void Deliver(short x, short y, short z)
        {
            int mode = FifoMode;
            if (mode == Adxl345Map.ModeBypass)
            {
                if (_dataTaken)
                {
                    return; // the output registers do not change while they are being read
                }

                _overrun |= _fresh;
                _fresh = true;
                _output[0] = x;
                _output[1] = y;
                _output[2] = z;
                return;
            }

            bool stopsWhenFull = mode == Adxl345Map.ModeFifo || (mode == Adxl345Map.ModeTrigger && _triggered);
            if (stopsWhenFull && _fifo.Count == Adxl345Fifo.Capacity)
            {
                _overrun = true;
                SamplesLost++;
            }
            else if (_fifo.Push(x, y, z) && mode != Adxl345Map.ModeTrigger)
            {
                _overrun = true;
                SamplesLost++;
            }
        }

        private void TakeData(long nanoseconds)
        {
            if (_dataTaken)
            {
                return;
            }

            _dataTaken = true;
            if (FifoMode == Adxl345Map.ModeBypass)
            {
                _fresh = false;
                _overrun = false;
            }
            else if (!StillSettling(nanoseconds) && _fifo.Count > 0)
            {
                _fifo.Pop(_output);
                _overrun = false;
            }
        }

        private void EndDataRead(long nanoseconds)
        {
            if (_dataTaken)
            {
                _dataTaken = false;
                _lastDataEnd = nanoseconds;
            }
        }

        private bool StillSettling(long nanoseconds)
        {
            if (FifoMode == Adxl345Map.ModeBypass || nanoseconds - _lastDataEnd >= FifoSettlingNanoseconds)
            {
                return false;
            }

            Violations.Add(nanoseconds, "FIFO read less than 5 us after the end of the last data read");
            return true;
        }

        private void ChangeFifo(byte old)
        {
            if (FifoMode == Adxl345Map.ModeBypass || old >> 6 != FifoMode)
            {
                _triggered = false;
            }

            if (FifoMode == Adxl345Map.ModeBypass)
            {
                _fifo.Clear(); // "Bypass mode" empties the FIFO
                _overrun = false;
            }
        }
    }
}
