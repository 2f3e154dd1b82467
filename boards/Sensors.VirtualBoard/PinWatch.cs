using System.Numerics;
using System.Threading;

namespace Sensors.VirtualBoard
{
    /// <summary>Looks at the input pins whose changes the firmware wants to hear of, and tells it of each.</summary>
    /// <remarks>
    /// A level comes from a function that nobody announces, so it is looked at: every millisecond of the board's time, after
    /// every bus transaction (which may end a chip's interrupt), and at once when <see cref="BoardPins"/> is told of a level.
    /// While no firmware listens there is nothing to look at.
    /// </remarks>
    internal sealed class PinWatch
    {
        private const long PeriodNanoseconds = 1_000_000;

        private readonly object _gate = new();
        private readonly VirtualEsp32 _board;
        private ulong _watched;
        private ulong _levels;
        private bool _goesOn;

        public PinWatch(VirtualEsp32 board) => _board = board;

        /// <summary>Begins or ends to watch a pin.</summary>
        public void Set(int pin, bool watched)
        {
            ulong bit = 1UL << pin;
            lock (_gate)
            {
                if (!watched)
                {
                    _watched &= ~bit;
                    return;
                }

                if ((_watched & bit) == 0)
                {
                    _watched |= bit;
                    Remember(bit, _board.LevelAt(pin));
                }

                if (!_goesOn)
                {
                    _goesOn = true;
                    _board.Time.At(_board.Time.Nanoseconds + PeriodNanoseconds, LookAgain);
                }
            }
        }

        /// <summary>Forgets every pin.</summary>
        public void Clear()
        {
            lock (_gate)
            {
                _watched = 0;
            }
        }

        /// <summary>Tells the firmware of every level that is not what it was.</summary>
        public void Look()
        {
            if (Interlocked.Read(ref _watched) == 0)
            {
                return;
            }

            lock (_gate)
            {
                for (ulong left = _watched; left != 0; left &= left - 1)
                {
                    int pin = BitOperations.TrailingZeroCount(left);
                    ulong bit = 1UL << pin;
                    bool high = _board.LevelAt(pin);
                    if (high != ((_levels & bit) != 0))
                    {
                        Remember(bit, high);
                        _board.PinChanged(pin, high);
                    }
                }
            }
        }

        private void Remember(ulong bit, bool high) => _levels = high ? _levels | bit : _levels & ~bit;

        private void LookAgain()
        {
            lock (_gate)
            {
                _goesOn = _watched != 0;
                if (!_goesOn)
                {
                    return;
                }

                _board.Time.At(_board.Time.Nanoseconds + PeriodNanoseconds, LookAgain);
            }

            Look();
        }
    }
}
