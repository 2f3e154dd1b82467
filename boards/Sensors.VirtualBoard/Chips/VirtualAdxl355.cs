namespace Sensors.VirtualBoard
{
    /// <summary>ADXL355 accelerometer, ±2 to ±8 g, as its bus sees it; see <see cref="VirtualAdxl35x"/>.</summary>
    /// <remarks>256000 digits per g at ±2 g, 22.5 µg/√Hz, 1885 digits at 25 °C.</remarks>
    public sealed class VirtualAdxl355 : VirtualAdxl35x
    {
        private const double LsbPerGAt2G = 256_000;
        private const double DensityMicroG = 22.5;
        private const int DigitsAt25C = 1885;

        /// <summary>Makes a chip that gets its power now.</summary>
        /// <param name="time">The board's time.</param>
        /// <param name="source">What it feels, along its own axes.</param>
        /// <param name="seed">The board's seed; the chip derives its own from it and its name.</param>
        /// <param name="name">Name in fault plans and messages.</param>
        /// <param name="options">How this specimen differs from the typical one; null for the typical one.</param>
        public VirtualAdxl355(VirtualTime time, IVibrationSource source, ulong seed, string name = "vib1", Adxl35xOptions? options = null)
            : base(time, source, seed, name, options ?? new Adxl35xOptions(), LsbPerGAt2G, DensityMicroG, DigitsAt25C)
        {
        }
    }
}
