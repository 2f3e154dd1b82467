namespace Sensors.Pairing
{
    /// <summary>Bytes as hexadecimal digits: lower case when written, either case when read.</summary>
    public static class HexText
    {
        /// <summary>Writes bytes.</summary>
        /// <param name="bytes">The bytes.</param>
        /// <returns>Two digits each.</returns>
        public static string Of(byte[] bytes)
        {
            char[] digits = new char[2 * bytes.Length];
            for (int i = 0; i < bytes.Length; i++)
            {
                digits[2 * i] = Digit(bytes[i] >> 4);
                digits[(2 * i) + 1] = Digit(bytes[i] & 15);
            }

            return new string(digits);
        }

        /// <summary>Reads bytes.</summary>
        /// <param name="text">The digits; null is none.</param>
        /// <param name="count">How many bytes there must be.</param>
        /// <returns>The bytes; null when the text is not that.</returns>
        public static byte[] Read(string text, int count)
        {
            if (text == null || text.Length != 2 * count)
            {
                return null;
            }

            char[] digits = text.ToCharArray();
            byte[] bytes = new byte[count];
            for (int i = 0; i < count; i++)
            {
                int high = ValueOf(digits[2 * i]);
                int low = ValueOf(digits[(2 * i) + 1]);
                if (high < 0 || low < 0)
                {
                    return null;
                }

                bytes[i] = (byte)((high << 4) | low);
            }

            return bytes;
        }

        private static char Digit(int value)
        {
            return (char)(value < 10 ? '0' + value : 'a' + value - 10);
        }

        private static int ValueOf(char digit)
        {
            if (digit >= '0' && digit <= '9')
            {
                return digit - '0';
            }

            int letter = digit | 0x20;
            return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
        }
    }
}
