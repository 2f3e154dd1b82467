namespace Sensors.Bindings
{
    /// <summary>The eight-bit checksums of two-wire chips, most significant bit first.</summary>
    public static class Crc8
    {
        /// <summary>Sensirion: x^8 + x^5 + x^4 + 1, beginning with <see cref="SensirionSeed"/>. The data sheet's check: BEh EFh gives 92h.</summary>
        public const byte SensirionPolynomial = 0x31;

        /// <summary>What Sensirion's checksum begins with.</summary>
        public const byte SensirionSeed = 0xFF;

        /// <summary>SMBus packet error code: x^8 + x^2 + x + 1, beginning with 0, over addresses and data.</summary>
        public const byte SmBusPolynomial = 0x07;

        /// <summary>Takes one byte into a checksum.</summary>
        /// <param name="crc">The checksum so far.</param>
        /// <param name="value">The byte.</param>
        /// <param name="polynomial">Without its highest term.</param>
        /// <returns>The checksum with it.</returns>
        public static byte Add(byte crc, byte value, byte polynomial)
        {
            int sum = crc ^ value;
            for (int bit = 0; bit < 8; bit++)
            {
                sum = (sum & 0x80) != 0 ? (sum << 1) ^ polynomial : sum << 1;
            }

            return (byte)sum;
        }
    }
}
