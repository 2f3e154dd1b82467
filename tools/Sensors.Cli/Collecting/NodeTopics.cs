using System;
using Sensors.Edge;

namespace Sensors.Cli.Collecting
{
    /// <summary>Tells what a topic carries by its last levels, whatever its root: <c>watch --topic</c> may name any.</summary>
    internal static class NodeTopics
    {
        public static NodeTopicKind? KindOf(string topic)
        {
            string[] levels = topic.Split('/');
            if (levels.Length >= 5 && levels[^2] == "reading")
            {
                return NodeTopicKind.Reading;
            }

            return levels.Length < 4 ? null : levels[^1] switch
            {
                "status" => NodeTopicKind.Status,
                "meta" => NodeTopicKind.Meta,
                "alarm" => NodeTopicKind.Alarm,
                "gap" => NodeTopicKind.Gap,
                _ => null,
            };
        }
    }
}
