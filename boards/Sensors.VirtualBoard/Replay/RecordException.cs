using System;

namespace Sensors.VirtualBoard
{
    /// <summary>A record cannot be used; the message names the file, says what is wrong, what was found and what is allowed.</summary>
    public sealed class RecordException : Exception
    {
        /// <summary>Makes the exception.</summary>
        /// <param name="message">What is wrong.</param>
        public RecordException(string message)
            : base(message)
        {
        }
    }
}
