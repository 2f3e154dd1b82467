using System;
using System.Collections.Concurrent;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace Sensors.Mqtt.Tests.Client
{
    /// <summary>Packets without a session, as a client with rules of its own uses them.</summary>
    public class MqttTransportTests
    {
        private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

        [Fact]
        public async Task Packets_and_raw_bytes_go_out_and_packets_come_in()
        {
            using var server = new RawServer();
            using MqttTransport transport = await MqttTransport.ConnectAsync("127.0.0.1", server.Port, cancellation: Cancel);
            await server.AcceptAsync();
            var seen = new ConcurrentQueue<MqttPacket>();
            Task receiving = transport.ReceiveLoopAsync(seen.Enqueue, Cancel);
            await transport.SendAsync(new ConnectPacket { ClientId = "p" });
            await transport.SendAsync(Hex.Bytes("30 03 0001 61")); // any bytes
            transport.Post(PingReqPacket.Instance);
            await server.ExpectAsync("10 0D 0004 4D515454 04 02 0000 0001 70  30 03 0001 61  C0 00");
            await server.SendAsync("20 02 00 00  D0 00");
            await TestBroker.Until(() => seen.Count == 2);
            server.Close();
            await receiving.WaitAsync(TimeSpan.FromSeconds(5), Cancel);
        }

        [Fact]
        public async Task A_closed_transport_says_so()
        {
            using var server = new RawServer();
            MqttTransport transport = await MqttTransport.ConnectAsync("127.0.0.1", server.Port, cancellation: Cancel);
            await server.AcceptAsync();
            Task receiving = transport.ReceiveLoopAsync(_ => { }, Cancel);
            transport.Dispose();
            transport.Dispose();
            await Assert.ThrowsAsync<IOException>(() => receiving);
            await Assert.ThrowsAsync<IOException>(() => transport.SendAsync(PingReqPacket.Instance));
            await Assert.ThrowsAsync<IOException>(transport.FlushAsync);
            Assert.True(transport.IsClosed);
            Assert.Equal(0, transport.PendingBytes);
        }

        [Fact]
        public async Task A_peer_that_does_not_read_makes_the_sender_wait()
        {
            using var server = new RawServer();
            using MqttTransport transport = await MqttTransport.ConnectAsync("127.0.0.1", server.Port, cancellation: Cancel);
            await server.AcceptAsync();
            Task sending = transport.SendAsync(new byte[30_000_000]);
            await Assert.ThrowsAsync<TimeoutException>(() => sending.WaitAsync(TimeSpan.FromMilliseconds(200), Cancel));
            Assert.InRange(transport.PendingBytes, 1, 30_000_000);
            transport.Dispose();
            await Assert.ThrowsAsync<IOException>(() => sending.WaitAsync(TimeSpan.FromSeconds(5), Cancel));
        }
    }
}
