namespace Sensors.Node
{
    /// <summary>What came of checking a text: the identifier, or what is wrong with the text.</summary>
    public sealed class IdentifierCheck
    {
        internal IdentifierCheck(Identifier identifier)
        {
            Identifier = identifier;
            At = -1;
        }

        internal IdentifierCheck(IdentifierError error, int at, string message, string hint)
        {
            Error = error;
            At = at;
            Message = message;
            Hint = hint;
        }

        /// <summary>Gets the identifier, null when the text is none.</summary>
        public Identifier Identifier { get; }

        /// <summary>Gets the reason, <see cref="IdentifierError.None"/> when there is an identifier.</summary>
        public IdentifierError Error { get; }

        /// <summary>Gets the index of the character the reason is about, from 0; -1 when there is an identifier.</summary>
        public int At { get; }

        /// <summary>Gets one sentence: what was found, and where. Positions in it count from 1. Null when there is an identifier.</summary>
        public string Message { get; }

        /// <summary>Gets one sentence: what to do. Null when there is an identifier.</summary>
        public string Hint { get; }
    }
}
