using Sensors.Drivers;

namespace Sensors.Node
{
    /// <summary>An accelerometer of the MPU6050 family at ±16 g and 1,000 Hz, its low-pass as wide as it goes: 260 Hz in an MPU6050.</summary>
    /// <remarks>A sample is 54 bits on I2C: 54 kbit/s, which a bus at 100 kHz carries as well.</remarks>
    public sealed class Mpu6050Source : AccelerometerSource
    {
        private readonly Mpu6050 _driver;

        /// <summary>Makes the source on an open bus.</summary>
        /// <param name="bus">Where the chip is.</param>
        /// <param name="clock">Times the chip's reading rules and the rate.</param>
        public Mpu6050Source(RegisterBus bus, BusClock clock)
            : this(bus, new Mpu6050(bus, clock))
        {
        }

        private Mpu6050Source(RegisterBus bus, Mpu6050 driver)
            : base("MPU6050", bus, driver)
        {
            _driver = driver;
        }

        /// <inheritdoc/>
        public override void Start()
        {
            _driver.Start(Mpu6050Range.G16, Mpu6050Rate.Hz1000, Mpu6050Filter.Widest);
        }
    }
}
