using System;
using Sensors.Node;

namespace Sensors.Node.Tests.Readings
{
    /// <summary>The logarithmic codes of stored records against double arithmetic.</summary>
    public class LogScaleTests
    {
        [Fact]
        public void Every_amplitude_code_stands_for_its_power_of_two_and_comes_back()
        {
            Assert.Equal(0f, LogScale.Decode(0, LogScale.AmplitudeBits));
            for (int code = 1; code < 65536; code++)
            {
                float value = LogScale.Decode(code, LogScale.AmplitudeBits);
                double exact = Math.Pow(2, ((code - 1) / 1024.0) - 32);
                Assert.InRange(value / exact, 1 - 1e-7, 1 + 1e-7);
                Assert.Equal(code, LogScale.Encode(value, LogScale.AmplitudeBits));
            }
        }

        [Fact]
        public void Every_signed_code_comes_back()
        {
            for (int code = 1; code < 32768; code++)
            {
                float value = LogScale.DecodeSigned(code);
                Assert.InRange(value / Math.Pow(2, ((code - 1) / 1024.0) - 14), 1 - 1e-7, 1 + 1e-7);
                Assert.Equal(code, LogScale.EncodeSigned(value));
                Assert.Equal(code | 0x8000, LogScale.EncodeSigned(-value));
                Assert.Equal(-value, LogScale.DecodeSigned(code | 0x8000));
            }
        }

        [Theory]
        [InlineData(LogScale.AmplitudeBits, 0.000339)] // half a step of 2^(1/1024): where 0.05 % is promised
        [InlineData(LogScale.FineBits, 1.4e-6)]
        public void No_number_is_off_by_more_than_half_a_step(int bits, double bound)
        {
            var chance = new Random(4);
            double worst = 0;
            for (int i = 0; i < 200000; i++)
            {
                float value = (float)Math.Pow(2, (chance.NextDouble() * 63) - 31.5);
                worst = Math.Max(worst, Math.Abs((LogScale.Decode(LogScale.Encode(value, bits), bits) / (double)value) - 1));
            }

            Assert.InRange(worst, bound / 2, bound);
        }

        [Fact]
        public void Skewness_is_kept_within_its_bound()
        {
            var chance = new Random(5);
            for (int i = 0; i < 100000; i++)
            {
                float value = (float)((chance.NextDouble() - 0.5) * Math.Pow(10, (chance.NextDouble() * 7) - 5));
                double error = Math.Abs(LogScale.DecodeSigned(LogScale.EncodeSigned(value)) - (double)value);
                Assert.True(error <= Math.Max(0.0005 * Math.Abs(value), 1e-4), value.ToString());
            }
        }

        [Theory]
        [InlineData(0f, 0)]
        [InlineData(-1f, 0)]
        [InlineData(float.NaN, 0)]
        [InlineData(1.4e-45f, 0)]
        [InlineData(1e-20f, 0)]
        [InlineData(2.3283064e-10f, 1)] // 2^-32
        [InlineData(1f, 32769)]
        [InlineData(float.MaxValue, 65535)]
        [InlineData(float.PositiveInfinity, 65535)]
        public void The_ends_of_the_scale(float value, int code) => Assert.Equal(code, LogScale.Encode(value, LogScale.AmplitudeBits));

        [Fact]
        public void A_float_s_bits_are_those_of_the_platform()
        {
            var chance = new Random(6);
            for (int i = 0; i < 200000; i++)
            {
                float value = BitConverter.Int32BitsToSingle((int)chance.NextInt64());
                Assert.Equal(float.IsNaN(value) ? 0x7FC00000 : BitConverter.SingleToInt32Bits(value), FloatBits.Of(value));
            }

            foreach (float value in new[] { 0f, -0f, float.Epsilon, -float.Epsilon, 1.1754942e-38f, 1.17549435e-38f, float.MaxValue, float.PositiveInfinity, float.NegativeInfinity })
            {
                Assert.Equal(BitConverter.SingleToInt32Bits(value), FloatBits.Of(value));
            }
        }
    }
}
