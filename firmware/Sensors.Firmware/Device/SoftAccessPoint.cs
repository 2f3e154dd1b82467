using System;
using System.Net;
using System.Net.NetworkInformation;
using Iot.Device.DhcpServer;
#if NETNANO1_0
using NetworkInterface = System.Net.NetworkInformation.NetworkInterface;
using NetworkInterfaceType = System.Net.NetworkInformation.NetworkInterfaceType;
#else
using NetworkInterface = NanoFramework.Pc.Device.NetworkInterface; // the PC's own are those of the PC
using NetworkInterfaceType = NanoFramework.Pc.Device.NetworkInterfaceType;
#endif

namespace Sensors.Firmware
{
    /// <summary>The board's own access point: WPA2, and addresses by the managed DHCP server.</summary>
    /// <remarks>
    /// The image reads the access point's configuration once, at start, and keeps it in a file of its own: to open or close it takes a restart. The station's
    /// configuration is emptied on the way: with a network in it the image joins by itself at start, and the radio, which has one channel for both,
    /// would wander off. The image's own DHCP server is not compiled in. Source: nf-interpreter 1.17.0 (<c>NF_ESP32_Wireless.cpp</c>).
    /// </remarks>
    public sealed class SoftAccessPoint
    {
        /// <summary>The board's address on its own network.</summary>
        public const string Address = "192.168.4.1";

        private const string Mask = "255.255.255.0";
        private const string PortalUrl = "http://192.168.4.1/";
        private const byte Channel = 6;
        private const byte Guests = 4; // the most an ESP32 image takes
        private const ushort LeaseSeconds = 1200;

        private DhcpServer _addresses;

        /// <summary>Gets whether the image opened an access point at this start.</summary>
        public bool IsOpen
        {
            get { return IsEnabled(Configuration()); }
        }

        /// <summary>Opens it, or sees to it that the next start does.</summary>
        /// <param name="ssid">Name of its network.</param>
        /// <param name="password">Its password, 8 to 63 letters.</param>
        /// <returns>False when it takes a restart.</returns>
        public bool Open(string ssid, string password)
        {
            WirelessAPConfiguration configuration = Configuration();
            if (IsEnabled(configuration) && configuration.Ssid == ssid && configuration.Password == password)
            {
                Serve();
                return true;
            }

            UseAddress();
            ForgetStation();
            configuration.Ssid = ssid;
            configuration.Password = password;
            configuration.Authentication = AuthenticationType.WPA2;
            configuration.Encryption = EncryptionType.WPA2;
            configuration.Radio = RadioType._802_11n;
            configuration.Channel = Channel;
            configuration.MaxConnections = Guests;
            configuration.Options = WirelessAPConfiguration.ConfigurationOptions.AutoStart;
            configuration.SaveConfiguration();
            return false;
        }

        /// <summary>Gives addresses, if it does not yet. The interface may come some moments after the start: call it again.</summary>
        /// <returns>True once it does.</returns>
        public bool Serve()
        {
            if (_addresses != null)
            {
                return true;
            }

            IPAddress own = IPAddress.Parse(Address);
            DhcpServer server = new DhcpServer();
            server.CaptivePortalUrl = PortalUrl;
            server.Gateway = own;
            server.DnsServer = own;
            if (!server.Start(own, IPAddress.Parse(Mask), LeaseSeconds))
            {
                return false;
            }

            _addresses = server;
            return true;
        }

        /// <summary>Sees to it that the next start opens none.</summary>
        /// <returns>True when there is one now, which takes a restart to end.</returns>
        public bool Close()
        {
            WirelessAPConfiguration configuration = Configuration();
            if (!IsEnabled(configuration))
            {
                return false;
            }

            configuration.Options = WirelessAPConfiguration.ConfigurationOptions.Disable;
            configuration.SaveConfiguration();
            return true;
        }

        /// <summary>Empties the station's configuration, in which an image that was set up by other tools may hold a network and its password.</summary>
        internal static void ForgetStation()
        {
            Wireless80211Configuration station = Wireless80211Configuration.GetAllWireless80211Configurations()[0];
            station.Ssid = string.Empty;
            station.Password = string.Empty;
            station.Options = Wireless80211Configuration.ConfigurationOptions.Enable;
            station.SaveConfiguration();
        }

        private static WirelessAPConfiguration Configuration()
        {
            return WirelessAPConfiguration.GetAllWirelessAPConfigurations()[0];
        }

        private static bool IsEnabled(WirelessAPConfiguration configuration)
        {
            return (configuration.Options & WirelessAPConfiguration.ConfigurationOptions.Enable) != 0;
        }

        private static void UseAddress()
        {
            NetworkInterface[] all = NetworkInterface.GetAllNetworkInterfaces();
            for (int i = 0; i < all.Length; i++)
            {
                if (all[i].NetworkInterfaceType == NetworkInterfaceType.WirelessAP)
                {
                    try
                    {
                        all[i].EnableStaticIPv4(Address, Mask, Address);
                    }
                    catch (Exception)
                    {
                        // Kept, but there is no interface yet that could take it; and it is the image's own choice anyway.
                    }
                }
            }
        }
    }
}
