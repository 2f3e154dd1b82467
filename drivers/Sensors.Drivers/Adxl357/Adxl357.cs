// Data sheet: Analog Devices ADXL356/ADXL357, Rev. A, front page and specifications. What it shares with the ADXL355 is in Common/Adxl35x.cs.
namespace Sensors.Drivers
{
    /// <summary>ADXL357 three-axis accelerometer, ±10 to ±40 g (75 µg/√Hz), read through its FIFO over SPI or I2C.</summary>
    /// <remarks>No register tells it from an ADXL355, whose digits weigh a fifth: what is wired must be said.</remarks>
    public sealed class Adxl357 : Adxl35x
    {
        /// <summary>Digits of the thermometer at 25 °C ("Temperature Sensor", typical).</summary>
        /// <remarks>
        /// Drivers disagree: 1852 or 1885, 3.6 °C apart. The ADXL359's data sheet has both: 1852 in its table of specifications, 1885 in the
        /// description of TEMP2, which is the ADXL355's word for word. The table is believed, for the element of ±10 g and more is the same;
        /// not yet checked on a chip.
        /// </remarks>
        public const int TemperatureIntercept = 1852;

        private const int LsbPerGAt10G = 51200; // "Sensitivity", typical, ±8 % from part to part

        /// <summary>Makes the driver. Touches no hardware until <see cref="Start"/>.</summary>
        /// <param name="bus">The chip's bus; with SPI opened with <see cref="Adxl35x.Spi"/>.</param>
        /// <param name="clock">Time, for the waits the data sheet demands.</param>
        public Adxl357(RegisterBus bus, BusClock clock)
            : base(bus, clock, "ADXL357", LsbPerGAt10G, TemperatureIntercept)
        {
        }

        /// <summary>Checks the identity, resets the chip, writes and verifies every setting, and samples into an empty FIFO.</summary>
        /// <remarks>Takes about 25 ms, at rates below 500 Hz five sample periods and 15 ms: until the output has settled.</remarks>
        /// <param name="range">Full scale.</param>
        /// <param name="rate">Output data rate; see there what a bus can carry.</param>
        /// <exception cref="SensorException">Neither ADXL357 nor ADXL355, or a register did not keep its value.</exception>
        /// <exception cref="BusException">The chip did not answer.</exception>
        public void Start(Adxl357Range range, Adxl35xRate rate)
        {
            StartAt((int)range, rate);
        }
    }

    /// <summary>Full scale. Each value is the RANGE field of Range (2Ch).</summary>
    public enum Adxl357Range
    {
        /// <summary>±10 g; 51200 digits of 20 bits to the g.</summary>
        G10 = 0x01,

        /// <summary>±20 g; 25600 digits of 20 bits to the g.</summary>
        G20 = 0x02,

        /// <summary>±40 g; 12800 digits of 20 bits to the g.</summary>
        G40 = 0x03,
    }
}
