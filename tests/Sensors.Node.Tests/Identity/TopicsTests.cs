using System;
using Sensors.Node;

namespace Sensors.Node.Tests.Identity
{
    /// <summary>The topics of a node.</summary>
    public class TopicsTests
    {
        private static readonly Identifier Id = Identifier.Parse("88.118.12345/NODE-0001");

        [Fact]
        public void AllTopicsBearTheIdentifier()
        {
            var topics = new Topics(Topics.DefaultRoot, Id, new[] { "vib1", "temp1" });
            Assert.Equal("sensors/v1/88.118.12345/NODE-0001", topics.Node);
            Assert.Equal("sensors/v1/88.118.12345/NODE-0001/meta", topics.Meta);
            Assert.Equal("sensors/v1/88.118.12345/NODE-0001/status", topics.Status);
            Assert.Equal("sensors/v1/88.118.12345/NODE-0001/cmd", topics.Command);
            Assert.Equal("sensors/v1/88.118.12345/NODE-0001/reply", topics.Reply);
            Assert.Equal("sensors/v1/88.118.12345/NODE-0001/ack", topics.Acknowledgement);
            Assert.Equal("sensors/v1/88.118.12345/NODE-0001/alarm", topics.Alarm);
            Assert.Equal("sensors/v1/88.118.12345/NODE-0001/capture", topics.Capture);
            Assert.Equal("sensors/v1/88.118.12345/NODE-0001/reading/vib1", topics.Reading("vib1"));
            Assert.Equal("sensors/v1/88.118.12345/NODE-0001/reading/cur7", topics.Reading("cur7"));
        }

        [Fact]
        public void ReadingTopicsAreMadeOnce()
        {
            var topics = new Topics(Topics.DefaultRoot, Id, new[] { "vib1", "temp1" });
            Assert.Same(topics.Reading("temp1"), topics.Reading("temp1"));
        }

        [Theory]
        [InlineData("a")]
        [InlineData("plant-2/hall_3/sensors/v1")]
        public void RootsThatAreTaken(string root)
        {
            Assert.Null(Topics.CheckRoot(root));
            Assert.Equal(root + "/88.118.12345/NODE-0001/meta", new Topics(root, Id, Array.Empty<string>()).Meta);
        }

        [Theory]
        [InlineData(null, "empty")]
        [InlineData("", "empty")]
        [InlineData("/sensors", "empty level")]
        [InlineData("sensors/", "empty level")]
        [InlineData("sensors//v1", "empty level")]
        [InlineData("sensors/+", "position 9")]
        [InlineData("#", "position 1")]
        [InlineData("$SYS/x", "position 1")]
        [InlineData("hall 3", "position 5")]
        [InlineData("车间", "position 1")]
        public void RootsThatAreRefused(string? root, string reason)
        {
            Assert.Contains(reason, Topics.CheckRoot(root), StringComparison.Ordinal);
            Assert.Throws<ArgumentException>(() => new Topics(root, Id, Array.Empty<string>()));
        }

        [Fact]
        public void RootsAreLimitedInLength()
        {
            Assert.Null(Topics.CheckRoot(new string('a', 64)));
            Assert.Contains("65 characters", Topics.CheckRoot(new string('a', 65)), StringComparison.Ordinal);
        }
    }
}
