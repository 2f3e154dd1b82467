using System;
using System.Numerics;
using MathNet.Numerics.IntegralTransforms;
using Sensors.Node;

namespace Sensors.Node.Tests.Features
{
    /// <summary>The real transform against MathNet.Numerics in float64, at every length it can have.</summary>
    public class RealFftTests
    {
        public static readonly TheoryData<int> Lengths = new() { 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384, 32768, 65536 };

        [Theory]
        [MemberData(nameof(Lengths))]
        public void AgreesWithDouble(int length)
        {
            // A table made for this length, and one made for a longer transform.
            foreach (int longest in new[] { length, 4 * length })
            {
                var fft = new RealFft(longest);
                var random = new Random(length);
                float[] data = new float[length + 1];
                for (int i = 0; i < data.Length; i++) { data[i] = (float)(2 * random.NextDouble() - 1); }
                float behind = data[length];
                Complex[] expected = Forward(data, length);

                fft.Transform(data, length);
                Complex[] found = Unpack(data, length);
                double scale = Math.Sqrt(length);
                for (int k = 0; k <= length / 2; k++) { Assert.True((found[k] - expected[k]).Magnitude < 2e-6 * scale, "bin " + k); }
                Assert.Equal(behind, data[length]);
            }
        }

        [Theory]
        [MemberData(nameof(Lengths))]
        public void AToneStandsAloneInItsBin(int length)
        {
            var fft = new RealFft(length);
            foreach (int bin in new[] { 1, length / 8, length / 4, length / 2 - 1 })
            {
                float[] data = new float[length];
                for (int i = 0; i < length; i++) { data[i] = (float)Math.Cos(2 * Math.PI * ((long)bin * i % length) / length + 0.3); }
                fft.Transform(data, length);
                Complex[] found = Unpack(data, length);
                for (int k = 0; k <= length / 2; k++)
                {
                    Complex expected = k == bin ? Complex.FromPolarCoordinates(length / 2.0, 0.3) : 0;
                    Assert.True((found[k] - expected).Magnitude < 1e-6 * length, "bin " + k);
                }
            }
        }

        [Fact]
        public void ALineOfImpulsesAndAConstant()
        {
            float[] data = new float[16];
            data[0] = 3f;
            var fft = new RealFft(16);
            fft.Transform(data, 16);
            for (int i = 0; i < 16; i++) { Assert.Equal(i == 0 || i % 2 == 0 || i == 1 ? 3f : 0f, data[i]); }

            Array.Fill(data, 1f);
            fft.Transform(data, 16);
            Assert.Equal(16f, data[0]);
            for (int i = 1; i < 16; i++) { Assert.Equal(0f, data[i]); }
        }

        [Theory]
        [InlineData(0)]
        [InlineData(4)]
        [InlineData(12)]
        [InlineData(-8)]
        [InlineData(1000)]
        public void OtherLengthsAreRefused(int longest)
        {
            Assert.Throws<ArgumentException>(() => new RealFft(longest));
        }

        [Fact]
        public void TheTableIsAQuarterPeriod()
        {
            float[] table = new RealFft(64).CosineTable;
            Assert.Equal(17, table.Length);
            for (int i = 0; i < 16; i++) { Assert.Equal((float)Math.Cos(2 * Math.PI * i / 64), table[i]); }
            Assert.Equal(0f, table[16]);
        }

        [Fact]
        public void NothingIsAllocated()
        {
            var fft = new RealFft(1024);
            float[] data = new float[1024];
            fft.Transform(data, 1024);
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 10; i++) { fft.Transform(data, 1024); }
            Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        }

        internal static Complex[] Forward(float[] data, int length)
        {
            var values = new Complex[length];
            for (int i = 0; i < length; i++) { values[i] = data[i]; }
            Fourier.Forward(values, FourierOptions.NoScaling);
            return values;
        }

        private static Complex[] Unpack(float[] data, int length)
        {
            var bins = new Complex[length / 2 + 1];
            bins[0] = data[0];
            bins[length / 2] = data[1];
            for (int k = 1; k < length / 2; k++) { bins[k] = new Complex(data[2 * k], data[2 * k + 1]); }
            return bins;
        }
    }
}
