using System;

namespace Sensors.Node
{
    /// <summary>
    /// The industrial-internet identifier of a place on a machine: <c>88.secondary.enterprise/suffix</c>, such as
    /// <c>88.608.8889/87654321</c>. Two identifiers are equal when their texts are, whatever the case of their letters.
    /// </summary>
    /// <remarks>
    /// The strict profile, which every layer an identifier passes accepts (resolution services, SenML names, MQTT topics):
    /// <c>^88\.[0-9]{3,4}\.[0-9A-Za-z]{1,20}/[A-Za-z0-9]([A-Za-z0-9_.-]*[A-Za-z0-9_-])?$</c>, at most 128 characters, all ASCII.
    /// So <c>+</c>, <c>#</c>, <c>$</c> and blanks, which mean something in MQTT topics, cannot stand in one. Codes are text, never
    /// numbers: leading zeros count.
    /// </remarks>
    public sealed class Identifier
    {
        /// <summary>The most characters, all ASCII: the shortest limit of the services an identifier passes.</summary>
        public const int MaxLength = 128;

        private readonly string _folded;

        internal Identifier(string text, string folded, int slash)
        {
            Text = text;
            Prefix = text.Substring(0, slash);
            Suffix = text.Substring(slash + 1);
            _folded = folded;
        }

        /// <summary>Gets the whole identifier as it was written.</summary>
        public string Text { get; }

        /// <summary>Gets what stands before the slash: country, secondary node and enterprise, such as <c>88.608.8889</c>.</summary>
        public string Prefix { get; }

        /// <summary>Gets what stands behind the slash, which the enterprise gives, such as <c>87654321</c>.</summary>
        public string Suffix { get; }

        /// <summary>Checks a text against the strict profile.</summary>
        /// <param name="text">Any text, null too.</param>
        /// <returns>The identifier, or what is wrong with the text, never null.</returns>
        public static IdentifierCheck Check(string text)
        {
            return IdentifierParser.Parse(text);
        }

        /// <summary>Reads an identifier that should be right, such as one from the node's own files.</summary>
        /// <param name="text">The identifier.</param>
        /// <returns>The identifier.</returns>
        /// <exception cref="ArgumentException">The text is not one; the message says why.</exception>
        public static Identifier Parse(string text)
        {
            IdentifierCheck check = IdentifierParser.Parse(text);
            if (check.Identifier == null) { throw new ArgumentException(check.Message + " " + check.Hint); }
            return check.Identifier;
        }

        /// <summary>Compares as text without case, as resolution services do.</summary>
        /// <param name="obj">Another identifier, or anything.</param>
        /// <returns>Whether both name the same place.</returns>
        public override bool Equals(object obj)
        {
            Identifier other = obj as Identifier;
            return other != null && other._folded == _folded;
        }

        /// <summary>Gives a number that is the same for equal identifiers, on the device and on a PC.</summary>
        /// <returns>FNV-1a over the text in small letters.</returns>
        public override int GetHashCode()
        {
            char[] text = _folded.ToCharArray();
            int hash = -2128831035;
            for (int i = 0; i < text.Length; i++) { hash = (hash ^ text[i]) * 16777619; }
            return hash;
        }

        /// <summary>Gives the identifier as it was written.</summary>
        /// <returns><see cref="Text"/>.</returns>
        public override string ToString()
        {
            return Text;
        }
    }
}
