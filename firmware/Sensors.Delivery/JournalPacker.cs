using Sensors.Drivers;

namespace Sensors.Node
{
    /// <summary>Stores a reading as its difference from an earlier one of its point, without knowing what the bytes mean.</summary>
    /// <remarks>
    /// Both are taken as long numbers, low byte first, and subtracted digit by digit, digits from -128 to 127: what changes little has small low digits and zeros above
    /// them. A digit is folded (0, -1, 1, -2 ... become 0, 1, 2, 3 ...) and written by a Rice code. Each place has a parameter of its own, which follows
    /// what came there before: a place that is noisy stays noisy. Specified in <c>docs/journal.md</c>.
    /// </remarks>
    internal static class JournalPacker
    {
        private const int Ones = 4; // so many stand for a digit of eight bits, as it is
        private const int MostParameter = 7;

        /// <summary>Packs bytes.</summary>
        /// <param name="source">Holds them.</param>
        /// <param name="at">Index of the first.</param>
        /// <param name="length">How many.</param>
        /// <param name="slots">Holds what they are compared with, and the parameters; those change also when the output does not fit.</param>
        /// <param name="slot">The slot.</param>
        /// <param name="output">Receives the output.</param>
        /// <param name="start">Index of its first byte.</param>
        /// <param name="limit">Where it must end.</param>
        /// <returns>Where the output ends; -1 when it does not fit.</returns>
        [HotPath]
        public static int Pack(byte[] source, int at, int length, JournalSlots slots, int slot, byte[] output, int start, int limit)
        {
            byte[] key = slots.Store;
            byte[] parameters = slots.Parameters;
            int keyAt = slots.At(slot);
            int keyLength = slots.Length(slot);
            int carry = 0;
            int bits = 0;
            int held = 0;
            int to = start;
            for (int i = 0; i < length; i++)
            {
                int old = 0;
                int k = MostParameter;
                if (i < keyLength)
                {
                    old = key[keyAt + i];
                    k = parameters[keyAt + i];
                }

                int digit = (sbyte)(source[at + i] - old - carry);
                carry = (old + digit + carry) >> 8;
                int folded = digit < 0 ? -1 - (digit << 1) : digit << 1;
                int high = folded >> k;
                if (high < Ones)
                {
                    bits |= (((1 << high) - 1) | ((folded & ((1 << k) - 1)) << (high + 1))) << held;
                    held += high + 1 + k;
                }
                else
                {
                    bits |= (((1 << Ones) - 1) | (folded << Ones)) << held;
                    held += Ones + 8;
                }

                if (i < keyLength && folded != 0 | k != 0) { parameters[keyAt + i] = Follow(k, folded); }
                if (to + 3 > limit) { return -1; }
                while (held >= 8)
                {
                    output[to++] = (byte)bits;
                    bits >>= 8;
                    held -= 8;
                }
            }

            if (held > 0) { output[to++] = (byte)bits; }
            return to;
        }

        /// <summary>Unpacks bytes.</summary>
        /// <param name="input">Holds the packed bytes, and what they are compared with.</param>
        /// <param name="start">Index of the first.</param>
        /// <param name="end">Index behind the last.</param>
        /// <param name="keyAt">Where what they are compared with begins.</param>
        /// <param name="slots">Holds the parameters.</param>
        /// <param name="slot">The slot.</param>
        /// <param name="output">Receives the bytes, from index 0.</param>
        /// <param name="length">How many.</param>
        /// <returns>False when the input ends too early, or has bytes left over.</returns>
        [HotPath]
        public static bool Unpack(byte[] input, int start, int end, int keyAt, JournalSlots slots, int slot, byte[] output, int length)
        {
            byte[] parameters = slots.Parameters;
            int parameterAt = slots.At(slot);
            int keyLength = slots.Length(slot);
            int carry = 0;
            int bits = 0;
            int held = 0;
            int from = start;
            for (int i = 0; i < length; i++)
            {
                while (held <= 16 && from < end)
                {
                    bits |= input[from++] << held;
                    held += 8;
                }

                int old = 0;
                int k = MostParameter;
                if (i < keyLength)
                {
                    old = input[keyAt + i];
                    k = parameters[parameterAt + i];
                }

                int high = 0;
                while (high < Ones && (bits & 1) != 0)
                {
                    bits >>= 1;
                    high++;
                }

                int folded;
                if (high < Ones)
                {
                    folded = (high << k) | ((bits >> 1) & ((1 << k) - 1));
                    bits >>= 1 + k;
                    held -= high + 1 + k;
                }
                else
                {
                    folded = bits & 0xFF;
                    bits >>= 8;
                    held -= Ones + 8;
                }

                if (held < 0) { return false; }
                if (i < keyLength && folded != 0 | k != 0) { parameters[parameterAt + i] = Follow(k, folded); }
                int digit = (folded & 1) != 0 ? -1 - (folded >> 1) : folded >> 1;
                int sum = old + digit + carry;
                output[i] = (byte)sum;
                carry = sum >> 8;
            }

            return from == end && held < 8;
        }

        // The next parameter of a place: up at once when the digit was large for it, down by one when it was small.
        [HotPath]
        private static byte Follow(int k, int folded)
        {
            if (folded >> k < 2) { return (byte)(folded < (1 << k) >> 2 ? k - 1 : k); }
            k++;
            while (folded >> (k + 2) != 0) { k++; }
            return (byte)(k < MostParameter ? k : MostParameter);
        }
    }
}
