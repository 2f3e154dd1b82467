using System;
using NanoFramework.Pc;

namespace nanoFramework.Hardware.Esp32
{
    public class NativeMemory
    {
        public enum MemoryType
        {
            All = 0,
            Internal = 1,
            SpiRam = 2,
        }

        public static void GetMemoryInfo(MemoryType memType, out uint totalSize, out uint totalFreeSize, out uint largestFreeBlock)
        {
            PcBoard board = PcBoard.Current;
            if (memType != MemoryType.All)
            {
                board.GetNativeMemory(memType == MemoryType.SpiRam, out totalSize, out totalFreeSize, out largestFreeBlock);
                return;
            }

            board.GetNativeMemory(false, out uint total, out uint free, out uint largest);
            board.GetNativeMemory(true, out uint totalExternal, out uint freeExternal, out uint largestExternal);
            totalSize = total + totalExternal;
            totalFreeSize = free + freeExternal;
            largestFreeBlock = Math.Max(largest, largestExternal);
        }
    }
}
