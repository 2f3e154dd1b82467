namespace Sensors.Edge
{
    /// <summary>Something happened to a collector.</summary>
    /// <param name="Kind">What.</param>
    /// <param name="Text">One sentence.</param>
    /// <param name="Broker">The broker it is about; null when it is about none.</param>
    public sealed record CollectorEvent(CollectorEventKind Kind, string Text, BrokerEnd? Broker);

    /// <summary>What can happen to a collector.</summary>
    public enum CollectorEventKind
    {
        /// <summary>It is connected and subscribed.</summary>
        Connected = 0,

        /// <summary>A broker cannot be reached, or refuses.</summary>
        Unreachable = 1,

        /// <summary>The connection ended.</summary>
        Lost = 2,

        /// <summary>The store refuses; nothing is acknowledged until it takes.</summary>
        StoreRefused = 3,

        /// <summary>The store takes again.</summary>
        StoreBack = 4,

        /// <summary>A message was refused.</summary>
        MessageRefused = 5,
    }
}
