namespace NanoFramework.Pc.Device
{
    /// <summary>The board's wall clock, under the name the device's library gives it; the PC's own would answer instead.</summary>
    public static class DateTime
    {
        /// <summary>Gets the board's time, UTC: from 1970 on until somebody sets it.</summary>
        public static System.DateTime UtcNow => PcBoard.Current.UtcNow;
    }
}
