using Sensors.Node;

namespace Sensors.PassScenarios
{
    /// <summary>The envelope of one axis, with a bearing's lines.</summary>
    public sealed class Envelopes
    {
        private const int Samples = 4096;
        private const float UsualRate = 3200f;
        private const float FastRate = 26667f;
        private const float Weight = 0.0383f;

        private readonly short[] _counts = new short[BlockMemory.LongAxisSamples];
        private readonly float[] _values = new float[VibrationFields.Count];
        private readonly EnvelopeAnalysis _envelope;

        /// <summary>Makes the window and what computes on it.</summary>
        public Envelopes()
        {
            var options = new VibrationOptions { SpeedRpm = 1500f, Bearing = new BearingGeometry(9, 7.94, 39.04, 0) };
            _envelope = new EnvelopeAnalysis(options, new RealFft(BlockMemory.UsualBlock), new float[BlockMemory.UsualBlock]);
            Signal.Fill(_counts, 1);
        }

        /// <summary>The usual block.</summary>
        /// <returns>What is missing; 0 for nothing.</returns>
        [Scenario("envelope of 4,096 samples")]
        public int Usual()
        {
            return _envelope.Compute(_counts, 0, 1, Samples, 0, Weight, UsualRate, _values, 0);
        }

        /// <summary>Half a second of a fast chip.</summary>
        /// <returns>What is missing; 0 for nothing.</returns>
        [Scenario("envelope of 14,336 samples")]
        public int Fast()
        {
            return _envelope.Compute(_counts, 0, 1, BlockMemory.LongAxisSamples, 0, Weight, FastRate, _values, 0);
        }
    }
}
