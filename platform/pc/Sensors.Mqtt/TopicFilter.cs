using System;
using System.Text;

namespace Sensors.Mqtt
{
    /// <summary>Topic names, topic filters, and which filter takes which name (MQTT 3.1.1 §4.7).</summary>
    /// <remarks>Comparison is by code unit: no case folding, no normalisation ([MQTT-4.7.3-4]).</remarks>
    public static class TopicFilter
    {
        /// <summary>The longest topic name or filter, in bytes of UTF-8 ([MQTT-4.7.3-3]).</summary>
        public const int MaxBytes = 65535;

        /// <summary>Says whether <paramref name="topic"/> can be published to: not empty, no wildcard, no U+0000, UTF-8 of at
        /// most <see cref="MaxBytes"/>.</summary>
        public static bool IsValidName(string topic)
        {
            ArgumentNullException.ThrowIfNull(topic);
            return topic.AsSpan().IndexOfAny('+', '#') < 0 && IsValidString(topic);
        }

        /// <summary>Says whether <paramref name="filter"/> can be subscribed to: not empty, wildcards only where they are allowed
        /// ([MQTT-4.7.1-2], [MQTT-4.7.1-3]), no U+0000, UTF-8 of at most <see cref="MaxBytes"/>.</summary>
        public static bool IsValid(string filter)
        {
            ArgumentNullException.ThrowIfNull(filter);
            return WildcardsAreInPlace(filter) && IsValidString(filter);
        }

        /// <summary>Says whether a filter takes a topic name. Both must be valid.</summary>
        /// <param name="filter">Topic filter, for example <c>sport/+/player1</c> or <c>sport/#</c>.</param>
        /// <param name="topic">Topic name. One that begins with <c>$</c> is not taken by a filter that begins with a wildcard
        /// ([MQTT-4.7.2-1]).</param>
        public static bool Matches(ReadOnlySpan<char> filter, ReadOnlySpan<char> topic)
        {
            if (filter.IsEmpty || topic.IsEmpty || (topic[0] == '$' && filter[0] is '+' or '#'))
            {
                return false;
            }

            while (true)
            {
                ReadOnlySpan<char> wanted = FirstLevel(filter, out bool filterEnds);
                if (wanted is "#")
                {
                    return true;
                }

                ReadOnlySpan<char> level = FirstLevel(topic, out bool topicEnds);
                if (wanted is not "+" && !wanted.SequenceEqual(level))
                {
                    return false;
                }

                if (topicEnds)
                {
                    // "sport/#" takes "sport" too: the multi-level wildcard stands for the parent as well (§4.7.1.2).
                    return filterEnds || filter[(wanted.Length + 1)..] is "#";
                }

                if (filterEnds)
                {
                    return false;
                }

                filter = filter[(wanted.Length + 1)..];
                topic = topic[(level.Length + 1)..];
            }
        }

        /// <summary>Counts the levels of a name or filter: one more than its separators.</summary>
        internal static int CountLevels(ReadOnlySpan<char> text) => text.Count('/') + 1;

        /// <summary>Checks wildcard positions only; the decoder has checked the rest while reading.</summary>
        internal static bool WildcardsAreInPlace(ReadOnlySpan<char> filter)
        {
            for (int i = filter.IndexOfAny('+', '#'); i >= 0 && i < filter.Length; i++)
            {
                if (filter[i] is not ('+' or '#'))
                {
                    continue;
                }

                bool alone = (i == 0 || filter[i - 1] == '/') && (i + 1 == filter.Length || filter[i + 1] == '/');
                if (!alone || (filter[i] == '#' && i + 1 != filter.Length))
                {
                    return false;
                }
            }

            return true;
        }

        private static bool IsValidString(string text)
        {
            if (text.Length == 0 || text.Contains('\0'))
            {
                return false;
            }

            try
            {
                return MqttText.Utf8.GetByteCount(text) <= MaxBytes;
            }
            catch (EncoderFallbackException)
            {
                return false; // a lone surrogate has no UTF-8 form ([MQTT-1.5.3-1])
            }
        }

        private static ReadOnlySpan<char> FirstLevel(ReadOnlySpan<char> text, out bool isLast)
        {
            int separator = text.IndexOf('/');
            isLast = separator < 0;
            return isLast ? text : text[..separator];
        }
    }
}
