namespace Sensors.Node
{
    /// <summary>A Wi-Fi network that the radio hears.</summary>
    public sealed class WifiSighting
    {
        /// <summary>Makes one.</summary>
        /// <param name="ssid">Its name.</param>
        /// <param name="rssi">How strong it is, in dBm.</param>
        public WifiSighting(string ssid, int rssi)
        {
            Ssid = ssid;
            Rssi = rssi;
        }

        /// <summary>Gets its name.</summary>
        public string Ssid { get; }

        /// <summary>Gets how strong it is, in dBm: -50 is near, -85 is hardly heard.</summary>
        public int Rssi { get; }
    }
}
