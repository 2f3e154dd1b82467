using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Sensors.Node.Tests.Fakes;

namespace Sensors.Node.Tests.Capture
{
    /// <summary>Commands, answers and chunks between the link's worker and a scripted link.</summary>
    public class CaptureLinkTests
    {
        private const string Node = "sensors/v1/88.118.12345/NODE-0001";
        private readonly NodeBench _bench = new NodeBench { Settings = "interval_ms=10000\npoint=vib1 block=1024\n" };

        public CaptureLinkTests()
        {
            _bench.AddVibration();
            _bench.Run(11_000); // one block of history, none due for 9 s
            Assert.True(_bench.Link.Connected);
            _bench.Link.Clear();
        }

        [Fact]
        public void A_command_is_answered_at_once_and_the_capture_follows_in_order()
        {
            Command(CapturePage.Json("command-capture"));
            _bench.Run(3_000);
            Assert.Equal(Golden("reply-capture"), Replies().Single());
            List<Chunk> chunks = Chunks();
            Assert.Equal(Enumerable.Range(0, 14), chunks.Select(chunk => chunk.Index));
            Assert.All(chunks, chunk => Assert.Equal(14, chunk.Chunks));
            Assert.All(chunks, chunk => Assert.Equal(_bench.Node.Incarnation.Epoch, chunk.Epoch));
            Assert.All(chunks, chunk => Assert.Equal("vib1", chunk.Point));
            Assert.Equal(2, chunks[0].Blocks);
            Assert.Equal(1, chunks[0].Trigger);
            Assert.Equal(2, chunks[0].Clock);
            Assert.Equal(1024, chunks[0].BlockSamples);
            Assert.InRange(chunks[0].Rate, 3190f, 3210f);
            Assert.Equal(9.80665f * 0.00390625f, chunks[0].Weight, 1e-4f); // full resolution of an ADXL345 is 256 counts per g
            Assert.InRange(chunks[7].Time - chunks[0].Time, 1, 2_500); // measured for the capture, not at the next reading
            Assert.All(Enumerable.Range(0, 450), i => Assert.Equal(256, Math.Abs((int)chunks[3].Value(i))));
            Assert.Empty(_bench.Readings()); // a capture makes no reading
        }

        [Fact]
        public void Chunks_keep_their_pace_and_one_is_in_flight()
        {
            Command("{\"cmd\":\"capture\",\"point\":\"vib1\"}");
            var times = new List<long>();
            for (int i = 0; i < 3_000 && times.Count < 7; i++)
            {
                _bench.Run(1);
                if (Chunks().Count > times.Count)
                {
                    times.Add(_bench.Clock.Milliseconds);
                }
            }

            Assert.Equal(7, times.Count);
            Assert.All(times.Skip(1).Zip(times), pair => Assert.InRange(pair.First - pair.Second, CaptureSender.UsualPause, CaptureSender.UsualPause + 10));
            _bench.Acknowledges = false;
            Command("{\"cmd\":\"resend\",\"capture\":1}");
            _bench.Run(5_000);
            Assert.Equal(8, Chunks().Count);
        }

        [Fact]
        public void No_chunk_is_sent_while_a_reading_waits()
        {
            _bench.Acknowledges = false;
            Command("{\"cmd\":\"capture\",\"point\":\"vib1\"}");
            _bench.Run(1_500);
            int sent = Chunks().Count;
            Assert.Equal(1, sent);
            _bench.Put();
            _bench.Run(500);
            _bench.Link.AcknowledgeAll(); // the chunk and the reading
            _bench.Put();
            _bench.Run(2_000);
            Assert.Equal(sent, Chunks().Count);
            _bench.Acknowledges = true;
            _bench.Run(3_000);
            Assert.Equal(7, Chunks().Count);
        }

        [Fact]
        public void After_a_reconnect_it_goes_on_with_the_first_chunk_that_was_not_acknowledged()
        {
            Command("{\"cmd\":\"capture\",\"point\":\"vib1\",\"before\":1}");
            RunUntilChunks(5);
            _bench.Acknowledges = false;
            RunUntilChunks(6); // sent, not acknowledged
            _bench.Link.ConnectError = "broker edge: timeout";
            _bench.Link.Connected = false;
            _bench.Link.Listener.Closed();
            _bench.Run(60_000);
            Assert.Equal(6, Chunks().Count);
            _bench.Acknowledges = true;
            _bench.Link.ConnectError = null;
            _bench.Run(70_000);
            Assert.Equal(Enumerable.Range(0, 6).Concat(Enumerable.Range(5, 9)), Chunks().Select(chunk => chunk.Index));
            Assert.True(_bench.Events.Count(told => told == "subscribe " + Node + "/cmd") >= 2);
            Assert.Equal(Chunks()[5].Value(0), Chunks()[6].Value(0));
        }

        [Fact]
        public void A_chunk_given_up_by_the_link_is_sent_again()
        {
            Command("{\"cmd\":\"capture\",\"point\":\"vib1\"}");
            RunUntilChunks(3);
            _bench.Acknowledges = false;
            RunUntilChunks(4);
            _bench.Link.Listener.Acknowledged(_bench.Link.Messages[^1].Number, false);
            _bench.Acknowledges = true;
            _bench.Run(10_000);
            Assert.Equal(new[] { 0, 1, 2, 3, 3, 4, 5, 6 }, Chunks().Select(chunk => chunk.Index));
        }

        [Fact]
        public void Chunks_are_sent_again_when_asked_for_as_long_as_the_capture_is_held()
        {
            Command("{\"cmd\":\"capture\",\"point\":\"vib1\",\"before\":1}");
            _bench.Run(3_000);
            byte[][] first = Payloads();
            Assert.Equal(14, first.Length);
            _bench.Link.Clear();
            Command(Golden("command-resend"));
            Command("{\"cmd\":\"resend\",\"capture\":1,\"from\":12,\"epoch\":" + _bench.Node.Incarnation.Epoch + "}");
            _bench.Run(2_000);
            Assert.Equal(new[] { 3, 4, 12, 13 }, Chunks().Select(chunk => chunk.Index));
            Assert.Equal(new[] { first[3], first[4], first[12], first[13] }, Payloads());
            Assert.Equal(new[] { Golden("reply-resend"), "{\"ok\":true,\"capture\":1}" }, Replies());

            _bench.Link.Clear();
            Command("{\"cmd\":\"resend\",\"capture\":1,\"from\":14}");
            Command("{\"cmd\":\"resend\",\"capture\":2}");
            Command("{\"cmd\":\"resend\",\"capture\":1,\"from\":5,\"to\":4}");
            Command("{\"cmd\":\"resend\",\"capture\":1,\"epoch\":12}");
            _bench.Run(1_000);
            Assert.Equal(
                new[]
                {
                    "{\"error\":\"capture 1 has 14 chunks\"}",
                    "{\"error\":\"capture 2 is not held\"}",
                    "{\"error\":\"\\\"to\\\" is not an integer from 5 to 65535\"}",
                    "{\"error\":\"the node has restarted since: its captures are gone\"}",
                },
                Replies());

            _bench.Run(62_000);
            _bench.Link.Clear();
            Command("{\"cmd\":\"resend\",\"capture\":1}");
            _bench.Run(2_000);
            Assert.Equal("{\"error\":\"capture 1 is not held\"}", Assert.Single(Replies()));
        }

        [Fact]
        public void More_ranges_than_can_wait_are_refused()
        {
            Command("{\"cmd\":\"capture\",\"point\":\"vib1\"}");
            _bench.Run(3_000);
            _bench.Acknowledges = false;
            _bench.Link.Clear();
            for (int i = 0; i < 9; i++)
            {
                Command("{\"cmd\":\"resend\",\"capture\":1,\"from\":" + (i % 7) + ",\"to\":" + (i % 7) + "}");
                _bench.StepLink();
            }

            Assert.Equal("{\"error\":\"8 ranges wait already\"}", Replies().Last());
            Assert.Equal(8, Replies().Count(reply => reply.Contains("\"ok\":true", StringComparison.Ordinal)));
        }

        [Fact]
        public void While_one_is_under_way_another_is_refused_and_it_can_be_cancelled()
        {
            Command("{\"cmd\":\"capture\",\"point\":\"vib1\"}");
            RunUntilChunks(2);
            Command("{\"cmd\":\"capture\",\"point\":\"vib1\",\"req\":\"abe\"}");
            Command("{\"cmd\":\"cancel\",\"capture\":2}");
            Command(Golden("command-cancel"));
            Command("{\"cmd\":\"capture\",\"point\":\"vib1\",\"req\":\"three\"}");
            int before = Chunks().Count;
            _bench.Run(3_000);
            string[] replies = Replies().Skip(1).ToArray();
            Assert.Equal(Golden("reply-busy"), replies[0]);
            Assert.Equal("{\"error\":\"capture 2 is not held\"}", replies[1]);
            Assert.Equal("{\"ok\":true,\"capture\":1}", replies[2]);
            Assert.StartsWith("{\"req\":\"three\",\"ok\":true,", replies[3]);
            Assert.All(Chunks().Skip(before), chunk => Assert.Equal(2, chunk.Capture));
            Assert.Equal(1, Chunks()[^1].Missed);
            Assert.Equal(Enumerable.Range(0, 7), Chunks().Skip(before).Select(chunk => chunk.Index));
        }

        [Theory]
        [InlineData("{\"cmd\":\"capture\",\"point\":\"vib9\"}", "this node has no such point")]
        [InlineData("{\"cmd\":\"capture\",\"point\":\"vib1\",\"before\":1,\"after\":1}", "before and after are together at most 1: this node keeps 2 blocks")]
        [InlineData("{\"cmd\":\"capture\",\"point\":\"vib1\",\"before\":2}", "\\\"before\\\" is not an integer from 0 to 1")]
        [InlineData("{\"cmd\":\"capture\"}", "\\\"point\\\" is missing")]
        [InlineData("{\"cmd\":\"resend\"}", "\\\"capture\\\" is missing")]
        public void What_cannot_be_captured_is_said(string command, string error)
        {
            Command(command);
            _bench.Run(1_000);
            Assert.Equal("{\"error\":\"" + error + "\"}", Assert.Single(Replies()));
        }

        [Fact]
        public void A_sensor_that_fails_is_told()
        {
            ((FakeAdxl345)_bench.Ports.Spi[0]!).Dead = true;
            Command("{\"cmd\":\"capture\",\"point\":\"vib1\",\"req\":\"abc\"}");
            _bench.Run(35_000);
            Assert.Equal(2, Replies().Count);
            Assert.Equal(Golden("news-failed"), Replies()[1]);
            Assert.Empty(Chunks());
        }

        [Fact]
        public void Alarms_that_found_a_capture_under_way_are_told()
        {
            Command("{\"cmd\":\"capture\",\"point\":\"vib1\"}");
            RunUntilChunks(2);
            CaptureBuffer buffer = _bench.Node.Captures;
            Point point = _bench.Node.Points[0];
            for (int i = 0; i < 4; i++)
            {
                buffer.Offer(point, new short[6], 2, 3, 0, 1, 1, 0, 0, alarm: i % 2 == 0);
            }

            _bench.Run(2_000);
            Assert.Equal(Golden("news-missed"), Replies().Last());
            Assert.Equal(2, Replies().Count);
        }

        [Fact]
        public void An_answer_waits_for_room_and_for_the_next_session()
        {
            _bench.Link.Room = 0;
            Command("{\"cmd\":\"cancel\",\"capture\":9,\"req\":\"a\"}");
            _bench.Run(500);
            Assert.Empty(Replies());
            _bench.Link.Connected = false;
            _bench.Run(500);
            _bench.Link.Room = 1000;
            _bench.Run(5_000);
            Assert.Equal("{\"req\":\"a\",\"error\":\"capture 9 is not held\"}", Assert.Single(Replies()));
        }

        [Fact]
        public void Silence_while_a_block_is_drained_stops_the_encoding_of_a_chunk()
        {
            var quiet = new Quiet();
            var buffer = new CaptureBuffer(1, 3072);
            var sender = new CaptureSender(buffer, _bench.Clock, _bench.Link, quiet, _bench.Node.Incarnation, "c");
            buffer.TryStart(_bench.Node.Points[0], 0, 0, 0);
            buffer.Offer(_bench.Node.Points[0], new short[3072], 1024, 3, 0, 1, 1, 0, 0, false);
            quiet.Begin();
            int taken = _bench.Link.Taken;
            Assert.InRange(sender.Step(0), 1, 100);
            Assert.Equal(taken, _bench.Link.Taken);
            quiet.End();
            Assert.Equal(CaptureSender.UsualPause, sender.Step(10));
            Assert.Equal(taken + 1, _bench.Link.Taken);
            Assert.Equal(CaptureSender.IdleMilliseconds, sender.Step(500)); // one in flight
            sender.Acknowledge(_bench.Link.Messages[^1].Number, true);
            sender.Acknowledge(_bench.Link.Messages[^1].Number, true); // told twice
            Assert.Equal(60, sender.Step(50));
            sender.Step(110);
            Assert.Equal(1, new Chunk(_bench.Link.Messages[^1].Bytes).Index);
        }

        [Fact]
        public void Commands_that_come_before_the_node_is_asked_change_nothing()
        {
            _bench.Link.Listener.Received(Node + "/ack", Encoding.ASCII.GetBytes("{}"));
            _bench.Run(1_000);
            Assert.Empty(Replies());
        }

        // An example of the page, of this node's epoch and its first capture.
        private string Golden(string name) => CapturePage.Json(name)
            .Replace("2801152377749507", _bench.Node.Incarnation.Epoch.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("\"capture\":7", "\"capture\":1", StringComparison.Ordinal)
            .Replace("capture 7", "capture 1", StringComparison.Ordinal);

        private void Command(string json) => _bench.Link.Listener.Received(Node + "/cmd", Encoding.ASCII.GetBytes(json));

        private List<string> Replies() =>
            _bench.Link.Messages.Where(message => message.Topic == Node + "/reply").Select(message => message.Text).ToList();

        private byte[][] Payloads() =>
            _bench.Link.Messages.Where(message => message.Topic == Node + "/capture").Select(message => message.Bytes).ToArray();

        private List<Chunk> Chunks() => Payloads().Select(bytes => new Chunk(bytes)).ToList();

        private void RunUntilChunks(int count)
        {
            for (int i = 0; i < 1000 && Chunks().Count < count; i++)
            {
                _bench.Run(10);
            }

            Assert.Equal(count, Chunks().Count);
        }
    }
}
