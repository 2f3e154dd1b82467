namespace Sensors.Node
{
    /// <summary>The node's way onto the network. Called from the link's thread only; it may block there for seconds.</summary>
    public abstract class Network
    {
        /// <summary>Gets whether the node has an address.</summary>
        public abstract bool IsUp { get; }

        /// <summary>Gets why the last <see cref="Join(Settings)"/> failed, as one of the stable words of pairing, such as <c>wrong-password</c>; null
        /// where it did not, or nobody knows.</summary>
        public virtual string Cause
        {
            get { return null; }
        }

        /// <summary>Gets the node's IPv4 address; null while it has none, or nobody knows.</summary>
        public virtual string Address
        {
            get { return null; }
        }

        /// <summary>Gets the name of the network the node is on; null while it is on none, or nobody knows.</summary>
        public virtual string JoinedSsid
        {
            get { return null; }
        }

        /// <summary>Joins one of the networks, or joins again: the one that worked last; after each failure and each <see cref="Leave"/> the next in turn.</summary>
        /// <param name="settings">The networks and their passwords.</param>
        /// <returns>Null when the node has an address, otherwise what went wrong, without secrets.</returns>
        public abstract string Join(Settings settings);

        /// <summary>Joins exactly this network, or joins it again.</summary>
        /// <param name="network">The network.</param>
        /// <returns>Null when the node has an address, otherwise what went wrong, without secrets; see <see cref="Cause"/>.</returns>
        public virtual string Join(WifiSettings network)
        {
            return "this network cannot choose";
        }

        /// <summary>Looks for networks, which takes seconds.</summary>
        /// <returns>What the radio hears, strongest first; a name comes once.</returns>
        public virtual WifiSighting[] Scan()
        {
            return new WifiSighting[0];
        }

        /// <summary>Gives the association up: it looks alive, but nothing comes through. The next join begins anew.</summary>
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

        /// <summary>Forgets what the platform itself has saved of networks, such as a password: the node is unpaired.</summary>
        public virtual void Forget()
        {
        }
    }
}
