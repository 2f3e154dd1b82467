using Sensors.Node;

namespace Sensors.Node.Tests
{
    /// <summary>A clock that stands where a test puts it.</summary>
    internal sealed class TestClock : Clock
    {
        public long Now { get; set; }

        public override long Microseconds => Now;

        public override void Wait(int microseconds) => Now += microseconds;

        public override void Sleep(int milliseconds) => Now += milliseconds * 1000L;
    }
}
