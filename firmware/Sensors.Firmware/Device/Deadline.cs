#if NETNANO1_0
using AutoResetEvent = System.Threading.AutoResetEvent;
using Thread = System.Threading.Thread;
#else
using AutoResetEvent = NanoFramework.Pc.Device.AutoResetEvent; // waits in the virtual board's time
using Thread = NanoFramework.Pc.Device.Thread;
#endif

namespace Sensors.Firmware
{
    /// <summary>Something that blocks without a time-out of its own.</summary>
    internal abstract class BlockingAttempt
    {
        /// <summary>Does it. Throws nothing: what went wrong is kept.</summary>
        public abstract void Do();

        /// <summary>Ends it from another thread.</summary>
        public abstract void Abandon();
    }

    /// <summary>Runs what blocks on a thread of its own, and ends it when it takes too long.</summary>
    internal sealed class Deadline
    {
        private readonly AutoResetEvent _done = new AutoResetEvent(false);
        private BlockingAttempt _attempt;

        /// <summary>Runs an attempt.</summary>
        /// <param name="attempt">What blocks.</param>
        /// <param name="milliseconds">How long it may take.</param>
        /// <returns>False when it was ended; its thread ends by itself.</returns>
        public bool Run(BlockingAttempt attempt, int milliseconds)
        {
            _attempt = attempt;
            new Thread(Work).Start();
            if (_done.WaitOne(milliseconds, false))
            {
                return true;
            }

            attempt.Abandon();
            return false;
        }

        private void Work()
        {
            _attempt.Do();
            _done.Set();
        }
    }
}
