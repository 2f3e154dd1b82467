using System;
using System.Collections.Generic;

namespace NanoFramework.Pc
{
    /// <summary>Which pin serves which function of a peripheral, as <c>Configuration.SetPinFunction</c> left it.</summary>
    /// <remarks>A function is 0x00DDIIFF: kind of device, 1-based number of the device, pin of the device.</remarks>
    internal sealed class PinMap
    {
        public const int Spi = 1;
        public const int I2c = 2;
        public const int SpiMosi = 0;
        public const int SpiMiso = 1;
        public const int SpiClock = 2;
        public const int I2cData = 0;
        public const int I2cClock = 1;

        private const int Serial = 3;
        private const int Pwm = 4;
        private const int Adc = 5;
        private const int I2s = 6;
        private const int SdMmc = 8;

        private readonly TargetTraits _traits;
        private readonly Dictionary<int, int> _pins = new();

        public PinMap(TargetTraits traits)
        {
            _traits = traits;
            for (int i = 0; i < 3; i++)
            {
                _pins[Function(Spi, 1, i)] = traits.Spi1[i];
            }

            for (int i = 0; i < 2; i++)
            {
                _pins[Function(I2c, 1, i)] = traits.I2c1[i];
                _pins[Function(I2c, 2, i)] = traits.I2c2[i];
            }
        }

        public static int Function(int device, int number, int pin) => (device << 16) | (number << 8) | pin;

        public int Get(int device, int number, int pin) => Get(Function(device, number, pin));

        public int Get(int function)
        {
            lock (_pins)
            {
                return _pins.TryGetValue(function, out int pin) ? pin : -1;
            }
        }

        /// <summary>Assigns a pin. It counts from the next time the peripheral is opened.</summary>
        /// <param name="pin">GPIO number.</param>
        /// <param name="function">Value of the package's <c>DeviceFunction</c>.</param>
        /// <exception cref="ArgumentException">The function does not exist, or the pin cannot drive it.</exception>
        public void Set(int pin, int function)
        {
            int device = (function >> 16) & 0xFF;
            int number = (function >> 8) & 0xFF;
            int index = function & 0xFF;
            bool valid = device switch
            {
                Spi => number <= 2 && index <= SpiClock && (index == SpiMiso || _traits.CanDrive(pin)),
                I2c => number <= 2 && index <= I2cClock && _traits.CanDrive(pin),
                Serial => number <= 4 && index <= 3 && ((index & 1) != 0 || _traits.CanDrive(pin)), // TX and RTS are outputs
                Pwm => number <= 16,
                I2s => number <= 2 && index <= 4,
                SdMmc => number <= 2,
                Adc => false, // channels are wired to their pins
                0 => true, // opening a pin makes it a GPIO
                _ => false,
            };
            if (!valid)
            {
                throw new ArgumentException("Pin " + pin + " cannot serve function 0x" + function.ToString("X6") + ".");
            }

            lock (_pins)
            {
                _pins[function] = pin;
            }
        }
    }
}
