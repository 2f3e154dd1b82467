using NanoFramework.Pc;

namespace System.Net.NetworkInformation
{
    // The PC's library has this namespace too. What is not in it stands here; NetworkInterface itself, which is, stands under
    // NanoFramework.Pc.Device, and the firmware takes it from there by name.

    public enum AuthenticationType : byte
    {
        None = 0,
        EAP = 1,
        PEAP = 2,
        WCN = 3,
        Open = 4,
        Shared = 5,
        WEP = 6,
        WPA = 7,
        WPA2 = 8,
    }

    public enum EncryptionType : byte
    {
        None = 0,
        WEP = 1,
        WPA = 2,
        WPA2 = 3,
        WPA_PSK = 4,
        WPA2_PSK = 5,
        Certificate = 6,
    }

    public enum RadioType : byte
    {
        NotSpecified = 0,
        _802_11a = 1,
        _802_11b = 2,
        _802_11g = 4,
        _802_11n = 8,
    }

    [Flags]
    public enum PhyProtocols
    {
        PHY802_11b = 1,
        PHY802_11g = 2,
        PHY802_11n = 4,
        PHY802_11lr = 8,
    }

    public class Wireless80211Configuration
    {
        private const int MaxSsidLength = 32;
        private const int MaxPasswordLength = 64;

        public Wireless80211Configuration(uint id)
        {
            Id = id;
        }

        [Flags]
        public enum ConfigurationOptions : byte
        {
            None = 0,
            Disable = 1,
            Enable = 2,
            AutoConnect = 6,
            SmartConfig = 10,
        }

        public AuthenticationType Authentication { get; set; }

        public EncryptionType Encryption { get; set; }

        public RadioType Radio { get; set; }

        public ConfigurationOptions Options { get; set; }

        public string? Password { get; set; }

        public string? Ssid { get; set; }

        public uint Id { get; }

        public static Wireless80211Configuration[] GetAllWireless80211Configurations()
        {
            PcBoard board = PcBoard.Current;
            board.ThrowIfOff();
            return new[] { board.Stored.Station.Copy() };
        }

        public void SaveConfiguration()
        {
            PcBoard board = PcBoard.Current;
            board.ThrowIfOff();
            ArgumentNullException.ThrowIfNull(Ssid);
            if (Ssid.Length > MaxSsidLength || Password!.Length > MaxPasswordLength)
            {
                throw new ArgumentOutOfRangeException();
            }

            board.Stored.Station = Copy();
        }

        private Wireless80211Configuration Copy() => (Wireless80211Configuration)MemberwiseClone();
    }

    public class WirelessAPConfiguration
    {
        private const int MaxSsidLength = 32;
        private const int MinPasswordLength = 8;
        private const int MaxPasswordLength = 64;

        public WirelessAPConfiguration(uint id)
        {
            Id = id;
            Authentication = AuthenticationType.Open;
            Options = ConfigurationOptions.Enable | ConfigurationOptions.AutoStart;
            Channel = 8;
            MaxConnections = 1;
        }

        [Flags]
        public enum ConfigurationOptions : byte
        {
            None = 0,
            Disable = 1,
            Enable = 2,
            AutoStart = 6,
            HiddenSSID = 8,
        }

        public AuthenticationType Authentication { get; set; }

        public EncryptionType Encryption { get; set; }

        public RadioType Radio { get; set; }

        public string? Password { get; set; }

        public string? Ssid { get; set; }

        public ConfigurationOptions Options { get; set; }

        public byte Channel { get; set; }

        public byte MaxConnections { get; set; }

        public uint Id { get; }

        public static WirelessAPConfiguration[] GetAllWirelessAPConfigurations()
        {
            PcBoard board = PcBoard.Current;
            board.ThrowIfOff();
            return new[] { board.Stored.AccessPoint.Copy() };
        }

        public void SaveConfiguration()
        {
            PcBoard board = PcBoard.Current;
            board.ThrowIfOff();
            ArgumentNullException.ThrowIfNull(Ssid);
            bool open = Authentication is AuthenticationType.Open or AuthenticationType.None;
            if (Ssid.Length >= MaxSsidLength || MaxConnections < 1
                || (!open && (Password!.Length < MinPasswordLength || Password.Length >= MaxPasswordLength)))
            {
                throw new ArgumentOutOfRangeException();
            }

            board.Stored.AccessPoint = Copy(); // it counts from the next start on
        }

        public WirelessAPStation[] GetConnectedStations() => Array.Empty<WirelessAPStation>();

        public WirelessAPStation GetConnectedStations(int stationIndex) => throw new ArgumentOutOfRangeException(nameof(stationIndex));

        public void DeAuthStation(int stationIndex)
        {
        }

        private WirelessAPConfiguration Copy() => (WirelessAPConfiguration)MemberwiseClone();
    }

    public class WirelessAPStation
    {
        internal WirelessAPStation(byte[] macAddress, sbyte rssi)
        {
            MacAddress = macAddress;
            Rssi = rssi;
        }

        public byte[] MacAddress { get; }

        public sbyte Rssi { get; }

        public PhyProtocols PhyModes => PhyProtocols.PHY802_11n;
    }
}
