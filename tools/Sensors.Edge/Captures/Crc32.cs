using System;

namespace Sensors.Edge
{
    /// <summary>CRC-32 of IEEE 802.3.</summary>
    internal static class Crc32
    {
        private const uint Polynomial = 0xEDB88320;
        private static readonly uint[] Table = Make();

        public static uint Of(ReadOnlySpan<byte> bytes)
        {
            uint crc = uint.MaxValue;
            foreach (byte value in bytes)
            {
                crc = (crc >> 8) ^ Table[(byte)crc ^ value];
            }

            return ~crc;
        }

        private static uint[] Make()
        {
            var table = new uint[256];
            for (uint i = 0; i < table.Length; i++)
            {
                uint crc = i;
                for (int bit = 0; bit < 8; bit++)
                {
                    crc = (crc & 1) != 0 ? (crc >> 1) ^ Polynomial : crc >> 1;
                }

                table[i] = crc;
            }

            return table;
        }
    }
}
