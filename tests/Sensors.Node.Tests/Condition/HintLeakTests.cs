using System;
using Sensors.Node;

namespace Sensors.Node.Tests
{
    /// <summary>What the envelope's filter lets through of the shaft's orders is not taken for a bearing's line.</summary>
    public class HintLeakTests
    {
        private const float Floor = 0.01f;
        private const float Line = 0.12f; // 12 times the floor

        [Theory]
        [InlineData(0.1f, "outer-race")]
        [InlineData(10f, "misalignment")] // at 100 Hz, a fifth of 500 Hz: 0.04 of it, 0.4 m/s2, comes through
        public void ALineMustReachHalfOfWhatLeaks(float second, string hint)
        {
            Assert.Equal(hint, Judge(VibrationFields.FirstOrder + 1, second));
        }

        [Fact]
        public void TheMainsLeaksToo()
        {
            Assert.Equal("outer-race", Judge(VibrationFields.MainsLine, 0.1f, rpm: 1000));
            Assert.NotEqual("outer-race", Judge(VibrationFields.MainsLine, 10f, rpm: 1000));
        }

        private static string Judge(int field, float amplitude, float rpm = 3000)
        {
            VibrationOptions options = new VibrationOptions { SpeedRpm = rpm, Bearing = new BearingGeometry(8, 7.938, 33.5, 0), AxialAxis = 1 };
            float[] values = new float[VibrationFields.Count];
            Array.Fill(values, float.NaN);
            for (int axis = 0; axis < VibrationFields.Axes; axis++)
            {
                int at = axis * VibrationFields.PerAxis;
                for (int i = 0; i < VibrationFields.Orders; i++) { values[at + VibrationFields.FirstOrder + i] = 0.01f; }
                for (int i = 0; i < VibrationFields.HalfOrders; i++) { values[at + VibrationFields.FirstHalfOrder + i] = 0.001f; }
                values[at + VibrationFields.MainsLine] = 0.001f;
                values[at + VibrationFields.EnvelopeFloor] = Floor;
                values[at + VibrationFields.OuterRace] = Line;
                values[at + VibrationFields.InnerRace] = Floor;
                values[at + VibrationFields.Kurtosis] = 3f;
                values[at + field] = amplitude;
            }

            float velocity = amplitude > 1 ? amplitude / (2 * MathF.PI * 100) / MathF.Sqrt(2) * 1000 : 0.3f;
            Condition condition = new Condition();
            new HintRules(options, null).Judge(values, velocity, float.NaN, condition);
            return WireNames.Of(condition.Hint);
        }
    }
}
