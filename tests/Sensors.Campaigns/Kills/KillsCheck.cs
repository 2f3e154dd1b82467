using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using Sensors.Edge;

namespace Sensors.Campaigns
{
    /// <summary>Holds what was stored against what was given out.</summary>
    internal sealed class KillsCheck
    {
        /// <summary>What a power cut may cost at most: readings of the last so many milliseconds.</summary>
        public const int MostLostMilliseconds = 60_000;

        private const string PowerCut = "power-cut";

        private readonly Dictionary<(long Epoch, long Sequence), Given> _given = [];
        private readonly HashSet<(long Epoch, long Sequence)> _stored = [];
        private readonly Dictionary<long, List<GapMessage>> _gaps = [];

        /// <summary>Reads both sides.</summary>
        /// <param name="folder">The campaign's folder.</param>
        public KillsCheck(string folder)
        {
            foreach (Given given in GivenLog.Read(KillsFolder.Given(folder)))
            {
                if (!_given.TryAdd((given.Epoch, given.Sequence), given))
                {
                    Broken.Add($"the number {given.Sequence} of epoch {given.Epoch} was given out twice");
                }
            }

            using ReadingArchive archive = ReadingArchive.Open(KillsFolder.Store(folder));
            foreach (StoredMessage message in archive.Messages(StoreKind.Reading, new ArchiveFilter()))
            {
                Enter(message, alarm: false);
            }

            foreach (StoredMessage message in archive.Messages(StoreKind.Alarm, new ArchiveFilter()))
            {
                Enter(message, alarm: true);
            }

            foreach (StoredMessage message in archive.Messages(StoreKind.Gap, new ArchiveFilter()))
            {
                GapMessage gap = GapMessage.Parse(message.Payload);
                if (!_gaps.TryGetValue(gap.Epoch, out List<GapMessage>? all))
                {
                    _gaps.Add(gap.Epoch, all = []);
                }

                all.Add(gap);
            }

            Account = LedgerReport.Of(archive, NodeChild.Id).Nodes[0];
        }

        /// <summary>Gets the edge's own account.</summary>
        public NodeAccount Account { get; }

        /// <summary>Gets what is wrong; empty when all is well.</summary>
        public List<string> Broken { get; } = [];

        /// <summary>Gets how many were given out.</summary>
        public int GivenOut => _given.Count;

        /// <summary>Gets how many readings were given out.</summary>
        public int Readings => _given.Values.Count(given => !given.Alarm);

        /// <summary>Gets how many are stored.</summary>
        public int Stored => _stored.Count;

        /// <summary>Gets how many are lost, each in a gap that says why.</summary>
        public int Lost { get; private set; }

        /// <summary>Gets the age in milliseconds of the oldest reading that a kill cost.</summary>
        public long OldestLost { get; private set; }

        /// <summary>Checks that everything given out is stored, or in a gap whose reason is true.</summary>
        /// <param name="deaths">When nodes died, UTC in milliseconds.</param>
        public void Run(IReadOnlyList<long> deaths)
        {
            var wrong = new List<(long Epoch, string What)>();
            long lastEpoch = _given.Keys.Max(key => key.Epoch);
            foreach (((long epoch, long sequence), Given given) in _given)
            {
                if (_stored.Contains((epoch, sequence)))
                {
                    continue;
                }

                Lost++;
                GapMessage? gap = _gaps.GetValueOrDefault(epoch)?.Find(each => each.Ranges.Any(range => range.From <= sequence && sequence <= range.To));
                if (gap is null)
                {
                    wrong.Add((epoch, "neither stored nor in a gap"));
                }
                else if (gap.Reason != PowerCut || epoch == lastEpoch)
                {
                    wrong.Add((epoch, $"lost as {gap.Reason}, which is not what happened"));
                }

                long age = deaths.Where(death => death >= given.UtcMilliseconds).DefaultIfEmpty(long.MaxValue).Min() - given.UtcMilliseconds;
                OldestLost = Math.Max(OldestLost, age);
                if (age > MostLostMilliseconds)
                {
                    wrong.Add((epoch, $"lost more than {MostLostMilliseconds} ms after they were given out"));
                }
            }

            Broken.AddRange(wrong.GroupBy(each => each).Select(group => $"of epoch {group.Key.Epoch} {group.Count()} numbers are {group.Key.What}"));
            if (Account.Missing > 0)
            {
                Broken.Add($"the ledger misses {Account.Missing} numbers");
            }
        }

        private void Enter(StoredMessage message, bool alarm)
        {
            using JsonDocument json = JsonDocument.Parse(message.Payload);
            double value = alarm ? json.RootElement.GetProperty("value").GetDouble() : json.RootElement.GetProperty("values").GetProperty("mean").GetDouble();
            string name = $"number {message.Sequence} of epoch {message.Epoch}";
            if (!_stored.Add((message.Epoch, message.Sequence)))
            {
                Broken.Add(name + " is stored twice");
            }

            if (!_given.TryGetValue((message.Epoch, message.Sequence), out Given given) || given.Alarm != alarm || given.Value != value)
            {
                Broken.Add(name + " is stored and was not given out like that");
            }
        }
    }
}
