namespace Sensors.GateSamples
{
    public static class BadArrays
    {
        public static int Corner()
        {
            var corners = new int[2, 2];
            return corners[1, 1];
        }
    }

    public static class GoodArrays
    {
        public static int Corner() => new[] { new int[2], new int[2] }[1][1];
    }

    public static class BadPointers
    {
        public static unsafe int First(int[] values)
        {
            fixed (int* first = values)
            {
                return *first;
            }
        }
    }

    public static class BadStackMemory
    {
        public static unsafe int First()
        {
            int* values = stackalloc int[4];
            return values[0];
        }
    }

    public static class GoodReference
    {
        public static int First(int[] values)
        {
            ref int first = ref values[0];
            return first;
        }
    }
}
