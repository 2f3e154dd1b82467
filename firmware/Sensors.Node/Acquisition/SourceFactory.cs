using Sensors.Drivers;

namespace Sensors.Node
{
    /// <summary>Makes sources of chips that are served by bindings the node library does not carry itself.</summary>
    public abstract class SourceFactory
    {
        /// <summary>Makes a source; nothing is said to the chip yet.</summary>
        /// <param name="chip">The chip's name, as in the settings.</param>
        /// <param name="kind">What the point measures, one of <see cref="PointKinds"/>.</param>
        /// <param name="channel">Which of the chip's quantities of that kind; null for the first.</param>
        /// <param name="ports">The board.</param>
        /// <param name="bus">I2C bus, from 1.</param>
        /// <param name="address">7-bit address.</param>
        /// <param name="clock">The node's time.</param>
        /// <returns>The source; null when the chip, or such a quantity of it, is not known.</returns>
        public abstract SensorSource Make(string chip, string kind, string channel, BusPorts ports, int bus, int address, Clock clock);
    }
}
