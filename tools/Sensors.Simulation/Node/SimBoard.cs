using System;
using System.Collections.Generic;

namespace Sensors.Simulation
{
    /// <summary>A board: what survives a restart, and what was done to it.</summary>
    internal sealed class SimBoard(int number, SimVolume volume, SimRandom random, int crystalPpb)
    {
        public int Number => number;

        public SimVolume Volume => volume;

        /// <summary>Gets the chance its hardware makes.</summary>
        public SimRandom Random => random;

        /// <summary>Gets how far its crystal is off, in parts per billion.</summary>
        public int CrystalPpb => crystalPpb;

        /// <summary>Gets when its volume was lost, and which identifier it had then.</summary>
        public List<(long Time, string Id)> Formats { get; } = [];

        /// <summary>Gets when its journal thinned readings.</summary>
        public Spans Thinnings { get; } = new();

        /// <summary>Gets or sets when it was taken away from its place, and which identifier it had; <see cref="long.MaxValue"/> while it was not.</summary>
        public (long Time, string Id) Retired { get; set; } = (long.MaxValue, string.Empty);

        /// <summary>Gets or sets whether it lies on a shelf.</summary>
        public bool IsShelved { get; set; }

        /// <summary>Gets or sets what the platform's clock showed, and when, at a restart without loss of power; 0 for nothing.</summary>
        public (long Utc, long At) Held { get; set; }

        /// <summary>Tells whether its volume was lost since.</summary>
        public bool WasFormatted(long since) => Formats.Exists(each => each.Time >= since);

        /// <summary>Tells whether its volume was lost since, or it was put on a shelf for good, when it had another identifier already: with the
        /// backlog of the old one went the knowledge that there had been one, and nobody is left who could say so.</summary>
        public bool HasForgotten(string id, long since) =>
            Formats.Exists(each => each.Time >= since && IsOther(each.Id, id)) || (IsShelved && Retired.Time >= since && IsOther(Retired.Id, id));

        private static bool IsOther(string one, string other) => !string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
    }
}
