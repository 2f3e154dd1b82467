namespace Sensors.Node
{
    /// <summary>The node's way to a broker. Called from the link's thread only; it may block there for seconds.</summary>
    public abstract class MqttLink
    {
        /// <summary>Gets whether a session is up, as far as is known.</summary>
        public abstract bool IsConnected { get; }

        /// <summary>Gets or sets who is told of acknowledgements, closures and messages. Set before the first connect.</summary>
        public MqttLinkListener Listener { get; set; }

        /// <summary>Gets why the last <see cref="Connect"/> failed, as one of the stable words of pairing, such as <c>login-refused</c>; null where it
        /// did not, or nobody knows.</summary>
        public virtual string Cause
        {
            get { return null; }
        }

        /// <summary>Connects. Whatever was left of an earlier attempt is closed first.</summary>
        /// <param name="settings">Where, and as whom.</param>
        /// <param name="willTopic">Topic of the will, QoS 1; retained, but for a trial (<see cref="LinkSettings.IsTrial"/>).</param>
        /// <param name="will">The will: ASCII, not empty.</param>
        /// <returns>Null when the session is up, otherwise what went wrong, for the log and the status: without secrets.</returns>
        public abstract string Connect(LinkSettings settings, string willTopic, string will);

        /// <summary>Hands one message over at QoS 1.</summary>
        /// <param name="topic">Topic name.</param>
        /// <param name="payload">Holds the message.</param>
        /// <param name="count">How many bytes of it, from index 0.</param>
        /// <param name="retain">Whether the broker keeps it.</param>
        /// <returns>The message's number, told again by <see cref="MqttLinkListener.Acknowledged"/>; 0 when it was not taken.</returns>
        public abstract int Publish(string topic, byte[] payload, int count, bool retain);

        /// <summary>Asks for messages at QoS 1.</summary>
        /// <param name="topicFilter">Topic filter.</param>
        public abstract void Subscribe(string topicFilter);

        /// <summary>Ends the session and frees what it held. Safe to call at any time.</summary>
        public abstract void Close();
    }

    /// <summary>What a link tells. Called from the link's own threads: note it down, never block, never throw.</summary>
    public abstract class MqttLinkListener
    {
        /// <summary>A message's fate is known.</summary>
        /// <param name="number">What <see cref="MqttLink.Publish"/> returned. May come before that call has returned.</param>
        /// <param name="delivered">False when the link gave up: the message must be sent again.</param>
        public abstract void Acknowledged(int number, bool delivered);

        /// <summary>The session ended.</summary>
        public abstract void Closed();

        /// <summary>A message came in.</summary>
        /// <param name="topic">Topic name.</param>
        /// <param name="payload">The message; the listener's to keep.</param>
        public abstract void Received(string topic, byte[] payload);
    }
}
