namespace Sensors.GateSamples
{
    public static class BadTable
    {
        private static readonly int Start = GoodTable.At(1);
        private static readonly int[] Table = { Start, Start, Start, Start };

        public static int At(int index) => Table[index];
    }

    public static class GoodTable
    {
        private static readonly int[] Table = { 1, 2, 3, 4 };

        public static int At(int index) => Table[index];
    }
}
