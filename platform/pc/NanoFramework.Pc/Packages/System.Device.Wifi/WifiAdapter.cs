using System.Collections.Generic;
using System.Threading;
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
            bool joined = _board.JoinWifi(ssid, passwordCredential, reconnectionKind, CancellationToken.None);
            return new WifiConnectionResult(joined ? WifiConnectionStatus.Success : WifiConnectionStatus.NetworkNotAvailable);
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
            IReadOnlyList<string> names = _board.ScanWifi();
            var networks = new WifiAvailableNetwork[names.Count];
            for (int i = 0; i < networks.Length; i++)
            {
                networks[i] = new WifiAvailableNetwork { Ssid = names[i], NetworkRssiInDecibelMilliwatts = -60, SignalBars = 3 };
            }

            NetworkReport = new WifiNetworkReport(networks);
            AvailableNetworksChanged?.Invoke(this, NetworkReport);
        }

        public void Dispose()
        {
        }
    }
}
