using System;
using NanoFramework.Pc;
using NanoFramework.Pc.Device;

namespace nanoFramework.Hardware.Esp32
{
    public delegate void HighResTimerExpiredEventHandler(HighResTimer sender, object e);

    public class HighResTimer : IDisposable
    {
        private readonly object _gate = new();
        private readonly PcBoard _board = PcBoard.Current;
        private readonly PackageState _state;
        private readonly BoardContext _context;
        private IDisposable? _timer;
        private bool _disposed;

        public HighResTimer()
        {
            _state = _board.Packages;
            _context = new BoardContext(_board);
            if (!_state.TakeHighResTimer())
            {
                throw new IOException("All timers are in use.", (int)IOException.IOExceptionErrorCode.TooManyOpenHandles);
            }
        }

        public event HighResTimerExpiredEventHandler? OnHighResTimerExpired;

        public static ulong GetCurrent()
        {
            PcBoard board = PcBoard.Current;
            board.ThrowIfOff();
            long now = board.ReadMicroseconds();
            nanoFramework.Runtime.Native.ExecutionConstraint.Check(now);
            return (ulong)now;
        }

        public void Stop()
        {
            lock (_gate)
            {
                ObjectDisposedException.ThrowIf(_disposed, this);
                _timer?.Dispose();
                _timer = null;
            }
        }

        public void StartOneShot(ulong timeout_us) => Start((long)timeout_us, 0);

        public void StartOnePeriodic(ulong period_us) => Start((long)period_us, (long)period_us);

        public void Dispose()
        {
            Dispose(true);
            GC.SuppressFinalize(this);
        }

        protected virtual void Dispose(bool disposing)
        {
            lock (_gate)
            {
                if (_disposed)
                {
                    return;
                }

                _timer?.Dispose();
                _timer = null;
                _disposed = true;
                _state.ReturnHighResTimer();
            }
        }

        private void Start(long due, long period)
        {
            lock (_gate)
            {
                ObjectDisposedException.ThrowIf(_disposed, this);
                _timer?.Dispose();
                _timer = _board.StartTimer(due, period, Expired);
            }
        }

        private void Expired()
        {
            try
            {
                _context.Run(() =>
                {
                    _board.ThrowIfOff();
                    OnHighResTimerExpired?.Invoke(this, this);
                });
            }
            catch (BoardOffException)
            {
                Dispose();
            }
            catch (Exception ex)
            {
                _board.OnThreadDied("timer", ex); // on a board the handler's thread ends, unseen
            }
        }
    }
}
