namespace Sensors.Commissioning
{
    /// <summary>A network that a node hears.</summary>
    /// <param name="Ssid">Its name.</param>
    /// <param name="Rssi">How strong, in dBm; -30 is beside the access point, below -80 is doubtful.</param>
    public sealed record SeenNetwork(string Ssid, int Rssi);
}
