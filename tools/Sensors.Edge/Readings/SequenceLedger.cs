using System;
using System.Collections.Generic;

namespace Sensors.Edge
{
    /// <summary>Keeps account of which readings and alarms of which node came, so that a lost one shows. One thread at a time.</summary>
    /// <remarks>
    /// A reading is named by identifier, epoch and sequence; sequences run from 1 in each epoch, over all points of a node. Alarms take numbers of the
    /// same sequence: who hears readings only would miss each alarm's. Where an account says readings, it counts alarms with them.
    /// Identifiers are compared without case. Memory grows with the number of gaps and epochs, not of readings.
    /// </remarks>
    public sealed class SequenceLedger
    {
        private readonly Dictionary<string, NodeLedger> _nodes = new(StringComparer.OrdinalIgnoreCase);
        private readonly List<NodeLedger> _inOrder = new();
        private readonly bool _joinsMidway;

        /// <summary>Makes an empty ledger.</summary>
        /// <param name="joinsMidway">
        /// True for one who starts to listen while nodes run: in the first epoch seen of a node nothing before the first reading seen
        /// counts as missing. False for one who has listened from a node's first reading on.
        /// </param>
        public SequenceLedger(bool joinsMidway)
        {
            _joinsMidway = joinsMidway;
        }

        /// <summary>Gets the nodes heard of, in the order they were first heard.</summary>
        public IReadOnlyList<NodeLedger> Nodes => _inOrder;

        /// <summary>Finds the account of a node.</summary>
        /// <param name="id">Its identifier.</param>
        /// <returns>The account, null when nothing was heard of it.</returns>
        public NodeLedger? Find(string id) => _nodes.GetValueOrDefault(id);

        /// <summary>Enters a reading.</summary>
        /// <param name="reading">The reading.</param>
        /// <returns>How it follows on what came before.</returns>
        public SequenceVerdict Enter(ReadingMessage reading) => Enter(reading.Id, reading.Epoch, reading.Sequence);

        /// <summary>Enters an alarm.</summary>
        /// <param name="alarm">The alarm.</param>
        /// <returns>How it follows on what came before.</returns>
        public SequenceVerdict Enter(AlarmMessage alarm) => Enter(alarm.Id, alarm.Epoch, alarm.Sequence);

        /// <summary>Enters what a node says of numbers that will not come: they are missing no more.</summary>
        /// <param name="gap">The gap record.</param>
        /// <remarks>Of a node of which nothing came so far it says nothing to one who joins midway.</remarks>
        public void Enter(GapMessage gap)
        {
            ArgumentNullException.ThrowIfNull(gap);
            NodeLedger? node = Find(gap.Id);
            if (node is null && _joinsMidway) { return; }
            node ??= Add(gap.Id);
            EpochLedger account = node.Find(gap.Epoch) ?? node.Add(new EpochLedger(gap.Epoch, 1));
            foreach (SequenceRange range in gap.Ranges) { account.GiveUp(range); }
        }

        /// <summary>Enters a reading or an alarm by its name.</summary>
        /// <param name="id">The node's identifier.</param>
        /// <param name="epoch">Its epoch.</param>
        /// <param name="sequence">Its sequence, from 1.</param>
        /// <returns>How it follows on what came before.</returns>
        /// <exception cref="ArgumentOutOfRangeException">The sequence is below 1.</exception>
        public SequenceVerdict Enter(string id, long epoch, long sequence)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(sequence, 1);
            NodeLedger node = Find(id) ?? Add(id);
            bool knowsNothing = node.Epochs.Count == 0;
            EpochLedger account = node.Find(epoch) ?? node.Add(new EpochLedger(epoch, _joinsMidway && knowsNothing ? sequence : 1));
            return account.Enter(sequence);
        }

        private NodeLedger Add(string id)
        {
            var node = new NodeLedger(id);
            _nodes.Add(id, node);
            _inOrder.Add(node);
            return node;
        }
    }

    /// <summary>How a reading follows on those before it.</summary>
    public enum SequenceVerdict
    {
        /// <summary>It is the next one expected.</summary>
        Next = 0,

        /// <summary>Readings before it are missing: a gap opened.</summary>
        Ahead = 1,

        /// <summary>It came after later ones: out of order, or from the node's journal.</summary>
        Late = 2,

        /// <summary>It came before. Drop it.</summary>
        Duplicate = 3,
    }
}
