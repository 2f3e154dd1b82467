using Sensors.Drivers;

namespace Sensors.Node
{
    /// <summary>The ADXL357 at ±40 g; over SPI at 4,000 Hz, which has 1 kHz of bandwidth, over I2C at 500 Hz.</summary>
    /// <remarks>
    /// 7.1 mm/s at 1 kHz is 4.5 g RMS, so ±20 g holds hardly more than a crest factor of 4. The larger range costs 1 % more noise, by its
    /// 1.25 mg digits under 2.4 mg of noise, and clips no shock below ±40 g.
    /// </remarks>
    public sealed class Adxl357Source : AccelerometerSource
    {
        private readonly Adxl357 _driver;
        private readonly Adxl35xRate _rate;

        /// <summary>Makes the source on an open bus.</summary>
        /// <param name="bus">Where the chip is.</param>
        /// <param name="clock">Times the chip's waits and the rate.</param>
        /// <param name="rate">Output data rate: what the bus can carry.</param>
        public Adxl357Source(RegisterBus bus, BusClock clock, Adxl35xRate rate)
            : this(bus, new Adxl357(bus, clock), rate)
        {
        }

        private Adxl357Source(RegisterBus bus, Adxl357 driver, Adxl35xRate rate)
            : base("ADXL357", bus, driver)
        {
            _driver = driver;
            _rate = rate;
        }

        /// <inheritdoc/>
        public override void Start()
        {
            _driver.Start(Adxl357Range.G40, _rate);
        }
    }
}
