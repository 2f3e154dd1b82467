namespace Sensors.Node
{
    /// <summary>Tells whether bytes can be made a string. The device's strings end at a zero byte, and asking one that is no UTF-8 for its length throws.</summary>
    public static class Utf8Text
    {
        /// <summary>Checks bytes by RFC 3629.</summary>
        /// <param name="bytes">Holds them.</param>
        /// <param name="at">Index of the first.</param>
        /// <returns>True when all from there on are UTF-8, and none is zero.</returns>
        public static bool IsSound(byte[] bytes, int at)
        {
            while (at < bytes.Length)
            {
                int lead = bytes[at++];
                int more = lead < 0x80 ? 0 : lead < 0xC2 ? -1 : lead < 0xE0 ? 1 : lead < 0xF0 ? 2 : lead < 0xF5 ? 3 : -1;
                if (lead == 0 || more < 0 || bytes.Length - at < more)
                {
                    return false;
                }

                // Forms that are too long, halves of surrogates, and what is beyond the last letter.
                int next = more > 0 ? bytes[at] : 0;
                if ((lead == 0xE0 && next < 0xA0) || (lead == 0xED && next > 0x9F) || (lead == 0xF0 && next < 0x90) || (lead == 0xF4 && next > 0x8F))
                {
                    return false;
                }

                for (int end = at + more; at < end; at++)
                {
                    if ((bytes[at] & 0xC0) != 0x80)
                    {
                        return false;
                    }
                }
            }

            return true;
        }
    }
}
