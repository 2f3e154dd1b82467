using System;
using System.Net;

namespace NanoFramework.Pc.Device
{
    /// <summary>The device's <c>NetworkInterface</c>, whose name the PC's library has for its own.</summary>
    /// <remarks>Interface 0 is the Wi-Fi station, 1 the access point, as on an ESP32 without Ethernet.</remarks>
    public class NetworkInterface
    {
        private const string NoAddress = "0.0.0.0";

        private readonly PcBoard _board = PcBoard.Current;
        private readonly int _index;

        /// <summary>Makes the interface of a number.</summary>
        /// <param name="interfaceIndex">0 or 1.</param>
        protected NetworkInterface(int interfaceIndex)
        {
            _index = interfaceIndex;
        }

        /// <summary>Gets whether the network names the name servers.</summary>
        public bool IsAutomaticDnsEnabled => _board.Stored.Dns is null;

        /// <summary>Gets the address, or 0.0.0.0.</summary>
        public string IPv4Address => Configured?.Address ?? _board.StationAddress ?? NoAddress;

        /// <summary>Gets the gateway, or 0.0.0.0.</summary>
        public string IPv4GatewayAddress => Configured?.Gateway ?? (_board.StationAddress is string address ? Gateway(address) : NoAddress);

        /// <summary>Gets the mask, or 0.0.0.0.</summary>
        public string IPv4SubnetMask => Configured?.Mask ?? (_board.StationAddress is null ? NoAddress : "255.255.255.0");

        /// <summary>Gets whether the network gives the address.</summary>
        public bool IsDhcpEnabled => Configured is null;

        /// <summary>Gets the name servers.</summary>
        public string[] IPv4DnsAddresses => _board.Stored.Dns ?? new[] { IPv4GatewayAddress, NoAddress };

        /// <summary>Gets or sets the MAC address; what is set here is not taken.</summary>
        public byte[] PhysicalAddress
        {
            get
            {
                byte[] address = (byte[])_board.MacAddress.Clone();
                address[^1] += (byte)_index; // the access point's is the next one
                return address;
            }

            set => ArgumentNullException.ThrowIfNull(value);
        }

        /// <summary>Gets what kind it is.</summary>
        public NetworkInterfaceType NetworkInterfaceType => _index == 0 ? NetworkInterfaceType.Wireless80211 : NetworkInterfaceType.WirelessAP;

        /// <summary>Gets or sets the number of its configuration.</summary>
        public uint SpecificConfigId { get; set; }

        private StaticAddress? Configured => _index == 0 ? _board.Stored.Address : _board.Stored.AccessPointAddress;

        /// <summary>Tells whether any interface has a link.</summary>
        /// <returns>True when one has.</returns>
        public static bool GetIsNetworkAvailable()
        {
            PcBoard board = PcBoard.Current;
            board.ThrowIfOff();
            return board.HasLink;
        }

        /// <summary>Gives the interfaces.</summary>
        /// <returns>Station and access point.</returns>
        public static NetworkInterface[] GetAllNetworkInterfaces()
        {
            PcBoard.Current.ThrowIfOff();
            return new[] { new NetworkInterface(0), new NetworkInterface(1) };
        }

        /// <summary>Sets an address of the board's own.</summary>
        /// <param name="ipv4Address">Address.</param>
        /// <param name="ipv4SubnetMask">Mask.</param>
        /// <param name="ipv4GatewayAddress">Gateway.</param>
        public void EnableStaticIPv4(string ipv4Address, string ipv4SubnetMask, string ipv4GatewayAddress)
        {
            _board.ThrowIfOff();
            StaticAddress made = new(Checked(ipv4Address), Checked(ipv4SubnetMask), Checked(ipv4GatewayAddress));
            if (_index == 0)
            {
                _board.Stored.Address = made;
            }
            else
            {
                _board.Stored.AccessPointAddress = made;
            }
        }

        /// <summary>Not on a board without IPv6.</summary>
        /// <param name="ipv6Address">Address.</param>
        /// <param name="ipv6SubnetMask">Mask.</param>
        /// <param name="ipv6GatewayAddress">Gateway.</param>
        public void EnableStaticIPv6(string ipv6Address, string ipv6SubnetMask, string ipv6GatewayAddress) => throw new NotSupportedException();

        /// <summary>Not on a board without IPv6.</summary>
        /// <param name="ipv4Address">Address.</param>
        /// <param name="ipv4subnetMask">Mask.</param>
        /// <param name="ipv4gatewayAddress">Gateway.</param>
        /// <param name="ipv6Address">IPv6 address.</param>
        /// <param name="ipv6SubnetMask">IPv6 mask.</param>
        /// <param name="ipv6GatewayAddress">IPv6 gateway.</param>
        public void EnableStaticIP(
            string ipv4Address, string ipv4subnetMask, string ipv4gatewayAddress, string ipv6Address, string ipv6SubnetMask, string ipv6GatewayAddress) =>
            throw new NotSupportedException();

        /// <summary>Lets the network give the address.</summary>
        public void EnableDhcp()
        {
            _board.ThrowIfOff();
            if (_index == 0)
            {
                _board.Stored.Address = null;
            }
        }

        /// <summary>Sets name servers.</summary>
        /// <param name="dnsAddresses">One or two addresses.</param>
        public void EnableStaticIPv4Dns(string[] dnsAddresses)
        {
            _board.ThrowIfOff();
            if (dnsAddresses is null || dnsAddresses.Length is 0 or > 2)
            {
                throw new ArgumentException("One or two name servers.", nameof(dnsAddresses));
            }

            _board.Stored.Dns = Array.ConvertAll(dnsAddresses, Checked);
        }

        /// <summary>Not on a board without IPv6.</summary>
        /// <param name="dnsAddresses">Addresses.</param>
        public void EnableStaticIPv6Dns(string[] dnsAddresses) => throw new NotSupportedException();

        /// <summary>Lets the network name the name servers.</summary>
        public void EnableAutomaticDns()
        {
            _board.ThrowIfOff();
            _board.Stored.Dns = null;
        }

        /// <summary>Gives the address back.</summary>
        public void ReleaseDhcpLease() => _board.ThrowIfOff();

        /// <summary>Asks for the address again.</summary>
        public void RenewDhcpLease() => _board.ThrowIfOff();

        private static string Checked(string address) => IPAddress.Parse(address).ToString();

        private static string Gateway(string address) => address[..(address.LastIndexOf('.') + 1)] + "1";
    }

    /// <summary>The device's kinds of interfaces; the PC's list lacks the access point.</summary>
    public enum NetworkInterfaceType
    {
        /// <summary>Not known.</summary>
        Unknown = 1,

        /// <summary>Ethernet.</summary>
        Ethernet = 6,

        /// <summary>Wi-Fi station.</summary>
        Wireless80211 = 71,

        /// <summary>Wi-Fi access point of the board's own.</summary>
        WirelessAP = 72,
    }
}
