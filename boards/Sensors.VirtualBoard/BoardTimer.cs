using System;
using System.Threading;
using NanoFramework.Pc;

namespace Sensors.VirtualBoard
{
    /// <summary>A timer in a board's time. It belongs to the firmware's life that started it and is silent after its end.</summary>
    internal sealed class BoardTimer : IDisposable
    {
        private const long NanosecondsPerMicrosecond = 1000;

        private readonly VirtualEsp32 _board;
        private readonly BoardFirmware? _life = BoardFirmware.Current;
        private readonly long _period;
        private readonly Action _callback;
        private long _due;
        private volatile bool _disposed;

        public BoardTimer(VirtualEsp32 board, long dueMicroseconds, long periodMicroseconds, Action callback)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(dueMicroseconds);
            ArgumentOutOfRangeException.ThrowIfNegative(periodMicroseconds);
            _board = board;
            _period = periodMicroseconds * NanosecondsPerMicrosecond;
            _callback = callback;
            _due = board.Time.Nanoseconds + (dueMicroseconds * NanosecondsPerMicrosecond);
            board.Time.At(_due, Expire);
        }

        public void Dispose() => _disposed = true;

        private bool IsSilent => _disposed || _life is { HasEnded: true } || !_board.HasPower;

        private void Expire()
        {
            if (IsSilent)
            {
                return;
            }

            // On a board the handler runs in the event thread, never inside the call that happened to let time pass.
            ThreadPool.UnsafeQueueUserWorkItem(static timer => timer.Call(), this, preferLocal: false);
            if (_period > 0)
            {
                // Of calls missed in one long step of time only one is made.
                long behind = Math.Max(0, _board.Time.Nanoseconds - _due);
                _due += _period * (1 + (behind / _period));
                _board.Time.At(_due, Expire);
            }
        }

        private void Call()
        {
            if (IsSilent)
            {
                return;
            }

            PcBoard.Enter(_board);
            try
            {
                _callback();
            }
            catch (BoardOffException)
            {
                // The power went while the handler ran: nothing is left to do.
            }
        }
    }
}
