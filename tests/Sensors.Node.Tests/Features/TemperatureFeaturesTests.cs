using System;
using Sensors.Node;

namespace Sensors.Node.Tests.Features
{
    /// <summary>Temperature features.</summary>
    public class TemperatureFeaturesTests
    {
        private const int Mean = 0, Min = 1, Max = 2, Slope = 3, Average = 4, Rise = 5;

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
            Assert.Equal(
                new[] { "Cel", "Cel", "Cel", "Cel/min", "Cel" }, System.Array.ConvertAll(TemperatureFeatures.Channels(), channel => channel.Unit));
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
            Assert.Equal(new[] { 21f, 21f, 21f, 0f, float.NaN, float.NaN }, Values(features));
        }

        [Fact]
        public void LongRunsLateAfterStartKeepTheirDigits()
        {
            var features = new TemperatureFeatures();
            long start = 40L * 24 * 3600 * 1000; // 40 days
            for (int i = 0; i < 36_000; i++) { features.Add(start + i * 1000L, 850f + i * 1e-3f); }
            Assert.Equal(0.06, Values(features)[Slope], 2e-6);
        }

        [Fact]
        public void The_average_follows_a_step_as_0_98_to_the_samples()
        {
            TemperatureFeatures features = Averaging(-1 / Math.Log(0.98)); // a weight of 0.02 at a sample a second
            features.Add(5_000, 20f);
            double expected = 20;
            for (int i = 1; i <= 300; i++)
            {
                features.Add(5_000 + (i * 1000L), 30f);
                expected += 0.02 * (30 - expected);
                Assert.Equal(expected, Values(features)[Average], 1e-5);
                if (i % 60 == 0) { features.Reset(); features.Add(5_000 + (i * 1000L), 30f); } // a new window, the same average
            }

            Assert.Equal(30 - (10 * Math.Pow(0.98, 300)), expected, 1e-9);
        }

        [Fact]
        public void The_average_lags_a_ramp_by_its_time_constant()
        {
            // y lags x by dt (1 - w) / w in the end: 49 s at w = 0.02. At 1.8 K/min that is 1.47 K.
            TemperatureFeatures features = Averaging(-1 / Math.Log(0.98));
            for (int i = 0; i < 1200; i++) { features.Add(i * 1000L, 20f + (i * 0.03f)); }
            Assert.Equal(20 + (1199 * 0.03) - 1.47, Values(features)[Average], 1e-4);
            Assert.Equal(1.8, Values(features)[Slope], 1e-4);
        }

        [Fact]
        public void The_average_forgets_by_time_and_not_by_samples()
        {
            TemperatureFeatures even = Averaging(50);
            TemperatureFeatures uneven = Averaging(50);
            even.Add(0, 20f);
            uneven.Add(0, 20f);
            for (int second = 1; second <= 60; second++)
            {
                even.Add(second * 1000L, 40f);
                if (second % 7 == 0 || second > 50) { uneven.Add(second * 1000L, 40f); } // most samples are missed
            }

            Assert.Equal(40 - (20 * Math.Exp(-60.0 / 50)), Values(even)[Average], 1e-4);
            Assert.Equal(Values(even)[Average], Values(uneven)[Average], 1e-4f);
            uneven.Add(3_660_000, 25f); // an hour's pause
            Assert.Equal(25f, Values(uneven)[Average]);
        }

        [Fact]
        public void The_average_starts_as_the_first_sample_and_passes_over_what_is_none()
        {
            TemperatureFeatures features = Averaging(50);
            Assert.True(float.IsNaN(Values(features)[Average]));
            features.Add(1000, float.NaN);
            features.Add(2000, 21.5f);
            Assert.Equal(21.5f, Values(features)[Average]);
            features.Add(2000, 90f); // at the same time: no time has passed to move it
            Assert.Equal(21.5f, Values(features)[Average]);
            features.Reset();
            Assert.All(Values(features), value => Assert.True(float.IsNaN(value))); // a window without samples tells nothing stale
        }

        [Fact]
        public void The_usual_weight_is_0_02_at_a_sample_a_second()
        {
            Assert.Equal(0.02, 1 - Math.Exp(-1 / TemperatureOptions.UsualAverageSeconds), 1e-5);
        }

        [Fact]
        public void The_rise_is_the_mean_less_that_of_the_surroundings()
        {
            var features = new TemperatureFeatures();
            features.Add(0, 61f);
            features.Add(1000, 62f);
            float[] v = new float[TemperatureFeatures.ValueCount];
            features.Compute(24f, v);
            Assert.Equal(37.5f, v[Rise]);
            features.Compute(float.NaN, v);
            Assert.True(float.IsNaN(v[Rise]));
        }

        [Fact]
        public void Channels_follow_from_what_is_known()
        {
            Assert.Equal(new[] { "mean", "min", "max", "slope", "ewma" }, Names(TemperatureFeatures.Channels()));
            Channel[] channels = TemperatureFeatures.Channels(new TemperatureOptions { AmbientPoint = "temp2" });
            Assert.Equal(new[] { "mean", "min", "max", "slope", "ewma", "rise" }, Names(channels));
            Assert.Equal(new[] { 0, 1, 2, 3, 4, 5 }, Array.ConvertAll(channels, channel => channel.Field)); // stored: they never change
            var point = new Point("temp1", PointKinds.Temperature, channels);
            Assert.All(channels, channel => Assert.Equal(ValueForm.Float, point.FormOf(channel.Field)));
        }

        private static string[] Names(Channel[] channels) => Array.ConvertAll(channels, channel => channel.Name);

        private static TemperatureFeatures Averaging(double seconds) =>
            new TemperatureFeatures(new TemperatureOptions { AverageSeconds = (float)seconds });

        private static float[] Values(TemperatureFeatures features)
        {
            float[] values = new float[TemperatureFeatures.ValueCount];
            features.Compute(float.NaN, values);
            return values;
        }
    }
}
