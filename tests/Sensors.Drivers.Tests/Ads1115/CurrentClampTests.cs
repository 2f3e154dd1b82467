using System;

namespace Sensors.Drivers.Tests
{
    /// <summary>Clamps: what a volt is, and the range that holds it.</summary>
    public class CurrentClampTests
    {
        [Fact] // 22 ohm on SCT-013-000: 1.10 V RMS at 100 A, 5.7 mA a digit of +-2.048 V
        public void SCT_013_000_with_22_ohm()
        {
            CurrentClamp clamp = CurrentClamp.WithBurden(100, 50, 22_000, 1);
            Assert.Equal(1.10f, clamp.RatedVolts, 1e-6f);
            Assert.Equal(90.909f, clamp.AmperesPerVolt, 1e-3f);
            Assert.Equal(Ads1115Range.Millivolts2048, clamp.Range);
            Assert.Equal(0.00568, clamp.AmperesPerVolt * 2.048 / 32768, 0.00001);
        }

        [Fact] // 33 ohm: 1.65 V RMS, 2.33 V at the peak, which needs +-4.096 V
        public void SCT_013_000_with_33_ohm()
        {
            CurrentClamp clamp = CurrentClamp.WithBurden(100, 50, 33_000, 1);
            Assert.Equal(1.65f, clamp.RatedVolts, 1e-6f);
            Assert.Equal(Ads1115Range.Millivolts4096, clamp.Range);
        }

        [Theory]
        [InlineData(5)]
        [InlineData(10)]
        [InlineData(15)]
        [InlineData(20)]
        [InlineData(30)]
        [InlineData(50)]
        [InlineData(60)]
        public void Types_with_a_voltage_output_give_1_V_at_their_rating(int amperes)
        {
            CurrentClamp clamp = CurrentClamp.WithVoltage(amperes, 1000, 1);
            Assert.Equal(1f, clamp.RatedVolts);
            Assert.Equal(amperes, clamp.AmperesPerVolt, 1e-4f);
            Assert.Equal(Ads1115Range.Millivolts2048, clamp.Range);
        }

        [Fact]
        public void Turns_through_the_core_divide()
        {
            Assert.Equal(90.909f / 5, CurrentClamp.WithBurden(100, 50, 22_000, 5).AmperesPerVolt, 1e-3f);
            Assert.Equal(3f, CurrentClamp.WithVoltage(30, 1000, 10).AmperesPerVolt, 1e-6f);
        }

        [Theory] // just below and above full scale / (1.25 x root 2)
        [InlineData(144, Ads1115Range.Millivolts256)]
        [InlineData(145, Ads1115Range.Millivolts512)]
        [InlineData(289, Ads1115Range.Millivolts512)]
        [InlineData(290, Ads1115Range.Millivolts1024)]
        [InlineData(579, Ads1115Range.Millivolts1024)]
        [InlineData(580, Ads1115Range.Millivolts2048)]
        [InlineData(1158, Ads1115Range.Millivolts2048)]
        [InlineData(1159, Ads1115Range.Millivolts4096)]
        [InlineData(2317, Ads1115Range.Millivolts4096)]
        [InlineData(2318, Ads1115Range.Millivolts6144)]
        [InlineData(5000, Ads1115Range.Millivolts6144)]
        public void The_range_leaves_a_quarter(int millivolts, Ads1115Range range)
        {
            Assert.Equal(range, CurrentClamp.WithVoltage(100, millivolts, 1).Range);
        }

        [Theory]
        [InlineData(0, 50, 22_000, 1)]
        [InlineData(6001, 50, 22_000, 1)]
        [InlineData(100, 0, 22_000, 1)]
        [InlineData(100, 5001, 22_000, 1)]
        [InlineData(100, 50, 99, 1)]
        [InlineData(100, 50, 1_000_001, 1)]
        [InlineData(100, 50, 22_000, 0)]
        [InlineData(100, 50, 22_000, 101)]
        public void Limits_are_kept(int amperes, int milliAmperes, int burden, int turns)
        {
            Assert.Throws<ArgumentOutOfRangeException>(() => CurrentClamp.WithBurden(amperes, milliAmperes, burden, turns));
            if (burden == 22_000)
            {
                Assert.Throws<ArgumentOutOfRangeException>(() => CurrentClamp.WithVoltage(amperes, milliAmperes, turns));
            }
        }

        [Fact]
        public void At_the_limits_it_still_works()
        {
            Assert.Equal(6000f / 5000f, CurrentClamp.WithBurden(6000, 5000, 1_000_000, 1).AmperesPerVolt, 1e-5f);
            Assert.Equal(1f / (0.001f * 0.1f * 100), CurrentClamp.WithBurden(1, 1, 100, 100).AmperesPerVolt, 0.1f);
            Assert.Equal(6000f / 5f / 100f, CurrentClamp.WithVoltage(6000, 5000, 100).AmperesPerVolt, 1e-4f);
        }
    }
}
