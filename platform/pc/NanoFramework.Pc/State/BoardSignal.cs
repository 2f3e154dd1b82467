using System.Threading;

namespace NanoFramework.Pc
{
    /// <summary>What stands behind the device's <c>AutoResetEvent</c>. This one waits in the PC's time.</summary>
    public class BoardSignal
    {
        private readonly AutoResetEvent _set = new(false);

        /// <summary>Wakes the thread that waits, or the next one that will. From any thread.</summary>
        public virtual void Set() => _set.Set();

        /// <summary>Waits, and takes the signal back.</summary>
        /// <param name="milliseconds">How long at most, 0 or more.</param>
        /// <returns>False when nobody set it in time.</returns>
        /// <exception cref="BoardOffException">The board was switched off.</exception>
        public virtual bool Wait(int milliseconds) => _set.WaitOne(milliseconds);
    }
}
