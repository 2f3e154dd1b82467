using System;
using System.Text;

namespace Sensors.Mqtt
{
    /// <summary>UTF-8 encoded strings (MQTT 3.1.1 §1.5.3).</summary>
    internal static class MqttText
    {
        /// <summary>Throws on what has no UTF-8 form; writes no byte order mark, and keeps one that it reads ([MQTT-1.5.3-3]).</summary>
        public static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

        /// <summary>Decodes a string, refusing what the specification refuses.</summary>
        /// <param name="bytes">The bytes after the length.</param>
        /// <param name="refuseControls">Also refuse the code points that §1.5.3 says SHOULD NOT be sent, and for which a
        /// receiver MAY close the connection: control characters and non-characters.</param>
        public static string Decode(ReadOnlySpan<byte> bytes, bool refuseControls)
        {
            if (bytes.IndexOf((byte)0) >= 0)
            {
                throw new MqttProtocolException("MQTT-1.5.3-2", "A string contains U+0000.");
            }

            string text;
            try
            {
                text = Utf8.GetString(bytes);
            }
            catch (DecoderFallbackException)
            {
                throw new MqttProtocolException("MQTT-1.5.3-1", "A string is not well-formed UTF-8.");
            }

            if (refuseControls && HasDiscouraged(text))
            {
                throw new MqttProtocolException("MQTT-1.5.3", "A string contains a control character or a non-character.");
            }

            return text;
        }

        private static bool HasDiscouraged(string text)
        {
            for (int i = 0; i < text.Length; i++)
            {
                char c = text[i];
                if (c is <= '\u001F' or (>= '\u007F' and <= '\u009F') or (>= '\uFDD0' and <= '\uFDEF') or >= '\uFFFE')
                {
                    return true;
                }

                // The last two code points of every plane are non-characters too.
                if (char.IsHighSurrogate(c) && (char.ConvertToUtf32(c, text[++i]) & 0xFFFE) == 0xFFFE)
                {
                    return true;
                }
            }

            return false;
        }
    }
}
