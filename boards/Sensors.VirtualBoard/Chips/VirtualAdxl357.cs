namespace Sensors.VirtualBoard
{
    /// <summary>ADXL357 accelerometer, ±10 to ±40 g, as its bus sees it; see <see cref="VirtualAdxl35x"/>.</summary>
    /// <remarks>51200 digits per g at ±10 g, 75 µg/√Hz (Rev. A; Rev. 0 says 80), 1852 digits at 25 °C (its table; its text says 1885).</remarks>
    public sealed class VirtualAdxl357 : VirtualAdxl35x
    {
        private const double LsbPerGAt10G = 51_200;
        private const double DensityMicroG = 75;
        private const int DigitsAt25C = 1852;

        /// <summary>Makes a chip that gets its power now.</summary>
        /// <param name="time">The board's time.</param>
        /// <param name="source">What it feels, along its own axes.</param>
        /// <param name="seed">The board's seed; the chip derives its own from it and its name.</param>
        /// <param name="name">Name in fault plans and messages.</param>
        /// <param name="options">How this specimen differs from the typical one; null for the typical one.</param>
        public VirtualAdxl357(VirtualTime time, IVibrationSource source, ulong seed, string name = "vib1", Adxl35xOptions? options = null)
            : base(time, source, seed, name, options ?? new Adxl35xOptions(), LsbPerGAt10G, DensityMicroG, DigitsAt25C)
        {
        }
    }
}
