namespace Sensors.Identification
{
    /// <summary>A board that bears an identifier.</summary>
    /// <param name="Node">The name on its label, such as <c>sensors-3F2A1C</c>.</param>
    /// <param name="Board">Which board it is, such as <c>ESP32-DevKitC</c>; null when not known.</param>
    /// <param name="Mac">Its MAC address; null when not known.</param>
    /// <param name="Firmware">The firmware's version when it was paired; null when not known.</param>
    public sealed record NodeHardware(string Node, string? Board = null, string? Mac = null, string? Firmware = null);
}
