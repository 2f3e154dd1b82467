namespace Sensors.Mqtt
{
    /// <summary>Bits of the connect flags byte (MQTT 3.1.1 §3.1.2.3, Figure 3.4).</summary>
    internal static class ConnectFlags
    {
        public const byte Reserved = 0x01;
        public const byte CleanSession = 0x02;
        public const byte Will = 0x04;
        public const byte WillQosMask = 0x18;
        public const byte WillRetain = 0x20;
        public const byte Password = 0x40;
        public const byte UserName = 0x80;
    }
}
