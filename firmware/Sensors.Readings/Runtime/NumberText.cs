namespace Sensors.Node
{
    /// <summary>Reads numbers that people wrote: the same on the device and on a PC, and nothing but what is meant.</summary>
    public static class NumberText
    {
        private const int MostDigits = 9;

        /// <summary>Reads a number of 0 or more: digits, with a point and more digits if wanted; nine digits in all.</summary>
        /// <param name="text">The text, without blanks.</param>
        /// <param name="value">The number; 0 when it is none.</param>
        /// <returns>True when the text is one.</returns>
        public static bool TryParse(string text, out double value)
        {
            value = 0;
            char[] letters = text.ToCharArray();
            long whole = 0;
            long scale = 0; // 0 before the point, then the power of ten behind it
            int digits = 0;
            bool digitLast = false;
            for (int i = 0; i < letters.Length; i++)
            {
                char c = letters[i];
                if (c == '.' && scale == 0 && digitLast)
                {
                    scale = 1;
                    digitLast = false;
                    continue;
                }

                if (c < '0' || c > '9' || ++digits > MostDigits)
                {
                    return false;
                }

                whole = (whole * 10) + (c - '0');
                scale *= 10;
                digitLast = true;
            }

            if (!digitLast)
            {
                return false;
            }

            value = scale == 0 ? whole : whole / (double)scale;
            return true;
        }

        /// <summary>Reads a whole number of the settings.</summary>
        /// <param name="key">What it is for.</param>
        /// <param name="value">The text.</param>
        /// <param name="least">The least it may be.</param>
        /// <param name="most">The most it may be.</param>
        /// <param name="number">The number.</param>
        /// <returns>What is wrong; null when nothing is.</returns>
        public static string TakeNumber(string key, string value, int least, int most, out int number)
        {
            bool good = int.TryParse(value, out number) && number >= least && number <= most;
            return good ? null : key + " must be a whole number from " + least.ToString() + " to " + most.ToString();
        }

        /// <summary>Reads a list of numbers that a letter parts.</summary>
        /// <param name="text">The text.</param>
        /// <param name="separator">The letter.</param>
        /// <param name="count">How many there must be; 0 for any.</param>
        /// <returns>The numbers; null when the text is no such list.</returns>
        public static double[] List(string text, char separator, int count)
        {
            string[] parts = text.Split(separator);
            if (count != 0 && parts.Length != count)
            {
                return null;
            }

            double[] values = new double[parts.Length];
            for (int i = 0; i < parts.Length; i++)
            {
                if (!TryParse(parts[i], out values[i]))
                {
                    return null;
                }
            }

            return values;
        }
    }
}
