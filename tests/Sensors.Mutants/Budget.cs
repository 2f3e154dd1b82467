using System;

namespace Sensors.Mutants
{
    /// <summary>Ends loops that a mutant made endless: mutated code calls <see cref="Spend"/> before every jump backwards.</summary>
    public static class Budget
    {
        private const int JumpsPerTest = 2_000_000;

        [ThreadStatic]
        private static int _spent;

        /// <summary>Begins a test.</summary>
        public static void Renew() => _spent = 0;

        /// <summary>Counts a jump backwards.</summary>
        public static void Spend()
        {
            if (++_spent > JumpsPerTest)
            {
                throw new TimeoutException("The mutant loops.");
            }
        }
    }
}
