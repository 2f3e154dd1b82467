using System;
using System.Collections.Generic;
using Sensors.Cli.Output;
using Sensors.Edge;

namespace Sensors.Cli.Tests
{
    /// <summary>What is told of a few nodes, and of many.</summary>
    public class NodeNewsTests
    {
        private readonly List<string> _told = [];

        [Theory]
        [InlineData(NodeNews.Few, false)]
        [InlineData(100, true)]
        public void EachEventOfAFewNodesAndForPrograms(int nodes, bool json)
        {
            NodeNews news = Make(nodes, json);
            news.Enter(new CliEvent("wifi-up", "N1: Wi-Fi is up"));
            news.Enter(Online("N1"));
            news.Enter(Offline("N1"));
            news.Sum();
            Assert.Equal(["N1: Wi-Fi is up", "N1 is online", "N1 is offline"], _told);
        }

        [Fact]
        public void OfManyOnlyHowManyAreOnlineAndOnlyWhenThatChanged()
        {
            NodeNews news = Make(6, json: false);
            news.Enter(new CliEvent("wifi-up", "N1: Wi-Fi is up"));
            news.Sum();
            news.Enter(Online("N1"));
            news.Enter(Online("N1"));
            news.Enter(Online("N2"));
            news.Sum();
            news.Sum();
            Assert.Equal(["2 of 6 nodes online"], _told);
            for (int i = 3; i <= 6; i++)
            {
                news.Enter(Online("N" + i));
            }

            Assert.Equal(["2 of 6 nodes online", "6 nodes online"], _told);
            news.Enter(Offline("N4"));
            news.Sum();
            Assert.Equal("5 of 6 nodes online", _told[^1]);
        }

        private static StatusMessage Online(string id) =>
            new(id, 1, new NodeOnline(0, ClockQuality.Synced, "1.0.0", TimeSpan.Zero, Queued: 0, Dropped: 0, Reconnects: 0, Faults: 0, Restart: null, Error: null));

        private static StatusMessage Offline(string id) => new(id, 1, null);

        private NodeNews Make(int nodes, bool json) => new(happened => _told.Add(happened.Text), nodes, json);
    }
}
