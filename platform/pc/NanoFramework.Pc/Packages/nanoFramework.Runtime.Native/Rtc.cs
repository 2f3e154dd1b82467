using System;
using NanoFramework.Pc;

namespace nanoFramework.Runtime.Native
{
    public static class Rtc
    {
        public static bool SetSystemTime(DateTime time)
        {
            PcBoard board = PcBoard.Current;
            board.ThrowIfOff();
            board.UtcNow = DateTime.SpecifyKind(time, DateTimeKind.Utc); // a DateTime is always UTC on a board
            return true;
        }
    }
}
