using System;
using nanoFramework.TestFramework;
using Sensors.Node;

namespace NFUnitTest.Features
{
    [TestClass]
    public class CurrentTests
    {
        [TestMethod]
        public static void Harmonics_of_a_clamp_are_told_at_the_measured_frequency()
        {
            // 49.7 Hz at 860 samples a second, 9.94 cycles: 1 A, with 20 % of the third and 10 % of the fifth harmonic.
            float[] amperes = Wave(860, 172, 49.7);
            float[] v = new float[CurrentFeatures.ValueCount];
            int notes = new CurrentFeatures().ComputeAlternating(amperes, 0, 172, 860f, 0f, v);
            Assert.AreEqual(QualityNotes.None, notes);
            Near(49.7, v[CurrentFields.Frequency], 0.01);
            Near(0.2236, v[CurrentFields.Distortion], 0.0005); // sqrt(0.2^2 + 0.1^2)
            Near(1.0247, v[CurrentFields.Rms], 0.002);
            Near(1, v[CurrentFields.Inrush], 0.01);
            Near(0, v[CurrentFields.Mean], 0.002);
        }

        [TestMethod]
        public static void Sidebands_of_a_second_are_told_when_the_speed_is_known()
        {
            float[] amperes = Wave(860, 860, 49.7);
            for (int i = 0; i < 860; i++)
            {
                amperes[i] += 0.01f * (float)(Math.Sqrt(2) * Math.Sin(2 * Math.PI * (49.7 - 12.4) * i / 860)); // -40 dB
            }

            float[] v = new float[CurrentFeatures.ValueCount];
            CurrentFeatures features = new CurrentFeatures(new CurrentOptions { SpeedRpm = 744f });
            Assert.AreEqual(QualityNotes.None, features.ComputeAlternating(amperes, 0, 860, 860f, 0f, v));
            Near(-40.7, v[CurrentFields.SidebandLow], 1);
            Assert.IsTrue(v[CurrentFields.SidebandHigh] < -70f);
            Assert.AreEqual(QualityNotes.CurrentWindow, features.ComputeAlternating(amperes, 0, 172, 860f, 0f, v));
            Assert.IsTrue(float.IsNaN(v[CurrentFields.SidebandLow]));
        }

        [TestMethod]
        public static void Silence_and_an_impulse_are_harmless()
        {
            float[] amperes = new float[172];
            float[] v = new float[CurrentFeatures.ValueCount];
            CurrentFeatures features = new CurrentFeatures();
            Assert.AreEqual(QualityNotes.None, features.ComputeAlternating(amperes, 0, 172, 860f, 1f, v));
            Assert.AreEqual(0f, v[CurrentFields.Rms]);
            for (int i = CurrentFields.Frequency; i < v.Length; i++) { Assert.IsTrue(float.IsNaN(v[i])); }
            amperes[86] = 1f;
            features.ComputeAlternating(amperes, 0, 172, 860f, 1f, v);
            Assert.IsTrue(float.IsNaN(v[CurrentFields.Frequency]));
            Near(13.08, v[CurrentFields.Crest], 0.01); // (1 - 1/172) / sqrt(1/172 - 1/172^2)
            Assert.AreEqual(QualityNotes.CurrentWindow, features.ComputeAlternating(amperes, 0, 40, 860f, 1f, v));
        }

        [TestMethod]
        public static void A_direct_current_that_starts_has_an_inrush()
        {
            float[] amperes = new float[90];
            for (int i = 0; i < 90; i++) { amperes[i] = i < 9 ? 12f : 2f; }
            float[] v = new float[CurrentFeatures.ValueCount];
            new CurrentFeatures(null, 0.25f, 0).Compute(amperes, 0, 90, 450f, v);
            Near(6, v[CurrentFields.Inrush], 0.01);
            Near(3, v[CurrentFields.Crest], 0.001); // 9 of 90: sqrt(0.9 / 0.1)
            Assert.IsTrue(float.IsNaN(v[CurrentFields.Frequency]));
        }

        private static float[] Wave(double rate, int count, double hertz)
        {
            float[] amperes = new float[count];
            for (int i = 0; i < count; i++)
            {
                double angle = 2 * Math.PI * hertz * i / rate;
                amperes[i] = (float)(Math.Sqrt(2) * (Math.Sin(angle) + (0.2 * Math.Sin((3 * angle) + 1)) + (0.1 * Math.Sin((5 * angle) + 2))));
            }

            return amperes;
        }

        private static void Near(double expected, double found, double tolerance)
        {
            Assert.IsTrue(found > expected - tolerance && found < expected + tolerance);
        }
    }
}
