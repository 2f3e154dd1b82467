using System;
using Sensors.Node;

namespace Sensors.Node.Tests.Features
{
    /// <summary>Temperature features.</summary>
    public class TemperatureFeaturesTests
    {
        private const int Mean = 0, Min = 1, Max = 2, Slope = 3;

        [Fact]
        public void ALineHasItsSlope()
        {
            var features = new TemperatureFeatures();
            for (int i = 0; i <= 60; i++) { features.Add(7_200_000 + i * 1000L, 20f + i * 0.03125f); } // 1.875 °C/min
            float[] v = Values(features);
            Assert.Equal(61, features.Count);
            Assert.Equal(20.9375f, v[Mean]);
            Assert.Equal(20f, v[Min]);
            Assert.Equal(21.875f, v[Max]);
            Assert.Equal(1.875f, v[Slope]);
        }

        [Fact]
        public void A_humidity_has_the_same_channels_in_percent()
        {
            Point point = PointKinds.Make("hum1", PointKinds.Humidity);
            Assert.Equal(new[] { "mean", "min", "max", "slope" }, System.Array.ConvertAll(point.Channels, channel => channel.Name));
            Assert.Equal(new[] { "%RH", "%RH", "%RH", "%RH/min" }, System.Array.ConvertAll(point.Channels, channel => channel.Unit));
            Assert.Equal("Mean relative humidity", point.Channels[Mean].Meaning);
            Assert.Equal(PointKinds.Humidity, PointKinds.KindOf("hum1"));
            Assert.Equal(new[] { "Cel", "Cel", "Cel", "Cel/min" }, System.Array.ConvertAll(TemperatureFeatures.Channels(), channel => channel.Unit));
        }

        [Fact]
        public void UnevenTimesAreWeighedAsTheyAre()
        {
            var features = new TemperatureFeatures();
            features.Add(0, 10f);
            features.Add(10_000, 11f);
            features.Add(60_000, 10f);
            // mean t = 70/3 s, mean x = 31/3; sum (t-mt)(x-mx) = -40/3, sum (t-mt)^2 = 6200/3; slope = -40/6200 * 60
            Assert.Equal(-0.389f + 0.0019032f, Values(features)[Slope], 1e-5f);
        }

        [Fact]
        public void AbsentWhereThereIsTooLittle()
        {
            var features = new TemperatureFeatures();
            Assert.All(Values(features), value => Assert.True(float.IsNaN(value)));
            features.Add(0, 25f);
            Assert.Equal(25f, Values(features)[Mean]);
            features.Add(1000, 26f);
            Assert.Equal(25.5f, Values(features)[Mean]);
            Assert.True(float.IsNaN(Values(features)[Slope]), "two samples give no slope");
            features.Add(2000, 27f);
            Assert.Equal(60f, Values(features)[Slope]);
        }

        [Fact]
        public void OneTimeGivesNoSlope()
        {
            var features = new TemperatureFeatures();
            for (int i = 0; i < 5; i++) { features.Add(1000, 20f + i); }
            Assert.True(float.IsNaN(Values(features)[Slope]));
            Assert.Equal(22f, Values(features)[Mean]);
        }

        [Fact]
        public void NaNAndInfinityArePassedOver()
        {
            var features = new TemperatureFeatures();
            features.Add(0, float.NaN);
            features.Add(0, float.PositiveInfinity);
            Assert.Equal(0, features.Count);
            features.Add(0, 1f);
            features.Add(1, float.NegativeInfinity);
            Assert.Equal(1, features.Count);
            Assert.Equal(1f, Values(features)[Min]);
        }

        [Fact]
        public void ResetForgetsEverything()
        {
            var features = new TemperatureFeatures();
            for (int i = 0; i < 5; i++) { features.Add(i * 1000, 100f * i); }
            features.Reset();
            Assert.All(Values(features), value => Assert.True(float.IsNaN(value)));
            for (int i = 0; i < 3; i++) { features.Add(50_000 + i * 1000, 21f); }
            Assert.Equal(new[] { 21f, 21f, 21f, 0f }, Values(features));
        }

        [Fact]
        public void LongRunsLateAfterStartKeepTheirDigits()
        {
            var features = new TemperatureFeatures();
            long start = 40L * 24 * 3600 * 1000; // 40 days
            for (int i = 0; i < 36_000; i++) { features.Add(start + i * 1000L, 850f + i * 1e-3f); }
            Assert.Equal(0.06, Values(features)[Slope], 2e-6);
        }

        private static float[] Values(TemperatureFeatures features)
        {
            float[] values = new float[TemperatureFeatures.ValueCount];
            features.Compute(values);
            return values;
        }
    }
}
