using Sensors.Drivers;

namespace Sensors.Node
{
    /// <summary>The ADXL345 at ±16 g; over SPI at 3,200 Hz, the only rate at which it covers 10 to 1,000 Hz, over I2C at 800 Hz.</summary>
    public sealed class Adxl345Source : AccelerometerSource
    {
        private readonly Adxl345 _driver;
        private readonly Adxl345Rate _rate;

        /// <summary>Makes the source on an open bus.</summary>
        /// <param name="bus">Where the chip is.</param>
        /// <param name="clock">Times the chip's reading rules and the rate.</param>
        /// <param name="rate">Output data rate: what the bus can carry.</param>
        public Adxl345Source(RegisterBus bus, BusClock clock, Adxl345Rate rate)
            : this(bus, new Adxl345(bus, clock), rate)
        {
        }

        private Adxl345Source(RegisterBus bus, Adxl345 driver, Adxl345Rate rate)
            : base("ADXL345", bus, driver)
        {
            _driver = driver;
            _rate = rate;
        }

        /// <inheritdoc/>
        public override void Start()
        {
            _driver.Start(Adxl345Range.G16, _rate);
        }
    }
}
