namespace Sensors.Node.Tests.Runtime
{
    /// <summary>Silence while a block is drained.</summary>
    public class QuietTests
    {
        [Fact]
        public void It_is_wanted_from_begin_to_end()
        {
            var quiet = new Quiet();
            Assert.False(quiet.Wanted);
            quiet.Begin();
            Assert.True(quiet.Wanted);
            quiet.End();
            Assert.False(quiet.Wanted);
        }
    }
}
