using System.Net.NetworkInformation;

namespace NanoFramework.Pc
{
    /// <summary>What the firmware's image keeps of the network in the board's flash, through restarts and power cuts.</summary>
    internal sealed class StoredNetwork
    {
        /// <summary>Gets or sets the station's configuration.</summary>
        public Wireless80211Configuration Station { get; set; } = new(0)
        {
            Ssid = "",
            Password = "",
            Options = Wireless80211Configuration.ConfigurationOptions.AutoConnect | Wireless80211Configuration.ConfigurationOptions.SmartConfig,
        };

        /// <summary>Gets or sets the access point's configuration.</summary>
        public WirelessAPConfiguration AccessPoint { get; set; } = new(0)
        {
            Ssid = "nano",
            Password = "nanoframework",
            Authentication = AuthenticationType.WPA2,
            Encryption = EncryptionType.WPA2,
            Channel = 11,
            MaxConnections = 4,
            Options = WirelessAPConfiguration.ConfigurationOptions.Disable,
        };

        /// <summary>Gets or sets the station's own address; null where the network gives one.</summary>
        public StaticAddress? Address { get; set; }

        /// <summary>Gets or sets the access point's own address.</summary>
        public StaticAddress AccessPointAddress { get; set; } = new("192.168.4.1", "255.255.255.0", "192.168.4.1");

        /// <summary>Gets or sets the name servers set by hand; null where the network names them.</summary>
        public string[]? Dns { get; set; }
    }

    /// <summary>An IPv4 address with what belongs to it, in dotted form.</summary>
    /// <param name="Address">The address.</param>
    /// <param name="Mask">The mask.</param>
    /// <param name="Gateway">The gateway.</param>
    public sealed record StaticAddress(string Address, string Mask, string Gateway);
}
