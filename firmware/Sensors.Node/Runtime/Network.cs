namespace Sensors.Node
{
    /// <summary>The node's way onto the network. Called from the link's thread only; it may block there for seconds.</summary>
    public abstract class Network
    {
        /// <summary>Gets whether the node has an address.</summary>
        public abstract bool IsUp { get; }

        /// <summary>Joins, or joins again.</summary>
        /// <param name="settings">Network and password.</param>
        /// <returns>Null when the node has an address, otherwise what went wrong, without secrets.</returns>
        public abstract string Join(Settings settings);

        /// <summary>Gives the association up: it looks alive, but nothing comes through. The next <see cref="Join"/> begins anew.</summary>
        public abstract void Leave();

        /// <summary>Begins to ask a time server, now and from then on by itself.</summary>
        /// <param name="server">Its name.</param>
        public abstract void StartTime(string server);

        /// <summary>Tells the network's time without waiting for it.</summary>
        /// <returns>UTC in milliseconds since 1970-01-01, or 0 while no time server is known to have answered since the board started.</returns>
        public abstract long CheckTime();

        /// <summary>Tells the time the board still knew when it started, as it does after a restart without loss of power.</summary>
        /// <returns>UTC in milliseconds since 1970-01-01 at this moment, or 0.</returns>
        public abstract long HeldTime();

        /// <summary>Sets the board's own clock, by which certificates are judged. A time server's answer still shows afterwards.</summary>
        /// <param name="utc">UTC in milliseconds since 1970-01-01.</param>
        public virtual void SetTime(long utc)
        {
        }
    }
}
