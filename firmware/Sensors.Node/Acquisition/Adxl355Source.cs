using Sensors.Drivers;

namespace Sensors.Node
{
    /// <summary>The ADXL355 at ±8 g, its largest range; over SPI at 4,000 Hz, which has 1 kHz of bandwidth, over I2C at 500 Hz.</summary>
    /// <remarks>Quiet enough for the slowest machines. Fast ones, whose peaks pass ±8 g at high frequencies, need the ADXL357.</remarks>
    public sealed class Adxl355Source : AccelerometerSource
    {
        private readonly Adxl355 _driver;
        private readonly Adxl35xRate _rate;

        /// <summary>Makes the source on an open bus.</summary>
        /// <param name="bus">Where the chip is.</param>
        /// <param name="clock">Times the chip's waits and the rate.</param>
        /// <param name="rate">Output data rate: what the bus can carry.</param>
        public Adxl355Source(RegisterBus bus, BusClock clock, Adxl35xRate rate)
            : this(bus, new Adxl355(bus, clock), rate)
        {
        }

        private Adxl355Source(RegisterBus bus, Adxl355 driver, Adxl35xRate rate)
            : base("ADXL355", bus, driver)
        {
            _driver = driver;
            _rate = rate;
        }

        /// <inheritdoc/>
        public override void Start()
        {
            _driver.Start(Adxl355Range.G8, _rate);
        }
    }
}
