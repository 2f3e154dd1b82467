using System;
using System.Net;
using NanoFramework.Pc;

namespace Iot.Device.DhcpServer
{
    /// <summary>The binding's server: on a PC those who come over the virtual board's access point need no address.</summary>
    public class DhcpServer : IDisposable
    {
        private readonly PcBoard _board = PcBoard.Current;

        public string CaptivePortalUrl { get; set; } = "";

        public IPAddress? DnsServer { get; set; }

        public IPAddress? Gateway { get; set; }

        public bool Start(IPAddress address, IPAddress mask, ushort timeToLeave = 1200)
        {
            _board.ThrowIfOff();
            ArgumentNullException.ThrowIfNull(address);
            ArgumentNullException.ThrowIfNull(mask);
            return _board.HasLink; // without an interface there is nothing to bind to
        }

        public void Stop() => _board.ThrowIfOff();

        public void Dispose() => GC.SuppressFinalize(this);
    }
}
