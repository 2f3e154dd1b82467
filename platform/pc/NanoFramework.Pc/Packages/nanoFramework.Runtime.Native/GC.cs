using NanoFramework.Pc;

namespace nanoFramework.Runtime.Native
{
    public static class GC
    {
        public static uint Run(bool compactHeap)
        {
            PcBoard board = PcBoard.Current;
            board.ThrowIfOff();
            return board.FreeHeapBytes; // the PC's own heap is nobody's business here
        }

        public static void EnableGCMessages(bool enable)
        {
        }
    }
}
