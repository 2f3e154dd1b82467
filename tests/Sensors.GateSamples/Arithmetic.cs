namespace Sensors.GateSamples
{
    public static class BadChecked
    {
        public static int Sum(int a, int b) => checked(a + b);
    }

    public static class BadCheckedConversion
    {
        public static byte Narrow(int a) => checked((byte)a);
    }

    public static class GoodUnchecked
    {
        public static int Sum(int a, int b) => a + b;
    }
}
