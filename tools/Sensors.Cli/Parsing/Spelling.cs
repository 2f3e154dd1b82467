using System;
using System.Collections.Generic;
using System.Linq;

namespace Sensors.Cli.Parsing
{
    /// <summary>How far two words are apart.</summary>
    internal static class Spelling
    {
        /// <summary>The name that was most likely meant, null where none is near.</summary>
        public static string? Nearest(string typed, IEnumerable<string> names)
        {
            // Farther than a third of the letters is another word, not a slip.
            int limit = Math.Max(1, typed.TrimStart('-').Length / 3);
            return names.Select(name => (name, distance: Distance(typed, name)))
                .Where(each => each.distance <= limit)
                .OrderBy(each => each.distance)
                .Select(each => each.name)
                .FirstOrDefault();
        }

        /// <summary>Letters to insert, delete, replace, or swap with their neighbour.</summary>
        public static int Distance(string left, string right)
        {
            int[,] cost = new int[left.Length + 1, right.Length + 1];
            for (int i = 0; i <= left.Length; i++)
            {
                for (int j = 0; j <= right.Length; j++)
                {
                    cost[i, j] = i == 0 || j == 0 ? i + j : Best(cost, left, right, i, j);
                }
            }

            return cost[left.Length, right.Length];
        }

        private static int Best(int[,] cost, string left, string right, int i, int j)
        {
            int replace = cost[i - 1, j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1);
            int best = Math.Min(replace, Math.Min(cost[i - 1, j], cost[i, j - 1]) + 1);
            bool swapped = i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1];
            return swapped ? Math.Min(best, cost[i - 2, j - 2] + 1) : best;
        }
    }
}
