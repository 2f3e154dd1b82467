using System;
using nanoFramework.Hardware.Esp32;
using Sensors.Drivers;

namespace Sensors.Samples
{
    /// <summary>ADXL345 on SPI1: every sample of a second, drained from the FIFO in bursts. Prints ten lines.</summary>
    public static class Vibration
    {
        /// <summary>The program.</summary>
        public static void Main()
        {
            Configuration.SetPinFunction(14, DeviceFunction.SPI1_CLOCK);
            Configuration.SetPinFunction(13, DeviceFunction.SPI1_MOSI);
            Configuration.SetPinFunction(27, DeviceFunction.SPI1_MISO);
            var chip = new Adxl345(new SpiRegisterBus(1, 33, Adxl345.Spi), new Esp32Clock());
            chip.Start(Adxl345Range.G16, Adxl345Rate.Hz3200);

            short[] xyz = new short[3 * Adxl345.FifoDepth];
            for (int line = 0; line < 10; line++)
            {
                int low = short.MaxValue, high = short.MinValue, samples = 0;
                chip.Begin();
                while (samples < 3200)
                {
                    int moved = chip.ReadFifo(xyz, 0, Adxl345.FifoDepth);
                    for (int z = 2; z < 3 * moved; z += 3)
                    {
                        low = xyz[z] < low ? xyz[z] : low;
                        high = xyz[z] > high ? xyz[z] : high;
                    }

                    samples += moved;
                }

                int milliG = (int)((high - low) * chip.GPerDigit * 1000);
                Console.WriteLine("z: " + milliG.ToString() + " mg peak to peak, " + chip.Lost.ToString() + " of " + samples.ToString() + " samples lost");
            }

            chip.Stop();
        }
    }
}
