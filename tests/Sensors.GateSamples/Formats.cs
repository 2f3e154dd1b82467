namespace Sensors.GateSamples
{
    public static class BadCustomFormat
    {
        public static string Write(int value) => value.ToString("0.00");
    }

    public static class BadRoundTripFormat
    {
        public static string Write(int value) => value.ToString("R");
    }

    public static class BadVariableFormat
    {
        public static string Write(int value, string format) => value.ToString(format);
    }

    public static class GoodFormat
    {
        public static string Write(int value) => value.ToString("X2") + value.ToString("D4");
    }
}
