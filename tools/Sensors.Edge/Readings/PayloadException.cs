using System;

namespace Sensors.Edge
{
    /// <summary>A message is not what <c>docs/payloads.md</c> says.</summary>
    public sealed class PayloadException : Exception
    {
        /// <summary>Makes the error.</summary>
        /// <param name="message">One sentence: which member, what was found, what was expected.</param>
        public PayloadException(string message)
            : base(message)
        {
        }

        /// <summary>Makes the error of a text that is no JSON.</summary>
        /// <param name="message">One sentence.</param>
        /// <param name="cause">What the JSON reader said.</param>
        public PayloadException(string message, Exception cause)
            : base(message, cause)
        {
        }
    }
}
