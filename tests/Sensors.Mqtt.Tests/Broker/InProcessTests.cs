using System;
using System.Collections.Concurrent;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace Sensors.Mqtt.Tests.Broker
{
    /// <summary>Publishing and listening from inside the process, without a socket.</summary>
    public class InProcessTests
    {
        [Fact]
        public async Task Messages_come_in_order_retained_ones_first()
        {
            await using var broker = new TestBroker();
            broker.Broker.Publish("a/0", new byte[] { 0 }, retain: true);
            var seen = new ConcurrentQueue<PublishPacket>();
            using (broker.Broker.Subscribe("a/#", seen.Enqueue))
            {
                using RawClient client = broker.Connect();
                for (int i = 1; i <= 100; i++)
                {
                    client.Send($"32 08 0003 612F31 {i:X4} {i:X2}");
                }

                await TestBroker.Until(() => seen.Count == 101);
            }

            broker.Broker.Publish("a/2", default);
            Assert.Equal(Enumerable.Range(0, 101), seen.Select(m => (int)m.Payload.Span[0]));
            Assert.Equal(seen.Select((_, i) => i == 0), seen.Select(m => m.Retain));
            Assert.All(seen, m => Assert.Equal((ushort)0, m.PacketId));
        }

        [Fact]
        public async Task A_slow_listener_holds_up_nobody_and_its_backlog_is_limited()
        {
            await using var broker = new TestBroker();
            using var gate = new ManualResetEventSlim();
            int seen = 0;
            using (broker.Broker.Subscribe("#", _ => { gate.Wait(); seen++; }))
            {
                for (int i = 0; i < 10_100; i++)
                {
                    broker.Broker.Publish("a", default);
                }

                using RawClient client = broker.Connect();
                client.ExpectNothing();
                Assert.InRange(broker.Broker.Counters.DroppedInProcess, 99, 100); // one is in the listener's hands
                gate.Set();
                await TestBroker.Until(() => seen + broker.Broker.Counters.DroppedInProcess == 10_100);
            }
        }

        [Fact]
        public async Task A_listener_that_throws_goes_on_listening()
        {
            await using var broker = new TestBroker();
            int seen = 0;
            using IDisposable listening = broker.Broker.Subscribe("a", _ =>
            {
                seen++;
                throw new InvalidOperationException("listener of the test");
            });
            broker.Broker.Publish("a", default);
            broker.Broker.Publish("a", default);
            await TestBroker.Until(() => seen == 2);
        }

        [Fact]
        public async Task Wrong_names_and_filters_are_refused()
        {
            await using var broker = new TestBroker();
            Assert.Throws<ArgumentException>(() => broker.Broker.Publish("a/+", default));
            Assert.Throws<ArgumentException>(() => broker.Broker.Publish("", default));
            Assert.Throws<ArgumentException>(() => broker.Broker.Subscribe("a#", _ => { }));
        }
    }
}
