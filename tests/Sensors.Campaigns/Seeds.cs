using System;

namespace Sensors.Campaigns
{
    /// <summary>Random numbers of a campaign's parts: the same for the same seed and name, whatever else is run.</summary>
    internal static class Seeds
    {
        public static Random Of(int seed, string name)
        {
            const uint FnvPrime = 16777619;
            uint hash = 2166136261 ^ (uint)seed;
            foreach (char c in name)
            {
                hash = unchecked((hash ^ c) * FnvPrime);
            }

            return new Random((int)(hash & int.MaxValue));
        }
    }
}
