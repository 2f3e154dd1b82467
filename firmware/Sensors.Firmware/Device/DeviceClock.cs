using System.Diagnostics.CodeAnalysis;
using nanoFramework.Hardware.Esp32;
using Sensors.Drivers;
using Sensors.Node;
#if NETNANO1_0
using Thread = System.Threading.Thread;
#else
using Thread = NanoFramework.Pc.Device.Thread; // sleeps in the virtual board's time
#endif

namespace Sensors.Firmware
{
    /// <summary>The board's time: its microsecond timer, and sleeping.</summary>
    [SuppressMessage("Sensors", "RS0030", Justification = "This is the clock that everything else is told to use.")]
    public sealed class DeviceClock : Clock
    {
        // Thread.Sleep wakes on the next 10 ms tick of the scheduler: anything shorter is spun.
        private const int TickMicroseconds = 10000;

        /// <inheritdoc/>
        public override long Microseconds
        {
            [HotPath]
            get { return (long)HighResTimer.GetCurrent(); }
        }

        /// <inheritdoc/>
        public override void Sleep(int milliseconds)
        {
            Thread.Sleep(milliseconds);
        }

        /// <inheritdoc/>
        [HotPath]
        public override void Wait(int microseconds)
        {
            long end = Microseconds + microseconds;
            if (microseconds > 2 * TickMicroseconds)
            {
                Thread.Sleep((microseconds - TickMicroseconds) / 1000);
            }

            while (Microseconds < end)
            {
            }
        }
    }
}
