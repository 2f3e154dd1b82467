using Sensors.Node;

namespace Sensors.PassScenarios
{
    /// <summary>Blocks of acceleration and what computes on them, nothing else: what a vibration point needs to work.</summary>
    public abstract class VibrationScenario
    {
        /// <summary>The rate of the usual chips' blocks, in Hz.</summary>
        protected const float UsualRate = 3200f;

        private const float Weight = 0.0383f;
        private const int Lowest = -32768, Highest = 32767;

        private readonly int _samples;
        private readonly float _rate;
        private readonly VibrationFeatures _features;

        /// <summary>Makes both.</summary>
        /// <param name="options">How blocks are analysed.</param>
        /// <param name="axes">Axes in a block, 3 or 1.</param>
        /// <param name="samples">Samples of an axis in a block.</param>
        /// <param name="longestTransform">Samples of the longest transform.</param>
        /// <param name="rate">Samples per second.</param>
        protected VibrationScenario(VibrationOptions options, int axes, int samples, int longestTransform, float rate)
        {
            _samples = samples;
            _rate = rate;
            Counts = new short[axes * samples];
            Values = new float[VibrationFields.Count];
            _features = new VibrationFeatures(options, new RealFft(longestTransform), new float[longestTransform]);
            Signal.Fill(Counts, axes);
        }

        /// <summary>Gets the block.</summary>
        protected short[] Counts { get; }

        /// <summary>Gets what was computed.</summary>
        protected float[] Values { get; }

        /// <summary>Computes a block of three axes.</summary>
        protected void ComputeAll()
        {
            _features.Compute(Counts, 0, _samples, Weight, _rate, true, Lowest, Highest, Values);
        }

        /// <summary>Computes three blocks of one axis, which is what a reading then needs.</summary>
        protected void ComputeOneByOne()
        {
            _features.Begin();
            for (int axis = 0; axis < VibrationFields.Axes; axis++)
            {
                _features.ComputeAxis(Counts, 0, 1, _samples, axis, Weight, _rate, true, Lowest, Highest, Values);
            }
        }

        /// <summary>Tells whether a field of all axes was computed.</summary>
        /// <param name="field">One of <see cref="VibrationFields"/>.</param>
        /// <returns>Whether none of them is absent.</returns>
        protected bool Has(int field)
        {
            bool has = true;
            for (int axis = 0; axis < VibrationFields.Axes; axis++)
            {
                has &= !float.IsNaN(Values[(axis * VibrationFields.PerAxis) + field]);
            }

            return has;
        }
    }
}
