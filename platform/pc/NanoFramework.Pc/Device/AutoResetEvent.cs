namespace NanoFramework.Pc.Device
{
    /// <summary>The device's <c>AutoResetEvent</c>: a thread waits for it in its board's time; one of no board in the PC's.</summary>
    public sealed class AutoResetEvent
    {
        private readonly BoardSignal _signal = PcBoard.CurrentOrNone?.MakeSignal() ?? new BoardSignal();

        /// <summary>Makes an event of the board the caller belongs to.</summary>
        /// <param name="initialState">Whether it is set.</param>
        public AutoResetEvent(bool initialState)
        {
            if (initialState)
            {
                _signal.Set();
            }
        }

        /// <summary>Wakes the thread that waits, or the next one that will.</summary>
        /// <returns>True.</returns>
        public bool Set()
        {
            _signal.Set();
            return true;
        }

        /// <summary>Waits until it is set, and takes that back.</summary>
        /// <param name="millisecondsTimeout">How long at most, 0 or more.</param>
        /// <param name="exitContext">Without effect.</param>
        /// <returns>False when nobody set it in time.</returns>
        /// <exception cref="BoardOffException">The board was switched off.</exception>
        public bool WaitOne(int millisecondsTimeout, bool exitContext) => _signal.Wait(millisecondsTimeout);
    }
}
