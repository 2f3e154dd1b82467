namespace Sensors.Commissioning
{
    /// <summary>A network that a node shall know.</summary>
    /// <param name="Ssid">Its name, 1 to 32 bytes of UTF-8.</param>
    /// <param name="Password">Its password, 8 to 63 printable ASCII characters; empty for an open network, null while it is not known.</param>
    /// <param name="Address">A fixed address as the settings write it, <c>192.168.1.50/24 192.168.1.1 192.168.1.1</c>; null for DHCP.</param>
    public sealed record WifiSetup(string Ssid, string? Password, string? Address = null)
    {
        /// <summary>Gives the network without its password.</summary>
        /// <returns>The name, and the fixed address if there is one.</returns>
        public override string ToString() => Address is null ? Ssid : $"{Ssid} ({Address})";
    }
}
