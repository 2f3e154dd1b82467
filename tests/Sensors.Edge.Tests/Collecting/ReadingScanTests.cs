using System;
using System.Text;
using Sensors.Edge.Tests.Support;

namespace Sensors.Edge.Tests.Collecting
{
    /// <summary>The quick check of a reading against the thorough one: it may take less, never more, and never something else.</summary>
    public class ReadingScanTests
    {
        private static readonly string[] Examples = ["reading-vibration", "reading-fault", "reading-temperature", "reading-humidity", "reading-current"];

        [Fact]
        public void WhatNodesSendIsTakenAtOnce()
        {
            foreach (string name in Examples)
            {
                byte[] message = PayloadsPage.Golden(name);
                ReadingMessage reading = ReadingMessage.Parse(message);
                Assert.True(ReadingScan.TryRead(message, Route(reading), out ReadingScan scan), name);
                Same(reading, scan);
            }

            byte[] uncertain = Say.Reading(7, uncertainty: 64, clock: "holdover");
            Assert.True(ReadingScan.TryRead(uncertain, Route(ReadingMessage.Parse(uncertain)), out ReadingScan sure));
            Assert.Equal((64L, ClockQuality.Holdover), (sure.Uncertainty!.Value, sure.Clock));
        }

        [Theory]
        [InlineData("\"mean\":23.4567", "\"mean\":23.4567,\"mean\":1")]
        [InlineData("\"seq\":1844", "\"seq\":1844,\"seq\":1844")]
        [InlineData("\"samples\":10", "\"samples\":10,\"samples\":10")]
        [InlineData("\"mean\":23.4567", "\"mean\":1e999")]
        [InlineData("\"mean\":23.4567", "\"mean\":null")]
        [InlineData("\"seq\":1844", "\"seq\":0")]
        [InlineData("\"seq\":1844", "\"seq\":9007199254740992")]
        [InlineData("\"seq\":1844", "\"seq\":1844.0")]
        [InlineData("\"seq\":1844,", "")]
        [InlineData("\"holdover\"", "\"gps\"")]
        [InlineData("\"ts\":1763600010000", "\"ts\":-1")]
        [InlineData("\"lost\":0,", "")]
        [InlineData("\"lost\":0", "\"lost\":-1")]
        [InlineData("\"quality\"", "\"state\":{\"zone\":\"A\"},\"quality\"")]
        [InlineData("\"quality\"", "\"state\":{\"alarm\":\"none\",\"zone\":\"E\"},\"quality\"")]
        [InlineData("\"quality\"", "\"state\":{\"alarm\":\"none\",\"evidence\":{\"a\":1,\"a\":2}},\"quality\"")]
        [InlineData("\"clock\"", "\"uncertainty\":-1,\"clock\"")]
        [InlineData("\"retries\":1", "\"retries\":1,\"notes\":[\"\"]")]
        [InlineData("\"retries\":1", "\"retries\":1,\"notes\":[\"a\",[1]]")]
        [InlineData("\"retries\":1", "\"retries\":1,\"selftest\":\"perhaps\"")]
        [InlineData("\"retries\":1}}", "\"retries\":1}} x")]
        [InlineData("\"retries\":1}}", "\"retries\":1}")]
        [InlineData("\"values\":{", "\"values\":{\"a\":{\"b\":{\"c\":{\"d\":{\"e\":{\"f\":{\"g\":1}}}}}}},")]
        public void WhatIsWrongIsTakenByNeither(string old, string replacement)
        {
            byte[] wrong = Changed("reading-temperature", old, replacement);
            Assert.False(ReadingMessage.TryParse(wrong, out _, out _));
            Assert.False(ReadingScan.TryRead(wrong, Route(ReadingMessage.Parse(PayloadsPage.Golden("reading-temperature"))), out _));
        }

        [Theory]
        [InlineData("\"seq\":1844", "\"seq\":1844,\"new\":{\"a\":[1]}")]
        [InlineData("\"lost\":0", "\"lost\":0,\"temperature\":20")]
        [InlineData("\"mean\"", "\"m\\u0065an\"")]
        [InlineData("\"mean\"", "\"m\u00e9an\"")]
        [InlineData("\"kind\":\"temperature\"", "\"kind\":\"torque\"")]
        public void WhatIsNewIsLeftToTheOther(string old, string replacement)
        {
            byte[] message = Changed("reading-temperature", old, replacement);
            ReadingMessage reading = ReadingMessage.Parse(message);
            Assert.False(ReadingScan.TryRead(message, Route(reading), out _));

            using SqliteReadingStore store = SqliteReadingStore.InMemory();
            var collector = new Collector(store);
            collector.Take(Say.ReadingTopic(), message);
            collector.Flush(Say.Now);
            Assert.Equal((1L, 0L), (collector.Counts.Readings, collector.Counts.Refused));
        }

        [Fact]
        public void OfDamagedMessagesItTakesNoneThatTheOtherRefuses()
        {
            int taken = 0;
            foreach (string name in Examples)
            {
                byte[] sound = PayloadsPage.Golden(name);
                TopicRoute route = Route(ReadingMessage.Parse(sound));
                for (int seed = 0; seed < 1500; seed++)
                {
                    byte[] damaged = Damaged(sound, new Random(seed));
                    if (!ReadingScan.TryRead(damaged, route, out ReadingScan scan)) { continue; }
                    taken++;
                    Assert.True(ReadingMessage.TryParse(damaged, out ReadingMessage? reading, out string? error), $"{error} {Encoding.UTF8.GetString(damaged)}");
                    Assert.True(route.Topic.Bears(reading));
                    Same(reading, scan);
                }
            }

            Assert.True(taken > 500, $"Only {taken} were taken: the damage leaves nothing to compare.");
        }

        private static byte[] Damaged(byte[] sound, Random random)
        {
            const string Alphabet = "0123456789-+.eE\"\\{}[],: abtrue";
            var bytes = new System.Collections.Generic.List<byte>(sound);
            for (int i = random.Next(3); i >= 0; i--)
            {
                int at = random.Next(bytes.Count);
                switch (random.Next(4))
                {
                    case 0: bytes[at] = (byte)Alphabet[random.Next(Alphabet.Length)]; break;
                    case 1: bytes.Insert(at, (byte)Alphabet[random.Next(Alphabet.Length)]); break;
                    case 2: bytes.RemoveAt(at); break;
                    default:
                        int length = Math.Min(random.Next(1, 30), bytes.Count - at);
                        bytes.InsertRange(random.Next(bytes.Count), bytes.GetRange(at, length)); // members twice, objects inside each other
                        break;
                }
            }

            return [.. bytes];
        }

        private static void Same(ReadingMessage reading, ReadingScan scan) => Assert.Equal(
            (reading.Kind, reading.Epoch, reading.Sequence, reading.UtcMilliseconds, reading.Clock, reading.Uncertainty),
            (scan.Measured, scan.Epoch, scan.Sequence, scan.UtcMilliseconds, scan.Clock, scan.Uncertainty));

        private static TopicRoute Route(ReadingMessage reading) => new(new NodeTopic(reading.Id, NodeTopicKind.Reading, reading.Point));

        private static byte[] Changed(string name, string old, string replacement)
        {
            string message = Encoding.UTF8.GetString(PayloadsPage.Golden(name));
            Assert.Contains(old, message, StringComparison.Ordinal);
            return Say.Bytes(message.Replace(old, replacement, StringComparison.Ordinal));
        }
    }
}
