using System;

namespace Sensors.Identification
{
    /// <summary>The registry refuses: what it knows speaks against it. Trouble with the file is a <see cref="Edge.StoreException"/>.</summary>
    public sealed class RegistryException : Exception
    {
        /// <summary>Makes the exception.</summary>
        /// <param name="refusal">Why.</param>
        /// <param name="message">One sentence that says what was found.</param>
        public RegistryException(RegistryRefusal refusal, string message)
            : base(message)
        {
            Refusal = refusal;
        }

        /// <summary>Gets why.</summary>
        public RegistryRefusal Refusal { get; }
    }

    /// <summary>Why the registry refuses.</summary>
    public enum RegistryRefusal
    {
        /// <summary>It does not know the identifier.</summary>
        Unknown = 0,

        /// <summary>Another board bears the identifier.</summary>
        InUse = 1,

        /// <summary>The identifier was given up, and is not given again.</summary>
        Retired = 2,

        /// <summary>The board bears another identifier.</summary>
        BoardInUse = 3,

        /// <summary>No number of the template is free any more.</summary>
        Exhausted = 4,
    }
}
