using System;
using System.Diagnostics;
using System.Net;
using System.Threading.Tasks;

namespace Sensors.Mqtt.Tests
{
    /// <summary>A broker on a free loopback port for one test.</summary>
    internal sealed class TestBroker : IAsyncDisposable
    {
        public TestBroker(MqttBrokerOptions? options = null)
        {
            Broker = new MqttBroker(options);
            Broker.Start(new IPEndPoint(IPAddress.Loopback, 0));
        }

        public MqttBroker Broker { get; }

        public int Port => Broker.BoundPort;

        public RawClient Connect(string id = "raw", bool clean = true, bool present = false) =>
            RawClient.Connected(Port, id, clean, present);

        public async Task<MqttClient> ConnectClientAsync(MqttClientOptions options)
        {
            var client = new MqttClient(options with { Host = "127.0.0.1", Port = Port });
            await client.ConnectAsync(TestContext.Current.CancellationToken);
            return client;
        }

        /// <summary>Waits until the broker has noticed something, at most five seconds.</summary>
        public static async Task Until(Func<bool> condition)
        {
            var clock = Stopwatch.StartNew();
            while (!condition())
            {
                Assert.True(clock.Elapsed < TimeSpan.FromSeconds(5), "Did not come about within 5 s.");
                await Task.Delay(5, TestContext.Current.CancellationToken);
            }
        }

        public ValueTask DisposeAsync() => Broker.DisposeAsync();
    }
}
