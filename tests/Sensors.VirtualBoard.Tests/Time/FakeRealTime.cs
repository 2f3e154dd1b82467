using System.Threading;

namespace Sensors.VirtualBoard.Tests
{
    /// <summary>A PC's clock that moves when waited on, and by hand.</summary>
    internal sealed class FakeRealTime : RealTime
    {
        private long _now = 5_000_000_000;

        public override long Nanoseconds => Interlocked.Read(ref _now);

        public long Waited { get; private set; }

        public override void Wait(object gate, long nanoseconds)
        {
            Waited += nanoseconds;
            Pass(nanoseconds);
        }

        public void Pass(long nanoseconds) => Interlocked.Add(ref _now, nanoseconds);
    }
}
