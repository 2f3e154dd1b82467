using System;

namespace Sensors.Identification
{
    /// <summary>A label cannot be made: it does not fit, or says what no label can. The message tells what would do.</summary>
    public sealed class LabelException : Exception
    {
        /// <summary>Makes the exception.</summary>
        /// <param name="message">What is wrong, and what would do.</param>
        public LabelException(string message)
            : base(message)
        {
        }
    }
}
