using System;
using System.Device.Gpio;

namespace Sensors.VirtualBoard
{
    /// <summary>The GPIO pins of a virtual board: what the firmware drives, and what is wired to them from outside.</summary>
    public sealed class BoardPins
    {
        /// <summary>Pins are numbered from 0 to one less than this.</summary>
        public const int Count = 64;

        private static readonly Func<bool> High = () => true;
        private static readonly Func<bool> Low = () => false;

        private readonly PinMode[] _modes = new PinMode[Count];
        private readonly bool[] _driven = new bool[Count];
        private readonly int[] _functions = new int[Count];
        private readonly Func<bool>?[] _wires = new Func<bool>?[Count];
        private readonly Action _changed;

        internal BoardPins(Action changed)
        {
            _changed = changed;
            Reset();
        }

        /// <summary>Happens when the firmware drives a pin: number and level. Runs in the firmware's thread.</summary>
        public event Action<int, bool>? Driven;

        /// <summary>Wires something to a pin, such as a button or a chip's interrupt line.</summary>
        /// <param name="pin">GPIO number, 0 to 63.</param>
        /// <param name="level">
        /// Tells the level, true for high; asked at every read of the pin as an input, and, while the firmware listens to the
        /// pin, every millisecond of the board's time and after every bus transaction.
        /// </param>
        public void Wire(int pin, Func<bool> level)
        {
            _wires[Checked(pin)] = level;
            _changed();
        }

        /// <summary>Puts a level on a pin from outside, as a button does; a firmware that listens hears of it at once.</summary>
        /// <param name="pin">GPIO number, 0 to 63.</param>
        /// <param name="high">The level.</param>
        public void Wire(int pin, bool high) => Wire(pin, high ? High : Low);

        /// <summary>Gets how the firmware set a pin.</summary>
        /// <param name="pin">GPIO number, 0 to 63.</param>
        /// <returns>Direction and pull.</returns>
        public PinMode Mode(int pin) => _modes[Checked(pin)];

        /// <summary>Gets the peripheral function the firmware gave a pin.</summary>
        /// <param name="pin">GPIO number, 0 to 63.</param>
        /// <returns>Value of the package's <c>DeviceFunction</c>; 0 for none.</returns>
        public int Function(int pin) => _functions[Checked(pin)];

        internal void Reset()
        {
            Array.Fill(_modes, PinMode.Input);
            Array.Clear(_driven);
            Array.Clear(_functions);
        }

        internal void SetMode(int pin, PinMode mode) => _modes[Checked(pin)] = mode;

        internal void SetFunction(int pin, int function) => _functions[Checked(pin)] = function;

        internal void Write(int pin, bool high)
        {
            _driven[Checked(pin)] = high;
            Driven?.Invoke(pin, high);
        }

        internal bool Read(int pin)
        {
            PinMode mode = _modes[Checked(pin)];
            if (mode is PinMode.Output)
            {
                return _driven[pin];
            }

            // An open drain pulls low when driven low and otherwise shows what is outside.
            if (mode is PinMode.OutputOpenDrain or PinMode.OutputOpenDrainPullUp && !_driven[pin])
            {
                return false;
            }

            return _wires[pin]?.Invoke() ?? mode is PinMode.InputPullUp or PinMode.OutputOpenDrainPullUp;
        }

        private static int Checked(int pin)
        {
            if (pin is < 0 or >= Count)
            {
                throw new ArgumentOutOfRangeException(nameof(pin), pin, "A GPIO number is 0 to 63.");
            }

            return pin;
        }
    }
}
