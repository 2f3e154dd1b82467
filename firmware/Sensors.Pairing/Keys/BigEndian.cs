namespace Sensors.Pairing
{
    /// <summary>32-bit numbers in bytes, high byte first: in frames and derived keys, as their standards have it.</summary>
    public static class BigEndian
    {
        /// <summary>Writes a number.</summary>
        /// <param name="bytes">Receives four bytes.</param>
        /// <param name="at">Index of the first.</param>
        /// <param name="value">The number.</param>
        public static void Put(byte[] bytes, int at, uint value)
        {
            bytes[at] = (byte)(value >> 24);
            bytes[at + 1] = (byte)(value >> 16);
            bytes[at + 2] = (byte)(value >> 8);
            bytes[at + 3] = (byte)value;
        }

        /// <summary>Reads a number.</summary>
        /// <param name="bytes">Holds it.</param>
        /// <param name="at">Index of its first byte.</param>
        /// <returns>The number.</returns>
        public static uint Get(byte[] bytes, int at)
        {
            return ((uint)bytes[at] << 24) | ((uint)bytes[at + 1] << 16) | ((uint)bytes[at + 2] << 8) | bytes[at + 3];
        }
    }
}
