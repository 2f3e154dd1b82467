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

        /// <summary>Gets or sets the network.</summary>
        public Network Network { get; set; }

        /// <summary>Gets or sets the way to the broker.</summary>
        public MqttLink Link { get; set; }

        /// <summary>Gets or sets how many raw blocks of vibration are kept for captures; 0 for none.</summary>
        public int CaptureBlocks { get; set; } = CaptureBuffer.InternalBlocks;

        /// <summary>Gets or sets chance.</summary>
        public RandomSource Random { get; set; }
    }
}
