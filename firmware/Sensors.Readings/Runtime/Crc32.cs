using Sensors.Drivers;

namespace Sensors.Node
{
    /// <summary>CRC-32 as of IEEE 802.3 (polynomial 0x04C11DB7 reflected, check value 0xCBF43926 for "123456789").</summary>
    public static class Crc32
    {
        // A nibble at a time: 64 bytes of table do for what is small and seldom.
        private static readonly uint[] Table =
        {
            0x00000000, 0x1DB71064, 0x3B6E20C8, 0x26D930AC, 0x76DC4190, 0x6B6B51F4, 0x4DB26158, 0x5005713C,
            0xEDB88320, 0xF00F9344, 0xD6D6A3E8, 0xCB61B38C, 0x9B64C2B0, 0x86D3D2D4, 0xA00AE278, 0xBDBDF21C,
        };

        /// <summary>Computes the check of a stretch of bytes.</summary>
        /// <param name="bytes">Holds the bytes.</param>
        /// <param name="start">Index of the first.</param>
        /// <param name="count">How many.</param>
        /// <returns>The CRC.</returns>
        [HotPath]
        public static uint Compute(byte[] bytes, int start, int count)
        {
            return Continue(0, bytes, start, count);
        }

        /// <summary>Continues the check of bytes that come in pieces.</summary>
        /// <param name="crc">The CRC of what came before; 0 of nothing.</param>
        /// <param name="bytes">Holds the next piece.</param>
        /// <param name="start">Index of its first byte.</param>
        /// <param name="count">How many.</param>
        /// <returns>The CRC of all together.</returns>
        [HotPath]
        public static uint Continue(uint crc, byte[] bytes, int start, int count)
        {
            uint[] table = Table;
            crc = ~crc;
            for (int i = start; i < start + count; i++)
            {
                crc ^= bytes[i];
                crc = (crc >> 4) ^ table[crc & 0x0F];
                crc = (crc >> 4) ^ table[crc & 0x0F];
            }

            return ~crc;
        }
    }
}
