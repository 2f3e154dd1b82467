using System.Device.Gpio;

namespace Sensors.Firmware
{
    /// <summary>The board's button, pressed while its pin is low: held for long, it calls for the portal.</summary>
    /// <remarks>Looked at from the loop, a few times a second; what happens in between does not count.</remarks>
    public sealed class BoardButton
    {
        /// <summary>How long it must be held, in milliseconds: nobody does that by accident.</summary>
        public const int HoldMilliseconds = 5000;

        private const int LookMilliseconds = 100;

        private readonly GpioPin _pin;
        private long _next;
        private long _since = -1; // when it was first seen pressed; -1 while it is not

        /// <summary>Takes the pin.</summary>
        /// <param name="pin">GPIO number.</param>
        public BoardButton(int pin)
        {
            _pin = new GpioController().OpenPin(pin, PinMode.InputPullUp);
        }

        /// <summary>Looks at it.</summary>
        /// <param name="now">Milliseconds since start.</param>
        /// <returns>True once it has been held long enough.</returns>
        public bool IsHeld(long now)
        {
            if (now >= _next)
            {
                _next = now + LookMilliseconds;
                bool pressed = _pin.Read() == PinValue.Low;
                _since = !pressed ? -1 : _since < 0 ? now : _since;
            }

            return _since >= 0 && now - _since >= HoldMilliseconds;
        }
    }
}
