namespace Sensors.VirtualBoard
{
    /// <summary>The access point that a board opens itself.</summary>
    public sealed class VirtualSoftAccessPoint
    {
        /// <summary>Gets the name of its network; null while the firmware wants none.</summary>
        public string? Ssid { get; private set; }

        /// <summary>Gets its password; empty for an open network, null while the firmware wants none.</summary>
        public string? Password { get; private set; }

        /// <summary>Gets its channel, that of the network the board is on, if it is on one.</summary>
        public int Channel { get; private set; }

        /// <summary>Gets whether it can be joined: wanted, and not on its way to another channel.</summary>
        public bool IsUp { get; private set; }

        /// <summary>Gets whether the firmware wants it.</summary>
        internal bool IsWanted => Ssid is not null;

        /// <summary>Gets a number that is another one after each change.</summary>
        internal int Version { get; private set; }

        internal void Open(string ssid, string password, int channel)
        {
            (Ssid, Password, Channel, IsUp) = (ssid, password, channel, true);
            Version++;
        }

        internal void Close()
        {
            (Ssid, Password, IsUp) = (null, null, false);
            Version++;
        }

        internal void Vanish(int channel)
        {
            (Channel, IsUp) = (channel, false);
            Version++;
        }

        internal void ComeBack()
        {
            IsUp = true;
            Version++;
        }
    }
}
