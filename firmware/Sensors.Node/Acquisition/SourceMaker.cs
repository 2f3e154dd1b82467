using Sensors.Drivers;

namespace Sensors.Node
{
    /// <summary>Makes the source that serves a chip, set as well as its wire allows.</summary>
    public static class SourceMaker
    {
        private const int FastI2cHertz = 400000;

        /// <summary>Makes a source on an open bus; nothing is said to the chip yet.</summary>
        /// <param name="chip">The chip, not a binding.</param>
        /// <param name="bus">Where it is.</param>
        /// <param name="clock">The node's time.</param>
        /// <param name="options">What cannot be read from the chip.</param>
        /// <param name="i2cHertz">The bus's clock; 0 on SPI.</param>
        /// <returns>The source.</returns>
        public static SensorSource Make(KnownChip chip, RegisterBus bus, Clock clock, SensorOptions options, int i2cHertz)
        {
            bool spi = i2cHertz == 0;
            bool fast = i2cHertz >= FastI2cHertz;
            switch (chip.Name)
            {
                case "ADXL345":
                    return new Adxl345Source(bus, clock, spi ? Adxl345Rate.Hz3200 : fast ? Adxl345Rate.Hz800 : Adxl345Rate.Hz200);
                case "IIS3DWB":
                    return new Iis3dwbSource(bus, clock, options.Every == 1 ? Iis3dwbMode.Continuous : (Iis3dwbMode)options.Every);
                case "ADXL355":
                    return new Adxl355Source(bus, clock, RateOfAdxl35x(spi, fast));
                case "ADXL357":
                    return new Adxl357Source(bus, clock, RateOfAdxl35x(spi, fast));
                case "LIS3DH":
                    return new Lis3dhSource(bus, clock);
                case "MPU6050":
                    return new Mpu6050Source(bus, clock);
                case "LIS2DW12":
                    return new Lis2dw12Source(bus, clock);
                case "MAX31865":
                    return new Max31865Source(
                        bus, clock, options.Rtd, options.Wires, options.ReferenceMilliOhms(), options.Mains60 ? Max31865Filter.Hz60 : Max31865Filter.Hz50);
                case "MAX31856":
                    return new Max31856Source(
                        bus, clock, (Max31856Type)"BEJKNRST".IndexOf(options.Thermocouple), options.Mains60 ? Max31856Filter.Hz60 : Max31856Filter.Hz50);
                case "MAX31855":
                    return new Max31855Source(bus, clock, (Max31855Type)"KJNTSRE".IndexOf(options.Thermocouple));
                case "INA228":
                    return new Ina228Source(bus, options.ShuntMicroOhms);
                case "INA219":
                    return new Ina219Source(bus, options.ShuntMicroOhms);
                case "ADS1115":
                    return new Ads1115Source(bus, clock, options.MakeClamp(), options.SupplyMillivolts);
                case "TMP117":
                    return new Tmp117Source(bus, clock);
                case "INA226":
                    return new Ina226Source(bus, options.ShuntMicroOhms);
                default:
                    return null;
            }
        }

        // What 4 kHz would take on I2C is more than its clock gives.
        private static Adxl35xRate RateOfAdxl35x(bool spi, bool fast)
        {
            return spi ? Adxl35xRate.Hz4000 : fast ? Adxl35xRate.Hz1000 : Adxl35xRate.Hz250;
        }
    }
}
