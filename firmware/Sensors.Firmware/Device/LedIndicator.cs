using System.Device.Gpio;
using Sensors.Drivers;
using Sensors.Node;

namespace Sensors.Firmware
{
    /// <summary>The board's light on its pin.</summary>
    public sealed class LedIndicator : Indicator
    {
        private readonly GpioPin _pin;
        private bool _on;

        /// <summary>Takes the pin; the light is dark.</summary>
        /// <param name="pin">GPIO number.</param>
        /// <param name="activeHigh">Whether it shines when the pin is high.</param>
        public LedIndicator(int pin, bool activeHigh)
        {
            _pin = new GpioController().OpenPin(pin, PinMode.Output);
            _pin.Write(activeHigh ? PinValue.Low : PinValue.High);
        }

        /// <inheritdoc/>
        [HotPath]
        public override void Set(bool on)
        {
            if (on != _on)
            {
                _on = on;
                _pin.Toggle(); // a level would be an object of its own on the device
            }
        }
    }
}
