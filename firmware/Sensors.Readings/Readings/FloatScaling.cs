using Sensors.Drivers;

namespace Sensors.Node
{
    /// <summary>Multiplies the exact value of a float by a power of ten and rounds to an integer of at most eight digits.</summary>
    internal static class FloatScaling
    {
        private const int MantissaBits = 24;
        private const int FractionBits = MantissaBits - 1;

        private const int LargestExactPower = 11;        // 24 bits times 10^11 (37 bits) fit into a long
        private const int LargestExactBinary = 61;       // the whole number fits into a long; 10^18 then is the largest divisor
        private const int FirstSmall = -38, FirstLarge = 12;

        /// <summary>Gives mantissa * 2^(binary - 23) * 10^power, rounded to the nearest integer, ties to even.</summary>
        /// <param name="mantissa">2^23 to 2^24 - 1.</param>
        /// <param name="binary">-149 to 127.</param>
        /// <param name="power">-38 to 51, so chosen that the result is from 1 to below 2 x 10^7.</param>
        /// <returns>The rounded product.</returns>
        /// <remarks>
        /// Below 2^62 and with powers up to 10^11 the product is exact in 64 bits. Beyond, the power of ten is a 64-bit mantissa,
        /// cut off, and the product too low by less than 2^-63 of itself. No product is a tie there: a tie needs 5^|power| to
        /// divide the mantissa or twice the result, both of which are below 5^12. And none comes nearer to a tie than the error
        /// reaches: FloatScalingTests proves that for every binary exponent with continued fractions.
        /// </remarks>
        [HotPath]
        internal static int Round(int mantissa, int binary, int power)
        {
            if (binary > LargestExactBinary || power > LargestExactPower) { return RoundWide(mantissa, binary, power); }

            int shift = FractionBits - binary; // how many bits of the mantissa stand behind the binary point
            long numerator = mantissa;
            long divisor = 1;
            if (power >= 0) { numerator *= ExactPowers[power]; } else { divisor = ExactPowers[-power]; }
            if (shift >= 0) { divisor <<= shift; } else { numerator <<= -shift; }

            long quotient = numerator / divisor;
            long twice = (numerator - quotient * divisor) << 1;
            if (twice > divisor || (twice == divisor && (quotient & 1) != 0)) { quotient++; }
            return (int)quotient;
        }

        [HotPath]
        private static int RoundWide(int mantissa, int binary, int power)
        {
            ulong ten = power < FirstLarge ? SmallPowers[power - FirstSmall] : LargePowers[power - FirstLarge];

            // 10^power = ten * 2^(floor(power * log2(10)) - 63); 217706 / 2^16 is log2(10).
            int scale = ((power * 217706) >> 16) - 63 + binary - FractionBits;
            ulong factor = (ulong)mantissa;
            ulong low = factor * (ten & 0xFFFFFFFF);
            ulong high = factor * (ten >> 32) + (low >> 32); // the product without its last 32 bits
            int behindPoint = -(scale + 32);
            return (int)(((high >> (behindPoint - 1)) + 1) >> 1);
        }

        // 10^0 to 10^11 as factors, to 10^18 as divisors.
        private static readonly long[] ExactPowers =
        {
            1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000, 1000000000, 10000000000, 100000000000,
            1000000000000, 10000000000000, 100000000000000, 1000000000000000, 10000000000000000, 100000000000000000,
            1000000000000000000,
        };

        // 10^-38 to 10^-12, the top 64 bits, cut off.
        internal static readonly ulong[] SmallPowers =
        {
            0xD9C7DCED53C72255, 0x881CEA14545C7575, 0xAA242499697392D2, 0xD4AD2DBFC3D07787, 0x84EC3C97DA624AB4,
            0xA6274BBDD0FADD61, 0xCFB11EAD453994BA, 0x81CEB32C4B43FCF4, 0xA2425FF75E14FC31, 0xCAD2F7F5359A3B3E,
            0xFD87B5F28300CA0D, 0x9E74D1B791E07E48, 0xC612062576589DDA, 0xF79687AED3EEC551, 0x9ABE14CD44753B52,
            0xC16D9A0095928A27, 0xF1C90080BAF72CB1, 0x971DA05074DA7BEE, 0xBCE5086492111AEA, 0xEC1E4A7DB69561A5,
            0x9392EE8E921D5D07, 0xB877AA3236A4B449, 0xE69594BEC44DE15B, 0x901D7CF73AB0ACD9, 0xB424DC35095CD80F,
            0xE12E13424BB40E13, 0x8CBCCC096F5088CB,
        };

        // 10^12 to 10^51, the top 64 bits, cut off.
        internal static readonly ulong[] LargePowers =
        {
            0xE8D4A51000000000, 0x9184E72A00000000, 0xB5E620F480000000, 0xE35FA931A0000000, 0x8E1BC9BF04000000,
            0xB1A2BC2EC5000000, 0xDE0B6B3A76400000, 0x8AC7230489E80000, 0xAD78EBC5AC620000, 0xD8D726B7177A8000,
            0x878678326EAC9000, 0xA968163F0A57B400, 0xD3C21BCECCEDA100, 0x84595161401484A0, 0xA56FA5B99019A5C8,
            0xCECB8F27F4200F3A, 0x813F3978F8940984, 0xA18F07D736B90BE5, 0xC9F2C9CD04674EDE, 0xFC6F7C4045812296,
            0x9DC5ADA82B70B59D, 0xC5371912364CE305, 0xF684DF56C3E01BC6, 0x9A130B963A6C115C, 0xC097CE7BC90715B3,
            0xF0BDC21ABB48DB20, 0x96769950B50D88F4, 0xBC143FA4E250EB31, 0xEB194F8E1AE525FD, 0x92EFD1B8D0CF37BE,
            0xB7ABC627050305AD, 0xE596B7B0C643C719, 0x8F7E32CE7BEA5C6F, 0xB35DBF821AE4F38B, 0xE0352F62A19E306E,
            0x8C213D9DA502DE45, 0xAF298D050E4395D6, 0xDAF3F04651D47B4C, 0x88D8762BF324CD0F, 0xAB0E93B6EFEE0053,
        };
    }
}
