using Sensors.Mqtt;

namespace Sensors.Simulation
{
    /// <summary>What a node finds around it: radio, time, the way to the broker.</summary>
    internal sealed class SimSite(EventQueue queue, SimBroker broker, SimRandom random)
    {
        /// <summary>True time when the simulation begins: 2026-03-01T00:00:00Z, in milliseconds since 1970.</summary>
        public const long UtcAtBegin = 1_772_323_200_000;

        /// <summary>Gets or sets whether there is an access point.</summary>
        public bool IsRadioUp { get; set; } = true;

        /// <summary>Gets when there was none.</summary>
        public Spans Outages { get; } = new();

        /// <summary>Gets or sets whether the time server's answers are lost.</summary>
        public bool IsTimeBlocked { get; set; }

        /// <summary>Gets or sets by how much the time server is wrong, in milliseconds.</summary>
        public long TimeServerStep { get; set; }

        /// <summary>Gets or sets whether new connections to the first of two addresses of the broker get no answer.</summary>
        public bool IsFirstAddressDead { get; set; }

        /// <summary>Gets or sets the time a packet takes, in microseconds.</summary>
        public long Latency { get; set; } = 20 * EventQueue.Millisecond;

        /// <summary>Gets the broker.</summary>
        public SimBroker Broker => broker;

        /// <summary>Gets the present connection; null while there is none.</summary>
        public Wire? Wire { get; private set; }

        public static long UtcOf(long time) => UtcAtBegin + (time / EventQueue.Millisecond);

        public long UtcAt(long time) => UtcOf(time);

        /// <summary>Opens a connection to the broker.</summary>
        /// <returns>Null when nobody answers.</returns>
        public Wire? Open(IWireEnd client)
        {
            Wire = null;
            if (!IsRadioUp || !broker.IsUp)
            {
                return null;
            }

            Wire = new Wire(queue, random.Fork(), () => Latency + broker.Slowness, client, MqttDirection.ToClient);
            broker.Accept(Wire);
            return Wire;
        }
    }
}
