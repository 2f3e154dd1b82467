using System;

namespace Sensors.VirtualBoard
{
    /// <summary>The sensing element and converter of a virtual accelerometer: from what it feels to signed digits.</summary>
    /// <remarks>Order: source (filtered) → sensitivity, zero-g offset, offset registers, self-test → noise → round and clip.</remarks>
    internal sealed class AccelerometerElement
    {
        private readonly IVibrationSource _source;
        private readonly ulong _seed;
        private readonly double _sensitivity;
        private readonly double[] _offsetG;
        private readonly double _noiseFactor;
        private readonly float[] _felt;
        private double _selfTestSamples = double.MaxValue; // settled long ago
        private bool _selfTesting;

        public AccelerometerElement(IVibrationSource source, ulong seed, AccelerometerOptions options, int batch)
        {
            ArgumentNullException.ThrowIfNull(source);
            _source = source;
            _seed = seed;
            _sensitivity = 1 + (options.SensitivityErrorPercent / 100);
            _offsetG = [options.OffsetXMilliG / 1000, options.OffsetYMilliG / 1000, options.OffsetZMilliG / 1000];
            _noiseFactor = options.NoiseFactor;
            _felt = new float[3 * batch];
        }

        /// <summary>Gets the settings in force; the chip changes them when its registers change.</summary>
        public ElementSettings Settings { get; } = new();

        /// <summary>Switches the self-test force on or off; it sets in over <see cref="ElementSettings.SelfTestSettlingSamples"/>.</summary>
        public void SetSelfTest(bool on)
        {
            if (on != _selfTesting)
            {
                _selfTesting = on;
                _selfTestSamples = 0;
            }
        }

        /// <summary>Makes samples, oldest first.</summary>
        /// <param name="grid">When.</param>
        /// <param name="failedSelfTestAxes">Axes that the self-test does not move: bit 0 is X.</param>
        /// <param name="xyz">Receives digits; 3 x the grid's count.</param>
        public void Sample(in SampleGrid grid, int failedSelfTestAxes, Span<int> xyz)
        {
            ElementSettings settings = Settings;
            Span<float> felt = _felt.AsSpan(0, 3 * grid.Count);
            _source.Fill(grid, felt);
            double lsbPerG = settings.LsbPerG * _sensitivity;
            for (int i = 0; i < grid.Count; i++)
            {
                var noise = new NoiseDraw(_seed, grid.FirstIndex + i);
                double test = SelfTestPart(settings.SelfTestSettlingSamples);
                for (int axis = 0; axis < 3; axis++)
                {
                    double lsb = (felt[(3 * i) + axis] + _offsetG[axis]) * lsbPerG;
                    lsb += settings.OffsetLsb[axis];
                    lsb += (failedSelfTestAxes & (1 << axis)) == 0 ? test * settings.SelfTestLsb[axis] : 0;
                    double rms = _noiseFactor * settings.NoiseLsb[axis];
                    if (rms != 0)
                    {
                        lsb += rms * noise.Next();
                    }

                    xyz[(3 * i) + axis] = (int)Math.Clamp(Math.Round(lsb), settings.Lowest, settings.Highest);
                }
            }
        }

        private double SelfTestPart(double settling)
        {
            if (_selfTestSamples < settling)
            {
                _selfTestSamples++;
            }

            double part = settling > 0 ? Math.Min(1, _selfTestSamples / settling) : 1;
            return _selfTesting ? part : 1 - part;
        }
    }

    /// <summary>What a virtual accelerometer's registers make of its element.</summary>
    internal sealed class ElementSettings
    {
        /// <summary>Gets or sets the corner of the stated low-pass, see <see cref="LowPass"/>.</summary>
        public double CornerHertz { get; set; } = double.PositiveInfinity;

        /// <summary>Gets or sets the digits per g before the specimen's sensitivity error.</summary>
        public double LsbPerG { get; set; }

        /// <summary>Gets or sets the lowest digit.</summary>
        public int Lowest { get; set; }

        /// <summary>Gets or sets the highest digit.</summary>
        public int Highest { get; set; }

        /// <summary>Gets the noise of each axis in digits RMS, for a noise factor of 1.</summary>
        public double[] NoiseLsb { get; } = new double[3];

        /// <summary>Gets what the offset registers add to each axis, in digits.</summary>
        public double[] OffsetLsb { get; } = new double[3];

        /// <summary>Gets what the self-test adds to each axis once it has settled, in digits.</summary>
        public double[] SelfTestLsb { get; } = new double[3];

        /// <summary>Gets or sets how many samples the self-test takes to settle.</summary>
        public double SelfTestSettlingSamples { get; set; } = 4;
    }
}
