using System.Text;

namespace Sensors.Node
{
    /// <summary>The lines of the settings, for commands that read and change them: which of them are secret, and which belong to pairing.</summary>
    public sealed class SettingsText
    {
        private readonly string[] _lines;

        /// <summary>Takes settings apart.</summary>
        /// <param name="text">See <see cref="Settings.Parse"/>; null for none.</param>
        public SettingsText(byte[] text)
        {
            _lines = text == null ? new string[0] : Encoding.UTF8.GetString(text, 0, text.Length).Split('\n');
        }

        private SettingsText(string[] lines)
        {
            _lines = lines;
        }

        /// <summary>Gets how many lines there are, empty ones and comments included.</summary>
        public int Count
        {
            get { return _lines.Length; }
        }

        /// <summary>Tells whether a text is written as keys are: no blank before it makes it look like another.</summary>
        /// <param name="text">The text.</param>
        /// <returns>True for small letters and underscores, one at least.</returns>
        public static bool IsKey(string text)
        {
            char[] letters = text.ToCharArray();
            for (int i = 0; i < letters.Length; i++)
            {
                if ((letters[i] < 'a' || letters[i] > 'z') && letters[i] != '_')
                {
                    return false;
                }
            }

            return letters.Length > 0;
        }

        /// <summary>Tells whether a key's value never leaves the node.</summary>
        /// <param name="key">The key.</param>
        /// <returns>True for passwords.</returns>
        public static bool IsSecret(string key)
        {
            return key == "wifi_password" || key == "broker_password";
        }

        /// <summary>Tells whether only pairing writes a key: identity, network, broker, TLS and login, without which nobody could take it back.</summary>
        /// <param name="key">The key.</param>
        /// <returns>True when it is not to be set by command.</returns>
        public static bool IsPairing(string key)
        {
            return key == "id" || key == "root" || key == "time" || key == "tls"
                || key.StartsWith("wifi_") || key.StartsWith("broker") || key.StartsWith("tls_");
        }

        /// <summary>Tells whether a key may come more than once; <see cref="With"/> then tells its lines apart by their first words.</summary>
        /// <param name="key">The key.</param>
        /// <returns>How many words name a line; 0 when the key comes once.</returns>
        public static int WordsOf(string key)
        {
            return key == "sensor" || key == "point" ? 1 : key == "alarm" ? 2 : 0;
        }

        /// <summary>Gives the settings of a node that forgets where it belongs: how it measures stays, what <see cref="IsPairing"/> goes, and comments, which
        /// may hold anything.</summary>
        /// <param name="text">The settings; null for none.</param>
        /// <returns>UTF-8 lines; empty when none stay.</returns>
        public static byte[] Unpaired(byte[] text)
        {
            SettingsText all = new SettingsText(text);
            string[] lines = new string[all.Count];
            int count = 0;
            for (int i = 0; i < all.Count; i++)
            {
                string key = all.KeyOf(i);
                if (key != null && IsKey(key) && !IsPairing(key))
                {
                    lines[count++] = all._lines[i];
                }
            }

            string[] left = new string[count];
            for (int i = 0; i < count; i++)
            {
                left[i] = lines[i];
            }

            return new SettingsText(left).ToBytes();
        }

        /// <summary>Gives the key of a line.</summary>
        /// <param name="line">0 and up.</param>
        /// <returns>The key; null when it has none: empty, or a comment.</returns>
        public string KeyOf(int line)
        {
            string text = _lines[line].Trim();
            int equals = text.Length == 0 || text[0] == '#' ? -1 : text.IndexOf('=');
            return equals < 1 ? null : text.Substring(0, equals).Trim();
        }

        /// <summary>Gives the value of a line that has a key.</summary>
        /// <param name="line">0 and up.</param>
        /// <returns>The value.</returns>
        public string ValueOf(int line)
        {
            return _lines[line].Substring(_lines[line].IndexOf('=') + 1).Trim();
        }

        /// <summary>Makes the settings with a line set, in its place, or behind the last where there was none.</summary>
        /// <param name="key">Its key.</param>
        /// <param name="of">The first words of the line, of a key that may come more than once; null takes them from the value.</param>
        /// <param name="value">Its value; null takes the line away, of a key that may come more than once and without <paramref name="of"/> all of them.</param>
        /// <returns>The settings; these are as they were.</returns>
        public SettingsText With(string key, string of, string value)
        {
            int words = WordsOf(key);
            string name = of ?? (value == null || words == 0 ? null : Head(value, words));
            string[] lines = new string[_lines.Length + 1];
            int count = 0;
            string added = value == null ? null : key + "=" + value;
            for (int i = 0; i < _lines.Length; i++)
            {
                bool meant = KeyOf(i) == key && (name == null || Head(ValueOf(i), words) == name);
                string line = meant ? added : _lines[i];
                added = meant ? null : added;
                bool isEnd = i == _lines.Length - 1 && _lines[i].Length == 0; // the last line's end
                if (line != null && !isEnd)
                {
                    lines[count++] = line;
                }
            }

            if (added != null)
            {
                lines[count++] = added;
            }

            string[] made = new string[count];
            for (int i = 0; i < count; i++)
            {
                made[i] = lines[i];
            }

            return new SettingsText(made);
        }

        /// <summary>Gives the settings as they are kept.</summary>
        /// <returns>UTF-8 lines.</returns>
        public byte[] ToBytes()
        {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < _lines.Length; i++)
            {
                text.Append(_lines[i]);
                text.Append('\n');
            }

            return Encoding.UTF8.GetBytes(text.ToString());
        }

        // The first words, by one blank each: lines may have been written with more.
        private static string Head(string value, int words)
        {
            string[] parts = value.Split(' ');
            string head = string.Empty;
            for (int i = 0; i < parts.Length && words > 0; i++)
            {
                if (parts[i].Length > 0)
                {
                    head = head.Length == 0 ? parts[i] : head + " " + parts[i];
                    words--;
                }
            }

            return head;
        }
    }
}
