using Sensors.Drivers;

namespace Sensors.Node
{
    /// <summary>Notices a thread that no longer makes progress. The loop watches the link, and the link watches the loop.</summary>
    /// <remarks>
    /// This sees managed code that hangs; a hang in native code stops every managed thread and can only be ended from outside,
    /// by a watchdog chip on the board's watchdog pin, which the loop toggles.
    /// </remarks>
    public sealed class Supervisor
    {
        /// <summary>The longest the loop may take between two beats, in milliseconds. A block and its files take seconds at most.</summary>
        public const int LoopLimitMilliseconds = 120000;

        /// <summary>The longest the link may take between two beats, in milliseconds.</summary>
        /// <remarks>Connecting has no time-out of its own on the device: name, TCP, TLS and CONNACK can take minutes and are no hang.</remarks>
        public const int LinkLimitMilliseconds = 900000;

        private static readonly string LoopStalled = "loop stalled";
        private static readonly string LinkStalled = "link stalled";

        private readonly object _gate = new object();
        private long _loop;
        private long _link;

        /// <summary>Says that the loop is alive.</summary>
        /// <param name="now">Milliseconds since start.</param>
        [HotPath]
        public void LoopBeat(long now)
        {
            lock (_gate)
            {
                _loop = now;
            }
        }

        /// <summary>Says that the link is alive.</summary>
        /// <param name="now">Milliseconds since start.</param>
        [HotPath]
        public void LinkBeat(long now)
        {
            lock (_gate)
            {
                _link = now;
            }
        }

        /// <summary>Looks for a thread that stopped.</summary>
        /// <param name="now">Milliseconds since start.</param>
        /// <returns>Null while both live, otherwise which one does not.</returns>
        [HotPath]
        public string Stalled(long now)
        {
            lock (_gate)
            {
                if (now - _loop > LoopLimitMilliseconds)
                {
                    return LoopStalled;
                }

                return now - _link > LinkLimitMilliseconds ? LinkStalled : null;
            }
        }
    }
}
