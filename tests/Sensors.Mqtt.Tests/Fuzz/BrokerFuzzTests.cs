using System;
using System.Net.Sockets;
using System.Threading.Tasks;

namespace Sensors.Mqtt.Tests.Fuzz
{
    /// <summary>A live broker under malformed traffic: it serves everybody else as if nothing happened, and forgets it.</summary>
    [Collection("Alone")] // looks at the memory of the process
    public class BrokerFuzzTests
    {
        private const int Connections = 1500;

        [Fact]
        public async Task Malformed_traffic_closes_its_connection_and_nothing_else()
        {
            await using var broker = new TestBroker();
            using RawClient witness = broker.Connect("witness");
            witness.Send("82 06 0001 0001 77 01");
            witness.Expect("90 03 0001 01");
            long before = GC.GetTotalMemory(forceFullCollection: true);
            var random = new Random(4);
            for (int i = 0; i < Connections; i++)
            {
                using var client = new RawClient(broker.Port);
                try
                {
                    if (random.Next(4) > 0)
                    {
                        client.Send(RawClient.ConnectBytes("fuzz" + random.Next(20), random.Next(2) == 0));
                    }

                    for (int packets = random.Next(1, 8); packets > 0; packets--)
                    {
                        client.Send(Mutation.Of(Mutation.Packet(random), random));
                    }

                    if (random.Next(50) == 0)
                    {
                        var noise = new byte[5000];
                        random.NextBytes(noise);
                        client.Send(noise);
                    }
                }
                catch (SocketException)
                {
                    // The broker has closed while we were still sending.
                }
            }

            await TestBroker.Until(() => broker.Broker.Counters.Connections == 1);
            MqttBrokerCounters counters = broker.Broker.Counters;
            Assert.InRange(counters.ProtocolErrors, Connections / 10, Connections);
            Assert.InRange(counters.Sessions, 1, 100);
            Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 10_000_000);

            using RawClient publisher = broker.Connect("publisher");
            publisher.Send("32 06 0001 77 0001 31");
            publisher.Expect("40 02 0001");
            witness.Expect("32 06 0001 77 0001 31");
        }
    }
}
