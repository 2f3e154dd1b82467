using System;
using nanoFramework.TestFramework;
using Sensors.Node;

namespace NFUnitTest.Features
{
    [TestClass]
    public class EnvelopeTests
    {
        [TestMethod]
        public static void A_struck_resonance_has_a_line_far_above_the_floor()
        {
            // 12,000 samples a second; blows 3.5848 times a turn of 25 Hz, each ringing at 3 kHz.
            var options = new VibrationOptions();
            options.SpeedRpm = 1500;
            options.Bearing = new BearingGeometry(9, 0.3126, 1.537, 0);
            short[] counts = new short[8192];
            int noise = 1;
            double since = 0;
            for (int i = 0; i < counts.Length; i++)
            {
                noise = noise * 1103515245 + 12345;
                since += 1 / 12000.0;
                if (since > 1 / 89.62) { since -= 1 / 89.62; }
                counts[i] = (short)(2049 + (6000 * Math.Exp(-since * 700) * Math.Sin(2 * Math.PI * 3000 * since)) + (noise >> 25));
            }

            float[] v = new float[VibrationFields.Count];
            var analysis = new EnvelopeAnalysis(options, new RealFft(1024), new float[1024]);
            Assert.AreEqual(0, analysis.Compute(counts, 0, 1, counts.Length, 2049, 0.01f, 12000f, v, 0));
            Assert.IsTrue(v[VibrationFields.Envelope] > 1f && v[VibrationFields.Envelope] < 20f, "the envelope's RMS");
            Assert.IsTrue(v[VibrationFields.OuterRace] > 20 * v[VibrationFields.EnvelopeFloor], "the outer race's line");
            Assert.IsTrue(v[VibrationFields.InnerRace] < 8 * v[VibrationFields.EnvelopeFloor], "the inner race's line");
            Assert.AreEqual(QualityNotes.EnvelopeWindow, analysis.Compute(counts, 0, 1, 4096, 2049, 0.01f, 12000f, v, 0));
            Assert.IsTrue(float.IsNaN(v[VibrationFields.OuterRace]));
        }

        [TestMethod]
        public static void Silence_has_no_envelope()
        {
            short[] counts = new short[2048];
            for (int i = 0; i < counts.Length; i++) { counts[i] = 2049; }
            float[] v = new float[VibrationFields.Count];
            var analysis = new EnvelopeAnalysis(new VibrationOptions(), new RealFft(1024), new float[1024]);
            Assert.AreEqual(0, analysis.Compute(counts, 0, 1, 2048, 2049, 0.01f, 3200f, v, 0));
            Assert.AreEqual(0f, v[VibrationFields.Envelope]);
            Assert.AreEqual(0f, v[VibrationFields.EnvelopeFloor]);
            Assert.IsTrue(float.IsNaN(v[VibrationFields.OuterRace]), "no bearing is known");
        }

        [TestMethod]
        public static void A_slow_tone_passes_the_decimator_and_one_that_would_fold_does_not()
        {
            short[] counts = new short[7 * 64];
            float[] output = new float[64];
            for (int i = 0; i < counts.Length; i++) { counts[i] = (short)(1000 + (8000 * Math.Cos(2 * Math.PI * (i - 3) / (7 * 8)))); } // an eighth of the output's rate
            Assert.AreEqual(64, Decimator.Reduce(counts, 0, 1, counts.Length, 1000, 7, output));
            Assert.IsTrue(output[32] > 7985f && output[32] < 8015f);
            Assert.IsTrue(output[36] < -7985f && output[36] > -8015f);
            Assert.IsTrue(output[34] > -15f && output[34] < 15f);
            for (int i = 0; i < counts.Length; i++) { counts[i] = (short)(1000 + (8000 * Math.Cos(2 * Math.PI * (i - 3) * 7 / (7 * 8)))); } // seven eighths of it
            Decimator.Reduce(counts, 0, 1, counts.Length, 1000, 7, output);
            for (int i = 8; i < 56; i++) { Assert.IsTrue(output[i] > -8f && output[i] < 8f); }
        }
    }
}
