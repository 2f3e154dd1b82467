using System;
using System.Collections.Generic;
using System.Linq;

namespace Sensors.Simulation
{
    /// <summary>What is simulated.</summary>
    public sealed record SimulationOptions
    {
        /// <summary>Gets the seed: everything that is drawn comes from it.</summary>
        public long Seed { get; init; } = 1;

        /// <summary>Gets how many days of faults, before everything works again and the nodes deliver what they have.</summary>
        public double Days { get; init; } = 1;

        /// <summary>Gets how many nodes; 0 has the seed choose.</summary>
        public int Nodes { get; init; }

        /// <summary>Gets whether one node has chips and drivers for a source; null has every 50th seed do so.</summary>
        public bool? Chips { get; init; }

        /// <summary>Gets the faults that may be drawn.</summary>
        public IReadOnlyList<FaultKind> Faults { get; init; } = FaultKinds.All;

        /// <summary>Gets who is told what happens; null for nobody.</summary>
        public Action<string>? Trace { get; init; }

        /// <summary>Gets the command that does the same again.</summary>
        public string Command
        {
            get
            {
                string faults = Faults.Count == FaultKinds.All.Count ? "all" : Faults.Count == 0 ? "none" : string.Join(',', Faults.Select(FaultKinds.NameOf));
                return FormattableString.Invariant($"sensorctl simulate --seed {Seed} --days {Days}{(Nodes > 0 ? $" --nodes {Nodes}" : string.Empty)} --faults {faults}{(Chips is { } chips ? $" --source {(chips ? "chips" : "numbers")}" : string.Empty)}");
            }
        }
    }

    /// <summary>What came of a seed.</summary>
    public sealed record SimulationResult
    {
        /// <summary>Gets the seed.</summary>
        public long Seed { get; init; }

        /// <summary>Gets what was broken: which reading, when, how. Empty when nothing was.</summary>
        public IReadOnlyList<string> Violations { get; init; } = [];

        /// <summary>Gets the command that does the same again.</summary>
        public string Command { get; init; } = string.Empty;

        /// <summary>Gets how many readings and alarms were given out.</summary>
        public long Given { get; init; }

        /// <summary>Gets how many of them are stored.</summary>
        public long Stored { get; init; }

        /// <summary>Gets how many messages came again.</summary>
        public long Duplicates { get; init; }

        /// <summary>Gets how many are lost, by reason.</summary>
        public IReadOnlyDictionary<string, long> Lost { get; init; } = new Dictionary<string, long>();

        /// <summary>Gets how many faults there were.</summary>
        public int Faults { get; init; }

        /// <summary>Gets how many starts of boards there were.</summary>
        public int Boots { get; init; }

        /// <summary>Gets the largest delay of a reading while all was well, in milliseconds.</summary>
        public long LiveDelayMs { get; init; }

        /// <summary>Gets how long it took until everything was delivered once all was well, in seconds.</summary>
        public long DrainSeconds { get; init; }

        /// <summary>Gets how many events were run.</summary>
        public long Events { get; init; }

        /// <summary>Gets a number that differs when anything that was stored differs: a seed replays.</summary>
        public ulong Fingerprint { get; init; }
    }
}
