using System;
using System.Collections.Generic;
using System.Device.Gpio;
using System.Threading;

namespace NanoFramework.Pc
{
    /// <summary>Pin changes on their way from the wire to managed code: a bounded queue and one thread that empties it.</summary>
    internal sealed class GpioEvents
    {
        /// <summary>Records the native queue holds; a new one then pushes the oldest out.</summary>
        public const int QueueLength = 128;

        private readonly PcBoard _board;
        private readonly Queue<(int Pin, bool High)> _queue = new();
        private readonly Dictionary<int, GpioPin> _pins = new();
        private readonly HashSet<int> _debouncing = new();
        private BoardContext? _context; // of the firmware that opened the pins
        private bool _running;

        public GpioEvents(PcBoard board)
        {
            _board = board;
        }

        /// <summary>Gets the pins opened through controllers, by number.</summary>
        public Dictionary<int, GpioPinRegistration> Registrations { get; } = new();

        public void Add(GpioPin pin)
        {
            lock (_queue)
            {
                _pins[pin.PinNumber] = pin;
                _context ??= new BoardContext(_board);
            }
        }

        public void Remove(int pin)
        {
            lock (_queue)
            {
                _pins.Remove(pin);
            }
        }

        public bool HasListener(int pin)
        {
            lock (_queue)
            {
                return Listener(pin) != null;
            }
        }

        /// <summary>Takes a change of level on the wire. It is lost where nobody listens, or when it does not last the pin's debounce time.</summary>
        /// <param name="pin">GPIO number.</param>
        /// <param name="high">The new level.</param>
        public void PostFromWire(int pin, bool high)
        {
            TimeSpan debounce;
            lock (_queue)
            {
                if (Listener(pin) is not GpioPin target)
                {
                    return;
                }

                debounce = target.DebounceTimeout;
                if (debounce > TimeSpan.Zero && !_debouncing.Add(pin))
                {
                    return; // the level is looked at when the time is over
                }
            }

            if (debounce <= TimeSpan.Zero)
            {
                Post(pin, high);
                return;
            }

            _board.StartTimer(debounce.Ticks / TimeSpan.TicksPerMicrosecond, 0, () => EndDebounce(pin, high));
        }

        /// <summary>Queues an event.</summary>
        /// <param name="pin">GPIO number.</param>
        /// <param name="high">The level it tells.</param>
        public void Post(int pin, bool high)
        {
            lock (_queue)
            {
                if (Listener(pin) == null)
                {
                    return;
                }

                if (_queue.Count == QueueLength)
                {
                    _queue.Dequeue();
                }

                _queue.Enqueue((pin, high));
                Monitor.PulseAll(_queue);
                if (!_running)
                {
                    _running = true;
                    new Thread(Run) { IsBackground = true, Name = "GPIO events" }.Start();
                }
            }
        }

        private GpioPin? Listener(int pin) => _pins.TryGetValue(pin, out GpioPin? target) && target.HasListeners ? target : null;

        private void EndDebounce(int pin, bool expected)
        {
            lock (_queue)
            {
                _debouncing.Remove(pin);
            }

            if (_board.ReadPin(pin) == expected)
            {
                Post(pin, expected);
            }
        }

        private void Run()
        {
            while (true)
            {
                GpioPin? target;
                bool high;
                lock (_queue)
                {
                    while (_queue.Count == 0)
                    {
                        // Nothing happens for a while: the thread goes, the next change brings a new one.
                        if (!Monitor.Wait(_queue, 1000) && _queue.Count == 0)
                        {
                            _running = false;
                            return;
                        }
                    }

                    (int pin, high) = _queue.Dequeue();
                    _pins.TryGetValue(pin, out target);
                }

                try
                {
                    _context?.Run(() =>
                    {
                        _board.ThrowIfOff();
                        target?.Raise(high ? PinEventTypes.Rising : PinEventTypes.Falling);
                    });
                }
                catch (BoardOffException)
                {
                    lock (_queue)
                    {
                        _queue.Clear();
                        _running = false;
                        return;
                    }
                }
                catch (Exception ex)
                {
                    _board.OnThreadDied("GPIO events", ex); // on a board the handler's thread ends, unseen
                }
            }
        }
    }

    /// <summary>A pin a controller opened, and what was asked of it by number.</summary>
    internal sealed class GpioPinRegistration
    {
        public GpioPinRegistration(GpioPin pin)
        {
            Pin = pin;
        }

        public GpioPin Pin { get; }

        public PinEventTypes Events { get; set; }

        public PinChangeEventHandler? Callback { get; set; }
    }
}
