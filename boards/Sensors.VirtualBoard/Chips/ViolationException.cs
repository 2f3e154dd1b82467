using System;

namespace Sensors.VirtualBoard
{
    /// <summary>A chip was used as its data sheet forbids, and was told to be strict about it.</summary>
    public sealed class ViolationException : Exception
    {
        /// <summary>Makes the exception.</summary>
        /// <param name="message">Chip, time and what was done.</param>
        public ViolationException(string message)
            : base(message)
        {
        }
    }
}
