using System.Text;

namespace Sensors.Edge
{
    /// <summary>A topic taken apart once, for the many messages that come on it.</summary>
    internal sealed class TopicRoute
    {
        internal TopicRoute(NodeTopic topic)
        {
            Topic = topic;
            Id = Encoding.ASCII.GetBytes(topic.Id);
            Point = topic.Point is null ? [] : Encoding.UTF8.GetBytes(topic.Point);
        }

        internal NodeTopic Topic { get; }

        /// <summary>Gets the identifier as it stands in messages.</summary>
        internal byte[] Id { get; }

        /// <summary>Gets the point as it stands in messages; empty where there is none.</summary>
        internal byte[] Point { get; }
    }
}
