using System;
using System.Device.I2c;
using nanoFramework.Hardware.Esp32;
using Sensors.Drivers;

namespace Sensors.Samples
{
    /// <summary>TMP117 on I2C1: eight conversions averaged, a value each second. Prints ten lines.</summary>
    public static class Temperature
    {
        /// <summary>The program.</summary>
        public static void Main()
        {
            Configuration.SetPinFunction(21, DeviceFunction.I2C1_DATA);
            Configuration.SetPinFunction(22, DeviceFunction.I2C1_CLOCK);
            var clock = new Esp32Clock();
            var chip = new Tmp117(new I2cRegisterBus(new I2cConnectionSettings(1, Tmp117.I2cAddress)), clock);
            chip.Start(Tmp117Cycle.Seconds1, Tmp117Averages.Eight);

            for (int line = 0; line < 10; line++)
            {
                int raw;
                while (chip.TryRead(out raw) == 0)
                {
                    clock.Wait(10000); // no new value yet
                }

                Console.WriteLine(Tmp117.ToMilliCelsius(raw).ToString() + " thousandths of a degree Celsius");
            }

            chip.Stop();
        }
    }
}
