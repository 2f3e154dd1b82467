using Sensors.Drivers;

namespace Sensors.Node
{
    /// <summary>The bytes of the journal's files, as <c>docs/journal.md</c> specifies them: names, frames, and numbers in them.</summary>
    internal static class JournalForm
    {
        /// <summary>The most bytes of a file: one block of the flash.</summary>
        public const int MostBytes = Volume.BlockBytes;

        /// <summary>The version of a section's head.</summary>
        public const int Version = 1;

        /// <summary>The version of every record.</summary>
        public const int RecordVersion = 1;

        /// <summary>Bytes of a frame's head: length, slot, type.</summary>
        public const int FrameHead = 2;

        /// <summary>Bytes of a check.</summary>
        public const int Check = 4;

        /// <summary>The most bytes of a record.</summary>
        public const int MostRecord = ReadingRecord.MaxLength > GapRecord.MaxLength ? ReadingRecord.MaxLength : GapRecord.MaxLength;

        /// <summary>A section's head: whose and of which epoch the frames behind it are.</summary>
        public const int TypeHead = 1;

        /// <summary>A record as it is; of a reading, those behind it may refer to it.</summary>
        public const int TypePlain = 2;

        /// <summary>A reading less the plain one of its slot, of the same length.</summary>
        public const int TypePacked = 3;

        /// <summary>A reading less the plain one of its slot, of another length.</summary>
        public const int TypePackedOther = 4;

        /// <summary>The end of a section that was merged of others.</summary>
        public const int TypeSeal = 5;

        /// <summary>How many plain readings a section's packed ones can refer to at a time.</summary>
        public const int Slots = 7;

        /// <summary>The slot of a frame that nothing refers to.</summary>
        public const int NoSlot = 7;

        /// <summary>Bytes of a seal's body: generation, high, thinned, check.</summary>
        public const int SealBody = 1 + 7 + 4 + Check;

        /// <summary>The most bytes of a section's head, its frame's included.</summary>
        public const int MostHead = FrameHead + 1 + 1 + 7 + 7 + 7 + 7 + 6 + 1 + Identifier.MaxLength + Check;

        /// <summary>In a head's flags: the section before was of another epoch, which is told.</summary>
        public const int FlagOtherEpoch = 4;

        /// <summary>In a head's flags: what was durable before is told.</summary>
        public const int FlagHigh = 8;

        /// <summary>In a seal's generation: the file ends here, so that it is whole.</summary>
        public const int FlagEnd = 0x80;

        /// <summary>The highest generation that is told apart.</summary>
        public const int MostGeneration = 100;

        private const int LengthBits = 10;
        private const int SlotBits = 3;
        private const string Hex = "0123456789abcdef";

        /// <summary>Writes a frame's head.</summary>
        [HotPath]
        public static void PutFrame(byte[] bytes, int at, int type, int slot, int length)
        {
            int head = length | (slot << LengthBits) | (type << (LengthBits + SlotBits));
            bytes[at] = (byte)head;
            bytes[at + 1] = (byte)(head >> 8);
        }

        /// <summary>Reads a frame's type.</summary>
        [HotPath]
        public static int TypeAt(byte[] bytes, int at)
        {
            return bytes[at + 1] >> 5;
        }

        /// <summary>Reads a frame's slot.</summary>
        [HotPath]
        public static int SlotAt(byte[] bytes, int at)
        {
            return (bytes[at + 1] >> 2) & 7;
        }

        /// <summary>Reads the length of a frame's body.</summary>
        [HotPath]
        public static int LengthAt(byte[] bytes, int at)
        {
            return bytes[at] | ((bytes[at + 1] & 3) << 8);
        }

        /// <summary>Reads a record's number: of a gap record where its first range begins.</summary>
        [HotPath]
        public static long NumberOf(byte[] record, int at)
        {
            return LittleEndian.Get(record, at + 3 + record[at + 2], 6);
        }

        /// <summary>Makes a file's name: j, order, dash and last order where it was merged, dot, epoch; all hexadecimal.</summary>
        public static string Name(int low, int high, long epoch)
        {
            string name = "j" + ToHex(low);
            if (high != low) { name += "-" + ToHex(high); }
            return name + "." + ToHex(epoch);
        }

        /// <summary>Reads one hexadecimal number of a name.</summary>
        /// <param name="name">The name.</param>
        /// <param name="at">Where it begins; moved behind it.</param>
        /// <returns>The number; -1 when there is none.</returns>
        public static long FromHex(string name, ref int at)
        {
            long value = -1;
            while (at < name.Length && value < 1L << 52)
            {
                int digit = Hex.IndexOf(name[at]);
                if (digit < 0) { break; }
                value = value < 0 ? digit : (value << 4) | (long)digit;
                at++;
            }

            return value;
        }

        private static string ToHex(long value)
        {
            string text = "";
            do
            {
                text = Hex[(int)(value & 15)] + text;
                value >>= 4;
            }
            while (value != 0);
            return text;
        }
    }
}
