using System;
using System.Numerics;
using Sensors.Node;

namespace Sensors.Node.Tests.Readings
{
    /// <summary>Proves that the cut-off powers of ten never round a float wrongly.</summary>
    public class FloatScalingTests
    {
        [Fact]
        public void EveryPowerIsTheTopOfTheExactOne()
        {
            for (int power = -38; power <= 51; power++)
            {
                if (power is > -12 and < 12) { continue; }
                ulong stored = power < 0 ? FloatScaling.SmallPowers[power + 38] : FloatScaling.LargePowers[power - 12];
                int scale = ((power * 217706) >> 16) - 63; // the exponent the writer assumes
                var (numerator, denominator) = Product(power, -scale);
                Assert.Equal(stored, (ulong)(numerator / denominator)); // throws if it has more than 64 bits
                Assert.True(stored >= 1UL << 63);
            }
        }

        /// <summary>
        /// The rounded product is m * a, a = 2^(binary - 23) * 10^power, m a whole number below 2^24. It is rounded right if 2 m a
        /// keeps further from every integer than the error of 2 m a. Of all n up to N, the one whose n * a lies nearest to an
        /// integer is the denominator of a convergent of a's continued fraction (Lagrange), so a few of them need checking.
        /// </summary>
        [Fact]
        public void NoProductComesSoNearToATieThatTheErrorMatters()
        {
            BigInteger largest = (BigInteger.One << 25) - 1;
            double smallestRatio = double.MaxValue;
            for (int binary = -149; binary <= 127; binary++)
            {
                for (int digits = 1; digits <= DigitWriter.MaxDigits; digits++)
                {
                    int exponent = (binary * 78913) >> 18;
                    for (int power = digits - 2 - exponent; power <= digits - 1 - exponent; power++)
                    {
                        if (binary <= 61 && power <= 11) { continue; } // exact
                        double distance = NearestToInteger(Product(power, binary - 23), largest);
                        double error = 2 * 2e7 * Math.Pow(2, -63);
                        smallestRatio = Math.Min(smallestRatio, distance / error);
                    }
                }
            }

            Assert.True(smallestRatio > 1, "distance over error: " + smallestRatio);
        }

        [Fact]
        public void TheEstimateOfTheDecimalExponentIsRight()
        {
            for (int binary = -149; binary <= 127; binary++)
            {
                Assert.Equal((int)Math.Floor(binary * Math.Log10(2)), (binary * 78913) >> 18);
            }
        }

        // 10^power * 2^scale as a fraction.
        private static (BigInteger Numerator, BigInteger Denominator) Product(int power, int scale)
        {
            BigInteger numerator = BigInteger.Pow(10, Math.Max(power, 0)) << Math.Max(scale, 0);
            BigInteger denominator = BigInteger.Pow(10, Math.Max(-power, 0)) << Math.Max(-scale, 0);
            return (numerator, denominator);
        }

        // The least distance of n * a to an integer, n = 1 ... largest.
        private static double NearestToInteger((BigInteger Numerator, BigInteger Denominator) a, BigInteger largest)
        {
            BigInteger x = a.Numerator, y = a.Denominator;
            BigInteger previous = BigInteger.Zero, denominator = BigInteger.One; // of the convergents
            BigInteger quotient = BigInteger.DivRem(x, y, out BigInteger rest);
            double nearest = Distance(a, denominator);
            while (!rest.IsZero)
            {
                (x, y) = (y, rest);
                quotient = BigInteger.DivRem(x, y, out rest);
                (previous, denominator) = (denominator, quotient * denominator + previous);
                if (denominator > largest) { break; }
                nearest = Math.Min(nearest, Distance(a, denominator));
            }

            return nearest;
        }

        private static double Distance((BigInteger Numerator, BigInteger Denominator) a, BigInteger n)
        {
            BigInteger rest = n * a.Numerator % a.Denominator;
            BigInteger distance = BigInteger.Min(rest, a.Denominator - rest);
            return Math.Exp(BigInteger.Log(distance) - BigInteger.Log(a.Denominator)); // zero would give 0: an exact integer
        }
    }
}
