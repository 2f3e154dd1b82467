using System;
using NanoFramework.Pc;

namespace nanoFramework.Runtime.Native
{
    public class ConstraintException : Exception
    {
    }

    /// <summary>A limit on the running thread's time. Here it strikes when the thread next looks at the board's time or sleeps.</summary>
    public static class ExecutionConstraint
    {
        [ThreadStatic]
        private static long _deadline; // microseconds of the board; 0 for none

        public static void Install(int timeoutMilliseconds, int priority)
        {
            _deadline = timeoutMilliseconds < 0 ? 0 : PcBoard.Current.ReadMicroseconds() + (timeoutMilliseconds * 1000L) + 1;
        }

        /// <summary>Throws when the running thread took longer than it may.</summary>
        /// <param name="now">Microseconds of the board.</param>
        internal static void Check(long now)
        {
            if (_deadline != 0 && now >= _deadline)
            {
                _deadline = 0;
                throw new ConstraintException();
            }
        }

        /// <summary>Gets whether the running thread has a limit: reading the board's time for nothing would cost time.</summary>
        internal static bool IsInstalled => _deadline != 0;
    }
}
