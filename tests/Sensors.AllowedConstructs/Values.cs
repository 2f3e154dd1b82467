namespace Sensors.AllowedConstructs
{
    /// <summary>A struct, with an array of it.</summary>
    public struct Pair
    {
        public int First;
        public short Second;

        public Pair(int first, short second)
        {
            First = first;
            Second = second;
        }

        public int Sum() => First + Second;
    }

    /// <summary>Init-only properties.</summary>
    public sealed class Settings
    {
        public int Rate { get; init; } = 100;

        public string Name { get; init; }
    }

    /// <summary>Structs, initialisers, casts.</summary>
    public static class Values
    {
        public static int SumOfPairs()
        {
            var pairs = new Pair[3];
            pairs[1] = new Pair(4, 5);
            pairs[2].First = 6;
            Pair copy = pairs[1];
            copy.First = 100;
            return pairs[0].Sum() + pairs[1].Sum() + pairs[2].Sum();
        }

        public static string Initialised()
        {
            var settings = new Settings { Name = "n" };
            return settings.Name + settings.Rate;
        }

        public static int Casts(double value) => (byte)(int)value + unchecked((sbyte)200) + unchecked((short)40000);

        public static int FloatBits(float value) => (int)(value * 8f) >> 1;
    }
}
