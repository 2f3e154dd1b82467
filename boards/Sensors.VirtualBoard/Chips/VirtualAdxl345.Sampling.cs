using System;

namespace Sensors.VirtualBoard
{
    /// <content>Sampling, made up lazily to the time asked for, and the samples' way out: FIFO, output registers, overrun.</content>
    public sealed partial class VirtualAdxl345
    {
        private const long FifoSettlingNanoseconds = 5_000;
        private const long WakeUpNanoseconds = 1_100_000;

        private const double LsbPerG = 256;                 // table 1, full resolution, typical
        private const double OffsetLsbPerDigit = 4;         // OFSx: 15.6 mg/LSB = 4 × 3.9 mg
        private const double LowestNoiseRateHertz = 100;    // noise stays constant below 100 Hz

        // "Self-test", typical shift in LSB at 2.5 V: the middle of what table 1 allows on the side most parts are on.
        private static readonly double[] SelfTestLsb = [200, -200, 300];
        private static readonly double[] DensityMicroG = [290, 290, 430];
        private static readonly double[] LowPowerLsb = [1.8, 1.8, 2.6];

        private readonly SampleFifo _fifo = new(Adxl345Map.FifoEntries);
        private readonly int[] _entry = new int[3];
        private readonly int[] _output = new int[3];

        private bool _fresh;
        private bool _overrun;
        private bool _triggered;
        private byte _events;
        private int _keptBits;
        private int _shift;
        private long _lastDataEnd = LongAgo;
        private bool _dataTaken;

        private protected override double NominalRateHertz =>
            HighestRateHertz / (1 << (Adxl345Map.RateMask - (_registers[Adxl345Map.BwRate] & Adxl345Map.RateMask)));

        private protected override bool Measuring => (_registers[Adxl345Map.PowerCtl] & Adxl345Map.Measure) != 0;

        private protected override bool KeepsSamples => FifoMode != Adxl345Map.ModeBypass;

        private int FifoMode => _registers[Adxl345Map.FifoCtl] >> 6;

        private protected override void ConfigureElement()
        {
            byte format = _registers[Adxl345Map.DataFormat];
            byte rate = _registers[Adxl345Map.BwRate];
            int range = format & Adxl345Map.RangeMask;
            bool full = (format & Adxl345Map.FullRes) != 0;
            int bits = full ? 10 + range : 10;
            double step = full ? 1 : 1 << range;
            _shift = (format & Adxl345Map.Justify) != 0 ? 16 - bits : 0;

            // "Data formatting at output data rates of 3200 Hz and 1600 Hz": the LSB is always 0 where it is 3.9 mg.
            bool fast = (rate & Adxl345Map.RateMask) >= Adxl345Map.Rate1600;
            _keptBits = fast && (full || range == 0) ? ~1 : ~0;

            ElementSettings settings = Element.Settings;
            settings.CornerHertz = ActualRateHertz / 2;
            settings.LsbPerG = LsbPerG / step;
            settings.Highest = (1 << (bits - 1)) - 1;
            settings.Lowest = -1 - settings.Highest;
            bool lowPower = (rate & Adxl345Map.LowPower) != 0;
            double rootBandwidth = Math.Sqrt(Math.Max(ActualRateHertz, LowestNoiseRateHertz) / 2);
            for (int axis = 0; axis < 3; axis++)
            {
                double lsb = lowPower ? LowPowerLsb[axis] : DensityMicroG[axis] * 1e-6 * rootBandwidth * LsbPerG;
                settings.NoiseLsb[axis] = lsb / step;
                settings.OffsetLsb[axis] = OffsetLsbPerDigit * (sbyte)_registers[Adxl345Map.OfsX + axis] / step;
                settings.SelfTestLsb[axis] = _selfTestLsb[axis] / step;
            }

            Element.SetSelfTest((format & Adxl345Map.SelfTest) != 0);
        }

        private static double SupplyGain(double volts, double at3V3) =>
            1 + ((at3V3 - 1) * (volts - 2.5) / (3.3 - 2.5)); // linear through the data sheet's 2.5 V and 3.3 V rows

        // "Self-test": the force grows with the supply, ×1.77 (X, Y) and ×1.47 (Z) at 3.3 V against 2.5 V.
        private void SetSelfTestForce()
        {
            double[] at3V3 = [1.77, 1.77, 1.47];
            for (int axis = 0; axis < 3; axis++)
            {
                _selfTestLsb[axis] = SelfTestLsb[axis] * SupplyGain(_options.SupplyVolts, at3V3[axis]);
            }
        }

        private protected override void Deliver(ReadOnlySpan<int> xyz, double nanoseconds)
        {
            for (int axis = 0; axis < 3; axis++)
            {
                _entry[axis] = (short)((xyz[axis] & _keptBits) << _shift);
            }

            int mode = FifoMode;
            if (mode == Adxl345Map.ModeBypass)
            {
                if (_dataTaken)
                {
                    return; // the output registers do not change while they are being read
                }

                _overrun |= _fresh;
                _fresh = true;
                _entry.CopyTo(_output, 0);
                return;
            }

            bool stopsWhenFull = mode == Adxl345Map.ModeFifo || (mode == Adxl345Map.ModeTrigger && _triggered);
            if (stopsWhenFull && _fifo.Count == _fifo.Capacity)
            {
                _overrun = true;
                SamplesLost++;
            }
            else if (_fifo.Push(_entry) && mode != Adxl345Map.ModeTrigger)
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
