using System;
using System.Collections.Generic;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;

namespace Sensors.Mqtt.Tests.Codec
{
    /// <summary>MQTT 3.1.1 §4.7, by its own examples and against a slow reading of its rules.</summary>
    public class TopicFilterTests
    {
        [Theory]

        // §4.7.1.2
        [InlineData("sport/tennis/player1/#", "sport/tennis/player1", true)]
        [InlineData("sport/tennis/player1/#", "sport/tennis/player1/ranking", true)]
        [InlineData("sport/tennis/player1/#", "sport/tennis/player1/score/wimbledon", true)]
        [InlineData("sport/#", "sport", true)]
        [InlineData("#", "a/b/c", true)]
        [InlineData("sport/#", "sports", false)]

        // §4.7.1.3
        [InlineData("sport/tennis/+", "sport/tennis/player1", true)]
        [InlineData("sport/tennis/+", "sport/tennis/player1/ranking", false)]
        [InlineData("sport/+", "sport", false)]
        [InlineData("sport/+", "sport/", true)]
        [InlineData("+/+", "/finance", true)]
        [InlineData("/+", "/finance", true)]
        [InlineData("+", "/finance", false)]
        [InlineData("+/tennis/#", "sport/tennis", true)]
        [InlineData("sport/+/player1", "sport/tennis/player1", true)]

        // §4.7.2 [MQTT-4.7.2-1]
        [InlineData("#", "$SYS/uptime", false)]
        [InlineData("+/monitor/Clients", "$SYS/monitor/Clients", false)]
        [InlineData("$SYS/#", "$SYS/uptime", true)]
        [InlineData("$SYS/monitor/+", "$SYS/monitor/Clients", true)]
        [InlineData("a/+", "a/$b", true)]

        // §4.7.3: case, spaces, empty levels
        [InlineData("ACCOUNTS", "Accounts", false)]
        [InlineData("Accounts payable", "Accounts payable", true)]
        [InlineData("/A", "A", false)]
        [InlineData("a//b", "a//b", true)]
        [InlineData("a/+/b", "a//b", true)]
        [InlineData("a", "a/b", false)]
        [InlineData("a/b", "a", false)]
        [InlineData("a/", "a", false)]
        public void Matches(string filter, string topic, bool expected) => Assert.Equal(expected, TopicFilter.Matches(filter, topic));

        [Theory]
        [InlineData("#", true)]
        [InlineData("sport/tennis/#", true)]
        [InlineData("sport/tennis#", false)]
        [InlineData("sport/tennis/#/ranking", false)]
        [InlineData("+", true)]
        [InlineData("+/tennis/#", true)]
        [InlineData("sport+", false)]
        [InlineData("sport/+/player1", true)]
        [InlineData("+/+", true)]
        [InlineData("a+/b", false)]
        [InlineData("##", false)]
        [InlineData("/", true)]
        [InlineData("", false)]
        [InlineData("a\0", false)]
        public void Valid_filters(string filter, bool expected) => Assert.Equal(expected, TopicFilter.IsValid(filter));

        [Theory]
        [InlineData("a/b", true)]
        [InlineData("/", true)]
        [InlineData("88.118.12345/NODE-0001", true)]
        [InlineData("", false)]
        [InlineData("a/+", false)]
        [InlineData("#", false)]
        [InlineData("a\0b", false)]
        public void Valid_names(string name, bool expected) => Assert.Equal(expected, TopicFilter.IsValidName(name));

        [Fact]
        public void Length_is_counted_in_bytes()
        {
            Assert.True(TopicFilter.IsValidName(new string('é', 32767)));
            Assert.False(TopicFilter.IsValidName(new string('é', 32768)));
            Assert.False(TopicFilter.IsValidName("\uD800")); // a lone surrogate has no UTF-8 form
        }

        /// <summary>Filter and topic of few levels and letters, so that they often meet; the tree and the function agree with a
        /// literal reading of §4.7.</summary>
        [Fact]
        public void Function_and_tree_agree_with_the_rules()
        {
            var level = Gen.Elements("", "a", "b", "$x");
            var topic = Gen.Choose(1, 4).SelectMany(n => Gen.ArrayOf(level, n)).Select(l => string.Join('/', l)).Where(t => t.Length > 0);
            var filterLevel = Gen.Elements("", "a", "b", "$x", "+", "+");
            var filter = Gen.Choose(0, 4)
                .SelectMany(n => Gen.ArrayOf(filterLevel, n))
                .SelectMany(l => Gen.Elements(true, false).Select(rest => string.Join('/', rest ? l.Append("#") : l)))
                .Where(f => f.Length > 0);
            var config = Config.QuickThrowOnFailure.WithMaxTest(3000).WithReplay(20260101, 7);
            Prop.ForAll(
                Arb.From(Gen.ArrayOf(filter, 5)),
                Arb.From(topic),
                (filters, name) =>
                {
                    var tree = new SubscriptionTree();
                    Probe[] probes = filters.Select(f => new Probe(f)).ToArray();
                    foreach (Probe p in probes)
                    {
                        tree.Set(p.Filter, p, MqttQos.AtMostOnce);
                    }

                    var found = new List<Subscriber>();
                    tree.Match(name, found);
                    bool agree = probes.All(p => Slow(p.Filter, name) == TopicFilter.Matches(p.Filter, name)
                        && Slow(p.Filter, name) == found.Contains(p));
                    foreach (Probe p in probes)
                    {
                        tree.Remove(p.Filter, p);
                    }

                    found.Clear();
                    tree.Match(name, found);
                    return agree && found.Count == 0;
                }).Check(config);
        }

        private static bool Slow(string filter, string topic)
        {
            string[] f = filter.Split('/');
            string[] t = topic.Split('/');
            if (topic[0] == '$' && f[0] is "+" or "#")
            {
                return false;
            }

            for (int i = 0; i < f.Length; i++)
            {
                if (f[i] == "#")
                {
                    return t.Length >= i;
                }

                if (i >= t.Length || (f[i] != "+" && f[i] != t[i]))
                {
                    return false;
                }
            }

            return f.Length == t.Length;
        }

        private sealed class Probe(string filter) : Subscriber
        {
            public string Filter => filter;

            public override void Deliver(PublishPacket message, MqttQos granted, bool retained) => throw new InvalidOperationException();
        }
    }
}
