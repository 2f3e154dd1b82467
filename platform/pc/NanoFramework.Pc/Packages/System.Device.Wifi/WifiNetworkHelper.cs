using System;
using System.Device.Wifi;
using System.Threading;
using NanoFramework.Pc;

namespace nanoFramework.Networking
{
    public static class WifiNetworkHelper
    {
        private const int PollMilliseconds = 200;

        public static ManualResetEvent NetworkReady => State.Ready;

        public static NetworkHelperStatus Status => State.Status;

        public static Exception? HelperException => State.Exception;

        public static WifiAdapter WifiAdapter => new(PcBoard.Current);

        private static WifiState State => PcBoard.Current.Packages.Wifi;

        public static void SetupNetworkHelper(bool requiresDateTime = false)
        {
            // Joins with what is stored, in the background; who cares waits for NetworkReady.
            PcBoard board = PcBoard.Current;
            board.ThrowIfOff();
            WifiState state = board.Packages.Wifi;
            state.Status = NetworkHelperStatus.Started;
            new NanoFramework.Pc.Device.Thread(() => Connect(board, state, requiresDateTime, CancellationToken.None)).Start();
        }

        public static void SetupNetworkHelper(IPConfiguration ipConfiguration, bool requiresDateTime = false) =>
            SetupNetworkHelper(requiresDateTime);

        public static void SetupNetworkHelper(
            string ssid,
            string password,
            WifiReconnectionKind reconnectionKind = WifiReconnectionKind.Automatic,
            bool requiresDateTime = false)
        {
            State.Store(ssid, password, reconnectionKind);
            SetupNetworkHelper(requiresDateTime);
        }

        public static void Disconnect()
        {
            PcBoard board = PcBoard.Current;
            board.ThrowIfOff();
            board.LeaveWifi();
            board.Packages.Wifi.Ready.Reset();
        }

        public static bool ConnectDhcp(
            string ssid,
            string password,
            WifiReconnectionKind reconnectionKind = WifiReconnectionKind.Automatic,
            bool requiresDateTime = false,
            int wifiAdapterId = 0,
            CancellationToken token = default)
        {
            State.Store(ssid, password, reconnectionKind);
            return Reconnect(requiresDateTime, wifiAdapterId, token);
        }

        public static bool ConnectFixAddress(
            string ssid,
            string password,
            IPConfiguration ipConfiguration,
            WifiReconnectionKind reconnectionKind = WifiReconnectionKind.Automatic,
            bool requiresDateTime = false,
            int WifiAdapter = 0,
            CancellationToken token = default) => ConnectDhcp(ssid, password, reconnectionKind, requiresDateTime, WifiAdapter, token);

        public static bool ScanAndConnectDhcp(
            string ssid,
            string password,
            WifiReconnectionKind reconnectionKind = WifiReconnectionKind.Automatic,
            bool requiresDateTime = false,
            int WifiAdapter = 0,
            CancellationToken token = default) => ConnectDhcp(ssid, password, reconnectionKind, requiresDateTime, WifiAdapter, token);

        public static bool Reconnect(bool requiresDateTime = false, int wifiAdapterId = 0, CancellationToken token = default)
        {
            PcBoard board = PcBoard.Current;
            board.ThrowIfOff();
            return Connect(board, board.Packages.Wifi, requiresDateTime, token);
        }

        public static void Reset()
        {
            WifiState state = State;
            state.Ready = new ManualResetEvent(false);
            state.Status = NetworkHelperStatus.None;
            state.Exception = null;
        }

        private static bool Connect(PcBoard board, WifiState state, bool requiresDateTime, CancellationToken token)
        {
            state.Status = NetworkHelperStatus.Started;
            state.Exception = null;
            try
            {
                if (!state.HasCredentials)
                {
                    state.Status = NetworkHelperStatus.FailedNoNetworkInterface;
                    return false;
                }

                if (!board.JoinWifi(state.Ssid, state.Password, state.ReconnectionKind, token))
                {
                    state.Status = token.IsCancellationRequested
                        ? NetworkHelperStatus.TokenExpiredWaitingIPAddress
                        : NetworkHelperStatus.ErrorConnetingToWiFiWhileScanning;
                    return false;
                }

                bool known = Sntp.Ask(board); // the time client starts with the network
                while (requiresDateTime && !known && !board.Packages.Sntp.TimeKnown)
                {
                    if (token.IsCancellationRequested)
                    {
                        state.Status = NetworkHelperStatus.TokenExpiredWaitingDateTime;
                        return false;
                    }

                    board.Sleep(PollMilliseconds);
                    known = Sntp.Ask(board);
                }

                state.Status = NetworkHelperStatus.NetworkIsReady;
                state.Ready.Set();
                return true;
            }
            catch (Exception ex) when (ex is not BoardOffException)
            {
                state.Status = NetworkHelperStatus.ExceptionOccurred;
                state.Exception = ex;
                return false;
            }
        }
    }
}
