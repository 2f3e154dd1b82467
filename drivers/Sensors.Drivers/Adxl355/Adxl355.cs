// Data sheet: Analog Devices ADXL354/ADXL355, Rev. B, specifications. What it shares with the ADXL357 is in Common/Adxl35x.cs.
namespace Sensors.Drivers
{
    /// <summary>ADXL355 three-axis accelerometer, ±2 to ±8 g, low noise (22.5 µg/√Hz), read through its FIFO over SPI or I2C.</summary>
    public sealed class Adxl355 : Adxl35x
    {
        /// <summary>Digits of the thermometer at 25 °C ("Temperature Sensor", typical).</summary>
        public const int TemperatureIntercept = 1885;

        private const int LsbPerGAt2G = 256000; // "Sensitivity", typical; the rounded 3.9 µg per digit is 0.16 % off

        /// <summary>Makes the driver. Touches no hardware until <see cref="Start"/>.</summary>
        /// <param name="bus">The chip's bus; with SPI opened with <see cref="Adxl35x.Spi"/>.</param>
        /// <param name="clock">Time, for the waits the data sheet demands.</param>
        public Adxl355(RegisterBus bus, BusClock clock)
            : base(bus, clock, "ADXL355", LsbPerGAt2G, TemperatureIntercept)
        {
        }

        /// <summary>Checks the identity, resets the chip, writes and verifies every setting, and samples into an empty FIFO.</summary>
        /// <remarks>Takes about 25 ms, at rates below 500 Hz five sample periods and 15 ms: until the output has settled.</remarks>
        /// <param name="range">Full scale.</param>
        /// <param name="rate">Output data rate; see there what a bus can carry.</param>
        /// <exception cref="SensorException">Not an ADXL355, or a register did not keep its value.</exception>
        /// <exception cref="BusException">The chip did not answer.</exception>
        public void Start(Adxl355Range range, Adxl35xRate rate)
        {
            StartAt((int)range, rate);
        }
    }

    /// <summary>Full scale. Each value is the RANGE field of Range (2Ch).</summary>
    public enum Adxl355Range
    {
        /// <summary>±2 g; 256000 digits of 20 bits to the g.</summary>
        G2 = 0x01,

        /// <summary>±4 g; 128000 digits of 20 bits to the g.</summary>
        G4 = 0x02,

        /// <summary>±8 g; 64000 digits of 20 bits to the g.</summary>
        G8 = 0x03,
    }
}
