using System;

namespace Sensors.VirtualBoard
{
    /// <summary>The sensing element and converter of an ADXL345: from what it feels to the 16-bit words it puts into its FIFO.</summary>
    /// <remarks>Order: source (filtered) → sensitivity, zero-g offset, self-test → noise → offset registers → quantise and clip → format.</remarks>
    internal sealed class Adxl345Element
    {
        private const double LsbPerG = 256;                 // table 1, full resolution, typical
        private const double OffsetLsbPerDigit = 4;         // OFSx: 15.6 mg/LSB = 4 × 3.9 mg
        private const double SelfTestSettlingSamples = 4;   // "discard at least 4 samples"
        private const double LowestNoiseRateHertz = 100;    // noise stays constant below 100 Hz

        // "Self-test", typical shift in LSB at 2.5 V: the middle of what table 1 allows on the side most parts are on.
        private static readonly double[] SelfTestLsb = [200, -200, 300];
        private static readonly double[] DensityMicroG = [290, 290, 430];
        private static readonly double[] LowPowerLsb = [1.8, 1.8, 2.6];

        private readonly IVibrationSource _source;
        private readonly ulong _seed;
        private readonly double _lsbPerG;
        private readonly double[] _offsetG;
        private readonly double[] _selfTest = new double[3];
        private readonly double _noiseFactor;
        private readonly double[] _noiseLsb = new double[3];
        private readonly double[] _registerLsb = new double[3];
        private readonly float[] _felt = new float[3 * BatchSize];
        private double _corner;
        private int _limit;
        private double _step;
        private int _keptBits;
        private int _shift;
        private bool _selfTesting;
        private double _selfTestSamples = SelfTestSettlingSamples;

        public Adxl345Element(IVibrationSource source, ulong seed, Adxl345Options options)
        {
            _source = source;
            _seed = seed;
            _lsbPerG = LsbPerG * (1 + (options.SensitivityErrorPercent / 100));
            _offsetG = [options.OffsetXMilliG / 1000, options.OffsetYMilliG / 1000, options.OffsetZMilliG / 1000];
            _noiseFactor = options.NoiseFactor;

            // "Self-test": the force grows with the supply, ×1.77 (X, Y) and ×1.47 (Z) at 3.3 V against 2.5 V.
            double[] gain = [SupplyGain(options.SupplyVolts, 1.77), SupplyGain(options.SupplyVolts, 1.77), SupplyGain(options.SupplyVolts, 1.47)];
            for (int axis = 0; axis < 3; axis++)
            {
                _selfTest[axis] = SelfTestLsb[axis] * gain[axis];
            }
        }

        /// <summary>Gets the most samples one call of <see cref="Sample"/> makes.</summary>
        public const int BatchSize = 64;

        /// <summary>Takes over the settings in the registers.</summary>
        public void Configure(ReadOnlySpan<byte> registers, double rateHertz)
        {
            _corner = rateHertz / 2;
            byte format = registers[Adxl345Map.DataFormat];
            byte rate = registers[Adxl345Map.BwRate];
            int range = format & Adxl345Map.RangeMask;
            bool full = (format & Adxl345Map.FullRes) != 0;
            int bits = full ? 10 + range : 10;
            _limit = 1 << (bits - 1);
            _step = full ? 1 : 1 << range;
            _shift = (format & Adxl345Map.Justify) != 0 ? 16 - bits : 0;

            // "Data formatting at output data rates of 3200 Hz and 1600 Hz": the LSB is always 0 where it is 3.9 mg.
            bool fast = (rate & Adxl345Map.RateMask) >= Adxl345Map.Rate1600;
            _keptBits = fast && (full || range == 0) ? ~1 : ~0;
            bool lowPower = (rate & Adxl345Map.LowPower) != 0;
            double rootBandwidth = Math.Sqrt(Math.Max(rateHertz, LowestNoiseRateHertz) / 2);
            for (int axis = 0; axis < 3; axis++)
            {
                double lsb = lowPower ? LowPowerLsb[axis] : DensityMicroG[axis] * 1e-6 * rootBandwidth * LsbPerG;
                _noiseLsb[axis] = _noiseFactor * lsb;
                _registerLsb[axis] = OffsetLsbPerDigit * (sbyte)registers[Adxl345Map.OfsX + axis];
            }

            bool selfTesting = (format & Adxl345Map.SelfTest) != 0;
            if (selfTesting != _selfTesting)
            {
                _selfTesting = selfTesting;
                _selfTestSamples = 0;
            }
        }

        /// <summary>Makes samples, oldest first.</summary>
        public void Sample(double firstSeconds, double periodSeconds, int count, long firstIndex, int failedSelfTestAxes, Span<short> xyz)
        {
            Span<float> felt = _felt.AsSpan(0, 3 * count);
            _source.Fill(new SampleGrid(firstSeconds, periodSeconds, count, firstIndex, _corner), felt);
            for (int i = 0; i < count; i++)
            {
                var noise = new NoiseDraw(_seed, firstIndex + i);
                double test = SelfTestPart();
                for (int axis = 0; axis < 3; axis++)
                {
                    double lsb = (felt[(3 * i) + axis] + _offsetG[axis]) * _lsbPerG;
                    lsb += _registerLsb[axis];
                    lsb += (failedSelfTestAxes & (1 << axis)) == 0 ? test * _selfTest[axis] : 0;
                    if (_noiseLsb[axis] != 0)
                    {
                        lsb += _noiseLsb[axis] * noise.Next();
                    }

                    xyz[(3 * i) + axis] = Format(lsb);
                }
            }
        }

        private static double SupplyGain(double volts, double at3V3) =>
            1 + ((at3V3 - 1) * (volts - 2.5) / (3.3 - 2.5)); // linear through the data sheet's 2.5 V and 3.3 V rows

        private double SelfTestPart()
        {
            if (_selfTestSamples < SelfTestSettlingSamples)
            {
                _selfTestSamples++;
            }

            double part = _selfTestSamples / SelfTestSettlingSamples;
            return _selfTesting ? part : 1 - part;
        }

        private short Format(double lsb)
        {
            double rounded = Math.Clamp(Math.Round(lsb / _step), -_limit, _limit - 1);
            return (short)(((int)rounded & _keptBits) << _shift);
        }
    }
}
