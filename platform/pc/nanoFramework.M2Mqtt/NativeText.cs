namespace nanoFramework.M2Mqtt
{
    /// <summary>Strings as the device hands them to native code.</summary>
    internal static class NativeText
    {
        /// <summary>Cuts a string where the device does: native strings end at the first NUL.</summary>
        /// <param name="text">Any string.</param>
        /// <returns>What arrives in the packet.</returns>
        public static string Cut(string text)
        {
            int end = text.IndexOf('\0', System.StringComparison.Ordinal);
            return end < 0 ? text : text.Substring(0, end);
        }
    }
}
