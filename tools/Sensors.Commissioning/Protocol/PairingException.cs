using System;

namespace Sensors.Commissioning
{
    /// <summary>A node said no, or cannot be talked with.</summary>
    public sealed class PairingException : Exception
    {
        /// <summary>The word for a node that did not answer for long.</summary>
        public const string Away = "away";

        /// <summary>The word for one that does not prove that it knows the code either.</summary>
        public const string Impostor = "impostor";

        /// <summary>The word for another node than the one expected.</summary>
        public const string OtherNode = "other-node";

        /// <summary>The word for a wrong code.</summary>
        public const string WrongCode = "code";

        /// <summary>Makes the exception.</summary>
        /// <param name="word">The node's word, or one of this class.</param>
        /// <param name="message">A sentence.</param>
        /// <param name="wait">How long the node looks at no further code.</param>
        /// <param name="cause">The exception behind it.</param>
        public PairingException(string word, string message, TimeSpan wait = default, Exception? cause = null)
            : base(message, cause)
        {
            Word = word;
            Wait = wait;
        }

        /// <summary>Gets the word: <c>settings</c>, <c>busy</c>, <c>code</c> ..., or <see cref="Away"/>.</summary>
        public string Word { get; }

        /// <summary>Gets how long the node looks at no further code.</summary>
        public TimeSpan Wait { get; }
    }
}
