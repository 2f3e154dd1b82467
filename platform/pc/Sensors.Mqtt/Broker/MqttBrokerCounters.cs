namespace Sensors.Mqtt
{
    /// <summary>What a broker has seen and holds, at one moment. Totals count from its creation.</summary>
    public sealed record MqttBrokerCounters
    {
        /// <summary>Gets the open network connections, those without CONNECT included.</summary>
        public int Connections { get; init; }

        /// <summary>Gets the connected clients.</summary>
        public int ConnectedClients { get; init; }

        /// <summary>Gets the sessions, connected or not.</summary>
        public int Sessions { get; init; }

        /// <summary>Gets the topics with a retained message.</summary>
        public int RetainedMessages { get; init; }

        /// <summary>Gets the messages at QoS 1 and 2 that wait for their client or its window.</summary>
        public long QueuedMessages { get; init; }

        /// <summary>Gets the total of messages received from clients, wills included.</summary>
        public long MessagesIn { get; init; }

        /// <summary>Gets the total of messages handed to clients' connections, repetitions included.</summary>
        public long MessagesOut { get; init; }

        /// <summary>Gets the total of messages at QoS 0 dropped because their client did not read fast enough.</summary>
        public long DroppedSlow { get; init; }

        /// <summary>Gets the total of messages at QoS 1 and 2 dropped because their session's queue was full.</summary>
        public long DroppedQueueFull { get; init; }

        /// <summary>Gets the total of messages dropped because their publisher was not authorised.</summary>
        public long DroppedDenied { get; init; }

        /// <summary>Gets the total of messages that in-process subscribers were too slow for.</summary>
        public long DroppedInProcess { get; init; }

        /// <summary>Gets the total of retained messages not kept because the store was full.</summary>
        public long RetainedRefused { get; init; }

        /// <summary>Gets the total of connections closed because the client broke MQTT 3.1.1.</summary>
        public long ProtocolErrors { get; init; }

        /// <summary>Gets the total of connections refused: too many, or a CONNACK other than 0.</summary>
        public long Refused { get; init; }
    }

    /// <summary>The running totals.</summary>
    internal sealed class BrokerTotals
    {
        public long MessagesIn;
        public long MessagesOut;
        public long DroppedSlow;
        public long DroppedQueueFull;
        public long DroppedDenied;
        public long DroppedInProcess;
        public long RetainedRefused;
        public long ProtocolErrors;
        public long Refused;
    }
}
