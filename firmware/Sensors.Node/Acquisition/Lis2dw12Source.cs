using Sensors.Drivers;

namespace Sensors.Node
{
    /// <summary>The LIS2DW12 at ±16 g: 1,600 Hz, or 800 Hz over I2C at 100 kHz; the chip lets 400 Hz through either way.</summary>
    /// <remarks>
    /// A sample is 54 bits on I2C: 86 kbit/s at 1,600 Hz. The higher rate is no wider, but what the low-pass leaves of vibration above its corner
    /// then folds back from 800 Hz on instead of 400 Hz.
    /// </remarks>
    public sealed class Lis2dw12Source : AccelerometerSource
    {
        private const int SlowLeadIn = 100; // microseconds: I2C at 400 kHz spends 72 before the first data byte, at 100 kHz 290

        private readonly Lis2dw12 _driver;

        /// <summary>Makes the source on an open bus.</summary>
        /// <param name="bus">Where the chip is.</param>
        /// <param name="clock">Times the chip's reading rules and the rate.</param>
        public Lis2dw12Source(RegisterBus bus, BusClock clock)
            : this(bus, new Lis2dw12(bus, clock))
        {
        }

        private Lis2dw12Source(RegisterBus bus, Lis2dw12 driver)
            : base("LIS2DW12", bus, driver)
        {
            _driver = driver;
        }

        /// <inheritdoc/>
        public override void Start()
        {
            Lis2dw12Rate rate = Bus.LeadInMicroseconds > SlowLeadIn ? Lis2dw12Rate.Hz800 : Lis2dw12Rate.Hz1600;
            _driver.Start(Lis2dw12Range.G16, rate, Lis2dw12Filter.Half);
        }
    }
}
