using System;

namespace Sensors.Cli.Errors
{
    /// <summary>A command could not do its work: a row of the table, what happened, and one hint.</summary>
    public sealed class CliException : Exception
    {
        internal CliException(ErrorEntry entry, string message, string hint, string? found, Exception? cause)
            : base(message, cause)
        {
            Entry = entry;
            Hint = hint;
            Found = found;
        }

        /// <summary>Gets the row of the table.</summary>
        public ErrorEntry Entry { get; }

        /// <summary>Gets the one action that cannot be wrong.</summary>
        public string Hint { get; }

        /// <summary>Gets the very thing that was found, null where there is none.</summary>
        public string? Found { get; }
    }
}
