using System;
using System.Collections.Generic;

namespace Sensors.Mqtt.Tests.Fuzz
{
    /// <summary>Whatever arrives, the decoder gives packets or <see cref="MqttProtocolException"/>, and its buffer stays small.</summary>
    public class DecoderFuzzTests
    {
        private const int Rounds = 60_000;

        [Fact]
        public void Random_bytes()
        {
            var random = new Random(1);
            for (int i = 0; i < Rounds; i++)
            {
                var bytes = new byte[random.Next(1, 64)];
                random.NextBytes(bytes);
                Feed(bytes, random);
            }
        }

        [Fact]
        public void Valid_packets_with_a_few_changes()
        {
            var random = new Random(2);
            int taken = 0;
            for (int i = 0; i < Rounds; i++)
            {
                byte[] bytes = Mutation.Of(Mutation.Packet(random), random);
                taken += Feed(bytes, random);
            }

            Assert.InRange(taken, Rounds / 20, Rounds * 3); // the changes leave enough valid to reach deep
        }

        [Fact]
        public void What_is_decoded_encodes_to_the_same_packet()
        {
            var random = new Random(3);
            for (int i = 0; i < Rounds; i++)
            {
                byte[] bytes = Mutation.Of(Mutation.Packet(random), random);
                MqttPacket packet;
                try
                {
                    packet = MqttDecoder.Decode(bytes);
                }
                catch (MqttProtocolException)
                {
                    continue;
                }

                if (packet is ConnectPacket { ProtocolLevel: not 4 } or ConnectPacket { ProtocolName: not "MQTT" })
                {
                    continue; // decoded up to its level only
                }

                byte[] again = MqttEncoder.ToArray(packet);
                Assert.Equal(again, MqttEncoder.ToArray(MqttDecoder.Decode(again)));
                if (again.Length == bytes.Length)
                {
                    Assert.Equal(bytes, again); // else the length was written longer than needed
                }
            }
        }

        /// <summary>Feeds in random pieces; counts the packets.</summary>
        private static int Feed(byte[] bytes, Random random)
        {
            var decoder = new MqttDecoder(4096, (MqttDirection)random.Next(3));
            int packets = 0;
            try
            {
                for (int at = 0; at < bytes.Length;)
                {
                    Span<byte> room = decoder.GetMemory().Span;
                    int count = Math.Min(Math.Min(room.Length, bytes.Length - at), random.Next(1, 40));
                    bytes.AsSpan(at, count).CopyTo(room);
                    decoder.Advance(count);
                    at += count;
                    while (decoder.TryRead(out _))
                    {
                        packets++;
                    }

                    Assert.InRange(decoder.BufferSize, 1, 16 * 1024);
                }
            }
            catch (MqttProtocolException refused)
            {
                Assert.StartsWith("MQTT-", refused.Statement);
            }

            return packets;
        }
    }

    /// <summary>Packets of every kind, and ways to spoil them.</summary>
    internal static class Mutation
    {
        private static readonly string[] Seeds =
        [
            "10 0D 0004 4D515454 04 02 000A 0001 70",
            "10 21 0004 4D515454 04 CE 000A 0001 63 0004 77696C6C 0003 00FF80 0001 75 0004 00010203",
            "20 02 00 00",
            "30 07 0003 612F62 6869",
            "33 09 0003 612F62 000A 6869",
            "34 09 0003 612F62 000A 6869",
            "40 02 1234",
            "50 02 1234",
            "62 02 1234",
            "70 02 1234",
            "82 0E 000A 0003 612F62 01 0003 612F23 02",
            "90 05 000A 00 02 80",
            "A2 0C 000A 0003 612F62 0003 2B2F64",
            "B0 02 000A",
            "C0 00",
            "D0 00",
            "E0 00",
        ];

        public static byte[] Packet(Random random) => Hex.Bytes(Seeds[random.Next(Seeds.Length)]);

        public static byte[] Of(byte[] packet, Random random)
        {
            var bytes = new List<byte>(packet);
            for (int changes = random.Next(0, 4); changes > 0 && bytes.Count > 0; changes--)
            {
                int at = random.Next(bytes.Count);
                switch (random.Next(6))
                {
                    case 0:
                        bytes[at] ^= (byte)(1 << random.Next(8));
                        break;
                    case 1:
                        bytes[at] = (byte)random.Next(256);
                        break;
                    case 2:
                        bytes.RemoveAt(at);
                        break;
                    case 3:
                        bytes.Insert(at, (byte)random.Next(256));
                        break;
                    case 4:
                        bytes.RemoveRange(at, bytes.Count - at);
                        break;
                    default:
                        bytes.AddRange(Packet(random));
                        break;
                }
            }

            return [.. bytes];
        }
    }
}
