using System;
using System.Buffers;
using System.Globalization;
using System.Text;

namespace Sensors.Edge
{
    /// <summary>Names of SenML records: letters, digits and <c>- : . / _</c>, a letter or digit first (RFC 8428, 4.5.1).</summary>
    /// <remarks>
    /// A part of a name that holds anything else, or a <c>/</c> of its own, is escaped: <c>_xHH</c> for each byte of its UTF-8, hexadecimal in capitals.
    /// A <c>_</c> that would read as the beginning of an escape is escaped, too, so every text has one name and every name one text.
    /// </remarks>
    public static class SenmlName
    {
        private static readonly SearchValues<char> NameCharacters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-:./_");

        /// <summary>Tells whether a record may have this name, base name and name put together.</summary>
        /// <param name="name">The name.</param>
        /// <returns>Whether it holds only what is allowed.</returns>
        public static bool IsValid(string name) => name.Length > 0 && char.IsAsciiLetterOrDigit(name[0]) && !name.AsSpan().ContainsAnyExcept(NameCharacters);

        /// <summary>Makes one level of a name from a text.</summary>
        /// <param name="text">Any Unicode.</param>
        /// <returns>Letters, digits and <c>- : . _</c>.</returns>
        public static string Escape(string text)
        {
            var name = new StringBuilder(text.Length);
            int at = 0;
            Span<byte> bytes = stackalloc byte[4];
            foreach (Rune rune in text.EnumerateRunes()) // half a surrogate pair comes as U+FFFD
            {
                bool isPlain = rune.IsAscii && rune.Value != '/' && NameCharacters.Contains((char)rune.Value);
                if (isPlain && !IsEscape(text.AsSpan(at)))
                {
                    name.Append((char)rune.Value);
                }
                else
                {
                    foreach (byte b in bytes[..rune.EncodeToUtf8(bytes)]) { name.Append("_x").Append(b.ToString("X2", CultureInfo.InvariantCulture)); }
                }

                at += rune.Utf16SequenceLength;
            }

            return name.ToString();
        }

        /// <summary>Gives the text a level was made from.</summary>
        /// <param name="level">The level.</param>
        /// <returns>The text.</returns>
        /// <exception cref="SenmlException">Its escapes are no UTF-8.</exception>
        public static string Unescape(string level)
        {
            var bytes = new ArrayBufferWriter<byte>(level.Length + 1);
            for (int i = 0; i < level.Length; i++)
            {
                if (IsEscape(level.AsSpan(i)))
                {
                    bytes.Write([byte.Parse(level.AsSpan(i + 2, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)]);
                    i += 3;
                }
                else
                {
                    bytes.Write([(byte)level[i]]);
                }
            }

            try
            {
                return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes.WrittenSpan);
            }
            catch (DecoderFallbackException e)
            {
                throw new SenmlException("The name \"" + level + "\" holds escapes that are no UTF-8.", e);
            }
        }

        private static bool IsEscape(ReadOnlySpan<char> text) => text.Length >= 4 && text[0] == '_' && text[1] == 'x' && IsHex(text[2]) && IsHex(text[3]);

        private static bool IsHex(char c) => char.IsAsciiHexDigitUpper(c);
    }
}
