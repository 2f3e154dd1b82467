using System.Net;

namespace NanoFramework.Pc.Device
{
    /// <summary>The device's name look-up: what the board's network knows, not what the PC's does.</summary>
    public static class Dns
    {
        /// <summary>Finds the address of a host.</summary>
        /// <param name="hostNameOrAddress">Its name, or an address in dotted form.</param>
        /// <returns>Name and address.</returns>
        /// <exception cref="System.Net.Sockets.SocketException">Nobody knows the name.</exception>
        public static IPHostEntry GetHostEntry(string hostNameOrAddress)
        {
            PcBoard board = PcBoard.Current;
            board.ThrowIfOff();
            IPAddress address = board.Resolve(hostNameOrAddress);
            board.ThrowIfOff();
            return new IPHostEntry { HostName = hostNameOrAddress, AddressList = new[] { address } };
        }
    }
}
