using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;
using Sensors.Node.Tests.Fakes;

namespace Sensors.Node.Tests.Delivery
{
    /// <summary>Memory, journal and link together: what was taken comes, or is said not to come.</summary>
    public class NodeDeliveryTests
    {
        private readonly DeliveryBench _bench = new DeliveryBench();

        [Fact]
        public void The_first_message_of_a_new_volume_says_so_with_number_one_and_is_in_the_journal_before()
        {
            _ = _bench.Node;
            Assert.Equal(1, _bench.Node.Journal.High);
            _bench.Interval = 0;
            _bench.Run(2_000);
            JsonElement gap = _bench.Told("gap").Single();
            Assert.Equal("new-volume", gap.GetProperty("reason").GetString());
            Assert.Equal("[[1,1]]", gap.GetProperty("ranges").GetRawText());
            Assert.Equal(0, gap.GetProperty("count").GetInt32());
            Assert.Equal(2, _bench.Put());
            _bench.Run(30_000);
            Assert.False(_bench.Node.Incarnation.IsFresh);
            Assert.Equal(0, _bench.Node.Journal.Records);
            _bench.CutPower();
            _bench.Run(2_000);
            Assert.Single(_bench.Told("gap"), told => told.GetProperty("reason").GetString() == "new-volume");
        }

        [Fact]
        public void With_an_edge_that_answers_nothing_is_written_and_nothing_stays()
        {
            _bench.Run(20_000);
            long closes = _bench.Node.Journal.Closes;
            _bench.Run(3_600_000);
            Assert.Equal(closes, _bench.Node.Journal.Closes);
            Assert.InRange(_bench.Node.Outbox.Count, 0, 1);
            Assert.Empty(_bench.Missing());
            Assert.All(_bench.Edge.Stored.Values, count => Assert.Equal(1, count));
        }

        [Theory]
        [InlineData(600)]
        [InlineData(7_200)]
        public void What_was_taken_in_an_outage_comes_later_once_and_with_its_own_time(int seconds)
        {
            _bench.Interval = 2_000;
            _bench.Run(20_000);
            _bench.Link.ConnectError = "gone";
            _bench.Link.Connected = false;
            _bench.Run(seconds * 1000L);
            _bench.Link.ConnectError = null;
            _bench.Run(Math.Max(seconds * 1000 / 20, 70_000) + 61_000);
            _bench.Interval = 0;
            _bench.Run(5_000);
            Assert.Empty(_bench.Missing());
            Assert.Equal(["new-volume"], _bench.Reasons().Distinct());
            Assert.All(_bench.Edge.Stored.Values, count => Assert.Equal(1, count));
            Assert.Equal(0, _bench.Node.Journal.Records);
            Dictionary<long, long> times = _bench.Told("reading").ToDictionary(r => r.GetProperty("seq").GetInt64(), r => r.GetProperty("ts").GetInt64());
            long first = times.Keys.Min();
            Assert.All(times, time => Assert.InRange(time.Value - times[first] - ((time.Key - first) * 2_000), -100, 100));
        }

        [Fact]
        public void In_an_outage_two_files_a_minute_are_closed_at_most()
        {
            _bench.Interval = 2_000;
            _bench.Link.ConnectError = "gone";
            _bench.Run(60_000);
            long closes = _bench.Node.Journal.Closes;
            _bench.Run(3_600_000);
            Assert.InRange(_bench.Node.Journal.Closes - closes, 60, 120 + 10);
            Assert.Equal(0, _bench.Node.Journal.Thinned);
        }

        [Fact]
        public void A_power_cut_costs_the_last_minute_at_most_and_says_so()
        {
            _bench.Link.ConnectError = "gone";
            var chance = new Random(4);
            for (int cut = 0; cut < 40; cut++)
            {
                long before = _bench.Made.Count;
                _bench.Run(10_000 + chance.Next(200_000));
                _bench.CutPower();
            }

            _bench.Link.ConnectError = null;
            _bench.Run(600_000);
            Assert.Empty(_bench.Missing());
            Assert.Contains("power-cut", _bench.Reasons());
            foreach (IGrouping<long, (long Epoch, long Sequence)> epoch in _bench.Made.GroupBy(made => made.Epoch))
            {
                Assert.InRange(epoch.Count(made => !_bench.Edge.Stored.ContainsKey(made)), 0, 60);
            }

            Assert.All(_bench.Edge.Stored.Values, count => Assert.Equal(1, count));
        }

        [Fact]
        public void Readings_of_an_earlier_start_come_as_holdover_with_the_time_they_were_taken_at()
        {
            _bench.Network.World = null;
            _bench.Network.Held = DeliveryBench.Begin;
            _bench.Link.ConnectError = "gone";
            _bench.Run(100_000);
            long epoch = _bench.Node.Incarnation.Epoch;
            _bench.CutPower();
            _bench.Link.ConnectError = null;
            _bench.Run(60_000);
            List<JsonElement> old = _bench.Told("reading").Where(reading => reading.GetProperty("epoch").GetInt64() == epoch).ToList();
            Assert.InRange(old.Count, 40, 100);
            Assert.All(old, reading => Assert.Equal("holdover", reading.GetProperty("clock").GetString()));
            Assert.All(old, reading => Assert.Equal(1_763_600_000_000 + ((reading.GetProperty("seq").GetInt64() - 2) * 1000), reading.GetProperty("ts").GetInt64()));
        }

        [Fact]
        public void An_edge_that_is_away_behind_a_broker_that_lives_costs_nothing()
        {
            _bench.Run(20_000);
            _bench.EdgeHears = false;
            _bench.Run(1_800_000);
            Assert.True(_bench.Node.Journal.Records > 1_000);
            _bench.EdgeHears = true;
            _bench.Run(700_000);
            _bench.Interval = 0;
            _bench.Run(60_000);
            Assert.Empty(_bench.Missing());
            Assert.Equal(["new-volume"], _bench.Reasons().Distinct());
            Assert.Equal(0, _bench.Node.Journal.Records);
        }

        [Fact]
        public void An_edge_that_is_away_for_long_does_not_find_everything_many_times()
        {
            _bench.Interval = 10_000;
            _bench.Run(20_000);
            _bench.EdgeHears = false;
            _bench.Run(6 * 3_600_000);
            int readings = _bench.Told("reading").Count;
            Assert.InRange(readings, 2_000, 2_900); // each once, the first segment twice, and now and then the first of the rest
            _bench.EdgeHears = true;
            _bench.Run(700_000);
            Assert.DoesNotContain(_bench.Missing(), made => made.Sequence < _bench.Made[^1].Sequence);
            Assert.Equal(0, _bench.Node.Journal.Records);
        }

        [Fact]
        public void A_word_that_tells_nothing_new_has_nothing_sent_again()
        {
            _bench.Interval = 10_000;
            _bench.Run(20_000);
            _bench.EdgeHears = false;
            _bench.Run(3_600_000);
            string topic = _bench.Link.Subscribed.Single(each => each.EndsWith("/ack", StringComparison.Ordinal));
            byte[] known = Encoding.ASCII.GetBytes(_bench.Edge.Ack(topic[..^4], _bench.Made[0].Epoch));
            int before = _bench.Told("reading").Count;
            for (int second = 0; second < 600; second++)
            {
                _bench.Link.Listener.Received(topic, known); // of a message that came twice, say
                _bench.Run(1_000);
            }

            Assert.InRange(_bench.Told("reading").Count - before, 60, (2 * 60) + (600 / 5) + 10); // live ones, again until the journal has them, and a probe each 5 s
        }

        [Fact]
        public void Acknowledgements_that_are_lost_are_asked_for_by_sending_again()
        {
            _bench.Run(20_000);
            _bench.EdgeAnswers = false;
            _bench.Run(300_000);
            _bench.EdgeAnswers = true;
            _bench.Run(400_000);
            _bench.Interval = 0;
            _bench.Run(60_000);
            Assert.Empty(_bench.Missing());
            Assert.Equal(0, _bench.Node.Journal.Records);
            Assert.Equal(0, _bench.Node.Outbox.Count);
        }

        [Fact]
        public void Live_readings_go_before_the_backlog_and_are_not_a_second_late()
        {
            _bench.Interval = 1_000;
            _bench.Link.ConnectError = "gone";
            _bench.Run(3_600_000);
            _bench.Link.ConnectError = null;
            _bench.Run(62_000);
            int from = _bench.Link.Messages.Count;
            long first = _bench.Made.Count;
            for (int i = 0; i < 60; i++)
            {
                _bench.Run(1_000);
                long newest = _bench.Made[^2].Sequence; // the newest may have been made this very moment
                Assert.Contains(_bench.Told("reading"), reading => reading.GetProperty("seq").GetInt64() == newest);
            }

            Assert.InRange(_bench.Link.Messages.Count - from, 60 * 20, 60 * 51); // and 20 times real time beside it
            Assert.True(_bench.Made.Count > first);
        }

        [Fact]
        public void A_volume_that_refuses_everything_costs_what_memory_cannot_hold_and_that_is_told_exactly()
        {
            _bench.Run(20_000);
            _bench.Volume.Plan = _ => Fate.Refused;
            _bench.Link.ConnectError = "gone";
            _bench.Link.Connected = false;
            _bench.Run(300_000);
            int dropped = _bench.Node.Outbox.Dropped;
            Assert.InRange(dropped, 220, 250);
            _bench.Link.ConnectError = null;
            _bench.Run(70_000);
            Assert.Empty(_bench.Missing());
            JsonElement gap = _bench.Edge.Gaps.Single(told => told.GetProperty("reason").GetString() == "no-room");
            dropped = _bench.Node.Outbox.Dropped;
            Assert.InRange(gap.GetProperty("ts").GetInt64(), DeliveryBench.Begin + 300_000, _bench.Utc);
            Assert.Equal(dropped, gap.GetProperty("count").GetInt32());
            Assert.Equal(dropped, _bench.Made.Count(made => !_bench.Edge.Stored.ContainsKey(made) && _bench.InGap(made)));
            Assert.Equal(dropped, _bench.Told("status")[^1].GetProperty("dropped").GetInt32());
        }

        [Fact]
        public void A_volume_that_takes_again_gets_the_gap_in_its_place()
        {
            _bench.Run(20_000);
            _bench.Link.ConnectError = "gone";
            _bench.Link.Connected = false;
            _bench.Volume.Plan = _ => Fate.Refused;
            _bench.Run(200_000);
            Assert.True(_bench.Node.Outbox.Dropped > 0);
            _bench.Volume.Plan = _ => Fate.Done;
            _bench.Run(60_000);
            _bench.CutPower();
            _bench.Link.ConnectError = null;
            _bench.Run(200_000);
            Assert.Empty(_bench.Missing());
            Assert.Contains("no-room", _bench.Reasons());
        }

        [Fact]
        public void An_alarm_is_in_the_journal_before_it_is_sent_and_sent_before_readings()
        {
            _bench.Link.ConnectError = "gone";
            _bench.Interval = 0;
            _bench.Run(5_000);
            _bench.Put();
            _bench.Put();
            _bench.Alarm();
            Assert.Equal(_bench.Made[^1].Sequence, _bench.Node.Journal.High);
            _bench.CutPower();
            _bench.Link.ConnectError = null;
            _bench.Run(60_000);
            Assert.Empty(_bench.Missing());
            Assert.DoesNotContain(_bench.Made, made => !_bench.Edge.Stored.ContainsKey(made));
        }

        [Fact]
        public void Alarms_without_end_are_sent_at_once_all_the_same_and_wear_the_flash_no_more_than_agreed()
        {
            _bench.Interval = 0;
            _bench.Run(10_000);
            long closes = _bench.Node.Journal.Closes;
            for (int i = 0; i < 600; i++)
            {
                _bench.Alarm();
                _bench.Run(1_000);
                Assert.Equal(_bench.Made[^1].Sequence, _bench.Told("alarm")[^1].GetProperty("seq").GetInt64());
            }

            Assert.InRange(_bench.Node.Journal.Closes - closes, 60, 60 + 10 + 1);
            Assert.Empty(_bench.Missing());
        }

        [Fact]
        public void A_restart_on_purpose_loses_nothing_and_declares_nothing()
        {
            _bench.Link.ConnectError = "gone";
            _bench.Run(130_000);
            Assert.True(_bench.Node.Flush());
            _bench.CutPower();
            _bench.Link.ConnectError = null;
            _bench.Run(60_000);
            Assert.DoesNotContain(_bench.Made, made => made.Epoch != _bench.Node.Incarnation.Epoch && !_bench.Edge.Stored.ContainsKey(made));
            Assert.Equal(["new-volume"], _bench.Reasons().Distinct());
        }

        [Fact]
        public void A_backlog_keeps_the_identity_it_was_read_under()
        {
            string old = _bench.Id;
            _bench.Link.ConnectError = "gone";
            _bench.Points = [PointKinds.Make("temp1", PointKinds.Temperature), PointKinds.Make("cur7", PointKinds.Current)];
            _bench.Run(120_000);
            _bench.Id = "88.118.12345/" + new string('N', 100);
            _bench.Points = [PointKinds.Make("temp2", PointKinds.Temperature)]; // and the points are others, too
            _bench.CutPower();
            _bench.Link.ConnectError = null;
            _bench.Run(120_000);
            Assert.Empty(_bench.Missing());
            Assert.Contains("sensors/v1/" + old + "/ack", _bench.Link.Subscribed);
            Assert.Contains(_bench.Link.Messages, message => message.Topic == "sensors/v1/" + old + "/reading/temp1");
            Assert.Contains(_bench.Link.Messages, message => message.Topic == "sensors/v1/" + old + "/reading/cur7");
            Assert.Contains(_bench.Link.Messages, message => message.Topic == "sensors/v1/" + old + "/gap");
            Assert.All(
                _bench.Told("reading"),
                reading => Assert.Equal(reading.GetProperty("point").GetString() == "temp2" ? _bench.Id : old, reading.GetProperty("id").GetString()));
            Assert.Equal(0, _bench.Node.Journal.Records);
        }

        [Fact]
        public void A_link_that_never_answers_is_left_within_half_a_minute()
        {
            _bench.Run(30_000);
            int connects = _bench.Link.Connects;
            _bench.BrokerAnswers = false;
            _bench.Run(20_000);
            Assert.Equal(connects + 1, _bench.Link.Connects);
            Assert.Equal("no answer from the broker", _bench.Node.Health.LinkError);
            _bench.BrokerAnswers = true;
            _bench.Run(120_000);
            Assert.Empty(_bench.Missing());
        }

        [Fact]
        public void Brokers_are_tried_in_turn_and_one_that_was_left_is_tried_first()
        {
            _bench.Settings = "broker=second:8883\nbroker=third\n";
            _bench.Link.ConnectError = "gone";
            _bench.Run(300_000);
            Assert.Equal(["edge:1883", "second:8883", "third:1883", "edge:1883", "second:8883"], _bench.Link.Hosts.Take(5));
            _bench.Link.ConnectError = null;
            _bench.Run(61_000);
            string used = _bench.Link.Hosts[^1];
            _bench.Link.Connected = false;
            _bench.Run(61_000);
            Assert.Equal(used, _bench.Link.Hosts[^1]);
        }

        [Fact]
        public void With_the_broker_s_word_no_acknowledgement_is_asked_for_and_none_is_needed()
        {
            _bench.Settings = "ack=broker\n";
            _bench.EdgeAnswers = false;
            _bench.Run(30_000);
            _bench.Link.ConnectError = "gone";
            _bench.Link.Connected = false;
            _bench.Run(900_000);
            _bench.Link.ConnectError = null;
            _bench.Run(160_000);
            _bench.Interval = 0;
            _bench.Run(10_000);
            Assert.Equal(["sensors/v1/88.118.12345/NODE-0001/cmd"], _bench.Link.Subscribed);
            Assert.Empty(_bench.Missing());
            Assert.Equal(0, _bench.Node.Journal.Records);
            Assert.Equal(0, _bench.Node.Outbox.Count);
            Assert.All(_bench.Edge.Stored.Values, count => Assert.Equal(1, count));
        }

        [Fact]
        public void What_is_asked_for_again_comes_again_as_far_as_memory_has_it()
        {
            _bench.Run(30_000);
            _bench.Interval = 0;
            _bench.Run(5_000);
            long last = _bench.Made[^1].Sequence;
            long epoch = _bench.Made[^1].Epoch;
            Assert.Equal(3, _bench.Node.Replay(epoch, last - 2, last + 100, out long gone));
            Assert.Equal(0, gone);
            _bench.Run(3_000);
            Assert.Equal(2, _bench.Edge.Stored[(epoch, last)]);
            Assert.Equal(1, _bench.Edge.Stored[(epoch, last - 3)]);
            Assert.Equal(0, _bench.Node.Outbox.Count);
            _bench.Interval = 1_000;
            _bench.Run(600_000);
            int again = _bench.Node.Replay(epoch, 1, last, out gone);
            Assert.Equal(last, again + gone);
            Assert.Equal(-1, _bench.Node.Replay(epoch - 1, 1, 9, out _));
        }

        [Fact]
        public void A_start_with_a_damaged_file_closes_the_start_it_may_have_told_of()
        {
            _bench.Link.ConnectError = "gone";
            _bench.Run(100_000);
            _bench.CutPower();
            _bench.Run(100_000);
            long second = _bench.Node.Incarnation.Epoch;
            string newest = _bench.Volume.Written.Last(name => name.StartsWith("epoch", StringComparison.Ordinal));
            _bench.Volume.Files[newest][7] ^= 1;
            _bench.CutPower();
            Assert.Equal(second + 2, _bench.Node.Incarnation.Epoch);
            _bench.Link.ConnectError = null;
            _bench.Run(100_000);
            Assert.Empty(_bench.Missing());
            Assert.All(new[] { second, second + 1 }, epoch => Assert.Contains(_bench.Edge.Gaps, gap => gap.GetProperty("epoch").GetInt64() == epoch
                && gap.GetProperty("ranges").GetRawText().EndsWith(",9007199254740991]]", StringComparison.Ordinal)));
            Assert.InRange(_bench.Made.Count(made => made.Epoch == second && _bench.Edge.Stored.ContainsKey(made)), 40, 100);
        }
    }
}
