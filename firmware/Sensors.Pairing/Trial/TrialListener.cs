using Sensors.Node;

namespace Sensors.Pairing
{
    /// <summary>Hears, during a trial, whether somebody is online under the identifier, and whether the node's own birth comes back.</summary>
    internal sealed class TrialListener : MqttLinkListener
    {
        private const int BootBits = 20; // of an epoch, below the number that a board drew once: see Incarnation

        private readonly object _gate = new object();
        private readonly string _statusTopic;
        private readonly string _birthTopic;
        private readonly string _nonce;
        private readonly long _ownEpoch;
        private bool _status;
        private bool _inUse;
        private bool _born;
        private bool _closed;

        internal TrialListener(string statusTopic, string birthTopic, string nonce, long ownEpoch)
        {
            _statusTopic = statusTopic;
            _birthTopic = birthTopic;
            _nonce = nonce;
            _ownEpoch = ownEpoch;
        }

        /// <summary>Gets whether the broker told a status.</summary>
        internal bool HasStatus
        {
            get { lock (_gate) { return _status; } }
        }

        /// <summary>Gets whether that is of another board which is online.</summary>
        internal bool IsInUse
        {
            get { lock (_gate) { return _inUse; } }
        }

        internal bool IsBorn
        {
            get { lock (_gate) { return _born; } }
        }

        internal bool IsClosed
        {
            get { lock (_gate) { return _closed; } }
        }

        public override void Acknowledged(int number, bool delivered)
        {
        }

        public override void Closed()
        {
            lock (_gate)
            {
                _closed = true;
            }
        }

        public override void Received(string topic, byte[] payload)
        {
            bool isStatus = topic == _statusTopic;
            bool online = isStatus && StatusScan.Find(payload, "status") == "online" && !IsOwn(StatusScan.Find(payload, "epoch"));
            bool born = topic == _birthTopic && StatusScan.Find(payload, "nonce") == _nonce;
            lock (_gate)
            {
                _status |= isStatus;
                _inUse |= online;
                _born |= born;
            }
        }

        // This board's own epochs differ in the count of its starts alone.
        private bool IsOwn(string epoch)
        {
            return _ownEpoch != 0 && epoch != null && long.TryParse(epoch, out long told) && told >> BootBits == _ownEpoch >> BootBits;
        }
    }
}
