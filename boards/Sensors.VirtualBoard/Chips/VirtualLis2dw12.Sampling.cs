using System;

namespace Sensors.VirtualBoard
{
    /// <content>Sampling, made up lazily to the time asked for, and the samples' way out: FIFO, output registers, overrun.</content>
    public sealed partial class VirtualLis2dw12
    {
        private const double MilliGPerDigitAt2G = 0.244;  // "Mechanical characteristics", So, 14 bits
        private const double HighestCornerHertz = 400;
        private const double LowNoiseDensityMicroG = 90;
        private const double DensityMicroG = 110;

        private static readonly double[] RateHertz = [0, 12.5, 12.5, 25, 50, 100, 200, 400, 800, 1600];
        private static readonly double[] LowPowerMilliG = [4.5, 2.4, 1.8, 1.3];
        private static readonly int[] FilterParts = [2, 4, 10, 20];

        private readonly SampleFifo _fifo = new(Lis2dw12Map.FifoEntries);
        private readonly int[] _entry = new int[3];
        private readonly int[] _output = new int[3];

        private bool _fresh;
        private bool _overrun;
        private bool _triggered;
        private bool _taken;
        private int _shift;

        private protected override double NominalRateHertz
        {
            get
            {
                int code = Math.Min(_registers[Lis2dw12Map.Ctrl1] >> 4, RateHertz.Length - 1);
                if (HighPerformanceMode || code == 0)
                {
                    return RateHertz[code];
                }

                return code == 1 ? 1.6 : Math.Min(RateHertz[code], 200); // "CTRL1", low-power modes end at 200 Hz
            }
        }

        private protected override bool Measuring => _registers[Lis2dw12Map.Ctrl1] >> 4 != 0;

        private protected override bool KeepsSamples => FifoOn;

        private bool HighPerformanceMode => ((_registers[Lis2dw12Map.Ctrl1] >> 2) & 3) == Lis2dw12Map.HighPerformance;

        private int FifoMode => _registers[Lis2dw12Map.FifoCtrl] >> 5;

        private bool FifoOn => FifoMode switch
        {
            Lis2dw12Map.ModeFifo or Lis2dw12Map.ModeContinuousToFifo or Lis2dw12Map.ModeContinuous => true,
            Lis2dw12Map.ModeBypassToContinuous => _triggered,
            _ => false,
        };

        private bool StopsWhenFull => FifoMode == Lis2dw12Map.ModeFifo || (FifoMode == Lis2dw12Map.ModeContinuousToFifo && _triggered);

        private bool DataReady => FifoOn ? _fifo.Count > 0 : _fresh;

        private bool AtThreshold
        {
            get
            {
                int threshold = _registers[Lis2dw12Map.FifoCtrl] & Lis2dw12Map.FthMask;
                return threshold > 0 && _fifo.Count >= threshold;
            }
        }

        private protected override void ConfigureElement()
        {
            byte control6 = _registers[Lis2dw12Map.Ctrl6];
            int lowPowerMode = _registers[Lis2dw12Map.Ctrl1] & 3;
            int bits = !HighPerformanceMode && lowPowerMode == 0 ? 12 : 14;
            double milliG = MilliGPerDigitAt2G * (1 << ((control6 >> 4) & 3)) * (1 << (14 - bits));
            _shift = 16 - bits;

            ElementSettings settings = Element.Settings;
            settings.LsbPerG = 1000 / milliG;
            settings.Highest = (1 << (bits - 1)) - 1;
            settings.Lowest = -1 - settings.Highest;
            settings.CornerHertz = ActualRateHertz / FilterParts[control6 >> 6];
            if (settings.CornerHertz > HighestCornerHertz)
            {
                settings.CornerHertz = HighestCornerHertz;
            }

            double density = (control6 & Lis2dw12Map.LowNoise) != 0 ? LowNoiseDensityMicroG : DensityMicroG;
            double noise = HighPerformanceMode ? density * 1e-3 * Math.Sqrt(settings.CornerHertz) : LowPowerMilliG[lowPowerMode];
            int selfTest = _registers[Lis2dw12Map.Ctrl3] >> 6;
            for (int axis = 0; axis < 3; axis++)
            {
                settings.NoiseLsb[axis] = noise / milliG;
                if (selfTest != 0)
                {
                    settings.SelfTestLsb[axis] = (selfTest == 2 ? -1 : 1) * _options.SelfTestMilliG / milliG;
                }
            }

            Element.SetSelfTest(selfTest != 0);
        }

        private protected override void Deliver(ReadOnlySpan<int> xyz, double nanoseconds)
        {
            for (int axis = 0; axis < 3; axis++)
            {
                _entry[axis] = (short)(xyz[axis] << _shift);
            }

            if (!FifoOn)
            {
                bool held = _taken && (_registers[Lis2dw12Map.Ctrl2] & Lis2dw12Map.Bdu) != 0;
                if (!held)
                {
                    _entry.CopyTo(_output, 0);
                    _fresh = true;
                }
            }
            else if (StopsWhenFull && _fifo.Count == _fifo.Capacity)
            {
                _overrun = true;
                SamplesLost++;
            }
            else if (_fifo.Push(_entry))
            {
                _overrun = true;
                SamplesLost++;
            }
        }

        private void TakeData()
        {
            if (_taken)
            {
                return;
            }

            _taken = true;
            _fresh = false;
            if (FifoOn && _fifo.Count > 0)
            {
                _fifo.Pop(_output);
                _overrun = false;
            }
        }

        private void ChangeFifo(byte old)
        {
            if (FifoMode != old >> 5)
            {
                _triggered = false;
            }

            if (FifoMode == Lis2dw12Map.ModeBypass)
            {
                _fifo.Clear(); // "Bypass mode" empties the FIFO
                _overrun = false;
            }
        }
    }
}
