namespace Sensors.Node
{
    /// <summary>What a node is, as it says in its meta message.</summary>
    public sealed class NodeDescription
    {
        /// <summary>Makes a description.</summary>
        /// <param name="firmwareVersion">Version of the firmware, such as <c>0.1.0</c>.</param>
        /// <param name="board">Name of the board's file, such as <c>Esp32DevKitC</c>.</param>
        /// <param name="target">What it runs on: the CLR's target such as <c>ESP32_REV3</c>, or <c>pc</c>.</param>
        public NodeDescription(string firmwareVersion, string board, string target)
        {
            FirmwareVersion = firmwareVersion;
            Board = board;
            Target = target;
        }

        /// <summary>Gets the version of the firmware.</summary>
        public string FirmwareVersion { get; }

        /// <summary>Gets the name of the board.</summary>
        public string Board { get; }

        /// <summary>Gets what the node runs on.</summary>
        public string Target { get; }
    }
}
