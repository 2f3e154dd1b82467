namespace Sensors.VirtualBoard
{
    /// <summary>How one specimen of a LIS2DW12 differs from the typical one.</summary>
    public sealed class Lis2dw12Options : AccelerometerOptions
    {
        /// <summary>Gets the temperature of the part in degrees Celsius.</summary>
        public double Celsius { get; init; } = 25;

        /// <summary>Gets how far the self-test moves each axis, in milli-g; the data sheet allows 70 to 1500.</summary>
        public double SelfTestMilliG { get; init; } = 400;

        /// <summary>Gets whether the board is wired for 3-wire SPI, which CTRL2 must then say.</summary>
        public bool ThreeWire { get; init; }
    }
}
