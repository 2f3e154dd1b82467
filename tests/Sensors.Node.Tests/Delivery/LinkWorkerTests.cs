using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using Sensors.Node.Tests.Fakes;

namespace Sensors.Node.Tests.Delivery
{
    /// <summary>Keeping the node on the network and its readings flowing.</summary>
    public class LinkWorkerTests
    {
        private readonly NodeBench _bench = new NodeBench { Settings = "interval_ms=3600000\npoints=temp1\n" };

        [Fact]
        public void It_joins_gets_the_time_connects_and_tells_status_meta_and_readings_in_this_order()
        {
            _bench.Put();
            _bench.Put();
            _bench.SettleLink();
            Assert.Equal(new[] { "join", "time pool.ntp.org", "connect", "subscribe sensors/v1/88.118.12345/NODE-0001/cmd", "subscribe sensors/v1/88.118.12345/NODE-0001/ack", "status", "meta", "temp1", "temp1" }, _bench.Events);
            Assert.Equal(new long[] { 1, 2 }, _bench.Sequences());
            Assert.Equal(1, _bench.Node.Health.Connects);
            Assert.Null(_bench.Node.Health.LinkError);
        }

        [Fact]
        public void Status_and_meta_are_retained_and_readings_are_not()
        {
            _bench.Put();
            _bench.SettleLink();
            Assert.Equal(new[] { true, true, false }, _bench.Link.Messages.Select(message => message.Retain));
        }

        [Fact]
        public void The_will_says_offline_on_the_topic_of_the_birth()
        {
            _bench.SettleLink();
            Assert.Equal(_bench.Link.Messages[0].Topic, _bench.Link.WillTopic);
            JsonElement will = JsonDocument.Parse(_bench.Link.Will!).RootElement;
            Assert.Equal("offline", will.GetProperty("status").GetString());
            Assert.Equal(_bench.Node.Incarnation.Epoch, will.GetProperty("epoch").GetInt64());
            Assert.DoesNotContain(_bench.Link.Will!, letter => letter > 126);
        }

        [Fact]
        public void Blocked_time_servers_delay_the_first_reading_by_three_seconds_and_no_more()
        {
            _bench.Network.Utc = 0;
            _bench.Put();
            long start = _bench.Clock.Milliseconds;
            while (_bench.Link.Connects == 0)
            {
                _bench.Clock.Sleep(_bench.StepLink());
            }

            Assert.Equal(3000, _bench.Clock.Milliseconds - start);
            _bench.SettleLink();
            Assert.Equal("unset", _bench.Readings().Single().GetProperty("clock").GetString());
        }

        [Fact]
        public void A_blocked_time_server_is_asked_again_every_minute_until_it_answers()
        {
            _bench.Network.Utc = 0;
            long end = _bench.Clock.Milliseconds + 185_000;
            while (_bench.Clock.Milliseconds < end)
            {
                _bench.Clock.Sleep(_bench.StepLink());
            }

            Assert.Equal(4, _bench.Events.Count(e => e == "time pool.ntp.org"));
            _bench.Network.Utc = 1_763_600_000_000;
            end += 120_000;
            while (_bench.Clock.Milliseconds < end)
            {
                _bench.Clock.Sleep(_bench.StepLink());
            }

            Assert.Equal(ClockState.Synced, _bench.Clock.State);
            Assert.Equal(4, _bench.Events.Count(e => e == "time pool.ntp.org"));
        }

        [Fact]
        public void A_reading_taken_before_the_first_synchronisation_is_sent_with_its_true_time()
        {
            _bench.Network.Utc = 0;
            _bench.Put();
            long taken = _bench.Clock.Milliseconds;
            _bench.StepLink();
            _bench.Clock.Sleep(1500);
            _bench.Network.Utc = 1_763_600_000_000;
            _bench.SettleLink();
            JsonElement reading = _bench.Readings().Single();
            Assert.Equal(1_763_600_000_000 - (_bench.Clock.Milliseconds - taken), reading.GetProperty("ts").GetInt64());
            Assert.Equal("synced", reading.GetProperty("clock").GetString());
        }

        [Fact]
        public void Time_that_comes_late_is_taken_while_connected()
        {
            _bench.Network.Utc = 0;
            _bench.SettleLink();
            _bench.Clock.Sleep(4000);
            _bench.SettleLink();
            Assert.Equal(ClockState.Unset, _bench.Clock.State);
            _bench.Network.Utc = 1_763_600_000_000;
            _bench.Clock.Sleep(1000);
            _bench.SettleLink();
            Assert.Equal(ClockState.Synced, _bench.Clock.State);
        }

        [Fact]
        public void Further_networks_are_tried_at_once_and_only_then_it_waits()
        {
            _bench.Settings = "wifi_ssid=yard\nwifi_ssid=office\n";
            _bench.Network.JoinError = "no such network";
            _bench.SettleLink();
            long begun = _bench.Clock.Milliseconds;
            Assert.Equal(3, _bench.Events.Count(e => e == "join"));
            _bench.Run(600_000);
            int joins = _bench.Events.Count(e => e == "join");
            Assert.Equal(0, joins % 3);
            Assert.InRange(joins, 20, 180);
            Assert.True(_bench.Clock.Milliseconds > begun);
        }

        [Fact]
        public void Every_retry_closes_what_the_last_attempt_left()
        {
            _bench.Link.ConnectError = "broker edge refused the connection, code 5";
            _bench.Run(600_000);
            Assert.InRange(_bench.Link.Connects, 10, 60);
            Assert.Equal(0, _bench.Link.UnclosedConnects);
            Assert.Equal("broker edge refused the connection, code 5", _bench.Node.Health.LinkError);

            _bench.Link.ConnectError = null;
            _bench.Run(60_000);
            Assert.Equal(1, _bench.Node.Health.Connects);
            Assert.Equal(0, _bench.Link.UnclosedConnects);
        }

        [Fact]
        public void The_first_retry_comes_within_two_seconds_and_none_later_than_a_minute()
        {
            var firstWaits = new HashSet<long>();
            for (int seed = 0; seed < 20; seed++)
            {
                var bench = new NodeBench { Seed = seed, Settings = "points=temp1\n" };
                bench.Link.ConnectError = "refused";
                var tries = new List<long>();
                while (tries.Count < 12)
                {
                    int before = bench.Link.Connects;
                    int wait = bench.StepLink();
                    if (bench.Link.Connects > before)
                    {
                        tries.Add(bench.Clock.Milliseconds);
                    }

                    bench.Clock.Sleep(wait);
                }

                Assert.InRange(tries[1] - tries[0], 0, 1999);
                firstWaits.Add(tries[1] - tries[0]);
                for (int i = 1; i < tries.Count; i++)
                {
                    Assert.InRange(tries[i] - tries[i - 1], 0, 60_000);
                }
            }

            Assert.True(firstWaits.Count > 15); // a plant's nodes do not come back in step
        }

        [Fact]
        public void A_failed_join_is_tried_again_without_a_connect()
        {
            _bench.Network.JoinError = "Wi-Fi Hall 3: no address in time";
            _bench.SettleLink();
            Assert.Equal(0, _bench.Link.Connects);
            Assert.Equal("Wi-Fi Hall 3: no address in time", _bench.Node.Health.LinkError);
            _bench.Network.JoinError = null;
            _bench.Run(2500);
            Assert.Equal(1, _bench.Link.Connects);
        }

        [Fact]
        public void Two_connects_in_vain_leave_the_association_and_join_anew_and_ask_the_time_again()
        {
            _bench.Link.ConnectError = "broker edge: timeout";
            RunUntilConnects(5);
            Assert.Equal(
                new[]
                {
                    "join", "time pool.ntp.org", "connect", "close", "connect", "leave", "close",
                    "join", "time pool.ntp.org", "connect", "close", "connect", "leave", "close",
                    "join", "time pool.ntp.org", "connect",
                },
                _bench.Events.Take(17));
        }

        [Fact]
        public void A_session_that_came_up_counts_failed_connects_from_none()
        {
            _bench.Link.ConnectError = "broker edge: timeout";
            RunUntilConnects(1);
            _bench.Link.ConnectError = null;
            RunUntilConnects(2);
            _bench.Link.ConnectError = "broker edge: timeout";
            _bench.Link.Connected = false;
            RunUntilConnects(3);
            Assert.DoesNotContain("leave", _bench.Events);
            RunUntilConnects(4);
            Assert.Contains("leave", _bench.Events);
        }

        [Fact]
        public void A_failed_join_is_no_failed_connect()
        {
            _bench.Link.ConnectError = "broker edge: timeout";
            RunUntilConnects(1);
            _bench.Network.Up = false;
            _bench.Network.JoinError = "Wi-Fi hall: no address in time";
            _bench.Run(120_000);
            Assert.DoesNotContain("leave", _bench.Events);
            Assert.Equal(1, _bench.Link.Connects);
        }

        [Fact]
        public void Time_that_survived_a_restart_is_holdover_until_a_server_has_answered()
        {
            _bench.Network.Held = 1_763_600_000_000;
            _bench.Network.Utc = 0;
            _bench.Put();
            long taken = _bench.Clock.Milliseconds;
            _bench.Run(5_000);
            JsonElement reading = _bench.Readings().Single(told => told.GetProperty("seq").GetInt64() == 1);
            Assert.Equal("holdover", reading.GetProperty("clock").GetString());
            Assert.Equal(1_763_600_000_000, reading.GetProperty("ts").GetInt64());
            Assert.Equal("holdover", Statuses()[^1].GetProperty("clock").GetString());

            _bench.Network.Utc = 1_763_600_020_000; // the clock was behind
            _bench.Run(2_000);
            _bench.Put();
            _bench.Run(2_000);
            reading = _bench.Readings()[^1];
            Assert.Equal("synced", reading.GetProperty("clock").GetString());
            Assert.True(reading.GetProperty("ts").GetInt64() >= 1_763_600_020_000);
            Assert.True(taken < _bench.Clock.Milliseconds);
        }

        [Fact]
        public void A_message_given_up_ends_the_session_and_is_sent_again_in_order()
        {
            _bench.Acknowledges = false;
            _bench.Put();
            _bench.Put();
            _bench.SettleLink();
            Assert.Equal(new long[] { 1, 2 }, _bench.Sequences());
            _bench.Link.Listener.Acknowledged(3, false); // 1 is status, 2 meta, 3 the first reading
            _bench.Link.Clear();
            _bench.Put();
            _bench.Run(2500);
            Assert.Equal(new long[] { 1, 2, 3 }, _bench.Sequences().Take(3));
            Assert.Equal(2, _bench.Node.Health.Connects);
            Assert.Equal(0, _bench.Link.UnclosedConnects);
            Assert.Equal("session closed or message given up", _bench.Node.Health.LinkError);
        }

        [Fact]
        public void A_closed_session_comes_back_and_sends_again_what_was_not_acknowledged()
        {
            _bench.Acknowledges = false;
            for (int i = 0; i < 12; i++)
            {
                _bench.Put();
            }

            _bench.SettleLink();
            Assert.Equal(LinkWorker.Window, _bench.Sequences().Count);
            _bench.Link.Listener.Acknowledged(4, true); // sequence 2
            _bench.Link.Connected = false;
            _bench.Link.Listener.Closed();
            _bench.Link.Clear();
            _bench.Acknowledges = true;
            _bench.Run(2500);
            Assert.Equal(new long[] { 1, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 }, _bench.Sequences().Take(11));
        }

        [Fact]
        public void A_session_that_is_gone_without_a_word_is_noticed()
        {
            _bench.SettleLink();
            _bench.Link.Connected = false;
            _bench.Run(4000);
            Assert.Equal(2, _bench.Link.Connects);
            Assert.Equal("session lost", _bench.Node.Health.LinkError);
        }

        [Fact]
        public void Sessions_that_end_at_once_are_tried_ever_more_seldom_and_a_stable_one_begins_anew()
        {
            for (int i = 0; i < 10; i++)
            {
                int before = _bench.Link.Connects;
                while (_bench.Link.Connects == before)
                {
                    _bench.Clock.Sleep(_bench.StepLink());
                }

                _bench.Link.Connected = false;
            }

            Assert.True(_bench.Clock.Milliseconds > 60_000, "ten sessions within " + _bench.Clock.Milliseconds + " ms");
            _bench.Run(61_000);
            Assert.True(_bench.Link.Connected);
            _bench.Run(31_000);
            int connects = _bench.Link.Connects;
            _bench.Link.Connected = false;
            _bench.Run(3100); // up to 1 s to look, up to 2 s to wait
            Assert.Equal(connects + 1, _bench.Link.Connects);
        }

        [Fact]
        public void A_full_queue_keeps_the_readings()
        {
            _bench.Link.Room = 4;
            for (int i = 0; i < 5; i++)
            {
                _bench.Put();
            }

            _bench.SettleLink();
            Assert.Equal(new long[] { 1, 2 }, _bench.Sequences());
            Assert.Equal(3, _bench.Node.Outbox.Count);
            _bench.Link.Room = 100;
            _bench.StepLink();
            Assert.Equal(new long[] { 1, 2, 3, 4, 5 }, _bench.Sequences());
        }

        [Fact]
        public void A_full_queue_does_not_put_readings_before_birth_and_meta()
        {
            _bench.Link.Room = 1;
            _bench.Put();
            _bench.SettleLink();
            _bench.Link.Room = 100;
            _bench.StepLink();
            Assert.Equal(new[] { "status", "meta", "temp1" }, _bench.Events.Skip(5));
        }

        [Fact]
        public void All_is_published_by_the_thread_that_steps()
        {
            _bench.Put();
            _bench.SettleLink();
            Assert.All(_bench.Link.Messages, message => Assert.Equal(System.Environment.CurrentManagedThreadId, message.Thread));
        }

        [Fact]
        public void Status_is_told_every_minute_and_counts_what_waits()
        {
            _bench.SettleLink();
            _bench.Run(181_000);
            List<Sent> told = _bench.Link.Messages.Where(message => message.Topic.EndsWith("/status", System.StringComparison.Ordinal)).ToList();
            Assert.Equal(4, told.Count);
            JsonElement last = JsonDocument.Parse(told[3].Text).RootElement;
            Assert.Equal("online", last.GetProperty("status").GetString());
            Assert.Equal(0, last.GetProperty("dropped").GetInt32());
            Assert.Equal(0, last.GetProperty("reconnects").GetInt32());
            Assert.InRange(last.GetProperty("uptime").GetInt32(), 181, 182);
        }

        [Fact]
        public void Status_tells_why_the_node_restarted_itself_for_one_start_only()
        {
            new LastWords(_bench.Volume).Write("loop stalled");
            _bench.SettleLink();
            Assert.Equal("loop stalled", Statuses()[^1].GetProperty("restart").GetString());
            _bench.Run(61_000);
            Assert.Equal("loop stalled", Statuses()[^1].GetProperty("restart").GetString());
            Assert.Equal(2, Statuses().Count);
            _bench.Restart();
            _bench.SettleLink();
            Assert.False(Statuses()[^1].TryGetProperty("restart", out _));
        }

        [Fact]
        public void Status_tells_what_was_thrown_and_why_the_last_session_ended()
        {
            _bench.SettleLink();
            Assert.Equal(0, Statuses()[0].GetProperty("faults").GetInt32());
            Assert.False(Statuses()[0].TryGetProperty("error", out _));
            _bench.Faults.Add(new System.InvalidOperationException("one"));
            _bench.Faults.Add(new System.InvalidOperationException("two"));
            _bench.Link.Connected = false;
            _bench.Run(4_000);
            Assert.Equal(2, Statuses()[^1].GetProperty("faults").GetInt32());
            Assert.Equal("session lost", Statuses()[^1].GetProperty("error").GetString());
            _bench.Link.Connected = false;
            _bench.Link.ConnectError = "broker edge refused the connection, code 5 " + new string('x', 100);
            _bench.Run(4_000);
            _bench.Link.ConnectError = null;
            _bench.Run(60_000);
            Assert.StartsWith("broker edge refused the connection, code 5 xxx", Statuses()[^1].GetProperty("error").GetString());
            Assert.Equal(StatusJson.MaxTextLength, Statuses()[^1].GetProperty("error").GetString()!.Length);
        }

        [Fact]
        public void Meta_is_sent_again_when_a_point_has_got_its_chip()
        {
            _bench.Run(5000);
            Assert.DoesNotContain("TMP117", Metas().Single().Text);
            _bench.AddTemperature();
            _bench.Run(15_000);
            Assert.Equal(2, Metas().Count);
            Assert.Contains("TMP117", Metas()[1].Text);
            Assert.Contains("I2C1 0x48", Metas()[1].Text);
        }

        [Fact]
        public void Silence_while_a_block_is_drained_holds_publishing()
        {
            var quiet = new Quiet();
            Settings settings = Settings.Parse(System.Text.Encoding.ASCII.GetBytes("id=88.118.12345/NODE-0001\nwifi_ssid=hall\nbroker_host=edge\n"));
            SensorNode node = _bench.Node;
            var acks = new EdgeAcks(node.Incarnation.Epoch);
            var time = new TimeKeeper(new NodeParts { Clock = _bench.Clock, Network = _bench.Network }, settings, new NodeHealth());
            var worker = new LinkWorker(
                new NodeParts { Clock = _bench.Clock, Network = _bench.Network, Link = _bench.Link, Random = new SeededRandom(1) },
                settings,
                node.Outbox,
                new Backlog(node.Outbox, acks, AckMode.Edge),
                acks,
                new NodeMessages(new NodeParts { Clock = _bench.Clock, Version = "0", Board = "b", Target = "t" }, settings, node.Delivery, time, node.Points),
                time,
                new NodeHealth(),
                quiet,
                new Supervisor());
            _bench.Put();
            quiet.Begin();
            Assert.InRange(worker.Step(), 1, 100);
            Assert.Empty(_bench.Events);
            quiet.End();
            worker.Step();
            worker.Step();
            quiet.Begin();
            _bench.Put();
            int taken = _bench.Link.Taken;
            worker.Step();
            Assert.Equal(taken, _bench.Link.Taken);
            quiet.End();
            worker.Step();
            Assert.Equal(taken + 1, _bench.Link.Taken);
        }

        [Fact]
        public void A_restart_waits_for_the_answer_that_tells_it_to_arrive()
        {
            _bench.SettleLink();
            _bench.Acknowledges = false;
            long due = Reboot();
            Assert.EndsWith("/reply", _bench.Link.Messages[^1].Topic);
            Assert.Null(_bench.Parts.Restart.Due(due));
            _bench.Link.Listener.Acknowledged(_bench.Link.Messages[^1].Number - 1, true); // another's
            Assert.Null(_bench.Parts.Restart.Due(due));
            _bench.Link.Listener.Acknowledged(_bench.Link.Messages[^1].Number, true);
            Assert.Null(_bench.Parts.Restart.Due(due - 1));
            Assert.Equal("reboot by command", _bench.Parts.Restart.Due(due));
        }

        [Fact]
        public void A_restart_waits_no_longer_for_an_answer_that_went_down_with_its_session()
        {
            _bench.SettleLink();
            _bench.Acknowledges = false;
            long due = Reboot();
            Assert.Null(_bench.Parts.Restart.Due(due));
            _bench.Link.Listener.Closed();
            _bench.StepLink();
            Assert.Equal("reboot by command", _bench.Parts.Restart.Due(due));
        }

        [Fact]
        public void A_restart_waits_for_an_answer_that_the_link_does_not_take_but_not_for_ever()
        {
            _bench.SettleLink();
            _bench.Link.Room = 0;
            long due = Reboot();
            Assert.Null(_bench.Parts.Restart.Due(due + Restart.AnswerMilliseconds - 1));
            Assert.Equal("reboot by command", _bench.Parts.Restart.Due(due + Restart.AnswerMilliseconds));
        }

        private long Reboot()
        {
            _bench.Link.Listener.Received("sensors/v1/88.118.12345/NODE-0001/cmd", "{\"cmd\":\"reboot\"}"u8.ToArray());
            long now = _bench.Clock.Milliseconds;
            _bench.StepLink();
            return now + RebootCommand.DelayMilliseconds;
        }

        private void RunUntilConnects(int count)
        {
            while (_bench.Link.Connects < count)
            {
                _bench.Clock.Sleep(_bench.StepLink());
            }
        }

        private List<JsonElement> Statuses() => _bench.Link.Messages
            .Where(message => message.Topic.EndsWith("/status", System.StringComparison.Ordinal))
            .Select(message => JsonDocument.Parse(message.Text).RootElement)
            .ToList();

        private List<Sent> Metas() =>
            _bench.Link.Messages.Where(message => message.Topic.EndsWith("/meta", System.StringComparison.Ordinal)).ToList();
    }
}
