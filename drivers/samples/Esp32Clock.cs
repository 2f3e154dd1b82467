using nanoFramework.Hardware.Esp32;
using Sensors.Drivers;

namespace Sensors.Samples
{
    /// <summary>The time drivers need, on an ESP32. Copy it into your project; the drivers themselves know no controller.</summary>
    public sealed class Esp32Clock : BusClock
    {
        /// <inheritdoc/>
        public override long Microseconds
        {
            [HotPath]
            get { return (long)HighResTimer.GetCurrent(); }
        }

        /// <inheritdoc/>
        /// <remarks>Spins, as Thread.Sleep wakes only every 10 ms; other threads have their turns all the same.</remarks>
        public override void Wait(int microseconds)
        {
            long end = Microseconds + microseconds;
            while (Microseconds < end)
            {
            }
        }
    }
}
