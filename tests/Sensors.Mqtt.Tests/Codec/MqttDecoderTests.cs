using System;
using System.Collections.Generic;
using System.Linq;

namespace Sensors.Mqtt.Tests.Codec
{
    /// <summary>The decoder as a stream: packets arrive in pieces, announce more than they send, come in crowds.</summary>
    public class MqttDecoderTests
    {
        [Fact]
        public void Packets_cut_at_every_boundary_come_out_whole()
        {
            byte[] stream = Hex.Bytes(
                "10 0D 0004 4D515454 04 02 000A 0001 70  82 0E 000A 0003 612F62 01 0003 632F64 02  30 07 0003 612F62 6869"
                + "32 07 0003 612F62 000A  62 02 0001  C0 00  E0 00");
            for (int first = 0; first <= stream.Length; first++)
            {
                for (int second = first; second <= stream.Length; second += 3)
                {
                    var decoder = new MqttDecoder();
                    var seen = new List<MqttPacketType>();
                    Feed(decoder, stream.AsSpan(0, first), seen);
                    Feed(decoder, stream.AsSpan(first, second - first), seen);
                    Feed(decoder, stream.AsSpan(second), seen);
                    Assert.Equal("Connect,Subscribe,Publish,Publish,PubRel,PingReq,Disconnect", string.Join(',', seen));
                    Assert.Equal(0, decoder.BufferedBytes);
                }
            }
        }

        [Fact]
        public void Byte_by_byte_is_the_same()
        {
            byte[] stream = MqttEncoder.ToArray(new PublishPacket("t", Enumerable.Range(0, 1000).Select(i => (byte)i).ToArray()));
            var decoder = new MqttDecoder();
            MqttPacket? packet = null;
            foreach (byte b in stream)
            {
                Assert.Null(packet);
                decoder.GetMemory().Span[0] = b;
                decoder.Advance(1);
                decoder.TryRead(out packet);
            }

            Assert.Equal(stream[^1000..], Assert.IsType<PublishPacket>(packet).Payload.ToArray());
        }

        [Fact]
        public void An_announced_length_is_not_allocated()
        {
            var decoder = new MqttDecoder(MqttDecoder.LargestPacketSize);
            Assert.False(Put(decoder, Hex.Bytes("30 FF FF FF 7F 0001 61")));
            decoder.GetMemory();
            Assert.InRange(decoder.BufferSize, 1, 1024);
        }

        [Fact]
        public void The_buffer_grows_with_what_arrives_and_shrinks_again()
        {
            byte[] stream = MqttEncoder.ToArray(new PublishPacket("t", new byte[200_000]));
            var decoder = new MqttDecoder();
            for (int at = 0; at < stream.Length;)
            {
                Memory<byte> room = decoder.GetMemory();
                int count = Math.Min(room.Length, stream.Length - at);
                stream.AsSpan(at, count).CopyTo(room.Span);
                decoder.Advance(count);
                at += count;
                Assert.InRange(decoder.BufferSize, 1, Math.Max(1024, 2 * at));
                Assert.Equal(at == stream.Length, decoder.TryRead(out _));
            }

            Assert.False(decoder.TryRead(out _));
            decoder.GetMemory();
            Assert.InRange(decoder.BufferSize, 1, 16 * 1024);
        }

        [Theory]
        [InlineData(100, true)]
        [InlineData(101, false)]
        public void The_largest_packet_is_counted_with_its_header(int size, bool taken)
        {
            var decoder = new MqttDecoder(100);
            byte[] packet = MqttEncoder.ToArray(new PublishPacket("t", new byte[size - 5]));
            Assert.Equal(size, packet.Length);
            if (taken)
            {
                Assert.True(Put(decoder, packet));
            }
            else
            {
                // Refused by its header alone.
                Assert.Throws<MqttProtocolException>(() => Put(decoder, packet[..2]));
            }
        }

        [Fact]
        public void A_wrong_first_byte_is_refused_at_once() =>
            Assert.Throws<MqttProtocolException>(() => Put(new MqttDecoder(), [0xF0]));

        private static bool Put(MqttDecoder decoder, byte[] bytes)
        {
            bytes.CopyTo(decoder.GetMemory());
            decoder.Advance(bytes.Length);
            return decoder.TryRead(out _);
        }

        private static void Feed(MqttDecoder decoder, ReadOnlySpan<byte> bytes, List<MqttPacketType> seen)
        {
            while (!bytes.IsEmpty)
            {
                Span<byte> room = decoder.GetMemory().Span;
                int count = Math.Min(room.Length, bytes.Length);
                bytes[..count].CopyTo(room);
                decoder.Advance(count);
                bytes = bytes[count..];
                while (decoder.TryRead(out MqttPacket? packet))
                {
                    seen.Add(packet.Type);
                }
            }
        }
    }
}
