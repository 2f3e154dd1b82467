using System;

namespace Sensors.Edge
{
    /// <summary>A pack is no SenML of a version that is understood here; the message says what is wrong.</summary>
    public sealed class SenmlException : Exception
    {
        /// <summary>Makes the exception.</summary>
        /// <param name="message">One sentence that says what is wrong.</param>
        /// <param name="cause">What the parser said, or null.</param>
        public SenmlException(string message, Exception? cause = null)
            : base(message, cause)
        {
        }
    }
}
