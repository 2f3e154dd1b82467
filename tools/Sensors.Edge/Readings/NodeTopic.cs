using System;
using System.Diagnostics.CodeAnalysis;

namespace Sensors.Edge
{
    /// <summary>A topic below the root, taken apart: <c>root/prefix/suffix/reading/point</c> and its like.</summary>
    /// <param name="Id">The node's identifier, <c>prefix/suffix</c>.</param>
    /// <param name="Kind">What is sent there.</param>
    /// <param name="Point">The point of a reading; null for all else.</param>
    public sealed record NodeTopic(string Id, NodeTopicKind Kind, string? Point)
    {
        /// <summary>The root where nothing else is set.</summary>
        public const string DefaultRoot = "sensors/v1";

        /// <summary>Gives the filter that catches the readings of all nodes.</summary>
        /// <param name="root">The root.</param>
        /// <returns>An MQTT topic filter.</returns>
        public static string Readings(string root) => root + "/+/+/reading/+";

        /// <summary>Gives the filter that catches the meta messages of all nodes.</summary>
        /// <param name="root">The root.</param>
        /// <returns>An MQTT topic filter.</returns>
        public static string Metas(string root) => root + "/+/+/meta";

        /// <summary>Gives the filter that catches the status of all nodes.</summary>
        /// <param name="root">The root.</param>
        /// <returns>An MQTT topic filter.</returns>
        public static string Statuses(string root) => root + "/+/+/status";

        /// <summary>Gets the filter that catches the alarms of all nodes, which are counted with the readings.</summary>
        /// <param name="root">The root.</param>
        /// <returns>An MQTT topic filter.</returns>
        public static string Alarms(string root) => root + "/+/+/alarm";

        /// <summary>Gives the filter that catches what all nodes say of numbers that will not come.</summary>
        /// <param name="root">The root.</param>
        /// <returns>An MQTT topic filter.</returns>
        public static string Gaps(string root) => root + "/+/+/gap";

        /// <summary>Gives the topic a node hears acknowledgements on.</summary>
        /// <param name="root">The root.</param>
        /// <param name="id">The identifier, as the node writes it.</param>
        /// <returns>A topic.</returns>
        public static string Acknowledgement(string root, string id) => root + "/" + id + "/ack";

        /// <summary>Gives the topic a node hears commands on.</summary>
        /// <param name="root">The root.</param>
        /// <param name="id">The identifier, as the node writes it.</param>
        /// <returns>A topic.</returns>
        public static string Command(string root, string id) => root + "/" + id + "/cmd";

        /// <summary>Takes a topic apart.</summary>
        /// <param name="root">The root it should begin with.</param>
        /// <param name="topic">The topic.</param>
        /// <param name="parsed">Its parts.</param>
        /// <returns>False for a topic of another root, of no identifier, or of a kind that is not known.</returns>
        public static bool TryParse(string root, string topic, [NotNullWhen(true)] out NodeTopic? parsed)
        {
            parsed = null;
            if (!topic.StartsWith(root + "/", StringComparison.Ordinal)) { return false; }

            string[] levels = topic[(root.Length + 1)..].Split('/');
            if (levels.Length < 3) { return false; }

            string id = levels[0] + "/" + levels[1];
            if (!Payload.IsIdentifier(id)) { return false; }

            parsed = (levels.Length, levels[2]) switch
            {
                (4, "reading") when levels[3].Length > 0 => new NodeTopic(id, NodeTopicKind.Reading, levels[3]),
                (3, "meta") => new NodeTopic(id, NodeTopicKind.Meta, null),
                (3, "status") => new NodeTopic(id, NodeTopicKind.Status, null),
                (3, "alarm") => new NodeTopic(id, NodeTopicKind.Alarm, null),
                (3, "gap") => new NodeTopic(id, NodeTopicKind.Gap, null),
                _ => null,
            };
            return parsed != null;
        }

        /// <summary>Tells whether a reading belongs to this topic: a node writes the same identifier and point in both.</summary>
        /// <param name="reading">The reading that came on it.</param>
        /// <returns>False when somebody else's reading came here.</returns>
        public bool Bears(ReadingMessage reading) => Kind == NodeTopicKind.Reading && reading.Id == Id && reading.Point == Point;

        /// <summary>Tells whether an alarm belongs to this topic: a node writes the same identifier in both.</summary>
        /// <param name="alarm">The alarm that came on it.</param>
        /// <returns>False when somebody else's alarm came here.</returns>
        public bool Bears(AlarmMessage alarm) => Kind == NodeTopicKind.Alarm && alarm.Id == Id;

        /// <summary>Tells whether a gap record belongs to this topic: a node writes the same identifier in both.</summary>
        /// <param name="gap">The record that came on it.</param>
        /// <returns>False when somebody else's record came here.</returns>
        public bool Bears(GapMessage gap) => Kind == NodeTopicKind.Gap && gap.Id == Id;
    }

    /// <summary>What is sent on a topic.</summary>
    public enum NodeTopicKind
    {
        /// <summary>Readings of a point.</summary>
        Reading = 0,

        /// <summary>What the node is.</summary>
        Meta = 1,

        /// <summary>Whether it is online.</summary>
        Status = 2,

        /// <summary>Changes of alarms.</summary>
        Alarm = 3,

        /// <summary>Numbers that will not come.</summary>
        Gap = 4,
    }
}
