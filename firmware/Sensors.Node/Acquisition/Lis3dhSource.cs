using Sensors.Drivers;

namespace Sensors.Node
{
    /// <summary>The LIS3DH at ±8 g in normal mode: 1,344 Hz with a bandwidth of 672 Hz, or 400 Hz with 200 Hz over I2C at 100 kHz.</summary>
    /// <remarks>
    /// Why normal and not high resolution: that lets only a ninth of the rate through, 149 Hz, and its two more bits do not fit the FIFO. Why ±8 g:
    /// in the FIFO a step is 16 mg there, which rounds by 4.6 mg RMS, less than the chip's own noise of about 5.7 mg; at ±16 g a step is
    /// 48 mg. A sample is 54 bits on I2C: 73 kbit/s at 1,344 Hz, too tight for 100 kHz.
    /// </remarks>
    public sealed class Lis3dhSource : AccelerometerSource
    {
        private const int SlowLeadIn = 100; // microseconds: I2C at 400 kHz spends 72 before the first data byte, at 100 kHz 290

        private readonly Lis3dh _driver;

        /// <summary>Makes the source on an open bus.</summary>
        /// <param name="bus">Where the chip is; on I2C opened with <see cref="Lis3dh.I2cBurstFlag"/>.</param>
        /// <param name="clock">Times the chip's reading rules and the rate.</param>
        public Lis3dhSource(RegisterBus bus, BusClock clock)
            : this(bus, new Lis3dh(bus, clock))
        {
        }

        private Lis3dhSource(RegisterBus bus, Lis3dh driver)
            : base("LIS3DH", bus, driver)
        {
            _driver = driver;
        }

        /// <inheritdoc/>
        public override void Start()
        {
            Lis3dhRate rate = Bus.LeadInMicroseconds > SlowLeadIn ? Lis3dhRate.Hz400 : Lis3dhRate.Fastest;
            _driver.Start(Lis3dhRange.G8, rate, Lis3dhMode.Normal);
        }
    }
}
