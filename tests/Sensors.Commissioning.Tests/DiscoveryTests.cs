using System;
using System.IO;
using System.Net;
using System.Threading.Tasks;
using Sensors.Commissioning.Tests.Support;
using Sensors.Pairing.Tests.Fakes;

namespace Sensors.Commissioning.Tests
{
    public sealed class DiscoveryTests : IDisposable
    {
        private readonly string _folder = Directory.CreateTempSubdirectory("virtual").FullName;

        public void Dispose() => Directory.Delete(_folder, recursive: true);

        [Fact]
        public async Task A_virtual_node_is_found_by_its_notice_and_a_real_one_by_its_address()
        {
            await using var server = new PortalServer();
            await using var real = new PortalServer();
            new VirtualNotice(PortalBench.Name, IPEndPoint.Parse(server.Endpoint.Authority), Environment.ProcessId).Put(_folder);
            using var discovery = new NodeDiscovery(_folder, real.Endpoint);
            WaitingNode[] found = [.. await discovery.FindAsync(TestContext.Current.CancellationToken)];
            Assert.Equal(2, found.Length);
            Assert.Contains(found, node => node.IsVirtual && node.State.Node == PortalBench.Name && discovery.EndpointOf(node)() == server.Endpoint);
            Assert.Contains(found, node => !node.IsVirtual && node.Endpoint == real.Endpoint);
            VirtualNotice.Remove(_folder, PortalBench.Name);
            Assert.Null(discovery.EndpointOf(Array.Find(found, node => node.IsVirtual)!)());
        }

        [Fact]
        public async Task What_is_stale_or_wrong_is_no_node()
        {
            new VirtualNotice("sensors-00000A", new IPEndPoint(IPAddress.Loopback, 9), int.MaxValue).Put(_folder); // a process that is gone
            await File.WriteAllTextAsync(Path.Combine(_folder, "torn.json"), "{\"node\":", TestContext.Current.CancellationToken);
            await File.WriteAllTextAsync(Path.Combine(_folder, "far.json"), $$"""{"node":"sensors-00000B","endpoint":"10.0.0.1:80","pid":{{Environment.ProcessId}}}""", TestContext.Current.CancellationToken);
            new VirtualNotice("sensors-00000C", new IPEndPoint(IPAddress.Loopback, 9), Environment.ProcessId).Put(_folder); // nobody listens
            using var discovery = new NodeDiscovery(_folder);
            Assert.Empty(await discovery.FindAsync(TestContext.Current.CancellationToken));
            Assert.Equal("sensors-00000C.json", Path.GetFileName(Assert.Single(Directory.GetFiles(_folder))));
        }
    }
}
