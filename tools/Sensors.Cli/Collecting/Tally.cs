using System;
using System.Collections.Generic;
using System.Linq;
using Sensors.Edge;

namespace Sensors.Cli.Collecting
{
    /// <summary>The edge's ledger, with counts per kind and of lost samples beside it. One thread at a time.</summary>
    public sealed class Tally
    {
        private readonly SequenceLedger _ledger;
        private readonly SortedDictionary<string, long> _perKind = new(StringComparer.Ordinal);

        /// <summary>Makes an empty account.</summary>
        /// <param name="joinsMidway">Whether nodes ran before somebody listened, so that the first number heard is no gap.</param>
        public Tally(bool joinsMidway) => _ledger = new SequenceLedger(joinsMidway);

        /// <summary>Gets the readings of each kind, repeated ones left out.</summary>
        public IReadOnlyDictionary<string, long> PerKind => _perKind;

        /// <summary>Gets the readings, repeated ones left out.</summary>
        public long Readings { get; private set; }

        /// <summary>Gets the alarms, repeated ones left out.</summary>
        public long Alarms { get; private set; }

        /// <summary>Gets the readings and alarms that came more than once.</summary>
        public long Duplicates => _ledger.Nodes.Sum(node => node.Duplicates);

        /// <summary>Gets the readings and alarms that are missing now.</summary>
        public long Missing => _ledger.Nodes.Sum(node => node.Missing);

        /// <summary>Gets the readings and alarms that nodes gave up, as their gap records tell.</summary>
        public long Lost => _ledger.Nodes.Sum(node => node.Lost);

        /// <summary>Gets the samples lost, as the readings' quality tells.</summary>
        public long LostSamples { get; private set; }

        /// <summary>Gets the nodes heard of.</summary>
        public int Nodes => _ledger.Nodes.Count;

        /// <summary>Gets the epochs heard of, of all nodes.</summary>
        public int Epochs => _ledger.Nodes.Sum(node => node.Epochs.Count);

        /// <summary>Enters a reading.</summary>
        /// <param name="reading">The reading.</param>
        /// <returns>What is remarkable about its number.</returns>
        public TallyNote Enter(ReadingMessage reading)
        {
            ArgumentNullException.ThrowIfNull(reading);
            SequenceVerdict verdict = _ledger.Enter(reading);
            if (verdict != SequenceVerdict.Duplicate)
            {
                _perKind[reading.Kind] = _perKind.GetValueOrDefault(reading.Kind) + 1;
                Readings++;
                LostSamples += reading.Quality.Lost;
            }

            return Note(verdict, reading.Id, reading.Epoch, reading.Sequence);
        }

        /// <summary>Enters an alarm, which has a number of the readings' sequence.</summary>
        /// <param name="alarm">The alarm.</param>
        /// <returns>What is remarkable about its number.</returns>
        public TallyNote Enter(AlarmMessage alarm)
        {
            ArgumentNullException.ThrowIfNull(alarm);
            SequenceVerdict verdict = _ledger.Enter(alarm);
            if (verdict != SequenceVerdict.Duplicate)
            {
                Alarms++;
            }

            return Note(verdict, alarm.Id, alarm.Epoch, alarm.Sequence);
        }

        /// <summary>Enters what a node says of numbers that will not come: they are missing no more.</summary>
        /// <param name="gap">The gap record.</param>
        public void Enter(GapMessage gap) => _ledger.Enter(gap);

        private TallyNote Note(SequenceVerdict verdict, string id, long epoch, long sequence)
        {
            if (verdict != SequenceVerdict.Ahead)
            {
                return new TallyNote(verdict, id, epoch, sequence, sequence);
            }

            // The gap that just opened is the last one of its epoch.
            SequenceRange gap = _ledger.Find(id)!.Epochs.Last(each => each.Epoch == epoch).Gaps()[^1];
            return new TallyNote(verdict, id, epoch, gap.From, gap.To);
        }
    }

    /// <summary>What is remarkable about the number of a reading or an alarm.</summary>
    /// <param name="Verdict">How it follows on those before it.</param>
    /// <param name="Id">The node's identifier.</param>
    /// <param name="Epoch">Its epoch.</param>
    /// <param name="From">The first number concerned.</param>
    /// <param name="To">The last number concerned.</param>
    public readonly record struct TallyNote(SequenceVerdict Verdict, string Id, long Epoch, long From, long To);
}
