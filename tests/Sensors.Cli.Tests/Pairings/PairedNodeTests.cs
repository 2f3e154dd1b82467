using System.Linq;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using Sensors.Cli.Tests.Support;
using Sensors.Edge;

namespace Sensors.Cli.Tests.Pairings
{
    /// <summary>What was paired once goes on: with <c>demo</c>, at a collector, and when other hardware takes its place.</summary>
    public class PairedNodeTests
    {
        private const string Id = "88.118.12345/PUMP-0001";
        private const double Pace = 10; // a broker has ten seconds of the board to answer: one of a busy PC

        [Fact]
        public async Task Demo_runs_a_paired_node_with_its_own_broker_where_the_node_expects_one()
        {
            await using PlantBroker folder = PlantBroker.Open();
            string address;
            await using (PlantBroker broker = PlantBroker.Open())
            {
                address = broker.Address;
                await PairAsync(folder, address, "volume");
            }

            TestHost again = Host();
            Assert.Equal(2, await RunPairAsync(again, folder, address, "volume"));
            Assert.Contains("holds a node that is paired, as " + Id, again.Error);
            TestHost demo = Host();
            int exit = await demo.RunAsync(TestContext.Current.CancellationToken, "demo", "--volume", folder.At("volume"), "--seconds", "4");
            Assert.True(exit == 0, demo.Error);
            Assert.Contains("embedded broker at " + address, demo.Error);
            Assert.Contains(Id, demo.Out);
            TestHost other = Host();
            Assert.Equal(2, await other.RunAsync("demo", "--volume", folder.At("volume"), "--interval", "3"));
            Assert.Contains("--interval is a setting", other.Error);
            TestHost none = Host();
            Assert.Equal(3, await none.RunAsync("demo", "--volume", folder.At("nothing")));
            Assert.Contains("S254", none.Error);
        }

        [Fact]
        public async Task A_hardware_swap_keeps_the_identifier_and_the_ledger_is_complete()
        {
            await using PlantBroker broker = PlantBroker.Open();
            using SqliteReadingStore store = SqliteReadingStore.InMemory();
            using var stop = new CancellationTokenSource();
            var end = IPEndPoint.Parse(broker.Address);
            var collector = new CollectorService(store, new CollectorServiceOptions { Brokers = [new BrokerEnd(end.Address.ToString(), end.Port)] });
            Task collecting = collector.RunAsync(stop.Token);
            await PairAsync(broker, broker.Address, "first");

            TestHost slip = Host();
            Assert.Equal(1, await RunPairAsync(slip, broker, broker.Address, "second"));
            Assert.Contains("S355", slip.Error); // by the registry it is another board's
            await PairAsync(broker, broker.Address, "second", "--replace");
            for (int i = 0; i < 100 && Epochs(store) < 2; i++)
            {
                await Task.Delay(50, TestContext.Current.CancellationToken);
            }

            await stop.CancelAsync();
            await collecting;
            NodeAccount account = Assert.Single(LedgerReport.Of(store.Archive).Nodes);
            Assert.Equal((Id, 0), (account.Id, account.Missing));
            Assert.Equal(2, account.Epochs.Select(epoch => epoch.Epoch >> 20).Distinct().Count()); // two boards' incarnations
        }

        private static int Epochs(SqliteReadingStore store) => LedgerReport.Of(store.Archive).Nodes.Sum(node => node.Epochs.Count);

        private static async Task PairAsync(PlantBroker folder, string broker, string volume, params string[] more)
        {
            TestHost host = Host();
            int exit = await RunPairAsync(host, folder, broker, volume, more);
            Assert.True(exit == 0, host.Error);
        }

        private static Task<int> RunPairAsync(TestHost host, PlantBroker folder, string broker, string volume, params string[] more) => host.RunAsync(
            TestContext.Current.CancellationToken,
            ["pair", "--virtual", "1", "--id", Id, "--broker", broker, "--interval", "1", "--volume", folder.At(volume), "--out", folder.At("out"), "--registry", folder.At("nodes.db"), .. more]);

        private static TestHost Host() => new() { Nodes = node => node with { Pace = Pace } };
    }
}
