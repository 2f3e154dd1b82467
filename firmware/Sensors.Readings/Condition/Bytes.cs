namespace Sensors.Node
{
    /// <summary>Numbers in a file, little-endian.</summary>
    internal static class Bytes
    {
        public static int Put16(byte[] buffer, int at, ushort value)
        {
            buffer[at] = (byte)value;
            buffer[at + 1] = (byte)(value >> 8);
            return at + 2;
        }

        public static int Put32(byte[] buffer, int at, uint value)
        {
            return Put16(buffer, Put16(buffer, at, (ushort)value), (ushort)(value >> 16));
        }

        public static int PutFloat(byte[] buffer, int at, float value)
        {
            return Put32(buffer, at, (uint)FloatBits.Of(value));
        }

        public static ushort Get16(byte[] buffer, int at)
        {
            return (ushort)(buffer[at] | (buffer[at + 1] << 8));
        }

        public static uint Get32(byte[] buffer, int at)
        {
            return Get16(buffer, at) | ((uint)Get16(buffer, at + 2) << 16);
        }
    }
}
