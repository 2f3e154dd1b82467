namespace Sensors.Node
{
    /// <summary>An identity that readings were taken under: its topics, and its identifier prepared for messages.</summary>
    internal sealed class NodeVoice
    {
        /// <summary>Makes one.</summary>
        /// <param name="root">First levels of every topic.</param>
        /// <param name="identifier">The identifier.</param>
        /// <param name="points">Names of points whose topics are made once.</param>
        public NodeVoice(string root, Identifier identifier, string[] points)
        {
            Text = identifier.Text;
            Topics = new Topics(root, identifier, points);
            Json = JsonText.Of(identifier.Text);
        }

        /// <summary>Gets the identifier.</summary>
        public string Text { get; }

        /// <summary>Gets the topics.</summary>
        public Topics Topics { get; }

        /// <summary>Gets the identifier as a JSON string.</summary>
        public byte[] Json { get; }
    }
}
