using System;
using System.Diagnostics.CodeAnalysis;

namespace Sensors.GateSamples
{
    public enum Colour
    {
        Red,
    }

    public static class BadInterpolation
    {
        public static string Write(int value) => $"value {value}";
    }

    public static class BadFloatText
    {
        public static string Write(float value) => "value " + value;
    }

    public static class BadEnumText
    {
        public static string Write(Colour value) => "value " + value;
    }

    public static class BadWallClock
    {
        public static DateTime Now() => DateTime.UtcNow;
    }

    public static class BadWallClockInLambda
    {
        public static Action Make(DateTime[] into) => () => into[0] = DateTime.UtcNow;
    }

    public static class GoodText
    {
        public static string Write(int value) => "value " + value + ((int)Colour.Red).ToString();
    }

    public static class GoodSuppressed
    {
        [SuppressMessage("Sensors", "RS0030", Justification = "shows that a reason excuses")]
        public static Action Make(DateTime[] into) => () => into[0] = DateTime.UtcNow;
    }

    public static class BadSuppression
    {
        [SuppressMessage("Sensors", "RS0030")]
        public static DateTime Now() => DateTime.UtcNow;
    }
}
