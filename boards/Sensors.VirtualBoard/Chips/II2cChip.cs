namespace Sensors.VirtualBoard
{
    /// <summary>A chip on an I2C bus, seen from its pins, byte by byte.</summary>
    /// <remarks>
    /// Order of calls: <see cref="Start"/> with the address byte; then bytes of one direction; another <see cref="Start"/> is a
    /// repeated start; <see cref="Stop"/> ends the transaction. After a refused address nothing but <see cref="Stop"/> follows.
    /// </remarks>
    public interface II2cChip
    {
        /// <summary>Gets whether the chip holds the clock low, so that nobody on this bus can talk.</summary>
        bool HoldsBus { get; }

        /// <summary>Learns the address it is wired at: what its pins, or its memory, make it answer to.</summary>
        /// <param name="address">7-bit address.</param>
        void Wired(int address)
        {
        }

        /// <summary>Sees that a transaction begins on its bus, whoever is meant: a chip that the bus is too fast for may note it.</summary>
        /// <param name="clockHz">Clock of the bus.</param>
        /// <param name="nanoseconds">Virtual time.</param>
        void Overhear(int clockHz, long nanoseconds)
        {
        }

        /// <summary>Takes a start condition and the chip's own address.</summary>
        /// <param name="read">The direction bit.</param>
        /// <param name="nanoseconds">Virtual time at the acknowledge bit.</param>
        /// <returns>True when the chip acknowledges.</returns>
        bool Start(bool read, long nanoseconds);

        /// <summary>Takes a byte.</summary>
        /// <param name="value">The byte.</param>
        /// <param name="nanoseconds">Virtual time at the acknowledge bit.</param>
        /// <returns>True when the chip acknowledges.</returns>
        bool Write(byte value, long nanoseconds);

        /// <summary>Gives a byte.</summary>
        /// <param name="nanoseconds">Virtual time at the first bit of the byte.</param>
        /// <returns>What the chip drives.</returns>
        byte Read(long nanoseconds);

        /// <summary>Takes a stop condition.</summary>
        /// <param name="nanoseconds">Virtual time.</param>
        void Stop(long nanoseconds);
    }
}
