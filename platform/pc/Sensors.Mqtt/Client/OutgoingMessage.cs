using System.Threading.Tasks;

namespace Sensors.Mqtt
{
    /// <summary>A message of QoS 1 or 2 that this client has not seen acknowledged yet.</summary>
    internal sealed class OutgoingMessage(PublishPacket packet)
    {
        /// <summary>Gets or sets the message; its identifier is 0 until it is first sent.</summary>
        public PublishPacket Packet { get; set; } = packet;

        /// <summary>Gets or sets a value indicating whether PUBREC has come, so that PUBREL is what is due.</summary>
        public bool Released { get; set; }

        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
