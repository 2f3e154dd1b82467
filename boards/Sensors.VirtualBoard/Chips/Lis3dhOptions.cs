namespace Sensors.VirtualBoard
{
    /// <summary>How one specimen of a LIS3DH differs from the typical one.</summary>
    public sealed class Lis3dhOptions : AccelerometerOptions
    {
        /// <summary>Gets how far the self-test moves each axis, in milli-g; the data sheet allows 68 to 1440.</summary>
        public double SelfTestMilliG { get; init; } = 400;

        /// <summary>Gets how many of a sample's upper bits the FIFO keeps: 10 as AN3308 has it, or 12.</summary>
        public int FifoBits { get; init; } = 10;

        /// <summary>Gets whether the board is wired for 3-wire SPI, which CTRL_REG4 must then say.</summary>
        public bool ThreeWire { get; init; }
    }
}
