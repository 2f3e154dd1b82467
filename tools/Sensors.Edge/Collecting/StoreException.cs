using System;

namespace Sensors.Edge
{
    /// <summary>The store refused: full, gone, or in use.</summary>
    public sealed class StoreException : Exception
    {
        /// <summary>Makes the exception.</summary>
        /// <param name="message">One sentence that says what is wrong.</param>
        /// <param name="cause">What the store said.</param>
        /// <param name="trouble">What kind of trouble it is.</param>
        public StoreException(string message, Exception? cause = null, StoreTrouble trouble = StoreTrouble.Unusable)
            : base(message, cause)
        {
            Trouble = trouble;
        }

        /// <summary>Gets what kind of trouble it is.</summary>
        public StoreTrouble Trouble { get; }
    }

    /// <summary>What can be wrong with a store.</summary>
    public enum StoreTrouble
    {
        /// <summary>The file cannot be opened, read or written.</summary>
        Unusable = 0,

        /// <summary>The file is something else, or of another form.</summary>
        Foreign = 1,

        /// <summary>Somebody else has it.</summary>
        InUse = 2,

        /// <summary>There is no room on the disk.</summary>
        Full = 3,
    }
}
