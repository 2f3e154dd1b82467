using System;

namespace Sensors.Commissioning
{
    /// <summary>A node could not work with what it shall be told.</summary>
    public sealed class SetupException : Exception
    {
        /// <summary>Makes the exception.</summary>
        /// <param name="message">What is wrong; never a secret.</param>
        /// <param name="question">Which answer is wrong or missing.</param>
        /// <param name="key">The key of the settings; null when it is none alone.</param>
        public SetupException(string message, Question question, string? key)
            : base(message)
        {
            Question = question;
            Key = key;
        }

        /// <summary>Gets which answer is wrong or missing.</summary>
        public Question Question { get; }

        /// <summary>Gets the key of the settings; null when it is none alone.</summary>
        public string? Key { get; }
    }
}
