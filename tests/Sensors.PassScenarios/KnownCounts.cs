using System;

namespace Sensors.PassScenarios
{
    /// <summary>Small methods whose instructions, results and bytes were counted by hand: they show that the counter counts.</summary>
    public sealed class KnownCounts
    {
        /// <summary>A loop.</summary>
        /// <returns>20.</returns>
        [Scenario("known: ten turns")]
        public int TenTurns()
        {
            int s = 0;
            for (int i = 0; i < 10; i++)
            {
                s += 2;
            }

            return s;
        }

        /// <summary>Jumps of every kind.</summary>
        /// <returns>1 + 2 + 4 + 8, and four times 16, and 1000 for what was thrown.</returns>
        [Scenario("known: jumps")]
        public int Jumps()
        {
            int s = 0;
            for (int i = 0; i < 5; i++)
            {
                try
                {
                    s += Chosen(i);
                }
                catch (ArgumentException) when (i == 4)
                {
                    s += 1000;
                }
                finally
                {
                    s += i < 4 ? 16 : 0;
                }
            }

            return s;
        }

        /// <summary>An array of 20 bytes and its head of 20; an object with two fields, one of them inherited, and its head; a box; a literal.</summary>
        /// <returns>The array's length.</returns>
        [Scenario("known: allocations")]
        public int Allocations()
        {
            int[] five = new int[5];
            object child = new Child();
            object boxed = five.Length;
            return child != boxed && boxed != (object)"text" ? five.Length : 0;
        }

        /// <summary>A table that a static constructor makes is no allocation while running.</summary>
        /// <returns>8.</returns>
        [Scenario("known: a static table")]
        public int StaticTable()
        {
            return Table.Powers[3];
        }

        private static int Chosen(int i)
        {
            switch (i)
            {
                case 0:
                    return 1;
                case 1:
                    return 2;
                case 2:
                    return 4;
                case 3:
                    return 8;
                default:
                    throw new ArgumentException();
            }
        }

        private class Parent
        {
            protected int First { get; set; }
        }

        private sealed class Child : Parent
        {
            public int Second { get; set; }
        }

        private static class Table
        {
            public static readonly short[] Powers = { 1, 2, 4, 8 };
        }
    }
}
