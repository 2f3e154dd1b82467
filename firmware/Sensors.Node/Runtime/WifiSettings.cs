namespace Sensors.Node
{
    /// <summary>A Wi-Fi network of the settings, and where the node gets its address there.</summary>
    public sealed class WifiSettings
    {
        private const int MostSsid = 32;     // bytes, IEEE 802.11
        private const int MostPassword = 64; // WPA2: 63 letters, or the key itself in hex
        private const string Wrong = "wifi_address must be address/prefix gateway [name server], such as 192.168.1.50/24 192.168.1.1";

        /// <summary>Gets or sets its name.</summary>
        public string Ssid { get; set; }

        /// <summary>Gets or sets its password; empty for an open network.</summary>
        public string Password { get; set; } = string.Empty;

        /// <summary>Gets or sets the node's own IPv4 address; null where the network gives one (DHCP).</summary>
        public string Address { get; set; }

        /// <summary>Gets or sets the mask that goes with <see cref="Address"/>, such as 255.255.255.0.</summary>
        public string Mask { get; set; }

        /// <summary>Gets or sets the gateway that goes with <see cref="Address"/>.</summary>
        public string Gateway { get; set; }

        /// <summary>Gets or sets the name server that goes with <see cref="Address"/>.</summary>
        public string Dns { get; set; }

        internal static string CheckSsid(string ssid)
        {
            int length = System.Text.Encoding.UTF8.GetBytes(ssid).Length;
            return length > 0 && length <= MostSsid ? null : "wifi_ssid must have 1 to 32 bytes";
        }

        internal static string CheckPassword(string password)
        {
            return password.Length <= MostPassword ? null : "wifi_password must have at most 64 letters"; // a driver would cut it off without a word
        }

        /// <summary>Takes <c>192.168.1.50/24 192.168.1.1 192.168.1.1</c>: address and prefix, gateway, name server.</summary>
        /// <param name="text">The value; without a third word the gateway is asked for names.</param>
        /// <returns>What is wrong; null when nothing is.</returns>
        internal string TakeAddress(string text)
        {
            string[] words = text.Split(' ');
            int slash = words[0].IndexOf('/');
            if (words.Length < 2 || words.Length > 3 || slash < 0
                || NumberText.TakeNumber(null, words[0].Substring(slash + 1), 8, 30, out int prefix) != null)
            {
                return Wrong;
            }

            uint mask = 0xFFFFFFFFu << (32 - prefix);
            string address = words[0].Substring(0, slash);
            string dns = words.Length == 3 ? words[2] : words[1];
            if (!TryRead(address, out uint own) || !TryRead(words[1], out uint gateway) || !TryRead(dns, out uint _))
            {
                return Wrong;
            }

            uint host = own & ~mask;
            if (host == 0 || host == ~mask)
            {
                return "wifi_address: " + address + " is the network's own or its broadcast address";
            }

            if ((own & mask) != (gateway & mask) || own == gateway)
            {
                return "wifi_address: gateway " + words[1] + " must be another address of the same network";
            }

            Address = address;
            Mask = Write(mask);
            Gateway = words[1];
            Dns = dns;
            return null;
        }

        private static bool TryRead(string text, out uint address)
        {
            string[] parts = text.Split('.');
            address = 0;
            bool good = parts.Length == 4;
            for (int i = 0; i < parts.Length && good; i++)
            {
                good = NumberText.TakeNumber(null, parts[i], 0, 255, out int part) == null;
                address = (address << 8) | (uint)part;
            }

            return good && address != 0;
        }

        private static string Write(uint address)
        {
            return ((address >> 24) & 255).ToString() + "." + ((address >> 16) & 255).ToString() + "." + ((address >> 8) & 255).ToString() + "." + (address & 255).ToString();
        }
    }
}
