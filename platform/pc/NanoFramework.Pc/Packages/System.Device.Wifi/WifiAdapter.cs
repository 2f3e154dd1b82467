using System.Collections.Generic;
using System.Threading;
using nanoFramework.Networking;
using NanoFramework.Pc;

namespace System.Device.Wifi
{
    public sealed class WifiAdapter : IDisposable
    {
        private readonly PcBoard _board;

        internal WifiAdapter(PcBoard board)
        {
            _board = board;
            NetworkReport = new WifiNetworkReport(Array.Empty<WifiAvailableNetwork>());
        }

        public event AvailableNetworksChangedEventHandler? AvailableNetworksChanged;

        public int NetworkInterface => 0;

        public WifiNetworkReport NetworkReport { get; private set; }

        public static WifiAdapter[] FindAllAdapters() => new[] { new WifiAdapter(PcBoard.Current) };

        public WifiConnectionResult Connect(
            WifiAvailableNetwork availableNetwork,
            WifiReconnectionKind reconnectionKind,
            string passwordCredential) => Connect(availableNetwork.Ssid, reconnectionKind, passwordCredential);

        public WifiConnectionResult Connect(string ssid, WifiReconnectionKind reconnectionKind, string passwordCredential)
        {
            _board.ThrowIfOff();
            _board.Packages.Wifi.Store(ssid, passwordCredential, reconnectionKind);
            WifiConnectionStatus status = _board.ConnectWifi(ssid, passwordCredential, reconnectionKind);
            if (status == WifiConnectionStatus.Success)
            {
                Sntp.Ask(_board); // the time client starts with the address
            }

            return new WifiConnectionResult(status);
        }

        public void Disconnect()
        {
            _board.ThrowIfOff();
            _board.LeaveWifi();
        }

        public void SetDeviceName(string deviceName)
        {
            ArgumentException.ThrowIfNullOrEmpty(deviceName); // the name shows at the access point only
        }

        public void ScanAsync()
        {
            _board.ThrowIfOff();
            IReadOnlyList<(string Ssid, int Rssi)> heard = _board.ScanNetworks();
            var networks = new WifiAvailableNetwork[heard.Count];
            for (int i = 0; i < networks.Length; i++)
            {
                networks[i] = new WifiAvailableNetwork { Ssid = heard[i].Ssid, NetworkRssiInDecibelMilliwatts = heard[i].Rssi, SignalBars = 3 };
            }

            NetworkReport = new WifiNetworkReport(networks);
            AvailableNetworksChanged?.Invoke(this, NetworkReport);
        }

        public void Dispose()
        {
        }
    }
}
