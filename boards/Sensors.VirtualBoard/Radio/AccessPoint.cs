using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;

namespace Sensors.VirtualBoard
{
    /// <summary>A Wi-Fi access point near a board, and the network behind it.</summary>
    public sealed class AccessPoint
    {
        private bool _inRange = true;

        /// <summary>Makes an access point that is in range.</summary>
        /// <param name="ssid">Name of its network.</param>
        /// <param name="password">Its password; empty for an open network.</param>
        public AccessPoint(string ssid, string password)
        {
            ArgumentException.ThrowIfNullOrEmpty(ssid);
            ArgumentNullException.ThrowIfNull(password);
            Ssid = ssid;
            Password = password;
        }

        /// <summary>Gets the name of the network.</summary>
        public string Ssid { get; }

        /// <summary>Gets or sets the password; empty for an open network. An association that is up stays.</summary>
        public string Password { get; set; }

        /// <summary>Gets the time from asking to being associated, in virtual milliseconds.</summary>
        public int JoinMilliseconds { get; init; } = 1500;

        /// <summary>Gets how strong it is at the board, in dBm.</summary>
        public int Rssi { get; init; } = -60;

        /// <summary>Gets its channel, 1 to 13. A board that joins on another channel than its own access point's takes that one off the air for a while.</summary>
        public int Channel { get; init; } = 1;

        /// <summary>Gets whether its kind of encryption is none of the board's.</summary>
        public bool HasUnknownEncryption { get; init; }

        /// <summary>Gets or sets whether anybody on the network gives addresses.</summary>
        public bool HasDhcp { get; set; } = true;

        /// <summary>Gets the network's addresses: three numbers and dots, of a /24. An address set by hand that is none of them leads nowhere.</summary>
        public string Subnet { get; init; } = "192.168.1";

        /// <summary>Gets the names that its name server does not know; <c>*</c> for all.</summary>
        public ISet<string> FailingNames { get; } = new HashSet<string>(StringComparer.OrdinalIgnoreCase);

        /// <summary>Gets or sets whether a captive portal answers for everybody: every name, every address and port is its web server.</summary>
        public bool IsCaptive { get; set; }

        /// <summary>Gets or sets the time a name look-up and a connect take longer, in virtual milliseconds.</summary>
        public int DelayMilliseconds { get; set; }

        /// <summary>Gets or sets whether the board can hear it; when it goes out of range an association with it ends,
        /// and an automatic one comes back when it is in range again.</summary>
        public bool InRange
        {
            get => _inRange;
            set
            {
                _inRange = value;
                Changed?.Invoke();
            }
        }

        internal Action? Changed { get; set; }

        /// <summary>Gives the address that the network gives a board.</summary>
        internal string? Lease(byte[] mac) => HasDhcp ? $"{Subnet}.{20 + (mac[^1] % 200)}" : null;

        /// <summary>Tells whether a board with this address of its own can reach anybody.</summary>
        internal bool Knows(string address) => IPAddress.TryParse(address, out _) && address.StartsWith(Subnet + ".", StringComparison.Ordinal);

        /// <summary>Tells whether its name server knows a name.</summary>
        internal bool Resolves(string name) => !FailingNames.Any(failing => failing == "*" || string.Equals(failing, name, StringComparison.OrdinalIgnoreCase));
    }
}
