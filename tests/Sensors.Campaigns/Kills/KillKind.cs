namespace Sensors.Campaigns
{
    /// <summary>Who is killed, and where.</summary>
    internal enum KillKind
    {
        /// <summary>The node, inside a change of one of its journal's files.</summary>
        JournalWrite,

        /// <summary>The collector, after its store has committed and before anybody is told.</summary>
        StoredNotAcknowledged,

        /// <summary>The node, when an acknowledgement has come in and it has not looked at it.</summary>
        AcknowledgeInFlight,

        /// <summary>The node, at a moment of chance.</summary>
        Node,

        /// <summary>The broker, at a moment of chance.</summary>
        Broker,

        /// <summary>The collector, at a moment of chance.</summary>
        Collector,
    }
}
