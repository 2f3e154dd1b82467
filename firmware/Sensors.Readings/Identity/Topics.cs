using System;
using System.Diagnostics.CodeAnalysis;

namespace Sensors.Node
{
    /// <summary>The MQTT topics of one node: <c>root/prefix/suffix/...</c>, made once.</summary>
    /// <remarks>Identifiers are compared without case but topics are not, so a topic bears the identifier as it was written.</remarks>
    public sealed class Topics
    {
        /// <summary>The root where nothing else is set; the number is the version of everything below it.</summary>
        public const string DefaultRoot = "sensors/v1";

        /// <summary>The most characters of a root.</summary>
        public const int MaxRootLength = 64;

        private readonly string _readings;
        private readonly string[] _pointNames;
        private readonly string[] _pointTopics;

        /// <summary>Makes the topics.</summary>
        /// <param name="root">Levels of letters, digits, '-' and '_', parted by '/': see <see cref="CheckRoot"/>.</param>
        /// <param name="identifier">The node's identifier.</param>
        /// <param name="points">The names of the node's points; may be empty.</param>
        /// <exception cref="ArgumentException">The root is not one; the message says why.</exception>
        /// <exception cref="ArgumentNullException">The identifier or the list is null.</exception>
        public Topics(string root, Identifier identifier, string[] points)
        {
            string wrong = CheckRoot(root);
            if (wrong != null) { throw new ArgumentException(wrong); }
            if (identifier == null) { throw new ArgumentNullException(nameof(identifier)); }
            if (points == null) { throw new ArgumentNullException(nameof(points)); }

            string node = root + "/" + identifier.Prefix + "/" + identifier.Suffix;
            Node = node;
            Meta = node + "/meta";
            Status = node + "/status";
            Command = node + "/cmd";
            Reply = node + "/reply";
            Acknowledgement = node + "/ack";
            Alarm = node + "/alarm";
            Capture = node + "/capture";
            Gap = node + "/gap";
            _readings = node + "/reading/";
            _pointNames = points;
            _pointTopics = new string[points.Length];
            for (int i = 0; i < points.Length; i++) { _pointTopics[i] = _readings + points[i]; }
        }

        /// <summary>Gets what all topics of the node begin with, without a slash at its end.</summary>
        public string Node { get; }

        /// <summary>Gets where the node says what it is and what its channels mean; retained.</summary>
        public string Meta { get; }

        /// <summary>Gets where the node says that it is online, and the broker that it is not; retained.</summary>
        public string Status { get; }

        /// <summary>Gets where the node takes commands.</summary>
        public string Command { get; }

        /// <summary>Gets where the node answers commands.</summary>
        public string Reply { get; }

        /// <summary>Gets where the edge says which readings it has stored.</summary>
        public string Acknowledgement { get; }

        /// <summary>Gets where the node sends alarms.</summary>
        public string Alarm { get; }

        /// <summary>Gets where the node sends raw blocks.</summary>
        public string Capture { get; }

        /// <summary>Gets where the node says which readings will not come, and why.</summary>
        public string Gap { get; }

        /// <summary>Gives the topic of a point's readings.</summary>
        /// <param name="point">The point's name.</param>
        /// <returns>The topic: made before for the points given to the constructor, made now for any other.</returns>
        [SuppressMessage("Sensors", "NANO114", Justification = "The topics of the node's own points were made in the constructor.")]
        public string Reading(string point)
        {
            for (int i = 0; i < _pointNames.Length; i++)
            {
                if (_pointNames[i] == point) { return _pointTopics[i]; }
            }

            return _readings + point;
        }

        /// <summary>Checks a root.</summary>
        /// <param name="root">Any text.</param>
        /// <returns>Null when it is one, otherwise a sentence that says what is wrong.</returns>
        public static string CheckRoot(string root)
        {
            if (root == null || root.Length == 0) { return "The topic root is empty; it could be " + DefaultRoot + "."; }

            char[] c = root.ToCharArray();
            if (c.Length > MaxRootLength)
            {
                return "The topic root has " + c.Length + " characters, more than " + MaxRootLength + ".";
            }

            int level = 0; // characters of the present level
            for (int i = 0; i <= c.Length; i++)
            {
                if (i == c.Length || c[i] == '/')
                {
                    if (level == 0) { return "The topic root has an empty level: a '/' stands at its start, its end or beside another '/'."; }
                    level = 0;
                    continue;
                }

                if (!IsAllowed(c[i]))
                {
                    return "The character at position " + (i + 1) + " of the topic root is not a letter, digit, '-', '_' or '/'.";
                }

                level++;
            }

            return null;
        }

        private static bool IsAllowed(char c)
        {
            return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-' || c == '_';
        }
    }
}
