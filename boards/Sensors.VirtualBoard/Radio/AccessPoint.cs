using System;

namespace Sensors.VirtualBoard
{
    /// <summary>A Wi-Fi access point near a board.</summary>
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

        /// <summary>Gets the password; empty for an open network.</summary>
        public string Password { get; }

        /// <summary>Gets the time from asking to having an address, in virtual milliseconds.</summary>
        public int JoinMilliseconds { get; init; } = 1500;

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
    }
}
