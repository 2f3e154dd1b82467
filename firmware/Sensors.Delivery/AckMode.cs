namespace Sensors.Node
{
    /// <summary>Who says that a reading has arrived.</summary>
    public enum AckMode
    {
        /// <summary>The edge, once it has stored it: nothing is lost on the way through the broker.</summary>
        Edge = 0,

        /// <summary>The broker, by its PUBACK: where no edge answers. What the broker loses is lost.</summary>
        Broker = 1,
    }
}
