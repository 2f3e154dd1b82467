namespace System.Device.Wifi
{
    public delegate void AvailableNetworksChangedEventHandler(WifiAdapter sender, object e);

    public enum WifiConnectionStatus
    {
        AccessRevoked = 0,
        InvalidCredential = 1,
        NetworkNotAvailable = 2,
        Success = 3,
        Timeout = 4,
        UnspecifiedFailure = 5,
        UnsupportedAuthenticationProtocol = 6,
    }

    public enum WifiNetworkKind
    {
        Adhoc = 0,
        Any = 1,
        Infrastructure = 2,
    }

    public enum WifiReconnectionKind
    {
        Automatic = 0,
        Manual = 1,
    }

    public class WifiAvailableNetwork
    {
        public string Bsid { get; internal set; } = "";

        public string Ssid { get; internal set; } = "";

        public WifiNetworkKind NetworkKind { get; internal set; } = WifiNetworkKind.Infrastructure;

        public double NetworkRssiInDecibelMilliwatts { get; internal set; }

        public byte SignalBars { get; internal set; }
    }

    public class WifiConnectionResult
    {
        internal WifiConnectionResult(WifiConnectionStatus status)
        {
            ConnectionStatus = status;
        }

        public WifiConnectionStatus ConnectionStatus { get; }
    }

    public class WifiNetworkReport
    {
        internal WifiNetworkReport(WifiAvailableNetwork[] networks)
        {
            AvailableNetworks = networks;
        }

        public WifiAvailableNetwork[] AvailableNetworks { get; }
    }
}
