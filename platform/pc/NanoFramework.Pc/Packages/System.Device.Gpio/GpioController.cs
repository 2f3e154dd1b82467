using System.Collections.Generic;
using NanoFramework.Pc;

namespace System.Device.Gpio
{
    public sealed class GpioController : IDisposable
    {
        private readonly PcBoard _board = PcBoard.Current;
        private bool _disposed;

        public GpioController()
        {
        }

        public GpioController(PinNumberingScheme numberingScheme)
        {
            NumberingScheme = numberingScheme;
        }

        public PinNumberingScheme NumberingScheme { get; }

        public int PinCount => _board.Packages.Traits.PinCount;

        // The pins are static on a board: every controller sees those that another one opened.
        private Dictionary<int, GpioPinRegistration> Pins => _board.Packages.Gpio.Registrations;

        public GpioPin OpenPin(int pinNumber)
        {
            GpioPin pin = Take(pinNumber);
            Register(pin);
            return pin;
        }

        public GpioPin OpenPin(int pinNumber, PinMode mode)
        {
            GpioPin pin = Take(pinNumber);
            pin.SetPinMode(mode);
            Register(pin);
            return pin;
        }

        public void ClosePin(int pinNumber)
        {
            lock (Pins)
            {
                Find(pinNumber).Pin.Dispose();
                Pins.Remove(pinNumber);
            }
        }

        public void Dispose()
        {
            if (_disposed)
            {
                return;
            }

            _disposed = true;
            lock (Pins)
            {
                foreach (GpioPinRegistration registration in Pins.Values)
                {
                    registration.Pin.Dispose();
                }

                Pins.Clear();
            }
        }

        public PinMode GetPinMode(int pinNumber) => Find(pinNumber).Pin.GetPinMode();

        public bool IsPinModeSupported(int pinNumber, PinMode mode) => GpioPin.IsSupported(_board, pinNumber, mode);

        public bool IsPinOpen(int pinNumber) => _board.Packages.Pins.IsReserved(pinNumber);

        public PinValue Read(int pinNumber)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return Find(pinNumber).Pin.Read();
        }

        public void RegisterCallbackForPinValueChangedEvent(int pinNumber, PinEventTypes eventTypes, PinChangeEventHandler callback)
        {
            GpioPinRegistration registration = Find(pinNumber);
            registration.Events = eventTypes;
            registration.Callback = callback;
            registration.Pin.ValueChanged += OnValueChanged;
        }

        public void SetPinMode(int pinNumber, PinMode mode)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            Find(pinNumber).Pin.SetPinMode(mode);
        }

        public void UnregisterCallbackForPinValueChangedEvent(int pinNumber, PinChangeEventHandler callback)
        {
            GpioPinRegistration? registration;
            lock (Pins)
            {
                Pins.TryGetValue(pinNumber, out registration);
            }

            if (registration != null)
            {
                registration.Events = PinEventTypes.None;
                registration.Pin.ValueChanged -= OnValueChanged;
            }
        }

        public void Write(int pinNumber, PinValue value)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            Find(pinNumber).Pin.Write(value);
        }

        private GpioPin Take(int pinNumber)
        {
            _board.ThrowIfOff();
            if (!_board.Packages.Pins.TryReserve(pinNumber))
            {
                throw new InvalidOperationException("Pin " + pinNumber + " does not exist or is in use.");
            }

            return new GpioPin(_board, pinNumber);
        }

        private void Register(GpioPin pin)
        {
            _board.Packages.Gpio.Add(pin);
            lock (Pins)
            {
                Pins[pin.PinNumber] = new GpioPinRegistration(pin);
            }
        }

        private GpioPinRegistration Find(int pinNumber)
        {
            lock (Pins)
            {
                return Pins.TryGetValue(pinNumber, out GpioPinRegistration? found)
                    ? found
                    : throw new InvalidOperationException("Pin " + pinNumber + " is not open.");
            }
        }

        private void OnValueChanged(object sender, PinValueChangedEventArgs e)
        {
            GpioPinRegistration? registration;
            lock (Pins)
            {
                Pins.TryGetValue(e.PinNumber, out registration);
            }

            if (registration?.Callback != null && (registration.Events & e.ChangeType) != 0)
            {
                registration.Callback(this, new PinValueChangedEventArgs(e.ChangeType, e.PinNumber));
            }
        }
    }
}
