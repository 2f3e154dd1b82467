using System.Collections.Generic;
using Sensors.VirtualBoard;

namespace Sensors.Cli.VirtualNodes
{
    /// <summary>An access point around virtual boards, and what is wrong with it.</summary>
    /// <param name="Ssid">Name of its network.</param>
    /// <param name="Password">Its password; empty for an open network.</param>
    public sealed record AirNetwork(string Ssid, string Password)
    {
        /// <summary>Gets its channel; on another one than 6, that of the board's own access point, that one goes away for seconds.</summary>
        public int Channel { get; init; } = 1;

        /// <summary>Gets whether it gives addresses.</summary>
        public bool HasDhcp { get; init; } = true;

        /// <summary>Gets whether a captive portal answers for everybody.</summary>
        public bool IsCaptive { get; init; }

        /// <summary>Gets whether boards hear it.</summary>
        public bool InRange { get; init; } = true;

        /// <summary>Gets whether its encryption is none of theirs.</summary>
        public bool HasUnknownEncryption { get; init; }

        /// <summary>Gets the milliseconds that look-ups and connects take longer.</summary>
        public int DelayMilliseconds { get; init; }

        /// <summary>Gets its addresses, three numbers and dots; null for the usual ones.</summary>
        public string? Subnet { get; init; }

        /// <summary>Gets the names its name server does not know, <c>*</c> for all.</summary>
        public IReadOnlyList<string> FailingNames { get; init; } = [];

        /// <summary>Tells nothing secret.</summary>
        /// <returns>The name.</returns>
        public override string ToString() => Ssid;

        internal AccessPoint Make()
        {
            const string UsualSubnet = "192.168.1";
            var made = new AccessPoint(Ssid, Password)
            {
                Subnet = Subnet ?? UsualSubnet,
                Channel = Channel,
                HasDhcp = HasDhcp,
                IsCaptive = IsCaptive,
                InRange = InRange,
                HasUnknownEncryption = HasUnknownEncryption,
                DelayMilliseconds = DelayMilliseconds,
            };
            made.FailingNames.UnionWith(FailingNames);
            return made;
        }
    }
}
