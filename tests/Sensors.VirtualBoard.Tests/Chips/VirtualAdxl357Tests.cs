using System;
using System.Linq;

namespace Sensors.VirtualBoard.Tests
{
    /// <summary>What an ADXL357 has of its own; the rest is in <see cref="VirtualAdxl355Tests"/>.</summary>
    public sealed class VirtualAdxl357Tests
    {
        [Fact]
        public void No_register_tells_it_from_an_ADXL355()
        {
            var other = new Adxl35xBench();
            var bench = new Adxl35xBench(is357: true);
            for (byte register = 0; register < 0x30; register++)
            {
                Assert.Equal(other.Chip.Peek(register), bench.Chip.Peek(register));
            }
        }

        [Theory]
        [InlineData((byte)0x81, -1, -51_200)]
        [InlineData((byte)0x82, -1, -25_600)]
        [InlineData((byte)0x83, -1, -12_800)]
        [InlineData((byte)0x81, 12, 524_287)]
        [InlineData((byte)0x83, 40, 512_000)]
        [InlineData((byte)0x83, -45, -524_288)]
        public void A_range_sets_weight_and_ends(byte range, double g, int digits)
        {
            Adxl35xBench bench = new Adxl35xBench(new ConstantSource().WithAcceleration(g, 0, 0), is357: true).Measure(range: range).Settled();
            bench.WaitMilliseconds(1);
            Assert.Equal(digits, Adxl35xBench.Digits(bench.Words(1)[0]));
        }

        [Fact]
        public void Noise_has_the_typical_density()
        {
            Adxl35xBench bench = new Adxl35xBench(options: new Adxl35xOptions(), is357: true).Measure(range: 0x83).Settled();
            double[] g = bench.Samples(3000).Select(sample => sample[0] / 12_800.0).ToArray();
            double expected = 75e-6 * Math.Sqrt(2000);
            Assert.Equal(expected, Math.Sqrt(g.Average(value => value * value)), expected * 0.06);
        }

        [Fact]
        public void Temperature_at_25_degrees_is_1852()
        {
            Adxl35xBench bench = new Adxl35xBench(is357: true).Measure().Settled();
            Assert.Equal([0x07, 0x3C], bench.Read(0x06, 2));
        }
    }
}
