using System.Text;
using Sensors.Node;

namespace Sensors.Pairing
{
    /// <summary>Finds members of a flat JSON object, such as a status or a birth message, without keeping or trusting it. Never throws.</summary>
    internal static class StatusScan
    {
        /// <summary>Finds a member.</summary>
        /// <param name="json">The message.</param>
        /// <param name="name">The member's name: letters only.</param>
        /// <returns>Its value as it stands there, a string without its quotes; null where there is none.</returns>
        internal static string Find(byte[] json, string name)
        {
            byte[] wanted = JsonText.Of(name);
            int depth = 0;
            for (int at = 0; at < json.Length; at++)
            {
                byte c = json[at];
                if (c == (byte)'{' || c == (byte)'[')
                {
                    depth++;
                }
                else if (c == (byte)'}' || c == (byte)']')
                {
                    depth--;
                }
                else if (c == (byte)'"')
                {
                    int end = EndOfText(json, at);
                    if (depth == 1 && IsAt(json, at, end, wanted) && end < json.Length && json[end] == (byte)':')
                    {
                        return ValueAt(json, end + 1);
                    }

                    at = end - 1;
                }
            }

            return null;
        }

        private static string ValueAt(byte[] json, int at)
        {
            bool isText = at < json.Length && json[at] == (byte)'"';
            int end = isText ? EndOfText(json, at) : at;
            while (!isText && end < json.Length && json[end] != (byte)',' && json[end] != (byte)'}')
            {
                end++;
            }

            int from = isText ? at + 1 : at;
            int count = end - from - (isText ? 1 : 0);
            for (int i = from; i < from + count; i++)
            {
                if (json[i] < (byte)' ' || json[i] > (byte)'~')
                {
                    return null; // none of the values that are asked for
                }
            }

            return count <= 0 ? null : Encoding.UTF8.GetString(json, from, count);
        }

        // The index behind the closing quotes, or the end.
        private static int EndOfText(byte[] json, int at)
        {
            for (at++; at < json.Length && json[at] != (byte)'"'; at++)
            {
                at += json[at] == (byte)'\\' ? 1 : 0;
            }

            return at < json.Length ? at + 1 : json.Length;
        }

        private static bool IsAt(byte[] json, int at, int end, byte[] wanted)
        {
            bool same = end - at == wanted.Length;
            for (int i = 0; i < wanted.Length && same; i++)
            {
                same = json[at + i] == wanted[i];
            }

            return same;
        }
    }
}
