using System;
using System.Buffers.Binary;
using System.Collections.Generic;

namespace Sensors.Simulation
{
    /// <summary>A board: what survives a restart, and what was done to it.</summary>
    internal sealed class SimBoard(int number, SimVolume volume, SimRandom random, int crystalPpb)
    {
        private const int LeastEpochFile = 44;
        private static readonly string[] EpochFiles = ["epoch.a", "epoch.b"];

        private readonly List<(long Time, string Id)> _lostEpochs = [];
        private readonly HashSet<long> _untold = [];
        private bool _isSpoiled;

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
            Formats.Exists(each => each.Time >= since && IsOther(each.Id, id)) || _lostEpochs.Exists(each => each.Time >= since && IsOther(each.Id, id)) || (IsShelved && Retired.Time >= since && IsOther(Retired.Id, id));

        /// <summary>Damages a file of the epoch, or takes it away.</summary>
        /// <param name="which">0 or 1.</param>
        /// <param name="gone">Whether it is taken away.</param>
        public void SpoilEpoch(int which, bool gone)
        {
            _isSpoiled = true;
            if (gone)
            {
                volume.Lose(EpochFiles[which]);
            }
            else
            {
                volume.Damage(EpochFiles[which]);
            }
        }

        /// <summary>Notes what the board is about to find of its last start, when its epoch's files were spoiled.</summary>
        public void LookBack(BootRecord? last, string id, long now)
        {
            if (!_isSpoiled || last is null)
            {
                return;
            }

            int sound = 0;
            bool isTold = false;
            foreach (string name in EpochFiles)
            {
                if (volume.Sound(name) is { Length: >= LeastEpochFile } file)
                {
                    sound++;
                    isTold |= BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(4)) == last.Epoch >> 20;
                }
            }

            _isSpoiled = sound < EpochFiles.Length;
            if (sound == 0)
            {
                _lostEpochs.Add((now, id)); // it speaks for its present identifier only
            }
            else if (!isTold)
            {
                _untold.Add(last.Epoch >> 20);
            }
        }

        /// <summary>Tells whether its volume has forgotten since which epochs there were.</summary>
        public bool HasLostEpochs(long since) => _lostEpochs.Exists(each => each.Time >= since);

        /// <summary>Tells whether of an epoch's incarnation only a file told that was spoiled.</summary>
        public bool IsUntold(long epoch) => _untold.Contains(epoch >> 20);

        private static bool IsOther(string one, string other) => !string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
    }
}
