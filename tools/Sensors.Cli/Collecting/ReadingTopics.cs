using System.Collections.Generic;

namespace Sensors.Cli.Collecting
{
    /// <summary>What one listens to who shows readings and keeps account of them: alarms take numbers of the same sequence, and gap records say which of them will not come.</summary>
    internal static class ReadingTopics
    {
        /// <summary>Gives the filters.</summary>
        /// <param name="nodes">What the topics begin with, up to the identifier: <c>sensors/v1/88.118.12345/NODE-0001</c>, or with wildcards.</param>
        public static IReadOnlyList<string> Of(string nodes) => [$"{nodes}/reading/+", $"{nodes}/alarm", $"{nodes}/gap", $"{nodes}/status"];

        /// <summary>Gives the filters of one who also wants to know whether a collector answers.</summary>
        /// <param name="nodes">What the topics begin with, up to the identifier.</param>
        public static IReadOnlyList<string> WithAcknowledgements(string nodes) => [.. Of(nodes), $"{nodes}/ack"];
    }
}
