using System;
using System.IO;
using System.Threading;
using Sensors.Edge;

namespace Sensors.Campaigns
{
    /// <summary>The process of a collector: the service that <c>sensorctl collect</c> runs, on a store in which it dies when it was told to.</summary>
    /// <remarks>It obeys lines of its input: <c>die stored</c>, <c>stop</c>, and ends with it. It says <c>ready</c> when it listens, <c>told: ...</c>, <c>stored: ...</c> once a second, and <c>dying ...</c>.</remarks>
    internal static class CollectorChild
    {
        /// <summary>Runs until it is killed, or told to stop, or its parent has ended.</summary>
        public static int Run(string folder, int port)
        {
            Console.SetOut(new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true });
            using SqliteReadingStore file = SqliteReadingStore.Open(KillsFolder.Store(folder));
            var store = new DyingStore(file);
            using var stop = new CancellationTokenSource();
            var service = new CollectorService(store, new CollectorServiceOptions { Brokers = [new BrokerEnd("127.0.0.1", port)], ClientId = "campaign" })
            {
                Told = happened =>
                {
                    Console.WriteLine($"told: {happened.Text}");
                    if (happened.Kind == CollectorEventKind.Connected)
                    {
                        Console.WriteLine("ready");
                    }
                },
            };
            new Thread(() => Obey(store, stop)) { IsBackground = true }.Start();
            using var count = new Timer(_ => Console.WriteLine("stored: " + service.Counts), null, 1000, 1000);
            service.RunAsync(stop.Token).GetAwaiter().GetResult();
            return 0;
        }

        private static void Obey(DyingStore store, CancellationTokenSource stop)
        {
            while (Console.In.ReadLine() is { } line)
            {
                if (line == "stop")
                {
                    break;
                }

                store.DieAfterCommit();
            }

            stop.Cancel();
        }
    }
}
