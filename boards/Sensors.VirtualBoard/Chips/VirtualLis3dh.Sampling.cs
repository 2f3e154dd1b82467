using System;

namespace Sensors.VirtualBoard
{
    /// <content>Sampling, made up lazily to the time asked for, and the samples' way out: FIFO, output registers, overrun.</content>
    public sealed partial class VirtualLis3dh
    {
        private const int WidestRange = 3;
        private const double DensityMicroG = 220;
        private const double LowPowerFastestHertz = 5376;

        private static readonly double[] RateHertz = [0, 1, 10, 25, 50, 100, 200, 400, 1600, 1344];
        private static readonly double[] MilliGAt12Bits = [1, 2, 4, 12];

        private readonly SampleFifo _fifo = new(Lis3dhMap.FifoEntries);
        private readonly int[] _entry = new int[3];
        private readonly int[] _output = new int[3];

        private bool _fresh;
        private bool _replaced;
        private bool _full;
        private bool _triggered;
        private bool _taken;
        private int _shift;

        private protected override double NominalRateHertz
        {
            get
            {
                int code = Math.Min(_registers[Lis3dhMap.Ctrl1] >> 4, RateHertz.Length - 1);
                return LowPower && code == RateHertz.Length - 1 ? LowPowerFastestHertz : RateHertz[code];
            }
        }

        private protected override bool Measuring => _registers[Lis3dhMap.Ctrl1] >> 4 != 0;

        private protected override bool KeepsSamples => FifoOn;

        private bool LowPower => (_registers[Lis3dhMap.Ctrl1] & Lis3dhMap.LpEn) != 0;

        private bool HighResolution => (_registers[Lis3dhMap.Ctrl4] & Lis3dhMap.Hr) != 0;

        private int FifoMode => _registers[Lis3dhMap.FifoCtrl] >> 6;

        private bool FifoOn => (_registers[Lis3dhMap.Ctrl5] & Lis3dhMap.FifoEn) != 0 && FifoMode != Lis3dhMap.ModeBypass;

        private bool StopsWhenFull => FifoMode == Lis3dhMap.ModeFifo || (FifoMode == Lis3dhMap.ModeStreamToFifo && _triggered);

        private bool DataReady => FifoOn ? _fifo.Count > 0 : _fresh;

        private bool AtWatermark => FifoOn && _fifo.Count > (_registers[Lis3dhMap.FifoCtrl] & Lis3dhMap.FssMask);

        private protected override void ConfigureElement()
        {
            byte control4 = _registers[Lis3dhMap.Ctrl4];
            int range = (control4 >> 4) & 3;
            int bits = LowPower ? 8 : HighResolution ? 12 : 10;
            double milliG = MilliGAt12Bits[range] * (1 << (12 - bits));
            _shift = 16 - bits;

            ElementSettings settings = Element.Settings;
            settings.LsbPerG = 1000 / milliG;
            settings.Highest = (1 << (bits - 1)) - 1;
            settings.Lowest = -1 - settings.Highest;
            if (range == WidestRange)
            {
                settings.Highest = (int)(16_000 / milliG); // the digits would go on to 24 g, the element ends at the range
                settings.Lowest = -settings.Highest;
            }

            settings.CornerHertz = ActualRateHertz / (HighResolution ? 9 : 2);
            int selfTest = (control4 >> 1) & 3;
            for (int axis = 0; axis < 3; axis++)
            {
                settings.NoiseLsb[axis] = DensityMicroG * 1e-3 * Math.Sqrt(settings.CornerHertz) / milliG;
                if (selfTest != 0)
                {
                    settings.SelfTestLsb[axis] = (selfTest == 2 ? -1 : 1) * _options.SelfTestMilliG / milliG;
                }
            }

            Element.SetSelfTest(selfTest != 0);
        }

        private protected override void Deliver(ReadOnlySpan<int> xyz, double nanoseconds)
        {
            int kept = FifoOn ? -1 << (16 - _options.FifoBits) : -1;
            for (int axis = 0; axis < 3; axis++)
            {
                _entry[axis] = (short)((xyz[axis] << _shift) & kept);
            }

            if (!FifoOn)
            {
                bool held = _taken && (_registers[Lis3dhMap.Ctrl4] & Lis3dhMap.Bdu) != 0;
                if (!held)
                {
                    _entry.CopyTo(_output, 0);
                    _replaced |= _fresh;
                    _fresh = true;
                }
            }
            else if (StopsWhenFull && _fifo.Count == _fifo.Capacity)
            {
                SamplesLost++;
            }
            else
            {
                if (_fifo.Push(_entry))
                {
                    SamplesLost++;
                }

                _full = _fifo.Count == _fifo.Capacity;
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
            _replaced = false;
            if (FifoOn && _fifo.Count > 0)
            {
                _fifo.Pop(_output);
                _full = false;
            }
        }

        private void ChangeFifo()
        {
            if (!FifoOn)
            {
                _fifo.Clear(); // "Bypass mode" empties the FIFO
                _full = false;
                _triggered = false;
            }
        }
    }
}
