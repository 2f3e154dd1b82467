using System;
using System.Threading;
using nanoFramework.Runtime.Native;

namespace NanoFramework.Pc.Device
{
    /// <summary>The device's <c>Thread</c>: it sleeps in the board's time, and an exception it does not catch ends it alone.</summary>
    public sealed class Thread
    {
        private readonly System.Threading.Thread _thread;
        private readonly PcBoard _board;
        private IDisposable? _errand; // how long the PC takes to start a thread is no time of the board's

        /// <summary>Makes a thread of the board the caller belongs to.</summary>
        /// <param name="start">What it runs.</param>
        public Thread(ThreadStart start)
        {
            ArgumentNullException.ThrowIfNull(start);
            _board = PcBoard.Current;
            _thread = new System.Threading.Thread(() => Run(start)) { IsBackground = true };
        }

        /// <summary>Gets whether the thread was started and has not ended.</summary>
        public bool IsAlive => _thread.IsAlive;

        /// <summary>Lets the board's time pass.</summary>
        /// <param name="millisecondsTimeout">0 or more.</param>
        /// <exception cref="BoardOffException">The board was switched off.</exception>
        public static void Sleep(int millisecondsTimeout)
        {
            PcBoard board = PcBoard.Current;
            board.ThrowIfOff();
            board.Sleep(millisecondsTimeout);
            board.ThrowIfOff();
            if (ExecutionConstraint.IsInstalled)
            {
                ExecutionConstraint.Check(board.ReadMicroseconds());
            }
        }

        /// <summary>Lets the board's time pass.</summary>
        /// <param name="timeout">0 or more, whole milliseconds count.</param>
        public static void Sleep(TimeSpan timeout) => Sleep((int)timeout.TotalMilliseconds);

        /// <summary>Starts the thread.</summary>
        public void Start()
        {
            _errand = _board.BeginErrand();
            _thread.Start();
        }

        /// <summary>Waits until the thread has ended, in the PC's time.</summary>
        public void Join() => _thread.Join();

        /// <summary>Waits until the thread has ended, in the PC's time.</summary>
        /// <param name="millisecondsTimeout">How long at most.</param>
        /// <returns>False when it is still running.</returns>
        public bool Join(int millisecondsTimeout) => _thread.Join(millisecondsTimeout);

        private void Run(ThreadStart start)
        {
            PcBoard board = _board;
            PcBoard.Enter(board);
            _errand?.Dispose();
            try
            {
                start();
            }
            catch (BoardOffException)
            {
                // The board lost its power: this is how its threads end.
            }
            catch (Exception ex)
            {
                board.OnThreadDied(start.Method.Name, ex);
            }
        }
    }
}
