using Sensors.Node;

namespace Sensors.Pairing
{
    /// <summary>What a portal is put together from.</summary>
    public sealed class PortalParts
    {
        /// <summary>Gets or sets the board's name, such as <c>Esp32DevKitC</c>.</summary>
        public string Board { get; set; }

        /// <summary>Gets or sets the firmware target of the board, such as <c>ESP32_REV3</c>.</summary>
        public string Target { get; set; }

        /// <summary>Gets or sets the firmware's version, such as <c>0.1.0</c>.</summary>
        public string Version { get; set; }

        /// <summary>Gets or sets the time.</summary>
        public Clock Clock { get; set; }

        /// <summary>Gets or sets the files.</summary>
        public Volume Volume { get; set; }

        /// <summary>Gets or sets where settings are kept.</summary>
        public SettingsStore Store { get; set; }

        /// <summary>Gets or sets the network.</summary>
        public Network Network { get; set; }

        /// <summary>Gets or sets the way to the broker.</summary>
        public MqttLink Link { get; set; }

        /// <summary>Gets or sets chance fit for nonces and IVs: the node's <see cref="DeviceSecret"/>.</summary>
        public RandomSource Random { get; set; }

        /// <summary>Gets or sets the board's light; null when it has none.</summary>
        public Indicator Indicator { get; set; }

        /// <summary>Gets or sets when the firmware was built, UTC milliseconds since 1970; 0 when not known.</summary>
        public long BuildUtc { get; set; }
    }
}
