using NanoFramework.Pc;

namespace System.Device.Gpio
{
    public sealed class GpioPin : IDisposable
    {
        private readonly object _gate = new();
        private readonly PcBoard _board;
        private PinValueChangedEventHandler? _handlers;
        private TimeSpan _debounce;
        private PinMode _mode;
        private bool _disposed;

        internal GpioPin(PcBoard board, int pinNumber)
        {
            _board = board;
            PinNumber = pinNumber;
        }

        public event PinValueChangedEventHandler ValueChanged
        {
            add
            {
                lock (_gate)
                {
                    ThrowIfDisposed();
                    _handlers += value;
                    Configure(_mode); // as on a board: adding a listener configures the pin anew, an output goes low
                }
            }

            remove
            {
                lock (_gate)
                {
                    ThrowIfDisposed();
                    _handlers -= value;
                    Configure(_mode);
                }
            }
        }

        public TimeSpan DebounceTimeout
        {
            get => _debounce;
            set => _debounce = value;
        }

        public int PinNumber { get; }

        internal bool HasListeners => _handlers != null;

        public PinMode GetPinMode()
        {
            lock (_gate)
            {
                ThrowIfDisposed();
                return _mode;
            }
        }

        public bool IsPinModeSupported(PinMode pinMode)
        {
            lock (_gate)
            {
                ThrowIfDisposed();
                return IsSupported(_board, PinNumber, pinMode);
            }
        }

        public void SetPinMode(PinMode value)
        {
            lock (_gate)
            {
                ThrowIfDisposed();
                Configure(value);
            }
        }

        public PinValue Read()
        {
            _board.ThrowIfOff();
            ThrowIfDisposed();
            return _board.ReadPin(PinNumber);
        }

        public void Write(PinValue value)
        {
            _board.ThrowIfOff();
            lock (_gate)
            {
                ThrowIfDisposed();
                if (_mode < PinMode.Output)
                {
                    throw new ArgumentException("Pin " + PinNumber + " is an input.");
                }

                _board.WritePin(PinNumber, value == PinValue.High);
            }

            _board.Packages.Gpio.Post(PinNumber, value == PinValue.High); // a write raises the event of an output, too
        }

        public void Toggle()
        {
            _board.ThrowIfOff();
            bool high;
            lock (_gate)
            {
                ThrowIfDisposed();
                if (_mode < PinMode.Output)
                {
                    return; // silently, on a board as well
                }

                high = !_board.ReadPin(PinNumber);
                _board.WritePin(PinNumber, high);
            }

            _board.Packages.Gpio.Post(PinNumber, high);
        }

        public void Dispose()
        {
            lock (_gate)
            {
                if (_disposed)
                {
                    return;
                }

                _disposed = true;
                _board.Packages.Gpio.Remove(PinNumber);
                _board.SetPinMode(PinNumber, PinMode.Input); // saves power
                _board.Packages.Pins.Release(PinNumber);
            }
        }

        internal static bool IsSupported(PcBoard board, int pin, PinMode mode) => mode switch
        {
            PinMode.Input or PinMode.InputPullDown or PinMode.InputPullUp => board.Packages.Traits.HasPin(pin),
            PinMode.Output or PinMode.OutputOpenDrain or PinMode.OutputOpenDrainPullUp => board.Packages.Traits.CanDrive(pin),
            _ => false,
        };

        internal void Raise(PinEventTypes change)
        {
            PinValueChangedEventHandler? handlers;
            lock (_gate)
            {
                handlers = _disposed ? null : _handlers;
            }

            handlers?.Invoke(this, new PinValueChangedEventArgs(change, PinNumber));
        }

        private void Configure(PinMode mode)
        {
            _board.ThrowIfOff();
            if (!IsSupported(_board, PinNumber, mode))
            {
                throw new ArgumentException("Pin " + PinNumber + " cannot be " + mode + ".");
            }

            _board.SetPinMode(PinNumber, mode);
            if (mode >= PinMode.Output)
            {
                _board.WritePin(PinNumber, false); // an output starts low: a chip select is active until it is written high
            }

            _mode = mode;
        }

        private void ThrowIfDisposed() => ObjectDisposedException.ThrowIf(_disposed, this);
    }
}
