using System;
using System.Device.I2c;
using nanoFramework.Hardware.Esp32;
using Sensors.Drivers;

namespace Sensors.Samples
{
    /// <summary>INA226 with a shunt of 0.1 Ω (R100) on I2C1: current and voltage. Prints ten lines. Never connect it to the mains.</summary>
    public static class Current
    {
        private const int ShuntMicroOhms = 100000;

        /// <summary>The program.</summary>
        public static void Main()
        {
            Configuration.SetPinFunction(21, DeviceFunction.I2C1_DATA);
            Configuration.SetPinFunction(22, DeviceFunction.I2C1_CLOCK);
            var chip = new Ina226(new I2cRegisterBus(new I2cConnectionSettings(1, Ina226.I2cAddress)));
            chip.Start(ShuntMicroOhms, Ina226.FinestMicroAmperes(ShuntMicroOhms), Ina226Averages.Sixteen,
                Ina226Time.Microseconds1100, Ina226Time.Microseconds1100, Ina226Mode.Continuous);

            for (int line = 0; line < 10; line++)
            {
                int current, bus;
                while (chip.TryRead(out current, out bus) == 0)
                {
                }

                int milliAmperes = (int)(current * chip.AmperesPerDigit * 1000);
                int milliVolts = (int)(bus * Ina226.VoltsPerDigit * 1000);
                Console.WriteLine(milliAmperes.ToString() + " mA, " + milliVolts.ToString() + " mV" + (chip.Clipped ? ", beyond the shunt's range" : ""));
            }

            chip.Stop();
        }
    }
}
