using System;

namespace Sensors.GateSamples
{
    public sealed class BadGenericType<T>
    {
        public T Value;
    }

    public static class BadGenericMethod
    {
        public static T Same<T>(T value) => value;
    }

    public static class BadGenericDelegate
    {
        public static int Call(Func<int, int> f) => f(1);
    }

    public static class GoodDelegate
    {
        public delegate int Change(int value);

        public static int Call(Change f) => f(1);
    }
}
