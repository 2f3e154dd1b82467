using System;

namespace Sensors.VirtualBoard
{
    /// <summary>What all virtual chips share: a name, a power supply, faults, and a list of what was done to them wrongly.</summary>
    /// <remarks>A chip is driven by one thread at a time; the board sees to that.</remarks>
    public abstract class VirtualChip
    {
        private protected VirtualChip(VirtualTime time, string name)
        {
            ArgumentNullException.ThrowIfNull(time);
            ArgumentException.ThrowIfNullOrWhiteSpace(name);
            Time = time;
            Name = name;
            Faults = new ChipFaults(time);
            Violations = new ViolationLog(name);
            Strays = new ViolationLog(name);
        }

        /// <summary>Gets the name the chip goes by in fault plans and messages, such as <c>vib1</c>.</summary>
        public string Name { get; }

        /// <summary>Gets the faults the chip can be given.</summary>
        public ChipFaults Faults { get; }

        /// <summary>Gets what was done to the chip that its data sheet forbids.</summary>
        public ViolationLog Violations { get; }

        /// <summary>Gets the reads of registers the data sheet does not define: answered with 0 and harmless.</summary>
        /// <remarks>A driver makes none; looking for other makers' chips by their identity registers does.</remarks>
        public ViolationLog Strays { get; }

        /// <summary>Gets the time the chip lives in.</summary>
        protected VirtualTime Time { get; }

        /// <summary>Drops the supply for a moment: every register is back at its reset value, as the chip's user may not notice.</summary>
        public void BrownOut() => Reset(Time.Nanoseconds);

        private protected abstract void Reset(long nanoseconds);

        /// <summary>Tells how fast the chip's own clock runs, 1 being nominal.</summary>
        /// <param name="errorPpm">How much too fast this specimen is, in parts per million.</param>
        private protected double ClockSpeed(double errorPpm) => (1 + (errorPpm * 1e-6)) * (1 + (Faults.RateErrorPercent / 100));
    }
}
