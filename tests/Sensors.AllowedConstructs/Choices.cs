using System;

namespace Sensors.AllowedConstructs
{
    /// <summary>Switches, patterns and enums.</summary>
    public static class Choices
    {
        public static int FewTexts(string text)
        {
            switch (text)
            {
                case "one": return 1;
                case "two": return 2;
                default: return 0;
            }
        }

        /// <summary>From seven cases on the compiler adds a hash function of its own.</summary>
        public static int ManyTexts(string text)
        {
            switch (text)
            {
                case "zero": return 0;
                case "one": return 1;
                case "two": return 2;
                case "three": return 3;
                case "four": return 4;
                case "five": return 5;
                case "six": return 6;
                case "seven": return 7;
                case "eight": return 8;
                default: return -1;
            }
        }

        public static string Expression(int value) => value switch
        {
            0 => "none",
            1 or 2 => "few",
            > 2 and < 10 => "some",
            _ => "many",
        };

        /// <summary>Without a default arm: the device lacks SwitchExpressionException, and the compiler then takes another one.</summary>
#pragma warning disable CS8524 // an unnamed enum value is what the test passes
        public static int WithoutDefault(Gear gear) => gear switch
        {
            Gear.Low => 1,
            Gear.High => 2,
        };
#pragma warning restore CS8524

        public static bool IsText(object value, out int length)
        {
            if (value is string { Length: > 0 } text)
            {
                length = text.Length;
                return true;
            }

            length = 0;
            return value is not null && value is int number && number > 0;
        }

        public static bool Has(Gear gear, Gear wanted) => (gear & wanted) != 0;
    }

    /// <summary>An enum with values that are bits.</summary>
    [Flags]
    public enum Gear : byte
    {
        /// <summary>Low.</summary>
        Low = 1,

        /// <summary>High.</summary>
        High = 2,
    }
}
