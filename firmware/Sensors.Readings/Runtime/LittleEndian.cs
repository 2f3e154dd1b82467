using Sensors.Drivers;

namespace Sensors.Node
{
    /// <summary>Numbers in bytes, low byte first: in files and records, and in captures.</summary>
    /// <remarks>A float is written as <see cref="FloatBits.Of"/> gives it.</remarks>
    public static class LittleEndian
    {
        /// <summary>Writes the low bytes of a number.</summary>
        /// <param name="bytes">Receives them.</param>
        /// <param name="at">Index of the first.</param>
        /// <param name="value">The number, with or without a sign.</param>
        /// <param name="count">How many bytes, 0 to 8.</param>
        /// <returns>The index behind them.</returns>
        [HotPath]
        public static int Put(byte[] bytes, int at, long value, int count)
        {
            for (int end = at + count; at < end; at++)
            {
                bytes[at] = (byte)value;
                value >>= 8;
            }

            return at;
        }

        /// <summary>Reads a number.</summary>
        /// <param name="bytes">Holds it.</param>
        /// <param name="at">Index of its first byte.</param>
        /// <param name="count">How many bytes, 0 to 8.</param>
        /// <returns>The number: without a sign below 8 bytes, with one of 8.</returns>
        [HotPath]
        public static long Get(byte[] bytes, int at, int count)
        {
            long value = 0;
            for (int i = at + count - 1; i >= at; i--) { value = (value << 8) | bytes[i]; }
            return value;
        }
    }
}
