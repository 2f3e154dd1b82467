using System;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using Sensors.Cli.Output;
using Sensors.Cli.Parsing;
using Sensors.Edge;

namespace Sensors.Cli.Collecting
{
    /// <summary>The edge of a demonstration: a real collector at the embedded broker, whose store is memory. Without one the nodes would keep all they send.</summary>
    /// <remarks>Never at a broker of somebody else's: what it acknowledged, nodes would no longer keep for the collector that is there.</remarks>
    internal sealed class DemoCollector : IAsyncDisposable
    {
        private readonly CancellationTokenSource _end = new();
        private readonly SqliteReadingStore _store = SqliteReadingStore.InMemory();
        private readonly CollectorService _service;
        private readonly Task _running;

        public DemoCollector(BrokerAddress broker, string root)
        {
            _service = new CollectorService(_store, new CollectorServiceOptions { Brokers = [new BrokerEnd(broker.Host, broker.Port)], Root = root });
            _running = _service.RunAsync(_end.Token);
        }

        /// <summary>Ends it and says what it did.</summary>
        public async Task<CliEvent> EndAsync()
        {
            await _end.CancelAsync().ConfigureAwait(false);
            await _running.ConfigureAwait(false);
            CollectorCounts counts = _service.Counts;
            return new CliEvent(
                "collected",
                string.Create(CultureInfo.InvariantCulture, $"collector in memory: {counts.Readings} readings, {counts.Alarms} alarms and {counts.Gaps} gap records stored and acknowledged, {counts.Duplicates} came again"),
                new JsonObject { ["readings"] = counts.Readings, ["alarms"] = counts.Alarms, ["gaps"] = counts.Gaps, ["duplicates"] = counts.Duplicates });
        }

        public async ValueTask DisposeAsync()
        {
            await _end.CancelAsync().ConfigureAwait(false);
            await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _store.Dispose();
            _end.Dispose();
        }
    }
}
