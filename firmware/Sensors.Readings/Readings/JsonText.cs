using System;
using System.Text;

namespace Sensors.Node
{
    /// <summary>Makes JSON strings ready to be copied into messages: UTF-8, escaped, in quotes.</summary>
    /// <remarks>
    /// Encoding a string allocates, and reading its characters one by one is dear on the device, whose strings are UTF-8. So names
    /// and texts are prepared once, when a point or an encoder is made, and a message only copies bytes.
    /// </remarks>
    public static class JsonText
    {
        private const byte Quote = (byte)'"', Backslash = (byte)'\\', Space = 0x20;

        /// <summary>Prepares a text.</summary>
        /// <param name="text">Any text; null is taken as empty.</param>
        /// <returns>The JSON string in quotes, escaped as RFC 8259, 7 demands and no further: <c>"</c>, <c>\</c> and U+0000 to U+001F.</returns>
        public static byte[] Of(string text)
        {
            return Escape(text, false);
        }

        /// <summary>Prepares a member's name.</summary>
        /// <param name="text">The name; null is taken as empty.</param>
        /// <returns>The JSON string in quotes, with a colon behind it.</returns>
        public static byte[] NameOf(string text)
        {
            return Escape(text, true);
        }

        private static byte[] Escape(string text, bool colon)
        {
            byte[] raw = text == null || text.Length == 0 ? new byte[0] : Encoding.UTF8.GetBytes(text);
            int length = colon ? 3 : 2;
            for (int i = 0; i < raw.Length; i++) { length += EscapedLength(raw[i]); }

            byte[] json = new byte[length];
            int at = 0;
            json[at++] = Quote;
            for (int i = 0; i < raw.Length; i++) { at = Append(raw[i], json, at); }
            json[at++] = Quote;
            if (colon) { json[at] = (byte)':'; }
            return json;
        }

        private static int EscapedLength(byte value)
        {
            if (value == Quote || value == Backslash) { return 2; }
            if (value >= Space) { return 1; }
            return ShortEscape(value) != 0 ? 2 : 6;
        }

        private static int Append(byte value, byte[] json, int at)
        {
            if (value >= Space && value != Quote && value != Backslash)
            {
                json[at++] = value;
                return at;
            }

            json[at++] = Backslash;
            byte letter = value >= Space ? value : ShortEscape(value);
            if (letter != 0)
            {
                json[at++] = letter;
                return at;
            }

            json[at++] = (byte)'u';
            json[at++] = (byte)'0';
            json[at++] = (byte)'0';
            json[at++] = (byte)('0' + (value >> 4));
            int low = value & 0xF;
            json[at++] = (byte)(low < 10 ? '0' + low : 'a' + low - 10);
            return at;
        }

        // The letter behind the backslash, 0 where there is none.
        private static byte ShortEscape(byte value)
        {
            switch (value)
            {
                case 0x08: return (byte)'b';
                case 0x09: return (byte)'t';
                case 0x0A: return (byte)'n';
                case 0x0C: return (byte)'f';
                case 0x0D: return (byte)'r';
                default: return 0;
            }
        }
    }
}
