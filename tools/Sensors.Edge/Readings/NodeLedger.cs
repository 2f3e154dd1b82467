using System.Collections.Generic;
using System.Linq;

namespace Sensors.Edge
{
    /// <summary>The account of one node.</summary>
    public sealed class NodeLedger
    {
        private readonly List<EpochLedger> _epochs = new();

        internal NodeLedger(string id)
        {
            Id = id;
        }

        /// <summary>Gets the node's identifier, as first heard.</summary>
        public string Id { get; }

        /// <summary>Gets its epochs in the order they were first heard; the last one is the present one.</summary>
        public IReadOnlyList<EpochLedger> Epochs => _epochs;

        /// <summary>Gets how many different readings came, over all epochs.</summary>
        public long Received => _epochs.Sum(epoch => epoch.Received);

        /// <summary>Gets how many readings gap records give up, over all epochs.</summary>
        public long Lost => _epochs.Sum(epoch => epoch.Lost);

        /// <summary>Gets how many readings are missing now, over all epochs.</summary>
        public long Missing => _epochs.Sum(epoch => epoch.Missing);

        /// <summary>Gets how many readings came again, over all epochs.</summary>
        public long Duplicates => _epochs.Sum(epoch => epoch.Duplicates);

        /// <summary>Gets how many readings came after later ones, over all epochs.</summary>
        public long Late => _epochs.Sum(epoch => epoch.Late);

        internal EpochLedger? Find(long epoch)
        {
            for (int i = _epochs.Count - 1; i >= 0; i--) // the present one nearly always
            {
                if (_epochs[i].Epoch == epoch) { return _epochs[i]; }
            }

            return null;
        }

        internal EpochLedger Add(EpochLedger epoch)
        {
            _epochs.Add(epoch);
            return epoch;
        }
    }
}
