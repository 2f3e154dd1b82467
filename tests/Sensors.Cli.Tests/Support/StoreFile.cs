using System;
using System.IO;
using System.Text;
using Sensors.Edge;

namespace Sensors.Cli.Tests.Support
{
    /// <summary>A store in a folder of its own, filled with messages as a broker would bring them.</summary>
    internal sealed class StoreFile : IDisposable
    {
        public const string Id = "88.118.12345/NODE-0001";
        public const long Epoch = (4711L << 20) + 3;

        private static readonly DateTimeOffset Arrival = new(2026, 11, 21, 7, 0, 0, TimeSpan.Zero);
        private readonly string _folder = Directory.CreateTempSubdirectory("store").FullName;

        public string Path => System.IO.Path.Combine(_folder, "readings.db");

        public string Beside(string name) => System.IO.Path.Combine(_folder, name);

        /// <summary>Stores messages in one batch.</summary>
        /// <param name="messages">Last levels of the topic, and the message.</param>
        public void Fill(params (string Leaf, string Message)[] messages)
        {
            using SqliteReadingStore store = SqliteReadingStore.Open(Path);
            var collector = new Collector(store);
            foreach ((string leaf, string message) in messages)
            {
                collector.Take($"sensors/v1/{Id}/{leaf}", Encoding.UTF8.GetBytes(message));
            }

            collector.Flush(Arrival);
        }

        public static (string Leaf, string Message) Reading(int sequence, double mean = 21.5) => ("reading/temp1", FormattableString.Invariant(
            $$$"""{"id":"{{{Id}}}","point":"temp1","kind":"temperature","epoch":{{{Epoch}}},"seq":{{{sequence}}},"ts":{{{1763600000000 + (1000 * sequence)}}},"clock":"synced","uncertainty":128,"values":{"mean":{{{mean}}}},"quality":{"samples":10,"lost":0,"clipped":0,"retries":0}}"""));

        public static (string Leaf, string Message) Alarm(int sequence) => ("alarm", FormattableString.Invariant(
            $$$"""{"id":"{{{Id}}}","point":"temp1","kind":"temperature","epoch":{{{Epoch}}},"seq":{{{sequence}}},"ts":{{{1763600000000 + (1000 * sequence)}}},"clock":"synced","channel":"mean","alarm":"warning","was":"none","cause":"limit","value":23.4567,"limit":20}"""));

        public static (string Leaf, string Message) Gap(string reason, int from, int to, int count) => ("gap", FormattableString.Invariant(
            $$$"""{"id":"{{{Id}}}","epoch":{{{Epoch}}},"ts":1763600000000,"clock":"synced","reason":"{{{reason}}}","count":{{{count}}},"ranges":[[{{{from}}},{{{to}}}]]}"""));

        public void Dispose() => Directory.Delete(_folder, recursive: true);
    }
}
