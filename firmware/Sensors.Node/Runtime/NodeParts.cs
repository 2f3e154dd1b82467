using Sensors.Drivers;

namespace Sensors.Node
{
    /// <summary>What a node is put together from: the board's ports and the parts that stand for its platform.</summary>
    public sealed class NodeParts
    {
        /// <summary>Gets or sets the board's name, such as <c>Esp32DevKitC</c>.</summary>
        public string Board { get; set; }

        /// <summary>Gets or sets the firmware target of the board, such as <c>ESP32_REV3</c>.</summary>
        public string Target { get; set; }

        /// <summary>Gets or sets the firmware's version, such as <c>0.1.0</c>.</summary>
        public string Version { get; set; }

        /// <summary>Gets or sets whether the managed heap is in PSRAM: megabytes, not 100 kB.</summary>
        public bool HasExternalMemory { get; set; }

        /// <summary>Gets or sets where sensors are plugged in.</summary>
        public BusPorts Ports { get; set; }

        /// <summary>Gets or sets what makes sources of bindings; null when the firmware carries none.</summary>
        public SourceFactory Bindings { get; set; }

        /// <summary>Gets or sets the time.</summary>
        public Clock Clock { get; set; }

        /// <summary>Gets or sets the files.</summary>
        public Volume Volume { get; set; }

        /// <summary>Gets or sets where settings are kept; null when commands can neither read nor change them.</summary>
        public SettingsStore Store { get; set; }

        /// <summary>Gets or sets the network.</summary>
        public Network Network { get; set; }

        /// <summary>Gets or sets the way to the broker.</summary>
        public MqttLink Link { get; set; }

        /// <summary>Gets or sets how many raw blocks of vibration are kept for captures; 0 for none.</summary>
        public int CaptureBlocks { get; set; } = CaptureBuffer.InternalBlocks;

        /// <summary>Gets or sets the board's light; null when it has none.</summary>
        public Indicator Indicator { get; set; }

        /// <summary>Gets or sets when the firmware was built, UTC milliseconds since 1970, where a clock begins that knows nothing later; 0 when not known.</summary>
        public long BuildUtc { get; set; }

        /// <summary>Gets the restart that the node may be told to make; whoever runs the loop looks at it.</summary>
        public Restart Restart { get; } = new Restart();

        /// <summary>Gets or sets chance.</summary>
        public RandomSource Random { get; set; }
    }
}
