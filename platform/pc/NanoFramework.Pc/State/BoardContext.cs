using System;
using System.Threading;

namespace NanoFramework.Pc
{
    /// <summary>The surroundings of one of a board's threads, kept to run something as if on that thread later.</summary>
    /// <remarks>A board tells by them which run of its firmware a thread belongs to: what was begun before a restart ends with it.</remarks>
    internal sealed class BoardContext
    {
        private readonly PcBoard _board;
        private readonly ExecutionContext? _context = ExecutionContext.Capture();

        public BoardContext(PcBoard board)
        {
            _board = board;
        }

        /// <summary>Runs something on this thread as the board's own.</summary>
        /// <param name="action">What to run.</param>
        public void Run(Action action)
        {
            if (_context == null)
            {
                PcBoard.Enter(_board);
                action();
                return;
            }

            ExecutionContext.Run(
                _context,
                _ =>
                {
                    PcBoard.Enter(_board);
                    action();
                },
                null);
        }
    }
}
