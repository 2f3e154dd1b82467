namespace Sensors.AllowedConstructs
{
    /// <summary>Tables of constants: data in the assembly, copied into the array at once.</summary>
    public static class Tables
    {
        private static readonly byte[] Bytes = { 3, 1, 4, 1, 5, 9, 2, 6 };
        private static readonly short[] Shorts = { -300, 300, 3000, 30000 };
        private static readonly int[] Integers = { 1, 100000, -100000, 7 };
        private static readonly uint[] Unsigned = { 1u, 4000000000u, 3u };
        private static readonly float[] Floats = { 0.5f, -1.25f, 3f, 0f };
        private static readonly double[] Doubles = { 0.5, 1e300, -2 };
        private static readonly long[] Longs = { 1, 10000000000, -1 };
        private static readonly char[] Chars = { 'a', 'b', 'c' };

        /// <summary>Two elements are stored one by one; the compiler finds that shorter.</summary>
        private static readonly byte[] Short = { 1, 2 };

        public static double SumOfAll()
        {
            double sum = Short[1];
            for (int i = 0; i < 3; i++)
            {
                sum += (double)Bytes[i] + Shorts[i] + Integers[i] + Unsigned[i] + Floats[i] + Longs[i] + Chars[i];
            }

            return sum + Doubles[0];
        }

        /// <summary>A table inside a method is made anew at each call, from data as well.</summary>
        public static int Local(int index)
        {
            byte[] local = { 10, 20, 30, 40 };
            return local[index];
        }
    }
}
