namespace Sensors.VirtualBoard
{
    /// <summary>How one specimen of an ADXL345 differs from the typical one.</summary>
    public sealed class Adxl345Options : AccelerometerOptions
    {
        /// <summary>Gets the supply, 2.0 to 3.6 V; the self-test force grows with it.</summary>
        public double SupplyVolts { get; init; } = 3.3;

        /// <summary>Gets whether the board is wired for 3-wire SPI (SDIO), which DATA_FORMAT must then say.</summary>
        public bool ThreeWire { get; init; }
    }
}
