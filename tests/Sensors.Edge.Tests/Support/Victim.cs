using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace Sensors.Edge.Tests.Support
{
    /// <summary>What the child process does until it is killed.</summary>
    internal static class Victim
    {
        public const int BatchSize = 7;
        public const string ClientId = "victim";

        /// <summary>Stores batch after batch, and says of each that it is stored once the store has said so.</summary>
        public static int Store(string file)
        {
            using Stream stream = Console.OpenStandardOutput();
            using var output = new StreamWriter(stream) { AutoFlush = true };
            using SqliteReadingStore store = SqliteReadingStore.Open(file);
            long next = store.Settled(Say.Id, Say.Epoch) is [{ From: 1 } range, ..] ? range.To + 1 : 1;
            while (true)
            {
                store.Commit([.. Enumerable.Range(0, BatchSize).Select(i => Say.Entry(Say.Reading(next + i)))]);
                next += BatchSize;
                output.WriteLine((next - 1).ToString(CultureInfo.InvariantCulture));
            }
        }

        /// <summary>Collects from a broker.</summary>
        public static async Task<int> ServeAsync(string file, string port)
        {
            using SqliteReadingStore store = SqliteReadingStore.Open(file);
            var service = new CollectorService(store, new CollectorServiceOptions
            {
                Brokers = [new BrokerEnd("127.0.0.1", int.Parse(port, CultureInfo.InvariantCulture))],
                ClientId = ClientId,
            });
            service.Told = told => Console.WriteLine(told.Kind);
            await service.RunAsync(CancellationToken.None);
            return 0;
        }
    }
}
