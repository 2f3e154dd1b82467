namespace Sensors.AllowedConstructs
{
    /// <summary>Loops over arrays and text, jagged arrays, references to elements.</summary>
    public static class Loops
    {
        public static int SumOfArray(int[] values)
        {
            int sum = 0;
            foreach (int value in values)
            {
                sum += value;
            }

            return sum;
        }

        public static int CountInText(string text, char wanted)
        {
            int count = 0;
            foreach (char c in text)
            {
                count += c == wanted ? 1 : 0;
            }

            return count;
        }

        public static int SumOfJagged(int[][] rows)
        {
            int sum = 0;
            foreach (int[] row in rows)
            {
                for (int i = 0; i < row.Length; i++)
                {
                    sum += row[i];
                }
            }

            return sum;
        }

        public static int[] DoubleInPlace(int[] values)
        {
            for (int i = 0; i < values.Length; i++)
            {
                ref int value = ref values[i];
                value *= 2;
            }

            return values;
        }

        public static int Total(params int[] values) => SumOfArray(values);
    }
}
